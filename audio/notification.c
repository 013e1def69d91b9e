/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The queue of messages to the host, in kernel memory, and the firmware's own notifications.
 */
#include <ipc4/base_fw.h>
#include <ipc4/notification.h>
#include <rtos/symbol.h>
#include <sof/ipc/notification_pool.h>
#include <string.h>

#include "firmware.h"

LOG_MODULE_REGISTER(notification);

struct entry {
	struct list_item list;
	uint32_t primary, extension;
	bool high_priority;
	uint64_t tick;
	size_t size;
	uint8_t payload[];
};

static struct {
	struct list_item list;
	unsigned int count;
	uint64_t dropped;
	uint32_t unwanted; /* bit: kind that the host does not want */
} queue = { .list = LIST_INIT(queue.list) };

/* Bit of the host's mask, -1: there is none. */
static int mask_bit(uint32_t event_type)
{
	switch (event_type) {
	case SOF_IPC4_GATEWAY_UNDERRUN_DETECTED:
		return IPC4_UNDERRUN_AT_GATEWAY_NOTIFICATION_MASK_IDX;
	case SOF_IPC4_GATEWAY_OVERRUN_DETECTED:
		return IPC4_OVERRUN_AT_GATEWAY_NOTIFICATION_MASK_IDX;
	case SOF_IPC4_MIXER_UNDERRUN_DETECTED:
		return IPC4_UNDERRUN_AT_MIXER_NOTIFICATION_MASK_IDX;
	default:
		return -1;
	}
}

static bool is_unwanted(uint32_t primary, const void *payload, size_t size)
{
	struct ipc4_resource_event_data_notification event;
	int bit;

	if (primary != SOF_IPC4_NOTIF_HEADER(SOF_IPC4_NOTIFY_RESOURCE_EVENT) ||
	    size < sizeof(event))
		return false;
	memcpy(&event, payload, sizeof(event));
	bit = mask_bit(event.event_type);
	return bit >= 0 && (queue.unwanted & BIT(bit));
}

static void enqueue(struct entry *entry)
{
	struct list_item *before = &queue.list;

	/* behind the last that is as urgent */
	if (entry->high_priority) {
		for (before = queue.list.next; before != &queue.list; before = before->next)
			if (!list_item(before, struct entry, list)->high_priority)
				break;
	}
	list_item_append(&entry->list, before);
	queue.count++;
}

int notification_queue(uint32_t primary, uint32_t extension, const void *payload, size_t size,
		       bool high_priority)
{
	struct entry *entry;
	int err = 0;

	if (is_unwanted(primary, payload, size))
		return 0;
	if (size > IPC_MSG_PAYLOAD_MAX)
		err = -EMSGSIZE;
	else if (queue.count == NOTIFICATIONS_MAX)
		err = -ENOSPC;
	if (err)
		goto drop;
	entry = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*entry) + size);
	if (!entry) {
		err = -ENOMEM;
		goto drop;
	}
	entry->primary = primary;
	entry->extension = extension;
	entry->high_priority = high_priority;
	entry->tick = sof_tick_count();
	entry->size = size;
	if (size)
		memcpy(entry->payload, payload, size);
	enqueue(entry);
	return 0;
drop:
	if (!queue.dropped++)
		LOG_WRN("a message of %zu bytes to the host is dropped: %d", size, err);
	return err;
}

void notification_mask(uint32_t change, uint32_t to)
{
	queue.unwanted = (queue.unwanted & ~change) | (~to & change);
}

static void entry_free(struct entry *entry)
{
	list_item_del(&entry->list);
	queue.count--;
	rfree(entry);
}

void notifications_clear(void)
{
	while (!list_is_empty(&queue.list))
		entry_free(list_first_item(&queue.list, struct entry, list));
	queue.dropped = 0;
	queue.unwanted = 0;
}

