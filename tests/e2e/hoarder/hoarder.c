/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Gives audio without taking any, or takes little or late, as the first byte of its init data says:
 * n: gives silence and takes nothing
 * r: gives what it reads, and releases none of it
 * l: gives silence for LATE_MS before it takes anything, and then passes audio on
 * x: gives each frame 24 times
 */
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <string.h>

#define LATE_MS 8000
#define TIMES	24

struct hoarder {
	char way;
	size_t given; /* frames */
};

static int hoarder_init(struct processing_module *mod)
{
	const struct module_config *config = &mod->priv.cfg;
	struct hoarder *hoarder = mod_zalloc(mod, sizeof(*hoarder));

	if (!hoarder || config->size <= sizeof(config->base_cfg))
		return -EINVAL;
	hoarder->way = ((const char *)config->init_data)[sizeof(config->base_cfg)];
	module_set_private_data(mod, hoarder);
	return 0;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int give_silence(struct hoarder *hoarder, struct sof_sink *sink)
{
	size_t frames = smaller(sink_get_free_frames(sink), sink_get_rate(sink) / 1000);

	hoarder->given += frames;
	return sink_fill_with_silence(sink, frames * sink_get_frame_bytes(sink));
}

static int give_again(struct sof_source *source, struct sof_sink *sink)
{
	size_t bytes = smaller(source_get_data_available(source), sink_get_free_size(sink));
	const void *from, *from_start;
	size_t from_size, to_size;
	void *to, *to_start;

	if (!bytes || source_get_data(source, bytes, &from, &from_start, &from_size) ||
	    sink_get_buffer(sink, bytes, &to, &to_start, &to_size))
		return 0;
	sink_commit_buffer(sink, bytes);
	return source_release_data(source, 0);
}

static int give_often(struct sof_source *source, struct sof_sink *sink)
{
	const size_t frame = source_get_frame_bytes(source);
	const void *from, *from_start;
	size_t from_size, to_size, i;
	void *to, *to_start;
	int ret = 0;

	while (!ret && source_get_data_frames_available(source) &&
	       sink_get_free_frames(sink) >= TIMES) {
		ret = source_get_data(source, frame, &from, &from_start, &from_size);
		for (i = 0; !ret && i < TIMES; i++) {
			ret = sink_get_buffer(sink, frame, &to, &to_start, &to_size);
			if (!ret) {
				memcpy(to, from, frame);
				ret = sink_commit_buffer(sink, frame);
			}
		}
		if (!ret)
			ret = source_release_data(source, frame);
	}
	return ret;
}

static int hoarder_process(struct processing_module *mod, struct sof_source **sources,
			   int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct hoarder *hoarder = module_get_private_data(mod);
	size_t bytes = smaller(source_get_data_available(sources[0]), sink_get_free_size(sinks[0]));

	switch (hoarder->way) {
	case 'n':
		return give_silence(hoarder, sinks[0]);
	case 'r':
		return give_again(sources[0], sinks[0]);
	case 'x':
		return give_often(sources[0], sinks[0]);
	default:
		if (hoarder->given < (size_t)sink_get_rate(sinks[0]) / 1000 * LATE_MS)
			return give_silence(hoarder, sinks[0]);
		return source_to_sink_copy(sources[0], sinks[0], true, bytes);
	}
}

static int hoarder_free(struct processing_module *mod)
{
	return mod_free(mod, module_get_private_data(mod));
}

static const struct module_interface hoarder_interface = {
	.init = hoarder_init,
	.process = hoarder_process,
	.free = hoarder_free,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("HOARDER", &hoarder_interface, 1,
				  _UUID_INIT(0x6b0f7e21, 0x52d4, 0x4c9a, 0x8e, 0x13, 0x68, 0x6f,
					     0x61, 0x72, 0x64, 0x09),
				  8, 1);

SOF_LLEXT_BUILDINFO;
