/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc4/pipeline.h
 * \brief IPC4 messages to pipelines.
 */
#ifndef IPC4_PIPELINE_H
#define IPC4_PIPELINE_H

#include <ipc4/error_status.h>
#include <stdint.h>

enum ipc4_pipeline_priority {
	SOF_IPC4_PIPELINE_PRIORITY_0 = 0, /**< runs first */
	SOF_IPC4_PIPELINE_PRIORITY_1,
	SOF_IPC4_PIPELINE_PRIORITY_2,
	SOF_IPC4_PIPELINE_PRIORITY_3,
	SOF_IPC4_PIPELINE_PRIORITY_4,
	SOF_IPC4_PIPELINE_PRIORITY_5,
	SOF_IPC4_PIPELINE_PRIORITY_6,
	SOF_IPC4_PIPELINE_PRIORITY_7,
	SOF_IPC4_MAX_PIPELINE_PRIORITY = SOF_IPC4_PIPELINE_PRIORITY_7
};

enum ipc4_pipeline_state {
	SOF_IPC4_PIPELINE_STATE_INVALID = 0,
	SOF_IPC4_PIPELINE_STATE_UNINITIALIZED = 1,
	SOF_IPC4_PIPELINE_STATE_RESET = 2,
	SOF_IPC4_PIPELINE_STATE_PAUSED = 3,
	SOF_IPC4_PIPELINE_STATE_RUNNING = 4,
	SOF_IPC4_PIPELINE_STATE_EOS = 5, /**< no more input will come: drain */
	SOF_IPC4_PIPELINE_STATE_ERROR_STOP,
	SOF_IPC4_PIPELINE_STATE_SAVED
};

/** \name Objects that may follow a create message @{ */
enum ipc4_pipeline_ext_obj_id {
	IPC4_GLB_PIPE_EXT_OBJ_ID_INVALID = 0,
	IPC4_GLB_PIPE_EXT_OBJ_ID_MEM_DATA = 1,
	IPC4_GLB_PIPE_EXT_OBJ_ID_MAX = IPC4_GLB_PIPE_EXT_OBJ_ID_MEM_DATA,
};

struct ipc4_pipeline_ext_object {
	uint32_t last_object : 1;
	uint32_t object_id : 15;
	uint32_t object_words : 16;
} __attribute__((packed, aligned(4)));

struct ipc4_pipeline_ext_obj_mem_data {
	uint32_t domain_id;
	uint32_t stack_bytes;
	uint32_t heap_bytes;
} __attribute__((packed, aligned(4)));

struct ipc4_pipeline_ext_payload {
	uint32_t payload_words : 24;
	uint32_t data_obj_array : 1;
	uint32_t rsvd0 : 7;
	uint32_t rsvd1;
	uint32_t rsvd2;
} __attribute__((packed, aligned(4)));
/** @} */

struct ipc4_pipeline_create {
	union {
		uint32_t dat;
		struct {
			uint32_t ppl_mem_size : 11; /**< pages */
			uint32_t ppl_priority : 5;  /**< enum ipc4_pipeline_priority */
			uint32_t instance_id : 8;
			uint32_t type : 5;
			uint32_t rsp : 1;
			uint32_t msg_tgt : 1;
			uint32_t _reserved_0 : 1;
		} r;
	} primary;
	union {
		uint32_t dat;
		struct {
			uint32_t lp : 1;
			uint32_t rsvd1 : 3;
			uint32_t attributes : 16;
			uint32_t core_id : 4;
			uint32_t rsvd2 : 5;
			uint32_t payload : 1;
			uint32_t _reserved_2 : 2;
		} r;
	} extension;
} __attribute__((packed, aligned(4)));

/** Delete a pipeline and every instance in it. */
struct ipc4_pipeline_delete {
	union {
		uint32_t dat;
		struct {
			uint32_t rsvd0 : 16;
			uint32_t instance_id : 8;
			uint32_t type : 5;
			uint32_t rsp : 1;
			uint32_t msg_tgt : 1;
			uint32_t _reserved_0 : 1;
		} r;
	} primary;
	union {
		uint32_t dat;
		struct {
			uint32_t rsvd1 : 30;
			uint32_t _reserved_2 : 2;
		} r;
	} extension;
} __attribute__((packed, aligned(4)));

/** Payload of a state change of several pipelines; they change in the order given. */
struct ipc4_pipeline_set_state_data {
	uint32_t pipelines_count;
	uint32_t ppl_id[];
} __attribute__((packed, aligned(4)));

struct ipc4_pipeline_set_state {
	union {
		uint32_t dat;
		struct {
			uint32_t ppl_state : 16; /**< enum ipc4_pipeline_state */
			uint32_t ppl_id : 8;	 /**< ignored with multi_ppl */
			uint32_t type : 5;
			uint32_t rsp : 1;
			uint32_t msg_tgt : 1;
			uint32_t _reserved_0 : 1;
		} r;
	} primary;
	union {
		uint32_t dat;
		struct {
			uint32_t multi_ppl : 1;
			uint32_t sync_stop_start : 1;
			uint32_t rsvd1 : 28;
			uint32_t _reserved_2 : 2;
		} r;
	} extension;
	struct ipc4_pipeline_set_state_data s_data;
} __attribute__((packed, aligned(4)));

struct ipc4_pipeline_get_state {
	union {
		uint32_t dat;
		struct {
			uint32_t ppl_id : 8;
			uint32_t rsvd : 16;
			uint32_t type : 5;
			uint32_t rsp : 1;
			uint32_t msg_tgt : 1;
			uint32_t _reserved_0 : 1;
		} r;
	} primary;
	union {
		uint32_t dat;
		struct {
			uint32_t rsvd1 : 30;
			uint32_t _reserved_2 : 2;
		} r;
	} extension;
} __attribute__((packed, aligned(4)));

#endif /* IPC4_PIPELINE_H */
