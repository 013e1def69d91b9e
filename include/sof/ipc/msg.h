/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/ipc/msg.h
 * \brief A message from the firmware to the host.
 */
#ifndef SOF_IPC_MSG_H
#define SOF_IPC_MSG_H

#include <sof/audio/component.h>
#include <sof/ipc/common.h>
#include <sof/list.h>
#include <stdint.h>

struct ipc_msg {
	uint32_t header;
	uint32_t extension;
	uint32_t tx_size;
	void *tx_data;
	struct list_item list;
	void (*callback)(struct ipc_msg *msg);
};

#endif /* SOF_IPC_MSG_H */
