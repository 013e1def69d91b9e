/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/ipc/common.h
 * \brief The IPC side of the firmware. Supervisor mode.
 */
#ifndef SOF_IPC_COMMON_H
#define SOF_IPC_COMMON_H

#include <ipc/stream.h>
#include <ipc4/header.h>
#include <rtos/sof.h>
#include <rtos/task.h>
#include <sof/list.h>
#include <stdbool.h>
#include <stdint.h>
#include <user/trace.h>

struct ipc_msg;

/** Messages from the firmware to the host. */
struct ipc {
	struct k_spinlock lock;
	struct list_item msg_list;
	void *private;
};

#endif /* SOF_IPC_COMMON_H */
