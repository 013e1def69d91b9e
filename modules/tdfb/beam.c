/* SPDX-License-Identifier: BSD-3-Clause */
/* The beamformer's filters and their sums. */
#include "beam.h"

#include <sof/audio/format.h>
#include <string.h>

/* Sixteen filters are added up: four bits of room above them. */
#define HEADROOM 4

void beam_start(struct beam *beam, enum sof_ipc_frame fmt, unsigned int inputs,
		unsigned int outputs, int32_t *delay)
{
	memset(beam, 0, sizeof(*beam));
	beam->fmt = fmt;
	beam->inputs = inputs;
	beam->outputs = outputs;
	beam->delay = delay;
}

void beam_aim(struct beam *beam, const struct tdfb_blob *blob, int azimuth, bool on)
{
	const struct sof_tdfb_config *const config = blob->config;
	const bool off_filters = !on && config->beam_off_defined;
	const unsigned int first = off_filters ? config->num_filters * config->num_angles :
						 tdfb_blob_filters_for(blob, azimuth);
	const int16_t *const mix = off_filters ? blob->output_mix_off : blob->output_mix;
	int32_t *delay = beam->delay;
	size_t bytes = 0;

	beam->filters = config->num_filters;
	for (unsigned int i = 0; i < beam->filters; i++) {
		struct sof_fir_coef_data *const filter = tdfb_blob_filter(blob, first + i);

		fir_init_coef(&beam->fir[i], filter);
		fir_init_delay(&beam->fir[i], &delay);
		bytes += (size_t)fir_delay_size(filter);
		beam->select[i] = blob->input_select[i];
		beam->mix[i] = mix[i];
	}
	if (bytes > beam->cleared) {
		memset(beam->delay, 0, bytes);
		beam->cleared = bytes;
	}
}

static void add_filter(struct beam *beam, unsigned int which, const int32_t *x,
		       int32_t sum[][BEAM_BLOCK], size_t frames)
{
	struct fir_state_32x16 *const fir = &beam->fir[which];
	int32_t y[BEAM_BLOCK];
	size_t i = 0;

	for (; i + 1 < frames; i += 2)
		fir_32x16_2x(fir, x[i], x[i + 1], &y[i], &y[i + 1]);
	if (i < frames)
		y[i] = fir_32x16(fir, x[i]);
	for (unsigned int ch = 0; ch < beam->outputs; ch++) {
		if (!(beam->mix[which] & 1 << ch))
			continue;
		for (i = 0; i < frames; i++)
			sum[ch][i] += y[i] >> HEADROOM;
	}
}

void beam_run(struct beam *beam, void *y, int32_t x[][BEAM_BLOCK], size_t frames)
{
	int32_t sum[PLATFORM_MAX_CHANNELS][BEAM_BLOCK] = { 0 };
	const size_t step = beam->outputs;

	for (unsigned int i = 0; i < beam->filters; i++)
		add_filter(beam, i, x[beam->select[i]], sum, frames);
	for (size_t ch = 0; ch < step; ch++) {
		int16_t *const narrow = (int16_t *)y + ch;
		int32_t *const wide = (int32_t *)y + ch;

		for (size_t i = 0; i < frames; i++) {
			if (beam->fmt == SOF_IPC_FRAME_S16_LE)
				narrow[i * step] = sat_int16(Q_SHIFT_RND(sum[ch][i], 27, 15));
			else if (beam->fmt == SOF_IPC_FRAME_S24_4LE)
				wide[i * step] = sat_int24(Q_SHIFT_RND(sum[ch][i], 27, 23));
			else
				wide[i * step] = sat_int32((int64_t)sum[ch][i] * (1 << HEADROOM));
		}
	}
}

/* The channel that an output gets, -1: none. */
static int source_of(const struct beam *beam, unsigned int output)
{
	for (unsigned int i = beam->filters; i > 0; i--) {
		if (beam->mix[i - 1] & 1 << output)
			return beam->select[i - 1];
	}
	return -1;
}

void beam_pass(const struct beam *beam, void *y, const void *x, size_t frames)
{
	const size_t in = beam->inputs, out = beam->outputs;

	for (unsigned int ch = 0; ch < out; ch++) {
		const int from = in == out ? (int)ch : source_of(beam, ch);

		for (size_t i = 0; i < frames; i++) {
			const size_t at = i * in + (size_t)(from < 0 ? 0 : from);

			if (beam->fmt == SOF_IPC_FRAME_S16_LE)
				((int16_t *)y)[i * out + ch] =
					from < 0 ? 0 : ((const int16_t *)x)[at];
			else
				((int32_t *)y)[i * out + ch] =
					from < 0 ? 0 : ((const int32_t *)x)[at];
		}
	}
}
