/* SPDX-License-Identifier: BSD-3-Clause */
#include "standard_files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int standard_output_finish(struct problem *why)
{
	int error;

	errno = 0;
	if (!fflush(stdout) && !ferror(stdout))
		return 0;
	/* An earlier write failed: its reason is lost. */
	error = errno;
	return problem_set(why, EXIT_RUN_FAILED, error ? error : EIO,
			   "standard output can't be written%s%s", error ? ": " : "",
			   error ? strerror(error) : "");
}
