/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * AddressSanitizer looks at memory of the whole program when it has found an error, wherever that
 * is: all memory must be open then. It ends the process after its own report, which needs more stack
 * than a module has; so an error of a module is reported as a fault, before that.
 */
#include "sanitizer.h"

#if defined(__SANITIZE_ADDRESS__)

#include "board.h"
#include "fault.h"
#include "host_memory.h"
#include "protect.h"

#include <dlfcn.h>
#include <sanitizer/asan_interface.h>
#include <string.h>

static bool found_in_user_mode;

/* AddressSanitizer calls it when it knows all about the error and has printed nothing. */
void __asan_on_error(void)
{
	if (!z_tls_thread)
		return;
	if (z_tls_user) {
		found_in_user_mode = true;
		protect_leave_user();
	}
	protect_open_all();
	fault_tell_checker(__asan_get_report_description(), (uintptr_t)__asan_get_report_address(),
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
