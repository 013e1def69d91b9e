/* SPDX-License-Identifier: BSD-3-Clause */
/* Verifiers: kernel objects. */
#include "object.h"
#include "scheduler.h"
#include "syscall.h"

#include <zephyr/sys/util.h>

static uintptr_t z_vrfy_k_object_alloc(const uintptr_t *arg)
{
	/* Any number is a type, or is told to be none. */
	return (uintptr_t)(arg[0] < K_OBJ_LAST ? z_impl_k_object_alloc((enum k_objects)arg[0]) :
						 NULL);
}

/* Also one that was granted to the caller before it is initialised. */
static int any_object(const void *obj)
{
	if (object_is_promised(obj, sched_current->arch->index))
		return 0;
	return K_SYSCALL_OBJ_INIT(obj, K_OBJ_ANY);
}

static uintptr_t z_vrfy_k_object_access_grant(const uintptr_t *arg)
{
	k_tid_t thread = (k_tid_t)arg[1];

	K_OOPS(K_SYSCALL_OBJ_INIT(thread, K_OBJ_THREAD));
	K_OOPS(any_object((void *)arg[0]));
	z_impl_k_object_access_grant((void *)arg[0], thread);
	return 0;
}

static uintptr_t z_vrfy_k_object_release(const uintptr_t *arg)
{
	K_OOPS(any_object((void *)arg[0]));
	z_impl_k_object_release((void *)arg[0]);
	return 0;
}

static uintptr_t z_vrfy_k_object_access_check(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_object_access_check((void *)arg[0]);
}

void syscall_register_object(void)
{
	static const struct syscall_entry entries[] = {
		{ K_SYSCALL_K_OBJECT_ALLOC, z_vrfy_k_object_alloc },
		{ K_SYSCALL_K_OBJECT_ACCESS_GRANT, z_vrfy_k_object_access_grant },
		{ K_SYSCALL_K_OBJECT_RELEASE, z_vrfy_k_object_release },
		{ K_SYSCALL_K_OBJECT_ACCESS_CHECK, z_vrfy_k_object_access_check },
	};

	syscall_register_all(entries, ARRAY_SIZE(entries));
}
