/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file file_use.h
 * \brief Which files a run reads and writes, to refuse one that would write a file that it also
 * reads, or write it twice.
 *
 * Files are told apart by device and inode; one that does not exist yet by its folder's and its
 * name. Terminals, /dev/null and other character devices may be used twice, and a socket may be
 * read and written.
 *
 * Calling mode: host memory open.
 */
#ifndef TESTBENCH_FILE_USE_H
#define TESTBENCH_FILE_USE_H

#include <stdbool.h>
#include <stddef.h>

#include "problem.h"

struct file_use;

struct file_uses {
	struct file_use *uses;
	size_t count;
};

/**
 * Note a use of \p path as \p role ("-o", "the report").
 *
 * \param path NULL: none; "-" is standard input or output
 * \return 0; -EINVAL with \p why filled: a conflict (EXIT_BAD_INPUT); -ENOMEM
 */
int file_use_read(struct file_uses *uses, const char *role, const char *path, struct problem *why);
int file_use_write(struct file_uses *uses, const char *role, const char *path, struct problem *why);
/** Forget all. */
void file_uses_free(struct file_uses *uses);

#endif /* TESTBENCH_FILE_USE_H */
