/* SPDX-License-Identifier: BSD-3-Clause */
/* Transforms against the sum they stand for, in double precision; plans with memory running out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <sof/math/fft.h>
#include <stdlib.h>
#include <string.h>

#define SIZE_MAX_MULTI (3 * FFT_SIZE_MAX)

/* \name The module's heap, and who listens to messages */

static int allocations, blocks, fail_at;

static void *allocate(size_t size)
{
	void *block;

	if (allocations++ == fail_at)
		return NULL;
	block = malloc(size);
	if (block) {
		memset(block, 0xa5, size);
		blocks++;
	}
	return block;
}

void *mod_alloc_ext(struct processing_module *mod, uint32_t flags, size_t size, size_t alignment)
{
	return allocate(size);
}

void *mod_balloc_align(struct processing_module *mod, size_t size, size_t alignment)
{
	return allocate(size);
}

int mod_free(struct processing_module *mod, const void *ptr)
{
	if (ptr)
		blocks--;
	free((void *)ptr);
	return 0;
}

bool sof_log_enabled(int level)
{
	return true;
}

static int messages;

void sof_log(int level, const char *module, const char *format, ...)
{
	messages++;
}

static int heap_is_empty_before(void **state)
{
	allocations = 0;
	blocks = 0;
	messages = 0;
	fail_at = -1;
	return 0;
}

static int heap_is_empty_after(void **state)
{
	return blocks;
}

/* \name Transforms in double precision */

static uint64_t seed = 0x9e3779b97f4a7c15;

static int32_t random_word(void)
{
	seed = seed * 6364136223846793005 + 1442695040888963407;
	return (int32_t)(seed >> 32);
}

struct complex_double {
	double real, imag;
};

static struct complex_double exact[SIZE_MAX_MULTI];

/* Of Q1.31 into numbers of the same units, with the factor 1/N. */
static void transform(const struct icomplex32 *x, int size, int direction)
{
	static double cosine[SIZE_MAX_MULTI], sine[SIZE_MAX_MULTI];

	for (int i = 0; i < size; i++) {
		cosine[i] = cos(2 * M_PI * i / size);
		sine[i] = direction * sin(2 * M_PI * i / size);
	}
	for (int k = 0; k < size; k++) {
		struct complex_double sum = { 0, 0 };
		int at = 0;

		for (int n = 0; n < size; n++) {
			sum.real += x[n].real * cosine[at] - x[n].imag * sine[at];
			sum.imag += x[n].real * sine[at] + x[n].imag * cosine[at];
			at += k;
			if (at >= size)
				at -= size;
		}
		exact[k].real = sum.real / size;
		exact[k].imag = sum.imag / size;
	}
}

static struct icomplex32 in[SIZE_MAX_MULTI], out[SIZE_MAX_MULTI], given[SIZE_MAX_MULTI];

enum signal { NOISE, SINE, IMPULSE, JUST_BELOW_0, HALF_A_UNIT, CORNER, SIGNALS };

/* None has a magnitude above 1. */
static void make(enum signal signal, int size)
{
	for (int i = 0; i < size; i++) {
		const double angle = 2 * M_PI * 3 * i / size;

		switch (signal) {
		case NOISE:
			given[i].real = (int32_t)(random_word() * 0.7);
			given[i].imag = (int32_t)(random_word() * 0.7);
			break;
		case SINE:
			given[i].real = (int32_t)(INT32_MAX * cos(angle));
			given[i].imag = (int32_t)(INT32_MAX * sin(angle));
			break;
		case IMPULSE:
			given[i].real = i == 1 ? INT32_MAX : 0;
			given[i].imag = 0;
			break;
		case JUST_BELOW_0:
			given[i].real = -1;
			given[i].imag = -1;
			break;
		case HALF_A_UNIT:
			/* when divided by the size, of 16 bits */
			given[i].real = size << 15;
			given[i].imag = -(size << 15);
			break;
		default:
			given[i].real = INT32_MIN;
			given[i].imag = 0;
			break;
		}
	}
	memcpy(in, given, sizeof(in));
	memset(out, 0x5a, sizeof(out));
}

