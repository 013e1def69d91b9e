/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A sanitizer ends the process after its own report, which needs more stack than a module has; so an
 * error of a module is reported as a fault, before that.
 */
#include "sanitizer.h"

#include "board.h"
#include "fault.h"
#include "scheduler.h"
#include "guarded_call.h"
#include "thread.h"

#include <stdio.h>

/* Absent without UndefinedBehaviorSanitizer, which then calls nothing here either. */
__attribute__((weak)) void __ubsan_get_current_report_data(const char **kind, const char **message,
							   const char **file, unsigned int *line,
							   unsigned int *column, char **address);

bool sanitizer_finds_undefined(void)
{
	return __ubsan_get_current_report_data;
}

/* UndefinedBehaviorSanitizer calls it when it knows what to print. */
void __ubsan_on_report(void);
void __ubsan_on_report(void)
{
	const char *kind, *message, *file;
	unsigned int line, column;
	char *address, text[150];

	if (!sanitizer_finds_undefined())
		return;
	if (!k_is_user_context() && (!z_tls_thread || !thread_owner(z_tls_thread)[0]))
		return;
	__ubsan_get_current_report_data(&kind, &message, &file, &line, &column, &address);
	snprintf(text, sizeof(text), "%s, found by UndefinedBehaviorSanitizer", message);
	z_fatal(FAULT_REASON_CHECKER, text);
}

#if defined(__SANITIZE_ADDRESS__)

#include "host_memory.h"
#include "protect.h"

#include <dlfcn.h>
#include <sanitizer/asan_interface.h>
#include <string.h>

/*
 * AddressSanitizer looks at memory of the whole program when it has found an error, wherever that
 * is: all memory must be open then.
 */
static bool found_in_user_mode;

/* AddressSanitizer calls it when it knows all about the error and has printed nothing. */
void __asan_on_error(void)
{
	static char text[120];

	if (!z_tls_thread)
		return;
	if (z_tls_user) {
		found_in_user_mode = true;
		protect_leave_user();
	}
	protect_open_all();
	snprintf(text, sizeof(text), "%s, found by AddressSanitizer",
		 __asan_get_report_description());
	fault_tell_checker(text, (uintptr_t)__asan_get_report_address(),
			   __asan_get_report_access_type() ? HOST_ACCESS_WRITE : HOST_ACCESS_READ,
			   found_in_user_mode);
}

bool sanitizer_takes_over(uintptr_t pc, uintptr_t address)
{
	struct host_address_info info;
	uintptr_t start, end;
	char name[40] = "";

	host_memory_kind(pc, &start, &end, name, sizeof(name));
	if (strncmp(name, "libasan.", 8))
		return false;
	/* The descriptions of variables that the compiler has put into each object. */
	host_address_describe(address, NULL, &info);
	if (info.kind != HOST_MEMORY_KERNEL_DATA && info.kind != HOST_MEMORY_MODULE_DATA)
		return false;
	found_in_user_mode = true;
	protect_open_all();
	return true;
}

/* Called before each call that does not return. It takes the host stack for the thread's only one;
 * stacks that are left are unmarked by who leaves them (track_stack_abandoned()). */
void __asan_handle_no_return(void);
void __asan_handle_no_return(void)
{
	void (*handle)(void);

	if (z_tls_thread)
		return;
	handle = (void (*)(void))(uintptr_t)dlsym(RTLD_NEXT, "__asan_handle_no_return");
	handle();
}

#else

bool sanitizer_takes_over(uintptr_t pc, uintptr_t address)
{
	return false;
}

#endif
