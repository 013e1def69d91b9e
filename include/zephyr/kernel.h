/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/kernel.h
 * \brief Threads, semaphores, events, heaps and objects, with Zephyr's names and results.
 *
 * One virtual core runs one thread at a time. A thread runs until it blocks, yields or ends; then
 * the ready thread of best priority runs, among equals the one of earliest deadline, then the one
 * that waited longest. Time is virtual: it stands still while threads run, and moves on to the
 * next timeout when all are blocked (k_sleep(), a wait with a timeout).
 *
 * Calling mode: "syscall" marks calls a user thread may make; its arguments are then verified, and
 * a bad one is an oops that ends the thread. All others are for supervisor mode.
 */
#ifndef ZEPHYR_KERNEL_H
#define ZEPHYR_KERNEL_H

#include <autoconf.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zephyr/app_memory/mem_domain.h>
#include <zephyr/sys/util.h>

/** \name Time
 * One tick is a microsecond of virtual time. @{ */
typedef int64_t k_ticks_t;
typedef struct {
	k_ticks_t ticks;
} k_timeout_t;

#define K_TICKS_FOREVER ((k_ticks_t)-1)
#define K_TICKS(t)	((k_timeout_t){ .ticks = (t) })
#define K_FOREVER	K_TICKS(K_TICKS_FOREVER)
#define K_NO_WAIT	K_TICKS(0)
#define K_USEC(t)	K_TICKS((k_ticks_t)(t))
#define K_MSEC(t)	K_TICKS((k_ticks_t)(t) * 1000)
#define K_SECONDS(t)	K_MSEC((k_ticks_t)(t) * 1000)
#define K_TIMEOUT_EQ(a, b) ((a).ticks == (b).ticks)

/** Virtual microseconds since host_init(). Any mode: the word lies in a page that is open. */
k_ticks_t k_uptime_ticks(void);
static inline int64_t k_uptime_get(void)
{
	return k_uptime_ticks() / 1000;
}
/** Block for \p timeout of virtual time; returns 0. */
int32_t k_sleep(k_timeout_t timeout);
/** @} */

/** \name Threads @{ */
/** Stacks come from k_thread_stack_alloc(), user_stack_allocate() or their kin. */
typedef struct z_thread_stack_element {
	char data;
} k_thread_stack_t;

typedef struct k_thread *k_tid_t;
typedef void (*k_thread_entry_t)(void *p1, void *p2, void *p3);

#define K_ESSENTIAL	BIT(0)
#define K_USER		BIT(2) /**< runs in user mode, inside its memory domain */
#define K_INHERIT_PERMS BIT(3) /**< gets its creator's object permissions */

#define K_HIGHEST_THREAD_PRIO	       (-CONFIG_NUM_COOP_PRIORITIES)
#define K_LOWEST_APPLICATION_THREAD_PRIO (CONFIG_NUM_PREEMPT_PRIORITIES - 1)

struct k_wait_q {
	struct k_thread *head;
};

struct k_thread {
	struct {
		uint8_t user_options;	 /**< K_USER and kin */
		uint8_t state;		 /**< enum of posix/scheduler.h */
		int8_t prio;
		k_ticks_t prio_deadline; /**< absolute virtual time; earlier runs first */
	} base;
	struct {
		struct k_mem_domain *mem_domain;
	} mem_domain_info;
	struct k_heap *resource_pool;
	char name[CONFIG_THREAD_MAX_NAME_LEN];
	struct z_thread_arch *arch; /**< the host thread behind it; NULL when there is none */
};

/**
 * Make a thread on \p stack. It joins its creator's domain. Its code starts after \p delay, or
 * with k_thread_start() when that is K_FOREVER. User mode code must be readable by its domain.
 *
 * \return the thread; NULL when \p stack is in use or the host can make no thread (-ENOMEM).
 */
k_tid_t k_thread_create(struct k_thread *new_thread, k_thread_stack_t *stack, size_t stack_size,
			k_thread_entry_t entry, void *p1, void *p2, void *p3, int prio,
			uint32_t options, k_timeout_t delay);
void k_thread_start(k_tid_t thread);
/** End a thread, at once, whatever it does; itself as well. (syscall) */
void k_thread_abort(k_tid_t thread);
/** Wait for its end. 0; -EBUSY with K_NO_WAIT; -EAGAIN on timeout; -EDEADLK for itself. (syscall) */
int k_thread_join(k_tid_t thread, k_timeout_t timeout);
int k_thread_name_set(k_tid_t thread, const char *name);
const char *k_thread_name_get(k_tid_t thread);
int k_thread_cpu_pin(k_tid_t thread, int cpu);
void k_thread_absolute_deadline_set(k_tid_t thread, int deadline);
void k_thread_deadline_set(k_tid_t thread, int deadline);
/** The running thread. Any mode. */
k_tid_t k_current_get(void);
/** True in user mode. Any mode. */
bool k_is_user_context(void);
bool k_is_in_isr(void);
/** Let a ready thread of the same or better priority run. (syscall) */
void k_yield(void);

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

/** Stack with a closed page below it, of at least \p size bytes (rounded up to pages); NULL when
 * memory is out. \p flags: K_USER for a user thread's. */
