/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/kernel/object.h
 * \brief Kernel objects and who may use them. Included by zephyr/kernel.h.
 *
 * Threads, stacks, semaphores and so on are known by address and type. A user thread needs a
 * permission on each it names. Supervisor mode needs none, and is not checked.
 */
#ifndef ZEPHYR_KERNEL_OBJECT_H
#define ZEPHYR_KERNEL_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <zephyr/kernel/thread.h>

enum k_objects {
	K_OBJ_ANY = 0,
	K_OBJ_CONDVAR,
	K_OBJ_EVENT,
	K_OBJ_MUTEX,
	K_OBJ_QUEUE,
	K_OBJ_SEM,
	K_OBJ_THREAD,
	K_OBJ_TIMER,
	K_OBJ_THREAD_STACK_ELEMENT,
	K_OBJ_SYS_MUTEX,
	K_OBJ_FUTEX,
	K_OBJ_NET_SOCKET,
	K_OBJ_LAST
};

/**
 * Zeroed object with permission for the caller; it is not initialised. Its memory is from the
 * caller's resource pool; supervisor mode without one takes it from the kernel heap. It is freed
 * when nobody holds a permission on it any more. (syscall)
 *
 * \return NULL: no type for that, no memory, or no thread index left.
 */
void *k_object_alloc(enum k_objects otype);
/** Supervisor mode only. NULL and unknown pointers are ignored. */
void k_object_free(void *obj);
/** Make a caller's own structure (static, say) known as an object. Not Zephyr's: its build does it. */
int k_object_register(void *obj, enum k_objects otype);

/** Unknown objects and threads are ignored; from user mode an oops, as is an object or a thread
 * the caller has no permission on. (syscall) */
void k_object_access_grant(const void *object, k_tid_t thread);
/** Supervisor mode only. */
void k_object_access_revoke(const void *object, k_tid_t thread);
/** For every thread from now on. Supervisor mode only. */
void k_object_access_all_grant(const void *object);
/** Drop the caller's own permission. (syscall) */
void k_object_release(const void *object);
/** 0; -EBADF: no object; -EPERM: none the caller may use. Never an oops. A static variable counts as an
 * object once it was initialised, or granted to a thread: before that nothing here tells that it is
 * one, and the answer is -EBADF where Zephyr, whose build lists static objects, says -EPERM. (syscall) */
int k_object_access_check(const void *object);
/** \p obj is of that type (K_OBJ_ANY: any), initialised, and the caller has permission. */
bool k_object_is_valid(const void *obj, enum k_objects otype);
/** Take all permissions but the caller's, and count it as initialised. */
void k_object_recycle(const void *obj);

void z_thread_access_grant(k_tid_t thread, const void *const *objects, size_t count);
#define k_thread_access_grant(thread, ...)                                                         \
	z_thread_access_grant((thread), (const void *const[]){ __VA_ARGS__ },                      \
			      sizeof((const void *const[]){ __VA_ARGS__ }) / sizeof(void *))

#endif /* ZEPHYR_KERNEL_OBJECT_H */
