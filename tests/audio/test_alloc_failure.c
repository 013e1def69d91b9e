/* SPDX-License-Identifier: BSD-3-Clause */
/* Every allocation of a good run fails once: a clean refusal each time, and nothing left behind. */
#include "fixture.h"

#include <heap.h>

/* Build all kinds of things; first bad status. The firmware goes down afterwards. */
static uint32_t build(void)
{
	static struct feed feed;
	static struct collect collect;
	const void *feed_at = &feed, *collect_at = &collect;
	struct make make = { .module = module_id("feed"),
			     .pipeline = 1,
			     .data = &feed_at,
			     .data_size = sizeof(feed_at) };
	const unsigned int greedy = module_id("greedy"), copy = module_id("copy");
	uint32_t status = make_pipeline(1);

	if (!status)
		status = make_instance(&make);
	make.module = module_id("collect");
	make.data = &collect_at;
	if (!status)
		status = make_instance(&make);
	make.module = greedy;
	make.dp = true;
	if (!status)
		status = make_instance(&make);
	make.module = copy;
	make.dp = false;
	if (!status)
		status = make_instance(&make);
	if (!status)
		status = bind(module_id("feed"), 0, greedy, 0);
	if (!status)
		status = bind(greedy, 0, copy, 0);
	if (!status)
		status = bind(copy, 0, module_id("collect"), 0);
	if (!status)
		status = set_state(1, SOF_IPC4_PIPELINE_STATE_PAUSED);
	if (!status)
		status = set_state(1, SOF_IPC4_PIPELINE_STATE_RUNNING);
	return status;
}

static void each_failing_allocation_is_refused_and_cleaned_up(void **state)
{
	unsigned long allocations, refused = 0;

	assert_int_equal(firmware_up(state), 0);
	allocations = host_alloc_count();
	assert_int_equal(build(), IPC4_SUCCESS);
	allocations = host_alloc_count() - allocations;
	firmware_down(state);
	assert_true(allocations > 20);

	for (unsigned long n = 1; n <= allocations; n++) {
		uint32_t status;

		assert_int_equal(firmware_up(state), 0);
		host_alloc_fail_at(n);
		status = build();
		host_alloc_fail_at(0);
		/* a name for reports is the one thing that can be done without */
		if (status) {
			assert_true(sof_ipc4_last_error() < 0);
			refused++;
		} else {
			assert_true(tick() >= 0);
		}
		firmware_down(state);
	}
	assert_true(refused > allocations / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_failing_allocation_is_refused_and_cleaned_up),
	};

	return run_on_board(tests);
}
