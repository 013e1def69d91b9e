/* SPDX-License-Identifier: BSD-3-Clause */
#include "watchdog.h"
#include "denied.h"
#include "fault.h"
#include "scheduler.h"

#include <errno.h>
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

/* Of the calling host thread. */
static bool create(timer_t *timer)
{
	struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = WATCHDOG_SIGNAL };

	event.sigev_value.sival_ptr = &limit_ms;
	event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
	if (!timer_create(CLOCK_THREAD_CPUTIME_ID, &event, timer))
		return true;
	denied.watchdog = errno;
	return false;
}

void watchdog_try(void)
{
	timer_t timer;

	if (limit_ms && create(&timer))
		timer_delete(timer);
}

void watchdog_create(struct z_thread_arch *arch)
{
	if (limit_ms && arch->thread->base.user_options & K_USER)
		arch->watchdog_made = create(&arch->watchdog);
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
