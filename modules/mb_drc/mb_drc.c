/* SPDX-License-Identifier: BSD-3-Clause */
/* Multi-band dynamic range compressor: the module around bands.c. */
#include "../drc/enable_switch.h"
#include "bands.h"

#include <module/audio/frame_runs.h>
#include <module/audio/one_to_one.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/data_blob.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(multiband_drc, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(multiband_drc);

struct multiband_data {
	struct bands bands;
	void *delay[SOF_MULTIBAND_DRC_MAX_BANDS]; /* of the bands there have been since prepare */
	struct comp_data_blob_handler *model_handler;
	bool configured; /* else audio passes on */
	bool switched_on;
	enum sof_ipc_frame fmt;
	unsigned int channels;
	uint32_t rate;
};

static int multiband_validate(struct comp_dev *dev, void *new_data, uint32_t new_data_size)
{
	const struct sof_multiband_drc_config *config = new_data;
	const unsigned int most = SOF_MULTIBAND_DRC_MAX_BANDS;

	if (!config || new_data_size < sizeof(*config) || config->size != new_data_size) {
		comp_err(dev, "blob of %u bytes, which says it has another size or is too short",
			 new_data_size);
		return -EINVAL;
	}
	if (config->num_bands < LR4_BANK_WAYS_MIN || config->num_bands > most) {
		comp_err(dev, "%u bands, %d to %u are possible", config->num_bands,
			 LR4_BANK_WAYS_MIN, most);
		return -EINVAL;
	}
	if (new_data_size != sizeof(*config) + config->num_bands * sizeof(config->drc_coef[0])) {
		comp_err(dev, "blob of %u bytes for %u bands", new_data_size, config->num_bands);
		return -EINVAL;
	}
	if (!lr4_biquads_valid(config->crossover_coef, lr4_bank_biquads(config->num_bands)) ||
	    (config->enable_emp_deemp &&
	     (!lr4_biquads_valid(config->emp_coef, SOF_EMP_DEEMP_BIQUADS) ||
	      !lr4_biquads_valid(config->deemp_coef, SOF_EMP_DEEMP_BIQUADS)))) {
		comp_err(dev, "a filter shifts out of range");
		return -EINVAL;
	}
	for (unsigned int i = 0; i < config->num_bands; i++) {
		if (!compressor_params_valid(&config->drc_coef[i])) {
			comp_err(dev, "band %u has a delay below 0", i);
			return -EINVAL;
		}
	}
	return 0;
}

/* The first blob of all takes its place at once and is never announced as new. */
static bool multiband_has_new_blob(struct multiband_data *md)
{
	return comp_is_new_data_blob_available(md->model_handler) ||
	       (!md->configured && comp_is_current_data_blob_valid(md->model_handler));
}

/* Without memory what was in use goes on. */
static int multiband_take_blob(struct processing_module *mod)
{
	struct multiband_data *md = module_get_private_data(mod);
	const struct sof_multiband_drc_config *config =
		comp_get_data_blob(md->model_handler, NULL, NULL);

	if (!config)
		return 0;
	for (unsigned int i = 0; i < config->num_bands; i++) {
		if (!md->delay[i])
			md->delay[i] = mod_alloc(mod, bands_bytes(md->fmt, md->channels));
		if (!md->delay[i]) {
			comp_err(mod->dev, "no memory for %u bands", config->num_bands);
			return -ENOMEM;
		}
	}
	bands_start(&md->bands, config, md->delay, md->fmt, md->channels, md->rate);
	md->configured = true;
	return 0;
}

static void multiband_forget(struct processing_module *mod)
{
	struct multiband_data *md = module_get_private_data(mod);

	for (unsigned int i = 0; i < SOF_MULTIBAND_DRC_MAX_BANDS; i++) {
		mod_free(mod, md->delay[i]);
		md->delay[i] = NULL;
	}
	md->configured = false;
}

