/* SPDX-License-Identifier: BSD-3-Clause */
/* The multi-band compressor's signal path, a division at a time. */
#include "bands.h"

#include "../xover/lr4_lanes.h"

#include <module/audio/cpu.h>
#include <sof/audio/format.h>
#include <sof/common.h>
#include <string.h>

_Static_assert(COMPRESSOR_DIVISION <= LR4_BANK_BLOCK, "a division is split at once");

static bool is_16_bit(enum sof_ipc_frame fmt)
{
	return fmt == SOF_IPC_FRAME_S16_LE;
}

size_t bands_bytes(enum sof_ipc_frame fmt, unsigned int channels)
{
	return compressor_bytes(channels, is_16_bit(fmt));
}

void bands_start(struct bands *b, const struct sof_multiband_drc_config *config,
		 void *const delay[SOF_MULTIBAND_DRC_MAX_BANDS], enum sof_ipc_frame fmt,
		 unsigned int channels, uint32_t rate)
{
	memset(b, 0, sizeof(*b));
	b->count = config->num_bands;
	b->channels = channels;
	b->fmt = fmt;
	b->has_emphasis = config->enable_emp_deemp != 0;
	memcpy(b->emphasis, config->emp_coef, sizeof(b->emphasis));
	memcpy(b->deemphasis, config->deemp_coef, sizeof(b->deemphasis));
	b->lanes = cpu_has_avx2() && lr4_lanes_possible(b->emphasis) &&
		   lr4_lanes_possible(b->deemphasis);
	lr4_bank_setup(&b->bank, b->count, config->crossover_coef);
	for (unsigned int i = 0; i < b->count; i++)
		compressor_start(&b->compressor[i], &config->drc_coef[i], delay[i], channels,
				 is_16_bit(fmt), rate);
}

/* Q1.31 from here to store(). */
static void load(const struct bands *b, int32_t *to, const void *from, unsigned int channel,
		 size_t n)
{
	const int16_t *const narrow = (const int16_t *)from + channel;
	const int32_t *const wide = (const int32_t *)from + channel;
	const unsigned int shift = b->fmt == SOF_IPC_FRAME_S24_4LE ? 8 : 0;
	const size_t step = b->channels;

	if (is_16_bit(b->fmt)) {
		for (size_t i = 0; i < n; i++)
			to[i] = narrow[i * step] * 65536;
	} else {
		for (size_t i = 0; i < n; i++)
			to[i] = (int32_t)((uint32_t)wide[i * step] << shift);
	}
}

static void store(const struct bands *b, void *to, const int32_t *from, unsigned int channel,
		  size_t n)
{
	int16_t *const narrow = (int16_t *)to + channel;
	int32_t *const wide = (int32_t *)to + channel;
	const size_t step = b->channels;

	if (is_16_bit(b->fmt)) {
		for (size_t i = 0; i < n; i++)
			narrow[i * step] = sat_int16(Q_SHIFT_RND(from[i], 31, 15));
	} else if (b->fmt == SOF_IPC_FRAME_S24_4LE) {
		for (size_t i = 0; i < n; i++)
			wide[i * step] = sat_int24(Q_SHIFT_RND(from[i], 31, 23));
	} else {
		for (size_t i = 0; i < n; i++)
			wide[i * step] = from[i];
	}
}

static void equalise(int32_t *coef, int32_t *line, int32_t *x, size_t n)
{
	struct iir_state_df1 iir = {
		.biquads = SOF_EMP_DEEMP_BIQUADS,
		.biquads_in_series = SOF_EMP_DEEMP_BIQUADS,
		.coef = coef,
		.delay = line,
	};

	for (size_t i = 0; i < n; i++)
		x[i] = iir_df1_4th(&iir, x[i]);
}

/* Two channels at once; the other two lanes have nothing to do. */
static void equalise_pair(const struct bands *b, int32_t *coef, int32_t *line[2],
			  int32_t x[2][LR4_BANK_BLOCK], size_t n)
{
	/* of gain 1, lest the others' outputs be multiplied for these */
	static const int32_t idle_coef[BANDS_EMPHASIS_COEFS] = { [6] = 1 << 14, [13] = 1 << 14 };
	int32_t idle_line[BANDS_EMPHASIS_LINE] = { 0 };
	const struct lr4_lane lane[LR4_LANES] = { { coef, line[0] },
						  { coef, line[1] },
						  { idle_coef, idle_line },
						  { idle_coef, idle_line } };
	int32_t idle[LR4_BANK_BLOCK];
	const int32_t *const from[LR4_LANES] = { x[0], x[1], x[0], x[1] };
	int32_t *const to[LR4_LANES] = { x[0], x[1], idle, idle };
	struct lr4_samples samples[LR4_BANK_BLOCK];

	if (!b->lanes) {
		equalise(coef, line[0], x[0], n);
		equalise(coef, line[1], x[1], n);
		return;
	}
	lr4_lanes_put(samples, from, n);
	lr4_lanes_run(lane, samples, samples, LR4_EACH_ITS_OWN, n);
	lr4_lanes_get(samples, to, n);
}

