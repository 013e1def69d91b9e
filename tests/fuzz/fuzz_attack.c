/* SPDX-License-Identifier: BSD-3-Clause */
/* The hostile thread: it runs in user mode and touches nothing but its plan and its stack. */
#include "fuzz.h"

#include <zephyr/internal/syscall_handler.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

static uint64_t edge(uint64_t *state)
{
	uint64_t value = UINT64_C(1) << fuzz_random(state) % 64;

	return value + fuzz_random(state) % 3 - 1;
}

static uintptr_t argument(const struct fuzz_plan *plan, uint64_t *state)
{
	uint64_t kind = fuzz_random(state) % 16;
	uintptr_t place = plan->pool[fuzz_random(state) % plan->pool_count];

	if (kind < 7)
		return place;
	if (kind < 8)
		return place + fuzz_random(state) % 128 - 64;
	if (kind < 9)
		return place + edge(state);
	if (kind < 13)
		return fuzz_random(state) % 17;
	if (kind < 14)
		return edge(state);
	if (kind < 15)
		return -edge(state);
	return fuzz_random(state);
}

/*
 * What a sane caller would give, by argument: an object of a type, its own (h)eap, heap (b)lock,
 * memory (p), s(t)ack, thread it(s)elf; a small (n)umber, a (d)elay, (o)bject of any type. Only
 * calls that come near to this get past the first check. Numbers not named have none.
 */
static const char *const sane[K_SYSCALL_LIMIT] = {
	[K_SYSCALL_K_SEM_INIT] = "Snn",
	[K_SYSCALL_K_SEM_TAKE] = "Sd",
	[K_SYSCALL_K_SEM_GIVE] = "S",
	[K_SYSCALL_K_SEM_RESET] = "S",
	[K_SYSCALL_K_SEM_COUNT_GET] = "S",
	[K_SYSCALL_K_EVENT_INIT] = "E",
	[K_SYSCALL_K_EVENT_POST] = "En",
	[K_SYSCALL_K_EVENT_SET] = "En",
	[K_SYSCALL_K_EVENT_SET_MASKED] = "Enn",
	[K_SYSCALL_K_EVENT_CLEAR] = "En",
	[K_SYSCALL_K_EVENT_WAIT] = "Ennd",
	[K_SYSCALL_K_EVENT_WAIT_SAFE] = "Ennd",
	[K_SYSCALL_K_EVENT_WAIT_ALL] = "Ennd",
	[K_SYSCALL_K_EVENT_WAIT_ALL_SAFE] = "Ennd",
	[K_SYSCALL_K_THREAD_ABORT] = "T",
	[K_SYSCALL_K_THREAD_JOIN] = "Td",
	[K_SYSCALL_K_YIELD] = "",
	[K_SYSCALL_K_SLEEP] = "d",
	[K_SYSCALL_K_USLEEP] = "n",
	[K_SYSCALL_K_BUSY_WAIT] = "n",
	[K_SYSCALL_K_OBJECT_ACCESS_GRANT] = "oT",
	[K_SYSCALL_SOF_LOG] = "npp",
	[K_SYSCALL_SOF_HEAP_ALLOC] = "hnnn",
	[K_SYSCALL_SOF_HEAP_FREE] = "hb",
	[K_SYSCALL_K_MUTEX_INIT] = "M",
	[K_SYSCALL_K_MUTEX_LOCK] = "Md",
	[K_SYSCALL_K_MUTEX_UNLOCK] = "M",
	[K_SYSCALL_K_CONDVAR_INIT] = "C",
	[K_SYSCALL_K_CONDVAR_SIGNAL] = "C",
	[K_SYSCALL_K_CONDVAR_BROADCAST] = "C",
	[K_SYSCALL_K_CONDVAR_WAIT] = "CMd",
	[K_SYSCALL_K_TIMER_START] = "Idd",
	[K_SYSCALL_K_TIMER_STOP] = "I",
	[K_SYSCALL_K_TIMER_STATUS_GET] = "I",
	[K_SYSCALL_K_TIMER_STATUS_SYNC] = "I",
	[K_SYSCALL_K_TIMER_REMAINING_TICKS] = "I",
	[K_SYSCALL_K_TIMER_EXPIRES_TICKS] = "I",
	[K_SYSCALL_K_TIMER_USER_DATA_SET] = "Ip",
	[K_SYSCALL_K_TIMER_USER_DATA_GET] = "I",
	[K_SYSCALL_K_QUEUE_INIT] = "Q",
	[K_SYSCALL_K_QUEUE_ALLOC_APPEND] = "Qp",
	[K_SYSCALL_K_QUEUE_ALLOC_PREPEND] = "Qp",
	[K_SYSCALL_K_QUEUE_GET] = "Qd",
	[K_SYSCALL_K_QUEUE_IS_EMPTY] = "Q",
	[K_SYSCALL_K_QUEUE_CANCEL_WAIT] = "Q",
	[K_SYSCALL_K_THREAD_CREATE] = "Tt",
	[K_SYSCALL_K_THREAD_START] = "T",
	[K_SYSCALL_K_THREAD_SUSPEND] = "T",
	[K_SYSCALL_K_THREAD_RESUME] = "T",
	[K_SYSCALL_K_WAKEUP] = "T",
	[K_SYSCALL_K_THREAD_PRIORITY_GET] = "s",
	[K_SYSCALL_K_THREAD_PRIORITY_SET] = "sn",
	[K_SYSCALL_K_THREAD_TIMEOUT_REMAINING_TICKS] = "s",
	[K_SYSCALL_K_THREAD_TIMEOUT_EXPIRES_TICKS] = "s",
	[K_SYSCALL_K_THREAD_NAME_SET] = "sp",
	[K_SYSCALL_K_THREAD_NAME_COPY] = "spn",
	[K_SYSCALL_K_THREAD_CPU_PIN] = "sn",
	[K_SYSCALL_K_THREAD_ABSOLUTE_DEADLINE_SET] = "sn",
	[K_SYSCALL_K_THREAD_DEADLINE_SET] = "sn",
	[K_SYSCALL_K_THREAD_STACK_ALLOC] = "nn",
	[K_SYSCALL_K_THREAD_STACK_FREE] = "t",
	[K_SYSCALL_SYS_MUTEX_INIT] = "p",
	[K_SYSCALL_SYS_MUTEX_LOCK] = "pd",
	[K_SYSCALL_SYS_MUTEX_UNLOCK] = "p",
	[K_SYSCALL_K_OBJECT_ALLOC] = "n",
	[K_SYSCALL_K_OBJECT_RELEASE] = "o",
	[K_SYSCALL_K_OBJECT_ACCESS_CHECK] = "o",
};

