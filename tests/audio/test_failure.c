/* SPDX-License-Identifier: BSD-3-Clause */
/* Who failed in a message, in which function, with what, and which heap was too small. */
#include <stdint.h>
#include <string.h>

#include "fixture.h"

static void make_probe(void)
{
	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	assert_int_equal(
		make_instance(&(struct make){
			.module = module_id("probe"), .instance = 3, .pipeline = 1, .dp = true }),
		IPC4_SUCCESS);
}

static void fails_with(int32_t error)
{
	struct sof_failure failure;

	assert_int_equal(probe(3, PROBE_FAIL, NULL, (unsigned int)-error), error);
	assert_true(sof_failure(&failure));
	assert_string_equal(failure.instance, "probe.3");
	assert_int_equal(failure.module_id, module_id("probe"));
	assert_int_equal(failure.instance_id, 3);
	assert_string_equal(failure.call, "set_configuration()");
	assert_int_equal(failure.error, error);
	assert_true(failure.returned);
	assert_false(failure.told);
}

static void results_of_all_sizes_are_kept(void **state)
{
	struct sof_failure failure;

	make_probe();
	fails_with(-1);
	fails_with(-65536);
	fails_with(-INT32_MAX);
	/* the next message is another */
	assert_int_equal(make_pipeline(2), IPC4_SUCCESS);
	assert_false(sof_failure(&failure));
}

static void an_instance_that_cannot_be_made_is_named(void **state)
{
	struct sof_failure failure;
	struct host_heap_shortage shortage;
	const struct make make = { .module = module_id("greedy"),
				   .instance = 1,
				   .pipeline = 1,
				   .dp = true,
				   .heap_bytes = 1024 };

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	assert_int_not_equal(make_instance(&make), IPC4_SUCCESS);
	assert_int_equal(sof_ipc4_last_error(), -ENOMEM);
	assert_true(sof_failure(&failure));
	assert_string_equal(failure.instance, "greedy.1");
	assert_string_equal(failure.call, "init()");
	assert_false(failure.returned);
	assert_non_null(strstr(failure.last_error.text, "its heap has no room for"));
	assert_true(host_heap_shortage(&shortage));
	assert_int_equal(shortage.kind, HOST_HEAP_MODULE);
	assert_string_equal(shortage.name, "greedy.1");
	assert_int_equal(shortage.size, 1024);
	assert_true(shortage.asked > shortage.available);
	assert_int_equal(shortage.needed, shortage.size - shortage.available + shortage.asked);
	/* forgotten with the message */
	assert_int_equal(make_pipeline(2), IPC4_SUCCESS);
	assert_false(host_heap_shortage(&shortage));
}

static void a_fault_is_told_already(void **state)
{
	const unsigned int before = host_fault_count();
	struct sof_failure failure;

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	assert_int_not_equal(make_instance(&(struct make){
				     .module = module_id("badinit"), .pipeline = 1, .dp = true }),
			     IPC4_SUCCESS);
	assert_int_equal(host_fault_count(), before + 1);
	assert_true(sof_failure(&failure));
	assert_string_equal(failure.instance, "badinit.0");
	assert_true(failure.told);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(results_of_all_sizes_are_kept, firmware_up,
						firmware_down),
		cmocka_unit_test_setup_teardown(an_instance_that_cannot_be_made_is_named,
						firmware_up, firmware_down),
		cmocka_unit_test_setup_teardown(a_fault_is_told_already, firmware_up,
						firmware_down),
	};

	return run_on_board(tests);
}
