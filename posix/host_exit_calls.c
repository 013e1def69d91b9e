/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * abort() and exit() as modules reach them: the program's symbols come before the C library's. On
 * a module's thread they end that thread, in an LL module the call, and never the process. Elsewhere
 * they do what they always do.
 */
#include "board.h"
#include "fault.h"
#include "guarded_call.h"
#include "scheduler.h"

#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* Code of an LL module has no thread of its own: the call it is in ends. */
static bool is_in_guarded_call(void)
{
	return guarded_call_is_here() ||
	       (z_tls_thread && z_tls_thread == sched_current && sched_current->arch->guarded);
}

static void end_thread_if_module(const char *text)
{
	if (z_tls_user || is_in_guarded_call())
		z_fatal(FAULT_REASON_ABORT, text);
}

static void die_of_abort(void)
{
	struct sigaction action = { .sa_handler = SIG_DFL };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGABRT);
	raise(SIGABRT); /* a handler of the program's own may not return */
	sigaction(SIGABRT, &action, NULL);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	raise(SIGABRT);
}

void abort(void)
{
	end_thread_if_module("abort() called");
	die_of_abort();
	__builtin_trap();
}

void exit(int status)
{
	void (*real)(int) = NULL;

	end_thread_if_module("exit() called");
	*(void **)&real = dlsym(RTLD_NEXT, "exit");
	if (real)
		real(status);
	__builtin_trap();
}