static uintptr_t sane_argument(const struct fuzz_plan *plan, char kind, uint64_t *state)
{
	switch (kind) {
	case 'S':
		return plan->object[K_OBJ_SEM];
	case 'E':
		return plan->object[K_OBJ_EVENT];
	case 'M':
		return plan->object[K_OBJ_MUTEX];
	case 'C':
		return plan->object[K_OBJ_CONDVAR];
	case 'I':
		return plan->object[K_OBJ_TIMER];
	case 'Q':
		return plan->object[K_OBJ_QUEUE];
	case 'T':
		return fuzz_random(state) % 4 ? plan->object[K_OBJ_THREAD] : plan->self;
	case 's':
		return plan->self;
	case 'o':
		return plan->object[fuzz_random(state) % K_OBJ_LAST];
	case 'h':
		return plan->heap;
	case 'b':
		return plan->block;
	case 'p':
		return plan->memory + fuzz_random(state) % 64;
	case 't':
		return plan->stack;
	case 'd':
		return fuzz_random(state) % 8 ? fuzz_random(state) % 1000 : edge(state);
	default:
		return fuzz_random(state) % 8 ? fuzz_random(state) % 300 : edge(state);
	}
}

static unsigned int number(uint64_t *state)
{
	uint64_t kind = fuzz_random(state) % 64;

	if (kind == 0)
		return (unsigned int)fuzz_random(state);
	if (kind == 1)
		return (unsigned int)edge(state);
	/* Numbers in use come first and are about five in eight of all; one call in eight may name one
	 * that is not. */
	return (unsigned int)(fuzz_random(state) %
			      (kind < 8 ? K_SYSCALL_LIMIT : K_SYSCALL_LIMIT * 5 / 8));
}

/* A call that hands over a freed block of the caller's own is a find of the checker, and none of the
 * kernel's. */
static void unmark(const struct fuzz_plan *plan)
{
#if defined(__SANITIZE_ADDRESS__)
	ASAN_UNPOISON_MEMORY_REGION((void *)plan->region, plan->region_size);
#endif
}

void fuzz_attack(void *p1, void *p2, void *p3)
{
	struct fuzz_plan *plan = p1;
	uint64_t state = (uintptr_t)p2;

	for (uintptr_t i = 0; i < (uintptr_t)p3; i++) {
		struct fuzz_call *call = &plan->last;

		const char *kinds;

		call->id = number(&state);
		kinds = call->id < K_SYSCALL_LIMIT && sane[call->id] ? sane[call->id] : "";
		for (size_t a = 0; a < FUZZ_ARGS; a++) {
			bool like = *kinds && fuzz_random(&state) % 8;

			call->arg[a] =
				like ? sane_argument(plan, *kinds, &state) : argument(plan, &state);
			if (*kinds)
				kinds++;
		}
		unmark(plan);
		z_syscall(call->id, call->arg[0], call->arg[1], call->arg[2], call->arg[3],
			  call->arg[4], call->arg[5]);
	}
}
