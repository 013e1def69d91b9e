/* SPDX-License-Identifier: BSD-3-Clause */
/* Copier: one stream to up to four others, each of a format of its own. */
#include "copier.h"

#include "convert.h"

#include <ipc4/module.h>
#include <module/audio/frame_ports.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/audio_stream.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/lib/uuid.h>
#include <sof/platform.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(copier, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(copier);

#define OUTPUTS IPC4_COPIER_MODULE_OUTPUT_PINS_COUNT

struct copier_output {
	enum convert_width width;
	unsigned int channels;
	convert_func convert;
	bool remaps; /* channels are placed one by one */
};

struct copier_data {
	struct ipc4_audio_format in_fmt;
	struct ipc4_audio_format out_fmt[OUTPUTS]; /* by queue */
	bool told[OUTPUTS];			   /* out_fmt holds; else the stream decides */
	uint32_t map;
	uint32_t attenuation; /* bits to the right */
	bool attenuates;      /* its gateway is where that counts */

	/* from prepare on */
	enum convert_width width; /* CONVERT_WIDTHS: not prepared */
	unsigned int channels;
	int outputs;
	struct copier_output output[OUTPUTS]; /* in order of sinks */
};

static size_t width_bytes(enum convert_width width)
{
	return width == CONVERT_16 ? sizeof(int16_t) : sizeof(int32_t);
}

static bool format_is_known(const struct ipc4_audio_format *format)
{
	enum sof_ipc_frame container, valid;

	return format->channels_count && format->channels_count <= PLATFORM_MAX_CHANNELS &&
	       !audio_stream_fmt_conversion(format->depth, format->valid_bit_depth, &container,
					    &valid, format->s_type) &&
	       convert_width_of(container, valid) != CONVERT_WIDTHS;
}

/* The whole message, or the base configuration alone, which says nothing of the outputs. */
static int read_init(struct copier_data *cd, const struct module_config *cfg)
{
	struct ipc4_copier_module_cfg copier;

	cd->in_fmt = cfg->base_cfg.audio_fmt;
	if (!cfg->init_data || cfg->size == sizeof(cfg->base_cfg))
		return 0;
	if (cfg->size < sizeof(copier))
		return -EINVAL;
	memcpy(&copier, cfg->init_data, sizeof(copier));
	if (copier.gtw_cfg.config_length > (cfg->size - sizeof(copier)) / sizeof(uint32_t) ||
	    !format_is_known(&copier.out_fmt))
		return -EINVAL;
	for (unsigned int i = 0; i < OUTPUTS; i++) {
		cd->out_fmt[i] = copier.out_fmt;
		cd->told[i] = true;
	}
	cd->attenuates = copier.gtw_cfg.node_id.dw != IPC4_INVALID_NODE_ID &&
			 copier.gtw_cfg.node_id.f.dma_type == ipc4_hda_host_output_class;
	return 0;
}

static int copier_init(struct processing_module *mod)
{
	struct copier_data *cd = mod_zalloc(mod, sizeof(*cd));

	if (!cd)
		return -ENOMEM;
	if (read_init(cd, &mod->priv.cfg)) {
		comp_err(mod->dev,
			 "init message of %zu bytes without an output format, or with a "
			 "gateway's data cut off",
			 mod->priv.cfg.size);
		mod_free(mod, cd);
		return -EINVAL;
	}
	cd->map = COPIER_MAP_STRAIGHT;
	cd->width = CONVERT_WIDTHS;
	mod->max_sinks = OUTPUTS;
	module_set_private_data(mod, cd);
	return 0;
}

static bool map_is_straight(uint32_t map, unsigned int channels)
{
	for (unsigned int i = 0; i < channels; i++) {
		if ((map >> 4 * i & 0xf) != i)
			return false;
	}
	return true;
}

/* Rounding is only for channels that go straight: SOF's remapping shifts. */
static void output_choose(const struct copier_data *cd, struct copier_output *output)
{
	output->remaps =
		cd->channels != output->channels || !map_is_straight(cd->map, output->channels);
	output->convert = convert_find(cd->width, output->width, !output->remaps);
}

