/* SPDX-License-Identifier: BSD-3-Clause */
#include "stage.h"

#include <sof/common.h>
#include <sof/math/numbers.h>

/* Frames a line holds beside its history: a period of most rates. */
#define FRAMES_AHEAD 256

static unsigned int ahead(const struct src_stage *stage)
{
	return MAX(stage->m, FRAMES_AHEAD);
}

size_t src_line_bytes(const struct src_stage *stage, unsigned int channels)
{
	return fir16_line_bytes(stage->taps - 1u, ahead(stage), channels);
}

void src_line_init(struct src_line *line, const struct src_stage *stage, void *memory,
		   unsigned int channels, bool upper_only)
{
	line->stage = stage;
	fir16_line_init(&line->samples, memory, stage->taps - 1u, ahead(stage), channels,
			stage->fine_bits, upper_only);
}

unsigned int src_line_blocks(const struct src_line *line)
{
	return line->samples.pending / line->stage->m;
}

static inline __attribute__((always_inline)) void run(const struct src_line *line,
						      unsigned int channel, unsigned int blocks,
						      int32_t *y, unsigned int stride, bool both,
						      bool upper_only)
{
	const struct src_stage *stage = line->stage;
	const size_t lower = line->samples.capacity;
	const int16_t *x = fir16_line_channel(&line->samples, channel);

	y += (size_t)stride * channel;
	for (; blocks; blocks--, x += stage->m) {
		const int16_t *coefs = stage->coefs;
		unsigned int at = 0, phase = 0;

		for (unsigned int k = 0; k < stage->l; k++, coefs += 2 * stage->taps) {
			fir16_outputs(coefs, stage->taps, x + at, lower, 2 * lower,
				      stage->fine_bits, both, upper_only, y++, stride);
			for (phase += stage->m; phase >= stage->l; phase -= stage->l)
				at++;
		}
	}
}

void src_line_run(struct src_line *line, unsigned int blocks, int32_t *y, unsigned int stride)
{
	const unsigned int channels = line->samples.channels;
	unsigned int channel = 0;

	for (; channel + 1 < channels; channel += 2) {
		if (line->samples.upper_only)
			run(line, channel, blocks, y, stride, true, true);
		else
			run(line, channel, blocks, y, stride, true, false);
	}
	if (channel < channels) {
		if (line->samples.upper_only)
			run(line, channel, blocks, y, stride, false, true);
		else
			run(line, channel, blocks, y, stride, false, false);
	}
	fir16_line_advance(&line->samples, blocks * line->stage->m);
}
