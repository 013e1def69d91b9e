/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file spool.h
 * \brief What comes out of a pipe, as a file that can be examined, measured and read again.
 */
#ifndef TESTBENCH_SPOOL_H
#define TESTBENCH_SPOOL_H

#include "problem.h"

/**
 * Read \p fd to its end into a file without a name in $TMPDIR, else /tmp.
 *
 * \param path names \p fd in messages
 * \param[out] spool descriptor of the file, at its start; the caller closes it; -1 on failure
 * \return 0 or a negative errno with \p why filled
 */
int spool_all(int fd, const char *path, int *spool, struct problem *why);

#endif /* TESTBENCH_SPOOL_H */
