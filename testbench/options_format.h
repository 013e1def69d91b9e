/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file options_format.h
 * \brief The letters of SOF's testbench that tell formats and counts, and its lists of files.
 *
 * Functions return 0, or -EINVAL with \c why filled (EXIT_BAD_INPUT); -ENOMEM.
 */
#ifndef TESTBENCH_OPTIONS_FORMAT_H
#define TESTBENCH_OPTIONS_FORMAT_H

#include "options.h"

/** -b, -c, -n, -r, -R, -C or -P and its value. */
int options_take_letter(struct options *options, int letter, const char *value,
			struct problem *why);

/** With a topology, each -i and -o is a list separated by commas; "\," is a comma of a name. */
int options_split_files(struct options *options, struct problem *why);
void options_free_files(struct options *options);

/** What goes with a topology only. */
int options_check_letters(const struct options *options, struct problem *why);

#endif /* TESTBENCH_OPTIONS_FORMAT_H */
