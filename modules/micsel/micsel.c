/* SPDX-License-Identifier: BSD-3-Clause */
/* Selector: makes output channels of input channels, up, down or across, by a matrix. */
#include "profiles.h"

#include <module/audio/one_rate.h>
#include <module/audio/frame_ports.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(micsel, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(selector4);

struct micsel_data {
	struct profiles profiles;
	struct matrix matrix;	 /* of the profile that is in use */
	bool identity;		 /* matrix passes every channel on */
	unsigned int out_wanted; /* channels the init message asked for; 0: it did not say */
	matrix_func mix;	 /* NULL: not prepared */
};

/* Output channels as the message asks for them: the format alone, or as one of two pins. */
static int channels_wanted(struct processing_module *mod, unsigned int *channels)
{
	const struct module_config *cfg = &mod->priv.cfg;
	const size_t base = sizeof(struct ipc4_base_module_cfg);
	const uint8_t *more = (const uint8_t *)cfg->init_data + base;
	struct ipc4_base_module_cfg_ext ext;
	struct ipc4_output_pin_format pin;
	struct ipc4_audio_format format;

	*channels = 0;
	if (!cfg->init_data || cfg->size == base)
		return 0;
	if (cfg->size == base + sizeof(format)) {
		memcpy(&format, more, sizeof(format));
	} else if (cfg->size == base + ipc4_calc_base_module_cfg_ext_size(1, 1)) {
		memcpy(&ext, more, sizeof(ext));
		if (ext.nb_input_pins != 1 || ext.nb_output_pins != 1)
			return -EINVAL;
		memcpy(&pin, more + sizeof(ext) + sizeof(struct ipc4_input_pin_format),
		       sizeof(pin));
		format = pin.audio_fmt;
	} else {
		return -EINVAL;
	}
	*channels = format.channels_count;
	return *channels && *channels <= MATRIX_CHANNELS_MAX ? 0 : -EINVAL;
}

static int micsel_init(struct processing_module *mod)
{
	struct micsel_data *md;
	unsigned int wanted;

	if (channels_wanted(mod, &wanted)) {
		comp_err(mod->dev,
			 "init message of %zu bytes, without one output of 1 to %d channels",
			 mod->priv.cfg.size, MATRIX_CHANNELS_MAX);
		return -EINVAL;
	}
	md = mod_zalloc(mod, sizeof(*md));
	if (!md)
		return -ENOMEM;
	md->out_wanted = wanted;
	module_set_private_data(mod, md);
	return 0;
}

static int micsel_choose(struct processing_module *mod, const struct profiles *profiles)
{
	struct micsel_data *md = module_get_private_data(mod);

	if (profiles_choose(profiles, &md->matrix)) {
		comp_err(mod->dev, "no coefficients for %u to %u channels", md->matrix.inputs,
			 md->matrix.outputs);
		return -EINVAL;
	}
	md->identity = matrix_is_identity(&md->matrix);
	return 0;
}

static int micsel_prepare(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct micsel_data *md = module_get_private_data(mod);
	unsigned int inputs, outputs;
	enum sof_ipc_frame fmt;
	matrix_func mix;

	if (num_of_sources != 1 || num_of_sinks != 1) {
		comp_err(mod->dev, "%d sources and %d sinks, one of each is needed", num_of_sources,
			 num_of_sinks);
		return -EINVAL;
	}
	if (one_rate_check(mod, sources, num_of_sources, sinks, num_of_sinks))
		return -EINVAL;
	fmt = source_get_frm_fmt(sources[0]);
	inputs = source_get_channels(sources[0]);
	outputs = sink_get_channels(sinks[0]);
	mix = matrix_find(fmt);
	if (!mix || inputs == 0 || inputs > MATRIX_CHANNELS_MAX || outputs == 0 ||
	    outputs > MATRIX_CHANNELS_MAX || sink_get_frm_fmt(sinks[0]) != fmt ||
	    source_get_frame_bytes(sources[0]) != get_frame_bytes(fmt, inputs) ||
	    sink_get_frame_bytes(sinks[0]) != get_frame_bytes(fmt, outputs)) {
		comp_err(mod->dev, "format %d with %u channels to %d with %u is not supported", fmt,
			 inputs, sink_get_frm_fmt(sinks[0]), outputs);
		return -EINVAL;
	}
	if (md->out_wanted && md->out_wanted != outputs) {
		comp_err(mod->dev, "made for %u output channels, connected to %u", md->out_wanted,
			 outputs);
		return -EINVAL;
	}
	md->matrix.inputs = inputs;
	md->matrix.outputs = outputs;
	if (micsel_choose(mod, &md->profiles))
		return -EINVAL;
	md->mix = mix;
	return 0;
}

