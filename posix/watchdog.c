/* SPDX-License-Identifier: BSD-3-Clause */
#include "watchdog.h"
#include "fault.h"
#include "scheduler.h"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

static unsigned int limit_ms;

void watchdog_init(unsigned int limit)
{
	limit_ms = limit;
}

unsigned int watchdog_limit_ms(void)
{
	return limit_ms;
}

void watchdog_create(struct z_thread_arch *arch)
{
	struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = WATCHDOG_SIGNAL };

	if (!limit_ms || !(arch->thread->base.user_options & K_USER))
		return;
	event.sigev_value.sival_ptr = &limit_ms;
	event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
	arch->watchdog_made = !timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &arch->watchdog);
}

bool watchdog_sent(const siginfo_t *info)
{
	return info->si_code == SI_TIMER && info->si_value.sival_ptr == &limit_ms;
}

void watchdog_delete(struct z_thread_arch *arch)
{
	if (arch->watchdog_made)
		timer_delete(arch->watchdog);
	arch->watchdog_made = false;
}

void watchdog_arm(struct z_thread_arch *arch)
{
	struct itimerspec limit = { .it_value = { limit_ms / 1000, limit_ms % 1000 * 1000000L } };

	arch->has_waited = false;
	arch->watchdog_fired = false;
	if (arch->watchdog_made)
		timer_settime(arch->watchdog, 0, &limit, NULL);
}

void watchdog_check(struct z_thread_arch *arch)
{
	if (arch->has_waited)
		watchdog_arm(arch);
	else if (arch->watchdog_fired)
		z_fatal(FAULT_REASON_WATCHDOG, "");
}
