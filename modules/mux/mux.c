/* SPDX-License-Identifier: BSD-3-Clause */
/* Multiplexer: the channels of two streams side by side in one. */
#include "mux.h"

#include "ends.h"

#include <module/audio/one_rate.h>
#include <ipc4/module.h>
#include <module/audio/frame_ports.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(mux, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(mux4);
SOF_DEFINE_REG_UUID(demux);

/* Where the channels of a source go. */
struct mux_route {
	unsigned int first; /* channel of the sink */
	unsigned int count;
};

struct mux_instance {
	struct mux_ends ends;		  /* taken when prepared */
	struct mux_route route[MUX_ENDS]; /* by queue; of those not connected as told */
	unsigned int queue[MUX_ENDS];	  /* of each source */
	size_t sample_bytes;
	unsigned int outputs; /* channels of the sink */
};

static int mux_init(struct processing_module *mod)
{
	struct mux_instance *md;
	struct mux_ends ends;

	if (mux_ends_init(&ends, &mod->priv.cfg, true)) {
		comp_err(mod->dev, "init message of %zu bytes: inputs must add up to the output",
			 mod->priv.cfg.size);
		return -EINVAL;
	}
	md = mod_zalloc(mod, sizeof(*md));
	if (!md)
		return -ENOMEM;
	md->ends = ends;
	mod->max_sources = MUX_ENDS;
	module_set_private_data(mod, md);
	return 0;
}

static bool mux_can_carry(enum sof_ipc_frame container, enum sof_ipc_frame valid,
			  unsigned int channels)
{
	return (container == SOF_IPC_FRAME_S16_LE || container == SOF_IPC_FRAME_S24_4LE ||
		container == SOF_IPC_FRAME_S32_LE) &&
	       (valid == SOF_IPC_FRAME_S16_LE || valid == SOF_IPC_FRAME_S24_4LE ||
		valid == SOF_IPC_FRAME_S32_LE) &&
	       channels && channels <= MUX_CHANNELS_MAX;
}

/* Which source is which, and do they have what the sink has? */
static int mux_check(struct mux_instance *md, struct sof_source **sources, int num_of_sources,
		     struct sof_sink *sink)
{
	const enum sof_ipc_frame container = sink_get_frm_fmt(sink);
	const enum sof_ipc_frame valid = sink_get_valid_fmt(sink);
	unsigned int count[MUX_ENDS] = { 0 };
	unsigned int seen = 0;

	if (md->ends.told) {
		count[0] = md->ends.of[0].channels_count;
		count[1] = md->ends.of[1].channels_count;
	}
	for (int i = 0; i < num_of_sources; i++) {
		const unsigned int queue = IPC4_SINK_QUEUE_ID(source_get_id(sources[i]));

		if (queue >= MUX_ENDS || (seen & 1u << queue) ||
		    source_get_frm_fmt(sources[i]) != container ||
		    source_get_valid_fmt(sources[i]) != valid)
			return -EINVAL;
		seen |= 1u << queue;
		md->queue[i] = queue;
		count[queue] = source_get_channels(sources[i]);
	}
	md->outputs = sink_get_channels(sink);
	if (!mux_can_carry(container, valid, md->outputs) || count[0] + count[1] != md->outputs)
		return -EINVAL;
	md->route[0] = (struct mux_route){ 0, count[0] };
	md->route[1] = (struct mux_route){ count[0], count[1] };
	md->sample_bytes = get_sample_bytes(container);
	return 0;
}

static int mux_set_formats(const struct mux_ends *ends, struct sof_source **sources,
			   int num_of_sources, struct sof_sink *sink)
{
	int ret = mux_sink_format(sink, &ends->one);

	for (int i = 0; i < num_of_sources && !ret; i++) {
		const unsigned int queue = IPC4_SINK_QUEUE_ID(source_get_id(sources[i]));

		if (queue < MUX_ENDS)
			ret = mux_source_format(sources[i], &ends->of[queue]);
	}
	return ret;
}

