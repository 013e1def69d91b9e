/* SPDX-License-Identifier: BSD-3-Clause */
/* Samples in, sums of products, samples out. */
#include "stage.h"

#include <module/audio/madd16.h>
#include <sof/audio/format.h>
#include <sof/common.h>
#include <sof/math/numbers.h>
#include <string.h>

/* Frames a line holds beside its history: what a period brings, at most rates. */
#define FRAMES_AHEAD 256

static unsigned int history(const struct src_stage *stage)
{
	return stage->taps - 1u;
}

static unsigned int capacity_of(const struct src_stage *stage)
{
	return ALIGN_UP(history(stage) + MAX(stage->m, FRAMES_AHEAD), SRC_VECTOR);
}

size_t src_line_bytes(const struct src_stage *stage, unsigned int channels)
{
	return 2u * sizeof(int16_t) * capacity_of(stage) * channels;
}

void src_line_init(struct src_line *line, const struct src_stage *stage, void *memory,
		   unsigned int channels, bool upper_only)
{
	memset(memory, 0, src_line_bytes(stage, channels));
	*line = (struct src_line){
		.stage = stage,
		.samples = memory,
		.channels = channels,
		.capacity = capacity_of(stage),
		.upper_only = upper_only,
	};
}

unsigned int src_line_room(const struct src_line *line)
{
	return line->capacity - history(line->stage) - line->pending;
}

unsigned int src_line_blocks(const struct src_line *line)
{
	return line->pending / line->stage->m;
}

unsigned int src_line_claim(struct src_line *line, unsigned int frames)
{
	const unsigned int used = history(line->stage) + line->pending;
	unsigned int at = line->start + used;

	if (at + frames > line->capacity) {
		for (unsigned int part = 0; part < 2 * line->channels; part++) {
			int16_t *samples = line->samples + (size_t)part * line->capacity;

			memmove(samples, samples + line->start, used * sizeof(*samples));
		}
		line->start = 0;
		at = used;
	}
	line->pending += frames;
	return at;
}

static inline int32_t output(uint32_t coarse, uint32_t mixed, unsigned int fine_bits)
{
	/* 2^-14 times 2^16 is 2^2, of which the finer sum has as many bits less */
	const unsigned int shift = fine_bits - 2;
	const int64_t sum = (int64_t)(int32_t)coarse * (1 << fine_bits) + (int32_t)mixed;

	return sat_int32((sum + (1 << (shift - 1))) >> shift);
}

/* One output of one or two channels; the constants make a loop each for every use. */
static inline __attribute__((always_inline)) void
outputs(const int16_t *coefs, unsigned int taps, const int16_t *x, size_t lower, size_t next,
	unsigned int fine_bits, bool both, bool upper_only, int32_t *y, unsigned int stride)
{
	madd16_sums coarse0 = { 0 }, mixed0 = { 0 }, coarse1 = { 0 }, mixed1 = { 0 }, sums;

	for (unsigned int i = 0; i < taps;
	     i += SRC_VECTOR, coefs += 2 * SRC_VECTOR, x += SRC_VECTOR) {
		const madd16_samples coarse = madd16_load(coefs);
		const madd16_samples fine = madd16_load(coefs + SRC_VECTOR);
		const madd16_samples x0 = madd16_load(x);

		coarse0 += madd16(x0, coarse);
		mixed0 += madd16(x0, fine);
		if (!upper_only)
			mixed0 += madd16(madd16_load(x + lower), coarse);
		if (both) {
			const madd16_samples x1 = madd16_load(x + next);

			coarse1 += madd16(x1, coarse);
			mixed1 += madd16(x1, fine);
			if (!upper_only)
				mixed1 += madd16(madd16_load(x + next + lower), coarse);
		}
	}
	sums = madd16_total(coarse0, mixed0, coarse1, mixed1);
	y[0] = output(sums[0], sums[1], fine_bits);
	if (both)
		y[stride] = output(sums[2], sums[3], fine_bits);
}

static inline __attribute__((always_inline)) void run(const struct src_line *line,
						      unsigned int blocks, int32_t *y,
						      unsigned int stride, bool both,
						      bool upper_only, unsigned int channel)
{
	const struct src_stage *stage = line->stage;
	const size_t lower = line->capacity, next = 2 * lower;
	const int16_t *x = line->samples + next * channel + line->start;

	y += (size_t)stride * channel;
	for (; blocks; blocks--, x += stage->m) {
		const int16_t *coefs = stage->coefs;
		unsigned int at = 0, phase = 0;

		for (unsigned int k = 0; k < stage->l; k++, coefs += 2 * stage->taps) {
			outputs(coefs, stage->taps, x + at, lower, next, stage->fine_bits, both,
				upper_only, y++, stride);
			for (phase += stage->m; phase >= stage->l; phase -= stage->l)
				at++;
		}
	}
}

void src_line_run(struct src_line *line, unsigned int blocks, int32_t *y, unsigned int stride)
{
	const unsigned int frames = blocks * line->stage->m;
	unsigned int channel = 0;

	for (; channel + 1 < line->channels; channel += 2) {
		if (line->upper_only)
			run(line, blocks, y, stride, true, true, channel);
		else
			run(line, blocks, y, stride, true, false, channel);
	}
	if (channel < line->channels) {
		if (line->upper_only)
			run(line, blocks, y, stride, false, true, channel);
		else
			run(line, blocks, y, stride, false, false, channel);
	}
	line->start += frames;
	line->pending -= frames;
}
