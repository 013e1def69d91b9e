/* SPDX-License-Identifier: BSD-3-Clause */
/* One stream on its way to up to three mixouts. */
#include "mixin.h"

#include <module/audio/one_rate.h>
#include <ipc4/module.h>
#include <module/audio/frame_ports.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/lib/uuid.h>
#include <sof/platform.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(mixin, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(mixin);

struct mixin_data {
	struct mixin_way way[IPC4_MIXIN_MODULE_MAX_OUTPUT_QUEUES]; /* by queue */
	uint32_t queue[IPC4_MIXIN_MODULE_MAX_OUTPUT_QUEUES];	   /* of each sink */
	mixin_func func;
	unsigned int inputs;
	size_t sample_bytes;
};

static int mixin_init(struct processing_module *mod)
{
	struct mixin_data *md = mod_zalloc(mod, sizeof(*md));

	if (!md)
		return -ENOMEM;
	for (unsigned int i = 0; i < IPC4_MIXIN_MODULE_MAX_OUTPUT_QUEUES; i++)
		md->way[i] = (struct mixin_way){ IPC4_MIXIN_UNITY_GAIN, MIXIN_MAP_STRAIGHT };
	mod->max_sinks = IPC4_MIXIN_MODULE_MAX_OUTPUT_QUEUES;
	module_set_private_data(mod, md);
	return 0;
}

static int mixin_check_sinks(struct mixin_data *md, enum sof_ipc_frame fmt, struct sof_sink **sinks,
			     int num_of_sinks)
{
	unsigned int seen = 0;

	for (int i = 0; i < num_of_sinks; i++) {
		const uint32_t queue = IPC4_SRC_QUEUE_ID(sink_get_id(sinks[i]));
		const uint32_t channels = sink_get_channels(sinks[i]);

		if (queue >= IPC4_MIXIN_MODULE_MAX_OUTPUT_QUEUES || (seen & 1u << queue) ||
		    sink_get_valid_fmt(sinks[i]) != fmt || channels == 0 ||
		    channels > PLATFORM_MAX_CHANNELS ||
		    sink_get_frame_bytes(sinks[i]) != get_frame_bytes(fmt, channels))
			return -EINVAL;
		seen |= 1u << queue;
		md->queue[i] = queue;
	}
	return 0;
}

static int mixin_prepare(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct mixin_data *md = module_get_private_data(mod);
	enum sof_ipc_frame fmt;

	if (num_of_sources != 1 || num_of_sinks < 1 ||
	    num_of_sinks > IPC4_MIXIN_MODULE_MAX_OUTPUT_QUEUES) {
		comp_err(mod->dev, "%d sources and %d sinks, 1 and 1 to %d are needed",
			 num_of_sources, num_of_sinks, IPC4_MIXIN_MODULE_MAX_OUTPUT_QUEUES);
		return -EINVAL;
	}
	if (one_rate_check(mod, sources, num_of_sources, sinks, num_of_sinks))
		return -EINVAL;
	fmt = source_get_valid_fmt(sources[0]);
	md->inputs = source_get_channels(sources[0]);
	md->sample_bytes = get_sample_bytes(fmt);
	md->func = mixin_find(fmt);
	if (!md->func || md->inputs == 0 || md->inputs > PLATFORM_MAX_CHANNELS ||
	    source_get_frame_bytes(sources[0]) != get_frame_bytes(fmt, md->inputs) ||
	    mixin_check_sinks(md, fmt, sinks, num_of_sinks)) {
		comp_err(mod->dev,
			 "format %d with %u channels is not supported, or the sinks are "
			 "of another one",
			 fmt, md->inputs);
		return -EINVAL;
	}
	return 0;
}

static int mixin_process(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const struct mixin_data *md = module_get_private_data(mod);
	struct frame_port ports[1 + IPC4_MIXIN_MODULE_MAX_OUTPUT_QUEUES];
	size_t frames = source_get_data_frames_available(sources[0]);
	const size_t count = 1 + (size_t)num_of_sinks;
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
			struct frame_port *const port = &ports[1 + i];

			md->func(&md->way[md->queue[i]], port->data,
				 (unsigned int)(port->frame_bytes / md->sample_bytes),
				 ports[0].data, md->inputs, n);
		}
	}
	return frame_ports_close(ports, count);
}

