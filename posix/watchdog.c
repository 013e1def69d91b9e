/* SPDX-License-Identifier: BSD-3-Clause */
#include "watchdog.h"
#include "denied.h"
#include "fault.h"
#include "guarded_call.h"
#include "host_memory.h"
#include "scheduler.h"

#include <errno.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

/* Checks of supervisor code during one limit. */
#define PARTS 4
/* Checks, 1 ms apart, for a point where supervisor code can be stopped. */
#define LOOKS_MAX 100

static unsigned int limit_ms;

void watchdog_init(unsigned int limit)
{
	limit_ms = limit;
}

unsigned int watchdog_limit_ms(void)
{
	return limit_ms;
}

static struct timespec from_ms(unsigned int ms)
{
	return (struct timespec){ ms / 1000, ms % 1000 * 1000000L };
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

bool watchdog_sent(const siginfo_t *info)
{
	return info->si_code == SI_TIMER && info->si_value.sival_ptr == &limit_ms;
}

void watchdog_create(struct z_thread_arch *arch)
{
	if (!limit_ms)
		return;
	if (arch->thread->base.user_options & K_USER)
		arch->watchdog_made = create(&arch->watchdog);
	else if (arch->owner[0])
		watchdog_watch(arch);
}

static void set_watch(struct z_thread_arch *arch, unsigned int first_ms)
{
	const unsigned int period_ms = limit_ms / PARTS ? limit_ms / PARTS : 1;
	struct itimerspec spec = { .it_value = from_ms(first_ms ? first_ms : period_ms),
				   .it_interval = from_ms(period_ms) };

	if (arch->watchdog_made)
		timer_settime(arch->watchdog, 0, &spec, NULL);
}

void watchdog_watch(struct z_thread_arch *arch)
{
	if (!limit_ms || arch->watched || arch->thread->base.user_options & K_USER)
		return;
	arch->watched = true;
	arch->watchdog_made = create(&arch->watchdog);
	set_watch(arch, 0);
}

/* The first expiry may come at any time in the call, so PARTS + 1 expiries cover the limit. */
static bool watch_ran_out(struct z_thread_arch *arch, uintptr_t pc)
{
	unsigned int *overtime = arch->guarded ? &arch->guarded->overtime : &arch->overtime;

	if (!arch->guarded && !arch->owner[0])
		return false;
	if (arch->has_waited) {
		arch->has_waited = false;
		*overtime = 0;
		return false;
	}
	if (++*overtime <= PARTS)
		return false;
	/* Code of the kernel or the C library must not be abandoned halfway. */
	if (!host_memory_is_module_code(pc) && *overtime <= PARTS + LOOKS_MAX) {
		set_watch(arch, 1);
		return false;
	}
	*overtime = 0;
	return true;
}

bool watchdog_ran_out(struct z_thread_arch *arch, uintptr_t pc)
{
	if (!(arch->thread->base.user_options & K_USER))
		return watch_ran_out(arch, pc);
	/* It is reported when the system call returns. */
	arch->watchdog_fired = true;
	return false;
}

void watchdog_delete(struct z_thread_arch *arch)
{
	if (arch->watchdog_made)
		timer_delete(arch->watchdog);
	arch->watchdog_made = false;
}

void watchdog_arm(struct z_thread_arch *arch)
{
	struct itimerspec limit = { .it_value = from_ms(limit_ms) };

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