static double bound_32(int size)
{
	return 2 * size + log2(size);
}

static double bound_16(int size)
{
	return size + log2(size) + 1;
}

static double clamp(double x)
{
	return fmax(fmin(x, INT32_MAX), INT32_MIN);
}

/* Largest difference of a part, in units in the last place; saturated as the inverse is. */
static double worst(int size, double factor)
{
	double most = 0;

	for (int i = 0; i < size; i++) {
		most = fmax(most, fabs(out[i].real - clamp(factor * exact[i].real)));
		most = fmax(most, fabs(out[i].imag - clamp(factor * exact[i].imag)));
	}
	return most;
}

static void assert_below(double got, double bound, int size, int signal)
{
	if (got >= bound)
		fail_msg("%d bins, signal %d: off by %g, allowed %g", size, signal, got, bound);
}

static void forward_32_is_within_its_bound(void **state)
{
	for (int size = 1; size <= FFT_SIZE_MAX; size *= 2) {
		struct fft_plan *plan = mod_fft_plan_new(NULL, in, out, (uint32_t)size, 32);

		assert_non_null(plan);
		for (int signal = 0; signal < SIGNALS; signal++) {
			make(signal, size);
			fft_execute_32(plan, false);
			transform(given, size, -1);
			assert_below(worst(size, 1), bound_32(size), size, signal);
			assert_memory_equal(in, given, sizeof(in));
		}
		mod_fft_plan_free(NULL, plan);
	}
}

static void inverse_32_is_within_its_bound(void **state)
{
	for (int size = 1; size <= FFT_SIZE_MAX; size *= 2) {
		struct fft_plan *plan = mod_fft_plan_new(NULL, in, out, (uint32_t)size, 32);

		assert_non_null(plan);
		for (int signal = 0; signal < SIGNALS; signal++) {
			make(signal, size);
			fft_execute_32(plan, true);
			transform(given, size, 1);
			assert_below(worst(size, size), size * bound_32(size), size, signal);
			/* it leaves the conjugate */
			for (int i = 0; i < size; i++)
				assert_int_equal(in[i].imag, sat_int32(-(int64_t)given[i].imag));
		}
		mod_fft_plan_free(NULL, plan);
	}
}

static void multi_is_within_its_bounds(void **state)
{
	for (int i = 0; 1 << i / 2 <= FFT_SIZE_MAX; i++) {
		const int size = (i & 1 ? 3 : 1) << i / 2;
		struct fft_multi_plan *plan =
			mod_fft_multi_plan_new(NULL, in, out, (uint32_t)size, 32);

		assert_non_null(plan);
		for (int signal = 0; signal < SIGNALS; signal++) {
			make(signal, size);
			fft_multi_execute_32(plan, false);
			transform(given, size, -1);
			assert_below(worst(size, 1), bound_32(size), size, signal);
			make(signal, size);
			fft_multi_execute_32(plan, true);
			transform(given, size, 1);
			assert_below(worst(size, size), size * bound_32(size), size, signal);
		}
		mod_fft_multi_plan_free(NULL, plan);
	}
}

static struct icomplex16 in16[FFT_SIZE_MAX], out16[FFT_SIZE_MAX];

/* given[] with room for the error, what of it has 16 bits, and the mean's share of the first put where
 * it is looked for. */
static void make_16(int size, int len, bool conjugated)
{
	const double below_1 = 1 - ldexp(bound_16(size), -15);

	for (int i = 0; i < size; i++) {
		given[i].real = (int32_t)(given[i].real * below_1) & ~0xffff;
		given[i].imag = (int32_t)(given[i].imag * below_1) & ~0xffff;
		in16[i].real = (int16_t)(given[i].real >> 16);
		in16[i].imag = (int16_t)(given[i].imag >> 16);
	}
	memset(out16, 0x5a, sizeof(out16));
	out16[0] = in16[0];
	if (conjugated)
		icomplex16_conj(&out16[0]);
	icomplex16_shift(&out16[0], (int16_t)-len, &out16[0]);
}

