/* SPDX-License-Identifier: BSD-3-Clause */
/* Formats of the ends, and samples between them. */
#include "ends.h"

#include <sof/audio/audio_stream.h>
#include <string.h>

/* Channels go over one to one: none is left, none is made. */
static int check(const struct mux_ends *ends)
{
	const unsigned int sum = ends->of[0].channels_count + ends->of[1].channels_count;

	if (sum == 0 || sum > MUX_CHANNELS_MAX || ends->one.channels_count != sum)
		return -EINVAL;
	return 0;
}

int mux_ends_read(struct mux_ends *ends, const void *data, size_t size, bool mux)
{
	struct mux_ends read = { .told = true };
	struct mux_data mux_data;

	if (size != sizeof(mux_data))
		return -EINVAL;
	memcpy(&mux_data, data, sizeof(mux_data));
	read.one = mux ? mux_data.output_format : mux_data.base_cfg.audio_fmt;
	read.of[0] = mux ? mux_data.base_cfg.audio_fmt : mux_data.output_format;
	read.of[1] = mux_data.reference_format;
	if (check(&read))
		return -EINVAL;
	*ends = read;
	return 0;
}

/* Both kinds of pin have the same layout. */
static int read_pins(struct mux_ends *ends, const uint8_t *at, unsigned int several,
		     unsigned int one, bool mux)
{
	const unsigned int inputs = mux ? several : one;
	struct ipc4_input_pin_format pin;

	if (one != 1 || several == 0 || several > MUX_ENDS)
		return -EINVAL;
	for (unsigned int i = 0; i < several + one; i++, at += sizeof(pin)) {
		const bool of_several = (i < inputs) == mux;

		memcpy(&pin, at, sizeof(pin));
		if (pin.pin_index >= (of_several ? MUX_ENDS : 1))
			return -EINVAL;
		if (of_several)
			ends->of[pin.pin_index] = pin.audio_fmt;
		else
			ends->one = pin.audio_fmt;
	}
	ends->told = true;
	return check(ends);
}

int mux_ends_init(struct mux_ends *ends, const struct module_config *cfg, bool mux)
{
	const size_t base = sizeof(struct ipc4_base_module_cfg);
	const uint8_t *const more = (const uint8_t *)cfg->init_data + base;
	struct ipc4_base_module_cfg_ext ext;

	memset(ends, 0, sizeof(*ends));
	if (!cfg->init_data || cfg->size == base)
		return 0;
	if (cfg->size == sizeof(struct mux_data))
		return mux_ends_read(ends, cfg->init_data, cfg->size, mux);
	if (cfg->size < base + sizeof(ext))
		return -EINVAL;
	memcpy(&ext, more, sizeof(ext));
	if (cfg->size - base !=
	    ipc4_calc_base_module_cfg_ext_size((size_t)ext.nb_input_pins, ext.nb_output_pins))
		return -EINVAL;
	return read_pins(ends, more + sizeof(ext), mux ? ext.nb_input_pins : ext.nb_output_pins,
			 mux ? ext.nb_output_pins : ext.nb_input_pins, mux);
}

int mux_source_format(struct sof_source *source, const struct ipc4_audio_format *format)
{
	enum sof_ipc_frame container, valid;
	int ret = audio_stream_fmt_conversion(format->depth, format->valid_bit_depth, &container,
					      &valid, format->s_type);

	if (!ret && source_get_frm_fmt(source) != container)
		ret = source_set_frm_fmt(source, container);
	if (!ret && source_get_valid_fmt(source) != valid)
		ret = source_set_valid_fmt(source, valid);
	if (!ret && source_get_channels(source) != format->channels_count)
		ret = source_set_channels(source, format->channels_count);
	return ret;
}

int mux_sink_format(struct sof_sink *sink, const struct ipc4_audio_format *format)
{
	enum sof_ipc_frame container, valid;
	int ret = audio_stream_fmt_conversion(format->depth, format->valid_bit_depth, &container,
					      &valid, format->s_type);

	if (!ret && sink_get_frm_fmt(sink) != container)
		ret = sink_set_frm_fmt(sink, container);
	if (!ret && sink_get_valid_fmt(sink) != valid)
		ret = sink_set_valid_fmt(sink, valid);
	if (!ret && sink_get_channels(sink) != format->channels_count)
		ret = sink_set_channels(sink, format->channels_count);
	return ret;
}

#define PLACE(type)                                                                                \
	static void place_##type(type *restrict y, size_t y_step, const type *restrict x,          \
				 size_t x_step, size_t count, size_t frames)                       \
	{                                                                                          \
		for (size_t ch = 0; ch < count; ch++) {                                            \
			for (size_t i = 0; i < frames; i++)                                        \
				y[i * y_step + ch] = x ? x[i * x_step + ch] : 0;                   \
		}                                                                                  \
	}

PLACE(int16_t)
PLACE(int32_t)

void mux_place(void *y, size_t y_step, const void *x, size_t x_step, size_t count, size_t frames,
	       size_t bytes)
{
	if (bytes == sizeof(int16_t))
		place_int16_t(y, y_step, x, x_step, count, frames);
	else
		place_int32_t(y, y_step, x, x_step, count, frames);
}
