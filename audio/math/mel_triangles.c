/* SPDX-License-Identifier: BSD-3-Clause */
/* The triangles of a Mel filter bank; the header has their layout. */
#include <errno.h>
#include <rtos/symbol.h>
#include <sof/audio/format.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/math/auditory.h>
#include <string.h>

#define ONE_Q16	  Q_CONVERT_FLOAT(1, 16)
#define ONE_Q30	  Q_CONVERT_FLOAT(1, 30)
#define TWO_Q29	  Q_CONVERT_FLOAT(2, 29)
#define LOG2_2P16 Q_CONVERT_FLOAT(16.0, 16)

/* 1/log2(e), 1/log2(10) and ten of them. */
#define LOG2_TO_LN_Q29	  Q_CONVERT_FLOAT(0.6931471806, 29)
#define LOG2_TO_LOG10_Q29 Q_CONVERT_FLOAT(0.3010299957, 29)
#define LOG2_TO_DB_Q29	  Q_CONVERT_FLOAT(3.0102999566, 29)

/* Numbers before a triangle's weights. */
enum { NEXT, FIRST_BIN, BINS, WEIGHTS };

/* What is carried from triangle to triangle: its place, and bins that one without any keeps. */
struct writer {
	int at;
	int first_bin;
	int last_bin;
	int32_t scale_first; /* 1 / height of the first, Q16.16 */
};

static int32_t log_mult(enum psy_mel_log_scale scale)
{
	switch (scale) {
	case MEL_LOG:
		return LOG2_TO_LN_Q29;
	case MEL_LOG10:
		return LOG2_TO_LOG10_Q29;
	case MEL_DB:
		return LOG2_TO_DB_Q29;
	}
	return 0;
}

/* Height over that of the first, Q16.16; 0: it has no width. */
static int32_t slaney_height(struct psy_mel_filterbank *fb, struct writer *writer, int16_t left,
			     int16_t right, bool is_first)
{
	const int16_t left_hz = psy_mel_to_hz(left);
	const int16_t right_hz = psy_mel_to_hz(right);
	int32_t height;

	if (right_hz <= left_hz)
		return 0;
	/* at least 4, as the width is below 2^15 */
	height = Q_SHIFT_RND(TWO_Q29 / (right_hz - left_hz), 29, 16);
	if (is_first) {
		writer->scale_first = Q_SHIFT_LEFT(ONE_Q30 / height, 14, 16);
		fb->scale_log2 = base2_logarithm((uint32_t)height) - LOG2_2P16;
	}
	return (int32_t)Q_MULTSR_32X32((int64_t)height, writer->scale_first, 16, 16, 16);
}

/* Weights of one triangle from its first bin to its last; the index behind them or -EINVAL. */
static int write_weights(struct psy_mel_filterbank *fb, struct writer *writer, int left, int right,
			 int step, int32_t height)
{
	const int16_t *const mel = fb->scratch_data1;
	int at = writer->at + WEIGHTS;
	bool is_inside = false;

	for (int bin = 0; bin < fb->half_fft_bins; bin++) {
		const int32_t up = (mel[bin] - left) * (1 << 15) / step;
		const int32_t down = (right - mel[bin]) * (1 << 15) / step;
		const int64_t low = MIN(up, down);
		const int32_t weight = (int32_t)Q_MULTSR_32X32(low, height, 15, 16, 15);

		if (weight <= 0) {
			if (!is_inside)
				continue;
			writer->last_bin = bin - 1;
			break;
		}
		if (!is_inside)
			writer->first_bin = bin;
		is_inside = true;
		if (at >= fb->scratch_length2)
			return -EINVAL;
		fb->scratch_data2[at++] = sat_int16(weight);
	}
	return at + WEIGHTS <= fb->scratch_length2 && at <= INT16_MAX ? at : -EINVAL;
}

static int write_triangle(struct psy_mel_filterbank *fb, struct writer *writer, int left, int step,
			  bool is_first)
{
	const int right = left + 2 * step;
	int16_t *const triangle = fb->scratch_data2 + writer->at;
	int32_t height = ONE_Q16;
	int next;

	if (fb->slaney_normalize) {
		height = slaney_height(fb, writer, (int16_t)left, (int16_t)right, is_first);
		if (height == 0)
			return -EINVAL;
	}
	next = write_weights(fb, writer, left, right, step, height);
	if (next < 0)
		return next;
	triangle[NEXT] = (int16_t)next;
	triangle[FIRST_BIN] = (int16_t)writer->first_bin;
	triangle[BINS] = (int16_t)(writer->last_bin - writer->first_bin + 1);
	writer->at = next;
	return 0;
}

/* Triangles without bins of their own can claim more than there is. */
static bool all_within(const struct psy_mel_filterbank *fb)
{
	const int16_t *const data = fb->scratch_data2;
	int at = 0;

	for (int i = 0; i < fb->mel_bins; i++) {
		const int bins = data[at + BINS];

		if (at + WEIGHTS + bins > fb->data_length)
			return false;
		if (data[at + FIRST_BIN] + bins > fb->half_fft_bins)
			return false;
		at = data[at + NEXT];
	}
	return true;
}

/* All of them into the second scratch; 0 or -EINVAL. */
static int write_triangles(struct psy_mel_filterbank *fb)
{
	const int start = psy_hz_to_mel(fb->start_freq);
	const int step = (psy_hz_to_mel(fb->end_freq) - start) / (fb->mel_bins + 1);
	struct writer writer = { .scale_first = ONE_Q16 };

	if (step <= 0)
		return -EINVAL;
	for (int bin = 0; bin < fb->half_fft_bins; bin++) {
		const int64_t hz = (int64_t)fb->samplerate * bin / fb->fft_bins;

		fb->scratch_data1[bin] = psy_hz_to_mel((int16_t)hz);
	}
	fb->scale_log2 = 0;
	for (int i = 0; i < fb->mel_bins; i++) {
		const int ret = write_triangle(fb, &writer, start + i * step, step, i == 0);

		if (ret < 0)
			return ret;
	}
	fb->data_length = writer.at;
	return all_within(fb) ? 0 : -EINVAL;
}

int mod_psy_get_mel_filterbank(struct processing_module *mod, struct psy_mel_filterbank *fb)
{
	size_t bytes;
	int ret;

	if (!fb)
		return -ENOMEM;
	fb->data = NULL;
	if (!fb->scratch_data1 || !fb->scratch_data2)
		return -ENOMEM;
	if (fb->mel_bins <= 0 || fb->mel_bins > AUDITORY_MAX_MEL_BANDS || fb->fft_bins <= 0)
		return -EINVAL;
	fb->log_mult = log_mult(fb->mel_log_scale);
	if (fb->log_mult == 0)
		return -EINVAL;
	if (fb->scratch_length1 < fb->half_fft_bins)
		return -ENOMEM;
	ret = write_triangles(fb);
	if (ret < 0)
		return ret;
	bytes = sizeof(int16_t) * (size_t)fb->data_length;
	fb->data = (int16_t *)mod_alloc(mod, bytes);
	if (!fb->data)
		return -ENOMEM;
	memcpy(fb->data, fb->scratch_data2, bytes);
	return 0;
}
EXPORT_SYMBOL(mod_psy_get_mel_filterbank);

int mod_psy_free_mel_filterbank(struct processing_module *mod, struct psy_mel_filterbank *fb)
{
	return mod_free(mod, fb->data);
}
EXPORT_SYMBOL(mod_psy_free_mel_filterbank);
