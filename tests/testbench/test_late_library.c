/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "late_library.h"
#include "sndfile_calls.h"

static void test_functions_come_in_the_order_of_their_names(void **state)
{
	static const char *const names[] = { "sin", "cos" };
	union {
		struct {
			double (*sine)(double x), (*cosine)(double x);
		} calls;
		void *slots[2];
	} math = { .slots = { NULL, NULL } };
	struct problem why = { 0 };

	assert_int_equal(late_library_load("libm.so.6", names, math.slots, 2, &why), 0);
	assert_true(math.calls.sine(0.0) == 0.0);
	assert_true(math.calls.cosine(0.0) == 1.0);
}

static void test_a_missing_library_is_named(void **state)
{
	static const char *const names[] = { "sin" };
	void *slot = NULL;
	struct problem why = { 0 };

	assert_int_equal(late_library_load("libnot-here.so.3", names, &slot, 1, &why), -ENOENT);
	assert_int_equal(why.code, EXIT_RUN_FAILED);
	assert_non_null(strstr(why.text, "libnot-here.so.3"));
	assert_null(slot);
}

static void test_a_missing_function_is_named_and_none_is_taken(void **state)
{
	static const char *const names[] = { "sin", "sinister" };
	void *slots[2] = { NULL, NULL };
	struct problem why = { 0 };

	assert_int_equal(late_library_load("libm.so.6", names, slots, 2, &why), -ENOENT);
	assert_non_null(strstr(why.text, "libm.so.6"));
	assert_non_null(strstr(why.text, "sinister()"));
	assert_null(slots[0]);
	assert_null(slots[1]);
}

static void test_libsndfile_is_loaded_once(void **state)
{
	struct sndfile_calls first;
	struct problem why = { 0 };

	assert_null(sndfile.open_fd);
	assert_int_equal(sndfile_load(&why), 0);
	assert_non_null(sndfile.open_fd);
	first = sndfile;
	assert_int_equal(sndfile_load(&why), 0);
	assert_memory_equal(&first, &sndfile, sizeof(first));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_functions_come_in_the_order_of_their_names),
		cmocka_unit_test(test_a_missing_library_is_named),
		cmocka_unit_test(test_a_missing_function_is_named_and_none_is_taken),
		cmocka_unit_test(test_libsndfile_is_loaded_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
