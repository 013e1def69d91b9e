/* SPDX-License-Identifier: BSD-3-Clause */
/* Level multiplier: one fixed gain for all channels. */
#include <ipc4/header.h>
#include <module/audio/frame_runs.h>
#include <module/audio/one_to_one.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/format.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/platform.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(level_multiplier, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(level_multiplier);

#define GAIN_FRACTION 23 /* bits behind the point: Q9.23 */
#define GAIN_ONE      (1 << GAIN_FRACTION)

typedef void (*level_func)(void *y, const void *x, size_t samples, int32_t gain);

struct level_data {
	int32_t gain;
	level_func func;
	unsigned int channels;
};

static inline int16_t multiplied_s16(int16_t x, int32_t gain)
{
	return (int16_t)q_multsr_sat_32x32_16(x, gain, Q_SHIFT_BITS_32(15, GAIN_FRACTION, 15));
}

static inline int32_t multiplied_s24(int32_t x, int32_t gain)
{
	return q_multsr_sat_32x32_24(sign_extend_s24(x), gain,
				     Q_SHIFT_BITS_64(23, GAIN_FRACTION, 23));
}

static inline int32_t multiplied_s32(int32_t x, int32_t gain)
{
	return q_multsr_sat_32x32(x, gain, Q_SHIFT_BITS_64(31, GAIN_FRACTION, 31));
}

#define LEVEL_FUNC(name, type, multiplied)                                                         \
	static void name(void *to, const void *from, size_t samples, int32_t gain)                 \
	{                                                                                          \
		const type *restrict x = from;                                                     \
		type *restrict y = to;                                                             \
                                                                                                   \
		for (size_t i = 0; i < samples; i++)                                               \
			y[i] = multiplied(x[i], gain);                                             \
	}

LEVEL_FUNC(level_s16, int16_t, multiplied_s16)
LEVEL_FUNC(level_s24, int32_t, multiplied_s24)
LEVEL_FUNC(level_s32, int32_t, multiplied_s32)

static level_func level_find_func(enum sof_ipc_frame fmt)
{
	switch (fmt) {
	case SOF_IPC_FRAME_S16_LE:
		return level_s16;
	case SOF_IPC_FRAME_S24_4LE:
		return level_s24;
	case SOF_IPC_FRAME_S32_LE:
		return level_s32;
	default:
		return NULL;
	}
}

static int level_init(struct processing_module *mod)
{
	struct level_data *ld = mod_zalloc(mod, sizeof(*ld));

	if (!ld)
		return -ENOMEM;
	ld->gain = GAIN_ONE;
	module_set_private_data(mod, ld);
	return 0;
}

static int level_prepare(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct level_data *ld = module_get_private_data(mod);
	enum sof_ipc_frame fmt;
	int ret;

	ret = one_to_one_check(mod, sources, num_of_sources, sinks, num_of_sinks,
			       ONE_TO_ONE_CONTAINER, &fmt, &ld->channels);
	if (ret)
		return ret;
	ld->func = level_find_func(fmt);
	return 0;
}

static int level_process(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const struct level_data *ld = module_get_private_data(mod);
	const size_t frames = frame_runs_possible(sources[0], sinks[0]);
	struct frame_runs runs;
	const void *x;
	void *y;
	size_t n;
	int ret;

	if (!frames)
		return 0;
	if (ld->gain == GAIN_ONE)
		return source_to_sink_copy(sources[0], sinks[0], true,
					   frames * source_get_frame_bytes(sources[0]));

	ret = frame_runs_begin(&runs, sources[0], sinks[0], frames);
	if (ret)
		return ret;
	while ((n = frame_runs_next(&runs, &x, &y)))
		ld->func(y, x, n * ld->channels, ld->gain);
	return frame_runs_end(&runs);
}

static int level_set_configuration(struct processing_module *mod, uint32_t config_id,
				   enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				   const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				   size_t response_size)
{
	struct level_data *ld = module_get_private_data(mod);

	if (config_id == SOF_IPC4_SWITCH_CONTROL_PARAM_ID ||
	    config_id == SOF_IPC4_ENUM_CONTROL_PARAM_ID || pos != MODULE_CFG_FRAGMENT_SINGLE ||
	    fragment_size != sizeof(ld->gain)) {
		comp_err(mod->dev, "configuration %u of %zu bytes, a gain has %zu", config_id,
			 fragment_size, sizeof(ld->gain));
		return -EINVAL;
	}
	memcpy(&ld->gain, fragment, sizeof(ld->gain));
	return 0;
}

static int level_get_configuration(struct processing_module *mod, uint32_t config_id,
				   uint32_t *data_offset_size, uint8_t *fragment,
				   size_t fragment_size)
{
	const struct level_data *ld = module_get_private_data(mod);

	if (config_id == SOF_IPC4_SWITCH_CONTROL_PARAM_ID ||
	    config_id == SOF_IPC4_ENUM_CONTROL_PARAM_ID || fragment_size < sizeof(ld->gain))
		return -EINVAL;
	memcpy(fragment, &ld->gain, sizeof(ld->gain));
	*data_offset_size = sizeof(ld->gain);
	return 0;
}

static int level_reset(struct processing_module *mod)
{
	struct level_data *ld = module_get_private_data(mod);

	ld->func = NULL;
	return 0;
}

static int level_free(struct processing_module *mod)
{
	mod_free(mod, module_get_private_data(mod));
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface level_multiplier_interface = {
	.init = level_init,
	.free = level_free,
	.prepare = level_prepare,
	.reset = level_reset,
	.process = level_process,
	.set_configuration = level_set_configuration,
	.get_configuration = level_get_configuration,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("LEVEL_MULTIPLIER", &level_multiplier_interface, 1,
				  SOF_REG_UUID(level_multiplier), 40, 1);

SOF_LLEXT_BUILDINFO;
