/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The board as a whole: start and stop, the watchdog, the log, faults of the supervisor.
 */
#include "on_board.h"

#include <heap.h>
#include <host_memory.h>
#include <rtos/alloc.h>
#include <sof/trace/trace.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct host_config plain = { .isolation = HOST_ISOLATION_AUTO,
					  .on_fault = HOST_ON_FAULT_MUTE };

static struct user user;

static void count(void *p1, void *p2, void *p3)
{
	user_page.count++;
}

static int run_a_thread(void *arg)
{
	user_page.count = 0;
	run_allowed(count, NULL, NULL, NULL);
	return user_page.count;
}

static void board_can_be_made_again_and_again(void **state)
{
	const int rounds = runs_slowly() ? 5 : 50;

	for (int round = 0; round < rounds; round++) {
		int result = 0;

		assert_int_equal(host_init(&plain), 0);
		assert_int_equal(host_init(&plain), -EALREADY);
		assert_int_equal(host_run(run_a_thread, NULL, &result), 0);
		assert_int_equal(result, 1);
		assert_int_equal(host_run(run_a_thread, NULL, &result), 0);
		assert_int_equal(result, 1);
		assert_int_equal(host_stray_supervisor_accesses(), 0);
		assert_int_equal(host_exit(), 0);
		assert_int_equal(host_exit(), 0);
		assert_int_equal(host_run(run_a_thread, NULL, &result), -EINVAL);
	}
}

static void init_fails_cleanly_at_each_allocation(void **state)
{
	int ret = -1;
	unsigned long n = 0;

	while (ret && ++n < 100) {
		host_alloc_fail_at(n);
		ret = host_init(&plain);
		host_alloc_fail_at(0);
		if (ret)
			assert_int_equal(ret, -ENOMEM);
	}
	assert_true(n > 1);
	assert_int_equal(ret, 0);
	assert_int_equal(host_exit(), 0);
}

static int just_return(void *arg)
{
	return 5;
}

static void run_fails_cleanly_at_each_allocation(void **state)
{
	int ret = -1, result = 0;
	unsigned long n = 0;

	assert_int_equal(host_init(&plain), 0);
	while (ret && ++n < 50) {
		host_alloc_fail_at(n);
		ret = host_run(just_return, NULL, &result);
		host_alloc_fail_at(0);
		if (ret)
			assert_int_equal(ret, -ENOMEM);
	}
	assert_true(n > 1);
	assert_int_equal(result, 5);
	assert_int_equal(host_exit(), 0);
}

static const size_t large = 48 << 20;
static void *shared_block;

static int take_shared(void *arg)
{
	shared_block = rballoc(SOF_MEM_FLAG_USER_SHARED_BUFFER, large);
	return shared_block != NULL;
}

static int give_shared(void *arg)
{
	rfree(shared_block);
	return 0;
}

static void the_shared_heap_grows_while_it_is_empty(void **state)
{
	int result = -1;

	assert_int_equal(host_init(&plain), 0);
	assert_int_equal(host_shared_heap_reserve(1), 0);
	assert_int_equal(host_shared_heap_reserve(2 * large), 0);
	assert_int_equal(host_run(take_shared, NULL, &result), 0);
	assert_int_equal(result, 1);
	host_memory_open();
	/* what is there is enough; more would take the block away */
	assert_int_equal(host_shared_heap_reserve(2 * large), 0);
	assert_int_equal(host_shared_heap_reserve(4 * large), -EBUSY);
	assert_int_equal(host_run(give_shared, NULL, &result), 0);
	host_memory_open();
	assert_int_equal(host_shared_heap_reserve(4 * large), 0);
	assert_int_equal(host_exit(), 0);
}

