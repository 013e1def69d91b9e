/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file thread.h
 * \brief Threads from creation to the joining of their host thread.
 *
 * Calling mode: supervisor.
 */
#ifndef POSIX_THREAD_H
#define POSIX_THREAD_H

#include <zephyr/internal/syscall_handler.h>
#include <zephyr/kernel.h>

/** The host thread that calls becomes the virtual core's supervisor thread: \p thread. */
int thread_adopt_first(struct k_thread *thread, const char *name);
void thread_forget_first(struct k_thread *thread);

/** The calling host thread is about to wait while its memory may be closed. */
void thread_prepare_to_wait(void);
#define ESSENTIAL_ENDED "an essential thread has ended: the board is dead"
/** End the calling thread, from any depth: it leaves its stack and never returns. */
void thread_end(void) __attribute__((noreturn));
/** Block on the calling thread's account: from its resource pool; NULL when it has none or no room. */
void *thread_pool_alloc(size_t size);
/** Give one back, from whichever pool it was. */
void thread_pool_free(void *block);
/** The same for a thread whose records in the C library are destroyed: its host thread stays. */
void thread_abandon(void) __attribute__((noreturn));
/** The calling thread has left the schedule: whoever runs next joins its host thread. */
struct z_thread_arch;
void thread_leaves(struct z_thread_arch *arch);
/** Join host threads whose board threads have ended, and free what they held. */
void thread_reap(void);
/** \p thread's memory is about to be freed: drop what is kept of the thread that ended. */
void thread_object_free(struct k_thread *thread);
/** The live thread with this index, or NULL. */
struct k_thread *thread_by_index(unsigned int index);
/** It has been made and has not ended. Safe for any pointer. */
bool thread_is_live(const struct k_thread *thread);
/** Index of a live thread, or the one promised to a thread object; -1: none. Safe for any pointer. */
int thread_index(const struct k_thread *thread);
/** Reserve an index for a thread that is not live; the thread gets it when it is created. -ENOMEM:
 * none left. */
int thread_promise_index(const struct k_thread *thread);
/** The thread object is freed: drop permissions that its promised index holds. */
void thread_forget_promise(const struct k_thread *thread);
/** End all threads but the calling one. */
void thread_abort_others(void);
/** Drop what is kept of threads that ended. No thread lives. */
void thread_forget_all(void);

static inline uintptr_t syscall1(unsigned int id, uintptr_t a)
{
	return z_syscall(id, a, 0, 0, 0, 0, 0);
}

static inline uintptr_t syscall2(unsigned int id, uintptr_t a, uintptr_t b)
{
	return z_syscall(id, a, b, 0, 0, 0, 0);
}

static inline uintptr_t syscall4(unsigned int id, uintptr_t a, uintptr_t b, uintptr_t c,
				 uintptr_t d)
{
	return z_syscall(id, a, b, c, d, 0, 0);
}

#endif /* POSIX_THREAD_H */
