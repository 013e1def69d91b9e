/* SPDX-License-Identifier: BSD-3-Clause */
/* Crossover: one source, a sink for each of 2 to 4 bands. */
#include "crossover_user.h"
#include "lr4_bank.h"

#include <module/audio/one_rate.h>
#include <ipc4/module.h>
#include <module/audio/frame_ports.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/data_blob.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/lib/uuid.h>
#include <sof/platform.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(crossover, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(crossover);

#define NO_BAND (-1)

struct xover_data {
	struct lr4_bank bank; /* ways 0: audio passes to all sinks */
	struct lr4_lines lines[PLATFORM_MAX_CHANNELS];
	struct comp_data_blob_handler *model_handler;
	enum sof_ipc_frame fmt;
	unsigned int channels;
	bool prepared;
	unsigned int sinks;
	uint32_t pin[SOF_CROSSOVER_MAX_STREAMS];  /* of each sink that is bound */
	int band[SOF_CROSSOVER_MAX_STREAMS];	  /* that it gets */
	uint32_t told[SOF_CROSSOVER_MAX_STREAMS]; /* pins the init message told of */
	unsigned int pins_told;
};

/* Which band goes to this pin? */
static int band_of(const uint32_t *assign_sink, unsigned int bands, uint32_t pin)
{
	for (unsigned int i = 0; i < bands; i++) {
		if (assign_sink[i] == pin)
			return (int)i;
	}
	return NO_BAND;
}

/* Does each pin have a band of its own? */
static bool pins_fit(const uint32_t *pin, unsigned int pins, const uint32_t *assign_sink,
		     unsigned int bands)
{
	unsigned int seen = 0;

	for (unsigned int i = 0; i < pins; i++) {
		const int band = band_of(assign_sink, bands, pin[i]);

		if (band == NO_BAND || (seen & 1u << band))
			return false;
		seen |= 1u << band;
	}
	return true;
}

/* The part that has nothing to do with an instance. */
static int check_layout(struct comp_dev *dev, const struct sof_crossover_config *config,
			uint32_t size)
{
	size_t biquads;

	if (!config || size < sizeof(*config) || size > SOF_CROSSOVER_MAX_SIZE ||
	    config->size != size) {
		comp_err(dev, "blob of %u bytes, which says it has another size, or %zu to %d",
			 size, sizeof(*config), SOF_CROSSOVER_MAX_SIZE);
		return -EINVAL;
	}
	if (config->num_sinks < LR4_BANK_WAYS_MIN || config->num_sinks > LR4_BANK_WAYS_MAX) {
		comp_err(dev, "%u bands, %d to %d are possible", config->num_sinks,
			 LR4_BANK_WAYS_MIN, LR4_BANK_WAYS_MAX);
		return -EINVAL;
	}
	biquads = lr4_bank_biquads(config->num_sinks);
	if (size < sizeof(*config) + biquads * sizeof(config->coef[0])) {
		comp_err(dev, "blob of %u bytes has no room for %zu filters", size, biquads);
		return -EINVAL;
	}
	if (!lr4_biquads_valid(config->coef, biquads)) {
		comp_err(dev, "a filter shifts out of range");
		return -EINVAL;
	}
	return 0;
}

/* Of a single pin nobody expects all bands: it is a chain, in which one of them is listened to. */
static bool bands_have_pins(const struct xover_data *xd, const struct sof_crossover_config *config)
{
	if (xd->pins_told > 1 && xd->pins_told != config->num_sinks)
		return false;
	return pins_fit(xd->told, xd->pins_told, config->assign_sink, config->num_sinks);
}

static int xover_validate(struct comp_dev *dev, void *new_data, uint32_t new_data_size)
{
	const struct sof_crossover_config *config = new_data;
	const struct xover_data *xd = module_get_private_data(dev->mod);
	int ret;

	ret = check_layout(dev, config, new_data_size);
	if (ret)
		return ret;
	if (!bands_have_pins(xd, config)) {
		comp_err(dev, "%u bands do not go to the %u output pins one each",
			 config->num_sinks, xd->pins_told);
		return -EINVAL;
	}
	if (!xd->prepared)
		return 0;
	if (xd->bank.ways && xd->bank.ways != config->num_sinks) {
		comp_err(dev, "%u bands, it runs with %u", config->num_sinks, xd->bank.ways);
		return -EINVAL;
	}
	if (!pins_fit(xd->pin, xd->sinks, config->assign_sink, config->num_sinks)) {
		comp_err(dev, "a sink has no band, or one that another has");
		return -EINVAL;
	}
	return 0;
}