int sof_notification_next(struct sof_notification *out)
{
	struct entry *entry;

	if (list_is_empty(&queue.list))
		return -ENOENT;
	entry = list_first_item(&queue.list, struct entry, list);
	out->primary = entry->primary;
	out->extension = entry->extension;
	out->tick = entry->tick;
	out->size = entry->size;
	memcpy(out->payload, entry->payload, entry->size);
	entry_free(entry);
	return 0;
}

uint64_t sof_notifications_dropped(void)
{
	return queue.dropped;
}

/* \name The firmware's own, in the caller's mode: the message lies on its stack */

static bool send_resource_event(enum sof_ipc4_resource_type type, uint32_t id,
				enum sof_ipc4_resource_event_type event_type,
				const union ipc4_resource_event_data *data)
{
	struct ipc4_resource_event_data_notification event = {
		.resource_type = type,
		.resource_id = id,
		.event_type = event_type,
	};
	struct ipc_msg msg = {
		.header = SOF_IPC4_NOTIF_HEADER(SOF_IPC4_NOTIFY_RESOURCE_EVENT),
		.tx_size = sizeof(event),
		.tx_data = &event,
	};

	if (data)
		event.event_data = *data;
	return !ipc_msg_queue(&msg, false);
}

static enum sof_ipc4_resource_event_type xrun_at_gateway(enum sof_ipc_stream_direction dir)
{
	return dir == SOF_IPC_STREAM_CAPTURE ? SOF_IPC4_GATEWAY_OVERRUN_DETECTED :
					       SOF_IPC4_GATEWAY_UNDERRUN_DETECTED;
}

bool send_copier_gateway_xrun_notif_msg(uint32_t pipeline_id, enum sof_ipc_stream_direction dir)
{
	return send_resource_event(SOF_IPC4_PIPELINE, pipeline_id, xrun_at_gateway(dir), NULL);
}
EXPORT_SYMBOL(send_copier_gateway_xrun_notif_msg);

bool send_gateway_xrun_notif_msg(uint32_t resource_id, enum sof_ipc_stream_direction dir)
{
	return send_resource_event(SOF_IPC4_GATEWAY, resource_id, xrun_at_gateway(dir), NULL);
}
EXPORT_SYMBOL(send_gateway_xrun_notif_msg);

void send_mixer_underrun_notif_msg(uint32_t resource_id, uint32_t eos_flag, uint32_t data_mixed,
				   uint32_t expected_data_mixed)
{
	const union ipc4_resource_event_data data = {
		.mixer_underrun = { .eos_flag = eos_flag,
				    .data_mixed = data_mixed,
				    .expected_data_mixed = expected_data_mixed },
	};

	send_resource_event(SOF_IPC4_PIPELINE, resource_id, SOF_IPC4_MIXER_UNDERRUN_DETECTED,
			    &data);
}
EXPORT_SYMBOL(send_mixer_underrun_notif_msg);

void send_process_data_error_notif_msg(uint32_t resource_id, uint32_t error_code)
{
	const union ipc4_resource_event_data data = {
		.process_data_error = { .error_code = error_code },
	};

	send_resource_event(SOF_IPC4_MODULE_INSTANCE, resource_id, SOF_IPC4_PROCESS_DATA_ERROR,
			    &data);
}
EXPORT_SYMBOL(send_process_data_error_notif_msg);

void ipc4_update_notification_mask(uint32_t ntfy_mask, uint32_t enabled_mask)
{
	notification_mask(ntfy_mask, enabled_mask);
}
EXPORT_SYMBOL(ipc4_update_notification_mask);

static void give_back(struct ipc_msg *msg)
{
	ipc_msg_free(msg);
}

struct ipc_msg *ipc_notification_pool_get(size_t size)
{
	struct ipc_msg *msg;

	if (size > NOTIFICATION_POOL_MAX_PAYLOAD_SIZE)
		return NULL;
	msg = ipc_msg_init(0, (uint32_t)size);
	if (msg)
		msg->callback = give_back;
	return msg;
}
EXPORT_SYMBOL(ipc_notification_pool_get);
