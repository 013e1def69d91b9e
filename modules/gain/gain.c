/* SPDX-License-Identifier: BSD-3-Clause */
/* Gain for each channel, with ramps and mute. */
#include "peak_volume.h"
#include "ramp.h"
#include "scale.h"

#include <ipc4/header.h>
#include <module/audio/frame_runs.h>
#include <module/audio/one_to_one.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(gain, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(gain);

/* What a topology asks for when it asks for nothing: a linear ramp of 20 ms to 0 dB. */
static const struct ipc4_peak_volume_config default_config = {
	.channel_id = IPC4_ALL_CHANNELS_MASK,
	.target_volume = GAIN_ZERO_DB,
	.curve_type = IPC4_AUDIO_CURVE_TYPE_LINEAR,
	.curve_duration = 200000,
};

struct gain_data {
	struct ramp ramp;
	int32_t volume[PLATFORM_MAX_CHANNELS]; /* as the user set it, muted or not */
	bool muted[PLATFORM_MAX_CHANNELS];
	unsigned int channels; /* of the configuration */
	uint32_t attenuation;  /* of the peak meter; only kept */
	scale_func scale;
};

static enum sof_volume_ramp ramp_type(uint32_t curve_type)
{
	static const enum sof_volume_ramp of_curve[] = {
		[IPC4_AUDIO_CURVE_TYPE_NONE] = SOF_VOLUME_WINDOWS_NO_FADE,
		[IPC4_AUDIO_CURVE_TYPE_LINEAR] = SOF_VOLUME_LINEAR,
		[IPC4_AUDIO_CURVE_TYPE_LINEAR_ZC] = SOF_VOLUME_LINEAR_ZC,
		[IPC4_AUDIO_CURVE_TYPE_LOG] = SOF_VOLUME_LOG,
		[IPC4_AUDIO_CURVE_TYPE_LOG_ZC] = SOF_VOLUME_LOG_ZC,
		[IPC4_AUDIO_CURVE_TYPE_WINDOWS_FADE] = SOF_VOLUME_WINDOWS_FADE,
	};

	return curve_type < ARRAY_SIZE(of_curve) ? of_curve[curve_type] :
						   SOF_VOLUME_WINDOWS_NO_FADE;
}

/* 100 ns to ms, to nearest as SOF does it: 1/10000 in Q1.31. The message's 64 bits count as 32. */
static uint32_t duration_ms(uint64_t curve_duration)
{
	const uint64_t product = (uint64_t)(uint32_t)curve_duration * 214748;

	return (uint32_t)(((product >> 30) + 1) >> 1);
}

static int check_config(struct processing_module *mod, const struct ipc4_peak_volume_config *config)
{
	const struct gain_data *gd = module_get_private_data(mod);

	if (config->channel_id != IPC4_ALL_CHANNELS_MASK && config->channel_id >= gd->channels) {
		comp_err(mod->dev, "volume for channel %u of %u", config->channel_id, gd->channels);
		return -EINVAL;
	}
	if (config->target_volume > INT32_MAX) {
		comp_err(mod->dev, "volume %#x, 0 to 0x7fffffff is possible",
			 config->target_volume);
		return -EINVAL;
	}
	return 0;
}

static void set_volume(struct gain_data *gd, unsigned int channel, int32_t volume)
{
	gd->volume[channel] = volume;
	if (!gd->muted[channel])
		ramp_target(&gd->ramp, channel, volume);
}

static void apply_config(struct gain_data *gd, const struct ipc4_peak_volume_config *config)
{
	const enum sof_volume_ramp type = ramp_type(config->curve_type);

	ramp_curve(&gd->ramp, type,
		   type == SOF_VOLUME_WINDOWS_NO_FADE ? 0 : duration_ms(config->curve_duration));
	if (config->channel_id != IPC4_ALL_CHANNELS_MASK) {
		set_volume(gd, config->channel_id, (int32_t)config->target_volume);
		return;
	}
	for (unsigned int i = 0; i < gd->channels; i++)
		set_volume(gd, i, (int32_t)config->target_volume);
}

