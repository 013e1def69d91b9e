/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file imports.h
 * \brief What a module may call: what firmware exports, and no more.
 *
 * On the board a module that calls malloc() or printf() does not link. Here the C library would
 * serve it, with its locks taken and its memory closed, so it is refused before it is loaded.
 */
#ifndef POSIX_IMPORTS_H
#define POSIX_IMPORTS_H

#include <elf.h>
#include <stddef.h>

/**
 * The first name among the undefined symbols of \p symbols that modules may not use, NULL when
 * there is none. \p strings: the string table, which ends with a 0. Names that nobody defines are
 * left for the dynamic linker to complain about.
 */
const char *imports_find_forbidden(const Elf64_Sym *symbols, size_t count, const char *strings,
				   size_t strings_size);

#endif /* POSIX_IMPORTS_H */
