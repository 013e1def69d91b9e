/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file call_site.h
 * \brief Where a module calls a function, from its file: it was refused, and so never loaded.
 */
#ifndef TESTBENCH_CALL_SITE_H
#define TESTBENCH_CALL_SITE_H

#include <stdbool.h>
#include <stddef.h>

/**
 * The first place in the code of the object \p path that calls or takes the address of the imported
 * function \p name, as "FILE:LINE".
 *
 * \return false, with \p text "", when the object has no debug information or no such place
 */
bool call_site_find(const char *path, const char *name, char *text, size_t size);

#endif /* TESTBENCH_CALL_SITE_H */
