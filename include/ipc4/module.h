/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc4/module.h
 * \brief IPC4 messages to module instances.
 */
#ifndef IPC4_MODULE_H
#define IPC4_MODULE_H

#include <ipc4/error_status.h>
#include <stdint.h>

#define IPC4_MAX_SUPPORTED_LIBRARIES 16
#define IPC4_MAX_MODULE_COUNT	     128
#define IPC4_MAX_SRC_QUEUE	     8
#define IPC4_MAX_DST_QUEUE	     8

#define SOF_IPC4_DST_QUEUE_ID_BITFIELD_SIZE 3
#define SOF_IPC4_SRC_QUEUE_ID_BITFIELD_SIZE 3

/** large_param_id that announces an ipc4_extended_param_id in the payload. */
#define VENDOR_CONFIG_PARAM 0xFF

/** Pipeline id of an instance that belongs to none. */
#define IPC4_INVALID_PIPELINE_ID 0xFF

enum sof_ipc4_module_type {
	SOF_IPC4_MOD_INIT_INSTANCE = 0,
	SOF_IPC4_MOD_CONFIG_GET = 1,
	SOF_IPC4_MOD_CONFIG_SET = 2,
	SOF_IPC4_MOD_LARGE_CONFIG_GET = 3,
	SOF_IPC4_MOD_LARGE_CONFIG_SET = 4,
	SOF_IPC4_MOD_BIND = 5,
	SOF_IPC4_MOD_UNBIND = 6,
	SOF_IPC4_MOD_SET_DX = 7,
	SOF_IPC4_MOD_SET_D0IX = 8,
	SOF_IPC4_MOD_ENTER_MODULE_RESTORE = 9,
	SOF_IPC4_MOD_EXIT_MODULE_RESTORE = 10,
	SOF_IPC4_MOD_DELETE_INSTANCE = 11,
};

union ipc4_extended_param_id {
	uint32_t full;
	struct {
		uint32_t parameter_type : 8;
		uint32_t parameter_instance : 24;
	} part;
} __attribute__((packed, aligned(4)));

struct ipc4_vendor_error {
	uint32_t param_idx;
	uint32_t err_code;
};

/** \name Extended init: a head, then objects until one says it is the last @{ */
enum ipc4_mod_init_data_glb_id {
	IPC4_MOD_INIT_DATA_ID_INVALID = 0,
	IPC4_MOD_INIT_DATA_ID_DP_DATA = 1,     /**< struct ipc4_module_init_ext_obj_dp_data */
	IPC4_MOD_INIT_DATA_ID_MODULE_DATA = 2, /**< bytes for the module itself */
	IPC4_MOD_INIT_DATA_ID_MAX = IPC4_MOD_INIT_DATA_ID_MODULE_DATA,
};

struct ipc4_module_init_ext_object {
	uint32_t last_object : 1;
	uint32_t object_id : 15;    /**< enum ipc4_mod_init_data_glb_id */
	uint32_t object_words : 16; /**< 32-bit words that follow this head */
} __attribute__((packed, aligned(4)));

struct ipc4_module_init_ext_obj_dp_data {
	uint32_t domain_id;
	uint32_t stack_bytes; /**< 0: default */
	uint32_t heap_bytes;  /**< 0: default */
} __attribute__((packed, aligned(4)));

struct ipc4_module_init_ext_init {
	uint32_t rtos_domain : 1;
	uint32_t gna_used : 1;
	uint32_t data_obj_array : 1; /**< objects follow */
	uint32_t rsvd_0 : 29;
	uint32_t rsvd_1[2];
} __attribute__((packed, aligned(4)));

struct ipc4_module_init_ext_data {
	struct ipc4_module_init_ext_init extended_init;
	uint32_t param_data[];
} __attribute__((packed, aligned(4)));

struct ipc4_module_init_gna_config {
	uint32_t gna_cpc;
	uint32_t rsvd;
} __attribute__((packed, aligned(4)));
/** @} */

struct ipc4_module_init_data {
	uint32_t param_data[0];
} __attribute__((packed, aligned(4)));

/* First word of most module messages. */
#define IPC4_MODULE_PRIMARY                                                                        \
	union {                                                                                    \
		uint32_t dat;                                                                      \
		struct {                                                                           \
			uint32_t module_id : 16;                                                   \
			uint32_t instance_id : 8;                                                  \
			uint32_t type : 5;                                                         \
			uint32_t rsp : 1;                                                          \
			uint32_t msg_tgt : 1;                                                      \
			uint32_t _reserved_0 : 1;                                                  \
		} r;                                                                               \
	} primary

