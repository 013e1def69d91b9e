/* SPDX-License-Identifier: BSD-3-Clause */
#include "libdw_calls.h"

#include "late_library.h"

struct libdw_calls libdw;

#define NAME(name) #name,
static const char *const names[] = { LIBDW_CALLS(NAME) };

#define COUNT (sizeof(names) / sizeof(names[0]))

_Static_assert(sizeof(libdw) == COUNT * sizeof(void *), "one slot a call");

int libdw_load(struct problem *why)
{
	/* libelf comes with libdw, and is found through it. */
	return libdw.dwfl_begin ?
		       0 :
		       late_library_load("libdw.so.1", names, (void **)&libdw, COUNT, why);
}
