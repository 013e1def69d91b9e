/* SPDX-License-Identifier: BSD-3-Clause */
/* FIR equaliser: a filter for every channel, from a blob. */
#include "eqfir.h"

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

LOG_MODULE_REGISTER(eqfir, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(eq_fir);

struct eqfir_data;
typedef void (*eqfir_func)(struct eqfir_data *ed, void *y, const void *x, size_t frames);

struct eqfir_data {
	struct eqfir_filters filters;
	struct filter_line *line; /* one a channel, from prepare to reset */
	struct comp_data_blob_handler *model_handler;
	bool has_blob; /* filters come from one */
	eqfir_func func;
	unsigned int channels;
};

/* A block of all channels before the next block, so that it stays in the cache. */
#define EQFIR_FUNC(name, type, filter, PASS)                                                       \
	static void name(struct eqfir_data *ed, void *to, const void *from, size_t frames)         \
	{                                                                                          \
		const size_t step = ed->channels;                                                  \
		const type *x = from;                                                              \
		type *y = to;                                                                      \
                                                                                                   \
		while (frames) {                                                                   \
			const size_t n = MIN(frames, FILTER_BLOCK);                                \
                                                                                                   \
			for (size_t ch = 0; ch < step; ch++) {                                     \
				const struct filter_response *const response =                     \
					ed->filters.channel[ch];                                   \
                                                                                                   \
				if (response)                                                      \
					filter(response, &ed->line[ch], y + ch, x + ch, n, step);  \
				for (size_t i = ch; !response && i < n * step; i += step)          \
					y[i] = PASS(x[i]);                                         \
			}                                                                          \
			x += n * step;                                                             \
			y += n * step;                                                             \
			frames -= n;                                                               \
		}                                                                                  \
	}

#define SAME(x) (x)

EQFIR_FUNC(eqfir_s16, int16_t, filter_s16, SAME)
EQFIR_FUNC(eqfir_s24, int32_t, filter_s24, sign_extend_s24)
EQFIR_FUNC(eqfir_s32, int32_t, filter_s32, SAME)

static eqfir_func eqfir_find_func(enum sof_ipc_frame fmt)
{
	switch (fmt) {
	case SOF_IPC_FRAME_S16_LE:
		return eqfir_s16;
	case SOF_IPC_FRAME_S24_4LE:
		return eqfir_s24;
	case SOF_IPC_FRAME_S32_LE:
		return eqfir_s32;
	default:
		return NULL;
	}
}

/* The first blob of all takes its place at once and is never announced as new. */
static bool eqfir_has_new_blob(struct eqfir_data *ed)
{
	return comp_is_new_data_blob_available(ed->model_handler) ||
	       (!ed->has_blob && comp_is_current_data_blob_valid(ed->model_handler));
}

/* Only blobs that passed eqfir_validate() get this far. */
static void eqfir_take_blob(struct eqfir_data *ed)
{
	const void *blob = comp_get_data_blob(ed->model_handler, NULL, NULL);

	ed->has_blob = blob;
	ed->filters.any = false;
	if (!blob)
		return;
	eqfir_setup(blob, &ed->filters, ed->channels);
	for (unsigned int ch = 0; ch < ed->channels; ch++)
		filter_line_clear(&ed->line[ch]);
}

static int eqfir_init(struct processing_module *mod)
{
	struct eqfir_data *ed = mod_zalloc(mod, sizeof(*ed));

	if (!ed)
		return -ENOMEM;
	ed->model_handler = mod_data_blob_handler_new(mod);
	if (!ed->model_handler) {
		mod_free(mod, ed);
		return -ENOMEM;
	}
	comp_data_blob_set_validator(ed->model_handler, eqfir_validate);
	module_set_private_data(mod, ed);
	return 0;
}

static int eqfir_prepare(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct eqfir_data *ed = module_get_private_data(mod);
	enum sof_ipc_frame fmt;
	int ret;

	ret = one_to_one_check(mod, sources, num_of_sources, sinks, num_of_sinks, ONE_TO_ONE_VALID,
			       &fmt, &ed->channels);
	if (ret)
		return ret;
	ed->func = eqfir_find_func(fmt);
	/* for the longest filter, so that a new blob needs no memory on the way */
	mod_free(mod, ed->line);
	ed->line = mod_alloc(mod, ed->channels * sizeof(*ed->line));
	if (!ed->line)
		return -ENOMEM;
	eqfir_take_blob(ed);
	return 0;
}

static int eqfir_process(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct eqfir_data *ed = module_get_private_data(mod);
	const size_t frames = frame_runs_possible(sources[0], sinks[0]);
	struct frame_runs runs;
	const void *x;
	void *y;
	size_t n;
	int ret;

	if (eqfir_has_new_blob(ed))
		eqfir_take_blob(ed);
	if (!frames)
		return 0;
	if (!ed->filters.any)
		return source_to_sink_copy(sources[0], sinks[0], true,
					   frames * source_get_frame_bytes(sources[0]));

	ret = frame_runs_begin(&runs, sources[0], sinks[0], frames);
	if (ret)
		return ret;
	while ((n = frame_runs_next(&runs, &x, &y)))
		ed->func(ed, y, x, n);
	return frame_runs_end(&runs);
}

static int eqfir_set_configuration(struct processing_module *mod, uint32_t config_id,
				   enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				   const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				   size_t response_size)
{
	struct eqfir_data *ed = module_get_private_data(mod);

	return comp_data_blob_set(ed->model_handler, pos, data_offset_size, fragment,
				  fragment_size);
}

static int eqfir_get_configuration(struct processing_module *mod, uint32_t config_id,
				   uint32_t *data_offset_size, uint8_t *fragment,
				   size_t fragment_size)
{
	struct eqfir_data *ed = module_get_private_data(mod);

	if (fragment_size < sizeof(struct sof_ipc_ctrl_data))
		return -EINVAL;
	return comp_data_blob_get_cmd(ed->model_handler, (struct sof_ipc_ctrl_data *)fragment,
				      (int)fragment_size);
}

static int eqfir_reset(struct processing_module *mod)
{
	struct eqfir_data *ed = module_get_private_data(mod);

	mod_free(mod, ed->line);
	ed->line = NULL;
	ed->has_blob = false;
	ed->func = NULL;
	return 0;
}

static int eqfir_free(struct processing_module *mod)
{
	struct eqfir_data *ed = module_get_private_data(mod);

	mod_free(mod, ed->line);
	mod_data_blob_handler_free(mod, ed->model_handler);
	mod_free(mod, ed);
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface eqfir_interface = {
	.init = eqfir_init,
	.free = eqfir_free,
	.prepare = eqfir_prepare,
	.reset = eqfir_reset,
	.process = eqfir_process,
	.set_configuration = eqfir_set_configuration,
	.get_configuration = eqfir_get_configuration,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("EQFIR", &eqfir_interface, 1, SOF_REG_UUID(eq_fir), 40, 1);

SOF_LLEXT_BUILDINFO;
