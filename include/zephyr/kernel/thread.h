/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/kernel/thread.h
 * \brief Threads and their stacks. Included by zephyr/kernel.h.
 */
#ifndef ZEPHYR_KERNEL_THREAD_H
#define ZEPHYR_KERNEL_THREAD_H

#include <autoconf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zephyr/app_memory/mem_domain.h>
#include <zephyr/kernel/clock.h>
#include <zephyr/sys/util.h>

/** A stack is known by this pointer: what k_thread_stack_alloc() returns, or a variable that
 * K_THREAD_STACK_DEFINE() or its kin made. */
typedef struct z_thread_stack_element {
	char data;
} k_thread_stack_t;

typedef struct k_thread *k_tid_t;
typedef void (*k_thread_entry_t)(void *p1, void *p2, void *p3);

#define K_ESSENTIAL	BIT(0) /**< its end, however it comes, is a panic, and ends the board */
#define K_USER		BIT(2) /**< runs in user mode, inside its memory domain */
#define K_INHERIT_PERMS BIT(3) /**< gets its creator's object permissions */

/** \name Priorities
 * A smaller number is better; below 0 a thread is never preempted. @{ */
#define K_PRIO_COOP(x)			  (-(CONFIG_NUM_COOP_PRIORITIES - (x)))
#define K_PRIO_PREEMPT(x)		  (x)
#define K_HIGHEST_THREAD_PRIO		  (-CONFIG_NUM_COOP_PRIORITIES)
#define K_HIGHEST_APPLICATION_THREAD_PRIO K_HIGHEST_THREAD_PRIO
#define K_LOWEST_THREAD_PRIO		  CONFIG_NUM_PREEMPT_PRIORITIES
#define K_LOWEST_APPLICATION_THREAD_PRIO  (CONFIG_NUM_PREEMPT_PRIORITIES - 1)
/** @} */

struct k_heap;

struct k_wait_q {
	struct k_thread *head;
};

struct k_thread {
	struct {
		uint8_t user_options; /**< K_USER and kin */
		uint8_t state;	      /**< enum of posix/scheduler.h */
		int8_t prio;
		uint8_t cpu;		 /**< virtual core it runs on */
		k_ticks_t prio_deadline; /**< absolute virtual time; earlier runs first */
	} base;
	struct {
		struct k_mem_domain *mem_domain;
	} mem_domain_info;
	struct {
		uintptr_t start; /**< of the user stack's memory, for a thread that has one */
		size_t size;
	} stack_info;
	struct k_heap *resource_pool;
	char name[CONFIG_THREAD_MAX_NAME_LEN];
	struct z_thread_arch *arch; /**< the host thread behind it; NULL when there is none */
};

/**
 * Make a thread on \p stack. It joins its creator's domain and uses its resource pool. Its code
 * starts after \p delay, or with k_thread_start() when that is K_FOREVER. User mode code must be
 * readable by its domain. (syscall)
 *
 * From user mode it is an oops unless: \p new_thread may be used and has not been started, \p stack
 * likewise and at least \p stack_size large, \p options have K_USER and no K_ESSENTIAL, \p prio is
 * valid and not better than the caller's.
 *
 * \return the thread; NULL when \p stack is in use or unknown or the host can make no thread.
 */
k_tid_t k_thread_create(struct k_thread *new_thread, k_thread_stack_t *stack, size_t stack_size,
			k_thread_entry_t entry, void *p1, void *p2, void *p3, int prio,
			uint32_t options, k_timeout_t delay);
/** Let a thread run that has not been started, or at once one that waits for its start delay. Any
 * other is left alone. It runs before the call returns if it is better than the caller and the
 * caller may be preempted; so does one that k_thread_create() starts. (syscall) */
void k_thread_start(k_tid_t thread);
/** End a thread, at once, whatever it does; itself as well. One that has ended is left alone.
 * Mutexes and semaphores it held stay taken. Unless it ends itself the caller keeps running,
 * whoever waited for that end. From user mode an oops for an essential thread. (syscall) */
