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

#include <module/module/adapter_record.h>
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

/** Its own rule, or the above; an LL module is always ready. Caller's mode. */
static inline bool module_is_ready_to_process(struct processing_module *mod,
					      struct sof_source **sources, int num_of_sources,
					      struct sof_sink **sinks, int num_of_sinks)
{
	const struct module_interface *const ops = mod->dev->drv->adapter_ops;

	if (mod->dev->ipc_config.proc_domain == COMP_PROCESSING_DOMAIN_LL)
		return true;
	if (ops->is_ready_to_process)
		return ops->is_ready_to_process(mod, sources, num_of_sources, sinks, num_of_sinks);
	return generic_module_is_ready_to_process(mod, sources, num_of_sources, sinks,
						  num_of_sinks);
}

/** \name Scheduling, microseconds. Caller's mode @{ */
/** Until when its output must be there: 0 of an LL module, UINT32_MAX / 2 while its first deadline
 * is not known, else the earliest of its sinks. */
uint32_t module_get_deadline(struct processing_module *mod);

/** Longest time it may take: its period. */
static inline uint32_t module_get_lpt(struct processing_module *mod)
{
	return mod->dev->period;
}
/** @} */

/**
 * Put a configuration together from fragments; whole, it is at mod->priv.cfg.data and cfg.size.
 * \return 0; -EBUSY, -EINVAL (also: more than CONFIG_MODULE_MAX_BLOB_SIZE bytes), -ENOMEM, -EIO (no
 * first fragment came). Caller's mode.
 */
int module_set_configuration(struct processing_module *mod, uint32_t config_id,
			     enum module_cfg_fragment_position pos, size_t data_offset_size,
			     const uint8_t *fragment, size_t fragment_size, uint8_t *response,
			     size_t response_size);
/** Keep a copy of \p cfg at cfg.data. 0, -EINVAL, -ENOMEM. Caller's mode. */
int module_load_config(struct comp_dev *dev, const void *cfg, size_t size);

/** comp_set_state(). */
int module_adapter_set_state(struct processing_module *mod, struct comp_dev *dev, int cmd);

/** Of process_audio_stream(): \p frames of the first input's and the first output's stream are done
 * with. Any mode. */
void module_update_buffer_position(struct input_stream_buffer *input_buffers,
				   struct output_stream_buffer *output_buffers, uint32_t frames);

/**
 * \name The module adapter as a component driver
 * What DECLARE_MODULE_ADAPTER() puts into the driver: each finds the instance by its comp_dev and
 * does what an IPC message or the scheduler would have done. Supervisor mode.
 * 0 or a negative errno; -ENODEV: \p dev is no instance's. @{ */
/** \p spec: struct ipc_config_process, the init message's payload. NULL: it could not be made. */
struct comp_dev *module_adapter_new(const struct comp_driver *drv,
				    const struct comp_ipc_config *config, const void *spec);
void module_adapter_free(struct comp_dev *dev);
/** \p params out: those of the base configuration. */
int module_adapter_params(struct comp_dev *dev, struct sof_ipc_stream_params *params);
int module_adapter_prepare(struct comp_dev *dev);
int module_adapter_reset(struct comp_dev *dev);
/** One processing call of an LL module; nothing for a DP module, whose thread the scheduler runs. */
int module_adapter_copy(struct comp_dev *dev);
int module_adapter_trigger(struct comp_dev *dev, int cmd);
int module_adapter_bind(struct comp_dev *dev, const struct bind_info *bind_data);
int module_adapter_unbind(struct comp_dev *dev, const struct bind_info *unbind_data);
/** COMP_ATTR_BASE_CONFIG (get) and COMP_ATTR_IPC4_CONFIG; others -EINVAL. */
int module_adapter_get_attribute(struct comp_dev *dev, uint32_t type, void *value);
int module_adapter_set_attribute(struct comp_dev *dev, uint32_t type, void *value);
/** A first, middle or last block counts as one of SOF_IPC4_PAYLOAD_MAX bytes, or as the rest. */
int module_set_large_config(struct comp_dev *dev, uint32_t param_id, bool first_block,
			    bool last_block, uint32_t data_offset, const char *data);
int module_get_large_config(struct comp_dev *dev, uint32_t param_id, bool first_block,
			    bool last_block, uint32_t *data_offset, char *data);
/** Bytes through connection \p stream_no since it was made; 0 when there is none. */
uint64_t module_adapter_get_total_data_processed(struct comp_dev *dev, uint32_t stream_no,
						 bool input);
/** Of end points only, -EOPNOTSUPP of other modules. */
int module_adapter_get_hw_params(struct comp_dev *dev, struct sof_ipc_stream_params *params,
				 int dir);
int module_adapter_position(struct comp_dev *dev, struct sof_ipc_stream_posn *posn);
int module_adapter_ts_config_op(struct comp_dev *dev);
int module_adapter_ts_start_op(struct comp_dev *dev);
int module_adapter_ts_stop_op(struct comp_dev *dev);
int module_adapter_ts_get_op(struct comp_dev *dev, struct timestamp_data *tsd);
/** @} */

/**
 * Define driver comp_ADAPTER_module of the module interface \p adapter, and the function
 * sys_comp_module_ADAPTER_init() that registers it. A loader finds the module without running
 * anything: see module/module/adapter_record.h.
 */
#define DECLARE_MODULE_ADAPTER(adapter, uuid, tr)                                                  \
	static const struct comp_driver comp_##adapter##_module = {                                \
		.type = SOF_COMP_MODULE_ADAPTER,                                                   \
		.uid = SOF_RT_UUID(uuid),                                                          \
		.tctx = &(tr),                                                                     \
		.ops = MODULE_ADAPTER_OPS,                                                         \
		.adapter_ops = &(adapter),                                                         \
	};                                                                                         \
	static struct comp_driver_info comp_module_##adapter##_info = {                            \
		.drv = &comp_##adapter##_module,                                                   \
	};                                                                                         \
	UT_STATIC void sys_comp_module_##adapter##_init(void);                                     \
	UT_STATIC void sys_comp_module_##adapter##_init(void)                                      \
	{                                                                                          \
		comp_register(&comp_module_##adapter##_info);                                      \
	}                                                                                          \
	SOF_ADAPTER_RECORD(adapter, uuid);                                                         \
	DECLARE_MODULE(sys_comp_module_##adapter##_init)

/** struct comp_ops of every driver made so. */
#define MODULE_ADAPTER_OPS                                                                         \
	{                                                                                          \
		.create = module_adapter_new, .free = module_adapter_free,                         \
		.params = module_adapter_params,                                                   \
		.dai_get_hw_params = module_adapter_get_hw_params,                                 \
		.trigger = module_adapter_trigger, .prepare = module_adapter_prepare,              \
		.reset = module_adapter_reset, .copy = module_adapter_copy,                        \
		.position = module_adapter_position,                                               \
		.get_attribute = module_adapter_get_attribute,                                     \
		.set_attribute = module_adapter_set_attribute,                                     \
		.dai_ts_config = module_adapter_ts_config_op,                                      \
		.dai_ts_start = module_adapter_ts_start_op,                                        \
		.dai_ts_stop = module_adapter_ts_stop_op, .dai_ts_get = module_adapter_ts_get_op,  \
		.bind = module_adapter_bind, .unbind = module_adapter_unbind,                      \
		.get_large_config = module_get_large_config,                                       \
		.set_large_config = module_set_large_config,                                       \
		.get_total_data_processed = module_adapter_get_total_data_processed,               \
	}

#endif /* SOF_AUDIO_MODULE_GENERIC_H */