static int leave_things_behind(void *arg)
{
	struct k_thread *thread = k_object_alloc(K_OBJ_THREAD);
	k_thread_stack_t *stack = k_thread_stack_alloc(4096, K_USER);

	k_thread_create(thread, stack, 4096, count, NULL, NULL, NULL, 1, K_USER, K_FOREVER);
	rmalloc(SOF_MEM_FLAG_KERNEL, 100);
	rballoc(SOF_MEM_FLAG_USER_SHARED_BUFFER, 100);
	module_driver_heap_init();
	return 0;
}

static void what_is_left_behind_is_counted_and_gone(void **state)
{
	int result = 0;

	assert_int_equal(host_init(&plain), 0);
	assert_int_equal(host_run(leave_things_behind, NULL, &result), 0);
	assert_true(host_exit() >= 2);
	assert_int_equal(host_init(&plain), 0);
	assert_int_equal(host_run(run_a_thread, NULL, &result), 0);
	assert_int_equal(result, 1);
	assert_int_equal(host_exit(), 0);
}

static int fault_itself(void *arg)
{
	VALGRIND_DISABLE_ERROR_REPORTING;
	*(volatile int *)arg = 1;
	return 0;
}

static void fault_of_the_supervisor_ends_the_run(void **state)
{
	int result = 0;

	assert_int_equal(host_init(&plain), 0);
	assert_int_equal(host_run(fault_itself, (void *)16, &result), 0);
	assert_int_equal(result, -EFAULT);
	assert_int_equal(host_fault_count(), 1);
	assert_int_equal(host_run(run_a_thread, NULL, &result), 0);
	assert_int_equal(result, 1);
	assert_int_equal(host_exit(), 0);
}

static int read_elsewhere(void *arg)
{
	return *(volatile int *)arg == 1 && !host_isolated() &&
	       !strcmp(host_isolation_name(), "none");
}

static int isolation_off(void *arg)
{
	static int closed_otherwise = 1;

	run_allowed(count, NULL, NULL, NULL);
	return read_elsewhere(&closed_otherwise);
}

static void isolation_can_be_turned_off(void **state)
{
	const struct host_config config = { .isolation = HOST_ISOLATION_NONE,
					    .on_fault = HOST_ON_FAULT_MUTE };
	int result = 0;

	assert_int_equal(host_init(&config), 0);
	assert_int_equal(host_run(isolation_off, NULL, &result), 0);
	assert_int_equal(result, 1);
	assert_int_equal(host_exit(), 0);
}

static void spin(void *p1, void *p2, void *p3)
{
	MUST_FAULT(for (volatile unsigned int i = 1; i; i++){});
}

static void spin_in_calls(void *p1, void *p2, void *p3)
{
	MUST_FAULT(for (volatile unsigned int i = 1; i; i++) k_yield());
}

#define TURNS_LIMIT 20 /* the watchdog's, in turns: a machine may well be slow now and then */

static void turn(void)
{
	for (volatile unsigned int i = 0; i < 3000000; i++) {
	}
}

static void short_turns(void *p1, void *p2, void *p3)
{
	/* In all more than the limit, between waits less. */
	for (int i = 0; i < 2 * TURNS_LIMIT + 5; i++) {
		turn();
		k_sleep(K_MSEC(1));
	}
}

/* What a turn takes here and now, milliseconds of CPU time, rounded up. */
static unsigned int turn_ms(void)
{
	struct timespec before, after;
	int64_t ns;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
	for (int i = 0; i < 4; i++)
		turn();
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
	ns = (after.tv_sec - before.tv_sec) * 1000000000ll + after.tv_nsec - before.tv_nsec;
	return (unsigned int)(ns / 4 / 1000000 + 1);
}

static void watchdog_on_board(void)
{
	const struct host_fault *fault = run_refused(spin, NULL, NULL, NULL, HOST_FAULT_WATCHDOG);

	CHECK_INT(fault->watchdog_ms, 50);
	run_refused(spin_in_calls, NULL, NULL, NULL, HOST_FAULT_WATCHDOG);
}

