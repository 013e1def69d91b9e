/* SPDX-License-Identifier: BSD-3-Clause */
#include "whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int unreadable(const char *path, const char *what, int error, struct problem *why)
{
	return problem_set(why, EXIT_BAD_INPUT, error, "%s: %s can't be read: %s", path, what,
			   strerror(error));
}

/* The end that does not come is told by the caller. */
static ssize_t read_up_to(int fd, uint8_t *data, size_t size)
{
	size_t done = 0;
	ssize_t got = 1;

	while (got > 0 && done < size) {
		got = read(fd, data + done, size - done);
		if (got > 0)
			done += (size_t)got;
		else if (got < 0 && errno == EINTR)
			got = 1;
	}
	return got < 0 ? -1 : (ssize_t)done;
}

static int read_open(int fd, const char *path, const char *what, size_t most, uint8_t **data,
		     size_t *size, struct problem *why)
{
	struct stat status;
	ssize_t got;

	if (fstat(fd, &status))
		return unreadable(path, what, errno, why);
	if (!S_ISREG(status.st_mode))
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: not a regular file, as a %s is expected to be", path, what);
	if ((uintmax_t)status.st_size > most)
		return problem_set(why, EXIT_BAD_INPUT, EFBIG,
				   "%s: %jd bytes, a %s has %zu at most", path,
				   (intmax_t)status.st_size, what, most);
	*size = (size_t)status.st_size;
	*data = malloc(*size + 1);
	if (!*data)
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	(*data)[*size] = 0;
	got = read_up_to(fd, *data, *size);
	if (got < 0)
		return unreadable(path, what, errno, why);
	if ((size_t)got < *size)
		return problem_set(why, EXIT_BAD_INPUT, EIO, "%s: shorter than it was", path);
	return 0;
}

int whole_file_read(const char *path, const char *what, size_t most, uint8_t **data, size_t *size,
		    struct problem *why)
{
	/* A FIFO is refused, and not waited for. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), ret;

	*data = NULL;
	*size = 0;
	if (fd < 0)
		return unreadable(path, what, errno, why);
	ret = read_open(fd, path, what, most, data, size, why);
	close(fd);
	if (ret) {
		free(*data);
		*data = NULL;
	}
	return ret;
}
