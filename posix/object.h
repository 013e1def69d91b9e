/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file object.h
 * \brief Which addresses are kernel objects, of what type, and which threads may use them.
 *
 * Calling mode: supervisor.
 */
#ifndef POSIX_OBJECT_H
#define POSIX_OBJECT_H

#include <stdbool.h>
#include <zephyr/internal/syscall_handler.h>
#include <zephyr/kernel.h>

int object_init(void);
void object_exit(void);

/** Enter an object; an entry of the same address is replaced. \p allocated: k_object_alloc() made
 * it, so it is freed when the last permission goes. 0 or -ENOMEM. */
int object_add(void *obj, enum k_objects otype, bool allocated);
void object_remove(const void *obj);
/** Kernel memory of \p size bytes is freed: what was an object there is none any more. */
void object_forget_range(const void *start, size_t size);
/** "thread gain.0", "semaphore"... for the object at \p address; NULL when there is none. Static. */
const char *object_describe(const void *address);
void object_set_initialised(const void *obj, bool initialised);
/** An object in kernel memory that the caller initialises becomes known, as the firmware's build
 * makes its static objects known. No-op for memory that user threads may write. */
void object_initialised(void *obj, enum k_objects otype);

/** Kept for later when there is no object yet, in a variable of the program. */
void object_grant(const void *obj, unsigned int thread_index);
/** It was granted, and nothing has been initialised there. */
bool object_is_promised(const void *obj, unsigned int thread_index);
/** 0; in this order: -EBADF not that kind of object; -EPERM; -EINVAL not initialised, -EADDRINUSE
 * initialised. A variable that was granted before it was initialised is an object of any type the
 * caller names, but K_OBJ_ANY. */
int object_validate(const void *obj, enum k_objects otype, unsigned int thread_index,
		    enum _obj_init_check init);
/** Whoever may use it. */
bool object_is(const void *obj, enum k_objects otype);
/** "semaphore"...; NULL when there is no object. */
const char *object_type_name(const void *obj);
/** A system call begins: no object has been refused in it. */
void object_refusal_forget(void);
/** An allocated object that nobody holds a permission on goes, unless it is in use. */
void object_unref_check(const void *obj);
void object_inherit(unsigned int from, unsigned int to, const void *except);
/** A thread ended: its permissions go, and allocated objects that nobody else holds with them. */
void object_thread_gone(unsigned int thread_index);

#endif /* POSIX_OBJECT_H */
