/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Passes audio on, and where there is none gives as much of its own, for ever: silence, or what the
 * first word of its init data says, in every sample. Two modules in one object, for the search by
 * content: "drone" and "hush", which are the same.
 */
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <string.h>

struct drone_data {
	uint32_t sound;
};

static int drone_init(struct processing_module *mod)
{
	const struct module_config *config = &mod->priv.cfg;
	struct drone_data *dd = mod_zalloc(mod, sizeof(*dd));

	if (!dd)
		return -ENOMEM;
	if (config->size == sizeof(config->base_cfg) + sizeof(dd->sound))
		memcpy(&dd->sound, (const uint8_t *)config->init_data + sizeof(config->base_cfg),
		       sizeof(dd->sound));
	module_set_private_data(mod, dd);
	return 0;
}

static int fill(struct sof_sink *sink, size_t frames, uint32_t sound)
{
	const size_t frame = sink_get_frame_bytes(sink);
	void *to, *start;
	size_t size;
	int ret = 0;

	for (; !ret && frames; frames--) {
		ret = sink_get_buffer(sink, frame, &to, &start, &size);
		if (ret)
			break;
		for (size_t at = 0; at < frame; at += sizeof(sound))
			memcpy((uint8_t *)to + at, &sound, sizeof(sound));
		ret = sink_commit_buffer(sink, frame);
	}
	return ret;
}

static int drone_process(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const struct drone_data *dd = module_get_private_data(mod);
	const size_t frames = source_get_data_frames_available(sources[0]);
	const size_t room = sink_get_free_frames(sinks[0]), a_tick = sink_get_rate(sinks[0]) / 1000;

	if (frames)
		return source_to_sink_copy(sources[0], sinks[0], true,
					   (frames < room ? frames : room) *
						   source_get_frame_bytes(sources[0]));
	return fill(sinks[0], a_tick < room ? a_tick : room, dd->sound);
}

static int drone_free(struct processing_module *mod)
{
	return mod_free(mod, module_get_private_data(mod));
}

static const struct module_interface drone_interface = {
	.init = drone_init,
	.process = drone_process,
	.free = drone_free,
};

#define DRONE_UUID                                                                                 \
	_UUID_INIT(0x6b0f7e21, 0x52d4, 0x4c9a, 0x8e, 0x13, 0x64, 0x72, 0x6f, 0x6e, 0x65, 0x03)
#define HUSH_UUID                                                                                  \
	_UUID_INIT(0x6b0f7e21, 0x52d4, 0x4c9a, 0x8e, 0x13, 0x68, 0x75, 0x73, 0x68, 0x00, 0x04)

static const struct sof_man_module_manifest mod_manifest[] __section(".module") __used = {
	SOF_LLEXT_MODULE_MANIFEST("DRONE", &drone_interface, 1, DRONE_UUID, 40, 1),
	SOF_LLEXT_MODULE_MANIFEST("HUSH", &drone_interface, 1, HUSH_UUID, 40, 1),
};

SOF_LLEXT_BUILDINFO;