/* Whole configurations only: all are checked before the first is applied. */
static int set_volumes(struct processing_module *mod, const uint8_t *data, size_t size)
{
	struct gain_data *gd = module_get_private_data(mod);
	struct ipc4_peak_volume_config config;
	int ret;

	if (size == 0 || size % sizeof(config) || size / sizeof(config) > PLATFORM_MAX_CHANNELS) {
		comp_err(mod->dev, "volume of %zu bytes, 1 to %d times %zu are possible", size,
			 PLATFORM_MAX_CHANNELS, sizeof(config));
		return -EINVAL;
	}
	for (size_t at = 0; at < size; at += sizeof(config)) {
		memcpy(&config, data + at, sizeof(config));
		ret = check_config(mod, &config);
		if (ret)
			return ret;
	}
	for (size_t at = 0; at < size; at += sizeof(config)) {
		memcpy(&config, data + at, sizeof(config));
		apply_config(gd, &config);
	}
	return 0;
}

static int set_attenuation(struct processing_module *mod, const uint8_t *data, size_t size)
{
	struct gain_data *gd = module_get_private_data(mod);
	uint32_t attenuation;

	if (size != sizeof(attenuation))
		return -EINVAL;
	memcpy(&attenuation, data, sizeof(attenuation));
	if (attenuation > 31 || mod->priv.cfg.base_cfg.audio_fmt.depth <= IPC4_DEPTH_16BIT) {
		comp_err(mod->dev, "attenuation %u is out of range, or not for 16 bits",
			 attenuation);
		return -EINVAL;
	}
	gd->attenuation = attenuation;
	return 0;
}

/* 0 mutes a channel, all else unmutes it. */
static int set_switch(struct processing_module *mod, const uint8_t *data, size_t size)
{
	struct gain_data *gd = module_get_private_data(mod);
	struct sof_ipc4_control_msg_payload head;
	struct sof_ipc4_ctrl_value_chan value;

	if (size < sizeof(head))
		return -EINVAL;
	memcpy(&head, data, sizeof(head));
	if (head.num_elems * sizeof(value) > size - sizeof(head)) {
		comp_err(mod->dev, "switch of %u values in %zu bytes", head.num_elems, size);
		return -EINVAL;
	}
	for (unsigned int i = 0; i < head.num_elems && i < gd->channels; i++) {
		memcpy(&value, data + sizeof(head) + i * sizeof(value), sizeof(value));
		if (gd->muted[i] == !value.value)
			continue;
		gd->muted[i] = !value.value;
		ramp_target(&gd->ramp, i, gd->muted[i] ? 0 : gd->volume[i]);
	}
	return 0;
}

static int gain_set_configuration(struct processing_module *mod, uint32_t config_id,
				  enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				  const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				  size_t response_size)
{
	if (pos != MODULE_CFG_FRAGMENT_SINGLE) {
		comp_err(mod->dev, "configuration %u does not come in fragments", config_id);
		return -EINVAL;
	}
	switch (config_id) {
	case IPC4_VOLUME:
		return set_volumes(mod, fragment, fragment_size);
	case IPC4_SET_ATTENUATION:
		return set_attenuation(mod, fragment, fragment_size);
	case SOF_IPC4_SWITCH_CONTROL_PARAM_ID:
		return set_switch(mod, fragment, fragment_size);
	default:
		comp_err(mod->dev, "configuration %u is not known", config_id);
		return -EINVAL;
	}
}

static int gain_get_configuration(struct processing_module *mod, uint32_t config_id,
				  uint32_t *data_offset_size, uint8_t *fragment,
				  size_t fragment_size)
{
	const struct gain_data *gd = module_get_private_data(mod);
	struct ipc4_peak_volume_config config = { 0 };

	if (config_id != IPC4_VOLUME || fragment_size < gd->channels * sizeof(config))
		return -EINVAL;
	for (unsigned int i = 0; i < gd->channels; i++) {
		config.channel_id = i;
		config.target_volume = (uint32_t)gd->volume[i];
		memcpy(fragment + i * sizeof(config), &config, sizeof(config));
	}
	*data_offset_size = gd->channels * sizeof(config);
	return 0;
}

