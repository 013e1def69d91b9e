/* SPDX-License-Identifier: BSD-3-Clause */
/* The default data of topologies does what it is meant to do: levels, corner frequencies, delays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <complex.h>

int default_blobs_main(int argc, char **argv);
#define main default_blobs_main
#include "../../testbench/topology/default_blobs.c"
#undef main

static void make(void (*maker)(void))
{
	memset(&blob, 0, sizeof(blob));
	maker();
}

static int32_t word(size_t byte)
{
	int32_t value;

	assert_true(byte + sizeof(value) <= blob.size);
	memcpy(&value, blob.bytes + byte, sizeof(value));
	return value;
}

static int half(size_t byte)
{
	int16_t value;

	assert_true(byte + sizeof(value) <= blob.size);
	memcpy(&value, blob.bytes + byte, sizeof(value));
	return value;
}

static double real(size_t byte, int bits)
{
	return ldexp(word(byte), -bits);
}

static void is_near(double value, double expected, double most)
{
	if (!(fabs(value - expected) <= most))
		fail_msg("%.6f is not %.6f +- %.6f", value, expected, most);
}

static double db(double gain)
{
	return 20 * log10(gain);
}

static double complex at_hz(double hz, double samples)
{
	return cexp(-I * 2 * M_PI * hz / RATE * samples);
}

/* Of 16-bit taps, Q15. */
static double complex fir_at(size_t byte, int taps, double hz)
{
	double complex sum = 0;

	for (int i = 0; i < taps; i++)
		sum += ldexp(half(byte + 2 * (size_t)i), -15) * at_hz(hz, i);
	return sum;
}

#define BIQUAD_BYTES 28

static double complex biquad_at(size_t byte, double hz)
{
	const double complex z1 = at_hz(hz, 1), z2 = at_hz(hz, 2);
	double c[5];

	for (size_t i = 0; i < 5; i++)
		c[i] = real(byte + 4 * i, 30);
	/* no shift, and a gain of one */
	assert_int_equal(word(byte + 20), 0);
	assert_int_equal(word(byte + 24), 1 << 14);
	return (c[4] + c[3] * z1 + c[2] * z2) / (1 - c[1] * z1 - c[0] * z2);
}

static const double tones[] = { 1, 20, 100, 500, 900, 1000, 1100, 2000, 8000, 16000, 23999 };

/* Each filter runs twice: -6 dB at the corner, 24 dB an octave, and bands that add up to one. */
static void bands_split_at_1_khz(size_t low, size_t high)
{
	for (size_t i = 0; i < sizeof(tones) / sizeof(tones[0]); i++) {
		const double complex l = biquad_at(low, tones[i]), h = biquad_at(high, tones[i]);

		is_near(cabs(l * l + h * h), 1, 1e-4);
	}
	is_near(db(pow(cabs(biquad_at(low, 1000)), 2)), -6.0206, 0.01);
	is_near(db(pow(cabs(biquad_at(high, 1000)), 2)), -6.0206, 0.01);
	is_near(db(pow(cabs(biquad_at(low, 4000)), 2)), -48.6, 1.0);
	is_near(db(pow(cabs(biquad_at(high, 250)), 2)), -48.2, 0.5);
}

static void a_crossover_splits_at_1_khz(void **state)
{
	make(crossover);
	assert_int_equal(blob.size, 40 + 2 * BIQUAD_BYTES);
	assert_int_equal(word(0), blob.size);
	assert_int_equal(word(4), 2);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(word(8 + 4 * i), 0);
		assert_int_equal(word(24 + 4 * i), i);
	}
	bands_split_at_1_khz(40, 40 + BIQUAD_BYTES);
}

static void dcblock_takes_away_20_hz_and_less(void **state)
{
	make(dcblock);
	assert_int_equal(blob.size, 8 * 4);
	for (size_t ch = 0; ch < 8; ch++) {
		const double r = real(4 * ch, 30);
		const double complex z = at_hz(20, 1);

		is_near(db(cabs((1 - z) / (1 - r * z))), -3.01, 0.02);
	}
}

