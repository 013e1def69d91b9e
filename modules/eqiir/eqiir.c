/* SPDX-License-Identifier: BSD-3-Clause */
/* IIR equaliser: a chain of biquads for every channel, from a blob. */
#include "eqiir.h"

#include <module/audio/frame_runs.h>
#include <module/audio/one_to_one.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/data_blob.h>
#include <sof/audio/format.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(eqiir, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(eq_iir);

struct eqiir_data;
typedef void (*eqiir_func)(struct eqiir_data *ed, void *y, const void *x, size_t frames);

struct eqiir_data {
	struct iir_state_df1 iir[PLATFORM_MAX_CHANNELS];
	/* room for the largest configuration, so that a new one needs no memory on the way */
	int32_t delay[EQIIR_DELAY_WORDS];
	struct comp_data_blob_handler *model_handler;
	struct sof_eq_iir_config *config; /* NULL: pass audio on */
	eqiir_func func;
	unsigned int channels;
};

/* Frame by frame: the channels' filters, each of which waits for itself, run side by side then. */
#define EQIIR_FUNC(name, type, filter)                                                             \
	static void name(struct eqiir_data *ed, void *to, const void *from, size_t frames)         \
	{                                                                                          \
		const size_t step = ed->channels;                                                  \
		const type *x = from;                                                              \
		type *y = to;                                                                      \
                                                                                                   \
		for (size_t i = 0; i < frames; i++, x += step, y += step)                          \
			for (size_t ch = 0; ch < step; ch++)                                       \
				y[ch] = filter(&ed->iir[ch], x[ch]);                               \
	}

EQIIR_FUNC(eqiir_s16, int16_t, iir_df1_s16)
EQIIR_FUNC(eqiir_s24, int32_t, iir_df1_s24)
EQIIR_FUNC(eqiir_s32, int32_t, iir_df1)

static eqiir_func eqiir_find_func(enum sof_ipc_frame fmt)
{
	switch (fmt) {
	case SOF_IPC_FRAME_S16_LE:
		return eqiir_s16;
	case SOF_IPC_FRAME_S24_4LE:
		return eqiir_s24;
	case SOF_IPC_FRAME_S32_LE:
		return eqiir_s32;
	default:
		return NULL;
	}
}

/* The first blob of all takes its place at once and is never announced as new. */
static bool eqiir_has_new_blob(struct eqiir_data *ed)
{
	return comp_is_new_data_blob_available(ed->model_handler) ||
	       (!ed->config && comp_is_current_data_blob_valid(ed->model_handler));
}

/* Only blobs that passed eqiir_validate() get this far. */
static void eqiir_take_blob(struct eqiir_data *ed)
{
	ed->config = comp_get_data_blob(ed->model_handler, NULL, NULL);
	if (ed->config)
		eqiir_setup(ed->config, ed->iir, ed->delay, ed->channels);
}

static int eqiir_init(struct processing_module *mod)
{
	struct eqiir_data *ed = mod_zalloc(mod, sizeof(*ed));

	if (!ed)
		return -ENOMEM;
	ed->model_handler = mod_data_blob_handler_new(mod);
	if (!ed->model_handler) {
		mod_free(mod, ed);
		return -ENOMEM;
	}
	comp_data_blob_set_validator(ed->model_handler, eqiir_validate);
	module_set_private_data(mod, ed);
	return 0;
}

static int eqiir_prepare(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct eqiir_data *ed = module_get_private_data(mod);
	enum sof_ipc_frame fmt;
	int ret;

	ret = one_to_one_check(mod, sources, num_of_sources, sinks, num_of_sinks, ONE_TO_ONE_VALID,
			       &fmt, &ed->channels);
	if (ret)
		return ret;
	ed->func = eqiir_find_func(fmt);
	eqiir_take_blob(ed);
	return 0;
}

static int eqiir_process(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct eqiir_data *ed = module_get_private_data(mod);
	const size_t frames = frame_runs_possible(sources[0], sinks[0]);
	struct frame_runs runs;
	const void *x;
	void *y;
	size_t n;
	int ret;

	if (eqiir_has_new_blob(ed))
		eqiir_take_blob(ed);
	if (!frames)
		return 0;
	if (!ed->config)
		return source_to_sink_copy(sources[0], sinks[0], true,
					   frames * source_get_frame_bytes(sources[0]));

	ret = frame_runs_begin(&runs, sources[0], sinks[0], frames);
	if (ret)
		return ret;
	while ((n = frame_runs_next(&runs, &x, &y)))
		ed->func(ed, y, x, n);
	return frame_runs_end(&runs);
}

static int eqiir_set_configuration(struct processing_module *mod, uint32_t config_id,
				   enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				   const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				   size_t response_size)
{
	struct eqiir_data *ed = module_get_private_data(mod);

	return comp_data_blob_set(ed->model_handler, pos, data_offset_size, fragment,
				  fragment_size);
}

static int eqiir_get_configuration(struct processing_module *mod, uint32_t config_id,
				   uint32_t *data_offset_size, uint8_t *fragment,
				   size_t fragment_size)
{
	struct eqiir_data *ed = module_get_private_data(mod);

	if (fragment_size < sizeof(struct sof_ipc_ctrl_data))
		return -EINVAL;
	return comp_data_blob_get_cmd(ed->model_handler, (struct sof_ipc_ctrl_data *)fragment,
				      (int)fragment_size);
}

static int eqiir_reset(struct processing_module *mod)
{
	struct eqiir_data *ed = module_get_private_data(mod);

	for (unsigned int ch = 0; ch < PLATFORM_MAX_CHANNELS; ch++)
		iir_reset_df1(&ed->iir[ch]);
	ed->config = NULL;
	ed->func = NULL;
	return 0;
}

static int eqiir_free(struct processing_module *mod)
{
	struct eqiir_data *ed = module_get_private_data(mod);

	mod_data_blob_handler_free(mod, ed->model_handler);
	mod_free(mod, ed);
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface eqiir_interface = {
	.init = eqiir_init,
	.free = eqiir_free,
	.prepare = eqiir_prepare,
	.reset = eqiir_reset,
	.process = eqiir_process,
	.set_configuration = eqiir_set_configuration,
	.get_configuration = eqiir_get_configuration,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("EQIIR", &eqiir_interface, 1, SOF_REG_UUID(eq_iir), 40, 1);

SOF_LLEXT_BUILDINFO;
