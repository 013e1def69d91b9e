/* SPDX-License-Identifier: BSD-3-Clause */
/* The products of madd16.h and fir16.h beside plain C. Compiled twice: with the processor's
 * instruction, and with what stands in for it elsewhere. */
#include "check.h"

#include <module/audio/fir16_line.h>
#include <sof/common.h>
#include <stdlib.h>

#include "random.h"

#define TAPS_MAX 64

static int16_t any16(uint64_t *seed)
{
	switch (random_below(seed, 8)) {
	case 0:
		return INT16_MIN;
	case 1:
		return INT16_MAX;
	default:
		return (int16_t)random_next(seed);
	}
}

static void products_are_those_of_plain_c(void **state)
{
	uint64_t seed = 1;

	for (int n = 0; n < 20000; n++) {
		int16_t a[9], b[9];
		madd16_sums sums;

		for (int i = 0; i < 9; i++) {
			a[i] = any16(&seed);
			b[i] = any16(&seed);
		}
		/* from anywhere */
		sums = madd16(madd16_load(a + n % 2), madd16_load(b + n % 2));
		for (int i = 0; i < 4; i++) {
			const int k = 2 * i + n % 2;
			const int64_t sum = (int64_t)a[k] * b[k] + (int64_t)a[k + 1] * b[k + 1];

			assert_int_equal(sums[i], (uint32_t)sum);
		}
	}
}

static void totals_and_packs_keep_their_order(void **state)
{
	uint64_t seed = 2;

	for (int n = 0; n < 1000; n++) {
		madd16_sums v[4], total;
		madd16_samples packed;

		for (int i = 0; i < 4; i++) {
			for (int k = 0; k < 4; k++)
				v[i][k] = random_next(&seed);
		}
		total = madd16_total(v[0], v[1], v[2], v[3]);
		for (int i = 0; i < 4; i++)
			assert_int_equal(total[i],
					 (uint32_t)(v[i][0] + v[i][1] + v[i][2] + v[i][3]));
		for (int i = 0; i < 8; i++)
			v[i / 4][i % 4] = (uint32_t)(int32_t)any16(&seed);
		packed = madd16_pack(v[0], v[1]);
		for (int i = 0; i < 8; i++)
			assert_int_equal(packed[i], (int32_t)v[i / 4][i % 4]);
	}
}

static int32_t plain(const int16_t *coefs, unsigned int taps, const int16_t *x, size_t lower,
		     unsigned int fine_bits)
{
	int64_t coarse = 0, mixed = 0, sum;

	for (unsigned int t = 0; t < taps; t++) {
		const int16_t *c = coefs + t / FIR16_GROUP * 2 * FIR16_GROUP + t % FIR16_GROUP;

		coarse += (int64_t)x[t] * c[0];
		mixed +=
			(int64_t)x[t] * c[FIR16_GROUP] + (lower ? (int64_t)x[t + lower] * c[0] : 0);
	}
	sum = coarse * (1 << fine_bits) + mixed + (1 << (fine_bits - 3));
	return sat_int32(sum >> (fine_bits - 2));
}

static void outputs_are_those_of_plain_c(void **state)
{
	enum { STRIDE = 5, CAPACITY = TAPS_MAX };
	uint64_t seed = 3;

	for (int n = 0; n < 4000; n++) {
		const unsigned int taps = FIR16_GROUP * (1 + random_below(&seed, TAPS_MAX / 8));
		const unsigned int fine_bits = 3 + random_below(&seed, 9);
		int16_t coefs[2 * TAPS_MAX], x[4 * CAPACITY];
		int32_t y[STRIDE + 1];

		for (unsigned int i = 0; i < 2 * taps; i++) {
			/* sums of sizes that are allowed */
			const int16_t c = (int16_t)(any16(&seed) / (int16_t)taps);

			coefs[i] = i / FIR16_GROUP % 2 ? (int16_t)(c >> (14 - fine_bits)) : c;
		}
		for (unsigned int i = 0; i < ARRAY_SIZE(x); i++)
			x[i] = i / CAPACITY % 2 ? (int16_t)random_below(&seed, 1u << fine_bits) :
						  any16(&seed);
		fir16_outputs(coefs, taps, x, CAPACITY, 2 * CAPACITY, fine_bits, true, false, y,
			      STRIDE);
		assert_int_equal(y[0], plain(coefs, taps, x, CAPACITY, fine_bits));
		assert_int_equal(y[STRIDE],
				 plain(coefs, taps, x + 2 * CAPACITY, CAPACITY, fine_bits));
		fir16_outputs(coefs, taps, x, CAPACITY, 2 * CAPACITY, fine_bits, true, true, y,
			      STRIDE);
		assert_int_equal(y[0], plain(coefs, taps, x, 0, fine_bits));
		assert_int_equal(y[STRIDE], plain(coefs, taps, x + 2 * CAPACITY, 0, fine_bits));
		fir16_outputs(coefs, taps, x, CAPACITY, 0, fine_bits, false, false, y, STRIDE);
		assert_int_equal(y[0], plain(coefs, taps, x, CAPACITY, fine_bits));
	}
}

