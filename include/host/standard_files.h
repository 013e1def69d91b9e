/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file host/standard_files.h
 * \brief Standard input, output and error exist, whatever the caller closed.
 *
 * A program that starts with a closed standard descriptor gives its number to the first file that it
 * opens, and every later message goes into that file.
 */
#ifndef HOST_STANDARD_FILES_H
#define HOST_STANDARD_FILES_H

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/**
 * Open each of the descriptors 0 to 2 that is closed on /dev/null. The first call of main(), before
 * any other file is opened.
 *
 * \return 0; -errno when /dev/null cannot be opened
 */
static inline int host_standard_files_open(void)
{
	int fd;

	/* open() returns the lowest free number. */
	do {
		fd = open("/dev/null", O_RDWR);
		if (fd < 0)
			return -errno;
	} while (fd <= STDERR_FILENO);
	close(fd);
	return 0;
}

#endif /* HOST_STANDARD_FILES_H */
