/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file cores.h
 * \brief Virtual cores: which thread each one runs.
 *
 * Each thread belongs to one core, and a core runs one thread at a time. Where the backend's rights
 * are the process's, that is all there is to it: one baton goes round, whatever core a thread is of.
 * Where they are each thread's own (struct protect_backend, parallel), and the board has several
 * cores, a thread in user mode lets go of the kernel, and one of another core runs at the same time,
 * on another CPU of the host. Supervisor code runs on one core at a time (kernel_lock.h).
 *
 *   a core is idle      nobody's current thread; the best ready thread of the core may start
 *   its thread is in    in supervisor mode: it holds the kernel, or waits for it
 *   its thread is out   in user mode, on its own
 *
 * What is here lies in kernel memory: a module can't make itself another thread.
 *
 * Calling mode: supervisor, on the thread that holds the kernel, unless it says otherwise.
 */
#ifndef POSIX_CORES_H
#define POSIX_CORES_H

#include <stdbool.h>
#include <stdint.h>
#include <zephyr/kernel.h>

/** Sent to a thread that is out, to bring it in. Ignored by the host should it come too late. */
#define CORES_SIGNAL SIGURG

struct core {
	struct k_thread *current; /**< NULL: idle */
	int32_t host_id;	  /**< the host's number of it */
	int host_cpu;		  /**< where all its threads run; -1: anywhere */
};

extern struct cores {
	bool parallel;
	unsigned int count;
	struct core at[CONFIG_MP_MAX_NUM_CPUS];
} cores;

/** The board has so many (0: one); side by side only when they may. */
void cores_init(unsigned int count, bool may_be_parallel);
/** Give each a CPU of those the process may use, the first one \p first. */
void cores_choose_cpus(int first);
/** The thread's host thread runs on its core's CPU from now on. */
void cores_pin(const struct k_thread *thread);

/** The core is idle, or runs this very thread. */
static inline bool core_has_room_for(const struct k_thread *thread)
{
	const struct k_thread *current;

	if (!cores.parallel)
		return true;
	current = cores.at[thread->base.cpu].current;
	return !current || current == thread;
}

/** It runs on its core, if that is idle: a thread that only ends may run beside another. */
void core_occupy(struct k_thread *thread);
/** It runs no more. */
void core_vacate(const struct k_thread *thread);

/** The thread that a core runs with this host thread, NULL when none does. Anyone. */
struct k_thread *cores_find(int host_id);

/** It is out. */
bool core_is_out(const struct k_thread *thread);
bool cores_find_out(void);
static inline bool cores_anyone_is_out(void)
{
	return cores.parallel && cores_find_out();
}
/** The same, but whose threads are on their way in: those run no more user code before they have
 * had the kernel. Calls \p fn for each. */
void cores_for_each_running(void (*fn)(const struct k_thread *thread));

/** Bring \p thread in, or all (NULL): they run no more user code when this returns, before they have
 * had the kernel. */
void cores_bring_in(const struct k_thread *thread);

#endif /* POSIX_CORES_H */
