/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file imports.h
 * \brief What a module may call: what firmware exports, and no more.
 *
 * On the board a module that calls malloc() or printf() does not link. Here the C library would
 * serve it, with its locks taken and its memory closed, so it is refused before it is loaded.
 *
 * Firmware exports what its public headers declare: include/, but for include/host/. The build
 * makes the list, z_exports, from the headers and the core's libraries (cmake/Exports.cmake), so a
 * function that is public is exported and one that is not can't be reached by its name.
 */
#ifndef POSIX_IMPORTS_H
#define POSIX_IMPORTS_H

#include "elf_object.h"

/** Names in the order of strcmp(), and how many; made by the build. */
extern const char *const z_exports[];
extern const unsigned int z_exports_count;

/** True for what firmware exports. */
bool imports_is_exported(const char *name);

/**
 * Check every name the object imports.
 *
 * \param flags      HOST_LOAD_*
 * \param host_calls host calls that were let in, as "malloc, printf", cut to \p size bytes
 * \return 0 or -ENOLINK with the refusal filled
 */
int imports_check(struct elf_object *elf, unsigned int flags, char *host_calls, size_t size);

#endif /* POSIX_IMPORTS_H */
