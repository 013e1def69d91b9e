/* SPDX-License-Identifier: BSD-3-Clause */
/* Verifiers: timers and time. */
#include "syscall.h"

#include <zephyr/sys/util.h>

static struct k_timer *timer_of(uintptr_t arg)
{
	K_OOPS(K_SYSCALL_OBJ((void *)arg, K_OBJ_TIMER));
	return (struct k_timer *)arg;
}

static uintptr_t z_vrfy_k_timer_start(const uintptr_t *arg)
{
	z_impl_k_timer_start(timer_of(arg[0]), K_TICKS((k_ticks_t)arg[1]),
			     K_TICKS((k_ticks_t)arg[2]));
	return 0;
}

static uintptr_t z_vrfy_k_timer_stop(const uintptr_t *arg)
{
	z_impl_k_timer_stop(timer_of(arg[0]));
	return 0;
}

static uintptr_t z_vrfy_k_timer_status_get(const uintptr_t *arg)
{
	return z_impl_k_timer_status_get(timer_of(arg[0]));
}

static uintptr_t z_vrfy_k_timer_status_sync(const uintptr_t *arg)
{
	return z_impl_k_timer_status_sync(timer_of(arg[0]));
}

static uintptr_t z_vrfy_k_timer_remaining_ticks(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_timer_remaining_ticks(timer_of(arg[0]));
}

static uintptr_t z_vrfy_k_timer_expires_ticks(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_timer_expires_ticks(timer_of(arg[0]));
}

static uintptr_t z_vrfy_k_timer_user_data_set(const uintptr_t *arg)
{
	z_impl_k_timer_user_data_set(timer_of(arg[0]), (void *)arg[1]);
	return 0;
}

static uintptr_t z_vrfy_k_timer_user_data_get(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_timer_user_data_get(timer_of(arg[0]));
}

static uintptr_t z_vrfy_k_sleep(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_sleep(K_TICKS((k_ticks_t)arg[0]));
}

static uintptr_t z_vrfy_k_usleep(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_usleep((int32_t)arg[0]);
}

static uintptr_t z_vrfy_k_busy_wait(const uintptr_t *arg)
{
	z_impl_k_busy_wait((uint32_t)arg[0]);
	return 0;
}

void syscall_register_timer(void)
{
	static const struct syscall_entry entries[] = {
		{ K_SYSCALL_K_TIMER_START, z_vrfy_k_timer_start },
		{ K_SYSCALL_K_TIMER_STOP, z_vrfy_k_timer_stop },
		{ K_SYSCALL_K_TIMER_STATUS_GET, z_vrfy_k_timer_status_get },
		{ K_SYSCALL_K_TIMER_STATUS_SYNC, z_vrfy_k_timer_status_sync },
		{ K_SYSCALL_K_TIMER_REMAINING_TICKS, z_vrfy_k_timer_remaining_ticks },
		{ K_SYSCALL_K_TIMER_EXPIRES_TICKS, z_vrfy_k_timer_expires_ticks },
		{ K_SYSCALL_K_TIMER_USER_DATA_SET, z_vrfy_k_timer_user_data_set },
		{ K_SYSCALL_K_TIMER_USER_DATA_GET, z_vrfy_k_timer_user_data_get },
		{ K_SYSCALL_K_SLEEP, z_vrfy_k_sleep },
		{ K_SYSCALL_K_USLEEP, z_vrfy_k_usleep },
		{ K_SYSCALL_K_BUSY_WAIT, z_vrfy_k_busy_wait },
	};

	syscall_register_all(entries, ARRAY_SIZE(entries));
}
