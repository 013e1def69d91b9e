/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A module to start from: copy this folder, rename what says "template", give it a UUID of its own.
 *
 * What it does is small on purpose. Switched on, it turns the order of the channels round; switched
 * off, as it begins, it copies. All that a module needs is here: state, format, audio, a control.
 */
#include <module/audio/one_rate.h>
#include <ipc4/header.h>
#include <module/audio/frame_runs.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/platform.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(template, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(template);

/* Everything the module remembers. A static variable would be shared by all instances, and a
 * thread in user mode may not even be allowed to touch it. */
struct template_data {
	bool enable;
	unsigned int channels;
	size_t sample_bytes;
};

/* An instance is made. It runs in its own thread from here on, if it is a DP module. */
static int template_init(struct processing_module *mod)
{
	struct template_data *td = mod_zalloc(mod, sizeof(*td));

	if (!td)
		return -ENOMEM;
	module_set_private_data(mod, td);
	return 0;
}

/* Source and sink are connected and their format is known. Refuse here what process() can't do. */
static int template_prepare(struct processing_module *mod, struct sof_source **sources,
			    int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct template_data *td = module_get_private_data(mod);

	if (num_of_sources != 1 || num_of_sinks != 1) {
		comp_err(mod->dev, "%d sources and %d sinks, one of each is needed", num_of_sources,
			 num_of_sinks);
		return -EINVAL;
	}
	if (source_get_frame_bytes(sources[0]) != sink_get_frame_bytes(sinks[0])) {
		comp_err(mod->dev, "source and sink differ in format");
		return -EINVAL;
	}
	if (one_rate_check(mod, sources, num_of_sources, sinks, num_of_sinks))
		return -EINVAL;
	td->channels = source_get_channels(sources[0]);
	td->sample_bytes = get_sample_bytes(source_get_frm_fmt(sources[0]));
	if (td->channels == 0 || td->channels > PLATFORM_MAX_CHANNELS ||
	    (td->sample_bytes != sizeof(int16_t) && td->sample_bytes != sizeof(int32_t))) {
		comp_err(mod->dev, "%u channels of %zu bytes are not supported", td->channels,
			 td->sample_bytes);
		return -EINVAL;
	}
	return 0;
}

static void reverse_s16(int16_t *y, const int16_t *x, size_t frames, unsigned int channels)
{
	for (; frames; frames--, x += channels, y += channels) {
		for (unsigned int ch = 0; ch < channels; ch++)
			y[ch] = x[channels - 1 - ch];
	}
}

/* S24 and S32: the samples are moved, not computed with, so both are the same. */
static void reverse_s32(int32_t *y, const int32_t *x, size_t frames, unsigned int channels)
{
	for (; frames; frames--, x += channels, y += channels) {
		for (unsigned int ch = 0; ch < channels; ch++)
			y[ch] = x[channels - 1 - ch];
	}
}

/* Called again and again. Take what is there and fits, and leave the rest for the next time. */
static int template_process(struct processing_module *mod, struct sof_source **sources,
			    int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const struct template_data *td = module_get_private_data(mod);
	const size_t frames = frame_runs_possible(sources[0], sinks[0]);
	struct frame_runs runs;
	const void *x;
	void *y;
	size_t n;
	int ret;

	if (!frames)
		return 0;
	if (!td->enable)
		return source_to_sink_copy(sources[0], sinks[0], true,
					   frames * source_get_frame_bytes(sources[0]));

	/* Buffers are circular; the walk hands out pieces that are not. */
	ret = frame_runs_begin(&runs, sources[0], sinks[0], frames);
	if (ret)
		return ret;
	while ((n = frame_runs_next(&runs, &x, &y))) {
		if (td->sample_bytes == sizeof(int16_t))
			reverse_s16(y, x, n, td->channels);
		else
			reverse_s32(y, x, n, td->channels);
	}
	return frame_runs_end(&runs);
}

/* A control was moved. What comes from outside is checked: sizes first, then values. */
static int template_set_configuration(struct processing_module *mod, uint32_t config_id,
				      enum module_cfg_fragment_position pos,
				      uint32_t data_offset_size, const uint8_t *fragment,
				      size_t fragment_size, uint8_t *response, size_t response_size)
{
	struct template_data *td = module_get_private_data(mod);
	struct {
		struct sof_ipc4_control_msg_payload head;
		struct sof_ipc4_ctrl_value_chan value;
	} control;

	if (config_id != SOF_IPC4_SWITCH_CONTROL_PARAM_ID || pos != MODULE_CFG_FRAGMENT_SINGLE ||
	    fragment_size < sizeof(control)) {
		comp_err(mod->dev, "configuration %u of %zu bytes is not known", config_id,
			 fragment_size);
		return -EINVAL;
	}
	memcpy(&control, fragment, sizeof(control));
	if (control.head.id != 0 || control.head.num_elems != 1) {
		comp_err(mod->dev, "there is no switch %u with %u values", control.head.id,
			 control.head.num_elems);
		return -EINVAL;
	}
	td->enable = control.value.value != 0;
	return 0;
}

/* The stream ends. Forget the signal, keep what the user has set. */
static int template_reset(struct processing_module *mod)
{
	struct template_data *td = module_get_private_data(mod);

	td->channels = 0;
	td->sample_bytes = 0;
	return 0;
}

static int template_free(struct processing_module *mod)
{
	mod_free(mod, module_get_private_data(mod));
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface template_interface = {
	.init = template_init,
	.free = template_free,
	.prepare = template_prepare,
	.reset = template_reset,
	.process = template_process,
	.set_configuration = template_set_configuration,
};

/* How the loader finds the module: name, interface, cores, UUID, instances at most, user mode. */
static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("TEMPLATE", &template_interface, 1, SOF_REG_UUID(template), 40,
				  1);

SOF_LLEXT_BUILDINFO;
