/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file syscall.h
 * \brief Bodies of the kernel's own system calls, and their registration.
 */
#ifndef POSIX_SYSCALL_H
#define POSIX_SYSCALL_H

#include <zephyr/internal/syscall_handler.h>

/** Arguments of k_thread_create() that the gate has no room for. */
struct thread_create_more {
	void *p[3];
	int prio;
	uint32_t options;
	k_timeout_t delay;
};

int z_impl_k_sem_init(struct k_sem *sem, unsigned int initial_count, unsigned int limit);
int z_impl_k_sem_take(struct k_sem *sem, k_timeout_t timeout);
void z_impl_k_sem_give(struct k_sem *sem);
uint32_t z_impl_k_event_post(struct k_event *event, uint32_t events);
uint32_t z_impl_k_event_set(struct k_event *event, uint32_t events);
uint32_t z_impl_k_event_wait(struct k_event *event, uint32_t events, bool reset,
			     k_timeout_t timeout);
uint32_t z_impl_k_event_wait_safe(struct k_event *event, uint32_t events, bool reset,
				  k_timeout_t timeout);
void z_impl_k_thread_abort(k_tid_t thread);
int z_impl_k_thread_join(k_tid_t thread, k_timeout_t timeout);
void z_impl_k_object_access_grant(const void *object, k_tid_t thread);
void *z_impl_k_object_alloc(enum k_objects otype);
void z_impl_k_object_release(const void *object);
int z_impl_k_object_access_check(const void *object);
int32_t z_impl_k_sleep(k_timeout_t timeout);
int32_t z_impl_k_usleep(int32_t us);
void z_impl_k_busy_wait(uint32_t us);
void z_impl_k_yield(void);
void z_impl_k_sem_reset(struct k_sem *sem);
unsigned int z_impl_k_sem_count_get(struct k_sem *sem);
int z_impl_k_mutex_init(struct k_mutex *mutex);
int z_impl_k_mutex_lock(struct k_mutex *mutex, k_timeout_t timeout);
int z_impl_k_mutex_unlock(struct k_mutex *mutex);
int z_impl_k_condvar_init(struct k_condvar *condvar);
int z_impl_k_condvar_signal(struct k_condvar *condvar);
int z_impl_k_condvar_broadcast(struct k_condvar *condvar);
int z_impl_k_condvar_wait(struct k_condvar *condvar, struct k_mutex *mutex, k_timeout_t timeout);
void z_impl_k_event_init(struct k_event *event);
uint32_t z_impl_k_event_set_masked(struct k_event *event, uint32_t events, uint32_t mask);
uint32_t z_impl_k_event_clear(struct k_event *event, uint32_t events);
uint32_t z_impl_k_event_wait_all(struct k_event *event, uint32_t events, bool reset,
				 k_timeout_t timeout);
uint32_t z_impl_k_event_wait_all_safe(struct k_event *event, uint32_t events, bool reset,
				      k_timeout_t timeout);
void z_impl_k_timer_start(struct k_timer *timer, k_timeout_t duration, k_timeout_t period);
void z_impl_k_timer_stop(struct k_timer *timer);
uint32_t z_impl_k_timer_status_get(struct k_timer *timer);
uint32_t z_impl_k_timer_status_sync(struct k_timer *timer);
k_ticks_t z_impl_k_timer_remaining_ticks(const struct k_timer *timer);
k_ticks_t z_impl_k_timer_expires_ticks(const struct k_timer *timer);
void z_impl_k_timer_user_data_set(struct k_timer *timer, void *user_data);
void *z_impl_k_timer_user_data_get(const struct k_timer *timer);
void z_impl_k_queue_init(struct k_queue *queue);
int z_impl_k_queue_alloc_append(struct k_queue *queue, void *data);
int z_impl_k_queue_alloc_prepend(struct k_queue *queue, void *data);
void *z_impl_k_queue_get(struct k_queue *queue, k_timeout_t timeout);
bool z_impl_k_queue_is_empty(struct k_queue *queue);
void z_impl_k_queue_cancel_wait(struct k_queue *queue);
k_tid_t z_impl_k_thread_create(struct k_thread *new_thread, k_thread_stack_t *stack,
			       size_t stack_size, k_thread_entry_t entry, void *p1, void *p2,
			       void *p3, int prio, uint32_t options, k_timeout_t delay);
void z_impl_k_thread_start(k_tid_t thread);
void z_impl_k_thread_suspend(k_tid_t thread);
void z_impl_k_thread_resume(k_tid_t thread);
void z_impl_k_wakeup(k_tid_t thread);
int z_impl_k_thread_priority_get(k_tid_t thread);
void z_impl_k_thread_priority_set(k_tid_t thread, int prio);
k_ticks_t z_impl_k_thread_timeout_remaining_ticks(k_tid_t thread);
k_ticks_t z_impl_k_thread_timeout_expires_ticks(k_tid_t thread);
int z_impl_k_thread_name_set(k_tid_t thread, const char *name);
int z_impl_k_thread_name_copy(k_tid_t thread, char *buffer, size_t size);
int z_impl_k_thread_cpu_pin(k_tid_t thread, int cpu);
void z_impl_k_thread_absolute_deadline_set(k_tid_t thread, int deadline);
void z_impl_k_thread_deadline_set(k_tid_t thread, int deadline);
k_thread_stack_t *z_impl_k_thread_stack_alloc(size_t size, int flags);
int z_impl_k_thread_stack_free(k_thread_stack_t *stack);
void z_impl_z_fatal(unsigned int reason, const char *text) __attribute__((noreturn));
void *z_impl_sof_heap_alloc(struct k_heap *heap, uint32_t flags, size_t bytes, size_t alignment);
void z_impl_sof_heap_free(struct k_heap *heap, void *addr);
void z_impl_sof_log(int level, const char *module, const char *text);

int z_impl_k_futex_wait(struct k_futex *futex, int expected, k_timeout_t timeout);
int z_impl_k_futex_wake(struct k_futex *futex, bool wake_all);

/** Enter all of the kernel's verifiers into the table. */
void syscall_register_kernel(void);
/** Parts of it, by topic: a file each. */
void syscall_register_sync(void);
void syscall_register_timer(void);
void syscall_register_thread(void);
void syscall_register_object(void);
void syscall_register_futex(void);
void syscall_register_sys_mutex(void);

struct syscall_entry {
	unsigned int id;
	z_syscall_handler handler;
};
static inline void syscall_register_all(const struct syscall_entry *entries, size_t count)
{
	for (size_t i = 0; i < count; i++)
		z_syscall_register(entries[i].id, entries[i].handler);
}

/** Refuse \p call, a plain function of the kernel, to user mode: an oops of the calling thread. Most such
 * functions would fault on kernel data; some arguments would come through. Any mode. */
void syscall_supervisor_only(const char *call);

#endif /* POSIX_SYSCALL_H */
