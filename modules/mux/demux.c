/* SPDX-License-Identifier: BSD-3-Clause */
/* Demultiplexer: the channels of one stream go to two, or all of them to each. */
#include "ends.h"
#include "mux.h"

#include <module/audio/one_rate.h>
#include <ipc4/module.h>
#include <module/audio/frame_ports.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(demux, CONFIG_SOF_LOG_LEVEL);

struct demux_data {
	struct mux_ends ends;
	unsigned int first[MUX_ENDS]; /* channel of the source, of each sink */
	size_t sample_bytes;
	unsigned int inputs; /* channels of the source */
};

static int demux_init(struct processing_module *mod)
{
	struct demux_data *dd;
	struct mux_ends ends;

	if (mux_ends_init(&ends, &mod->priv.cfg, false)) {
		comp_err(mod->dev, "init message of %zu bytes: outputs must add up to the input",
			 mod->priv.cfg.size);
		return -EINVAL;
	}
	dd = mod_zalloc(mod, sizeof(*dd));
	if (!dd)
		return -ENOMEM;
	dd->ends = ends;
	mod->max_sinks = MUX_ENDS;
	module_set_private_data(mod, dd);
	return 0;
}

/* Told of its ends, a sink gets the channels that are its; else all, if it has as many. */
static int demux_check(struct demux_data *dd, struct sof_source *source, struct sof_sink **sinks,
		       int num_of_sinks)
{
	const enum sof_ipc_frame container = source_get_frm_fmt(source);
	unsigned int seen = 0;

	dd->inputs = source_get_channels(source);
	dd->sample_bytes = get_sample_bytes(container);
	if (container != SOF_IPC_FRAME_S16_LE && container != SOF_IPC_FRAME_S24_4LE &&
	    container != SOF_IPC_FRAME_S32_LE)
		return -EINVAL;
	if (dd->inputs == 0 || dd->inputs > MUX_CHANNELS_MAX)
		return -EINVAL;
	for (int i = 0; i < num_of_sinks; i++) {
		const unsigned int queue = IPC4_SRC_QUEUE_ID(sink_get_id(sinks[i]));
		const unsigned int channels = sink_get_channels(sinks[i]);

		if (queue >= MUX_ENDS || (seen & 1u << queue) ||
		    sink_get_frm_fmt(sinks[i]) != container ||
		    sink_get_valid_fmt(sinks[i]) != source_get_valid_fmt(source))
			return -EINVAL;
		seen |= 1u << queue;
		dd->first[i] = dd->ends.told && queue ? dd->ends.of[0].channels_count : 0;
		if (dd->ends.told ? channels != dd->ends.of[queue].channels_count || !channels :
				    channels != dd->inputs)
			return -EINVAL;
	}
	return 0;
}

static int demux_set_formats(const struct mux_ends *ends, struct sof_source *source,
			     struct sof_sink **sinks, int num_of_sinks)
{
	int ret = mux_source_format(source, &ends->one);

	for (int i = 0; i < num_of_sinks && !ret; i++) {
		const unsigned int queue = IPC4_SRC_QUEUE_ID(sink_get_id(sinks[i]));

		if (queue < MUX_ENDS)
			ret = mux_sink_format(sinks[i], &ends->of[queue]);
	}
	return ret;
}

static int demux_prepare(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct demux_data *dd = module_get_private_data(mod);

	if (num_of_sources != 1 || num_of_sinks < 1 || num_of_sinks > MUX_ENDS) {
		comp_err(mod->dev, "%d sources and %d sinks, 1 and 1 or 2 are needed",
			 num_of_sources, num_of_sinks);
		return -EINVAL;
	}
	if ((dd->ends.told && demux_set_formats(&dd->ends, sources[0], sinks, num_of_sinks)) ||
	    demux_check(dd, sources[0], sinks, num_of_sinks)) {
		comp_err(mod->dev, "the sinks can't be had of %u channels of format %d",
			 source_get_channels(sources[0]), source_get_valid_fmt(sources[0]));
		return -EINVAL;
	}
	return one_rate_check(mod, sources, num_of_sources, sinks, num_of_sinks);
}

static int demux_process(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const struct demux_data *dd = module_get_private_data(mod);
	size_t frames = source_get_data_frames_available(sources[0]);
	const size_t count = 1 + (size_t)num_of_sinks;
	struct frame_port ports[1 + MUX_ENDS];
	size_t n;
	int ret;

	frame_port_of_source(&ports[0], sources[0]);
	for (int i = 0; i < num_of_sinks; i++) {
		const size_t room = sink_get_free_frames(sinks[i]);

		frames = room < frames ? room : frames;
		frame_port_of_sink(&ports[1 + i], sinks[i]);
	}
	if (!frames)
		return 0;
	ret = frame_ports_open(ports, count, frames);
	if (ret)
		return ret;
	while ((n = frame_ports_next(ports, count))) {
		for (int i = 0; i < num_of_sinks; i++) {
			const size_t channels = ports[1 + i].frame_bytes / dd->sample_bytes;

			mux_place(ports[1 + i].data, channels,
				  (const char *)ports[0].data + dd->first[i] * dd->sample_bytes,
				  dd->inputs, channels, n, dd->sample_bytes);
		}
	}
	return frame_ports_close(ports, count);
}

/* It counts when the module is prepared the next time, as formats do not change under way. */
static int demux_set_configuration(struct processing_module *mod, uint32_t config_id,
				   enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				   const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				   size_t response_size)
{
	struct demux_data *dd = module_get_private_data(mod);

	if (pos != MODULE_CFG_FRAGMENT_SINGLE || data_offset_size != fragment_size ||
	    mux_ends_read(&dd->ends, fragment, fragment_size, false)) {
		comp_err(mod->dev,
			 "configuration of %zu bytes: %zu are needed, and outputs must "
			 "add up to the input",
			 fragment_size, sizeof(struct mux_data));
		return -EINVAL;
	}
	return 0;
}

static int demux_free(struct processing_module *mod)
{
	mod_free(mod, module_get_private_data(mod));
	module_set_private_data(mod, NULL);
	return 0;
}

const struct module_interface demux_interface = {
	.init = demux_init,
	.free = demux_free,
	.prepare = demux_prepare,
	.process = demux_process,
	.set_configuration = demux_set_configuration,
};
