/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file whole_file.h
 * \brief Small files read at once: blobs, scripts, topologies.
 */
#ifndef TESTBENCH_WHOLE_FILE_H
#define TESTBENCH_WHOLE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "problem.h"

/**
 * Read the regular file \p path, of at most \p most bytes; anything else is refused without waiting.
 *
 * \param what is expected, for the message: "blob"
 * \param[out] data to be freed, with a byte of 0 behind it that \p size does not count; NULL on failure
 * \return 0; -ENOMEM, -EINVAL, -EFBIG, -EIO (shorter than it was) or why it can't be read, with
 *         \p why filled
 */
int whole_file_read(const char *path, const char *what, size_t most, uint8_t **data, size_t *size,
		    struct problem *why);

#endif /* TESTBENCH_WHOLE_FILE_H */
