/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtual cores. Each test runs on each backend there is, with four cores. Where the backend lets
 * cores run side by side, threads meet in user mode; where it does not, tests of just that are
 * skipped, and all others must come to the same results with one thread at a time.
 */
#include "on_board.h"

#include <board.h>
#include <errno.h>
#include <rtos/alloc.h>
#include <sof/lib/cpu.h>
#include <string.h>

#define CORES	   4
#define PAGE	   4096
#define MANY	   24
#define ROUNDS	   (runs_slowly() ? 300 : 2500) /* of 2 to 4 calls on 4 cores in 4 tests: 100,000 */
#define LONG_MS	   20000
#define OVERRUN_MS 200

/* What a test is about: tells the backends on which it has nothing to show. */
enum about { RESULTS, RUNNING_SIDE_BY_SIDE, CLOSED_SIDE_BY_SIDE };

static enum host_isolation backend;

static void on_cores(void (*body)(void), enum about about, struct host_config config)
{
	bool parallel, isolated;
	int ret;

	config.isolation = backend;
	config.cores = CORES;
	ret = host_init(&config);
	if (ret == -ENOTSUP) {
		print_message("this machine has no protection keys\n");
		skip();
	}
	assert_int_equal(ret, 0);
	parallel = host_cores_parallel();
	isolated = host_isolated();
	host_exit();
	if (about != RESULTS && !parallel) {
		print_message("needs pkey or none: with this backend cores take turns\n");
		skip();
	}
	if (about == CLOSED_SIDE_BY_SIDE && !isolated) {
		print_message("needs pkey: with this backend nothing is closed\n");
		skip();
	}
	on_board_with(&config, body);
}

