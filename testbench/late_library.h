/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file late_library.h
 * \brief Libraries that not every run needs, loaded by the runs that do.
 *
 * libsndfile and libdw bring eleven more libraries: a short run on raw samples takes longer to load
 * them than to do its work. What is called of each is a table that keeps the header's types.
 */
#ifndef TESTBENCH_LATE_LIBRARY_H
#define TESTBENCH_LATE_LIBRARY_H

#include <stddef.h>

#include "problem.h"

/**
 * Load \p soname for good and look up its functions. Main thread; where host memory is isolated,
 * before the board starts.
 *
 * \param names     of the functions
 * \param[out] call the functions, in the order of the names; untouched on failure
 * \return 0; -ENOENT with \p why filled when the library or a function of it is missing
 */
int late_library_load(const char *soname, const char *const *names, void **call, size_t count,
		      struct problem *why);

#endif /* TESTBENCH_LATE_LIBRARY_H */
