/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_signal.h"

#include <errno.h>
#include <math.h>
#include <sof/math/auditory.h>
#include <string.h>

#define FFT	 512
#define HALF	 (FFT / 2 + 1)
#define MEL_ROOM 2000

/* Numbers before a triangle's weights. */
enum { NEXT, FIRST_BIN, BINS, WEIGHTS };

static int16_t scratch1[HALF], scratch2[MEL_ROOM];
static int32_t power[HALF];

static struct psy_mel_filterbank bank_of(int bands, bool slaney)
{
	return (struct psy_mel_filterbank){
		.samplerate = 16000,
		.start_freq = 20,
		.end_freq = 7600,
		.scratch_data1 = scratch1,
		.scratch_data2 = scratch2,
		.scratch_length1 = HALF,
		.scratch_length2 = MEL_ROOM,
		.fft_bins = FFT,
		.half_fft_bins = HALF,
		.mel_bins = bands,
		.mel_log_scale = MEL_DB,
		.slaney_normalize = slaney,
	};
}

static double exact_mel(double hz)
{
	return 4 * 1126.9941805389 * log(1 + hz / 700);
}

static double exact_hz(double mel)
{
	return 700 * (exp(mel / 4 / 1126.9941805389) - 1);
}

static void scales_are_within_their_bounds(void **state)
{
	for (int hz = 0; hz <= INT16_MAX; hz++)
		assert_true(fabs(psy_hz_to_mel((int16_t)hz) - exact_mel(hz)) <= 0.6);
	for (int mel = 0; mel <= 17433; mel++)
		assert_true(fabs(psy_mel_to_hz((int16_t)mel) - exact_hz(mel)) <= 0.55);
	for (int below = INT16_MIN; below < 0; below++) {
		assert_int_equal(psy_hz_to_mel((int16_t)below), 0);
		assert_int_equal(psy_mel_to_hz((int16_t)below), 0);
	}
	for (int above = 17434; above <= INT16_MAX; above++)
		assert_int_equal(psy_mel_to_hz((int16_t)above), INT16_MAX);
}

static int step_of(const struct psy_mel_filterbank *fb)
{
	return (psy_hz_to_mel(fb->end_freq) - psy_hz_to_mel(fb->start_freq)) / (fb->mel_bins + 1);
}

static double exact_weight(const struct psy_mel_filterbank *fb, int band, int bin)
{
	const double step = step_of(fb);
	const double center = psy_hz_to_mel(fb->start_freq) + (band + 1) * step;
	const double mel = exact_mel((double)(fb->samplerate * bin / fb->fft_bins));

	return fmax(0, 1 - fabs(mel - center) / step);
}

static int first_triangle_at(const struct psy_mel_filterbank *fb, int band)
{
	int at = 0;

	for (int i = 0; i < band; i++)
		at = fb->data[at + NEXT];
	return at;
}

/* Bins that a triangle does not list have weight 0. */
static double stored_weight(const struct psy_mel_filterbank *fb, int band, int bin)
{
	const int16_t *const triangle = fb->data + first_triangle_at(fb, band);
	const int place = bin - triangle[FIRST_BIN];

	return place >= 0 && place < triangle[BINS] ? ldexp(triangle[WEIGHTS + place], -15) : 0;
}

static void triangles_are_within_their_bound(void **state)
{
	static const int bands[] = { 1, 2, 10, 23, 40 };

	for (size_t i = 0; i < sizeof(bands) / sizeof(bands[0]); i++) {
		struct psy_mel_filterbank fb = bank_of(bands[i], false);
		double bound;

		assert_int_equal(mod_psy_get_mel_filterbank(test_module(), &fb), 0);
		assert_int_equal(fb.scale_log2, 0);
		assert_int_equal(first_triangle_at(&fb, bands[i]), fb.data_length);
		bound = ldexp(1, -14) + 0.6 / step_of(&fb);
		for (int band = 0; band < bands[i]; band++) {
			for (int bin = 0; bin < HALF; bin++) {
				const double exact = exact_weight(&fb, band, bin);

				assert_true(fabs(stored_weight(&fb, band, bin) - exact) <= bound);
			}
		}
		assert_int_equal(mod_psy_free_mel_filterbank(test_module(), &fb), 0);
	}
	assert_int_equal(test_allocations(), 0);
}

static double width_hz(const struct psy_mel_filterbank *fb, int band)
{
	const double left = psy_hz_to_mel(fb->start_freq) + band * step_of(fb);

	return exact_hz(left + 2 * step_of(fb)) - exact_hz(left);
}

static double height_error(double width)
{
	return 1.1 / width + width / 131072;
}

