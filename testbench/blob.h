/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file blob.h
 * \brief Configuration files of modules.
 *
 * A file with bytes that no text has is binary. Of the others, one whose name ends in ".txt" is text
 * and one in ".bin" is binary; without such an ending it is text when it is a list of numbers and
 * nothing else, and binary when not: payload bytes may all be printable.
 * Understood are:
 *   text    unsigned 32-bit words in decimal (or 0x hexadecimal), separated by commas and white
 *           space, as sof-ctl reads and writes them; words form one of the binaries below, up to
 *           three bytes at the end being padding where a header tells the size
 *   binary  a TLV header of two words (3, bytes that follow), the ABI header of 32 bytes, payload
 *   binary  ABI header and payload
 *   binary  payload alone
 * The ABI header is SOF's struct sof_abi_hdr: magic "SOF4" (0x34464f53) or "SOF" (0x00464f53),
 * type, payload size in bytes, ABI version, four reserved words. Its type is the parameter id.
 */
#ifndef TESTBENCH_BLOB_H
#define TESTBENCH_BLOB_H

#include <stddef.h>
#include <stdint.h>

#include "problem.h"

/** Largest payload: what 20 bits of an IPC4 fragment offset can address. */
#define BLOB_BYTES_MAX ((1u << 20) - 1)

struct blob {
	unsigned char *memory; /**< whole file in binary form, owned */
	const unsigned char *payload;
	size_t size;	   /**< of the payload, 1 to BLOB_BYTES_MAX */
	uint32_t param_id; /**< from the ABI header, 0 to 255; 0 without one */
};

/**
 * Read \p path. \p blob is zeroed on failure.
 * \return 0 or a negative errno with \p why filled: what is wrong, and where in the file
 */
int blob_read(const char *path, struct blob *blob, struct problem *why);

/** The same from \p size bytes in memory; \p name stands for the file in messages. */
int blob_parse(const char *name, const void *data, size_t size, struct blob *blob,
	       struct problem *why);
void blob_free(struct blob *blob);

#endif /* TESTBENCH_BLOB_H */
