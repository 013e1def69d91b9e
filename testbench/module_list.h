/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module_list.h
 * \brief --list-modules: what modules there are, one a line, by name.
 */
#ifndef TESTBENCH_MODULE_LIST_H
#define TESTBENCH_MODULE_LIST_H

#include <stdio.h>

#include "catalog.h"

void module_list_print(FILE *out, const struct catalog *catalog);

#endif /* TESTBENCH_MODULE_LIST_H */
