/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/kernel/futex.h
 * \brief Waiting on a word of user memory. Included by zephyr/kernel.h.
 *
 * What the word means is its users' business, who change it with atomic operations; only who has to
 * wait, and who may have waiters, calls. sys_sem and sys_mutex are built on it. The kernel keeps
 * nothing about a word that nobody waits on, so none has to be made known to it.
 */
#ifndef ZEPHYR_KERNEL_FUTEX_H
#define ZEPHYR_KERNEL_FUTEX_H

#include <stdbool.h>
#include <zephyr/kernel/clock.h>

struct k_futex {
	int val;
};

/**
 * Wait until woken, if the word still is \p expected. (syscall)
 *
 * \return 0; -EAGAIN: it is not; -ETIMEDOUT, with K_NO_WAIT too; -EACCES: the caller can't write it;
 *         -EINVAL: not the address of an int
 */
int k_futex_wait(struct k_futex *futex, int expected, k_timeout_t timeout);
/** Wake the best of who waits there, or all. Number woken; -EACCES, -EINVAL as above. (syscall) */
int k_futex_wake(struct k_futex *futex, bool wake_all);

#endif /* ZEPHYR_KERNEL_FUTEX_H */