void k_thread_abort(k_tid_t thread);
/** Wait for its end. 0: it has ended, or was never made; -EBUSY with K_NO_WAIT; -EAGAIN on timeout;
 * -EDEADLK for the caller itself and for a thread that waits for the caller's end. (syscall) */
int k_thread_join(k_tid_t thread, k_timeout_t timeout);
/**
 * Go on in user mode, for good, with an empty stack and these arguments. Permissions, domain and
 * name stay. Only for a thread whose stack came from K_THREAD_STACK_DEFINE() or from
 * k_thread_stack_alloc() with K_USER; another panics.
 */
void k_thread_user_mode_enter(k_thread_entry_t entry, void *p1, void *p2, void *p3)
	__attribute__((noreturn));

/** Keep a thread from running until k_thread_resume(); what it waits for may come meanwhile.
 * Twice is as once. (syscall) */
void k_thread_suspend(k_tid_t thread);
/** (syscall) */
void k_thread_resume(k_tid_t thread);
/** End its k_sleep(). (syscall) */
void k_wakeup(k_tid_t thread);
/** (syscall) */
int k_thread_priority_get(k_tid_t thread);
/** From user mode it can only be made worse; else an oops. (syscall) */
void k_thread_priority_set(k_tid_t thread, int prio);
/** Ticks until its wait or its start delay times out: 0 when nothing will. (syscall) */
k_ticks_t k_thread_timeout_remaining_ticks(k_tid_t thread);
/** When that is; now when nothing will. (syscall) */
k_ticks_t k_thread_timeout_expires_ticks(k_tid_t thread);

/** NULL: the caller. 0; from user mode -EINVAL for another type of object or a thread without
 * permission, -EFAULT when it can't read \p name. (syscall) */
int k_thread_name_set(k_tid_t thread, const char *name);
const char *k_thread_name_get(k_tid_t thread);
/** 0; -ENOSPC; from user mode -EINVAL when \p thread is no live thread, -EFAULT when it can't write
 * \p buffer. No permission is needed. (syscall) */
int k_thread_name_copy(k_tid_t thread, char *buffer, size_t size);
/** Let it run on this virtual core; a new thread belongs to its creator's. 0; -EINVAL for a core
 * there is not, or while it is running or ready to. (syscall) */
int k_thread_cpu_pin(k_tid_t thread, int cpu);
/** \p deadline in cycles. (syscall) */
void k_thread_absolute_deadline_set(k_tid_t thread, int deadline);
/** \p deadline in cycles from now; from user mode more than 0. (syscall) */
void k_thread_deadline_set(k_tid_t thread, int deadline);
/** Heap that kernel memory for the thread's own calls is taken from. Threads it makes inherit it. */
void k_thread_heap_assign(struct k_thread *thread, struct k_heap *heap);

/** The running thread. Any mode. */
k_tid_t k_current_get(void);
/** True in user mode. Any mode. */
bool k_is_user_context(void);
/** True in a timer's expiry or stop function. Any mode. */
bool k_is_in_isr(void);
/** Let a ready thread of the same or better priority run. (syscall) */
void k_yield(void);
/** Nobody else runs until k_sched_unlock(), unless the caller waits. They nest; to unlock more often
 * than was locked is a panic. */
void k_sched_lock(void);
void k_sched_unlock(void);

/**
 * Run every other ready thread, whatever its priority, until none is ready. The batch-mode heart:
 * the supervisor posts events, calls this, and finds all of them dealt with. Not Zephyr's.
 */
void k_run_ready_threads(void);

/** Unused bytes at the low end of its stack, never written so far. 0, or -EINVAL. */
int k_thread_stack_space_get(const struct k_thread *thread, size_t *unused);

typedef struct {
	uint64_t execution_cycles; /**< nanoseconds the thread has run, in user and kernel mode */
	uint64_t total_cycles;
} k_thread_runtime_stats_t;
int k_thread_runtime_stats_get(k_tid_t thread, k_thread_runtime_stats_t *stats);

