/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fuzz.h
 * \brief Hostile system calls: what is made up, what it is made at, and what must hold afterwards.
 *
 * A batch is a board of its own. In it user threads make calls with made-up arguments until each
 * is killed or has made its share; every few hundred calls the kernel's state is looked at. The
 * same seed and batch number make the same calls.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zephyr/kernel.h>

#include "fuzz_random.h"

#define FUZZ_POOL_MAX 192
#define FUZZ_ARGS     6

/** One call as it was made. */
struct fuzz_call {
	unsigned int id;
	uintptr_t arg[FUZZ_ARGS];
};

/** In memory open to the hostile thread: what it has to work with, and what it did last. */
struct fuzz_plan {
	uintptr_t pool[FUZZ_POOL_MAX];
	size_t pool_count;
	uintptr_t object[K_OBJ_LAST];		    /**< one of each type that it may use, or 0 */
	uintptr_t heap, block, memory, stack, self; /**< its own */
	uintptr_t region;
	size_t region_size; /**< around its heap */
	struct fuzz_call last;
};

/** What came of a batch. */
struct fuzz_result {
	uint64_t calls, refused, faults, threads, checks;
	bool done;
	char failure[512];
};

/** Entry of a hostile thread: the plan, the seed, how many calls. User mode. */
void fuzz_attack(void *plan, void *seed, void *count);

/** \name The board under attack (fuzz_board.c). Supervisor mode @{ */
int fuzz_board_make(void);
/** Make A's memory and the host's accessible. */
void fuzz_board_open(void);
/** Fresh objects for the next round, the old ones gone. 0 or -errno. */
int fuzz_board_arm(struct fuzz_plan *plan);
void fuzz_board_disarm(void);
/** A hostile thread on the board, not started. NULL: none can be made. */
struct k_thread *fuzz_board_attacker(struct fuzz_plan *plan, uint64_t seed, unsigned int calls);
/** End whatever threads the hostile ones left. */
void fuzz_board_quiet(void);
/** NULL when everything is as it was, else what is not. */
const char *fuzz_board_check(void);
void fuzz_board_end(void);
/** @} */

/** Run batch \p number, whole, in this process. */
void fuzz_batch(uint64_t seed, uint64_t number, uint64_t calls, struct fuzz_result *result);

#endif /* TESTS_FUZZ_FUZZ_H */
