/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc4/header.h
 * \brief The two words every IPC4 message starts with, and control payloads.
 *
 * Bit fields are laid out as gcc does on a little-endian machine, least significant bit first.
 */
#ifndef IPC4_HEADER_H
#define IPC4_HEADER_H

#include <stdint.h>

/** Field msg_tgt. */
enum ipc4_message_target {
	SOF_IPC4_MESSAGE_TARGET_FW_GEN_MSG = 0, /**< type is enum ipc4_message_type */
	SOF_IPC4_MESSAGE_TARGET_MODULE_MSG = 1, /**< type is enum sof_ipc4_module_type */
};

/** Field rsp. */
enum ipc4_message_direction {
	SOF_IPC4_MESSAGE_DIR_MSG_REQUEST = 0,
	SOF_IPC4_MESSAGE_DIR_MSG_REPLY = 1,
};

/** Field type of a firmware message: five bits. */
enum ipc4_message_type {
	SOF_IPC4_GLB_BOOT_CONFIG = 0,
	SOF_IPC4_GLB_ROM_CONTROL = 1,
	SOF_IPC4_GLB_IPCGATEWAY_CMD = 2,
	SOF_IPC4_GLB_PERF_MEASUREMENTS_CMD = 13,
	SOF_IPC4_GLB_CHAIN_DMA = 14,
	SOF_IPC4_GLB_LOAD_MULTIPLE_MODULES = 15,
	SOF_IPC4_GLB_UNLOAD_MULTIPLE_MODULES = 16,
	SOF_IPC4_GLB_CREATE_PIPELINE = 17,
	SOF_IPC4_GLB_DELETE_PIPELINE = 18,
	SOF_IPC4_GLB_SET_PIPELINE_STATE = 19,
	SOF_IPC4_GLB_GET_PIPELINE_STATE = 20,
	SOF_IPC4_GLB_GET_PIPELINE_CONTEXT_SIZE = 21,
	SOF_IPC4_GLB_SAVE_PIPELINE = 22,
	SOF_IPC4_GLB_RESTORE_PIPELINE = 23,
	SOF_IPC4_GLB_LOAD_LIBRARY = 24,
	SOF_IPC4_GLB_LOAD_LIBRARY_PREPARE = 25,
	SOF_IPC4_GLB_INTERNAL_MESSAGE = 26,
	SOF_IPC4_GLB_NOTIFICATION = 27,
	SOF_IPC4_GLB_ENTER_GDB = 31,
	SOF_IPC4_GLB_MAX_IXC_MESSAGE_TYPE = 32
};

struct ipc_cmd_hdr {
	uint32_t pri;
	uint32_t ext;
};

struct ipc4_message_request {
	union {
		uint32_t dat;
		struct {
			uint32_t rsvd0 : 24;
			uint32_t type : 5;
			uint32_t rsp : 1;     /**< enum ipc4_message_direction */
			uint32_t msg_tgt : 1; /**< enum ipc4_message_target */
			uint32_t _reserved_0 : 1;
		} r;
	} primary;
	union {
		uint32_t dat;
		struct {
			uint32_t ext_data : 30;
			uint32_t _reserved_0 : 2;
		} r;
	} extension;
} __attribute__((packed, aligned(4)));

#define ipc_from_hdr(x) ((struct ipc4_message_request *)(x))

struct ipc4_message_reply {
	union {
		uint32_t dat;
		struct {
			uint32_t status : 24; /**< enum ipc4_status */
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

/** \name Parameter ids of user controls @{ */
#define SOF_IPC4_SWITCH_CONTROL_PARAM_ID 200
#define SOF_IPC4_ENUM_CONTROL_PARAM_ID	 201
#define SOF_IPC4_BYTES_CONTROL_PARAM_ID	 202
/** @} */
#define SOF_IPC4_NOTIFY_MODULE_EVENTID_ALSA_MAGIC_VAL  ((uint32_t)(0xA15Au << 16))
#define SOF_IPC4_NOTIFY_MODULE_EVENTID_COMPR_MAGIC_VAL ((uint32_t)(0xC0C0u << 16))

struct sof_ipc4_ctrl_value_chan {
	uint32_t channel;
	uint32_t value;
} __attribute__((packed, aligned(4)));

/** Payload of switch, enum and bytes controls. */
struct sof_ipc4_control_msg_payload {
	uint16_t id;	    /**< of the control */
	uint16_t num_elems; /**< of chanv, or bytes of data */
	uint32_t reserved[4];
	union {
		struct sof_ipc4_ctrl_value_chan chanv[0];
		uint8_t data[0];
	};
} __attribute__((packed, aligned(4)));

/** Payload of a notification that a module sends. */
struct sof_ipc4_notify_module_data {
	uint16_t instance_id;
	uint16_t module_id;
	uint32_t event_id;	  /**< module's own number */
	uint32_t event_data_size; /**< bytes of event_data */
	uint8_t event_data[];
} __attribute__((packed, aligned(4)));

#endif /* IPC4_HEADER_H */