k_thread_stack_t *k_thread_stack_alloc(size_t size, int flags);
/** 0; -EBUSY while a thread runs on it; -EINVAL for one that is unknown. */
int k_thread_stack_free(k_thread_stack_t *stack);
/** @} */

/** \name Semaphores @{ */
struct k_sem {
	struct k_wait_q wait_q;
	unsigned int count, limit;
};
/** 0, or -EINVAL: limit 0 or count above it. (syscall) */
int k_sem_init(struct k_sem *sem, unsigned int initial_count, unsigned int limit);
/** 0; -EBUSY: none there and K_NO_WAIT; -EAGAIN: timeout. (syscall) */
int k_sem_take(struct k_sem *sem, k_timeout_t timeout);
/** (syscall) */
void k_sem_give(struct k_sem *sem);
void k_sem_reset(struct k_sem *sem);
unsigned int k_sem_count_get(struct k_sem *sem);
/** @} */

/** \name Events @{ */
struct k_event {
	struct k_wait_q wait_q;
	uint32_t events;
};
void k_event_init(struct k_event *event);
/** OR \p events in; returns the bits that were set among them before. (syscall) */
uint32_t k_event_post(struct k_event *event, uint32_t events);
/** Replace all bits. (syscall) */
uint32_t k_event_set(struct k_event *event, uint32_t events);
uint32_t k_event_clear(struct k_event *event, uint32_t events);
/** Wait for any of \p events; the matching bits, 0 on timeout. \p reset zeroes all first. (syscall) */
uint32_t k_event_wait(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout);
/** The same, and the bits returned are cleared in one go. (syscall) */
uint32_t k_event_wait_safe(struct k_event *event, uint32_t events, bool reset,
			   k_timeout_t timeout);
/** @} */

/** \name Kernel objects
 * Threads, stacks, semaphores and events are known by address and type. A user thread needs a
 * permission on each it names. @{ */
enum k_objects {
	K_OBJ_ANY = 0,
	K_OBJ_EVENT,
	K_OBJ_MUTEX,
	K_OBJ_SEM,
	K_OBJ_THREAD,
	K_OBJ_TIMER,
	K_OBJ_THREAD_STACK_ELEMENT,
	K_OBJ_LAST
};
/** Zeroed object from the kernel heap, with permission for the caller; NULL: bad type, no memory,
 * or no thread index left. */
void *k_object_alloc(enum k_objects otype);
/** NULL and unknown pointers are ignored. */
void k_object_free(void *obj);
/** Make a caller's own structure (static, say) known as an object. Not Zephyr's: its build does it. */
int k_object_register(void *obj, enum k_objects otype);
void k_object_access_grant(const void *object, k_tid_t thread);
void k_object_access_revoke(const void *object, k_tid_t thread);
void k_object_access_all_grant(const void *object);

void z_thread_access_grant(k_tid_t thread, const void *const *objects, size_t count);
#define k_thread_access_grant(thread, ...)                                          \
	z_thread_access_grant((thread), (const void *const[]){ __VA_ARGS__ },       \
			      sizeof((const void *const[]){ __VA_ARGS__ }) / sizeof(void *))
/** @} */

/** \name Heaps @{ */
struct sys_heap {
	void *heap;	   /**< posix/heap.h's record */
	void *init_mem;	   /**< the memory it manages */
	size_t init_bytes; /**< how much */
};
struct k_heap {
	struct sys_heap heap;
	struct k_wait_q wait_q;
};
struct sys_memory_stats {
	size_t free_bytes, allocated_bytes, max_allocated_bytes;
};
/** Manage \p bytes at \p mem. The heap's books are kept in kernel memory, not in \p mem. */
void k_heap_init(struct k_heap *h, void *mem, size_t bytes);
/** NULL when there is no room; waiting is not supported (\p timeout is taken as K_NO_WAIT). */
void *k_heap_alloc(struct k_heap *h, size_t bytes, k_timeout_t timeout);
void *k_heap_aligned_alloc(struct k_heap *h, size_t align, size_t bytes, k_timeout_t timeout);
void k_heap_free(struct k_heap *h, void *mem);
int sys_heap_runtime_stats_get(struct sys_heap *heap, struct sys_memory_stats *stats);
/** Forget the heap and every block in it. Not Zephyr's. */
void k_heap_deinit(struct k_heap *h);
/** @} */

/** \name Fatal errors @{ */
#define K_ERR_CPU_EXCEPTION 0
#define K_ERR_SPURIOUS_IRQ  1
#define K_ERR_STACK_CHK_FAIL 2
#define K_ERR_KERNEL_OOPS   3
#define K_ERR_KERNEL_PANIC  4

/** End the calling thread with \p reason told; \p text says why. Any mode. */
void z_fatal(unsigned int reason, const char *text) __attribute__((noreturn));
#define k_oops()  z_fatal(K_ERR_KERNEL_OOPS, "k_oops()")
#define k_panic() z_fatal(K_ERR_KERNEL_PANIC, "k_panic()")
/** @} */

#endif /* ZEPHYR_KERNEL_H */
