/* SPDX-License-Identifier: BSD-3-Clause */
/* Verifiers: threads and stacks. */
#include "board.h"
#include "scheduler.h"
#include "stack.h"
#include "static_data.h"
#include "syscall.h"
#include "thread.h"

static k_tid_t thread_of(uintptr_t arg)
{
	K_OOPS(K_SYSCALL_OBJ((void *)arg, K_OBJ_THREAD));
	return (k_tid_t)arg;
}

/* For calls that mean nothing to a thread which has ended: NULL then. */
static k_tid_t thread_or_ended(uintptr_t arg)
{
	int ret = K_SYSCALL_OBJ((void *)arg, K_OBJ_THREAD);

	if (ret == -EINVAL)
		return NULL;
	K_OOPS(ret);
	return (k_tid_t)arg;
}

static bool is_prio(int prio)
{
	return prio >= K_HIGHEST_APPLICATION_THREAD_PRIO &&
	       prio <= K_LOWEST_APPLICATION_THREAD_PRIO;
}

static size_t stack_size_of(const k_thread_stack_t *low)
{
	const struct stack *stack = stack_find(low);
	bool user;

	return stack ? stack->size : static_stack_size(low, &user);
}

static uintptr_t z_vrfy_k_thread_create(const uintptr_t *arg)
{
	struct k_thread *new_thread = (struct k_thread *)arg[0];
	k_thread_stack_t *stack = (k_thread_stack_t *)arg[1];
	size_t stack_size = arg[2];
	struct thread_create_more more;

	K_OOPS(k_usermode_from_copy(&more, (void *)arg[4], sizeof(more)));
	K_OOPS(K_SYSCALL_OBJ_NEVER_INIT(new_thread, K_OBJ_THREAD));
	K_OOPS(K_SYSCALL_OBJ_NEVER_INIT(stack, K_OBJ_THREAD_STACK_ELEMENT));
	/* No sum is made of it, so none can wrap around. */
	K_OOPS(K_SYSCALL_VERIFY(stack_size && stack_size <= stack_size_of(stack)));
	K_OOPS(K_SYSCALL_VERIFY(more.options & K_USER));
	K_OOPS(K_SYSCALL_VERIFY(!(more.options & K_ESSENTIAL)));
	K_OOPS(K_SYSCALL_VERIFY(is_prio(more.prio)));
	K_OOPS(K_SYSCALL_VERIFY(more.prio >= sched_current->base.prio));
	return (uintptr_t)z_impl_k_thread_create(new_thread, stack, stack_size,
						 (k_thread_entry_t)arg[3], more.p[0], more.p[1],
						 more.p[2], more.prio, more.options, more.delay);
}

static uintptr_t z_vrfy_k_thread_start(const uintptr_t *arg)
{
	z_impl_k_thread_start(thread_of(arg[0]));
	return 0;
}

static uintptr_t z_vrfy_k_thread_abort(const uintptr_t *arg)
{
	k_tid_t thread = thread_or_ended(arg[0]);

	if (!thread)
		return 0;
	K_OOPS(K_SYSCALL_VERIFY(!(thread->base.user_options & K_ESSENTIAL)));
	z_impl_k_thread_abort(thread);
	return 0;
}

static uintptr_t z_vrfy_k_thread_join(const uintptr_t *arg)
{
	k_tid_t thread = thread_or_ended(arg[0]);

	return thread ? (uintptr_t)z_impl_k_thread_join(thread, K_TICKS((k_ticks_t)arg[1])) : 0;
}

static uintptr_t z_vrfy_k_yield(const uintptr_t *arg)
{
	z_impl_k_yield();
	return 0;
}

static uintptr_t z_vrfy_k_thread_suspend(const uintptr_t *arg)
{
	z_impl_k_thread_suspend(thread_of(arg[0]));
	return 0;
}

static uintptr_t z_vrfy_k_thread_resume(const uintptr_t *arg)
{
	z_impl_k_thread_resume(thread_of(arg[0]));
	return 0;
}

static uintptr_t z_vrfy_k_wakeup(const uintptr_t *arg)
{
	z_impl_k_wakeup(thread_of(arg[0]));
	return 0;
}

static uintptr_t z_vrfy_k_thread_priority_get(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_thread_priority_get(thread_of(arg[0]));
}

static uintptr_t z_vrfy_k_thread_priority_set(const uintptr_t *arg)
{
	k_tid_t thread = thread_of(arg[0]);
	int prio = (int)arg[1];

	K_OOPS(K_SYSCALL_VERIFY(is_prio(prio)));
	K_OOPS(K_SYSCALL_VERIFY(prio >= thread->base.prio));
	z_impl_k_thread_priority_set(thread, prio);
	return 0;
}

static uintptr_t z_vrfy_k_thread_timeout_remaining_ticks(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_thread_timeout_remaining_ticks(thread_of(arg[0]));
}

static uintptr_t z_vrfy_k_thread_timeout_expires_ticks(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_thread_timeout_expires_ticks(thread_of(arg[0]));
}

