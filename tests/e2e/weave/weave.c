/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Several inputs, several outputs, other rates: the channels of all inputs side by side make one
 * wide frame, of which each output takes the next channels, from the first one again when they are
 * used up. Frames are dropped or repeated for another rate. All inputs have one rate, as have all
 * outputs. With init data its first word is how many bits samples are shifted down.
 */
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/lib/uuid.h>
#include <string.h>

#define WIDE 64

struct weave_data {
	uint64_t taken, given; /* frames */
	uint32_t shift;
	uint32_t rate_in, rate_out;
	size_t sample;
	unsigned int width;
	uint8_t wide[WIDE * sizeof(int32_t)];
};

static int weave_init(struct processing_module *mod)
{
	const struct module_config *config = &mod->priv.cfg;
	struct weave_data *wd = mod_zalloc(mod, sizeof(*wd));

	if (!wd)
		return -ENOMEM;
	if (!config->nb_output_pins && config->size >= sizeof(config->base_cfg) + sizeof(wd->shift))
		memcpy(&wd->shift, (const uint8_t *)config->init_data + sizeof(config->base_cfg),
		       sizeof(wd->shift));
	if (wd->shift > 31)
		return -EINVAL;
	mod->max_sources = 8;
	mod->max_sinks = 8;
	module_set_private_data(mod, wd);
	return 0;
}

static int weave_prepare(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct weave_data *wd = module_get_private_data(mod);

	if (!num_of_sources || !num_of_sinks)
		return -EINVAL;
	wd->taken = wd->given = 0;
	wd->width = 0;
	wd->rate_in = source_get_rate(sources[0]);
	wd->rate_out = sink_get_rate(sinks[0]);
	wd->sample = get_sample_bytes(source_get_frm_fmt(sources[0]));
	for (int i = 0; i < num_of_sources; i++)
		wd->width += source_get_channels(sources[i]);
	return wd->width > WIDE ? -EINVAL : 0;
}

static bool can_go_on(const struct weave_data *wd, struct sof_source **sources, int num_of_sources,
		      struct sof_sink **sinks, int num_of_sinks)
{
	const size_t most = wd->rate_out / wd->rate_in + 1;

	for (int i = 0; i < num_of_sources; i++) {
		if (!source_get_data_frames_available(sources[i]))
			return false;
	}
	for (int i = 0; i < num_of_sinks; i++) {
		if (sink_get_free_frames(sinks[i]) < most)
			return false;
	}
	return true;
}

static int take_one(struct weave_data *wd, struct sof_source *source, unsigned int at)
{
	const size_t frame = source_get_frame_bytes(source);
	const void *from, *start;
	size_t size;
	int ret = source_get_data(source, frame, &from, &start, &size);

	if (ret)
		return ret;
	memcpy(wd->wide + at * wd->sample, from, frame);
	return source_release_data(source, frame);
}

static void shift_down(struct weave_data *wd)
{
	for (unsigned int i = 0; wd->shift && i < wd->width; i++) {
		int16_t *narrow = (int16_t *)wd->wide + i;
		int32_t *word = (int32_t *)wd->wide + i;

		if (wd->sample == sizeof(*narrow))
			*narrow = (int16_t)(*narrow >> (wd->shift < 15 ? wd->shift : 15));
		else
			*word >>= wd->shift;
	}
}

static int give_one(const struct weave_data *wd, struct sof_sink *sink, unsigned int *at)
{
	const size_t frame = sink_get_frame_bytes(sink);
	void *to, *start;
	size_t size;
	int ret = sink_get_buffer(sink, frame, &to, &start, &size);

	if (ret)
		return ret;
	for (unsigned int c = 0; c < sink_get_channels(sink); c++, ++*at)
		memcpy((uint8_t *)to + c * wd->sample, wd->wide + *at % wd->width * wd->sample,
		       wd->sample);
	return sink_commit_buffer(sink, frame);
}

static int give(struct weave_data *wd, struct sof_sink **sinks, int num_of_sinks)
{
	int ret = 0;

	for (; !ret && wd->given * wd->rate_in < wd->taken * wd->rate_out; wd->given++) {
		unsigned int at = 0;

		for (int i = 0; !ret && i < num_of_sinks; i++)
			ret = give_one(wd, sinks[i], &at);
	}
	return ret;
}

static int weave_process(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct weave_data *wd = module_get_private_data(mod);
	int ret = 0;

	while (!ret && can_go_on(wd, sources, num_of_sources, sinks, num_of_sinks)) {
		unsigned int at = 0;

		for (int i = 0; !ret && i < num_of_sources; i++) {
			ret = take_one(wd, sources[i], at);
			at += source_get_channels(sources[i]);
		}
		shift_down(wd);
		wd->taken++;
		if (!ret)
			ret = give(wd, sinks, num_of_sinks);
	}
	return ret;
}

/* There is nothing to configure. */
static int weave_set_configuration(struct processing_module *mod, uint32_t config_id,
				   enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				   const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				   size_t response_size)
{
	return -EINVAL;
}

static int weave_free(struct processing_module *mod)
{
	return mod_free(mod, module_get_private_data(mod));
}

static const struct module_interface weave_interface = {
	.init = weave_init,
	.prepare = weave_prepare,
	.process = weave_process,
	.set_configuration = weave_set_configuration,
	.free = weave_free,
};

#define WEAVE_UUID                                                                                 \
	_UUID_INIT(0x6b0f7e21, 0x52d4, 0x4c9a, 0x8e, 0x13, 0x77, 0x65, 0x61, 0x76, 0x65, 0x01)

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("WEAVE", &weave_interface, 1, WEAVE_UUID, 40, 1);

SOF_LLEXT_BUILDINFO;