static int set_sink_format(struct sof_sink *sink, const struct ipc4_audio_format *format)
{
	enum sof_ipc_frame container, valid;
	int ret = audio_stream_fmt_conversion(format->depth, format->valid_bit_depth, &container,
					      &valid, format->s_type);

	if (!ret && sink_get_frm_fmt(sink) != container)
		ret = sink_set_frm_fmt(sink, container);
	if (!ret && sink_get_valid_fmt(sink) != valid)
		ret = sink_set_valid_fmt(sink, valid);
	if (!ret && sink_get_channels(sink) != format->channels_count)
		ret = sink_set_channels(sink, format->channels_count);
	return ret;
}

static int prepare_output(struct copier_data *cd, struct sof_sink *sink,
			  struct copier_output *output, unsigned int *seen)
{
	const uint32_t queue = IPC4_SRC_QUEUE_ID(sink_get_id(sink));
	int ret;

	if (queue >= OUTPUTS || (*seen & 1u << queue))
		return -EINVAL;
	*seen |= 1u << queue;
	if (cd->told[queue]) {
		ret = set_sink_format(sink, &cd->out_fmt[queue]);
		if (ret)
			return ret;
	}
	output->width = convert_width_of(sink_get_frm_fmt(sink), sink_get_valid_fmt(sink));
	output->channels = sink_get_channels(sink);
	if (output->width == CONVERT_WIDTHS || output->channels == 0 ||
	    output->channels > PLATFORM_MAX_CHANNELS)
		return -EINVAL;
	output_choose(cd, output);
	return 0;
}

static int copier_prepare(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct copier_data *cd = module_get_private_data(mod);
	unsigned int seen = 0;

	if (num_of_sources != 1 || num_of_sinks < 1 || num_of_sinks > OUTPUTS) {
		comp_err(mod->dev, "%d sources and %d sinks, 1 and 1 to %d are needed",
			 num_of_sources, num_of_sinks, OUTPUTS);
		return -EINVAL;
	}
	cd->outputs = num_of_sinks;
	cd->width =
		convert_width_of(source_get_frm_fmt(sources[0]), source_get_valid_fmt(sources[0]));
	cd->channels = source_get_channels(sources[0]);
	if (cd->width == CONVERT_WIDTHS || cd->channels == 0 ||
	    cd->channels > PLATFORM_MAX_CHANNELS) {
		comp_err(mod->dev, "format %d in %d with %u channels is not supported",
			 source_get_valid_fmt(sources[0]), source_get_frm_fmt(sources[0]),
			 cd->channels);
		cd->width = CONVERT_WIDTHS;
		return -EINVAL;
	}
	for (int i = 0; i < num_of_sinks; i++) {
		if (prepare_output(cd, sinks[i], &cd->output[i], &seen) ||
		    sink_get_rate(sinks[i]) != source_get_rate(sources[0])) {
			comp_err(mod->dev,
				 "output %d: format %d in %d with %u channels at %u Hz "
				 "can't be made",
				 i, sink_get_valid_fmt(sinks[i]), sink_get_frm_fmt(sinks[i]),
				 sink_get_channels(sinks[i]), sink_get_rate(sinks[i]));
			cd->width = CONVERT_WIDTHS;
			return -EINVAL;
		}
	}
	return 0;
}

static void place_channels(const struct copier_data *cd, const struct copier_output *output,
			   char *y, const char *x, size_t frames)
{
	const size_t y_bytes = width_bytes(output->width), x_bytes = width_bytes(cd->width);

	for (unsigned int ch = 0; ch < output->channels; ch++) {
		const unsigned int from = cd->map >> 4 * ch & 0xf;
		char *const to = y + ch * y_bytes;

		if (from < cd->channels)
			output->convert(to, output->channels, x + from * x_bytes, cd->channels,
					frames);
		for (size_t i = 0; from >= cd->channels && i < frames; i++)
			memset(to + i * output->channels * y_bytes, 0, y_bytes);
	}
}

static void attenuate(const struct copier_data *cd, int32_t *y, size_t samples)
{
	for (size_t i = 0; i < samples; i++)
		y[i] >>= cd->attenuation;
}

static void make_output(const struct copier_data *cd, const struct copier_output *output, void *y,
			const void *x, size_t frames)
{
	if (output->remaps)
		place_channels(cd, output, y, x, frames);
	else
		output->convert(y, 1, x, 1, frames * output->channels);
	if (cd->attenuation && cd->attenuates && output->width != CONVERT_16)
		attenuate(cd, y, frames * output->channels);
}

