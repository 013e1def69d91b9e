/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/ipc/notification_pool.h
 * \brief Messages for notifications, given back by themselves when they were sent.
 */
#ifndef SOF_IPC_NOTIFICATION_POOL_H
#define SOF_IPC_NOTIFICATION_POOL_H

#include <sof/ipc/msg.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Most bytes of payload: a resource event. */
#define NOTIFICATION_POOL_MAX_PAYLOAD_SIZE 40

/** A message of \p size bytes, which must be sent once, and which ipc_msg_send() frees. NULL: no
 * memory, or \p size is too large. Supervisor mode. */
struct ipc_msg *ipc_notification_pool_get(size_t size);

#ifdef __cplusplus
}
#endif

#endif /* SOF_IPC_NOTIFICATION_POOL_H */
