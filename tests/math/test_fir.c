/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_signal.h"

#include "../../audio/math/fir_sum.h"

#include <errno.h>
#include <math.h>
#include <sof/math/fir_generic.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MOST SOF_FIR_MAX_LENGTH

/* A filter, its coefficients, and what went into it. */
struct filter {
	struct fir_state_32x16 state;
	union {
		struct sof_fir_coef_data header;
		int16_t words[SOF_FIR_COEF_NHEADER + MOST];
	} config;
	int32_t delay[MOST + 4];
	int32_t history[4096]; /* the newest last */
	int count;
};

static int16_t *coef_of(struct filter *f)
{
	return f->config.words + SOF_FIR_COEF_NHEADER;
}

static void filter_init(struct filter *f, int taps, int shift)
{
	int32_t *at = f->delay;

	memset(f, 0, sizeof(*f));
	f->config.header.length = (int16_t)taps;
	f->config.header.out_shift = (int16_t)shift;
	for (int i = 0; i < taps; i++)
		coef_of(f)[i] = (int16_t)(test_random() >> 16);
	assert_int_equal(fir_delay_size(&f->config.header), (taps + 4) * 4);
	assert_int_equal(fir_init_coef(&f->state, &f->config.header), 0);
	fir_init_delay(&f->state, &at);
	assert_ptr_equal(at, f->delay + taps + 2);
}

/* The sum has no more than 55 bits: this format holds them. */
static long double exact_output(const struct filter *f, int n)
{
	const int16_t *const coef = coef_of((struct filter *)(uintptr_t)f);
	long double sum = 0;

	for (int k = 0; k < f->config.header.length && k <= n; k++)
		sum += (long double)coef[k] * f->history[n - k];
	return ldexpl(sum, -15 - f->config.header.out_shift);
}

static void check_output(const struct filter *f, int n, int32_t y)
{
	const long double exact = exact_output(f, n);

	if (exact >= INT32_MAX)
		assert_int_equal(y, INT32_MAX);
	else if (exact < INT32_MIN)
		assert_int_equal(y, INT32_MIN);
	else
		assert_true(y <= exact && exact - y < 1);
}

static void one_sample(struct filter *f, int32_t x)
{
	f->history[f->count] = x;
	check_output(f, f->count, fir_32x16(&f->state, x));
	f->count++;
}

static void two_samples(struct filter *f, int32_t x0, int32_t x1)
{
	int32_t y0, y1;

	f->history[f->count] = x0;
	f->history[f->count + 1] = x1;
	fir_32x16_2x(&f->state, x0, x1, &y0, &y1);
	check_output(f, f->count, y0);
	check_output(f, f->count + 1, y1);
	f->count += 2;
}

static struct filter filter;

static void output_is_the_exact_sum_rounded_down(void **state)
{
	for (int taps = 4; taps <= MOST; taps += 4) {
		filter_init(&filter, taps, taps % 11 - 3);
		for (int n = 0; n < 3 * taps; n++)
			one_sample(&filter, test_random() >> (taps % 5));
	}
}

static void two_at_a_time_are_the_same(void **state)
{
	for (int taps = 4; taps <= MOST; taps += 4) {
		filter_init(&filter, taps, taps % 11 - 3);
		for (int n = 0; n < 3 * taps; n += 2)
			two_samples(&filter, test_random(), test_random());
	}
}

static void ones_and_twos_mix(void **state)
{
	for (int taps = 4; taps <= MOST; taps += 4) {
		filter_init(&filter, taps, 2);
		for (int n = 0; n < 2 * taps; n++) {
			if (test_random() & 1)
				one_sample(&filter, test_random());
			else
				two_samples(&filter, test_random(), test_random());
		}
	}
}

static void extremes_saturate_and_do_not_overflow(void **state)
{
	static const int32_t extreme[] = { INT32_MIN, INT32_MAX };

	for (int sign = 0; sign < 2; sign++) {
		for (int c = 0; c < 2; c++) {
			filter_init(&filter, MOST, 0);
			for (int i = 0; i < MOST; i++)
				coef_of(&filter)[i] = c ? INT16_MAX : INT16_MIN;
			for (int n = 0; n < MOST + 10; n++)
				one_sample(&filter, extreme[sign]);
			for (int n = 0; n < MOST; n++)
				two_samples(&filter, extreme[n % 2], extreme[sign]);
		}
	}
}

static void every_shift_that_is_allowed_works(void **state)
{
	for (int shift = -15; shift <= 48; shift++) {
		filter_init(&filter, 24, shift);
		for (int n = 0; n < 60; n++)
			one_sample(&filter, test_random() >> (n % 32));
	}
}