static void eqfir_passes_12_khz_and_less(void **state)
{
	const size_t taps = 48;

	make(eqfir);
	assert_int_equal(blob.size, taps + 2 * FIR_TAPS);
	assert_int_equal(word(0), blob.size);
	assert_int_equal(half(4), 2);
	assert_int_equal(half(6), 1);
	assert_int_equal(half(28), FIR_TAPS);
	assert_int_equal(half(30), 0);
	for (int i = 0; i < FIR_TAPS; i++)
		assert_int_equal(half(taps + 2 * (size_t)i),
				 half(taps + 2 * (size_t)(FIR_TAPS - 1 - i)));
	for (double hz = 0; hz <= 10000; hz += 100)
		is_near(db(cabs(fir_at(taps, FIR_TAPS, hz))), 0, 0.015);
	is_near(db(cabs(fir_at(taps, FIR_TAPS, 12000))), -6.02, 0.05);
	for (double hz = 14100; hz < 24000; hz += 100)
		assert_true(db(cabs(fir_at(taps, FIR_TAPS, hz))) < -70);
}

/* The curve is one piece: linear, then the knee, then the slope of the ratio. */
static void compressor_is(size_t at, double threshold, double knee, double ratio, double gain,
			  double attack, double release)
{
	const double t = of_db(threshold), x0 = of_db(threshold + knee), slope = 1 / ratio;
	const double k = real(at + 28, 20), a = real(at + 32, 24), b = real(at + 36, 24);
	const double detector = 120;
	double sum = 0;

	assert_int_equal(word(at), 1);
	is_near(real(at + 4, 24), threshold, 1e-6);
	is_near(real(at + 8, 24), knee, 1e-6);
	is_near(real(at + 12, 24), ratio, 1e-6);
	is_near(real(at + 16, 30), 0.006, 1e-6);
	is_near(real(at + 20, 30), t, 1e-6);
	is_near(real(at + 24, 30), slope, 1e-6);
	is_near(real(at + 40, 24), x0, 1e-6);
	/* y = a + b exp(-k x) in the knee: joins y = x at the threshold with the same slope */
	is_near(a + b * exp(-k * t), t, 1e-4);
	is_near(-k * b * exp(-k * t), 1, 1e-3);
	/* and joins y = c x^slope behind it */
	is_near((a + b * exp(-k * x0)) / (real(at + 44, 30) * pow(x0, slope)), 1, 1e-3);
	is_near(-k * b * exp(-k * x0) * x0 / (a + b * exp(-k * x0)), slope, 1e-3);
	is_near(db(real(at + 48, 24)), gain, 1e-4);
	is_near(real(at + 52, 30) * attack * RATE, 1, 1e-4);
	is_near(real(at + 56, 30) * detector, -1, 1e-4);
	is_near(db(1 + real(at + 60, 30)) * detector, 2, 1e-4);
	assert_int_equal(word(at + 64), 5);
	/* frames at 0, 1, 2, 3: 0.09, 0.16, 0.42, 0.98 of the release */
	for (int r = 0; r < 4; r++) {
		static const double parts[] = { 0.09, 0.16, 0.42, 0.98 };

		sum = 0;
		for (int power = 4; power >= 0; power--)
			sum = sum * r + real(at + 68 + 4 * (size_t)power, 12);
		is_near(sum / (release * RATE), parts[r], 1e-5);
	}
}

#define COMPRESSOR_BYTES 88

static void compressors_have_their_curves(void **state)
{
	make(drc);
	assert_int_equal(blob.size, 20 + COMPRESSOR_BYTES);
	assert_int_equal(word(0), blob.size);
	compressor_is(20, -24, 18, 6, 4, 0.003, 0.25);
	make(multiband_drc);
	assert_int_equal(blob.size, 44 + 10 * BIQUAD_BYTES + 2 * COMPRESSOR_BYTES);
	assert_int_equal(word(0), blob.size);
	assert_int_equal(word(4), 2);
	for (size_t i = 8; i < 44; i += 4)
		assert_int_equal(word(i), 0);
	/* emphasis and deemphasis are flat, and so is what a third band would have */
	for (size_t i = 0; i < 10; i++)
		if (i != 4 && i != 5)
			is_near(cabs(biquad_at(44 + BIQUAD_BYTES * i, 1234)), 1, 1e-6);
	bands_split_at_1_khz(44 + 4 * BIQUAD_BYTES, 44 + 5 * BIQUAD_BYTES);
	compressor_is(44 + 10 * BIQUAD_BYTES, -24, 18, 6, 4, 0.003, 0.25);
	compressor_is(44 + 10 * BIQUAD_BYTES + COMPRESSOR_BYTES, -30, 12, 10, 3, 0.001, 0.1);
}

