/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/kernel.h
 * \brief Zephyr's kernel, and a question about threads.
 */
#ifndef RTOS_KERNEL_H
#define RTOS_KERNEL_H

#include <stdbool.h>
#include <zephyr/kernel.h>

/** It runs in user mode. Supervisor mode. */
static inline bool thread_is_userspace(struct k_thread *thread)
{
	return (thread->base.user_options & K_USER) != 0;
}

#endif /* RTOS_KERNEL_H */
