/* SPDX-License-Identifier: BSD-3-Clause */
/* All who wait on a word of user memory, in one queue: there are never many. */
#include "board.h"
#include "futex.h"
#include "scheduler.h"
#include "syscall.h"
#include "thread.h"

static struct k_wait_q waiting;

void futex_forget(void)
{
	waiting.head = NULL;
}

int z_impl_k_futex_wait(struct k_futex *futex, int expected, k_timeout_t timeout)
{
	struct z_thread_arch *arch = sched_current->arch;
	int ret;

	if (__atomic_load_n(&futex->val, __ATOMIC_ACQUIRE) != expected)
		return -EAGAIN;
	arch->futex = futex;
	ret = sched_wait(&waiting, timeout);
	arch->futex = NULL;
	return ret ? -ETIMEDOUT : 0;
}

int k_futex_wait(struct k_futex *futex, int expected, k_timeout_t timeout)
{
	if (k_is_user_context())
		return (int)syscall4(K_SYSCALL_K_FUTEX_WAIT, (uintptr_t)futex,
				     (uintptr_t)(unsigned int)expected, (uintptr_t)timeout.ticks,
				     0);
	return z_impl_k_futex_wait(futex, expected, timeout);
}

int z_impl_k_futex_wake(struct k_futex *futex, bool wake_all)
{
	struct k_thread *thread = waiting.head;
	int woken = 0;

	while (thread && (wake_all || !woken)) {
		struct k_thread *next = thread->arch->queue_next;

		if (thread->arch->futex == futex) {
			sched_wake_thread(thread, 0);
			woken++;
		}
		thread = next;
	}
	sched_preempt();
	return woken;
}

int k_futex_wake(struct k_futex *futex, bool wake_all)
{
	if (k_is_user_context())
		return (int)syscall2(K_SYSCALL_K_FUTEX_WAKE, (uintptr_t)futex, wake_all);
	return z_impl_k_futex_wake(futex, wake_all);
}

/* Unlike other objects a bad one is an error, not an oops. */
static int check(uintptr_t futex)
{
	if (futex % sizeof(int))
		return -EINVAL;
	return K_SYSCALL_MEMORY_WRITE((void *)futex, sizeof(struct k_futex)) ? -EACCES : 0;
}

static uintptr_t z_vrfy_k_futex_wait(const uintptr_t *arg)
{
	int ret = check(arg[0]);

	if (!ret)
		ret = z_impl_k_futex_wait((struct k_futex *)arg[0], (int)arg[1],
					  K_TICKS((k_ticks_t)arg[2]));
	return (uintptr_t)ret;
}

static uintptr_t z_vrfy_k_futex_wake(const uintptr_t *arg)
{
	int ret = check(arg[0]);

	if (!ret)
		ret = z_impl_k_futex_wake((struct k_futex *)arg[0], arg[1] != 0);
	return (uintptr_t)ret;
}

void syscall_register_futex(void)
{
	static const struct syscall_entry entries[] = {
		{ K_SYSCALL_K_FUTEX_WAIT, z_vrfy_k_futex_wait },
		{ K_SYSCALL_K_FUTEX_WAKE, z_vrfy_k_futex_wake },
	};

	syscall_register_all(entries, ARRAY_SIZE(entries));
}
