/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/internal/syscall_handler.h
 * \brief The gate from user to supervisor mode, and what verifiers check with.
 *
 * A system call is three functions: \c name(), which callers use and which goes through the gate
 * only from user mode; \c z_vrfy_name(), which checks each argument against what the calling
 * thread may touch, by table look-up and never by touching; \c z_impl_name(), the body. Behind the
 * gate code runs in supervisor mode on the thread's privileged stack.
 *
 * \code
 * int foo(struct bar *b)
 * {
 *	if (k_is_user_context())
 *		return (int)z_syscall(K_SYSCALL_FOO, (uintptr_t)b, 0, 0, 0, 0, 0);
 *	return z_impl_foo(b);
 * }
 * static uintptr_t z_vrfy_foo(const uintptr_t *arg)
 * {
 *	struct bar *b = (struct bar *)arg[0];
 *
 *	K_OOPS(K_SYSCALL_MEMORY_WRITE(b, sizeof(*b)));
 *	return (uintptr_t)z_impl_foo(b);
 * }
 * ... z_syscall_register(K_SYSCALL_FOO, z_vrfy_foo) once at start
 * \endcode
 */
#ifndef ZEPHYR_INTERNAL_SYSCALL_HANDLER_H
#define ZEPHYR_INTERNAL_SYSCALL_HANDLER_H

#include <zephyr/kernel.h>

/** Numbers of all system calls. */
enum k_syscall_id {
	K_SYSCALL_K_SEM_INIT,
	K_SYSCALL_K_SEM_TAKE,
	K_SYSCALL_K_SEM_GIVE,
	K_SYSCALL_K_EVENT_POST,
	K_SYSCALL_K_EVENT_SET,
	K_SYSCALL_K_EVENT_WAIT,
	K_SYSCALL_K_EVENT_WAIT_SAFE,
	K_SYSCALL_K_THREAD_ABORT,
	K_SYSCALL_K_THREAD_JOIN,
	K_SYSCALL_K_YIELD,
	K_SYSCALL_K_SLEEP,
	K_SYSCALL_K_OBJECT_ACCESS_GRANT,
	K_SYSCALL_Z_FATAL,
	K_SYSCALL_SOF_LOG,
	K_SYSCALL_SOF_HEAP_ALLOC,
	K_SYSCALL_SOF_HEAP_FREE,
	K_SYSCALL_MOD_ALLOC_EXT,
	K_SYSCALL_MOD_BALLOC_ALIGN,
	K_SYSCALL_MOD_FREE,
	K_SYSCALL_MOD_FREE_ALL,
	K_SYSCALL_MOD_FAST_GET,
	K_SYSCALL_MOD_FAST_PUT,
	K_SYSCALL_MOD_DATA_BLOB_HANDLER_NEW,
	K_SYSCALL_MOD_DATA_BLOB_HANDLER_FREE,
	K_SYSCALL_IPC_MSG_SEND,
	K_SYSCALL_LIMIT = 64
};

typedef uintptr_t (*z_syscall_handler)(const uintptr_t *arg);

/** Enter supervisor mode and run handler \p id; an unknown number is an oops. User mode only. */
uintptr_t z_syscall(unsigned int id, uintptr_t a0, uintptr_t a1, uintptr_t a2, uintptr_t a3,
		    uintptr_t a4, uintptr_t a5);

/** Supervisor mode, once a number. 0; -EEXIST; -EINVAL. */
int z_syscall_register(unsigned int id, z_syscall_handler handler);

/** 0 when the calling thread's domain or stack covers all of the range, else -EPERM. */
int z_user_access_check(const void *addr, size_t size, bool write);

/** -EBADF: not that kind of object; -EPERM: no permission; -EINVAL: not initialised (init: already
 * initialised is -EADDRINUSE only where the caller asks for it). 0 when all is well. */
int z_object_validate(const void *obj, enum k_objects otype, bool must_be_initialised);

#define K_SYSCALL_MEMORY_READ(ptr, size)  z_user_access_check((ptr), (size), false)
#define K_SYSCALL_MEMORY_WRITE(ptr, size) z_user_access_check((ptr), (size), true)
#define K_SYSCALL_OBJ(ptr, type)	  z_object_validate((ptr), (type), true)
#define K_SYSCALL_OBJ_NEVER_INIT(ptr, type) z_object_validate((ptr), (type), false)
#define K_SYSCALL_VERIFY(expr)		  ((expr) ? 0 : -EINVAL)

/** Inside a verifier: anything but 0 ends the calling thread with an oops that names \p expr. */
#define K_OOPS(expr)                                                                  \
	do {                                                                          \
		if ((expr) != 0)                                                      \
			z_fatal(K_ERR_KERNEL_OOPS, "system call refused: " #expr);   \
	} while (0)

#endif /* ZEPHYR_INTERNAL_SYSCALL_HANDLER_H */
