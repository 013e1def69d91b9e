/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file import_names.h
 * \brief The functions of the host's C and arithmetic libraries that modules may call.
 *
 * A name is here if Zephyr's libraries have the function as well, or compilers emit calls of it, and
 * if the host's function works in user mode whatever its arguments: it allocates nothing, takes no
 * lock, makes no system call, writes to nothing but what its arguments name and errno, and gets by
 * with a module's stack (strtold() takes 12 KiB of it).
 * tests/imports calls each of them from a module; a name without a call fails that test.
 */
#ifndef POSIX_IMPORT_NAMES_H
#define POSIX_IMPORT_NAMES_H

#include <stdbool.h>

/** True for a name that import_names_visit() visits, and for vector variants of such functions. */
bool import_name_is_allowed(const char *name);

/** Call \p visit for each name but vector variants. Not every host's libraries have all of them. */
void import_names_visit(void (*visit)(const char *name, void *arg), void *arg);

#endif /* POSIX_IMPORT_NAMES_H */