static void slaney_triangles_have_one_area(void **state)
{
	struct psy_mel_filterbank fb = bank_of(23, true);
	const double first = width_hz(&fb, 0);

	assert_int_equal(mod_psy_get_mel_filterbank(test_module(), &fb), 0);
	assert_true(fabs(fb.scale_log2 / 65536.0 - log2(2 / first)) <
		    height_error(first) * 1.5 + 1e-4);
	for (int band = 0; band < 23; band++) {
		const double width = width_hz(&fb, band);
		const double relative = height_error(first) + height_error(width);

		for (int bin = 0; bin < HALF; bin++) {
			const double plain = exact_weight(&fb, band, bin);
			const double exact = plain * first / width;
			const double bound = ldexp(1, -14) +
					     0.6 / step_of(&fb) * first / width * (1 + relative) +
					     exact * relative;

			assert_true(fabs(stored_weight(&fb, band, bin) - exact) <= bound);
		}
	}
	mod_psy_free_mel_filterbank(test_module(), &fb);
}

static double log2_factor(enum psy_mel_log_scale scale)
{
	return scale == MEL_LOG ? log(2) : scale == MEL_LOG10 ? log10(2) : 10 * log10(2);
}

/* log2 of the energy, and whether it is large enough for the bound to hold. */
static double exact_energy(const struct psy_mel_filterbank *fb, int band, const double *powers,
			   int bitshift, bool *is_large)
{
	double most = 0, sum = 0;

	for (int bin = 0; bin < HALF; bin++) {
		most = fmax(most, powers[bin]);
		sum += powers[bin] * stored_weight(fb, band, bin);
	}
	*is_large = sum >= ldexp(most, -12) && sum > 0;
	return *is_large ? log2(sum) + fb->scale_log2 / 65536.0 - 2 * bitshift : 0;
}

static void energies_are_within_their_bound(void **state)
{
	static struct icomplex32 z[HALF];
	static struct icomplex16 q[HALF];
	static double z_power[HALF], q_power[HALF];
	int looked_at = 0;

	for (int round = 0; round < 300; round++) {
		struct psy_mel_filterbank fb = bank_of(8 + round % 20, round % 2);
		const int shift = round % 14, bitshift = round % 10;
		int32_t log_32[32];
		int16_t log_16[32];
		double factor;

		fb.mel_log_scale = round % 3;
		assert_int_equal(mod_psy_get_mel_filterbank(test_module(), &fb), 0);
		factor = log2_factor(fb.mel_log_scale);
		for (int i = 0; i < HALF; i++) {
			z[i].real = test_random() >> shift;
			z[i].imag = test_random() >> shift;
			q[i].real = (int16_t)(z[i].real >> 16);
			q[i].imag = (int16_t)(z[i].imag >> 16);
			z_power[i] = pow(ldexp(z[i].real, -31), 2) + pow(ldexp(z[i].imag, -31), 2);
			q_power[i] = pow(ldexp(q[i].real, -15), 2) + pow(ldexp(q[i].imag, -15), 2);
		}
		psy_apply_mel_filterbank_32(&fb, z, power, log_32, bitshift);
		psy_apply_mel_filterbank_16(&fb, q, power, log_16, bitshift);
		for (int band = 0; band < fb.mel_bins; band++) {
			const double e32 = ldexp(log_32[band], -23);
			const double e16 = ldexp(log_16[band], -7);
			bool is_large;
			double exact = exact_energy(&fb, band, z_power, bitshift, &is_large);

			if (is_large)
				assert_true(fabs(e32 - exact * factor) <=
					    1.5e-4 * factor + ldexp(1, -24));
			looked_at += is_large;
			exact = exact_energy(&fb, band, q_power, bitshift, &is_large);
			if (is_large)
				assert_true(fabs(e16 - exact * factor) <=
					    1.5e-4 * factor + ldexp(1, -8));
			looked_at += is_large;
		}
		mod_psy_free_mel_filterbank(test_module(), &fb);
	}
	assert_true(looked_at > 5000);
}

static void silence_and_noise_have_their_limits(void **state)
{
	static struct icomplex32 z[HALF];
	static struct icomplex16 q[HALF];
	struct psy_mel_filterbank fb = bank_of(10, false);
	int32_t log_32[10];
	int16_t log_16[10];

	assert_int_equal(mod_psy_get_mel_filterbank(test_module(), &fb), 0);
	memset(z, 0, sizeof(z));
	memset(q, 0, sizeof(q));
	psy_apply_mel_filterbank_32(&fb, z, power, log_32, 0);
	psy_apply_mel_filterbank_16(&fb, q, power, log_16, 0);
	/* 2^-25, shifted up by 31 bits */
	for (int i = 0; i < 10; i++) {
		assert_true(fabs(ldexp(log_32[i], -23) + 56 * 10 * log10(2)) < 1e-3);
		assert_true(fabs(ldexp(log_16[i], -7) + 56 * 10 * log10(2)) < 1e-2);
	}
	psy_apply_mel_filterbank_16(&fb, q, power, log_16, 1000);
	assert_int_equal(log_16[0], INT16_MIN);
	psy_apply_mel_filterbank_16(&fb, q, power, log_16, INT32_MAX);
	psy_apply_mel_filterbank_32(&fb, z, power, log_32, INT32_MIN);
	/* the only power that wraps */
	for (int i = 0; i < HALF; i++) {
		z[i] = (struct icomplex32){ INT32_MIN, INT32_MIN };
		q[i] = (struct icomplex16){ INT16_MIN, INT16_MIN };
	}
	psy_apply_mel_filterbank_32(&fb, z, power, log_32, 0);
	psy_apply_mel_filterbank_16(&fb, q, power, log_16, 0);
	assert_true(log_32[0] < 0 && log_16[0] < 0);
	mod_psy_free_mel_filterbank(test_module(), &fb);
}