/* Behind the base configuration: nothing, one for all channels, or one for each; or the formats of
 * the pins, which leave no room for volumes. */
static int take_init_data(struct processing_module *mod)
{
	const struct module_config *cfg = &mod->priv.cfg;
	const size_t base = sizeof(struct ipc4_base_module_cfg);
	const uint8_t *const more = (const uint8_t *)cfg->init_data + base;

	if (!cfg->init_data || cfg->size <= base || cfg->input_pins)
		return set_volumes(mod, (const uint8_t *)&default_config, sizeof(default_config));
	return set_volumes(mod, more, cfg->size - base);
}

static int gain_init(struct processing_module *mod)
{
	const uint32_t channels = mod->priv.cfg.base_cfg.audio_fmt.channels_count;
	struct gain_data *gd;
	int ret;

	if (channels == 0 || channels > PLATFORM_MAX_CHANNELS) {
		comp_err(mod->dev, "%u channels, 1 to %d are possible", channels,
			 PLATFORM_MAX_CHANNELS);
		return -EINVAL;
	}
	gd = mod_zalloc(mod, sizeof(*gd));
	if (!gd)
		return -ENOMEM;
	gd->channels = channels;
	module_set_private_data(mod, gd);

	ret = take_init_data(mod);
	if (ret) {
		module_set_private_data(mod, NULL);
		mod_free(mod, gd);
	}
	return ret;
}

static int gain_prepare(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct gain_data *gd = module_get_private_data(mod);
	enum sof_ipc_frame fmt;
	int ret;
	unsigned int channels;

	ret = one_to_one_check(mod, sources, num_of_sources, sinks, num_of_sinks, ONE_TO_ONE_VALID,
			       &fmt, &channels);
	if (ret)
		return ret;
	gd->scale = scale_find(fmt);
	if (channels != gd->channels) {
		comp_err(mod->dev, "%u channels, made for %u", channels, gd->channels);
		return -EINVAL;
	}
	return ramp_start(&gd->ramp, source_get_rate(sources[0]), channels);
}

/* A piece during which some gain is not 0 dB or moves. */
static void scale_with_ramp(struct gain_data *gd, char *y, const char *x, size_t frames,
			    size_t frame_bytes)
{
	while (frames) {
		const size_t n = ramp_frames(&gd->ramp, frames);

		if (gd->ramp.unity)
			memcpy(y, x, n * frame_bytes);
		else
			gd->scale(y, x, n, &gd->ramp);
		ramp_advance(&gd->ramp, n);
		x += n * frame_bytes;
		y += n * frame_bytes;
		frames -= n;
	}
}

static int gain_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct gain_data *gd = module_get_private_data(mod);
	const size_t frames = frame_runs_possible(sources[0], sinks[0]);
	const size_t frame_bytes = source_get_frame_bytes(sources[0]);
	struct frame_runs runs;
	const void *x;
	void *y;
	size_t n;
	int ret;

	if (!frames)
		return 0;
	ret = frame_runs_begin(&runs, sources[0], sinks[0], frames);
	if (ret)
		return ret;
	while ((n = frame_runs_next(&runs, &x, &y)))
		scale_with_ramp(gd, y, x, n, frame_bytes);
	return frame_runs_end(&runs);
}

/* What the user has set stays; the next start ramps up to it again. */
static int gain_reset(struct processing_module *mod)
{
	struct gain_data *gd = module_get_private_data(mod);

	gd->ramp.rate = 0;
	gd->scale = NULL;
	return 0;
}

static int gain_free(struct processing_module *mod)
{
	mod_free(mod, module_get_private_data(mod));
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface gain_interface = {
	.init = gain_init,
	.free = gain_free,
	.prepare = gain_prepare,
	.reset = gain_reset,
	.process = gain_process,
	.set_configuration = gain_set_configuration,
	.get_configuration = gain_get_configuration,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("GAIN", &gain_interface, 1, SOF_REG_UUID(gain), 40, 1);

SOF_LLEXT_BUILDINFO;
