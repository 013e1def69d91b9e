/* SPDX-License-Identifier: BSD-3-Clause */
/* Sample rate converter: one or two polyphase stages, from one fixed rate to another. */
#include "src.h"

#include <module/audio/fir16_ports.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/audio_stream.h>
#include <sof/audio/format.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/platform.h>
#include <sof/trace/trace.h>

#include "stage.h"

LOG_MODULE_REGISTER(src, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(src4);
SOF_DEFINE_REG_UUID(src_lite);

/* Frames of one channel that a stage gives at a time, at least a block of any stage. */
#define FRAMES_AT_A_TIME 128

struct src_data {
	struct ipc4_config_src config;
	bool lite;
	enum sof_ipc_frame fmt;
	unsigned int channels;
	unsigned int stages; /* 0: equal rates, frames are copied */
	struct src_line line[2];
	void *lines;  /* memory of both */
	int32_t *out; /* channels times FRAMES_AT_A_TIME */
};

static const struct src_conversion *find_conversion(const struct src_data *sd)
{
	for (size_t i = 0; i < src_conversion_count; i++) {
		const struct src_conversion *c = &src_conversions[i];

		if (c->in == (uint32_t)sd->config.base.audio_fmt.sampling_frequency &&
		    c->out == sd->config.sink_rate && (c->lite || !sd->lite))
			return c;
	}
	return NULL;
}

static int src_make(struct processing_module *mod, bool lite)
{
	const struct module_config *cfg = &mod->priv.cfg;
	struct src_data *sd;

	if (!cfg->init_data || cfg->size != sizeof(sd->config)) {
		comp_err(mod->dev, "init payload of %zu bytes, %zu are needed", cfg->size,
			 sizeof(sd->config));
		return -EINVAL;
	}
	sd = mod_zalloc(mod, sizeof(*sd));
	if (!sd)
		return -ENOMEM;
	memcpy(&sd->config, cfg->init_data, sizeof(sd->config));
	sd->lite = lite;
	if (!find_conversion(sd)) {
		comp_err(mod->dev, "%u Hz are not converted into %u Hz",
			 (unsigned int)sd->config.base.audio_fmt.sampling_frequency,
			 sd->config.sink_rate);
		mod_free(mod, sd);
		return -EINVAL;
	}
	module_set_private_data(mod, sd);
	return 0;
}

static int src_init(struct processing_module *mod)
{
	return src_make(mod, false);
}

static int src_lite_init(struct processing_module *mod)
{
	return src_make(mod, true);
}

static void release(struct processing_module *mod, struct src_data *sd)
{
	mod_free(mod, sd->lines);
	mod_free(mod, sd->out);
	sd->lines = NULL;
	sd->out = NULL;
	sd->stages = 0;
}

static int make_lines(struct processing_module *mod, struct src_data *sd)
{
	const struct src_conversion *conversion = find_conversion(sd);
	const struct src_stage *stage[2] = { conversion->first, conversion->second };
	size_t bytes[2] = { 0, 0 };

	for (unsigned int i = 0; i < 2 && stage[i]; i++)
		bytes[i] = src_line_bytes(stage[i], sd->channels);
	if (!stage[0])
		return 0;

	sd->lines = mod_alloc_align(mod, bytes[0] + bytes[1], 16);
	sd->out = mod_alloc(mod, sizeof(*sd->out) * sd->channels * FRAMES_AT_A_TIME);
	if (!sd->lines || !sd->out) {
		comp_err(mod->dev, "no memory for %zu bytes of delay lines", bytes[0] + bytes[1]);
		release(mod, sd);
		return -ENOMEM;
	}
	src_line_init(&sd->line[0], stage[0], sd->lines, sd->channels,
		      sd->fmt == SOF_IPC_FRAME_S16_LE);
	if (stage[1])
		src_line_init(&sd->line[1], stage[1], (char *)sd->lines + bytes[0], sd->channels,
			      false);
	sd->stages = stage[1] ? 2 : 1;
	return 0;
}

/* The sink is what the source is, but for its rate, which only this module knows. */
static int set_sink(const struct src_data *sd, struct sof_source *source, struct sof_sink *sink)
{
	int ret = sink_set_frm_fmt(sink, source_get_frm_fmt(source));

	if (!ret)
		ret = sink_set_valid_fmt(sink, sd->fmt);
	if (!ret)
		ret = sink_set_channels(sink, sd->channels);
	if (!ret)
		ret = sink_set_buffer_fmt(sink, sd->config.base.audio_fmt.interleaving_style);
	return ret ? ret : sink_set_rate(sink, sd->config.sink_rate);
}

static int src_prepare(struct processing_module *mod, struct sof_source **sources,
		       int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct src_data *sd = module_get_private_data(mod);
	int ret;

	if (num_of_sources != 1 || num_of_sinks != 1) {
		comp_err(mod->dev, "%d sources and %d sinks, one of each is needed", num_of_sources,
			 num_of_sinks);
		return -EINVAL;
	}
	release(mod, sd);
	sd->fmt = source_get_valid_fmt(sources[0]);
	sd->channels = source_get_channels(sources[0]);
	if (!fir16_ports_format_known(sd->fmt) || sd->channels == 0 ||
	    sd->channels > PLATFORM_MAX_CHANNELS ||
	    source_get_frame_bytes(sources[0]) != get_frame_bytes(sd->fmt, sd->channels) ||
	    source_get_rate(sources[0]) != (uint32_t)sd->config.base.audio_fmt.sampling_frequency) {
		comp_err(mod->dev, "format %d with %u channels at %u Hz is not what was announced",
			 sd->fmt, sd->channels, source_get_rate(sources[0]));
		return -EINVAL;
	}
	ret = set_sink(sd, sources[0], sinks[0]);
	if (ret)
		return ret;
	return make_lines(mod, sd);
}

/* Bring what stage \p i has made to the next one, or to the sink. */
static unsigned int pass_on(struct src_data *sd, unsigned int i, struct fir16_ports *ports)
{
	struct src_line *line = &sd->line[i];
	const unsigned int l = line->stage->l;
	const bool last = i + 1 == sd->stages;
	const unsigned int room =
		last ? (unsigned int)ports->room : fir16_line_room(&sd->line[1].samples);
	unsigned int blocks = MIN(src_line_blocks(line), MIN(room, FRAMES_AT_A_TIME) / l);

	if (!blocks)
		return 0;
	src_line_run(line, blocks, sd->out, FRAMES_AT_A_TIME);
	if (last) {
		fir16_ports_write(ports, sd->out, FRAMES_AT_A_TIME, blocks * l);
	} else {
		const unsigned int at = fir16_line_claim(&sd->line[1].samples, blocks * l);

		for (unsigned int ch = 0; ch < sd->channels; ch++) {
			const int32_t *y = sd->out + (size_t)ch * FRAMES_AT_A_TIME;

			for (unsigned int k = 0; k < blocks * l; k++)
				fir16_line_put(&sd->line[1].samples, ch, at + k, y[k]);
		}
	}
	return blocks;
}

static int src_process(struct processing_module *mod, struct sof_source **sources,
		       int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct src_data *sd = module_get_private_data(mod);
	struct fir16_ports ports;
	unsigned int moved;
	int ret;

	if (!sd->stages) {
		const size_t frames = MIN(source_get_data_frames_available(sources[0]),
					  sink_get_free_frames(sinks[0]));

		return source_to_sink_copy(sources[0], sinks[0], true,
					   frames * source_get_frame_bytes(sources[0]));
	}
	ret = fir16_ports_open(&ports, sources[0], sinks[0], sd->fmt, sd->channels);
	if (ret)
		return ret;
	do {
		moved = fir16_ports_read(&ports, &sd->line[0].samples);
		for (unsigned int i = 0; i < sd->stages; i++)
			moved += pass_on(sd, i, &ports);
	} while (moved);
	return fir16_ports_close(&ports);
}

/* Is there anything that process() could do? */
static bool src_is_ready_to_process(struct processing_module *mod, struct sof_source **sources,
				    int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const struct src_data *sd = module_get_private_data(mod);
	const size_t there = source_get_data_frames_available(sources[0]);
	const size_t room = sink_get_free_frames(sinks[0]);
	const struct src_line *last;

	if (!sd->stages)
		return there && room;
	last = &sd->line[sd->stages - 1];
	return (there && fir16_line_room(&sd->line[0].samples)) ||
	       (src_line_blocks(last) && room >= last->stage->l);
}

static int src_reset(struct processing_module *mod)
{
	release(mod, module_get_private_data(mod));
	return 0;
}

static int src_free(struct processing_module *mod)
{
	struct src_data *sd = module_get_private_data(mod);

	release(mod, sd);
	mod_free(mod, sd);
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface src_interface = {
	.init = src_init,
	.free = src_free,
	.prepare = src_prepare,
	.reset = src_reset,
	.process = src_process,
	.is_ready_to_process = src_is_ready_to_process,
};

static const struct module_interface src_lite_interface = {
	.init = src_lite_init,
	.free = src_free,
	.prepare = src_prepare,
	.reset = src_reset,
	.process = src_process,
	.is_ready_to_process = src_is_ready_to_process,
};

static const struct sof_man_module_manifest mod_manifest[] __section(".module") __used = {
	SOF_LLEXT_MODULE_MANIFEST("SRC", &src_interface, 1, SOF_REG_UUID(src4), 40, 1),
	SOF_LLEXT_MODULE_MANIFEST("SRC_LITE", &src_lite_interface, 1, SOF_REG_UUID(src_lite), 40,
				  1),
};

SOF_LLEXT_BUILDINFO;
