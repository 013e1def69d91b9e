/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * AddressSanitizer reports from wherever the error is, which may be user mode, and looks at memory
 * of the whole program while it does: all of it must be open then. Instrumented code calls the
 * functions below, which stand before its own.
 */
#if defined(__SANITIZE_ADDRESS__)

#include "board.h"
#include "protect.h"

#include <dlfcn.h>

static void open_all(void)
{
	if (!z_tls_thread)
		return;
	if (z_tls_user)
		protect_leave_user();
	protect_open_all();
}

#define BEFORE_REPORT(name)                                                                        \
	void name(void *address);                                                                  \
	void name(void *address)                                                                   \
	{                                                                                          \
		void (*report)(void *);                                                            \
                                                                                                   \
		open_all();                                                                        \
		report = (void (*)(void *))(uintptr_t)dlsym(RTLD_NEXT, #name);                     \
		report(address);                                                                   \
		__builtin_unreachable();                                                           \
	}

#define BEFORE_REPORT_N(name)                                                                      \
	void name(void *address, long size);                                                       \
	void name(void *address, long size)                                                        \
	{                                                                                          \
		void (*report)(void *, long);                                                      \
                                                                                                   \
		open_all();                                                                        \
		report = (void (*)(void *, long))(uintptr_t)dlsym(RTLD_NEXT, #name);               \
		report(address, size);                                                             \
		__builtin_unreachable();                                                           \
	}

BEFORE_REPORT(__asan_report_load1)
BEFORE_REPORT(__asan_report_load2)
BEFORE_REPORT(__asan_report_load4)
BEFORE_REPORT(__asan_report_load8)
BEFORE_REPORT(__asan_report_load16)
BEFORE_REPORT_N(__asan_report_load_n)
BEFORE_REPORT(__asan_report_store1)
BEFORE_REPORT(__asan_report_store2)
BEFORE_REPORT(__asan_report_store4)
BEFORE_REPORT(__asan_report_store8)
BEFORE_REPORT(__asan_report_store16)
BEFORE_REPORT_N(__asan_report_store_n)

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
typedef int no_address_sanitizer;
#endif
