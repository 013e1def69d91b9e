/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/lib/mailbox.h
 * \brief The window of registers that firmware shows to the host: struct ipc4_fw_registers.
 *
 * Its memory is the kernel's. On the board a user thread may write it when its domain was given
 * the window (SOF's proxy mode); here the functions are system calls for every user thread.
 */
#ifndef SOF_LIB_MAILBOX_H
#define SOF_LIB_MAILBOX_H

#include <rtos/userspace_helper.h>
#include <sof/common.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes of the window. */
#define MAILBOX_SW_REG_SIZE 4096

/** The window in which a user thread finds the arguments of a configuration call; user_mailbox() of
 * rtos/userspace_helper.h. Supervisor mode. */
#define MAILBOX_HOSTBOX_BASE ((uintptr_t)user_mailbox())
#define MAILBOX_HOSTBOX_SIZE user_mailbox_size()

/** Offsets are in bytes. What lies outside the window is not written, and reads as 0. (syscall) */
void mailbox_sw_regs_write(size_t offset, const void *src, size_t bytes);
void mailbox_sw_reg_write(size_t offset, uint32_t value);
uint32_t mailbox_sw_reg_read(size_t offset);
uint64_t mailbox_sw_reg_read64(size_t offset);

#ifdef __cplusplus
}
#endif

#endif /* SOF_LIB_MAILBOX_H */
