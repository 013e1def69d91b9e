/* SPDX-License-Identifier: BSD-3-Clause */
/* What a message that makes an instance carries. Lengths come from the host: none is believed. */
#include <string.h>

#include "firmware.h"

LOG_MODULE_REGISTER(module_adapter_ipc4);

/* Walk the objects of an extended init; *offset ends behind them. */
static int objects_decode(const uint8_t *payload, size_t size, size_t *offset,
			  struct init_payload *out)
{
	struct ipc4_module_init_ext_init head;
	struct ipc4_module_init_ext_object object;
	size_t at = 0, bytes;

	if (size < sizeof(head))
		return -EINVAL;
	memcpy(&head, payload, sizeof(head));
	at = sizeof(head);
	object.last_object = !head.data_obj_array;
	while (!object.last_object) {
		if (size - at < sizeof(object))
			return -EINVAL;
		memcpy(&object, payload + at, sizeof(object));
		at += sizeof(object);
		bytes = object.object_words * sizeof(uint32_t);
		if (size - at < bytes)
			return -EINVAL;
		if (object.object_id == IPC4_MOD_INIT_DATA_ID_DP_DATA &&
		    bytes >= sizeof(out->dp_data)) {
			memcpy(&out->dp_data, payload + at, sizeof(out->dp_data));
			out->has_dp_data = true;
		} else if (object.object_id == IPC4_MOD_INIT_DATA_ID_MODULE_DATA) {
			out->module_data_offset = at;
			out->module_data_size = bytes;
		} else {
			LOG_INF("init object %u of %zu bytes passed over", object.object_id, bytes);
		}
		at += bytes;
	}
	*offset = at;
	return 0;
}

static int format_check(const struct ipc4_audio_format *format)
{
	enum sof_ipc_frame container, sample;

	if (!format->channels_count || format->channels_count > SOF_IPC_MAX_CHANNELS ||
	    !format->sampling_frequency || (uint32_t)format->sampling_frequency > 768000)
		return -EINVAL;
	return audio_stream_fmt_conversion(format->depth, format->valid_bit_depth, &container,
					   &sample, format->s_type);
}

/* Pin formats follow the base configuration only if the sizes agree to the byte; anything else
 * behind it is the module's own. */
static int pins_decode(const uint8_t *payload, struct init_payload *out)
{
	struct ipc4_base_module_cfg_ext ext;
	const size_t base = sizeof(struct ipc4_base_module_cfg);
	size_t pins;

	if (out->config_size < base + sizeof(ext))
		return 0;
	memcpy(&ext, payload + out->config_offset + base, sizeof(ext));
	pins = ext.nb_input_pins * sizeof(struct ipc4_input_pin_format) +
	       ext.nb_output_pins * sizeof(struct ipc4_output_pin_format);
	if (out->config_size != base + sizeof(ext) + pins)
		return 0;
	if (ext.nb_input_pins > IPC4_MAX_DST_QUEUE || ext.nb_output_pins > IPC4_MAX_SRC_QUEUE)
		return -EINVAL;
	out->inputs = ext.nb_input_pins;
	out->outputs = ext.nb_output_pins;
	out->pins_offset = out->config_offset + base + sizeof(ext);
	return 0;
}

int init_payload_decode(const uint8_t *payload, size_t size, bool extended,
			struct init_payload *out)
{
	size_t offset = 0;
	int err;

	memset(out, 0, sizeof(*out));
	if (extended) {
		err = objects_decode(payload, size, &offset, out);
		if (err) {
			LOG_ERR("extended init does not fit into its %zu bytes", size);
			return err;
		}
	}
	out->config_offset = offset;
	out->config_size = size - offset;
	if (out->config_size < sizeof(out->base_cfg)) {
		LOG_ERR("base configuration: %zu bytes there, %zu needed", out->config_size,
			sizeof(out->base_cfg));
		return -EINVAL;
	}
	memcpy(&out->base_cfg, payload + offset, sizeof(out->base_cfg));
	err = format_check(&out->base_cfg.audio_fmt);
	if (err) {
		LOG_ERR("audio format: %u channels, %u Hz, %u of %u bits is not supported",
			out->base_cfg.audio_fmt.channels_count,
			(unsigned int)out->base_cfg.audio_fmt.sampling_frequency,
			out->base_cfg.audio_fmt.valid_bit_depth,
			(unsigned int)out->base_cfg.audio_fmt.depth);
		return err;
	}
	return pins_decode(payload, out);
}