/* Both microphones of a beam add up to one, with the time between them that its angle makes. */
static void beams_delay_by_their_angle(void **state)
{
	const size_t filters = 28, filter = 20 + 32, rest = filters + 8 * filter;

	make(tdfb);
	assert_int_equal(word(0), blob.size);
	assert_int_equal(half(4), 2);
	assert_int_equal(half(6), 2);
	assert_int_equal(half(10), 2);
	assert_int_equal(half(12), 4);
	for (size_t angle = 0; angle < 4; angle++) {
		const size_t first = filters + 2 * angle * filter, second = first + filter;
		const double late = 0.05 * sin(M_PI / 6 * (double)angle) / 343 * RATE;

		assert_int_equal(half(first), 16);
		assert_int_equal(half(second), 16);
		for (double hz = 100; hz <= 8000; hz += 100) {
			const double complex a = fir_at(first + 20, 16, hz);
			const double complex b = fir_at(second + 20, 16, hz);

			is_near(cabs(a), 0.5, 0.015);
			is_near(cabs(b), 0.5, 0.015);
			is_near(carg(a / at_hz(hz, 8 + late / 2)), 0, 0.015);
			is_near(carg(b / at_hz(hz, 8 - late / 2)), 0, 0.015);
		}
	}
	/* where each output goes, the angles with their first filters, and the microphones */
	assert_int_equal(half(rest + 2), 1);
	assert_int_equal(half(rest + 4), 3);
	assert_int_equal(half(rest + 6), 3);
	for (size_t angle = 0; angle < 4; angle++) {
		assert_int_equal(half(rest + 12 + 8 * angle), 30 * angle);
		assert_int_equal(half(rest + 12 + 8 * angle + 4), 2 * angle);
	}
	for (size_t i = 0; i < 2; i++)
		is_near(ldexp(half(rest + 44 + 8 * i + 2), -12), i ? -0.025 : 0.025, 2e-4);
	assert_int_equal(blob.size, rest + 60);
}

static void micsel_swaps_mixes_and_passes(void **state)
{
	const size_t profile = 4 + 64 * 2;

	make(micsel);
	assert_int_equal(blob.size, 3 * profile);
	for (size_t out = 0; out < 8; out++) {
		for (size_t in = 0; in < 8; in++) {
			const size_t at = 4 + 2 * (8 * out + in);
			const bool stereo = in < 2;

			assert_int_equal(half(at),
					 out < 2 && stereo && out + in == 1 ? 1 << 10 : 0);
			assert_int_equal(half(profile + at), !out && stereo ? 1 << 9 : 0);
			assert_int_equal(half(2 * profile + at), out == in ? 1 << 10 : 0);
		}
	}
	for (size_t i = 0; i < 3; i++) {
		static const uint8_t heads[3][4] = { { 2, 2 }, { 2, 1 }, { 8, 8 } };

		assert_memory_equal(blob.bytes + i * profile, heads[i], 4);
	}
}

static void level_multiplier_halves(void **state)
{
	make(level_multiplier);
	assert_int_equal(blob.size, 4);
	is_near(db(real(0, 23)), -6, 1e-4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_crossover_splits_at_1_khz),
		cmocka_unit_test(dcblock_takes_away_20_hz_and_less),
		cmocka_unit_test(eqfir_passes_12_khz_and_less),
		cmocka_unit_test(compressors_have_their_curves),
		cmocka_unit_test(beams_delay_by_their_angle),
		cmocka_unit_test(micsel_swaps_mixes_and_passes),
		cmocka_unit_test(level_multiplier_halves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
