/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc4/notification.h
 * \brief IPC4 messages that the firmware sends without being asked. Values are the ABI's.
 *
 * A module's own notification is a message (sof/ipc/msg.h) with SOF_IPC4_MODULE_NOTIFICATION in
 * its header and a struct sof_ipc4_notify_module_data (ipc4/header.h) as payload. What is sent can
 * be read by the program around the firmware: sof_notification_next() in host/audio.h.
 */
#ifndef IPC4_NOTIFICATION_H
#define IPC4_NOTIFICATION_H

#include <ipc/header.h>
#include <ipc/stream.h>
#include <rtos/bit.h>
#include <sof/compiler_attributes.h>
#include <sof/ipc/msg.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum sof_ipc4_notification_type {
	SOF_IPC4_NOTIFY_PHRASE_DETECTED = 4,
	SOF_IPC4_NOTIFY_RESOURCE_EVENT = 5, /**< struct ipc4_resource_event_data_notification */
	SOF_IPC4_NOTIFY_LOG_BUFFER_STATUS = 6,
	SOF_IPC4_NOTIFY_TIMESTAMP_CAPTURED = 7,
	SOF_IPC4_NOTIFY_FW_READY = 8,
	SOF_IPC4_FW_AUD_CLASS_RESULT = 9,
	SOF_IPC4_EXCEPTION_CAUGHT = 10,
	SOF_IPC4_MODULE_NOTIFICATION = 12, /**< struct sof_ipc4_notify_module_data */
	SOF_IPC4_UAOL_EVENT = 13,
	SOF_IPC4_PROBE_DATA_AVAILABLE = 14,
	SOF_IPC4_WATCHDOG_TIMEOUT = 15,
	SOF_IPC4_MANAGEMENT_SERVICE = 16,
};

enum sof_ipc4_resource_event_type {
	SOF_IPC4_BUDGET_VIOLATION = 0,
	SOF_IPC4_MIXER_UNDERRUN_DETECTED = 1,
	SOF_IPC4_STREAM_DATA_SEGMENT = 2,
	SOF_IPC4_PROCESS_DATA_ERROR = 3,
	SOF_IPC4_STACK_OVERFLOW = 4,
	SOF_IPC4_BUFFERING_MODE_CHANGED = 5,
	SOF_IPC4_GATEWAY_UNDERRUN_DETECTED = 6,
	SOF_IPC4_GATEWAY_OVERRUN_DETECTED = 7,
	SOF_IPC4_EDF_DOMAIN_UNSTABLE = 8, /**< a DP task missed its deadline */
	SOF_IPC4_WATCHDOG_EVENT = 9,
	SOF_IPC4_GATEWAY_HIGH_THRES = 10,
	SOF_IPC4_GATEWAY_LOW_THRES = 11,
	SOF_IPC4_I2S_BCE_DETECTED = 12,
	SOF_IPC4_I2S_CLK_STATE_CHANGED = 13,
	SOF_IPC4_I2S_SINK_MODE_CHANGED = 14,
	SOF_IPC4_I2S_SOURCE_MODE_CHANGED = 15,
	SOF_IPC4_SRE_DRIFT_TOO_HIGH = 16,
	SOF_IPC4_TELEMETRY_DATA_STATUS = 17,
	SOF_IPC4_SNDW_DEBUG_INFO = 18,
	SOF_IPC4_INVALID_RESOURCE_EVENT_TYPE = 19,
};

/** What resource_id is the number of. */
enum sof_ipc4_resource_type {
	SOF_IPC4_MODULE_INSTANCE = 0,
	SOF_IPC4_PIPELINE = 1,
	SOF_IPC4_GATEWAY = 2,
	SOF_IPC4_EDF_TASK = 3,
	SOF_IPC4_INVALID_RESOURCE_TYPE = 4,
};

#define SOF_IPC4_GLB_NOTIFY_DIR_MASK	   BIT(29)
#define SOF_IPC4_REPLY_STATUS_MASK	   0xFFFFFF
#define SOF_IPC4_GLB_NOTIFY_TYPE_SHIFT	   16
#define SOF_IPC4_GLB_NOTIFY_MSG_TYPE_SHIFT 24

/** First header word of a notification. */
#define SOF_IPC4_NOTIF_HEADER(notif_type)                                                          \
	((notif_type) << SOF_IPC4_GLB_NOTIFY_TYPE_SHIFT |                                          \
	 SOF_IPC4_GLB_NOTIFICATION << SOF_IPC4_GLB_NOTIFY_MSG_TYPE_SHIFT)
#define SOF_IPC4_FW_READY	       SOF_IPC4_NOTIF_HEADER(SOF_IPC4_NOTIFY_FW_READY)
#define SOF_IPC4_FW_READY_LIB_RESTORED BIT(15)

