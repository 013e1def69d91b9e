/* SPDX-License-Identifier: BSD-3-Clause */
#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *spool_folder(void)
{
	const char *folder = getenv("TMPDIR");

	return folder && *folder ? folder : "/tmp";
}

static int open_spool(const char *folder)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	char *name;

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
		return fd;
	if (asprintf(&name, "%s/.sof-XXXXXX", folder) < 0)
		return -1;
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	free(name);
	return fd;
}

static int write_whole(int fd, const char *data, size_t size)
{
	while (size) {
		ssize_t written = write(fd, data, size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return written ? -errno : -ENOSPC;
		data += written;
		size -= (size_t)written;
	}
	return 0;
}

int spool_all(int fd, const char *path, int *spool, struct problem *why)
{
	const char *folder = spool_folder();
	static char block[1 << 16];
	ssize_t got = 1;
	int ret = 0;

	*spool = open_spool(folder);
	if (*spool < 0)
		return problem_set(why, EXIT_RUN_FAILED, errno,
				   "%s: no room for what comes out of it in %s: %s", path, folder,
				   strerror(errno));
	while (!ret && got) {
		got = read(fd, block, sizeof(block));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			ret = problem_set(why, EXIT_BAD_INPUT, errno, "%s: can't be read: %s", path,
					  strerror(errno));
		else
			ret = write_whole(*spool, block, (size_t)got);
		if (ret && got > 0)
			problem_set(why, EXIT_RUN_FAILED, -ret,
				    "%s: no room for what comes out of it in %s: %s", path, folder,
				    strerror(-ret));
	}
	if (!ret && lseek(*spool, 0, SEEK_SET) == 0)
		return 0;
	close(*spool);
	*spool = -1;
	return ret ? ret : -EIO;
}