/* First word of most replies to them. */
#define IPC4_MODULE_REPLY_PRIMARY                                                                  \
	union {                                                                                    \
		uint32_t dat;                                                                      \
		struct {                                                                           \
			uint32_t status : IPC4_IXC_STATUS_BITS;                                    \
			uint32_t type : 5;                                                         \
			uint32_t rsp : 1;                                                          \
			uint32_t msg_tgt : 1;                                                      \
			uint32_t _reserved_0 : 1;                                                  \
		} r;                                                                               \
	} primary

/* Second word of large configuration messages, both ways. */
#define IPC4_LARGE_CONFIG_EXTENSION                                                                \
	union {                                                                                    \
		uint32_t dat;                                                                      \
		struct {                                                                           \
			uint32_t data_off_size : 20;                                               \
			uint32_t large_param_id : 8;                                               \
			uint32_t final_block : 1;                                                  \
			uint32_t init_block : 1;                                                   \
			uint32_t _reserved_2 : 2;                                                  \
		} r;                                                                               \
	} extension

/**
 * Make an instance. Payload: with extended_init struct ipc4_module_init_ext_init and its objects
 * first; then struct ipc4_base_module_cfg and what the module expects after it.
 */
struct ipc4_module_init_instance {
	IPC4_MODULE_PRIMARY;
	union {
		uint32_t dat;
		struct {
			uint32_t param_block_size : 16; /**< payload in 32-bit words */
			uint32_t ppl_instance_id : 8;
			uint32_t core_id : 4;
			uint32_t proc_domain : 1; /**< 0: LL, 1: DP */
			uint32_t extended_init : 1;
			uint32_t _hw_reserved_2 : 2;
		} r;
	} extension;
} __attribute__((packed, aligned(4)));

/** Connect output src_queue of one instance to input dst_queue of another, or part them. */
struct ipc4_module_bind_unbind {
	IPC4_MODULE_PRIMARY;
	union {
		uint32_t dat;
		struct {
			uint32_t dst_module_id : 16;
			uint32_t dst_instance_id : 8;
			uint32_t dst_queue : SOF_IPC4_DST_QUEUE_ID_BITFIELD_SIZE;
			uint32_t src_queue : SOF_IPC4_SRC_QUEUE_ID_BITFIELD_SIZE;
			uint32_t _reserved_2 : 2;
		} r;
	} extension;
} __attribute__((packed, aligned(4)));

/** Configuration that fits into the second word. */
struct ipc4_module_config {
	IPC4_MODULE_PRIMARY;
	union {
		uint32_t dat;
		struct {
			uint32_t param_id_data : 30;
			uint32_t _reserved_2 : 2;
		} r;
	} extension;
} __attribute__((packed, aligned(4)));

struct ipc4_module_config_reply {
	IPC4_MODULE_REPLY_PRIMARY;
	union {
		uint32_t dat;
		struct {
			uint32_t param_id_data : 30;
			uint32_t _reserved_2 : 2;
		} r;
	} extension;
} __attribute__((packed, aligned(4)));

/**
 * Configuration in the payload, in one fragment or more. In the first (init_block) data_off_size
 * is the size of the whole, in the others the fragment's offset.
 */
struct ipc4_module_large_config {
	IPC4_MODULE_PRIMARY;
	IPC4_LARGE_CONFIG_EXTENSION;
} __attribute__((packed, aligned(4)));

struct ipc4_module_large_config_reply {
	IPC4_MODULE_REPLY_PRIMARY;
	IPC4_LARGE_CONFIG_EXTENSION;
} __attribute__((packed, aligned(4)));

struct ipc4_module_delete_instance {
	IPC4_MODULE_PRIMARY;
	union {
		uint32_t dat;
		struct {
			uint32_t rsvd : 30;
			uint32_t _reserved_1 : 2;
		} r;
	} extension;
} __attribute__((packed, aligned(4)));

struct ipc4_dx_state_info {
	uint32_t core_mask;
	uint32_t dx_mask;
} __attribute__((packed, aligned(4)));

#define IPC4_COMP_ID(x, y)    ((y) << 16 | (x))
#define IPC4_MOD_ID(x)	      ((x)&0xffff)
#define IPC4_INST_ID(x)	      ((x) >> 16)
#define IPC4_SRC_QUEUE_ID(x)  ((x)&0xffff)
#define IPC4_SINK_QUEUE_ID(x) (((x) >> 16) & 0xffff)

#endif /* IPC4_MODULE_H */
