/* SPDX-License-Identifier: BSD-3-Clause */
#include "standard_output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int kept = -1;

bool standard_output_is(const char *path)
{
	static const char *const names[] = { "-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(path, names[i]))
			return true;
	return false;
}

int standard_output_claim(struct problem *why)
{
	struct stat st;
	int flags;

	if (kept >= 0)
		return 0;
	fflush(stdout);
	kept = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	flags = kept < 0 ? -1 : fcntl(kept, F_GETFL);
	if (flags < 0 || fstat(kept, &st))
		return problem_set(why, EXIT_BAD_INPUT, errno,
				   "-: standard output can't be written: %s", strerror(errno));
	if ((flags & O_APPEND) && S_ISREG(st.st_mode))
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "-: standard output is a file opened for appending, a pipe or a "
				   "file of its own is expected");
	if (dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		return problem_set(why, EXIT_RUN_FAILED, errno,
				   "-: standard output can't be kept for audio: %s",
				   strerror(errno));
	return 0;
}

int standard_output_fd(void)
{
	return kept >= 0 ? kept : STDOUT_FILENO;
}
