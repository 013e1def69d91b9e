/* SPDX-License-Identifier: BSD-3-Clause */
/* Copies by the older processing call, which the board knows in its LL task only. A configuration of
 * one byte has it give silence (1) or the audio (0). */
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/lib/uuid.h>
#include <string.h>

static int older_init(struct processing_module *mod)
{
	bool *silent = mod_zalloc(mod, sizeof(*silent));

	module_set_private_data(mod, silent);
	return silent ? 0 : -ENOMEM;
}

static int older_set_configuration(struct processing_module *mod, uint32_t config_id,
				   enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				   const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				   size_t response_size)
{
	bool *silent = module_get_private_data(mod);

	if (!fragment_size)
		return -EINVAL;
	*silent = fragment[0];
	return 0;
}

static int older_free(struct processing_module *mod)
{
	mod_free(mod, module_get_private_data(mod));
	return 0;
}

static void fill_with_silence(struct audio_stream *out, uint32_t samples)
{
	const size_t bytes = audio_stream_sample_bytes(out);

	for (uint32_t i = 0; i < samples; i++)
		memset(audio_stream_wrap(out, (char *)out->w_ptr + i * bytes), 0, bytes);
}

static int older_process(struct processing_module *mod, struct input_stream_buffer *inputs,
			 int num_of_inputs, struct output_stream_buffer *outputs,
			 int num_of_outputs)
{
	struct audio_stream *in = inputs[0].data, *out = outputs[0].data;
	const uint32_t room = audio_stream_get_free_frames(out);
	const uint32_t frames = inputs[0].size < room ? inputs[0].size : room;

	if (*(const bool *)module_get_private_data(mod))
		fill_with_silence(out, frames * audio_stream_get_channels(out));
	else
		audio_stream_copy(in, 0, out, 0, frames * audio_stream_get_channels(in));
	inputs[0].consumed = frames * audio_stream_frame_bytes(in);
	outputs[0].size = frames * audio_stream_frame_bytes(out);
	return 0;
}

static const struct module_interface older_interface = {
	.init = older_init,
	.process_audio_stream = older_process,
	.set_configuration = older_set_configuration,
	.free = older_free,
};

#define OLDER_UUID                                                                                 \
	_UUID_INIT(0x6b0f7e21, 0x52d4, 0x4c9a, 0x8e, 0x13, 0x6f, 0x6c, 0x64, 0x65, 0x72, 0x02)

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("OLDER", &older_interface, 1, OLDER_UUID, 40, 1);

SOF_LLEXT_BUILDINFO;
