/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The board under attack. Domain A is the attackers'. Everything else belongs to a bystander or the
 * kernel, was granted to nobody of A, and must never change.
 */
#include "fuzz.h"
#include "board.h"
#include "fault.h"
#include "heap.h"
#include "object.h"
#include "protect.h"
#include "scheduler.h"
#include "stack.h"
#include "thread.h"

#include <host/audio.h>
#include <host/platform.h>
#include <rtos/alloc.h>
#include <rtos/userspace_helper.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STACK_SIZE    ((size_t)16384)
#define SENTINEL_SIZE 512
#define PAGE	      ((size_t)4096)

static struct {
	struct k_mem_domain domain_a, domain_b, domain_b_was;
	struct k_heap *heap_a, *heap_b;
	struct k_mem_partition part_a;
	uint8_t *buffer_a;
	uint8_t *sentinels[4]; /* kernel, shared, B's heap, a buffer granted to nobody */
	struct k_sem *sem;     /* nobody's of A */
	struct k_event *wake, *answer;
	struct k_thread *bystander;
	k_thread_stack_t *stack_b, *stack_a, *spare_stack;
	struct k_thread *attacker;
	void *objects[K_OBJ_LAST]; /* granted to the attackers */
	size_t kernel_blocks;
	unsigned int rounds;
	char why[128];
} board;

/* Of B. Each round it takes and gives back memory of its heap, and answers. */
static void bystand(void *p1, void *p2, void *p3)
{
	struct k_event *wake = p1, *answer = p2;
	struct k_heap *heap = p3;

	for (uint32_t round = 1;; round++) {
		uint8_t *block;
		uint32_t bits = k_event_wait(wake, UINT32_MAX, false, K_FOREVER);
		bool right = bits == 1;

		k_event_set(wake, 0);
		block = sof_heap_alloc(heap, 0, 100, 0);
		if (!block)
			right = false;
		for (size_t i = 0; right && i < 100; i++)
			block[i] = (uint8_t)(round + i);
		k_yield();
		for (size_t i = 0; right && i < 100; i++)
			right = block[i] == (uint8_t)(round + i);
		sof_heap_free(heap, block);
		k_event_post(answer, right ? 1 : 2);
	}
}

static struct k_heap *make_heap(const char *name, struct k_mem_domain *domain,
				struct k_mem_partition *part)
{
	const struct module_heap_config config = { .name = name, .heap_bytes = 32768 };
	struct k_heap *heap = module_driver_heap_init_ext(&config);

	if (!heap)
		return NULL;
	module_driver_heap_partition(heap, part);
	if (!k_mem_domain_add_partition(domain, part))
		return heap;
	module_driver_heap_remove(heap);
	return NULL;
}

static int make_bystander(void)
{
	struct k_mem_partition part;

	board.heap_b = make_heap("B", &board.domain_b, &part);
	board.stack_b = user_stack_allocate(STACK_SIZE, K_USER);
	board.bystander = k_object_alloc(K_OBJ_THREAD);
	board.wake = k_object_alloc(K_OBJ_EVENT);
	board.answer = k_object_alloc(K_OBJ_EVENT);
	if (!board.heap_b || !board.stack_b || !board.bystander || !board.wake || !board.answer)
		return -ENOMEM;
	k_event_init(board.wake);
	k_event_init(board.answer);
	if (!k_thread_create(board.bystander, board.stack_b, STACK_SIZE, bystand, board.wake,
			     board.answer, board.heap_b, 2, K_USER, K_FOREVER))
		return -ENOMEM;
	k_thread_name_set(board.bystander, "bystander");
	k_mem_domain_add_thread(&board.domain_b, board.bystander);
	k_thread_access_grant(board.bystander, board.wake, board.answer);
	k_thread_start(board.bystander);
	k_run_ready_threads();
	return 0;
}

static uint8_t pattern(size_t which, size_t i)
{
	return (uint8_t)(which * 41 + i * 7 + 3);
}