/** The same, by field. */
union ipc4_notification_header {
	uint32_t dat;
	struct {
		uint32_t rsvd0 : 16;
		uint32_t notif_type : 8; /**< enum sof_ipc4_notification_type */
		uint32_t type : 5;	 /**< SOF_IPC4_GLB_NOTIFICATION */
		uint32_t rsp : 1;	 /**< SOF_IPC4_MESSAGE_DIR_MSG_REQUEST */
		uint32_t msg_tgt : 1;	 /**< SOF_IPC4_MESSAGE_TARGET_FW_GEN_MSG */
		uint32_t _reserved_0 : 1;
	} r;
} __packed __aligned(4);

/** SOF_IPC4_NOTIFY_PHRASE_DETECTED. */
struct ipc4_voice_cmd_notification {
	union {
		uint32_t dat;
		struct {
			uint32_t word_id : 16;
			uint32_t notif_type : 8;
			uint32_t type : 5;
			uint32_t rsp : 1;
			uint32_t msg_tgt : 1;
			uint32_t _reserved_0 : 1;
		} r;
	} primary;
	union {
		uint32_t dat;
		struct {
			uint32_t sv_score : 16; /**< 0 to 8192 */
			uint32_t rsvd1 : 14;
			uint32_t _reserved_2 : 2;
		} r;
	} extension;
} __packed __aligned(4);

/** SOF_IPC4_WATCHDOG_TIMEOUT. */
struct ipc4_watchdog_timeout_notification {
	union {
		uint32_t dat;
		struct {
			uint32_t core_id : 4;
			uint32_t first_timeout : 1;
			uint32_t rsvd : 11;
			uint32_t notif_type : 8;
			uint32_t type : 5;
			uint32_t rsp : 1;
			uint32_t msg_tgt : 1;
			uint32_t _hw_rsvd_0 : 1;
		} r;
	} primary;
	union {
		uint32_t dat;
		struct {
			uint32_t rsvd1 : 30;
			uint32_t _hw_rsvd_2 : 2;
		} r;
	} extension;
} __packed __aligned(4);

/** Both words of a watchdog notification. Any mode. */
static inline void ipc4_notification_watchdog_init(struct ipc4_watchdog_timeout_notification *notif,
						   uint32_t core_id, bool first_timeout)
{
	notif->extension.dat = 0;
	notif->primary.dat = SOF_IPC4_NOTIF_HEADER(SOF_IPC4_WATCHDOG_TIMEOUT);
	notif->primary.r.first_timeout = first_timeout;
	notif->primary.r.core_id = core_id & 0xf;
}

struct ipc4_process_data_error_event_data {
	uint32_t error_code; /**< what the processing function returned */
};

struct ipc4_mixer_underrun_event_data {
	uint32_t eos_flag;
	uint32_t data_mixed;	      /**< bytes */
	uint32_t expected_data_mixed; /**< bytes */
};

union ipc4_resource_event_data {
	uint32_t dws[6];
	struct ipc4_process_data_error_event_data process_data_error;
	struct ipc4_mixer_underrun_event_data mixer_underrun;
};

/** Payload of SOF_IPC4_NOTIFY_RESOURCE_EVENT. */
struct ipc4_resource_event_data_notification {
	uint32_t resource_type; /**< enum sof_ipc4_resource_type */
	uint32_t resource_id;
	uint32_t event_type; /**< enum sof_ipc4_resource_event_type */
	uint32_t reserved0;
	union ipc4_resource_event_data event_data;
} __packed __aligned(8);

#define IPC4_RESOURCE_EVENT_SIZE sizeof(struct ipc4_resource_event_data_notification)

/** \name Resource events
 * Queued, or dropped and counted when the queue is full or the mask below says so. Supervisor mode.
 * The bool ones: false when the queue was full. @{ */
void send_process_data_error_notif_msg(uint32_t resource_id, uint32_t error_code);
bool send_copier_gateway_xrun_notif_msg(uint32_t pipeline_id, enum sof_ipc_stream_direction dir);
bool send_gateway_xrun_notif_msg(uint32_t resource_id, enum sof_ipc_stream_direction dir);
/** \p resource_id: the pipeline; figures as in ipc4_mixer_underrun_event_data. */
void send_mixer_underrun_notif_msg(uint32_t resource_id, uint32_t eos_flag, uint32_t data_mixed,
				   uint32_t expected_data_mixed);
/** Of the kinds whose bit (IPC4_*_NOTIFICATION_MASK_IDX, ipc4/base_fw.h) is set in \p ntfy_mask
 * send those that are set in \p enabled_mask as well; all are sent at first. */
void ipc4_update_notification_mask(uint32_t ntfy_mask, uint32_t enabled_mask);
/** @} */

#ifdef __cplusplus
}
#endif

#endif /* IPC4_NOTIFICATION_H */
