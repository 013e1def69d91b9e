/* SPDX-License-Identifier: BSD-3-Clause */
#include "imports.h"
#include "board.h"
#include "import_names.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names of memory checkers' runtimes: there in programs built with them only. */
static const char *const checkers[] = { "__asan_", "__tsan_", "__ubsan_", "__sanitizer_" };

enum import_kind { IMPORT_ALLOWED, IMPORT_HOST_CALL, IMPORT_UNKNOWN };

static int by_name(const void *name, const void *entry)
{
	return strcmp(name, *(const char *const *)entry);
}

bool imports_is_exported(const char *name)
{
	return bsearch(name, z_exports, z_exports_count, sizeof(z_exports[0]), by_name);
}

static bool is_checkers(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(checkers); i++)
		if (!strncmp(name, checkers[i], strlen(checkers[i])))
			return true;
	return false;
}

static enum import_kind judge(const char *name, bool weak)
{
	if (imports_is_exported(name))
		return IMPORT_ALLOWED;
	if (!dlsym(RTLD_DEFAULT, name))
		return weak ? IMPORT_ALLOWED : IMPORT_UNKNOWN;
	return import_name_is_allowed(name) || is_checkers(name) ? IMPORT_ALLOWED :
								   IMPORT_HOST_CALL;
}

/* Append to "a, b"; what does not fit is left off, whole. */
static void add_name(char *list, size_t size, const char *name)
{
	size_t at = strlen(list), length = strlen(name);

	if (at + length + 3 < size)
		snprintf(list + at, size - at, "%s%s", at ? ", " : "", name);
}

static int refuse(struct elf_object *elf, enum import_kind kind, const char *first,
		  const char *names)
{
	snprintf(elf->refusal->import, sizeof(elf->refusal->import), "%s", first);
	if (kind == IMPORT_HOST_CALL)
		return elf_refuse(elf, -ENOLINK, "it uses %s, which firmware does not have", names);
	return elf_refuse(elf, -ENOLINK, "it uses %s, which is nowhere to be found", names);
}

/* The name that comes next behind \p last in the order of strcmp(), of those judged \p kind. */
static const char *next_name(const struct elf_object *elf, enum import_kind kind, const char *last)
{
	const char *next = NULL;

	for (size_t i = 1; i < elf->symbol_count; i++) {
		const Elf64_Sym *symbol = &elf->symbols[i];
		const char *name = elf_symbol_name(elf, symbol);

		if (symbol->st_shndx == SHN_UNDEF && strcmp(name, last) > 0 &&
		    (!next || strcmp(name, next) < 0) &&
		    judge(name, ELF64_ST_BIND(symbol->st_info) == STB_WEAK) == kind)
			next = name;
	}
	return next;
}

/* The names of one kind as "a, b"; the first of them, or NULL. */
static const char *list_names(const struct elf_object *elf, enum import_kind kind, char *list,
			      size_t size)
{
	const char *first = next_name(elf, kind, ""), *name;

	list[0] = '\0';
	for (name = first; name; name = next_name(elf, kind, name))
		add_name(list, size, name);
	return first;
}

int imports_check(struct elf_object *elf, unsigned int flags, char *host_calls, size_t size)
{
	char names[160];
	const char *first;

	/* What is nowhere is so whatever is allowed. */
	first = list_names(elf, IMPORT_UNKNOWN, names, sizeof(names));
	if (first)
		return refuse(elf, IMPORT_UNKNOWN, first, names);
	first = list_names(elf, IMPORT_HOST_CALL, names, sizeof(names));
	if (first && !(flags & HOST_LOAD_ALLOW_HOST_CALLS))
		return refuse(elf, IMPORT_HOST_CALL, first, names);
	list_names(elf, IMPORT_HOST_CALL, host_calls, size);
	return 0;
}
