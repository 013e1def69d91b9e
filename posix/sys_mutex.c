/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mutexes in user memory. As on the board the memory is only looked up, never touched: the mutex
 * itself is one of the kernel's. The board's build makes a kernel mutex for each; here one is taken
 * from a table while it is locked.
 */
#include "board.h"
#include "futex.h"
#include "object.h"
#include "syscall.h"
#include "thread.h"

#include <string.h>
#include <zephyr/sys/mutex.h>

#define LOCKED_MAX 256

static struct record {
	const struct sys_mutex *address; /* NULL: free */
	struct k_mutex mutex;
} records[LOCKED_MAX];

void sys_mutex_forget(void)
{
	memset(records, 0, sizeof(records));
}

static bool is_mutex(const struct sys_mutex *mutex)
{
	return mutex && !((uintptr_t)mutex % _Alignof(struct sys_mutex)) &&
	       !object_type_name(mutex);
}

static struct record *find(const struct sys_mutex *mutex)
{
	for (size_t i = 0; i < LOCKED_MAX; i++)
		if (records[i].address == mutex && records[i].mutex.lock_count)
			return &records[i];
	return NULL;
}

/* Unowned, or the owner has ended and no thread waits. */
static bool is_unused(const struct record *record)
{
	if (!record->mutex.lock_count)
		return true;
	return !record->mutex.wait_q.head && !thread_is_live(record->mutex.owner);
}

static struct record *take(const struct sys_mutex *mutex)
{
	struct record *unused = NULL;

	/* Prefer a record that was never used to a dead thread's. */
	for (size_t i = 0; i < LOCKED_MAX; i++)
		if (is_unused(&records[i]) && (!unused || unused->mutex.lock_count))
			unused = &records[i];
	if (unused)
		*unused = (struct record){ mutex, Z_MUTEX_INITIALIZER(unused->mutex) };
	return unused;
}

static void z_impl_sys_mutex_init(struct sys_mutex *mutex)
{
	struct record *record = find(mutex);

	if (record && !record->mutex.wait_q.head)
		record->mutex.lock_count = 0;
}

static int z_impl_sys_mutex_lock(struct sys_mutex *mutex, k_timeout_t timeout)
{
	struct record *record;

	if (!is_mutex(mutex))
		return -EINVAL;
	record = find(mutex);
	if (!record)
		record = take(mutex);
	return record ? z_impl_k_mutex_lock(&record->mutex, timeout) : -ENOMEM;
}

static int z_impl_sys_mutex_unlock(struct sys_mutex *mutex)
{
	struct record *record = is_mutex(mutex) ? find(mutex) : NULL;

	return record ? z_impl_k_mutex_unlock(&record->mutex) : -EINVAL;
}

void sys_mutex_init(struct sys_mutex *mutex)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_SYS_MUTEX_INIT, (uintptr_t)mutex);
	else
		z_impl_sys_mutex_init(mutex);
}

int sys_mutex_lock(struct sys_mutex *mutex, k_timeout_t timeout)
{
	if (k_is_user_context())
		return (int)syscall2(K_SYSCALL_SYS_MUTEX_LOCK, (uintptr_t)mutex,
				     (uintptr_t)timeout.ticks);
	return z_impl_sys_mutex_lock(mutex, timeout);
}

int sys_mutex_unlock(struct sys_mutex *mutex)
{
	if (k_is_user_context())
		return (int)syscall1(K_SYSCALL_SYS_MUTEX_UNLOCK, (uintptr_t)mutex);
	return z_impl_sys_mutex_unlock(mutex);
}

/* Unlike other objects, an invalid one is an error, not an oops. */
static bool is_closed(uintptr_t mutex)
{
	return K_SYSCALL_MEMORY_WRITE((void *)mutex, sizeof(struct sys_mutex)) != 0;
}

static uintptr_t z_vrfy_sys_mutex_init(const uintptr_t *arg)
{
	if (!is_closed(arg[0]))
		z_impl_sys_mutex_init((struct sys_mutex *)arg[0]);
	return 0;
}

static uintptr_t z_vrfy_sys_mutex_lock(const uintptr_t *arg)
{
	if (is_closed(arg[0]))
		return (uintptr_t)-EACCES;
	return (uintptr_t)z_impl_sys_mutex_lock((struct sys_mutex *)arg[0],
						K_TICKS((k_ticks_t)arg[1]));
}

static uintptr_t z_vrfy_sys_mutex_unlock(const uintptr_t *arg)
{
	if (is_closed(arg[0]))
		return (uintptr_t)-EACCES;
	return (uintptr_t)z_impl_sys_mutex_unlock((struct sys_mutex *)arg[0]);
}

void syscall_register_sys_mutex(void)
{
	static const struct syscall_entry entries[] = {
		{ K_SYSCALL_SYS_MUTEX_INIT, z_vrfy_sys_mutex_init },
		{ K_SYSCALL_SYS_MUTEX_LOCK, z_vrfy_sys_mutex_lock },
		{ K_SYSCALL_SYS_MUTEX_UNLOCK, z_vrfy_sys_mutex_unlock },
	};

	syscall_register_all(entries, ARRAY_SIZE(entries));
}