static void watchdog_ends_a_call_that_spins(void **state)
{
	const struct host_config config = { .isolation = HOST_ISOLATION_AUTO,
					    .on_fault = HOST_ON_FAULT_MUTE,
					    .watchdog_ms = 50 };

	if (signals_are_delayed()) {
		print_message("skipped: signals of timers are delayed here\n");
		skip();
	}
	on_board_with(&config, watchdog_on_board);
}

static void wait_in_wall_time(void)
{
	REQUIRE(user_make(&user, short_turns, NULL, NULL, NULL));
	k_thread_start(user.thread);
	CHECK_INT(k_sleep(K_USEC(1)), 0);
	/* Nobody's CPU time: a debugger's stop, a busy machine. */
	usleep(150000);
	CHECK_INT(k_thread_join(user.thread, K_FOREVER), 0);
	user_end(&user);
}

static void watchdog_counts_cpu_time_of_one_call(void **state)
{
	const struct host_config config = { .isolation = HOST_ISOLATION_AUTO,
					    .on_fault = HOST_ON_FAULT_MUTE,
					    .watchdog_ms = TURNS_LIMIT * turn_ms() };

	if (signals_are_delayed()) {
		print_message("skipped: signals of timers are delayed here\n");
		skip();
	}
	on_board_with(&config, wait_in_wall_time);
}

LOG_MODULE_REGISTER(unit);

static void log_lines(void *p1, void *p2, void *p3)
{
	char long_text[400];

	LOG_ERR("from user mode %d %s", 42, "text");
	LOG_DBG("never told");
	USER_CHECK(sof_log_enabled(LOG_LEVEL_WARNING) && !sof_log_enabled(LOG_LEVEL_DEBUG));
	memset(long_text, 'y', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = 0;
	LOG_WRN("%s", long_text);
}

static void log_on_board(void)
{
	int level;

	LOG_ERR("from the kernel");
	run_allowed(log_lines, NULL, NULL, NULL);
	level = host_log_level(0);
	LOG_ERR("told to nobody");
	if (level == LOG_LEVEL_WARNING && host_log_level(level) == 0)
		LOG_ERR("told again");
}

static void log_lines_are_written_whole(void **state)
{
	const struct host_config config = { .isolation = HOST_ISOLATION_AUTO,
					    .on_fault = HOST_ON_FAULT_MUTE,
					    .log_level = LOG_LEVEL_WARNING };
	static char text[4096];
	int ends[2], former = dup(STDERR_FILENO);
	ssize_t length;

	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	on_board_with(&config, log_on_board);
	dup2(former, STDERR_FILENO);
	close(ends[1]);
	length = read(ends[0], text, sizeof(text) - 1);
	assert_true(length > 0);
	text[length] = 0;
	close(ends[0]);
	close(former);
	assert_non_null(strstr(text, "error: supervisor: unit: from the kernel\n"));
	assert_non_null(strstr(text, "error: user: unit: from user mode 42 text\n"));
	assert_non_null(strstr(text, "warning: user: unit: yyyy"));
	assert_null(strstr(text, "never told"));
	assert_null(strstr(text, "told to nobody"));
	assert_non_null(strstr(text, "error: supervisor: unit: told again\n"));
	assert_int_equal(text[length - 1], '\n');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(board_can_be_made_again_and_again),
		cmocka_unit_test(init_fails_cleanly_at_each_allocation),
		cmocka_unit_test(run_fails_cleanly_at_each_allocation),
		cmocka_unit_test(the_shared_heap_grows_while_it_is_empty),
		cmocka_unit_test(what_is_left_behind_is_counted_and_gone),
		cmocka_unit_test(fault_of_the_supervisor_ends_the_run),
		cmocka_unit_test(isolation_can_be_turned_off),
		cmocka_unit_test(watchdog_ends_a_call_that_spins),
		cmocka_unit_test(watchdog_counts_cpu_time_of_one_call),
		cmocka_unit_test(log_lines_are_written_whole),
	};

	return RUN(tests);
}