/* So narrow that some triangles hold no bin. */
static void triangles_stay_within_data_and_bins(void **state)
{
	int made = 0, refused = 0;

	for (int bands = 30; bands <= 120; bands++) {
		for (int end = 4000; end <= 12000; end += 1000) {
			struct psy_mel_filterbank fb = bank_of(bands, false);
			int ret;

			fb.end_freq = (int16_t)end;
			ret = mod_psy_get_mel_filterbank(test_module(), &fb);
			if (ret < 0) {
				assert_int_equal(ret, -EINVAL);
				assert_null(fb.data);
				refused++;
				continue;
			}
			made++;
			for (int band = 0; band < bands; band++) {
				const int at = first_triangle_at(&fb, band);

				assert_true(at + WEIGHTS + fb.data[at + BINS] <= fb.data_length);
				assert_true(fb.data[at + FIRST_BIN] + fb.data[at + BINS] <= HALF);
			}
			mod_psy_free_mel_filterbank(test_module(), &fb);
		}
	}
	assert_true(made > 0 && refused > 0);
	assert_int_equal(test_allocations(), 0);
}

static void expect(struct psy_mel_filterbank fb, int error)
{
	fb.data = scratch2;
	assert_int_equal(mod_psy_get_mel_filterbank(test_module(), &fb), error);
	assert_null(fb.data);
	assert_int_equal(test_allocations(), 0);
}

#define WITH(member, value)                                                                        \
	({                                                                                         \
		struct psy_mel_filterbank changed = bank_of(23, true);                             \
		changed.member = (value);                                                          \
		changed;                                                                           \
	})

static void impossible_banks_are_refused(void **state)
{
	static const int bad_counts[] = { INT32_MIN, -1, 0, AUDITORY_MAX_MEL_BANDS + 1, INT32_MAX };
	struct psy_mel_filterbank fb;

	assert_int_equal(mod_psy_get_mel_filterbank(test_module(), NULL), -ENOMEM);
	for (size_t i = 0; i < sizeof(bad_counts) / sizeof(bad_counts[0]); i++)
		expect(WITH(mel_bins, bad_counts[i]), -EINVAL);
	expect(WITH(scratch_data1, NULL), -ENOMEM);
	expect(WITH(scratch_data2, NULL), -ENOMEM);
	expect(WITH(scratch_length1, HALF - 1), -ENOMEM);
	expect(WITH(fft_bins, 0), -EINVAL);
	expect(WITH(fft_bins, -FFT), -EINVAL);
	expect(WITH(mel_log_scale, (enum psy_mel_log_scale)3), -EINVAL);
	expect(WITH(start_freq, 7600), -EINVAL);
	expect(WITH(end_freq, -1), -EINVAL);
	/* as wide as its frequencies in whole Hz are apart: not at all */
	fb = WITH(end_freq, 90);
	fb.mel_bins = 90;
	expect(fb, -EINVAL);
}

static void too_little_scratch_is_refused(void **state)
{
	struct psy_mel_filterbank fb = bank_of(23, true);
	int needed;

	assert_int_equal(mod_psy_get_mel_filterbank(test_module(), &fb), 0);
	needed = fb.data_length + WEIGHTS;
	mod_psy_free_mel_filterbank(test_module(), &fb);
	for (int length = -1; length < needed; length++)
		expect(WITH(scratch_length2, length), -EINVAL);
	fb = WITH(scratch_length2, needed);
	assert_int_equal(mod_psy_get_mel_filterbank(test_module(), &fb), 0);
	mod_psy_free_mel_filterbank(test_module(), &fb);
}

static void without_memory_there_is_no_bank(void **state)
{
	test_fail_allocation(0);
	expect(bank_of(23, true), -ENOMEM);
	test_fail_allocation(-1);
}

int test_mel(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scales_are_within_their_bounds),
		cmocka_unit_test(triangles_are_within_their_bound),
		cmocka_unit_test(slaney_triangles_have_one_area),
		cmocka_unit_test(energies_are_within_their_bound),
		cmocka_unit_test(silence_and_noise_have_their_limits),
		cmocka_unit_test(triangles_stay_within_data_and_bins),
		cmocka_unit_test(impossible_banks_are_refused),
		cmocka_unit_test(too_little_scratch_is_refused),
		cmocka_unit_test(without_memory_there_is_no_bank),
	};

	return cmocka_run_group_tests_name("mel", tests, NULL, NULL);
}
