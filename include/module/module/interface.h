/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/module/interface.h
 * \brief The functions a module gives to the firmware.
 *
 * All get the instance and return 0 or a negative errno unless they say otherwise. Of a DP module,
 * every one of them but trigger() runs in its own thread: in user mode, inside its memory domain,
 * where it may use the instance, what it allocated with mod_alloc() and kin, the sources and sinks
 * it is given, constants, and its stack. Of an LL module they run in supervisor mode.
 *
 * Order: init, then (bind, configuration) as often as need be, prepare, process again and again
 * with configuration in between, reset, perhaps prepare again, unbind, free. What fails leaves
 * nothing behind: after a failed init there is no free.
 */
#ifndef MODULE_MODULE_INTERFACE_H
#define MODULE_MODULE_INTERFACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Which part of a large configuration a fragment is. */
enum module_cfg_fragment_position {
	MODULE_CFG_FRAGMENT_MIDDLE = 0,
	MODULE_CFG_FRAGMENT_FIRST,
	MODULE_CFG_FRAGMENT_LAST,
	MODULE_CFG_FRAGMENT_SINGLE,
};

enum module_processing_mode {
	MODULE_PROCESSING_NORMAL = 0,
	MODULE_PROCESSING_BYPASS,
};

/** Input of the two older processing calls. */
struct input_stream_buffer {
	void *data;	   /**< struct audio_stream, or raw bytes */
	uint32_t size;	   /**< frames, or bytes, that are there */
	uint32_t consumed; /**< out: bytes used */
	bool end_of_stream;
};

/** Output of the two older processing calls. */
struct output_stream_buffer {
	void *data;
	uint32_t size; /**< out: bytes made */
};

struct processing_module;
struct sof_source;
struct sof_sink;
struct bind_info;

/** A parameter so short that it travels in the message's header. */
union config_param_id_data {
	uint32_t dw;
	struct {
		uint32_t data16 : 16;
		uint32_t id : 14;
		uint32_t _rsvd : 2;
	} f;
};

struct module_interface {
	/** Allocate the private data; priv.cfg.init_data holds the message's payload, for this
	 * call only. */
	int (*init)(struct processing_module *mod);

	/** Optional. The stream's format is known now. */
	int (*prepare)(struct processing_module *mod, struct sof_source **sources,
		       int num_of_sources, struct sof_sink **sinks, int num_of_sinks);

	/** Optional; must be quick. Default: a source's ibs of data and a sink's obs of space.
	 * Not asked of LL modules. */
	bool (*is_ready_to_process)(struct processing_module *mod, struct sof_source **sources,
				    int num_of_sources, struct sof_sink **sinks, int num_of_sinks);

	/** Take from the sources, give to the sinks. A module has this or one, and one only, of
	 * the two older calls below. */
	int (*process)(struct processing_module *mod, struct sof_source **sources,
		       int num_of_sources, struct sof_sink **sinks, int num_of_sinks);

	/** Older: data of the buffers is a struct audio_stream, size in frames. */
	int (*process_audio_stream)(struct processing_module *mod,
				    struct input_stream_buffer *input_buffers,
				    int num_input_buffers,
				    struct output_stream_buffer *output_buffers,
				    int num_output_buffers);

	/** Older: data of the buffers is plain bytes. */
	int (*process_raw_data)(struct processing_module *mod,
				struct input_stream_buffer *input_buffers, int num_input_buffers,
				struct output_stream_buffer *output_buffers,
				int num_output_buffers);

	/** Optional: a union config_param_id_data. */
	int (*set_config_param)(struct processing_module *mod, uint32_t param_id_data);
	int (*get_config_param)(struct processing_module *mod, uint32_t *param_id_data);

	/**
	 * Optional: configuration \p config_id, whole or in fragments.
	 * \p data_offset_size: bytes of the whole in a first or only fragment, this fragment's
	 * offset in the others. \p fragment is only readable during the call.
	 */
	int (*set_configuration)(struct processing_module *mod, uint32_t config_id,
				 enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				 const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				 size_t response_size);

	/** Optional. \p data_offset_size out: bytes of the whole. */
	int (*get_configuration)(struct processing_module *mod, uint32_t config_id,
				 uint32_t *data_offset_size, uint8_t *fragment,
				 size_t fragment_size);

	int (*set_processing_mode)(struct processing_module *mod, enum module_processing_mode mode);
	enum module_processing_mode (*get_processing_mode)(struct processing_module *mod);

	/** Optional. Back to where init left off; undo prepare. */
	int (*reset)(struct processing_module *mod);

	/** Optional. Undo init. */
	int (*free)(struct processing_module *mod);

	/** Optional. A source or sink comes or goes. */
	int (*bind)(struct processing_module *mod, const struct bind_info *bind_data);
	int (*unbind)(struct processing_module *mod, const struct bind_info *unbind_data);

	/** Optional. Runs in the LL task, in supervisor mode, for DP modules too. */
	int (*trigger)(struct processing_module *mod, int cmd);

#ifdef SOF_MODULE_API_PRIVATE
	/** Of end points only. */
	const struct module_endpoint_ops *endpoint_ops;
#endif
};

#endif /* MODULE_MODULE_INTERFACE_H */