/* The first blob of all takes its place at once and is never announced as new. */
static bool xover_has_new_blob(struct xover_data *xd)
{
	return comp_is_new_data_blob_available(xd->model_handler) ||
	       (!xd->bank.ways && comp_is_current_data_blob_valid(xd->model_handler));
}

static int xover_take_blob(struct comp_dev *dev, struct xover_data *xd)
{
	const struct sof_crossover_config *config =
		comp_get_data_blob(xd->model_handler, NULL, NULL);

	xd->bank.ways = 0;
	if (!config)
		return 0;
	/* one that came before the sinks were known could not be held against them */
	if (!pins_fit(xd->pin, xd->sinks, config->assign_sink, config->num_sinks)) {
		comp_err(dev, "a sink has no band, or one that another has");
		return -EINVAL;
	}
	lr4_bank_setup(&xd->bank, config->num_sinks, config->coef);
	memset(xd->lines, 0, sizeof(xd->lines));
	for (unsigned int i = 0; i < xd->sinks; i++)
		xd->band[i] = band_of(config->assign_sink, config->num_sinks, xd->pin[i]);
	return 0;
}

static int xover_init(struct processing_module *mod)
{
	const struct module_config *cfg = &mod->priv.cfg;
	struct xover_data *xd;

	if (cfg->nb_input_pins > 1 || cfg->nb_output_pins > SOF_CROSSOVER_MAX_STREAMS) {
		comp_err(mod->dev, "%u input and %u output pins, 1 and up to %d are possible",
			 cfg->nb_input_pins, cfg->nb_output_pins, SOF_CROSSOVER_MAX_STREAMS);
		return -EINVAL;
	}
	xd = mod_zalloc(mod, sizeof(*xd));
	if (!xd)
		return -ENOMEM;
	xd->model_handler = mod_data_blob_handler_new(mod);
	if (!xd->model_handler) {
		mod_free(mod, xd);
		return -ENOMEM;
	}
	comp_data_blob_set_validator(xd->model_handler, xover_validate);
	if (cfg->output_pins)
		xd->pins_told = cfg->nb_output_pins;
	for (unsigned int i = 0; i < xd->pins_told; i++)
		xd->told[i] = cfg->output_pins[i].pin_index;
	mod->max_sinks = SOF_CROSSOVER_MAX_STREAMS;
	module_set_private_data(mod, xd);
	return 0;
}

static int xover_prepare(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct xover_data *xd = module_get_private_data(mod);
	enum sof_ipc_frame fmt;
	size_t frame;
	int ret;

	if (num_of_sources != 1 || num_of_sinks < 1 || num_of_sinks > SOF_CROSSOVER_MAX_STREAMS) {
		comp_err(mod->dev, "%d sources and %d sinks, 1 and 1 to %d are needed",
			 num_of_sources, num_of_sinks, SOF_CROSSOVER_MAX_STREAMS);
		return -EINVAL;
	}
	if (one_rate_check(mod, sources, num_of_sources, sinks, num_of_sinks))
		return -EINVAL;
	fmt = source_get_frm_fmt(sources[0]);
	xd->channels = source_get_channels(sources[0]);
	if ((fmt != SOF_IPC_FRAME_S16_LE && fmt != SOF_IPC_FRAME_S24_4LE &&
	     fmt != SOF_IPC_FRAME_S32_LE) ||
	    xd->channels == 0 || xd->channels > PLATFORM_MAX_CHANNELS) {
		comp_err(mod->dev, "format %d with %u channels is not supported", fmt,
			 xd->channels);
		return -EINVAL;
	}
	frame = get_frame_bytes(fmt, xd->channels);
	ret = source_get_frame_bytes(sources[0]) == frame ? 0 : -EINVAL;
	for (int i = 0; i < num_of_sinks; i++) {
		if (sink_get_frm_fmt(sinks[i]) != fmt || sink_get_frame_bytes(sinks[i]) != frame)
			ret = -EINVAL;
		xd->pin[i] = IPC4_SRC_QUEUE_ID(sink_get_id(sinks[i]));
	}
	if (ret) {
		comp_err(mod->dev, "source and sinks are not of one format");
		return ret;
	}
	xd->fmt = fmt;
	xd->sinks = (unsigned int)num_of_sinks;
	ret = xover_take_blob(mod->dev, xd);
	if (ret)
		return ret;
	xd->prepared = true;
	return 0;
}

/* Q1.31 from here to store(). */
static void load(const struct xover_data *xd, int32_t *to, const void *from, size_t n)
{
	const unsigned int shift = xd->fmt == SOF_IPC_FRAME_S24_4LE ? 8 : 0;
	const size_t step = xd->channels;

	for (size_t i = 0; i < n; i++) {
		if (xd->fmt == SOF_IPC_FRAME_S16_LE)
			to[i] = ((const int16_t *)from)[i * step] * 65536;
		else
			to[i] = (int32_t)((uint32_t)((const int32_t *)from)[i * step] << shift);
	}
}

