/* SPDX-License-Identifier: BSD-3-Clause */
/* Dynamic range compressor: one compressor over all channels, from a blob. */
#include "compressor.h"
#include "enable_switch.h"

#include <ipc4/header.h>
#include <module/audio/frame_runs.h>
#include <module/audio/one_to_one.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/data_blob.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/platform.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(drc, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(drc);

struct drc_data {
	struct compressor compressor;
	void *delay; /* from prepare to reset, so that a new blob needs no memory on the way */
	struct comp_data_blob_handler *model_handler;
	struct sof_drc_config *config; /* NULL: pass audio on */
	bool switched_on;
	enum sof_ipc_frame fmt;
	unsigned int channels;
	uint32_t rate;
};

static int drc_validate(struct comp_dev *dev, void *new_data, uint32_t new_data_size)
{
	const struct sof_drc_config *config = new_data;

	if (!config || new_data_size != sizeof(*config)) {
		comp_err(dev, "blob of %u bytes, %zu are needed", new_data_size, sizeof(*config));
		return -EINVAL;
	}
	if (config->size != new_data_size) {
		comp_err(dev, "blob of %u bytes says it has %u", new_data_size, config->size);
		return -EINVAL;
	}
	if (!compressor_params_valid(&config->params)) {
		comp_err(dev, "a delay below 0");
		return -EINVAL;
	}
	return 0;
}

/* The first blob of all takes its place at once and is never announced as new. */
static bool drc_has_new_blob(struct drc_data *dd)
{
	return comp_is_new_data_blob_available(dd->model_handler) ||
	       (!dd->config && comp_is_current_data_blob_valid(dd->model_handler));
}

static void drc_take_blob(struct drc_data *dd)
{
	dd->config = comp_get_data_blob(dd->model_handler, NULL, NULL);
	if (dd->config)
		compressor_start(&dd->compressor, &dd->config->params, dd->delay, dd->channels,
				 dd->fmt == SOF_IPC_FRAME_S16_LE, dd->rate);
}

static int drc_init(struct processing_module *mod)
{
	struct drc_data *dd = mod_zalloc(mod, sizeof(*dd));

	if (!dd)
		return -ENOMEM;
	dd->model_handler = mod_data_blob_handler_new(mod);
	if (!dd->model_handler) {
		mod_free(mod, dd);
		return -ENOMEM;
	}
	comp_data_blob_set_validator(dd->model_handler, drc_validate);
	dd->switched_on = true;
	module_set_private_data(mod, dd);
	return 0;
}

static int drc_prepare(struct processing_module *mod, struct sof_source **sources,
		       int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct drc_data *dd = module_get_private_data(mod);
	enum sof_ipc_frame fmt;
	int ret;

	ret = one_to_one_check(mod, sources, num_of_sources, sinks, num_of_sinks,
			       ONE_TO_ONE_CONTAINER, &fmt, &dd->channels);
	if (ret)
		return ret;
	dd->fmt = fmt;
	dd->rate = source_get_rate(sources[0]);
	mod_free(mod, dd->delay);
	dd->delay = mod_alloc(mod, compressor_bytes(dd->channels, fmt == SOF_IPC_FRAME_S16_LE));
	if (!dd->delay)
		return -ENOMEM;
	drc_take_blob(dd);
	return 0;
}

/* Frames that end with a division, at the latest. */
static void drc_fragment(struct drc_data *dd, void *y, const void *x, size_t frames)
{
	switch (dd->fmt) {
	case SOF_IPC_FRAME_S16_LE:
		compressor_run_s16(&dd->compressor, y, x, frames);
		break;
	case SOF_IPC_FRAME_S24_4LE:
		compressor_run_s24(&dd->compressor, y, x, frames);
		break;
	default:
		compressor_run_s32(&dd->compressor, y, x, frames);
	}
	compressor_advance(&dd->compressor, frames, dd->switched_on);
}

static void drc_run(struct drc_data *dd, char *y, const char *x, size_t frames, size_t frame_bytes)
{
	while (frames) {
		const size_t n = MIN(frames, compressor_room(&dd->compressor));

		drc_fragment(dd, y, x, n);
		x += n * frame_bytes;
		y += n * frame_bytes;
		frames -= n;
	}
}

static int drc_process(struct processing_module *mod, struct sof_source **sources,
		       int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct drc_data *dd = module_get_private_data(mod);
	const size_t frames = frame_runs_possible(sources[0], sinks[0]);
	const size_t frame_bytes = source_get_frame_bytes(sources[0]);
	struct frame_runs runs;
	const void *x;
	void *y;
	size_t n;
	int ret;

	if (drc_has_new_blob(dd))
		drc_take_blob(dd);
	if (!frames)
		return 0;
	if (!dd->config || !dd->config->params.enabled)
		return source_to_sink_copy(sources[0], sinks[0], true, frames * frame_bytes);

	ret = frame_runs_begin(&runs, sources[0], sinks[0], frames);
	if (ret)
		return ret;
	if (dd->switched_on)
		compressor_begin(&dd->compressor);
	while ((n = frame_runs_next(&runs, &x, &y)))
		drc_run(dd, y, x, n, frame_bytes);
	return frame_runs_end(&runs);
}

static int drc_set_configuration(struct processing_module *mod, uint32_t config_id,
				 enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				 const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				 size_t response_size)
{
	struct drc_data *dd = module_get_private_data(mod);
	int ret;

	switch (config_id) {
	case SOF_IPC4_SWITCH_CONTROL_PARAM_ID:
		ret = enable_switch_set(pos, fragment, fragment_size, &dd->switched_on);
		if (ret)
			comp_err(mod->dev, "a switch is one value for index 0");
		return ret;
	case SOF_IPC4_ENUM_CONTROL_PARAM_ID:
		comp_err(mod->dev, "there is no enumerated control");
		return -EINVAL;
	default:
		return comp_data_blob_set(dd->model_handler, pos, data_offset_size, fragment,
					  fragment_size);
	}
}

static int drc_get_configuration(struct processing_module *mod, uint32_t config_id,
				 uint32_t *data_offset_size, uint8_t *fragment,
				 size_t fragment_size)
{
	struct drc_data *dd = module_get_private_data(mod);

	if (fragment_size < sizeof(struct sof_ipc_ctrl_data))
		return -EINVAL;
	return comp_data_blob_get_cmd(dd->model_handler, (struct sof_ipc_ctrl_data *)fragment,
				      (int)fragment_size);
}

static int drc_reset(struct processing_module *mod)
{
	struct drc_data *dd = module_get_private_data(mod);

	mod_free(mod, dd->delay);
	dd->delay = NULL;
	dd->config = NULL;
	return 0;
}

static int drc_free(struct processing_module *mod)
{
	struct drc_data *dd = module_get_private_data(mod);

	mod_data_blob_handler_free(mod, dd->model_handler);
	mod_free(mod, dd->delay);
	mod_free(mod, dd);
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface drc_interface = {
	.init = drc_init,
	.free = drc_free,
	.prepare = drc_prepare,
	.reset = drc_reset,
	.process = drc_process,
	.set_configuration = drc_set_configuration,
	.get_configuration = drc_get_configuration,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("DRC", &drc_interface, 1, SOF_REG_UUID(drc), 40, 1);

SOF_LLEXT_BUILDINFO;
