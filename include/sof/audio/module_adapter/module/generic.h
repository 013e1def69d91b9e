/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/module_adapter/module/generic.h
 * \brief What the module adapter offers to modules: memory above all.
 *
 * mod_alloc() and kin take memory from the instance's own heap and account for it. All of it goes
 * when the instance goes, however it goes. From a DP module's thread they are system calls; the
 * kernel finds the instance by the calling thread, and a \p mod that is not that instance's ends
 * the thread. Records of the allocations lie in kernel memory.
 */
#ifndef SOF_AUDIO_MODULE_GENERIC_H
#define SOF_AUDIO_MODULE_GENERIC_H

#include <rtos/mutex.h>
#include <sof/audio/component.h>
#include <sof/audio/sink_api.h>
#include <sof/audio/source_api.h>
#include <sof/compiler_attributes.h>
#include <sof/objpool.h>
#include <sof/ut.h>

#include "module_interface.h"

#define IS_PROCESSING_MODE_AUDIO_STREAM(mod) ((mod)->proc_type == MODULE_PROCESS_TYPE_STREAM)
#define IS_PROCESSING_MODE_RAW_DATA(mod)     ((mod)->proc_type == MODULE_PROCESS_TYPE_RAW)
#define IS_PROCESSING_MODE_SINK_SOURCE(mod)  ((mod)->proc_type == MODULE_PROCESS_TYPE_SOURCE_SINK)

enum module_state {
	MODULE_DISABLED,
	MODULE_INITIALIZED,
	MODULE_IDLE,
	MODULE_PROCESSING,
};

/** A parameter inside a configuration: size counts id, size and data, in bytes. */
struct module_param {
	uint32_t id;
	uint32_t size;
	int32_t data[];
};

/** The module's own view; figures that count are the kernel's: module_adapter_heap_usage(). */
struct module_resources {
	struct objpool_head objpool;
	size_t heap_usage;
	size_t heap_high_water_mark;
	struct mod_alloc_ctx *alloc;
};

enum mod_resource_type {
	MOD_RES_UNINITIALIZED = 0,
	MOD_RES_HEAP,
	MOD_RES_BLOB_HANDLER,
	MOD_RES_FAST_GET,
};

/** Processing state of the older, buffer-based interface. */
struct module_processing_data {
	uint32_t in_buff_size;
	uint32_t out_buff_size;
	uint32_t avail;
	uint32_t produced;
	uint32_t consumed;
	uint32_t init_done;
	bool eos_reached;
	bool eos_notification_sent;
	void *in_buff;
	void *out_buff;
};

#ifndef SOF_MODULE_API_PRIVATE
#define SOF_MODULE_API_PRIVATE
#endif
#include <module/module/base.h>

struct comp_data_blob_handler;

/** \name Memory (system calls)
 * NULL: size 0, alignment no power of two or above a page, or the heap is full. @{ */
/** \p alignment 0: the natural one. \p flags is for SOF's sake: the heap is always the module's. */
void *mod_alloc_ext(struct processing_module *mod, uint32_t flags, size_t size, size_t alignment);
void *mod_balloc_align(struct processing_module *mod, size_t size, size_t alignment);
/** 0, also for NULL; -EINVAL: not a block of this instance's. */
int mod_free(struct processing_module *mod, const void *ptr);
void mod_free_all(struct processing_module *mod);
/** A copy of constant data in the module's heap. \p dram_ptr must be readable for the caller. */
const void *mod_fast_get(struct processing_module *mod, const void *const dram_ptr, size_t size);
void mod_fast_put(struct processing_module *mod, const void *sram_ptr);
/** Blob handler that is freed with the instance; NULL: no memory. */
struct comp_data_blob_handler *mod_data_blob_handler_new(struct processing_module *mod);
void mod_data_blob_handler_free(struct processing_module *mod, struct comp_data_blob_handler *dbh);

static inline void *mod_alloc_align(struct processing_module *mod, size_t size, size_t alignment)
{
	return mod_alloc_ext(mod, SOF_MEM_FLAG_USER, size, alignment);
}

static inline void *mod_alloc(struct processing_module *mod, size_t size)
{
	return mod_alloc_align(mod, size, 0);
}

static inline void *mod_balloc(struct processing_module *mod, size_t size)
{
	return mod_balloc_align(mod, size, 0);
}

static inline void *mod_zalloc(struct processing_module *mod, size_t size)
{
	void *block = mod_alloc(mod, size);

	if (block)
		memset(block, 0, size);
	return block;
}
/** @} */

/** Heap of the instance: size in bytes and first byte; either may be NULL. Any mode. */
void mod_heap_info(struct processing_module *mod, size_t *size, uintptr_t *start);

/** Bytes the module holds now; \p hwm, when not NULL: the most it ever held. Supervisor mode. */
size_t module_adapter_heap_usage(struct processing_module *mod, size_t *hwm);

/** The rule when a module has none: a block on every source, room for one on every sink. */
static inline bool generic_module_is_ready_to_process(struct processing_module *mod,
						      struct sof_source **sources,
						      int num_of_sources, struct sof_sink **sinks,
						      int num_of_sinks)
{
	for (int i = 0; i < num_of_sources; i++) {
		if (source_get_min_available(sources[i]) > source_get_data_available(sources[i]))
			return false;
	}
	for (int i = 0; i < num_of_sinks; i++) {
		if (sink_get_min_free_space(sinks[i]) > sink_get_free_size(sinks[i]))
			return false;
	}
	return true;
}

/**
 * Put a configuration together from fragments; whole, it is at mod->priv.cfg.data and cfg.size.
 * \return 0; -EBUSY, -EINVAL, -ENOMEM, -EIO (no first fragment came). Caller's mode.
 */
int module_set_configuration(struct processing_module *mod, uint32_t config_id,
			     enum module_cfg_fragment_position pos, size_t data_offset_size,
			     const uint8_t *fragment, size_t fragment_size, uint8_t *response,
			     size_t response_size);
/** Keep a copy of \p cfg at cfg.data. 0, -EINVAL, -ENOMEM. Caller's mode. */
int module_load_config(struct comp_dev *dev, const void *cfg, size_t size);

/** comp_set_state(). */
int module_adapter_set_state(struct processing_module *mod, struct comp_dev *dev, int cmd);

/** Largest configuration module_set_configuration() accepts. */
#define CONFIG_MODULE_MAX_BLOB_SIZE 131072

#endif /* SOF_AUDIO_MODULE_GENERIC_H */