static void samples_are_cut_in_two_and_outputs_saturate(void **state)
{
	uint64_t seed = 4;

	for (unsigned int fine_bits = 3; fine_bits <= 14; fine_bits++) {
		for (int n = 0; n < 1000; n++) {
			const int32_t x = n < 4 ? (int32_t[]){ INT32_MIN, INT32_MAX, -1, 0 }[n] :
						  (int32_t)random_next(&seed);
			const int64_t whole =
				fir16_upper(x) * 65536LL +
				((int64_t)fir16_lower(x, fine_bits) << (16 - fine_bits));

			assert_true(whole <= x && x - whole < 1LL << (16 - fine_bits));
		}
		assert_int_equal(fir16_output(INT32_MAX, 0, fine_bits), INT32_MAX);
		assert_int_equal(fir16_output((uint32_t)INT32_MIN, 0, fine_bits), INT32_MIN);
		assert_int_equal(fir16_output(1, 0, fine_bits), 4);
		assert_int_equal(fir16_output((uint32_t)-1, 0, fine_bits), -4);
	}
}

/* What is put in is there when it is history, wherever the line had to be moved. */
static void lines_keep_their_frames(void **state)
{
	enum { HISTORY = 13, AHEAD = 9, CHANNELS = 3 };
	const size_t bytes = fir16_line_bytes(HISTORY, AHEAD, CHANNELS);
	void *memory = malloc(bytes);
	struct fir16_line line;
	unsigned int put = 0, used = 0;
	uint64_t seed = 5;

	assert_non_null(memory);
	fir16_line_init(&line, memory, HISTORY, AHEAD, CHANNELS, 10, false);
	assert_true(fir16_line_room(&line) >= AHEAD);
	while (put < 2000) {
		const unsigned int n = random_below(&seed, fir16_line_room(&line) + 1);
		const unsigned int at = fir16_line_claim(&line, n);

		for (unsigned int i = 0; i < n; i++, put++) {
			for (unsigned int ch = 0; ch < CHANNELS; ch++)
				fir16_line_put(&line, ch, at + i,
					       (int32_t)((put + 1) << 16 | ch << 6));
		}
		for (unsigned int ch = 0; ch < CHANNELS; ch++) {
			const int16_t *x = fir16_line_channel(&line, ch);

			for (unsigned int i = 0; i < HISTORY + line.pending; i++) {
				const int frame = (int)(used + i) - HISTORY;

				assert_int_equal(x[i], frame < 0 ? 0 : frame + 1);
				assert_int_equal(x[i + line.capacity], frame < 0 ? 0 : ch);
			}
		}
		{
			const unsigned int gone = random_below(&seed, line.pending + 1);

			fir16_line_advance(&line, gone);
			used += gone;
		}
	}
	free(memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(products_are_those_of_plain_c),
		cmocka_unit_test(totals_and_packs_keep_their_order),
		cmocka_unit_test(outputs_are_those_of_plain_c),
		cmocka_unit_test(samples_are_cut_in_two_and_outputs_saturate),
		cmocka_unit_test(lines_keep_their_frames),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