static int make_sentinels(void)
{
	board.sentinels[0] = rmalloc(SOF_MEM_FLAG_KERNEL, SENTINEL_SIZE);
	board.sentinels[1] = rmalloc(SOF_MEM_FLAG_USER_SHARED_BUFFER, SENTINEL_SIZE);
	board.sentinels[2] = sof_heap_alloc(board.heap_b, 0, SENTINEL_SIZE, 0);
	board.sentinels[3] = user_buffer_alloc(SENTINEL_SIZE, "nobody's");
	board.sem = k_object_alloc(K_OBJ_SEM);
	if (!board.sem)
		return -ENOMEM;
	k_sem_init(board.sem, 3, 9);
	for (size_t s = 0; s < ARRAY_SIZE(board.sentinels); s++) {
		if (!board.sentinels[s])
			return -ENOMEM;
		protect_open((uintptr_t)board.sentinels[s]);
		for (size_t i = 0; i < SENTINEL_SIZE; i++)
			board.sentinels[s][i] = pattern(s, i);
	}
	return 0;
}

int fuzz_board_make(void)
{
	int ret = k_mem_domain_init(&board.domain_a, 0, NULL);

	ret = ret ? ret : k_mem_domain_init(&board.domain_b, 0, NULL);
	ret = ret ? ret : user_memory_attach_common_partition(&board.domain_a);
	ret = ret ? ret : make_bystander();
	ret = ret ? ret : make_sentinels();
	if (ret)
		return ret;
	board.buffer_a = user_buffer_alloc(PAGE, "A's");
	board.stack_a = user_stack_allocate(STACK_SIZE, K_USER);
	board.attacker = k_object_alloc(K_OBJ_THREAD);
	if (!board.buffer_a || !board.stack_a || !board.attacker)
		return -ENOMEM;
	board.domain_b_was = board.domain_b;
	return user_buffer_grant(&board.domain_a, board.buffer_a);
}

static size_t kernel_blocks(void)
{
	struct sof_notification message;

	/* What attackers have sent waits to be read: it is the reader's. */
	while (!sof_notification_next(&message))
		;
	/* Labels of freed blocks are kept for reports: not counted. */
	heap_forget_freed(heap_kernel);
	return heap_blocks(heap_kernel);
}

static void put(struct fuzz_plan *plan, uintptr_t place)
{
	if (plan->pool_count < FUZZ_POOL_MAX)
		plan->pool[plan->pool_count++] = place;
}

/* Places of every kind: what it may use, what it may not, and what is nowhere. */
static void fill_pool(struct fuzz_plan *plan)
{
	const uintptr_t nowhere[] = {
		0,
		8,
		4095,
		0x10000,
		(uintptr_t)1 << 47,
		0xdead0000beef0000,
		0xffff800000000000,
		UINTPTR_MAX,
		UINTPTR_MAX - 7,
	};
	uint8_t *block = sof_heap_alloc(board.heap_a, 0, 1024, 0);
	uint8_t *freed = sof_heap_alloc(board.heap_a, 0, 64, 0);
	uintptr_t mine[] = {
		(uintptr_t)block,
		(uintptr_t)block,
		(uintptr_t)freed,
		(uintptr_t)board.heap_a,
		(uintptr_t)board.heap_a,
		(uintptr_t)board.buffer_a,
		(uintptr_t)board.stack_a,
		(uintptr_t)board.attacker,
		(uintptr_t)board.spare_stack,
		board.part_a.start,
		board.part_a.start + board.part_a.size,
		(uintptr_t)plan,
	};
	uintptr_t others[] = {
		(uintptr_t)board.heap_b,
		(uintptr_t)sof_sys_heap_get(),
		(uintptr_t)board.sem,
		(uintptr_t)board.wake,
		(uintptr_t)board.answer,
		(uintptr_t)board.bystander,
		(uintptr_t)board.stack_b,
		(uintptr_t)board.bystander->arch,
		(uintptr_t)board.bystander->arch->kernel_stack,
		(uintptr_t)sched_current,
		(uintptr_t)sched_current->arch,
		(uintptr_t)&board,
		(uintptr_t)&board.domain_a,
		(uintptr_t)&k_mem_domain_default,
		(uintptr_t)&sched_current,
		(uintptr_t)z_kernel_data_start,
		z_board_page.kernel_end,
		(uintptr_t)&z_board_page,
		(uintptr_t)environ,
		(uintptr_t)stdout,
		(uintptr_t)fuzz_attack,
		(uintptr_t)abs,
		(uintptr_t) "text",
		get_shared_buffer_heap_start(),
		(uintptr_t)user_mailbox(),
	};

	plan->pool_count = 0;
	for (size_t i = 0; i < ARRAY_SIZE(nowhere); i++)
		put(plan, nowhere[i]);
	for (size_t i = 0; i < ARRAY_SIZE(mine); i++)
		put(plan, mine[i]);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		put(plan, others[i]);
	for (size_t i = 0; i < ARRAY_SIZE(board.sentinels); i++)
		put(plan, (uintptr_t)board.sentinels[i]);
	/* Often, as only calls on these get past the verifiers. */
	for (size_t times = 0; times < 4; times++)
		for (size_t i = 0; i < ARRAY_SIZE(board.objects); i++)
			if (board.objects[i])
				put(plan, (uintptr_t)board.objects[i]);
	for (size_t i = 0; i < ARRAY_SIZE(board.objects); i++)
		plan->object[i] = (uintptr_t)board.objects[i];
	plan->heap = (uintptr_t)board.heap_a;
	plan->block = (uintptr_t)sof_heap_alloc(board.heap_a, 0, 64, 0);
	plan->memory = (uintptr_t)block;
	plan->stack = (uintptr_t)board.spare_stack;
	plan->self = (uintptr_t)board.attacker;
	plan->region = board.part_a.start;
	plan->region_size = board.part_a.size;
	sof_heap_free(board.heap_a, freed);
	/* Forged: what lies in its own memory looks just like an object. */
	if (!block)
		return;
	protect_open((uintptr_t)block);
	memset(block, 0, 1024);
	memcpy(block, board.heap_a, sizeof(struct k_heap));
	memcpy(block + 128, board.sem, sizeof(*board.sem));
	memcpy(block + 256, board.bystander, sizeof(*board.bystander));
	strcpy((char *)block + 768, "a text");
	for (size_t at = 0; at < 1024; at += 128)
		put(plan, (uintptr_t)block + at);
}

