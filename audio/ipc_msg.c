/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages to the host as modules make and send them. A user thread's message is a block of its
 * instance's heap, message and payload in one; the kernel reads a copy of its head, made once, so
 * that what was checked is what is used.
 */
#include <rtos/symbol.h>
#include <sof/ipc/msg.h>
#include <string.h>
#include <zephyr/internal/syscall_handler.h>

#include "firmware.h"

LOG_MODULE_REGISTER(ipc_msg);

/* \name System calls */

static uintptr_t z_vrfy_ipc_msg_new(const uintptr_t *arg)
{
	struct instance *instance = instance_of_current_thread();
	const size_t size = arg[0];

	K_OOPS(K_SYSCALL_VERIFY(instance));
	LOG_WRN("%s makes a message in user mode: on the board its memory is the kernel's, and "
		"that faults",
		instance->name);
	return (uintptr_t)mod_alloc_ext(&instance->memory->mod, 0, size, 0);
}

static uintptr_t z_vrfy_ipc_msg_free(const uintptr_t *arg)
{
	struct instance *instance = instance_of_current_thread();

	K_OOPS(K_SYSCALL_VERIFY(instance));
	K_OOPS(K_SYSCALL_VERIFY(!mod_free(&instance->memory->mod, (const void *)arg[0])));
	return 0;
}

static uintptr_t z_vrfy_ipc_msg_send(const uintptr_t *arg)
{
	struct ipc_msg msg;

	K_OOPS(k_usermode_from_copy(&msg, (const void *)arg[0], sizeof(msg)));
	if (msg.tx_size)
		K_OOPS(K_SYSCALL_MEMORY_READ(msg.tx_data, msg.tx_size));
	return (uintptr_t)notification_queue(msg.header, msg.extension, msg.tx_data, msg.tx_size,
					     arg[1]);
}

int ipc_msg_syscalls_register(void)
{
	int err = syscall_register_once(K_SYSCALL_IPC_MSG_NEW, z_vrfy_ipc_msg_new);

	if (!err)
		err = syscall_register_once(K_SYSCALL_IPC_MSG_FREE, z_vrfy_ipc_msg_free);
	if (!err)
		err = syscall_register_once(K_SYSCALL_IPC_MSG_SEND, z_vrfy_ipc_msg_send);
	return err;
}

/* \name What firmware and modules call */

struct ipc_msg *ipc_msg_w_ext_init(uint32_t header, uint32_t extension, uint32_t size)
{
	const size_t whole = sizeof(struct ipc_msg) + size;
	struct ipc_msg *msg;

	if (size > IPC_MSG_PAYLOAD_MAX)
		return NULL;
	if (k_is_user_context())
		msg = (struct ipc_msg *)z_syscall(K_SYSCALL_IPC_MSG_NEW, whole, 0, 0, 0, 0, 0);
	else
		msg = rmalloc(SOF_MEM_FLAG_KERNEL, whole);
	if (!msg)
		return NULL;
	memset(msg, 0, whole);
	msg->header = header;
	msg->extension = extension;
	msg->tx_size = size;
	msg->tx_data = size ? msg + 1 : NULL;
	list_init(&msg->list);
	return msg;
}
EXPORT_SYMBOL(ipc_msg_w_ext_init);

void ipc_msg_free(struct ipc_msg *msg)
{
	if (!msg)
		return;
	if (k_is_user_context())
		z_syscall(K_SYSCALL_IPC_MSG_FREE, (uintptr_t)msg, 0, 0, 0, 0, 0);
	else
		rfree(msg);
}
EXPORT_SYMBOL(ipc_msg_free);

int ipc_msg_queue(struct ipc_msg *msg, bool high_priority)
{
	if (k_is_user_context())
		return (int)z_syscall(K_SYSCALL_IPC_MSG_SEND, (uintptr_t)msg, high_priority, 0, 0,
				      0, 0);
	return notification_queue(msg->header, msg->extension, msg->tx_data, msg->tx_size,
				  high_priority);
}

void ipc_msg_send(struct ipc_msg *msg, void *data, bool high_priority)
{
	if (data && data != msg->tx_data && msg->tx_size)
		memcpy(msg->tx_data, data, msg->tx_size);
	ipc_msg_queue(msg, high_priority);
	if (msg->callback)
		msg->callback(msg);
}
EXPORT_SYMBOL(ipc_msg_send);
