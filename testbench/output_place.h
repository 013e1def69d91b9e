/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file output_place.h
 * \brief A file that is complete or absent.
 *
 * Calling mode: host memory open.
 */
#ifndef TESTBENCH_OUTPUT_PLACE_H
#define TESTBENCH_OUTPUT_PLACE_H

#include "problem.h"

struct output_place;

/**
 * Get ready to write what shall be \p path. Where the file system allows, the file has no name
 * until it is committed, so that nothing stays behind even when the program is killed; elsewhere
 * it has a temporary name in the same directory, which goes when the program ends, killed or not
 * (output_guard.h). What exists and is no regular file is written directly, and so is standard
 * output (standard_output.h).
 *
 * \return 0 or a negative errno with \p why filled (EXIT_BAD_INPUT)
 */
int output_place_open(const char *path, struct output_place **place, struct problem *why);

/** Read-write descriptor (write-only for a device or FIFO), owned by the place. */
int output_place_fd(const struct output_place *place);
const char *output_place_path(const struct output_place *place);

/** Give the file its name, replacing an older one. \p place is set to NULL in any case. */
int output_place_commit(struct output_place **place, struct problem *why);
/** Leave nothing. NULL is ignored; \p place is set to NULL. */
void output_place_discard(struct output_place **place);

#endif /* TESTBENCH_OUTPUT_PLACE_H */
