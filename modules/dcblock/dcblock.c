/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * DC blocking filter, one pole and one zero a channel: H(z) = (1 - 1/z) / (1 - R/z).
 * Arithmetic as in SOF's generic C: state Q1.31, R Q2.30, one rounding and one saturation a sample.
 */
#include <module/audio/frame_runs.h>
#include <module/audio/one_to_one.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/data_blob.h>
#include <sof/audio/format.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/lib/uuid.h>
#include <sof/platform.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(dcblock, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(dcblock);

struct dcblock_state {
	int32_t x_prev; /* Q1.31 */
	int32_t y_prev;
};

struct dcblock_data;
typedef void (*dcblock_func)(struct dcblock_data *dd, void *y, const void *x, size_t frames);

struct dcblock_data {
	struct dcblock_state state[PLATFORM_MAX_CHANNELS];
	int32_t R_coeffs[PLATFORM_MAX_CHANNELS]; /* Q2.30 */
	struct comp_data_blob_handler *model_handler;
	bool has_blob; /* R_coeffs come from one */
	dcblock_func func;
	unsigned int channels;
};

/* Apart, so that a jump decides: as it is foreseen, the next step need not wait for the comparison. */
static __attribute__((noinline, cold)) int32_t dcblock_limit(int64_t y)
{
	return y < 0 ? INT32_MIN : INT32_MAX;
}

static inline int32_t dcblock_step(struct dcblock_state *state, int32_t r, int32_t x)
{
	const int64_t change = (int64_t)x - state->x_prev;
	const int64_t y = change + Q_SHIFT_RND((int64_t)r * state->y_prev, 61, 31);

	state->y_prev = y < INT32_MIN || y > INT32_MAX ? dcblock_limit(y) : (int32_t)y;
	state->x_prev = x;
	return state->y_prev;
}

/* One channel at a time: its state stays in registers. IN makes Q1.31 of a sample, OUT the sample
 * of the result. */
#define DCBLOCK_FUNC(name, type, IN, OUT)                                                          \
	static void name(struct dcblock_data *dd, void *to, const void *from, size_t frames)       \
	{                                                                                          \
		const size_t step = dd->channels;                                                  \
                                                                                                   \
		for (size_t ch = 0; ch < step; ch++) {                                             \
			const type *x = (const type *)from + ch;                                   \
			type *y = (type *)to + ch;                                                 \
			struct dcblock_state state = dd->state[ch];                                \
			const int32_t r = dd->R_coeffs[ch];                                        \
                                                                                                   \
			for (size_t i = 0; i < frames * step; i += step)                           \
				y[i] = OUT(dcblock_step(&state, r, IN(x[i])));                     \
			dd->state[ch] = state;                                                     \
		}                                                                                  \
	}

#define S16_IN(x)   ((int32_t)((uint32_t)(x) << 16))
#define S16_OUT(y)  sat_int16(Q_SHIFT_RND(y, 31, 15))
#define S24_IN(x)   ((int32_t)((uint32_t)(x) << 8))
#define S24_OUT(y)  sat_int24(Q_SHIFT_RND(y, 31, 23))
#define S32_SAME(x) (x)

DCBLOCK_FUNC(dcblock_s16, int16_t, S16_IN, S16_OUT)
DCBLOCK_FUNC(dcblock_s24, int32_t, S24_IN, S24_OUT)
DCBLOCK_FUNC(dcblock_s32, int32_t, S32_SAME, S32_SAME)

static dcblock_func dcblock_find_func(enum sof_ipc_frame fmt)
{
	switch (fmt) {
	case SOF_IPC_FRAME_S16_LE:
		return dcblock_s16;
	case SOF_IPC_FRAME_S24_4LE:
		return dcblock_s24;
	case SOF_IPC_FRAME_S32_LE:
		return dcblock_s32;
	default:
		return NULL;
	}
}

/* A pole outside the unit circle makes a filter that explodes: such a blob is malformed. */
static int dcblock_validate(struct comp_dev *dev, void *new_data, uint32_t new_data_size)
{
	int32_t r[PLATFORM_MAX_CHANNELS];

	if (new_data_size != sizeof(r)) {
		comp_err(dev, "blob has %u bytes, %zu are needed", new_data_size, sizeof(r));
		return -EINVAL;
	}
	memcpy(r, new_data, sizeof(r));
	for (unsigned int ch = 0; ch < PLATFORM_MAX_CHANNELS; ch++) {
		if (r[ch] < -ONE_Q2_30 || r[ch] > ONE_Q2_30) {
			comp_err(dev, "R of channel %u is %d, outside -1 to 1 (Q2.30)", ch, r[ch]);
			return -EINVAL;
		}
	}
	return 0;
}