static void store(const struct xover_data *xd, void *to, const int32_t *from, size_t n)
{
	const size_t step = xd->channels;

	for (size_t i = 0; i < n; i++) {
		if (xd->fmt == SOF_IPC_FRAME_S16_LE)
			((int16_t *)to)[i * step] = sat_int16(Q_SHIFT_RND(from[i], 31, 15));
		else if (xd->fmt == SOF_IPC_FRAME_S24_4LE)
			((int32_t *)to)[i * step] = sat_int24(Q_SHIFT_RND(from[i], 31, 23));
		else
			((int32_t *)to)[i * step] = from[i];
	}
}

/* A run of frames; ports[0] is the source. */
static void split_run(struct xover_data *xd, const struct frame_port *ports, size_t frames)
{
	const size_t sample = get_sample_bytes(xd->fmt);
	int32_t band[LR4_BANK_WAYS_MAX][LR4_BANK_BLOCK], x[LR4_BANK_BLOCK];

	for (size_t at = 0; at < frames; at += LR4_BANK_BLOCK) {
		const size_t n = MIN(frames - at, LR4_BANK_BLOCK);

		for (unsigned int ch = 0; ch < xd->channels; ch++) {
			const size_t offset = (at * xd->channels + ch) * sample;

			load(xd, x, (const char *)ports[0].data + offset, n);
			lr4_bank_split(&xd->bank, &xd->lines[ch], x, band, n);
			for (unsigned int i = 0; i < xd->sinks; i++)
				store(xd, (char *)ports[1 + i].data + offset, band[xd->band[i]], n);
		}
	}
}

static int xover_process(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct xover_data *xd = module_get_private_data(mod);
	struct frame_port ports[1 + SOF_CROSSOVER_MAX_STREAMS];
	const size_t count = 1 + (size_t)num_of_sinks;
	size_t frames = source_get_data_frames_available(sources[0]);
	size_t n;
	int ret;

	if (xover_has_new_blob(xd)) {
		ret = xover_take_blob(mod->dev, xd);
		if (ret)
			return ret;
	}
	frame_port_of_source(&ports[0], sources[0]);
	for (int i = 0; i < num_of_sinks; i++) {
		frames = MIN(frames, sink_get_free_frames(sinks[i]));
		frame_port_of_sink(&ports[1 + i], sinks[i]);
	}
	if (!frames)
		return 0;
	ret = frame_ports_open(ports, count, frames);
	if (ret)
		return ret;
	while ((n = frame_ports_next(ports, count))) {
		if (xd->bank.ways) {
			split_run(xd, ports, n);
			continue;
		}
		for (size_t i = 1; i < count; i++)
			memcpy(ports[i].data, ports[0].data, n * ports[0].frame_bytes);
	}
	return frame_ports_close(ports, count);
}

static int xover_set_configuration(struct processing_module *mod, uint32_t config_id,
				   enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				   const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				   size_t response_size)
{
	struct xover_data *xd = module_get_private_data(mod);

	return comp_data_blob_set(xd->model_handler, pos, data_offset_size, fragment,
				  fragment_size);
}

static int xover_get_configuration(struct processing_module *mod, uint32_t config_id,
				   uint32_t *data_offset_size, uint8_t *fragment,
				   size_t fragment_size)
{
	struct xover_data *xd = module_get_private_data(mod);

	if (fragment_size < sizeof(struct sof_ipc_ctrl_data))
		return -EINVAL;
	return comp_data_blob_get_cmd(xd->model_handler, (struct sof_ipc_ctrl_data *)fragment,
				      (int)fragment_size);
}

static int xover_reset(struct processing_module *mod)
{
	struct xover_data *xd = module_get_private_data(mod);

	xd->prepared = false;
	xd->bank.ways = 0;
	return 0;
}

static int xover_free(struct processing_module *mod)
{
	struct xover_data *xd = module_get_private_data(mod);

	mod_data_blob_handler_free(mod, xd->model_handler);
	mod_free(mod, xd);
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface xover_interface = {
	.init = xover_init,
	.free = xover_free,
	.prepare = xover_prepare,
	.reset = xover_reset,
	.process = xover_process,
	.set_configuration = xover_set_configuration,
	.get_configuration = xover_get_configuration,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("XOVER", &xover_interface, 1, SOF_REG_UUID(crossover), 40, 1);

SOF_LLEXT_BUILDINFO;
