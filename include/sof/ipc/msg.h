/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/ipc/msg.h
 * \brief Messages from the firmware to the host.
 *
 * ipc_msg_send() copies: when it returns, message and payload are the caller's again. What was
 * sent waits in a queue of the kernel's for the program around the firmware, sof_notification_next()
 * in host/audio.h; a full queue drops the new message and counts it.
 *
 * Calling mode: any. From a user thread the calls below are system calls; a message is then made
 * in the module's own heap, and header, payload and size are checked before they are read. On the
 * board messages lie in the kernel's heap and none of this works in user mode: the first call of
 * an instance that is a user thread logs a warning which says so.
 */
#ifndef SOF_IPC_MSG_H
#define SOF_IPC_MSG_H

#include <ipc/trace.h>
#include <rtos/alloc.h>
#include <rtos/sof.h>
#include <rtos/spinlock.h>
#include <rtos/task.h>
#include <sof/audio/buffer.h>
#include <sof/audio/component.h>
#include <sof/audio/pipeline.h>
#include <sof/ipc/common.h>
#include <sof/lib/dai.h>
#include <sof/lib/mailbox.h>
#include <sof/lib/memory.h>
#include <sof/list.h>
#include <sof/platform.h>
#include <sof/trace/trace.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Most bytes of payload. */
#define IPC_MSG_PAYLOAD_MAX 4096

struct ipc_msg {
	uint32_t header;    /**< first word, ipc4/notification.h */
	uint32_t extension; /**< second word */
	uint32_t tx_size;   /**< bytes of payload */
	void *tx_data;	    /**< payload; NULL when tx_size is 0 */
	struct list_item list;
	/** Called when the message was queued, in the caller's mode; may be NULL. */
	void (*callback)(struct ipc_msg *msg);
};

/** A message with room for \p size bytes, zeroed. NULL: no memory, or more than
 * IPC_MSG_PAYLOAD_MAX. */
struct ipc_msg *ipc_msg_w_ext_init(uint32_t header, uint32_t extension, uint32_t size);

static inline struct ipc_msg *ipc_msg_init(uint32_t header, uint32_t size)
{
	return ipc_msg_w_ext_init(header, 0, size);
}

/** Free what ipc_msg_init() made. NULL is ignored. */
void ipc_msg_free(struct ipc_msg *msg);

/**
 * Send \p msg. With \p data that is not its own payload, tx_size bytes at \p data are copied into
 * the payload first. \p high_priority goes before all that are not.
 */
void ipc_msg_send(struct ipc_msg *msg, void *data, bool high_priority);

/** The same: nothing is between the firmware and its queue. */
static inline void ipc_msg_send_direct(struct ipc_msg *msg, void *data)
{
	ipc_msg_send(msg, data, true);
}

#ifdef __cplusplus
}
#endif

#endif /* SOF_IPC_MSG_H */