void fuzz_board_open(void)
{
	user_domain_open(&board.domain_a);
	host_memory_open();
}

int fuzz_board_arm(struct fuzz_plan *plan)
{
	fuzz_board_open();
	board.spare_stack = user_stack_allocate(STACK_SIZE, K_USER);
	board.heap_a = make_heap("A", &board.domain_a, &board.part_a);
	if (!board.spare_stack || !board.heap_a)
		return -ENOMEM;
	for (int type = K_OBJ_ANY + 1; type < K_OBJ_LAST; type++)
		board.objects[type] = type == K_OBJ_THREAD_STACK_ELEMENT ?
					      NULL :
					      k_object_alloc((enum k_objects)type);
	fill_pool(plan);
	if (!board.kernel_blocks)
		board.kernel_blocks = kernel_blocks();
	return 0;
}

void fuzz_board_disarm(void)
{
	if (board.heap_a) {
		k_mem_domain_remove_partition(&board.domain_a, &board.part_a);
		module_driver_heap_remove(board.heap_a);
	}
	board.heap_a = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(board.objects); i++) {
		k_object_free(board.objects[i]);
		board.objects[i] = NULL;
	}
	user_stack_free(board.spare_stack);
	board.spare_stack = NULL;
}

struct k_thread *fuzz_board_attacker(struct fuzz_plan *plan, uint64_t seed, unsigned int calls)
{
	struct k_thread *thread = k_thread_create(board.attacker, board.stack_a, STACK_SIZE,
						  fuzz_attack, plan, (void *)(uintptr_t)seed,
						  (void *)(uintptr_t)calls, 1, K_USER, K_FOREVER);

	if (!thread)
		return NULL;
	k_thread_name_set(thread, "attacker");
	k_mem_domain_add_thread(&board.domain_a, thread);
	for (size_t i = 0; i < ARRAY_SIZE(board.objects); i++)
		if (board.objects[i])
			k_object_access_grant(board.objects[i], thread);
	k_object_access_grant(board.spare_stack, thread);
	return thread;
}

void fuzz_board_quiet(void)
{
	for (unsigned int i = 0; i < BOARD_MAX_THREADS; i++) {
		struct k_thread *thread = thread_by_index(i);

		if (thread && thread != sched_current && thread != board.bystander)
			k_thread_abort(thread);
	}
}

