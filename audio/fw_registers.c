/* SPDX-License-Identifier: BSD-3-Clause */
/* The window of registers for the host. */
#include <host/audio.h>
#include <rtos/symbol.h>
#include <sof/lib/mailbox.h>
#include <string.h>
#include <zephyr/internal/syscall_handler.h>

#include "firmware.h"

static uint8_t window[MAILBOX_SW_REG_SIZE];

static bool inside(size_t offset, size_t bytes)
{
	return offset <= sizeof(window) && bytes <= sizeof(window) - offset;
}

static void z_impl_write(size_t offset, const void *src, size_t bytes)
{
	if (inside(offset, bytes) && bytes)
		memcpy(window + offset, src, bytes);
}

static uint64_t z_impl_read(size_t offset, size_t bytes)
{
	uint64_t value = 0;

	if (bytes <= sizeof(value) && inside(offset, bytes))
		memcpy(&value, window + offset, bytes);
	return value;
}

static uintptr_t z_vrfy_write(const uintptr_t *arg)
{
	K_OOPS(K_SYSCALL_MEMORY_READ((const void *)arg[1], arg[2]));
	z_impl_write(arg[0], (const void *)arg[1], arg[2]);
	return 0;
}

static uintptr_t z_vrfy_read(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_read(arg[0], arg[1]);
}

int fw_registers_init(void)
{
	const int err = syscall_register_once(K_SYSCALL_FW_REGISTERS_WRITE, z_vrfy_write);

	memset(window, 0, sizeof(window));
	return err ? err : syscall_register_once(K_SYSCALL_FW_REGISTERS_READ, z_vrfy_read);
}

int sof_fw_registers_read(size_t offset, void *to, size_t bytes)
{
	if (!inside(offset, bytes))
		return -EINVAL;
	memcpy(to, window + offset, bytes);
	return 0;
}

static uint64_t read_register(size_t offset, size_t bytes)
{
	if (k_is_user_context())
		return z_syscall(K_SYSCALL_FW_REGISTERS_READ, offset, bytes, 0, 0, 0, 0);
	return z_impl_read(offset, bytes);
}

void mailbox_sw_regs_write(size_t offset, const void *src, size_t bytes)
{
	if (k_is_user_context())
		z_syscall(K_SYSCALL_FW_REGISTERS_WRITE, offset, (uintptr_t)src, bytes, 0, 0, 0);
	else
		z_impl_write(offset, src, bytes);
}
EXPORT_SYMBOL(mailbox_sw_regs_write);

void mailbox_sw_reg_write(size_t offset, uint32_t value)
{
	mailbox_sw_regs_write(offset, &value, sizeof(value));
}
EXPORT_SYMBOL(mailbox_sw_reg_write);

uint32_t mailbox_sw_reg_read(size_t offset)
{
	return (uint32_t)read_register(offset, sizeof(uint32_t));
}
EXPORT_SYMBOL(mailbox_sw_reg_read);

uint64_t mailbox_sw_reg_read64(size_t offset)
{
	return read_register(offset, sizeof(uint64_t));
}
EXPORT_SYMBOL(mailbox_sw_reg_read64);
