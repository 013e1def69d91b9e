/* SPDX-License-Identifier: BSD-3-Clause */
#include "standard_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int standard_files_open(void)
{
	int fd;

	/* The lowest free number is given first. */
	do {
		fd = open("/dev/null", O_RDWR);
		if (fd < 0)
			return -errno;
	} while (fd <= STDERR_FILENO);
	close(fd);
	return 0;
}

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
