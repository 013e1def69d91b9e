/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/module/base.h
 * \brief A module instance.
 *
 * What stands under SOF_MODULE_API_PRIVATE is the firmware's; modules built into it see it through
 * sof/audio/module_adapter/module/generic.h, which defines the types it needs. The part in front
 * has the same layout with and without, so objects built either way agree.
 *
 * The instance lies in the module's own heap: its thread may read and write it.
 */
#ifndef MODULE_MODULE_BASE_H
#define MODULE_MODULE_BASE_H

#include <autoconf.h>
#include <module/ipc4/base-config.h>
#include <module/module/interface.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef SOF_MODULE_API_PRIVATE
#include <sof/list.h>
#endif

/* SOF's name of the member is a keyword in C++ */
#ifdef __cplusplus
#define MODULE_PRIVATE_MEMBER private_data
#else
#define MODULE_PRIVATE_MEMBER private
#endif
#define module_get_private_data(mod)	   ((mod)->priv.MODULE_PRIVATE_MEMBER)
#define module_set_private_data(mod, data) ((mod)->priv.MODULE_PRIVATE_MEMBER = data)

struct ipc4_module_init_ext_obj_dp_data;

/** Parts of the message that made the instance; valid during init() only. */
struct module_ext_init_data {
	const struct ipc4_module_init_ext_obj_dp_data *dp_data;
	const void *module_data;
	size_t module_data_size;
};

struct module_config {
	size_t size; /**< bytes of init_data */
	bool avail;  /**< data is there */
	void *data;
	const void *init_data; /**< payload of the message, base configuration first; init() only */
	struct ipc4_base_module_cfg base_cfg;
	uint8_t nb_input_pins;
	uint8_t nb_output_pins;
	struct ipc4_input_pin_format *input_pins;
	struct ipc4_output_pin_format *output_pins;
	struct module_ext_init_data *ext_data; /**< NULL after init() */
};

struct module_data {
	void *MODULE_PRIVATE_MEMBER; /**< the module's own; see module_set_private_data() */
	struct module_config cfg;
#ifdef SOF_MODULE_API_PRIVATE
	enum module_state state;
	size_t new_cfg_size;
	void *runtime_params;
	struct module_resources resources;
	struct module_processing_data mpd;
#endif
};

enum module_processing_type {
	MODULE_PROCESS_TYPE_SOURCE_SINK,
	MODULE_PROCESS_TYPE_STREAM,
	MODULE_PROCESS_TYPE_RAW,
};

struct userspace_context;
struct k_mem_domain;
struct comp_dev;
struct comp_buffer;
struct sof_ipc_stream_params;

struct processing_module {
	struct module_data priv;
	uint32_t period_bytes; /**< of the pipeline */
#ifdef SOF_MODULE_API_PRIVATE
	struct sof_ipc_stream_params *stream_params;
	struct list_item raw_data_buffers_list;
	struct comp_dev *dev;
	uint32_t deep_buff_bytes; /**< bytes gathered before the first output */
	uint32_t output_buffer_size;

	uint32_t num_of_sources;
	uint32_t num_of_sinks;
	struct sof_sink *sinks[CONFIG_MODULE_MAX_CONNECTIONS];
	struct sof_source *sources[CONFIG_MODULE_MAX_CONNECTIONS];

	/* of the two older processing calls */
	struct input_stream_buffer *input_buffers;   /**< num_of_sources */
	struct output_stream_buffer *output_buffers; /**< num_of_sinks */
	struct comp_buffer *source_comp_buffer;	     /**< where there is one only */
	struct comp_buffer *sink_comp_buffer;

	uint32_t verify_params_flags;

	/** DP: its first deadline has not come yet. Output made before is held back until then,
	 * or a consumer could empty in one period what the next, slower, call must refill. */
	bool dp_startup_delay;

	bool no_pause;
	bool skip_sink_buffer_writeback;
	bool skip_src_buffer_invalidate;
	bool stream_copy_single_to_single; /**< one source, one sink */

	uint64_t total_data_consumed; /**< bytes since start */
	uint64_t total_data_produced;

	uint32_t max_sources;
	uint32_t max_sinks;

	enum module_processing_type proc_type;
#if CONFIG_USERSPACE
	struct userspace_context *user_ctx;
	struct k_mem_domain *mdom;
#endif
	bool uses_buffer_views;	      /**< it asked for the comp_buffer of a ring's end */
	uint32_t runtime_params_size; /**< whole size of a configuration under way in fragments */
#endif
};

#endif /* MODULE_MODULE_BASE_H */