static uintptr_t z_vrfy_k_thread_name_set(const uintptr_t *arg)
{
	char name[CONFIG_THREAD_MAX_NAME_LEN];
	size_t length;
	int err;

	if (arg[0] && K_SYSCALL_OBJ((void *)arg[0], K_OBJ_THREAD))
		return (uintptr_t)-EINVAL;
	/* A longer one is cut. */
	length = k_usermode_string_nlen((const char *)arg[1], sizeof(name) - 1, &err);
	if (err)
		return (uintptr_t)-EFAULT;
	K_OOPS(k_usermode_from_copy(name, (const char *)arg[1], length));
	name[length] = 0;
	return (uintptr_t)z_impl_k_thread_name_set((k_tid_t)arg[0], name);
}

static uintptr_t z_vrfy_k_thread_name_copy(const uintptr_t *arg)
{
	int ret = K_SYSCALL_OBJ((void *)arg[0], K_OBJ_THREAD);
	k_tid_t thread = (k_tid_t)arg[0];

	/* Names are no secret: a thread that lives may be read without permission. */
	if (ret && (ret != -EPERM || !thread_is_live(thread)))
		return (uintptr_t)-EINVAL;
	if (K_SYSCALL_MEMORY_WRITE((void *)arg[1], arg[2]))
		return (uintptr_t)-EFAULT;
	return (uintptr_t)z_impl_k_thread_name_copy(thread, (char *)arg[1], arg[2]);
}

static uintptr_t z_vrfy_k_thread_cpu_pin(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_thread_cpu_pin(thread_of(arg[0]), (int)arg[1]);
}

static uintptr_t z_vrfy_k_thread_absolute_deadline_set(const uintptr_t *arg)
{
	z_impl_k_thread_absolute_deadline_set(thread_of(arg[0]), (int)arg[1]);
	return 0;
}

static uintptr_t z_vrfy_k_thread_deadline_set(const uintptr_t *arg)
{
	k_tid_t thread = thread_of(arg[0]);

	K_OOPS(K_SYSCALL_VERIFY((int)arg[1] > 0));
	z_impl_k_thread_deadline_set(thread, (int)arg[1]);
	return 0;
}

static uintptr_t z_vrfy_k_thread_stack_alloc(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_thread_stack_alloc(arg[0], (int)arg[1]);
}

static uintptr_t z_vrfy_k_thread_stack_free(const uintptr_t *arg)
{
	k_thread_stack_t *stack = (k_thread_stack_t *)arg[0];
	int ret = K_SYSCALL_OBJ_NEVER_INIT(stack, K_OBJ_THREAD_STACK_ELEMENT);

	if (ret == -EBADF)
		return (uintptr_t)-EINVAL;
	K_OOPS(ret);
	return (uintptr_t)z_impl_k_thread_stack_free(stack);
}

void syscall_register_thread(void)
{
	static const struct syscall_entry entries[] = {
		{ K_SYSCALL_K_THREAD_CREATE, z_vrfy_k_thread_create },
		{ K_SYSCALL_K_THREAD_START, z_vrfy_k_thread_start },
		{ K_SYSCALL_K_THREAD_ABORT, z_vrfy_k_thread_abort },
		{ K_SYSCALL_K_THREAD_JOIN, z_vrfy_k_thread_join },
		{ K_SYSCALL_K_YIELD, z_vrfy_k_yield },
		{ K_SYSCALL_K_THREAD_SUSPEND, z_vrfy_k_thread_suspend },
		{ K_SYSCALL_K_THREAD_RESUME, z_vrfy_k_thread_resume },
		{ K_SYSCALL_K_WAKEUP, z_vrfy_k_wakeup },
		{ K_SYSCALL_K_THREAD_PRIORITY_GET, z_vrfy_k_thread_priority_get },
		{ K_SYSCALL_K_THREAD_PRIORITY_SET, z_vrfy_k_thread_priority_set },
		{ K_SYSCALL_K_THREAD_TIMEOUT_REMAINING_TICKS,
		  z_vrfy_k_thread_timeout_remaining_ticks },
		{ K_SYSCALL_K_THREAD_TIMEOUT_EXPIRES_TICKS, z_vrfy_k_thread_timeout_expires_ticks },
		{ K_SYSCALL_K_THREAD_NAME_SET, z_vrfy_k_thread_name_set },
		{ K_SYSCALL_K_THREAD_NAME_COPY, z_vrfy_k_thread_name_copy },
		{ K_SYSCALL_K_THREAD_CPU_PIN, z_vrfy_k_thread_cpu_pin },
		{ K_SYSCALL_K_THREAD_ABSOLUTE_DEADLINE_SET, z_vrfy_k_thread_absolute_deadline_set },
		{ K_SYSCALL_K_THREAD_DEADLINE_SET, z_vrfy_k_thread_deadline_set },
		{ K_SYSCALL_K_THREAD_STACK_ALLOC, z_vrfy_k_thread_stack_alloc },
		{ K_SYSCALL_K_THREAD_STACK_FREE, z_vrfy_k_thread_stack_free },
	};

	syscall_register_all(entries, ARRAY_SIZE(entries));
}
