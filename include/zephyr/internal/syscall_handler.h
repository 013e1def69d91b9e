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
	K_SYSCALL_K_USLEEP,
	K_SYSCALL_K_BUSY_WAIT,
	K_SYSCALL_K_SEM_RESET,
	K_SYSCALL_K_SEM_COUNT_GET,
	K_SYSCALL_K_MUTEX_INIT,
	K_SYSCALL_K_MUTEX_LOCK,
	K_SYSCALL_K_MUTEX_UNLOCK,
	K_SYSCALL_K_CONDVAR_INIT,
	K_SYSCALL_K_CONDVAR_SIGNAL,
	K_SYSCALL_K_CONDVAR_BROADCAST,
	K_SYSCALL_K_CONDVAR_WAIT,
	K_SYSCALL_K_EVENT_INIT,
	K_SYSCALL_K_EVENT_SET_MASKED,
	K_SYSCALL_K_EVENT_CLEAR,
	K_SYSCALL_K_EVENT_WAIT_ALL,
	K_SYSCALL_K_EVENT_WAIT_ALL_SAFE,
	K_SYSCALL_K_TIMER_START,
	K_SYSCALL_K_TIMER_STOP,
	K_SYSCALL_K_TIMER_STATUS_GET,
	K_SYSCALL_K_TIMER_STATUS_SYNC,
	K_SYSCALL_K_TIMER_REMAINING_TICKS,
	K_SYSCALL_K_TIMER_EXPIRES_TICKS,
	K_SYSCALL_K_TIMER_USER_DATA_SET,
	K_SYSCALL_K_TIMER_USER_DATA_GET,
	K_SYSCALL_K_QUEUE_INIT,
	K_SYSCALL_K_QUEUE_ALLOC_APPEND,
	K_SYSCALL_K_QUEUE_ALLOC_PREPEND,
	K_SYSCALL_K_QUEUE_GET,
	K_SYSCALL_K_QUEUE_IS_EMPTY,
	K_SYSCALL_K_QUEUE_CANCEL_WAIT,
	K_SYSCALL_K_THREAD_CREATE,
	K_SYSCALL_K_THREAD_START,
	K_SYSCALL_K_THREAD_SUSPEND,
	K_SYSCALL_K_THREAD_RESUME,
	K_SYSCALL_K_WAKEUP,
	K_SYSCALL_K_THREAD_PRIORITY_GET,
	K_SYSCALL_K_THREAD_PRIORITY_SET,
	K_SYSCALL_K_THREAD_TIMEOUT_REMAINING_TICKS,
	K_SYSCALL_K_THREAD_TIMEOUT_EXPIRES_TICKS,
	K_SYSCALL_K_THREAD_NAME_SET,
	K_SYSCALL_K_THREAD_NAME_COPY,
	K_SYSCALL_K_THREAD_CPU_PIN,
	K_SYSCALL_K_THREAD_ABSOLUTE_DEADLINE_SET,
	K_SYSCALL_K_THREAD_DEADLINE_SET,
	K_SYSCALL_K_THREAD_STACK_ALLOC,
	K_SYSCALL_K_THREAD_STACK_FREE,
	K_SYSCALL_K_OBJECT_ALLOC,
	K_SYSCALL_K_OBJECT_RELEASE,
	K_SYSCALL_K_OBJECT_ACCESS_CHECK,
	K_SYSCALL_IPC_MSG_NEW,
	K_SYSCALL_IPC_MSG_FREE,
	K_SYSCALL_IPC_MSG_SEND,
	K_SYSCALL_FW_REGISTERS_WRITE,
	K_SYSCALL_FW_REGISTERS_READ,
	K_SYSCALL_K_FUTEX_WAIT,
	K_SYSCALL_K_FUTEX_WAKE,
	K_SYSCALL_DP_WAIT,
	K_SYSCALL_SYS_MUTEX_INIT,
	K_SYSCALL_SYS_MUTEX_LOCK,
	K_SYSCALL_SYS_MUTEX_UNLOCK,
	K_SYSCALL_LIMIT = 128
};

typedef uintptr_t (*z_syscall_handler)(const uintptr_t *arg);