static void transforms_of_16_bits_are_within_their_bounds(void **state)
{
	for (int len = 0; 1 << len <= FFT_SIZE_MAX; len++) {
		const int size = 1 << len;
		struct fft_plan *plan = mod_fft_plan_new(NULL, in16, out16, (uint32_t)size, 16);

		assert_non_null(plan);
		for (int run = 0; run < 2 * SIGNALS; run++) {
			const bool inverse = run & 1;
			double most = 0;

			make(run / 2, size);
			make_16(size, len, inverse);
			fft_execute_16(plan, inverse);
			transform(given, size, inverse ? 1 : -1);
			for (int i = 0; i < size; i++) {
				const double factor = inverse ? size : 1;
				const double sign = inverse ? -1 : 1;
				const double x = clamp(factor * exact[i].real) / 65536;
				const double y = clamp(factor * sign * exact[i].imag) / 65536;

				most = fmax(most,
					    fmax(fabs(out16[i].real - x), fabs(out16[i].imag - y)));
			}
			assert_below(most, (inverse ? size : 1) * bound_16(size), size, run);
		}
		mod_fft_plan_free(NULL, plan);
	}
}

static void first_of_16_bits_is_not_read(void **state)
{
	struct fft_plan *plan = mod_fft_plan_new(NULL, in16, out16, 4, 16);

	memset(in16, 0, sizeof(in16));
	memset(out16, 0, sizeof(out16));
	in16[0].real = 32767;
	fft_execute_16(plan, false);
	for (int i = 0; i < 4; i++)
		assert_true(out16[i].real == 0 && out16[i].imag == 0);
	mod_fft_plan_free(NULL, plan);
}

static void there_and_back_is_what_was(void **state)
{
	static const uint32_t sizes[] = { 512, 768, 1024, 1536, 3072 };
	static struct icomplex32 between[SIZE_MAX_MULTI];

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		const uint32_t size = sizes[i];
		struct fft_multi_plan *there = mod_fft_multi_plan_new(NULL, in, between, size, 32);
		struct fft_multi_plan *back = mod_fft_multi_plan_new(NULL, between, out, size, 32);

		make(NOISE, (int)size);
		fft_multi_execute_32(there, false);
		fft_multi_execute_32(back, true);
		for (uint32_t k = 0; k < size; k++) {
			exact[k].real = given[k].real;
			exact[k].imag = given[k].imag;
		}
		assert_below(worst((int)size, 1), 2 * size * bound_32((int)size), (int)size, NOISE);
		mod_fft_multi_plan_free(NULL, there);
		mod_fft_multi_plan_free(NULL, back);
	}
}

static void three_are_within_their_bound(void **state)
{
	for (int i = 0; i < 20000; i++) {
		make(i % SIGNALS, 3);
		dft3_32(in, out);
		transform(given, 3, -1);
		assert_below(worst(3, 1), 5, 3, i % SIGNALS);
		/* over itself */
		dft3_32(in, in);
		assert_memory_equal(in, out, 3 * sizeof(in[0]));
	}
}