static int micsel_process(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const struct micsel_data *md = module_get_private_data(mod);
	const size_t there = source_get_data_frames_available(sources[0]);
	const size_t room = sink_get_free_frames(sinks[0]);
	const size_t frames = there < room ? there : room;
	struct frame_port ports[2];
	size_t n;
	int ret;

	if (!frames)
		return 0;
	if (md->identity)
		return source_to_sink_copy(sources[0], sinks[0], true,
					   frames * source_get_frame_bytes(sources[0]));

	frame_port_of_source(&ports[0], sources[0]);
	frame_port_of_sink(&ports[1], sinks[0]);
	ret = frame_ports_open(ports, 2, frames);
	if (ret)
		return ret;
	while ((n = frame_ports_next(ports, 2)))
		md->mix(&md->matrix, ports[1].data, ports[0].data, n);
	return frame_ports_close(ports, 2);
}

/* Of several profiles, one must be for the channels there are; before they are known, prepare()
 * looks. */
static int micsel_set_configuration(struct processing_module *mod, uint32_t config_id,
				    enum module_cfg_fragment_position pos,
				    uint32_t data_offset_size, const uint8_t *fragment,
				    size_t fragment_size, uint8_t *response, size_t response_size)
{
	struct micsel_data *md = module_get_private_data(mod);
	struct profiles read = { .count = 0 };

	if (config_id != IPC4_SELECTOR_COEFFS_CONFIG_ID || pos != MODULE_CFG_FRAGMENT_SINGLE ||
	    fragment_size < data_offset_size || profiles_read(&read, fragment, data_offset_size)) {
		comp_err(mod->dev, "configuration %u of %u bytes, 0 of 1 to %d times %zu is known",
			 config_id, data_offset_size, PROFILES_MAX, sizeof(read.profile[0]));
		return -EINVAL;
	}
	if (md->mix && micsel_choose(mod, &read))
		return -EINVAL;
	md->profiles = read;
	return 0;
}

static int micsel_get_configuration(struct processing_module *mod, uint32_t config_id,
				    uint32_t *data_offset_size, uint8_t *fragment,
				    size_t fragment_size)
{
	const struct micsel_data *md = module_get_private_data(mod);
	const size_t size = md->profiles.count * sizeof(md->profiles.profile[0]);

	if (config_id != IPC4_SELECTOR_COEFFS_CONFIG_ID || fragment_size < size)
		return -EINVAL;
	memcpy(fragment, md->profiles.profile, size);
	*data_offset_size = (uint32_t)size;
	return 0;
}

static int micsel_reset(struct processing_module *mod)
{
	struct micsel_data *md = module_get_private_data(mod);

	md->mix = NULL;
	return 0;
}

static int micsel_free(struct processing_module *mod)
{
	mod_free(mod, module_get_private_data(mod));
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface micsel_interface = {
	.init = micsel_init,
	.free = micsel_free,
	.prepare = micsel_prepare,
	.reset = micsel_reset,
	.process = micsel_process,
	.set_configuration = micsel_set_configuration,
	.get_configuration = micsel_get_configuration,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("MICSEL", &micsel_interface, 1, SOF_REG_UUID(selector4), 8, 1);

SOF_LLEXT_BUILDINFO;
