/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rimage/sof/user/manifest.h
 * \brief The manifest: name, UUID and entry point of a module in a loadable object.
 *
 * Names and types of the members are SOF's, with two differences, as nothing but this program
 * reads what is compiled against this header:
 *  - entry_point is an uintptr_t; on the board it is 32 bits, which hold no host pointer;
 *  - name has room for SOF_MAN_MOD_NAME_LEN bytes, 32 where the board has 8. Some of SOF's own
 *    modules have longer names, which the board's manifest cuts off; here they stay whole. A name
 *    is NUL-terminated unless it fills the member.
 */
#ifndef RIMAGE_USER_MANIFEST_H
#define RIMAGE_USER_MANIFEST_H

#include <stdint.h>

/* sof_man_module_type.load_type */
#define SOF_MAN_MOD_TYPE_BUILTIN   0
#define SOF_MAN_MOD_TYPE_MODULE	   1
#define SOF_MAN_MOD_TYPE_LLEXT	   2
#define SOF_MAN_MOD_TYPE_LLEXT_AUX 3

/* sof_man_module_type.init_config: what the message that makes an instance carries */
#define SOF_MAN_MOD_INIT_CONFIG_BASE_CFG	  0
#define SOF_MAN_MOD_INIT_CONFIG_BASE_CFG_WITH_EXT 1

#define SOF_MAN_MOD_ID_LEN     4
#define SOF_MAN_MOD_NAME_LEN   32
#define SOF_MAN_MOD_SHA256_LEN 32
#define SOF_MAN_MOD_ID                                                                             \
	{                                                                                          \
		'$', 'A', 'M', 'E'                                                                 \
	}

struct sof_man_module_type {
	uint32_t load_type : 4; /**< SOF_MAN_MOD_TYPE_* */
	uint32_t auto_start : 1;
	uint32_t domain_ll : 1;
	uint32_t domain_dp : 1;
	uint32_t lib_code : 1;
	uint32_t init_config : 4; /**< SOF_MAN_MOD_INIT_CONFIG_* */
	uint32_t core_type : 5;
	uint32_t user_mode : 1;
	uint32_t large_param : 1;
	uint32_t stack_on_bss : 1;
	uint32_t rsvd_ : 12;
};

union sof_man_segment_flags {
	uint32_t ul;
	struct {
		uint32_t contents : 1;
		uint32_t alloc : 1;
		uint32_t load : 1;
		uint32_t readonly : 1;
		uint32_t code : 1;
		uint32_t data : 1;
		uint32_t _rsvd0 : 2;
		uint32_t type : 4;
		uint32_t _rsvd1 : 4;
		uint32_t length : 16; /**< pages */
	} r;
} __attribute__((packed));

struct sof_man_segment_desc {
	union sof_man_segment_flags flags;
	uint32_t v_base_addr;
	uint32_t file_offset;
} __attribute__((packed));

/** struct sof_uuid, byte for byte. */
struct sof_man_uuid {
	uint32_t a;
	uint16_t b;
	uint16_t c;
	uint8_t d[8];
};

struct sof_man_runtime_info {
	uint16_t module_id;
	uint16_t state_flags;
};

struct sof_man_module {
	union {
		uint8_t struct_id[SOF_MAN_MOD_ID_LEN];
		struct sof_man_runtime_info runtime_info;
	};
	uint8_t name[SOF_MAN_MOD_NAME_LEN];
	struct sof_man_uuid uuid;
	struct sof_man_module_type type;
	uint8_t hash[SOF_MAN_MOD_SHA256_LEN];
	uintptr_t entry_point; /**< struct module_interface of the module */
	uint16_t cfg_offset;
	uint16_t cfg_count;
	uint32_t affinity_mask; /**< cores it may run on */
	uint16_t instance_max_count;
	uint16_t instance_bss_size; /**< pages */
	struct sof_man_segment_desc segment[3];
} __attribute__((packed));

struct sof_man_module_manifest {
	struct sof_man_module module;
	uint32_t text_size;
};

#endif /* RIMAGE_USER_MANIFEST_H */
