/* SPDX-License-Identifier: BSD-3-Clause */
/* The sum of up to eight streams. */
#include "sum.h"

#include <module/audio/one_rate.h>
#include <module/audio/frame_ports.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/lib/uuid.h>
#include <sof/platform.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(mixout, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(mixout);

#define IPC4_MIXOUT_MODULE_MAX_INPUT_QUEUES 8

struct mixout_data {
	const struct sum_funcs *sum;
	unsigned int channels;
};

static int mixout_init(struct processing_module *mod)
{
	struct mixout_data *md = mod_zalloc(mod, sizeof(*md));

	if (!md)
		return -ENOMEM;
	mod->max_sources = IPC4_MIXOUT_MODULE_MAX_INPUT_QUEUES;
	module_set_private_data(mod, md);
	return 0;
}

static int mixout_prepare(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct mixout_data *md = module_get_private_data(mod);
	enum sof_ipc_frame fmt;
	bool same = true;

	if (num_of_sources < 1 || num_of_sources > IPC4_MIXOUT_MODULE_MAX_INPUT_QUEUES ||
	    num_of_sinks != 1) {
		comp_err(mod->dev, "%d sources and %d sinks, 1 to %d and 1 are needed",
			 num_of_sources, num_of_sinks, IPC4_MIXOUT_MODULE_MAX_INPUT_QUEUES);
		return -EINVAL;
	}
	if (one_rate_check(mod, sources, num_of_sources, sinks, num_of_sinks))
		return -EINVAL;
	fmt = sink_get_valid_fmt(sinks[0]);
	md->channels = sink_get_channels(sinks[0]);
	md->sum = sum_find(fmt);
	for (int i = 0; i < num_of_sources; i++) {
		if (source_get_valid_fmt(sources[i]) != fmt ||
		    source_get_channels(sources[i]) != md->channels ||
		    source_get_frame_bytes(sources[i]) != get_frame_bytes(fmt, md->channels))
			same = false;
	}
	if (!same || !md->sum || md->channels == 0 || md->channels > PLATFORM_MAX_CHANNELS ||
	    sink_get_frame_bytes(sinks[0]) != get_frame_bytes(fmt, md->channels)) {
		comp_err(mod->dev,
			 "format %d with %u channels is not supported, or a source is of "
			 "another one",
			 fmt, md->channels);
		return -EINVAL;
	}
	return 0;
}

static bool mixout_ended(const struct sof_source *source)
{
	const enum sof_audio_buffer_state state = source_get_state(source);

	return state == AUDIOBUF_STATE_END_OF_STREAM || state == AUDIOBUF_STATE_END_OF_STREAM_FLUSH;
}

/*
 * Which sources are summed now, and how many frames of them? One that has ended is not waited for.
 * One that has not and is empty: in the LL task, where all sources had their turn in this tick, it
 * counts as a period of silence; a DP module's sources come when they come, so it is waited for.
 */
static size_t mixout_take(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, size_t room, struct sof_source **taken, size_t *count)
{
	const struct comp_dev *dev = mod->dev;
	const bool waits = dev->ipc_config.proc_domain == COMP_PROCESSING_DOMAIN_DP;
	size_t frames = room;

	*count = 0;
	for (int i = 0; i < num_of_sources; i++) {
		const size_t there = source_get_data_frames_available(sources[i]);

		if (there) {
			taken[(*count)++] = sources[i];
			frames = there < frames ? there : frames;
		} else if (!mixout_ended(sources[i])) {
			if (waits)
				return 0;
			if (dev->frames && dev->frames < frames)
				frames = dev->frames;
		}
	}
	return *count ? frames : 0;
}

static int mixout_process(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const struct mixout_data *md = module_get_private_data(mod);
	struct sof_source *taken[IPC4_MIXOUT_MODULE_MAX_INPUT_QUEUES];
	struct frame_port ports[1 + IPC4_MIXOUT_MODULE_MAX_INPUT_QUEUES];
	size_t count, n;
	const size_t frames = mixout_take(mod, sources, num_of_sources,
					  sink_get_free_frames(sinks[0]), taken, &count);
	int ret;

	if (!frames)
		return 0;
	frame_port_of_sink(&ports[0], sinks[0]);
	for (size_t i = 0; i < count; i++)
		frame_port_of_source(&ports[1 + i], taken[i]);
	ret = frame_ports_open(ports, 1 + count, frames);
	if (ret)
		return ret;
	while ((n = frame_ports_next(ports, 1 + count))) {
		if (count == 1)
			memcpy(ports[0].data, ports[1].data, n * ports[0].frame_bytes);
		else
			md->sum->pair(ports[0].data, ports[1].data, ports[2].data,
				      n * md->channels);
		for (size_t i = 2; i < count; i++)
			md->sum->more(ports[0].data, ports[1 + i].data, n * md->channels);
	}
	return frame_ports_close(ports, 1 + count);
}

static int mixout_reset(struct processing_module *mod)
{
	struct mixout_data *md = module_get_private_data(mod);

	md->sum = NULL;
	return 0;
}

static int mixout_free(struct processing_module *mod)
{
	mod_free(mod, module_get_private_data(mod));
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface mixout_interface = {
	.init = mixout_init,
	.free = mixout_free,
	.prepare = mixout_prepare,
	.reset = mixout_reset,
	.process = mixout_process,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("MIXOUT", &mixout_interface, 1, SOF_REG_UUID(mixout), 30, 1);

SOF_LLEXT_BUILDINFO;
