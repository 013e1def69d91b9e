/* SPDX-License-Identifier: BSD-3-Clause */
#include "imports.h"
#include "board.h"

#include <dlfcn.h>
#include <string.h>

/* Of the C library: what Zephyr's has as well, and what needs neither its heap nor its locks.
 * abort() is caught when it is called. */
static const char *const allowed[] = {
	"abort",   "abs",    "bsearch", "labs",	    "llabs",   "memchr",   "memcmp",	"memcpy",
	"memmove", "memset", "qsort",	"snprintf", "strcat",  "strchr",   "strcmp",	"strcpy",
	"strcspn", "strlen", "strncat", "strncmp",  "strncpy", "strnlen",  "strpbrk",	"strrchr",
	"strspn",  "strstr", "strtol",	"strtoll",  "strtoul", "strtoull", "vsnprintf",
};

static bool is_listed(const char *name)
{
	/* What compilers and checkers put in: fortified twins, runtime support. */
	if (!strncmp(name, "__", 2))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(allowed); i++)
		if (!strcmp(name, allowed[i]))
			return true;
	return false;
}

/* Arithmetic is the same everywhere. */
static bool is_math(const char *path)
{
	const char *slash = strrchr(path, '/');

	return !strncmp(slash ? slash + 1 : path, "libm.", 5) ||
	       !strncmp(slash ? slash + 1 : path, "libm-", 5) ||
	       !strncmp(slash ? slash + 1 : path, "libgcc_s", 8);
}

static bool is_forbidden(const char *name)
{
	Dl_info where, program;
	void *address;

	if (is_listed(name))
		return false;
	address = dlsym(RTLD_DEFAULT, name);
	if (!address || !dladdr(address, &where) || !dladdr(z_kernel_data_start, &program))
		return false;
	return where.dli_fbase != program.dli_fbase && !is_math(where.dli_fname);
}

const char *imports_find_forbidden(const Elf64_Sym *symbols, size_t count, const char *strings,
				   size_t strings_size)
{
	for (size_t i = 0; i < count; i++) {
		const char *name = strings + symbols[i].st_name;

		if (symbols[i].st_shndx != SHN_UNDEF || symbols[i].st_name >= strings_size ||
		    !*name)
			continue;
		if (is_forbidden(name))
			return name;
	}
	return NULL;
}
