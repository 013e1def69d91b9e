/* SPDX-License-Identifier: BSD-3-Clause */
#include "kernel_lock.h"
#include "arch/arch.h"
#include "board.h"

#include <stdint.h>

#define HOLDER	0x000000ffu /* index of the thread that has it, plus one; 0: free */
#define CORES	8	    /* most that fit */
#define WANTED	0x0000ff00u /* a bit a core */
#define WATCHED 0x00010000u /* the holder sleeps on the word until cores have come */

#define WANTED_BY(core) (0x100u << (core))

_Static_assert(CONFIG_MP_MAX_NUM_CPUS <= CORES, "a bit a core");
_Static_assert(BOARD_MAX_THREADS < HOLDER, "an index and one more value");

static uint32_t state;
static unsigned int waiter[CORES]; /* index of the thread, where the core's bit is set */
static unsigned int last_served;

static uint32_t look(void)
{
	return __atomic_load_n(&state, __ATOMIC_ACQUIRE);
}

static bool change(uint32_t *from, uint32_t to)
{
	return __atomic_compare_exchange_n(&state, from, to, false, __ATOMIC_ACQ_REL,
					   __ATOMIC_ACQUIRE);
}

void kernel_lock_init(unsigned int index)
{
	last_served = 0;
	__atomic_store_n(&state, index + 1, __ATOMIC_RELEASE);
}

int kernel_lock_holder(void)
{
	return (int)(look() & HOLDER) - 1;
}

bool kernel_lock_take(unsigned int index, unsigned int core)
{
	uint32_t now = look();

	__atomic_store_n(&waiter[core], index, __ATOMIC_RELAXED);
	for (;;) {
		if (!(now & HOLDER)) {
			if (change(&now, now | (index + 1)))
				return true;
		} else if (change(&now, now | WANTED_BY(core))) {
			if (now & WATCHED)
				arch_futex_wake(&state);
			return false;
		}
	}
}

bool kernel_lock_is_wanted_by(unsigned int core)
{
	return look() & WANTED_BY(core);
}

bool kernel_lock_is_wanted(void)
{
	return look() & WANTED;
}

void kernel_lock_pass(unsigned int index, unsigned int core)
{
	uint32_t now = look(), next;

	do {
		next = (now & ~HOLDER) | (index + 1);
		if (now & WANTED_BY(core) &&
		    __atomic_load_n(&waiter[core], __ATOMIC_RELAXED) == index)
			next &= ~WANTED_BY(core);
	} while (!change(&now, next));
}

/* In turn, so that none waits longer than the others together. */
static unsigned int next_core(uint32_t now)
{
	unsigned int core = last_served;

	do
		core = (core + 1) % CORES;
	while (!(now & WANTED_BY(core)));
	return core;
}

int kernel_lock_drop(void)
{
	uint32_t now = look();

	for (;;) {
		unsigned int core, index;

		if (!(now & WANTED)) {
			if (change(&now, now & ~HOLDER))
				return -1;
			continue;
		}
		core = next_core(now);
		index = __atomic_load_n(&waiter[core], __ATOMIC_RELAXED);
		if (!change(&now, (now & ~(HOLDER | WANTED_BY(core))) | (index + 1)))
			continue;
		/* The new holder sleeps until it is woken: this is still ours. */
		last_served = core;
		return (int)index;
	}
}

void kernel_lock_await(unsigned int cores)
{
	const uint32_t wanted = cores * WANTED_BY(0);
	uint32_t now = look();

	while ((now & wanted) != wanted) {
		if (!(now & WATCHED) && !change(&now, now | WATCHED))
			continue;
		arch_futex_wait(&state, now | WATCHED);
		now = look();
	}
	__atomic_and_fetch(&state, ~WATCHED, __ATOMIC_ACQ_REL);
}