/* A band's samples into its delay, what is due out of it. */
static void delay_band(struct compressor *c, unsigned int channel, int32_t *x, size_t n)
{
	int16_t narrow[COMPRESSOR_DIVISION];

	if (!c->is_16_bit) {
		compressor_delay_s32(c, channel, x, n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		narrow[i] = sat_int16(Q_SHIFT_RND(x[i], 31, 15));
	compressor_delay_s16(c, channel, narrow, n);
	for (size_t i = 0; i < n; i++)
		x[i] = narrow[i] * 65536;
}

/* sat_int32() of the sum, in 32 bits: too large when it has another sign than both. */
static inline int32_t add_sat(int32_t a, int32_t b)
{
	const uint32_t sum = (uint32_t)a + (uint32_t)b;
	const uint32_t limit = INT32_MAX + ((uint32_t)a >> 31);
	const uint32_t too_large = ((uint32_t)a ^ sum) & ((uint32_t)b ^ sum);

	return (int32_t)((int32_t)too_large < 0 ? limit : sum);
}

/* Bands through their delays, and their sum. */
static void join(struct bands *b, unsigned int channel, int32_t *sum,
		 int32_t band[SOF_MULTIBAND_DRC_MAX_BANDS][LR4_BANK_BLOCK], size_t n)
{
	memset(sum, 0, n * sizeof(*sum));
	for (unsigned int k = 0; k < b->count; k++) {
		delay_band(&b->compressor[k], channel, band[k], n);
		for (size_t i = 0; i < n; i++)
			sum[i] = add_sat(sum[i], band[k][i]);
	}
}

static void run_channel(struct bands *b, unsigned int channel, void *y, const void *x, size_t n)
{
	struct bands_channel *const own = &b->channel[channel];
	int32_t band[SOF_MULTIBAND_DRC_MAX_BANDS][LR4_BANK_BLOCK];
	int32_t sum[LR4_BANK_BLOCK];

	load(b, sum, x, channel, n);
	if (b->has_emphasis)
		equalise(b->emphasis, own->emphasis, sum, n);
	lr4_bank_split(&b->bank, &own->lines, sum, band, n);
	join(b, channel, sum, band, n);
	if (b->has_emphasis)
		equalise(b->deemphasis, own->deemphasis, sum, n);
	store(b, y, sum, channel, n);
}

/* \p channel and the next one. */
static void run_pair(struct bands *b, unsigned int channel, void *y, const void *x, size_t n)
{
	struct bands_channel *const own = &b->channel[channel];
	struct lr4_lines *const lines[2] = { &own[0].lines, &own[1].lines };
	int32_t band[2][SOF_MULTIBAND_DRC_MAX_BANDS][LR4_BANK_BLOCK];
	int32_t sum[2][LR4_BANK_BLOCK];

	for (unsigned int i = 0; i < 2; i++)
		load(b, sum[i], x, channel + i, n);
	if (b->has_emphasis)
		equalise_pair(b, b->emphasis, (int32_t *[2]){ own[0].emphasis, own[1].emphasis },
			      sum, n);
	lr4_bank_split_pair(&b->bank, lines, sum, band, n);
	for (unsigned int i = 0; i < 2; i++)
		join(b, channel + i, sum[i], band[i], n);
	if (b->has_emphasis)
		equalise_pair(b, b->deemphasis,
			      (int32_t *[2]){ own[0].deemphasis, own[1].deemphasis }, sum, n);
	for (unsigned int i = 0; i < 2; i++)
		store(b, y, sum[i], channel + i, n);
}

void bands_run(struct bands *b, void *y, const void *x, size_t frames)
{
	const size_t frame = b->channels * (is_16_bit(b->fmt) ? 2 : 4);
	const char *from = x;
	char *to = y;

	for (unsigned int k = 0; k < b->count; k++) {
		if (b->compressor[k].params.enabled)
			compressor_begin(&b->compressor[k]);
	}
	while (frames) {
		/* all bands come to the end of a division together, whatever their delay */
		const size_t n = MIN(frames, compressor_room(&b->compressor[0]));

		for (unsigned int ch = 0; ch + 1 < b->channels; ch += 2)
			run_pair(b, ch, to, from, n);
		if (b->channels % 2)
			run_channel(b, b->channels - 1, to, from, n);
		for (unsigned int k = 0; k < b->count; k++)
			compressor_advance(&b->compressor[k], n,
					   b->compressor[k].params.enabled != 0);
		from += n * frame;
		to += n * frame;
		frames -= n;
	}
}