static void impossible_plans_are_refused(void **state)
{
	static const uint32_t bad[] = { 0, 3, 6, 1023, 1025, 2048, 1u << 31, UINT32_MAX };
	static const uint32_t bad_multi[] = { 0, 5, 9, 15, 1023, 2048, 6144, 3u << 30, UINT32_MAX };
	static const int bad_bits[] = { 0, 8, 24, 64, -32 };
	int count = 0;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++, count++)
		assert_null(mod_fft_plan_new(NULL, in, out, bad[i], 32));
	for (size_t i = 0; i < ARRAY_SIZE(bad_multi); i++, count++)
		assert_null(mod_fft_multi_plan_new(NULL, in, out, bad_multi[i], 32));
	for (size_t i = 0; i < ARRAY_SIZE(bad_bits); i++, count += 2) {
		assert_null(mod_fft_plan_new(NULL, in, out, 8, bad_bits[i]));
		assert_null(mod_fft_multi_plan_new(NULL, in, out, 8, bad_bits[i]));
	}
	assert_null(mod_fft_multi_plan_new(NULL, in, out, 8, 16));
	assert_null(mod_fft_plan_new(NULL, NULL, out, 8, 32));
	assert_null(mod_fft_plan_new(NULL, in, NULL, 8, 16));
	assert_null(mod_fft_multi_plan_new(NULL, NULL, out, 8, 32));
	assert_null(mod_fft_multi_plan_new(NULL, in, NULL, 8, 32));
	assert_int_equal(messages, count + 5);
	assert_int_equal(allocations, 0);
}

/* Counts the allocations of a good one, then fails each in turn. */
static void plans_without_memory_are_refused_and_leave_nothing(void **state)
{
	static const uint32_t sizes[] = { 64, 192 };

	for (int kind = 0; kind < 3; kind++) {
		int count = 1;

		for (fail_at = -1; fail_at < count; fail_at++) {
			void *plan;

			allocations = 0;
			plan = kind < 2 ? (void *)mod_fft_multi_plan_new(NULL, in, out, sizes[kind],
									 32) :
					  (void *)mod_fft_plan_new(NULL, in, out, 64, 32);
			if (fail_at < 0) {
				count = allocations;
				assert_non_null(plan);
				if (kind < 2)
					mod_fft_multi_plan_free(NULL, plan);
				else
					mod_fft_plan_free(NULL, plan);
			} else {
				assert_null(plan);
			}
			assert_int_equal(blocks, 0);
		}
		assert_int_equal(count, kind == 0 ? 3 : kind == 1 ? 6 : 2);
	}
}

static void without_a_plan_nothing_happens(void **state)
{
	struct fft_plan *plan = mod_fft_plan_new(NULL, in, out, 8, 32);

	mod_fft_plan_free(NULL, NULL);
	mod_fft_multi_plan_free(NULL, NULL);
	fft_execute_16(NULL, false);
	fft_execute_32(NULL, true);
	fft_multi_execute_32(NULL, false);
	make(NOISE, 8);
	memset(out, 0, sizeof(out));
	fft_execute_16(plan, true);
	assert_memory_equal(in, given, sizeof(in));
	mod_fft_plan_free(NULL, plan);

	plan = mod_fft_plan_new(NULL, in, out, 8, 16);
	fft_execute_32(plan, true);
	assert_memory_equal(in, given, sizeof(in));
	for (int i = 0; i < 8; i++)
		assert_true(out[i].real == 0 && out[i].imag == 0);
	mod_fft_plan_free(NULL, plan);
}

int main(void)
{
#define TEST(function)                                                                             \
	cmocka_unit_test_setup_teardown(function, heap_is_empty_before, heap_is_empty_after)
	const struct CMUnitTest tests[] = {
		TEST(forward_32_is_within_its_bound),
		TEST(inverse_32_is_within_its_bound),
		TEST(multi_is_within_its_bounds),
		TEST(transforms_of_16_bits_are_within_their_bounds),
		TEST(first_of_16_bits_is_not_read),
		TEST(there_and_back_is_what_was),
		TEST(three_are_within_their_bound),
		TEST(impossible_plans_are_refused),
		TEST(plans_without_memory_are_refused_and_leave_nothing),
		TEST(without_a_plan_nothing_happens),
	};

	return cmocka_run_group_tests_name("fft", tests, NULL, NULL) ? 1 : 0;
}
