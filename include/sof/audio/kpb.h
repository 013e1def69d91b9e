/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/kpb.h
 * \brief The key phrase buffer: what a detector tells it, and what it keeps.
 *
 * Types only. A detector sends struct kpb_event_data as event NOTIFIER_ID_KPB_CLIENT_EVT
 * (sof/lib/notifier.h).
 */
#ifndef SOF_AUDIO_KPB_H
#define SOF_AUDIO_KPB_H

#include <sof/audio/component.h>
#include <sof/trace/trace.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <user/trace.h>

struct comp_buffer;
struct comp_dev;

/* Times in milliseconds, rates in Hz. */
#define KPB_MAX_BUFF_TIME	   2100
#define HOST_WAKEUP_TIME	   0
#define KPB_MAX_DRAINING_REQ	   (KPB_MAX_BUFF_TIME - HOST_WAKEUP_TIME)
#define KPB_MAX_SUPPORTED_CHANNELS 6
#define KPB_SAMPLNG_FREQUENCY	   16000
#define KPB_SAMPLES_PER_MS	   (KPB_SAMPLNG_FREQUENCY / 1000)

/** Bits that a sample of \p sw bits takes. */
#define KPB_SAMPLE_CONTAINER_SIZE(sw) ((sw) == 16 ? 16 : 32)
/** Bytes of KPB_MAX_BUFF_TIME. */
#define KPB_MAX_BUFFER_SIZE(sw, channels_number)                                                   \
	(KPB_SAMPLES_PER_MS * KPB_MAX_BUFF_TIME * (KPB_SAMPLE_CONTAINER_SIZE(sw) / 8) *            \
	 (channels_number))
#define KPB_BYTES_TO_FRAMES(bytes, sample_width, channels_number)                                  \
	((bytes) / ((KPB_SAMPLE_CONTAINER_SIZE(sample_width) / 8) * (channels_number)))
#define KPB_BYTES_TO_S16_SAMPLES(s) ((s) >> 1)
#define KPB_BYTES_TO_S32_SAMPLES(s) ((s) >> 2)
#define KPB_COUNT_TO_BITMASK(cnt)   ((1 << (cnt)) - 1)
#define KPB_IS_BIT_SET(value, idx)  ((value) & (1 << (idx)))

#define KPB_MAX_NO_OF_CLIENTS		     4
#define KPB_MAX_SINK_CNT		     (1 + KPB_MAX_NO_OF_CLIENTS)
#define KPB_NO_OF_HISTORY_BUFFERS	     2
#define KPB_ALLOCATION_STEP		     0x100
#define KPB_NO_OF_MEM_POOLS		     5
#define KPB_DRAIN_NUM_OF_PPL_PERIODS_AT_ONCE 2
#define KPB_REFERENCE_SUPPORT_CHANNELS	     2
#define KPB_MAX_MICSEL_CHANNELS		     4
#define REALTIME_PIN_ID			     0
#define FAST_MODE_TASK_MAX_MODULES_COUNT     16
#define FAST_MODE_TASK_MAX_LIST_COUNT	     5
#define DEVICE_LIST_SIZE		     (FAST_MODE_TASK_MAX_MODULES_COUNT + 1)

#define HOST_BUFFER_MIN_SIZE(hb, channels_number) ((hb) * (channels_number))

enum kpb_state {
	KPB_STATE_DISABLED = 0,
	KPB_STATE_RESET_FINISHING,
	KPB_STATE_CREATED,
	KPB_STATE_PREPARING,
	KPB_STATE_RUN,
	KPB_STATE_BUFFERING,
	KPB_STATE_INIT_DRAINING,
	KPB_STATE_DRAINING,
	KPB_STATE_HOST_COPY,
	KPB_STATE_RESETTING,
};

enum kpb_event {
	KPB_EVENT_REGISTER_CLIENT = 0,
	KPB_EVENT_UPDATE_PARAMS,
	KPB_EVENT_BEGIN_DRAINING,
	KPB_EVENT_STOP_DRAINING,
	KPB_EVENT_UNREGISTER_CLIENT,
};

struct kpb_event_data {
	enum kpb_event event_id;
	struct kpb_client *client_data;
};

enum kpb_client_state {
	KPB_CLIENT_UNREGISTERED = 0,
	KPB_CLIENT_BUFFERING,
	KPB_CLIENT_DRAINNING,
	KPB_CLIENT_DRAINNING_OD,
};

struct kpb_client {
	uint8_t id;
	uint32_t drain_req; /**< ms of history it wants */
	enum kpb_client_state state;
	void *r_ptr;
	struct comp_buffer *sink;
};

enum buffer_state {
	KPB_BUFFER_FREE = 0,
	KPB_BUFFER_FULL,
	KPB_BUFFER_OFF,
};

/** Memory a history buffer lies in. */
enum kpb_id {
	KPB_LP = 0,
	KPB_HP,
};

struct history_buffer {
	enum buffer_state state;
	void *start_addr;
	void *end_addr;
	void *w_ptr;
	void *r_ptr;
	struct history_buffer *next;
	struct history_buffer *prev;
};

struct draining_data {
	struct comp_buffer *sink;
	struct history_buffer *hb;
	size_t drain_req; /**< bytes */
	size_t drained;	  /**< bytes */
	uint8_t is_draining_active;
	size_t sample_width;
	size_t buffered_while_draining;
	uint64_t draining_time_start;
	size_t drain_interval;
	uint64_t period_copy_start;
	size_t pb_limit;
	size_t period_bytes;
	uint64_t next_copy_time;
	struct comp_dev *dev;
	bool sync_mode_on;
	enum comp_copy_type copy_type;
	size_t task_iteration;
	uint64_t prev_adjustment_time;
	size_t prev_adjustment_drained;
};

struct history_data {
	size_t buffer_size;
	size_t buffered;
	size_t free;
	struct history_buffer *c_hb;
};

struct kpb_micselector_config {
	uint32_t mask;
};

struct kpb_task_params {
	uint32_t number_of_modules;
	struct {
		uint16_t module_id;
		uint16_t instance_id;
	} dev_ids[1];
};

struct fast_mode_task {
	struct device_list *device_list[FAST_MODE_TASK_MAX_LIST_COUNT];
};

struct device_list {
	struct comp_dev **devs[DEVICE_LIST_SIZE];
	size_t count;
};

struct kpb_fmt_dev_list {
	struct device_list device_list[FAST_MODE_TASK_MAX_LIST_COUNT];
	struct comp_dev *kpb_list_item[KPB_MAX_SINK_CNT];
	struct comp_dev *modules_list_item[FAST_MODE_TASK_MAX_MODULES_COUNT];
	struct comp_dev *kpb_mi_ptr;
};

#endif /* SOF_AUDIO_KPB_H */
