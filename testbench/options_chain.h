/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file options_chain.h
 * \brief The part of the command line that says which modules there are and what each is given.
 *
 * Lists are separated by commas; "\," is a comma of an item. A module is named NAME, which is all
 * of that name, or NAME.N, the Nth from 0. Functions return 0 or a negative errno with \c why
 * filled (EXIT_BAD_INPUT, or EXIT_RUN_FAILED when memory is out).
 */
#ifndef TESTBENCH_OPTIONS_CHAIN_H
#define TESTBENCH_OPTIONS_CHAIN_H

#include "options.h"

/** -m: NAME[=BLOB],... */
int options_add_modules(struct options *options, const char *list, struct problem *why);

/** --dp: all, none or NAME[.N],... of the modules there are. */
int options_apply_dp(struct options *options, const char *value, struct problem *why);

/** What is given by NAME[.N]=VALUE,... */
enum module_setting { SETTING_DOMAIN_ID, SETTING_RATE, SETTING_CHANNELS, SETTING_INIT };
int options_apply_setting(struct options *options, enum module_setting setting, const char *list,
			  struct problem *why);

void options_free_modules(struct options *options);

#endif /* TESTBENCH_OPTIONS_CHAIN_H */