/* Without a blob R is 1: pole and zero cancel out and the signal passes as it is. */
static void dcblock_load_coefficients(struct dcblock_data *dd)
{
	size_t size;
	const void *blob = comp_get_data_blob(dd->model_handler, &size, NULL);

	dd->has_blob = blob && size == sizeof(dd->R_coeffs);
	if (dd->has_blob) {
		memcpy(dd->R_coeffs, blob, sizeof(dd->R_coeffs));
		return;
	}
	for (unsigned int ch = 0; ch < PLATFORM_MAX_CHANNELS; ch++)
		dd->R_coeffs[ch] = ONE_Q2_30;
}

/* The first blob of all takes its place at once and is never announced as new. */
static bool dcblock_has_new_blob(struct dcblock_data *dd)
{
	return comp_is_new_data_blob_available(dd->model_handler) ||
	       (!dd->has_blob && comp_is_current_data_blob_valid(dd->model_handler));
}

static int dcblock_init(struct processing_module *mod)
{
	struct dcblock_data *dd = mod_zalloc(mod, sizeof(*dd));

	if (!dd)
		return -ENOMEM;
	dd->model_handler = mod_data_blob_handler_new(mod);
	if (!dd->model_handler) {
		mod_free(mod, dd);
		return -ENOMEM;
	}
	comp_data_blob_set_validator(dd->model_handler, dcblock_validate);
	module_set_private_data(mod, dd);
	return 0;
}

static int dcblock_prepare(struct processing_module *mod, struct sof_source **sources,
			   int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct dcblock_data *dd = module_get_private_data(mod);
	enum sof_ipc_frame fmt;
	int ret;

	ret = one_to_one_check(mod, sources, num_of_sources, sinks, num_of_sinks,
			       ONE_TO_ONE_CONTAINER, &fmt, &dd->channels);
	if (ret)
		return ret;
	dd->func = dcblock_find_func(fmt);
	memset(dd->state, 0, sizeof(dd->state));
	dcblock_load_coefficients(dd);
	return 0;
}

static int dcblock_process(struct processing_module *mod, struct sof_source **sources,
			   int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct dcblock_data *dd = module_get_private_data(mod);
	const size_t frames = frame_runs_possible(sources[0], sinks[0]);
	struct frame_runs runs;
	const void *x;
	void *y;
	size_t n;
	int ret;

	if (dcblock_has_new_blob(dd))
		dcblock_load_coefficients(dd);
	if (!frames)
		return 0;

	ret = frame_runs_begin(&runs, sources[0], sinks[0], frames);
	if (ret)
		return ret;
	while ((n = frame_runs_next(&runs, &x, &y)))
		dd->func(dd, y, x, n);
	return frame_runs_end(&runs);
}

static int dcblock_set_configuration(struct processing_module *mod, uint32_t config_id,
				     enum module_cfg_fragment_position pos,
				     uint32_t data_offset_size, const uint8_t *fragment,
				     size_t fragment_size, uint8_t *response, size_t response_size)
{
	struct dcblock_data *dd = module_get_private_data(mod);

	return comp_data_blob_set(dd->model_handler, pos, data_offset_size, fragment,
				  fragment_size);
}

static int dcblock_get_configuration(struct processing_module *mod, uint32_t config_id,
				     uint32_t *data_offset_size, uint8_t *fragment,
				     size_t fragment_size)
{
	struct dcblock_data *dd = module_get_private_data(mod);

	if (fragment_size < sizeof(struct sof_ipc_ctrl_data))
		return -EINVAL;
	return comp_data_blob_get_cmd(dd->model_handler, (struct sof_ipc_ctrl_data *)fragment,
				      (int)fragment_size);
}

static int dcblock_reset(struct processing_module *mod)
{
	struct dcblock_data *dd = module_get_private_data(mod);

	memset(dd->state, 0, sizeof(dd->state));
	dd->func = NULL;
	return 0;
}

static int dcblock_free(struct processing_module *mod)
{
	struct dcblock_data *dd = module_get_private_data(mod);

	mod_data_blob_handler_free(mod, dd->model_handler);
	mod_free(mod, dd);
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface dcblock_interface = {
	.init = dcblock_init,
	.free = dcblock_free,
	.prepare = dcblock_prepare,
	.reset = dcblock_reset,
	.process = dcblock_process,
	.set_configuration = dcblock_set_configuration,
	.get_configuration = dcblock_get_configuration,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("DCBLOCK", &dcblock_interface, 1, SOF_REG_UUID(dcblock), 40, 1);

SOF_LLEXT_BUILDINFO;
