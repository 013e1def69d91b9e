/* SPDX-License-Identifier: BSD-3-Clause */
#include "notices.h"

#include <host/audio.h>
#include <ipc4/header.h>
#include <ipc4/notification.h>
#include <sof/trace/trace.h>
#include <string.h>

LOG_MODULE_REGISTER(notices);

/* Kernel data, like the firmware's own: the C heap and the main stack are closed. */
static struct {
	struct sof_notification last;
	uint64_t taken, dropped_before;
} notices;

static void tell(const struct sof_notification *notice)
{
	const union ipc4_notification_header header = { .dat = notice->primary };
	struct sof_ipc4_notify_module_data data;

	if (header.r.notif_type != SOF_IPC4_MODULE_NOTIFICATION || notice->size < sizeof(data)) {
		LOG_INF("notification of type %u, %zu bytes", (unsigned int)header.r.notif_type,
			notice->size);
		return;
	}
	memcpy(&data, notice->payload, sizeof(data));
	LOG_INF("notification of module %u, instance %u: event %#x, %u bytes",
		(unsigned int)data.module_id, (unsigned int)data.instance_id,
		(unsigned int)data.event_id, (unsigned int)data.event_data_size);
}

void notices_take(void)
{
	while (!sof_notification_next(&notices.last)) {
		notices.taken++;
		tell(&notices.last);
	}
}

void notices_start(void)
{
	notices.taken = 0;
	notices.dropped_before = sof_notifications_dropped();
}

void notices_count(uint64_t *taken, uint64_t *dropped)
{
	*taken = notices.taken;
	*dropped = sof_notifications_dropped() - notices.dropped_before;
}