static int copier_process(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const struct copier_data *cd = module_get_private_data(mod);
	size_t frames = source_get_data_frames_available(sources[0]);
	const size_t count = 1 + (size_t)num_of_sinks;
	struct frame_port ports[1 + OUTPUTS];
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
		for (int i = 0; i < num_of_sinks; i++)
			make_output(cd, &cd->output[i], ports[1 + i].data, ports[0].data, n);
	}
	return frame_ports_close(ports, count);
}

/* It counts when the module is prepared the next time, as formats do not change under way. */
static int set_output_format(struct processing_module *mod, const uint8_t *data, size_t size)
{
	struct copier_data *cd = module_get_private_data(mod);
	struct ipc4_copier_config_set_sink_format set;

	if (size < sizeof(set)) {
		comp_err(mod->dev, "sink format of %zu bytes, %zu are needed", size, sizeof(set));
		return -EINVAL;
	}
	memcpy(&set, data, sizeof(set));
	if (set.sink_id >= OUTPUTS || memcmp(&set.source_fmt, &cd->in_fmt, sizeof(cd->in_fmt)) ||
	    !format_is_known(&set.sink_fmt)) {
		comp_err(mod->dev,
			 "output %u of %d: it is not there, or the input is another, or "
			 "the format is not known",
			 set.sink_id, OUTPUTS);
		return -EINVAL;
	}
	cd->out_fmt[set.sink_id] = set.sink_fmt;
	cd->told[set.sink_id] = true;
	return 0;
}

static int set_attenuation(struct processing_module *mod, const uint8_t *data, size_t size)
{
	struct copier_data *cd = module_get_private_data(mod);
	uint32_t attenuation;

	if (size != sizeof(attenuation)) {
		comp_err(mod->dev, "attenuation of %zu bytes, %zu are needed", size,
			 sizeof(attenuation));
		return -EINVAL;
	}
	memcpy(&attenuation, data, sizeof(attenuation));
	if (attenuation > 31 || (cd->told[0] && cd->out_fmt[0].depth < IPC4_DEPTH_24BIT)) {
		comp_err(mod->dev, "attenuation %u is out of range, or not for 16 bits",
			 attenuation);
		return -EINVAL;
	}
	cd->attenuation = attenuation;
	return 0;
}

static int set_channel_map(struct processing_module *mod, const uint8_t *data, size_t size)
{
	struct copier_data *cd = module_get_private_data(mod);
	struct ipc4_copier_config_channel_map map;

	if (size < sizeof(map)) {
		comp_err(mod->dev, "channel map of %zu bytes, %zu are needed", size, sizeof(map));
		return -EINVAL;
	}
	memcpy(&map, data, sizeof(map));
	cd->map = map.channel_map;
	for (int i = 0; cd->width != CONVERT_WIDTHS && i < cd->outputs; i++)
		output_choose(cd, &cd->output[i]);
	return 0;
}

static int copier_set_configuration(struct processing_module *mod, uint32_t config_id,
				    enum module_cfg_fragment_position pos,
				    uint32_t data_offset_size, const uint8_t *fragment,
				    size_t fragment_size, uint8_t *response, size_t response_size)
{
	if (pos != MODULE_CFG_FRAGMENT_SINGLE) {
		comp_err(mod->dev, "configuration %u does not come in fragments", config_id);
		return -EINVAL;
	}
	switch (config_id) {
	case IPC4_COPIER_MODULE_CFG_PARAM_SET_SINK_FORMAT:
		return set_output_format(mod, fragment, fragment_size);
	case IPC4_COPIER_MODULE_CFG_ATTENUATION:
		return set_attenuation(mod, fragment, fragment_size);
	case IPC4_COPIER_MODULE_CFG_PARAM_CHANNEL_MAP:
		return set_channel_map(mod, fragment, fragment_size);
	default:
		comp_err(mod->dev, "configuration %u is not known", config_id);
		return -EINVAL;
	}
}

static int copier_reset(struct processing_module *mod)
{
	struct copier_data *cd = module_get_private_data(mod);

	cd->width = CONVERT_WIDTHS;
	return 0;
}

static int copier_free(struct processing_module *mod)
{
	mod_free(mod, module_get_private_data(mod));
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface copier_interface = {
	.init = copier_init,
	.free = copier_free,
	.prepare = copier_prepare,
	.reset = copier_reset,
	.process = copier_process,
	.set_configuration = copier_set_configuration,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("COPIER", &copier_interface, 1, SOF_REG_UUID(copier), 32, 1);

SOF_LLEXT_BUILDINFO;
