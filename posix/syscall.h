/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file syscall.h
 * \brief Bodies of the kernel's own system calls, and their registration.
 */
#ifndef POSIX_SYSCALL_H
#define POSIX_SYSCALL_H

#include <zephyr/internal/syscall_handler.h>

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
void z_impl_z_fatal(unsigned int reason, const char *text) __attribute__((noreturn));
void *z_impl_sof_heap_alloc(struct k_heap *heap, uint32_t flags, size_t bytes, size_t alignment);
void z_impl_sof_heap_free(struct k_heap *heap, void *addr);
void z_impl_sof_log(int level, const char *module, const char *text);

/** Enter all of the kernel's verifiers into the table (syscall_verify.c). */
void syscall_register_kernel(void);

#endif /* POSIX_SYSCALL_H */
