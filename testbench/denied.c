/* SPDX-License-Identifier: BSD-3-Clause */
#include "denied.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

int denied_check(enum host_isolation isolation, enum exit_code code, struct problem *why)
{
	struct host_denied denied;

	host_denied_get(&denied);
	if (isolation != HOST_ISOLATION_REQUIRED)
		return 0;
	if (denied.syscall_dispatch)
		return problem_set(
			why, code, ENOTSUP,
			"--isolation required: this host does not let Linux system calls "
			"of modules be caught (prctl: %s)",
			strerror(denied.syscall_dispatch));
	if (denied.watchdog)
		return problem_set(why, code, ENOTSUP,
				   "--isolation required: this host denies the watchdog's timers "
				   "(timer_create: %s)",
				   strerror(denied.watchdog));
	return 0;
}

void denied_print(FILE *out, const struct host_denied *denied)
{
	if (denied->syscall_dispatch)
		fprintf(out,
			"system calls   this host does not let those of modules be caught (prctl: "
			"%s)\n",
			strerror(denied->syscall_dispatch));
	if (denied->watchdog)
		fprintf(out,
			"watchdog       this host denies its timers (timer_create: %s): a module "
			"that does not return is not stopped\n",
			strerror(denied->watchdog));
	if (denied->affinity)
		fprintf(out,
			"CPU            threads are not kept on one CPU (sched_setaffinity: %s): "
			"slower, same output\n",
			strerror(denied->affinity));
}

static void append(char *text, size_t size, const char *format, ...)
{
	size_t length = strlen(text);
	va_list args;

	va_start(args, format);
	vsnprintf(text + length, size - length, format, args);
	va_end(args);
}

/* The verdict may have a reservation of its own. */
static const char *conjunction(const char *text)
{
	return strstr(text, ", but ") ? " and" : ", but";
}

void denied_qualify(char *text, size_t size, const struct host_denied *denied, bool isolated)
{
	bool caught = !isolated || denied->syscalls_caught;

	if (!caught && denied->syscall_dispatch)
		append(text, size,
		       "%s host system calls were not caught (denied by this host, prctl: %s)",
		       conjunction(text), strerror(denied->syscall_dispatch));
	else if (!caught)
		append(text, size,
		       "%s under a memory checker: host system calls were not caught, and the C "
		       "heap, the main stack and libraries' data were open",
		       conjunction(text));
	if (denied->watchdog)
		append(text, size,
		       "%s calls into modules had no CPU time limit (denied by this host, "
		       "timer_create: %s)",
		       conjunction(text), strerror(denied->watchdog));
}

void denied_explain(struct problem *why)
{
	size_t length = strlen(why->text);
	struct host_denied denied;

	host_denied_get(&denied);
	if (denied.threads && length)
		snprintf(why->text + length, sizeof(why->text) - length,
			 "; the host allows no more threads (ulimit -u): %s",
			 strerror(denied.threads));
}