/** Enter supervisor mode and run handler \p id; an unknown number is an oops. User mode only. */
uintptr_t z_syscall(unsigned int id, uintptr_t a0, uintptr_t a1, uintptr_t a2, uintptr_t a3,
		    uintptr_t a4, uintptr_t a5);

/** Supervisor mode, once a number. 0; -EEXIST; -EINVAL. */
int z_syscall_register(unsigned int id, z_syscall_handler handler);

/** 0 when the calling thread's domain or stack covers all of the range, else -EPERM. */
int z_user_access_check(const void *addr, size_t size, bool write);

static inline int z_user_array_check(const void *addr, size_t count, size_t size, bool write)
{
	size_t bytes;

	return __builtin_mul_overflow(count, size, &bytes) ?
		       -EINVAL :
		       z_user_access_check(addr, bytes, write);
}

/** What state an object must be in. */
enum _obj_init_check {
	_OBJ_INIT_FALSE = -1, /**< not initialised: -EADDRINUSE when it is */
	_OBJ_INIT_TRUE = 0,   /**< initialised: -EINVAL when it is not */
	_OBJ_INIT_ANY = 1,
};

/** What the calling thread may do with \p obj, in this order: -EBADF: no object of that type
 * (K_OBJ_ANY: any); -EPERM: no permission; -EINVAL, -EADDRINUSE: wrong state. 0: all is well. */
int z_object_validate(const void *obj, enum k_objects otype, enum _obj_init_check init);

/** \name Copies between the kernel and the calling user thread
 * All refuse memory the thread's domain does not open, and look before they touch; and all but the
 * first are for verifiers. Copy first, then check: what lies in user memory may change. @{ */
/** Length of the string at \p src, at most \p maxlen: that much says there is no end in reach.
 * \p err 0, or -1 when it leaves the caller's memory before it ends. */
size_t k_usermode_string_nlen(const char *src, size_t maxlen, int *err);
/** Block of the caller's resource pool with the bytes in it; NULL: refused, or no room. */
void *k_usermode_alloc_from_copy(const void *src, size_t size);
/** 0 or EFAULT (positive, as in Zephyr). */
int k_usermode_from_copy(void *dst, const void *src, size_t size);
int k_usermode_to_copy(void *dst, const void *src, size_t size);
/** Block as above with the string in it; NULL also when it has \p maxlen bytes or more. */
char *k_usermode_string_alloc_copy(const char *src, size_t maxlen);
/** 0; EFAULT; EINVAL: no end within \p maxlen bytes. */
int k_usermode_string_copy(char *dst, const char *src, size_t maxlen);
/** @} */

#define K_SYSCALL_MEMORY_READ(ptr, size)    z_user_access_check((ptr), (size), false)
#define K_SYSCALL_MEMORY_WRITE(ptr, size)   z_user_access_check((ptr), (size), true)
#define K_SYSCALL_OBJ(ptr, type)	    z_object_validate((ptr), (type), _OBJ_INIT_TRUE)
#define K_SYSCALL_OBJ_INIT(ptr, type)	    z_object_validate((ptr), (type), _OBJ_INIT_ANY)
#define K_SYSCALL_OBJ_NEVER_INIT(ptr, type) z_object_validate((ptr), (type), _OBJ_INIT_FALSE)
#define K_SYSCALL_VERIFY(expr)		    ((expr) ? 0 : -EINVAL)
#define K_SYSCALL_VERIFY_MSG(expr, ...)	    K_SYSCALL_VERIFY(expr)
/** Arrays: the product must not wrap around. */
#define K_SYSCALL_MEMORY_ARRAY_READ(ptr, n, size)  z_user_array_check((ptr), (n), (size), false)
#define K_SYSCALL_MEMORY_ARRAY_WRITE(ptr, n, size) z_user_array_check((ptr), (n), (size), true)

/** Inside a verifier: anything but 0 ends the calling thread with an oops that names \p expr, and
 * why an object was refused. */
#define K_OOPS(expr)                                                                               \
	do {                                                                                       \
		if ((expr) != 0)                                                                   \
			z_syscall_refused(#expr);                                                  \
	} while (0)
void z_syscall_refused(const char *expr) __attribute__((noreturn));

#endif /* ZEPHYR_INTERNAL_SYSCALL_HANDLER_H */