static int mux_prepare(struct processing_module *mod, struct sof_source **sources,
		       int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct mux_instance *md = module_get_private_data(mod);

	if (num_of_sources < 1 || num_of_sources > MUX_ENDS || num_of_sinks != 1) {
		comp_err(mod->dev, "%d sources and %d sinks, 1 or 2 and 1 are needed",
			 num_of_sources, num_of_sinks);
		return -EINVAL;
	}
	if ((md->ends.told && mux_set_formats(&md->ends, sources, num_of_sources, sinks[0])) ||
	    mux_check(md, sources, num_of_sources, sinks[0])) {
		comp_err(mod->dev, "the sources do not add up to %u channels of format %d",
			 sink_get_channels(sinks[0]), sink_get_valid_fmt(sinks[0]));
		return -EINVAL;
	}
	return one_rate_check(mod, sources, num_of_sources, sinks, num_of_sinks);
}

static bool mux_ended(const struct sof_source *source)
{
	const enum sof_audio_buffer_state state = source_get_state(source);

	return state == AUDIOBUF_STATE_END_OF_STREAM || state == AUDIOBUF_STATE_END_OF_STREAM_FLUSH;
}

/* A stream that has ended does not hold the other up: its channels fall silent. */
static size_t mux_frames(struct sof_source **sources, int num_of_sources, struct sof_sink *sink,
			 struct sof_source *taken[MUX_ENDS])
{
	size_t frames = sink_get_free_frames(sink);
	bool any = false;

	for (int i = 0; i < num_of_sources; i++) {
		const size_t there = source_get_data_frames_available(sources[i]);

		taken[i] = there || !mux_ended(sources[i]) ? sources[i] : NULL;
		if (taken[i] && there < frames)
			frames = there;
		any = any || taken[i];
	}
	return any ? frames : 0;
}

static int mux_process(struct processing_module *mod, struct sof_source **sources,
		       int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const struct mux_instance *md = module_get_private_data(mod);
	struct sof_source *taken[MUX_ENDS] = { NULL };
	const size_t frames = mux_frames(sources, num_of_sources, sinks[0], taken);
	struct frame_port ports[1 + MUX_ENDS];
	const struct frame_port *port[MUX_ENDS] = { NULL }; /* by queue */
	size_t count = 1, n;
	int ret;

	if (!frames)
		return 0;
	frame_port_of_sink(&ports[0], sinks[0]);
	for (int i = 0; i < num_of_sources; i++) {
		if (!taken[i])
			continue;
		port[md->queue[i]] = &ports[count];
		frame_port_of_source(&ports[count++], taken[i]);
	}
	ret = frame_ports_open(ports, count, frames);
	if (ret)
		return ret;
	while ((n = frame_ports_next(ports, count))) {
		for (size_t queue = 0; queue < MUX_ENDS; queue++) {
			const struct mux_route *const route = &md->route[queue];

			mux_place((char *)ports[0].data + route->first * md->sample_bytes,
				  md->outputs, port[queue] ? port[queue]->data : NULL, route->count,
				  route->count, n, md->sample_bytes);
		}
	}
	return frame_ports_close(ports, count);
}

/* It counts when the module is prepared the next time, as formats do not change under way. */
static int mux_set_configuration(struct processing_module *mod, uint32_t config_id,
				 enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				 const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				 size_t response_size)
{
	struct mux_instance *md = module_get_private_data(mod);

	if (pos != MODULE_CFG_FRAGMENT_SINGLE || data_offset_size != fragment_size ||
	    mux_ends_read(&md->ends, fragment, fragment_size, true)) {
		comp_err(mod->dev,
			 "configuration of %zu bytes: %zu are needed, and inputs must "
			 "add up to the output",
			 fragment_size, sizeof(struct mux_data));
		return -EINVAL;
	}
	return 0;
}

static int mux_free(struct processing_module *mod)
{
	mod_free(mod, module_get_private_data(mod));
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface mux_interface = {
	.init = mux_init,
	.free = mux_free,
	.prepare = mux_prepare,
	.process = mux_process,
	.set_configuration = mux_set_configuration,
};

static const struct sof_man_module_manifest mod_manifest[] __section(".module") __used = {
	SOF_LLEXT_MODULE_MANIFEST("MUX", &mux_interface, 1, SOF_REG_UUID(mux4), 15, 1),
	SOF_LLEXT_MODULE_MANIFEST("DEMUX", &demux_interface, 1, SOF_REG_UUID(demux), 15, 1),
};

SOF_LLEXT_BUILDINFO;