static const char *say(const char *format, unsigned long a, unsigned long b)
{
	snprintf(board.why, sizeof(board.why), format, a, b);
	return board.why;
}

static const char *check_sentinels(void)
{
	for (size_t s = 0; s < ARRAY_SIZE(board.sentinels); s++) {
		protect_open((uintptr_t)board.sentinels[s]);
		for (size_t i = 0; i < SENTINEL_SIZE; i++)
			if (board.sentinels[s][i] != pattern(s, i))
				return say("sentinel %lu: byte %lu has changed", s, i);
	}
	if (k_sem_count_get(board.sem) != 3 || board.sem->limit != 9 || board.sem->wait_q.head)
		return say("the semaphore: count %lu, limit %lu", board.sem->count,
			   board.sem->limit);
	return NULL;
}

static const char *check_bystander(void)
{
	uint32_t answer;

	if (!thread_is_live(board.bystander) || host_thread_fault(board.bystander))
		return "the bystander has ended";
	k_event_set(board.answer, 0);
	k_event_post(board.wake, 1);
	k_run_ready_threads();
	answer = k_event_clear(board.answer, UINT32_MAX);
	return answer == 1 ? NULL :
			     say("the bystander answered %lu in round %lu", answer, board.rounds);
}

static const char *check_objects(void)
{
	/* The supervisor made them, and nobody else may use them. */
	for (unsigned int i = 0; i < BOARD_MAX_THREADS; i++) {
		struct k_thread *thread = thread_by_index(i);

		if (thread && thread != sched_current &&
		    !object_validate(board.sem, K_OBJ_SEM, i, true))
			return say("thread %lu has the semaphore", i, 0);
	}
	if (object_validate(board.sem, K_OBJ_SEM, sched_current->arch->index, true) ||
	    object_validate(board.bystander, K_OBJ_THREAD, sched_current->arch->index, true))
		return "the object table has lost an object";
	return NULL;
}

static const char *check_time(void)
{
	k_ticks_t before = k_uptime_ticks();

	k_sleep(K_MSEC(1));
	if (before < 0 || k_uptime_ticks() - before != 1000)
		return say("time: %lu, a millisecond later %lu", (unsigned long)before,
			   (unsigned long)k_uptime_ticks());
	return NULL;
}

static const char *check_domains(void)
{
	if (memcmp(&board.domain_b.partitions, &board.domain_b_was.partitions,
		   sizeof(board.domain_b.partitions)) ||
	    board.domain_b.num_partitions != board.domain_b_was.num_partitions)
		return "the bystander's domain has changed";
	if (board.domain_b.members != 1 || board.domain_a.members)
		return say("members: %lu in B, %lu in A", board.domain_b.members,
			   board.domain_a.members);
	if (board.domain_a.num_partitions != 3)
		return say("A has %lu partitions", board.domain_a.num_partitions, 0);
	return NULL;
}

const char *fuzz_board_check(void)
{
	const char *why = check_sentinels();
	size_t blocks;

	board.rounds++;
	why = why ? why : check_domains();
	why = why ? why : check_bystander();
	why = why ? why : check_objects();
	why = why ? why : check_time();
	if (why)
		return why;
	if (host_stray_supervisor_accesses())
		return say("supervisor code touched closed memory %lu times",
			   host_stray_supervisor_accesses(), 0);
	fuzz_board_disarm();
	blocks = kernel_blocks();
	/* The plan's own of the first arming are gone now, so there are fewer. */
	if (blocks > board.kernel_blocks)
		return say("%lu kernel blocks, there were %lu", blocks, board.kernel_blocks);
	return NULL;
}

void fuzz_board_end(void)
{
	k_thread_abort(board.bystander);
	k_object_free(board.bystander);
	k_object_free(board.attacker);
	k_object_free(board.wake);
	k_object_free(board.answer);
	k_object_free(board.sem);
	user_stack_free(board.stack_a);
	user_stack_free(board.stack_b);
	rfree(board.sentinels[0]);
	rfree(board.sentinels[1]);
	user_buffer_free(board.sentinels[3]);
	user_buffer_free(board.buffer_a);
	module_driver_heap_remove(board.heap_b);
}
