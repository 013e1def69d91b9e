/* SPDX-License-Identifier: BSD-3-Clause */
#include "late_library.h"

#include <dlfcn.h>
#include <errno.h>

int late_library_load(const char *soname, const char *const *names, void **call, size_t count,
		      struct problem *why)
{
	void *library = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
	size_t i;

	/* The loader's words begin with the library's name. */
	if (!library)
		return problem_set(why, EXIT_RUN_FAILED, ENOENT, "%s", dlerror());
	for (i = 0; i < count; i++)
		if (!dlsym(library, names[i])) {
			dlclose(library);
			return problem_set(why, EXIT_RUN_FAILED, ENOENT,
					   "%s: has no %s(): a newer one is needed", soname,
					   names[i]);
		}
	for (i = 0; i < count; i++)
		call[i] = dlsym(library, names[i]);
	return 0;
}
