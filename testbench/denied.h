/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file denied.h
 * \brief What the host denied the board (host_denied_get()), in words.
 */
#ifndef TESTBENCH_DENIED_H
#define TESTBENCH_DENIED_H

#include <host/platform.h>
#include <stdbool.h>
#include <stdio.h>

#include "options.h"
#include "problem.h"

/** \p isolation is "required", and a guard was denied: a problem with exit code \p code, -ENOTSUP.
 * Else 0. */
int denied_check(enum host_isolation isolation, enum exit_code code, struct problem *why);
/** Lines of the summary; none when nothing was denied. */
void denied_print(FILE *out, const struct host_denied *denied);
/**
 * Append to a verdict what it must not claim: the guards of modules that were not active.
 *
 * \param isolated the verdict says that modules ran isolated
 */
void denied_qualify(char *text, size_t size, const struct host_denied *denied, bool isolated);
/** The run failed, possibly because of a denial: add it to the text. */
void denied_explain(struct problem *why);

#endif /* TESTBENCH_DENIED_H */