/**
 * Stack with a closed page below it, of at least \p size bytes (rounded up to pages). \p flags:
 * K_USER for a thread that runs or will run in user mode. (syscall)
 *
 * User mode callers share a pool of CONFIG_DYNAMIC_THREAD_POOL_SIZE stacks of at most
 * CONFIG_DYNAMIC_THREAD_STACK_SIZE bytes, and get permission on what they are given.
 *
 * \return NULL when memory is out, the pool is, or \p size is 0 or too large.
 */
k_thread_stack_t *k_thread_stack_alloc(size_t size, int flags);
/** 0; -EBUSY while a thread runs on it; -EINVAL for one that k_thread_stack_alloc() did not make.
 * From user mode an oops without permission, and while a thread runs on it. (syscall) */
int k_thread_stack_free(k_thread_stack_t *stack);

/** \name Stacks as variables
 * A variable stands for the stack and is as large, but the memory that a thread runs on is made
 * elsewhere, with all that belongs beside it, when the first thread is. Known as stack objects from
 * the board's start. For the program, not for loadable modules. @{ */
struct z_static_stack {
	k_thread_stack_t *first;
	size_t size; /**< of each */
	size_t count;
	bool user; /**< a user thread may run on it */
};

#define Z_STACK_SIZE_ROUND(size) ROUND_UP(size, CONFIG_MMU_PAGE_SIZE)
#define Z_STACK_RECORD(name, size_, count_, user_)                                                 \
	static const struct z_static_stack z_static_stack_##name                                   \
		__attribute__((section(".z_static_stacks"), used,                                  \
			       aligned(8))) = { .first = (k_thread_stack_t *)(name),               \
						.size = (size_),                                   \
						.count = (count_),                                 \
						.user = (user_) }
#define Z_STACK_DEFINE(name, size, user)                                                           \
	struct z_thread_stack_element name[Z_STACK_SIZE_ROUND(size)] __attribute__((aligned(16))); \
	Z_STACK_RECORD(name, Z_STACK_SIZE_ROUND(size), 1, user)
#define Z_STACK_ARRAY_DEFINE(name, count, size, user)                                              \
	struct z_thread_stack_element name[count][Z_STACK_SIZE_ROUND(size)]                        \
		__attribute__((aligned(16)));                                                      \
	Z_STACK_RECORD(name, Z_STACK_SIZE_ROUND(size), count, user)

#define K_THREAD_STACK_LEN(size)		       Z_STACK_SIZE_ROUND(size)
#define K_THREAD_STACK_DEFINE(name, size)	       Z_STACK_DEFINE(name, size, true)
#define K_THREAD_STACK_ARRAY_DEFINE(name, count, size) Z_STACK_ARRAY_DEFINE(name, count, size, true)
#define K_THREAD_STACK_DECLARE(name, size)                                                         \
	extern struct z_thread_stack_element name[Z_STACK_SIZE_ROUND(size)]
#define K_THREAD_STACK_SIZEOF(name) sizeof(name)
/** First byte of the memory that a thread on it runs on. Supervisor mode. */
#define K_THREAD_STACK_BUFFER(name) z_thread_stack_buffer(name)

#define K_KERNEL_STACK_LEN(size)	  Z_STACK_SIZE_ROUND(size)
#define K_KERNEL_STACK_DEFINE(name, size) Z_STACK_DEFINE(name, size, false)
#define K_KERNEL_STACK_ARRAY_DEFINE(name, count, size)                                             \
	Z_STACK_ARRAY_DEFINE(name, count, size, false)
#define K_KERNEL_STACK_SIZEOF(name)	 sizeof(name)
#define Z_KERNEL_STACK_OBJ_ALIGN	 16
#define Z_KERNEL_STACK_SIZE_ADJUST(size) Z_STACK_SIZE_ROUND(size)

/** NULL: no such stack, or no memory. */
char *z_thread_stack_buffer(k_thread_stack_t *stack);
/** @} */

#endif /* ZEPHYR_KERNEL_THREAD_H */