static int multiband_init(struct processing_module *mod)
{
	struct multiband_data *md = mod_zalloc(mod, sizeof(*md));

	if (!md)
		return -ENOMEM;
	md->model_handler = mod_data_blob_handler_new(mod);
	if (!md->model_handler) {
		mod_free(mod, md);
		return -ENOMEM;
	}
	comp_data_blob_set_validator(md->model_handler, multiband_validate);
	md->switched_on = true;
	module_set_private_data(mod, md);
	return 0;
}

static int multiband_prepare(struct processing_module *mod, struct sof_source **sources,
			     int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct multiband_data *md = module_get_private_data(mod);
	enum sof_ipc_frame fmt;
	int ret;

	ret = one_to_one_check(mod, sources, num_of_sources, sinks, num_of_sinks,
			       ONE_TO_ONE_CONTAINER, &fmt, &md->channels);
	if (ret)
		return ret;
	md->fmt = fmt;
	md->rate = source_get_rate(sources[0]);
	multiband_forget(mod);
	return multiband_take_blob(mod);
}

static int multiband_process(struct processing_module *mod, struct sof_source **sources,
			     int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct multiband_data *md = module_get_private_data(mod);
	const size_t frames = frame_runs_possible(sources[0], sinks[0]);
	struct frame_runs runs;
	const void *x;
	void *y;
	size_t n;
	int ret;

	if (multiband_has_new_blob(md)) {
		ret = multiband_take_blob(mod);
		if (ret)
			return ret;
	}
	if (!frames)
		return 0;
	if (!md->configured || !md->switched_on)
		return source_to_sink_copy(sources[0], sinks[0], true,
					   frames * source_get_frame_bytes(sources[0]));

	ret = frame_runs_begin(&runs, sources[0], sinks[0], frames);
	if (ret)
		return ret;
	while ((n = frame_runs_next(&runs, &x, &y)))
		bands_run(&md->bands, y, x, n);
	return frame_runs_end(&runs);
}

static int multiband_set_configuration(struct processing_module *mod, uint32_t config_id,
				       enum module_cfg_fragment_position pos,
				       uint32_t data_offset_size, const uint8_t *fragment,
				       size_t fragment_size, uint8_t *response,
				       size_t response_size)
{
	struct multiband_data *md = module_get_private_data(mod);
	int ret;

	switch (config_id) {
	case SOF_IPC4_SWITCH_CONTROL_PARAM_ID:
		ret = enable_switch_set(pos, fragment, fragment_size, &md->switched_on);
		if (ret)
			comp_err(mod->dev, "a switch is one value for index 0");
		return ret;
	case SOF_IPC4_ENUM_CONTROL_PARAM_ID:
		comp_err(mod->dev, "there is no enumerated control");
		return -EINVAL;
	default:
		return comp_data_blob_set(md->model_handler, pos, data_offset_size, fragment,
					  fragment_size);
	}
}

static int multiband_get_configuration(struct processing_module *mod, uint32_t config_id,
				       uint32_t *data_offset_size, uint8_t *fragment,
				       size_t fragment_size)
{
	struct multiband_data *md = module_get_private_data(mod);

	if (fragment_size < sizeof(struct sof_ipc_ctrl_data))
		return -EINVAL;
	return comp_data_blob_get_cmd(md->model_handler, (struct sof_ipc_ctrl_data *)fragment,
				      (int)fragment_size);
}

static int multiband_reset(struct processing_module *mod)
{
	multiband_forget(mod);
	return 0;
}

static int multiband_free(struct processing_module *mod)
{
	struct multiband_data *md = module_get_private_data(mod);

	multiband_forget(mod);
	mod_data_blob_handler_free(mod, md->model_handler);
	mod_free(mod, md);
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface multiband_interface = {
	.init = multiband_init,
	.free = multiband_free,
	.prepare = multiband_prepare,
	.reset = multiband_reset,
	.process = multiband_process,
	.set_configuration = multiband_set_configuration,
	.get_configuration = multiband_get_configuration,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("MB_DRC", &multiband_interface, 1, SOF_REG_UUID(multiband_drc),
				  40, 1);

SOF_LLEXT_BUILDINFO;