#define CORES_TEST_WITH(name, about, ...)                                                          \
	static void name##_on_cores(void);                                                         \
	static void name(void **state)                                                             \
	{                                                                                          \
		on_cores(name##_on_cores, about, (struct host_config){ __VA_ARGS__ });             \
	}                                                                                          \
	static void name##_on_cores(void)
#define CORES_TEST(name, about)                                                                    \
	CORES_TEST_WITH(name, about, .on_fault = HOST_ON_FAULT_MUTE, .watchdog_ms = LONG_MS)

static char pages[MANY + 1][PAGE] __attribute__((aligned(PAGE)));
static struct host_fault told[4];
static unsigned int told_count;

static struct user users[MANY];

static uintptr_t word(unsigned int i)
{
	return __atomic_load_n(&user_page.word[i], __ATOMIC_ACQUIRE);
}

static void set_word(unsigned int i, uintptr_t value)
{
	__atomic_store_n(&user_page.word[i], value, __ATOMIC_RELEASE);
}

static void await_word(unsigned int i)
{
	while (!word(i))
		__builtin_ia32_pause();
}

static void *number(unsigned int n)
{
	return (void *)(uintptr_t)n;
}

static bool make(unsigned int i, unsigned int core, k_thread_entry_t entry, void *p1, void *p2)
{
	if (!user_make(&users[i], entry, p1, p2, NULL))
		return false;
	CHECK_INT(k_thread_cpu_pin(users[i].thread, (int)core), 0);
	return true;
}

static void start_all(unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		k_thread_start(users[i].thread);
	k_run_ready_threads();
}

static void end_all(unsigned int count)
{
	if (user_page.failed)
		check_failed("user code", user_page.failed, "USER_CHECK()", 0, 0);
	for (unsigned int i = 0; i < count; i++)
		user_end(&users[i]);
}

static void grant(struct user *user, void *page)
{
	struct k_mem_partition part = { (uintptr_t)page, PAGE, K_MEM_PARTITION_P_RW_U_RW };

	CHECK_INT(k_mem_domain_add_partition(&user->domain, &part), 0);
}

/* What waits for word 2 goes on once somebody else has faulted. */
static void note_fault(const struct host_fault *fault, void *arg)
{
	if (told_count < 4)
		told[told_count++] = *fault;
	set_word(2, 1);
}

static void expect_faults(void)
{
	memset(told, 0, sizeof(told));
	told_count = 0;
	host_fault_handler_set(note_fault, NULL);
}

static void nothing(void *p1, void *p2, void *p3)
{
}

CORES_TEST(a_core_there_is_not_is_refused, RESULTS)
{
	REQUIRE(make(0, CORES - 1, nothing, NULL, NULL));
	CHECK_INT(k_thread_cpu_pin(users[0].thread, CORES), -EINVAL);
	CHECK_INT(k_thread_cpu_pin(users[0].thread, -1), -EINVAL);
	CHECK_INT(host_cores(), CORES);
	k_thread_start(users[0].thread);
	CHECK_INT(k_thread_cpu_pin(users[0].thread, 1), -EINVAL);
	end_all(1);
}

static void more_cores_than_can_be(void **state)
{
	const struct host_config config = { .isolation = backend,
					    .cores = CONFIG_MP_MAX_NUM_CPUS + 1 };

	assert_int_equal(host_init(&config), -EINVAL);
	assert_int_equal(host_exit(), 0);
}

/* Each says it is there, and goes on when the other one is: two at a time, or never. */
static void meet(void *p1, void *p2, void *p3)
{
	const unsigned int me = (unsigned int)(uintptr_t)p1, other = (unsigned int)(uintptr_t)p2;

	USER_CHECK(k_is_user_context());
	set_word(me, 1);
	await_word(other);
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

CORES_TEST(two_threads_are_in_user_mode_at_the_same_time, RUNNING_SIDE_BY_SIDE)
{
	REQUIRE(make(0, 1, meet, number(0), number(1)));
	REQUIRE(make(1, 2, meet, number(1), number(0)));
	start_all(2);
	CHECK_INT(user_page.count, 2);
	end_all(2);
}

CORES_TEST(as_many_threads_as_there_are_cores, RUNNING_SIDE_BY_SIDE)
{
	for (unsigned int i = 0; i < CORES; i++)
		REQUIRE(make(i, i, meet, number(i), number((i + 1) % CORES)));
	start_all(CORES);
	CHECK_INT(user_page.count, CORES);
	end_all(CORES);
}

static void alone_on_its_core(void *p1, void *p2, void *p3)
{
	for (int i = 0; i < 100; i++) {
		USER_CHECK(!word(0));
		set_word(0, 1);
		for (volatile int k = 0; k < 1000; k++)
			;
		set_word(0, 0);
		k_yield();
	}
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

CORES_TEST(threads_of_one_core_take_turns, RESULTS)
{
	for (unsigned int i = 0; i < 3; i++)
		REQUIRE(make(i, 1, alone_on_its_core, NULL, NULL));
	start_all(3);
	CHECK_INT(user_page.count, 3);
	end_all(3);
}

static void run_on_its_core(void *p1, void *p2, void *p3)
{
	USER_CHECK(cpu_get_id() == (int)(uintptr_t)p1);
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

CORES_TEST(a_thread_knows_its_core, RESULTS)
{
	CHECK_INT(cpu_get_id(), 0);
	for (unsigned int i = 0; i < CORES; i++)
		REQUIRE(make(i, i, run_on_its_core, number(i), NULL));
	start_all(CORES);
	CHECK_INT(user_page.count, CORES);
	end_all(CORES);
}

/* In its own memory, and in nobody else's, while the other one runs. */
static void intrude(void *p1, void *p2, void *p3)
{
	volatile char *own = p1, *other = p2;

	*own = 1;
	set_word(0, 1);
	await_word(1);
	MUST_FAULT(*other = 1);
}

static void stand_by(void *p1, void *p2, void *p3)
{
	volatile char *own = p1;

	*own = 2;
	set_word(1, 1);
	await_word(2);
	USER_CHECK(*own == 2);
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

CORES_TEST(a_fault_beside_a_running_thread_is_told_as_whose_it_is, CLOSED_SIDE_BY_SIDE)
{
	REQUIRE(make(0, 1, intrude, pages[0], pages[1]));
	REQUIRE(make(1, 2, stand_by, pages[1], NULL));
	grant(&users[0], pages[0]);
	grant(&users[1], pages[1]);
	expect_faults();
	start_all(2);
	CHECK_INT(told_count, 1);
	CHECK(told[0].thread == users[0].thread);
	CHECK_INT(told[0].kind, HOST_FAULT_ACCESS);
	CHECK_INT(told[0].access, HOST_ACCESS_WRITE);
	CHECK_INT(told[0].address, (uintptr_t)pages[1]);
	CHECK(told[0].user_mode);
	CHECK(told[0].pc - (uintptr_t)intrude < 512);
	CHECK(host_thread_fault(users[0].thread) && !host_thread_fault(users[1].thread));
	CHECK(user_page.line && !user_page.passed);
	CHECK_INT(user_page.count, 1);
	end_all(2);
}

/* In the page that all may read: who runs, as a module might scribble it. */
static void forge_who_runs(void *p1, void *p2, void *p3)
{
	await_word(1);
	MUST_FAULT(*(int32_t *)(uintptr_t)&z_board_page.running = 1);
}

CORES_TEST(the_page_that_all_may_read_is_not_written_to, CLOSED_SIDE_BY_SIDE)
{
	REQUIRE(make(0, 1, forge_who_runs, NULL, NULL));
	REQUIRE(make(1, 2, stand_by, pages[1], NULL));
	REQUIRE(make(2, 3, stand_by, pages[2], NULL));
	grant(&users[1], pages[1]);
	grant(&users[2], pages[2]);
	expect_faults();
	start_all(3);
	CHECK_INT(told_count, 1);
	CHECK(told[0].thread == users[0].thread);
	CHECK_INT(told[0].address, (uintptr_t)&z_board_page.running);
	CHECK_INT(user_page.count, 2);
	end_all(3);
}

/* One instruction, whatever a compiler makes of the loop around it: faults are counted by that. */
__attribute__((noinline)) static void intrude_once(volatile char *at, char value)
{
	*at = value;
}

/* Let through, one access at a time, and only to who made it. */
static void intrude_often(void *p1, void *p2, void *p3)
{
	volatile char *other = p1;
	const unsigned int me = (unsigned int)(uintptr_t)p2;

	set_word(me, 1);
	await_word(1 - me);
	for (int i = 0; i < 200; i++)
		intrude_once(&other[me], (char)i);
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

CORES_TEST_WITH(accesses_are_let_through_beside_running_threads, CLOSED_SIDE_BY_SIDE,
		.on_fault = HOST_ON_FAULT_CONTINUE, .watchdog_ms = LONG_MS)
{
	/* Not the program's data: the program's code is never let through to that. */
	char *closed = rballoc(SOF_MEM_FLAG_USER_SHARED_BUFFER, PAGE);

	REQUIRE(closed);
	REQUIRE(make(0, 1, intrude_often, closed, number(0)));
	REQUIRE(make(1, 2, intrude_often, closed, number(1)));
	expect_faults();
	start_all(2);
	CHECK_INT(user_page.count, 2);
	CHECK_INT(told_count, 1);
	CHECK_INT(host_fault_repeats(told[0].pc), 400);
	CHECK(!host_thread_fault(users[0].thread) && !host_thread_fault(users[1].thread));
	CHECK_INT((unsigned char)closed[0], 199);
	CHECK_INT((unsigned char)closed[1], 199);
	end_all(2);
	rfree(closed);
}

static void spin(void *p1, void *p2, void *p3)
{
	set_word(0, 1);
	for (;;)
		__atomic_fetch_add(&user_page.word[1], 1, __ATOMIC_RELAXED);
}

/* In user mode, and the other one is, too. */
static bool stands_still(void)
{
	const uintptr_t before = word(1);

	for (volatile int i = 0; i < 200000; i++)
		;
	return word(1) == before;
}

static void abort_other(void *p1, void *p2, void *p3)
{
	await_word(0);
	k_thread_abort(p1);
	USER_CHECK(stands_still());
	USER_CHECK(k_thread_join(p1, K_NO_WAIT) == 0);
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

CORES_TEST(a_thread_is_aborted_while_it_runs, RUNNING_SIDE_BY_SIDE)
{
	for (int i = 0; i < 20; i++) {
		set_word(0, 0);
		user_page.count = 0;
		REQUIRE(make(0, 1, spin, NULL, NULL));
		REQUIRE(make(1, 2, abort_other, users[0].thread, NULL));
		k_thread_access_grant(users[1].thread, users[0].thread);
		start_all(2);
		CHECK_INT(user_page.count, 1);
		CHECK(!host_thread_fault(users[0].thread));
		end_all(2);
	}
}

static void suspend_other(void *p1, void *p2, void *p3)
{
	uintptr_t before;

	await_word(0);
	k_thread_suspend(p1);
	USER_CHECK(stands_still());
	before = word(1);
	k_thread_resume(p1);
	while (word(1) == before)
		__builtin_ia32_pause();
	k_thread_abort(p1);
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

CORES_TEST(a_thread_is_suspended_while_it_runs, RUNNING_SIDE_BY_SIDE)
{
	REQUIRE(make(0, 1, spin, NULL, NULL));
	REQUIRE(make(1, 3, suspend_other, users[0].thread, NULL));
	k_thread_access_grant(users[1].thread, users[0].thread);
	start_all(2);
	CHECK_INT(user_page.count, 1);
	end_all(2);
}

CORES_TEST_WITH(a_call_that_does_not_return_is_ended_beside_others, RUNNING_SIDE_BY_SIDE,
		.on_fault = HOST_ON_FAULT_MUTE, .watchdog_ms = OVERRUN_MS)
{
	REQUIRE(make(0, 1, spin, NULL, NULL));
	expect_faults();
	start_all(1);
	CHECK_INT(told_count, 1);
	CHECK(told[0].thread == users[0].thread);
	CHECK_INT(told[0].kind, HOST_FAULT_WATCHDOG);
	end_all(1);
}

/* Supervisor code on a core of its own, started from user mode. */
static struct k_thread helper;

static void take_page_away(void *p1, void *p2, void *p3)
{
	struct k_mem_partition part = { (uintptr_t)p1, PAGE, K_MEM_PARTITION_P_RW_U_RW };

	CHECK_INT(k_mem_domain_remove_partition(&users[0].domain, &part), 0);
	/* Closed already, not only when the thread comes by. */
	set_word(3, word(1));
}

static void use_page(void *p1, void *p2, void *p3)
{
	volatile char *page = p1;

	for (;;) {
		MUST_FAULT(*page = 1);
		user_page.passed = 0;
		set_word(0, 1);
		__atomic_fetch_add(&user_page.word[1], 1, __ATOMIC_RELEASE);
	}
}

static void start_and_wait(void *p1, void *p2, void *p3)
{
	await_word(0);
	k_thread_start(p1);
	await_word(2);
}

CORES_TEST(memory_taken_away_is_closed_to_a_thread_that_runs, CLOSED_SIDE_BY_SIDE)
{
	k_thread_stack_t *stack = k_thread_stack_alloc(8192, 0);

	REQUIRE(make(0, 1, use_page, pages[0], NULL));
	grant(&users[0], pages[0]);
	CHECK(k_thread_create(&helper, stack, 8192, take_page_away, pages[0], NULL, NULL, 1, 0,
			      K_FOREVER) == &helper);
	CHECK_INT(k_thread_cpu_pin(&helper, 3), 0);
	REQUIRE(make(1, 2, start_and_wait, &helper, NULL));
	k_thread_access_grant(users[1].thread, &helper);
	expect_faults();
	start_all(2);
	CHECK_INT(told_count, 1);
	CHECK(told[0].thread == users[0].thread);
	CHECK_INT(told[0].address, (uintptr_t)pages[0]);
	CHECK(word(1) - word(3) <= 1);
	end_all(2);
	k_thread_abort(&helper);
	CHECK_INT(k_thread_stack_free(stack), 0);
}

static struct k_sem sems[CORES];
static struct k_mutex mutex;
static struct k_event events[CORES];

static void count_under_sem(void *p1, void *p2, void *p3)
{
	for (int i = 0; i < (int)(uintptr_t)p2; i++) {
		USER_CHECK(k_sem_take(p1, K_FOREVER) == 0);
		user_page.word[3]++;
		k_sem_give(p1);
	}
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

static void hammer(k_thread_entry_t entry, void *object)
{
	const unsigned int rounds = (unsigned int)ROUNDS;

	for (unsigned int i = 0; i < CORES; i++) {
		REQUIRE(make(i, i, entry, object, number(rounds)));
		k_thread_access_grant(users[i].thread, object);
	}
	start_all(CORES);
	CHECK_INT(user_page.count, CORES);
	CHECK_INT(word(3), CORES * rounds);
	end_all(CORES);
}

CORES_TEST(a_semaphore_lets_one_in_from_all_cores, RESULTS)
{
	CHECK_INT(k_sem_init(&sems[0], 1, 1), 0);
	hammer(count_under_sem, &sems[0]);
	CHECK_INT(k_sem_count_get(&sems[0]), 1);
}

static void count_under_mutex(void *p1, void *p2, void *p3)
{
	for (int i = 0; i < (int)(uintptr_t)p2; i++) {
		USER_CHECK(k_mutex_lock(p1, K_FOREVER) == 0);
		user_page.word[3]++;
		USER_CHECK(k_mutex_unlock(p1) == 0);
	}
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

CORES_TEST(a_mutex_lets_one_in_from_all_cores, RESULTS)
{
	CHECK_INT(k_mutex_init(&mutex), 0);
	hammer(count_under_mutex, &mutex);
	CHECK_INT(k_mutex_lock(&mutex, K_NO_WAIT), 0);
	CHECK_INT(k_mutex_unlock(&mutex), 0);
}

/* A message goes round: each waits for its own event and posts the next one's. */
static void pass_round(void *p1, void *p2, void *p3)
{
	const unsigned int me = (unsigned int)(uintptr_t)p1;

	for (int i = 0; i < (int)(uintptr_t)p2; i++) {
		USER_CHECK(k_event_wait_safe(&events[me], 1, false, K_FOREVER) == 1);
		user_page.word[3]++;
		k_event_post(&events[(me + 1) % CORES], 1);
	}
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

CORES_TEST(events_go_round_all_cores, RESULTS)
{
	const unsigned int rounds = (unsigned int)ROUNDS;

	for (unsigned int i = 0; i < CORES; i++)
		k_event_init(&events[i]);
	for (unsigned int i = 0; i < CORES; i++) {
		REQUIRE(make(i, i, pass_round, number(i), number(rounds)));
		k_thread_access_grant(users[i].thread, &events[i], &events[(i + 1) % CORES]);
	}
	k_event_post(&events[0], 1);
	start_all(CORES);
	CHECK_INT(user_page.count, CORES);
	CHECK_INT(word(3), CORES * rounds);
	end_all(CORES);
}

K_HEAP_DEFINE(pool, 16384);

/* Makes and frees: kernel heap blocks, the table of objects, permissions. */
static void make_objects(void *p1, void *p2, void *p3)
{
	for (int i = 0; i < (int)(uintptr_t)p2; i++) {
		struct k_sem *sem = k_object_alloc(K_OBJ_SEM);

		if (!sem) {
			USER_CHECK(sem);
			break;
		}
		USER_CHECK(k_sem_init(sem, 2, 3) == 0);
		USER_CHECK(k_sem_count_get(sem) == 2);
		k_object_release(sem);
	}
	__atomic_fetch_add(&user_page.word[3], (uintptr_t)p2, __ATOMIC_SEQ_CST);
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

CORES_TEST(objects_are_made_and_freed_on_all_cores, RESULTS)
{
	const unsigned int rounds = (unsigned int)ROUNDS;

	for (unsigned int i = 0; i < CORES; i++) {
		REQUIRE(make(i, i, make_objects, NULL, number(rounds)));
		k_thread_heap_assign(users[i].thread, &pool);
	}
	start_all(CORES);
	CHECK_INT(user_page.count, CORES);
	CHECK_INT(word(3), CORES * rounds);
	end_all(CORES);
}

/* Far more domains than keys, each with memory of its own that only it writes to. */
static void keep_to_itself(void *p1, void *p2, void *p3)
{
	volatile uint32_t *own = p1;
	const uint32_t me = (uint32_t)(uintptr_t)p2;

	for (uint32_t i = 0; i < 200; i++) {
		own[0] = me + i;
		for (volatile int k = 0; k < 50; k++)
			;
		USER_CHECK(own[0] == me + i);
		k_yield();
	}
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

CORES_TEST(more_domains_than_keys_on_all_cores, RESULTS)
{
	for (unsigned int i = 0; i < MANY; i++) {
		REQUIRE(make(i, i % CORES, keep_to_itself, pages[i], number(i * 1000)));
		grant(&users[i], pages[i]);
	}
	start_all(MANY);
	CHECK_INT(user_page.count, MANY);
	for (unsigned int i = 0; i < MANY; i++)
		CHECK_INT(*(uint32_t *)pages[i], i * 1000 + 199);
	end_all(MANY);
}

/* What a late-comer shares makes the memory of who runs be cut apart under it. */
static void use_shared(void *p1, void *p2, void *p3)
{
	volatile uint32_t *shared = p1, *own = p2;

	set_word(0, 1);
	while (word(4) < MANY - 1) {
		own[0]++;
		__atomic_load_n(&shared[0], __ATOMIC_RELAXED);
		__atomic_fetch_add((uint32_t *)p1, 1, __ATOMIC_RELAXED);
	}
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

static void join_in(void *p1, void *p2, void *p3)
{
	*(volatile uint32_t *)p2 = 1;
	__atomic_fetch_add((uint32_t *)p1, 1, __ATOMIC_RELAXED);
	__atomic_fetch_add(&user_page.word[4], 1, __ATOMIC_SEQ_CST);
}

CORES_TEST(memory_shared_with_a_running_thread_stays_open_to_it, RUNNING_SIDE_BY_SIDE)
{
	for (unsigned int i = 0; i < MANY; i++) {
		REQUIRE(make(i, i ? 1 + i % (CORES - 1) : 0, i ? join_in : use_shared, pages[MANY],
			     pages[i]));
		grant(&users[i], pages[i]);
		grant(&users[i], pages[MANY]);
	}
	start_all(MANY);
	CHECK_INT(user_page.count, 1);
	CHECK_INT(word(4), MANY - 1);
	end_all(MANY);
}

static void sleep_a_while(void *p1, void *p2, void *p3)
{
	for (int i = 0; i < 20; i++)
		USER_CHECK(k_sleep(K_MSEC((int)(uintptr_t)p1)) == 0);
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

CORES_TEST(time_moves_when_all_cores_wait, RESULTS)
{
	for (unsigned int i = 0; i < CORES; i++)
		REQUIRE(make(i, i, sleep_a_while, number(i + 1), NULL));
	for (unsigned int i = 0; i < CORES; i++)
		k_thread_start(users[i].thread);
	for (unsigned int i = 0; i < CORES; i++) {
		CHECK_INT(k_thread_join(users[i].thread, K_FOREVER), 0);
		CHECK_INT(k_uptime_ticks(), 20 * 1000 * (i + 1));
	}
	CHECK_INT(user_page.count, CORES);
	end_all(CORES);
}

/* Threads that come, end and are made again, with their stacks and records. */
CORES_TEST(threads_begin_and_end_on_all_cores, RESULTS)
{
	for (int round = 0; round < 30; round++) {
		user_page.count = 0;
		for (unsigned int i = 0; i < 2 * CORES; i++)
			REQUIRE(make(i, i % CORES, run_on_its_core, number(i % CORES), NULL));
		start_all(2 * CORES);
		CHECK_INT(user_page.count, 2 * CORES);
		end_all(2 * CORES);
	}
}

CORES_TEST(the_board_stops_while_threads_spin, RUNNING_SIDE_BY_SIDE)
{
	REQUIRE(make(0, 1, spin, NULL, NULL));
	REQUIRE(make(1, 2, spin, NULL, NULL));
	k_thread_start(users[0].thread);
	k_thread_start(users[1].thread);
	/* A better one of its own core is what brings the supervisor back. */
	REQUIRE(make(2, 0, nothing, NULL, NULL));
	k_thread_start(users[2].thread);
	CHECK_INT(k_thread_join(users[2].thread, K_FOREVER), 0);
	CHECK(k_thread_join(users[0].thread, K_NO_WAIT) == -EBUSY);
	end_all(3);
}

static int run_on(enum host_isolation isolation, const char *name)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_core_there_is_not_is_refused),
		cmocka_unit_test(more_cores_than_can_be),
		cmocka_unit_test(two_threads_are_in_user_mode_at_the_same_time),
		cmocka_unit_test(as_many_threads_as_there_are_cores),
		cmocka_unit_test(threads_of_one_core_take_turns),
		cmocka_unit_test(a_thread_knows_its_core),
		cmocka_unit_test(a_fault_beside_a_running_thread_is_told_as_whose_it_is),
		cmocka_unit_test(the_page_that_all_may_read_is_not_written_to),
		cmocka_unit_test(accesses_are_let_through_beside_running_threads),
		cmocka_unit_test(a_thread_is_aborted_while_it_runs),
		cmocka_unit_test(a_thread_is_suspended_while_it_runs),
		cmocka_unit_test(a_call_that_does_not_return_is_ended_beside_others),
		cmocka_unit_test(memory_taken_away_is_closed_to_a_thread_that_runs),
		cmocka_unit_test(a_semaphore_lets_one_in_from_all_cores),
		cmocka_unit_test(a_mutex_lets_one_in_from_all_cores),
		cmocka_unit_test(events_go_round_all_cores),
		cmocka_unit_test(objects_are_made_and_freed_on_all_cores),
		cmocka_unit_test(more_domains_than_keys_on_all_cores),
		cmocka_unit_test(memory_shared_with_a_running_thread_stays_open_to_it),
		cmocka_unit_test(time_moves_when_all_cores_wait),
		cmocka_unit_test(threads_begin_and_end_on_all_cores),
		cmocka_unit_test(the_board_stops_while_threads_spin),
	};

	backend = isolation;
	print_message("with %s\n", name);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* All backends, or the one that is named. */
int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		enum host_isolation isolation;
	} backends[] = {
		{ "none", HOST_ISOLATION_NONE },
		{ "mprotect", HOST_ISOLATION_MPROTECT },
		{ "pkey", HOST_ISOLATION_PKEY },
	};
	int failed = 0;

	for (size_t i = 0; i < ARRAY_SIZE(backends); i++)
		if (argc < 2 || !strcmp(argv[1], backends[i].name))
			failed += run_on(backends[i].isolation, backends[i].name);
	return failed;
}
