/* SPDX-License-Identifier: BSD-3-Clause */
#include "sndfile_calls.h"

#include "late_library.h"

struct sndfile_calls sndfile;

#define NAME(name) "sf_" #name,
static const char *const names[] = { SNDFILE_CALLS(NAME) };

#define COUNT (sizeof(names) / sizeof(names[0]))

_Static_assert(sizeof(sndfile) == COUNT * sizeof(void *), "one slot a call");

int sndfile_load(struct problem *why)
{
	return sndfile.close ?
		       0 :
		       late_library_load("libsndfile.so.1", names, (void **)&sndfile, COUNT, why);
}
