/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file declared_formats.h
 * \brief Sample formats that modules' board descriptions (.toml) declare, compared with those of a
 * graph.
 *
 * Main thread.
 */
#ifndef TESTBENCH_DECLARED_FORMATS_H
#define TESTBENCH_DECLARED_FORMATS_H

#include <stddef.h>
#include <stdint.h>

#include "catalog.h"
#include "graph.h"
#include "problem.h"

/** "S16 S24 S32", as far as the sizes (module/module/format_record.h) declare them; "" for none. */
void declared_formats_text(char *text, size_t size, uint8_t samples, uint8_t containers);

/**
 * Compare the format of every connection with what the modules at its ends declare. A module that
 * declares none accepts every format.
 * \return 0; -EINVAL: \p why names the module, the format and what is declared.
 */
int declared_formats_check(const struct graph *graph, const struct catalog *catalog,
			   struct problem *why);

#endif /* TESTBENCH_DECLARED_FORMATS_H */