/* What the processor's own instructions make is what plain C makes. */
static void instructions_do_not_matter(void **state)
{
	for (int round = 0; round < 20000; round++) {
		const int taps = 4 + 4 * (int)((uint32_t)test_random() % 64);
		const int32_t x0 = test_random(), x1 = test_random();
		struct fir_pair pair;
		int32_t y0, y1;

		filter_init(&filter, taps, 5);
		for (int i = 0; i < taps + 2; i++)
			filter.delay[i] = test_random();
		filter.state.rwi = (int)((uint32_t)test_random() % (unsigned int)(taps + 2));
		pair = fir_pair_plain(&filter.state, x0, x1);
		assert_true(fir_sum_plain(&filter.state, x0) == pair.y0);
		if (round % 2) {
			fir_32x16_2x(&filter.state, x0, x1, &y0, &y1);
		} else {
			y0 = fir_32x16(&filter.state, x0);
			y1 = fir_32x16(&filter.state, x1);
		}
		assert_int_equal(y0, sat_int32(pair.y0 >> 20));
		assert_int_equal(y1, sat_int32(pair.y1 >> 20));
	}
}

/* A page of memory with closed ones on either side. */
static uint8_t *lone_page(size_t page)
{
	uint8_t *const three = mmap(NULL, 3 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_ptr_not_equal(three, MAP_FAILED);
	assert_int_equal(mprotect(three + page, page, PROT_READ | PROT_WRITE), 0);
	return three + page;
}

static void nothing_beside_coefficients_and_delay_line_is_touched(void **state)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	uint8_t *const coef = lone_page(page);
	uint8_t *const delay = lone_page(page);

	for (int taps = 4; taps <= MOST; taps += 4) {
		for (int at_end = 0; at_end < 2; at_end++) {
			const size_t coef_bytes = (size_t)taps * 2;
			const size_t delay_bytes = ((size_t)taps + 4) * 4;
			struct fir_state_32x16 fir = { .taps = taps, .length = taps + 2 };
			int32_t y0, y1;

			fir.coef = (int16_t *)(void *)(coef + (at_end ? page - coef_bytes : 0));
			fir.delay = (int32_t *)(void *)(delay + (at_end ? page - delay_bytes : 0));
			memset(delay, 0, page);
			memset(coef, 0, page);
			fir.coef[taps - 1] = INT16_MIN;
			for (int n = 0; n < taps - 1; n++)
				assert_int_equal(fir_32x16(&fir, 1 << 20), 0);
			/* from odd places too */
			for (int n = 0; n < taps + 3; n++) {
				fir_32x16_2x(&fir, 1 << 20, 1 << 20, &y0, &y1);
				assert_int_equal(y0, -(1 << 20));
				assert_int_equal(y1, -(1 << 20));
				assert_int_equal(fir_32x16(&fir, 1 << 20), -(1 << 20));
			}
			/* the ring is all that was written */
			for (size_t i = 0; i < page / 4; i++) {
				const int32_t *const word = (int32_t *)(void *)delay + i;

				if (word < fir.delay || word >= fir.delay + fir.length)
					assert_int_equal(*word, 0);
			}
		}
	}
	munmap(coef - page, 3 * page);
	munmap(delay - page, 3 * page);
}

static void impossible_filters_are_refused(void **state)
{
	struct sof_fir_coef_data config = { 0 };

	for (int taps = INT16_MIN; taps <= INT16_MAX; taps++) {
		config.length = (int16_t)taps;
		if (taps >= 4 && taps <= MOST && taps % 4 == 0)
			assert_int_equal(fir_delay_size(&config), (taps + 4) * 4);
		else
			assert_int_equal(fir_delay_size(&config), -EINVAL);
	}
	config.length = 64;
	for (int shift = INT16_MIN; shift <= INT16_MAX; shift++) {
		config.out_shift = (int16_t)shift;
		if (shift >= -15 && shift <= 48)
			assert_int_equal(fir_delay_size(&config), 272);
		else
			assert_int_equal(fir_delay_size(&config), -EINVAL);
	}
}

static void a_filter_that_was_reset_passes(void **state)
{
	int32_t y0, y1;

	filter_init(&filter, 32, 0);
	fir_reset(&filter.state);
	assert_ptr_equal(filter.state.delay, filter.delay);
	assert_null(filter.state.coef);
	assert_int_equal(fir_32x16(&filter.state, INT32_MIN), INT32_MIN);
	fir_32x16_2x(&filter.state, -7, INT32_MAX, &y0, &y1);
	assert_int_equal(y0, -7);
	assert_int_equal(y1, INT32_MAX);
}

int test_fir(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_is_the_exact_sum_rounded_down),
		cmocka_unit_test(two_at_a_time_are_the_same),
		cmocka_unit_test(ones_and_twos_mix),
		cmocka_unit_test(extremes_saturate_and_do_not_overflow),
		cmocka_unit_test(every_shift_that_is_allowed_works),
		cmocka_unit_test(instructions_do_not_matter),
		cmocka_unit_test(nothing_beside_coefficients_and_delay_line_is_touched),
		cmocka_unit_test(impossible_filters_are_refused),
		cmocka_unit_test(a_filter_that_was_reset_passes),
	};

	return cmocka_run_group_tests_name("fir", tests, NULL, NULL);
}