/* Channels that the remapping asks for must be there; it is from the base configuration that we
 * know how many there are, streams may not be connected yet. */
static int mixin_check(struct processing_module *mod,
		       const struct ipc4_mixer_mode_sink_config *config)
{
	const unsigned int inputs = mod->priv.cfg.base_cfg.audio_fmt.channels_count;

	if (config->output_queue_id >= IPC4_MIXIN_MODULE_MAX_OUTPUT_QUEUES ||
	    config->mixer_mode > IPC4_MIXER_CHANNEL_REMAPPING_MODE)
		return -EINVAL;
	if (config->mixer_mode == IPC4_MIXER_NORMAL_MODE)
		return 0;
	if (config->output_channel_count == 0 ||
	    config->output_channel_count > PLATFORM_MAX_CHANNELS)
		return -EINVAL;
	for (unsigned int i = 0; i < config->output_channel_count; i++) {
		const unsigned int input = config->output_channel_map >> 4 * i & 0xf;

		if (input != MIXIN_NO_CHANNEL && input >= inputs)
			return -EINVAL;
	}
	return 0;
}

static struct mixin_way mixin_way_of(const struct ipc4_mixer_mode_sink_config *config)
{
	struct mixin_way way = { config->gain, MIXIN_MAP_STRAIGHT };

	if (way.gain > IPC4_MIXIN_UNITY_GAIN)
		way.gain = IPC4_MIXIN_UNITY_GAIN;
	if (config->mixer_mode == IPC4_MIXER_CHANNEL_REMAPPING_MODE) {
		way.map = config->output_channel_map;
		/* channels that are not counted are silent */
		for (unsigned int i = config->output_channel_count; i < 8; i++)
			way.map |= (uint32_t)MIXIN_NO_CHANNEL << 4 * i;
	}
	return way;
}

/* All outputs are checked before the first is changed. */
static int mixin_set_configuration(struct processing_module *mod, uint32_t config_id,
				   enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				   const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				   size_t response_size)
{
	struct ipc4_mixer_mode_sink_config config[IPC4_MIXIN_MODULE_MAX_OUTPUT_QUEUES];
	struct mixin_data *md = module_get_private_data(mod);
	uint32_t count = 0;

	if (fragment_size >= sizeof(count))
		memcpy(&count, fragment, sizeof(count));
	if (config_id != IPC4_MIXER_MODE || pos != MODULE_CFG_FRAGMENT_SINGLE ||
	    data_offset_size > fragment_size || count == 0 || count > ARRAY_SIZE(config) ||
	    data_offset_size < sizeof(count) + count * sizeof(config[0])) {
		comp_err(mod->dev, "configuration %u of %u bytes for %u outputs is not known",
			 config_id, data_offset_size, count);
		return -EINVAL;
	}
	memcpy(config, fragment + sizeof(count), count * sizeof(config[0]));
	for (uint32_t i = 0; i < count; i++) {
		if (mixin_check(mod, &config[i])) {
			comp_err(mod->dev, "output %u, mode %u, %u channels %#x: it can't be done",
				 config[i].output_queue_id, config[i].mixer_mode,
				 config[i].output_channel_count, config[i].output_channel_map);
			return -EINVAL;
		}
	}
	for (uint32_t i = 0; i < count; i++)
		md->way[config[i].output_queue_id] = mixin_way_of(&config[i]);
	return 0;
}

static int mixin_reset(struct processing_module *mod)
{
	struct mixin_data *md = module_get_private_data(mod);

	md->func = NULL;
	return 0;
}

static int mixin_free(struct processing_module *mod)
{
	mod_free(mod, module_get_private_data(mod));
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface mixin_interface = {
	.init = mixin_init,
	.free = mixin_free,
	.prepare = mixin_prepare,
	.reset = mixin_reset,
	.process = mixin_process,
	.set_configuration = mixin_set_configuration,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("MIXIN", &mixin_interface, 1, SOF_REG_UUID(mixin), 30, 1);

SOF_LLEXT_BUILDINFO;
