/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file crossover_user.h
 * \brief The crossover's blob: layout as SOF's. Words of 32 bits, little endian.
 */
#ifndef CROSSOVER_USER_H
#define CROSSOVER_USER_H

#include <stdint.h>
#include <user/eq.h>

#define SOF_CROSSOVER_MAX_STREAMS 4
/** Bytes of a blob. */
#define SOF_CROSSOVER_MAX_SIZE 1024

struct sof_crossover_config {
	uint32_t size;	    /**< of the blob in bytes */
	uint32_t num_sinks; /**< bands, 2 to SOF_CROSSOVER_MAX_STREAMS */
	uint32_t reserved[4];
	/** the output pin that each band goes to, from the lowest band up */
	uint32_t assign_sink[SOF_CROSSOVER_MAX_STREAMS];
	/** LP0, HP0 for 2 bands; LP0, HP0, LP1, HP1, LP2, HP2 for more */
	struct sof_eq_iir_biquad coef[];
};

#endif /* CROSSOVER_USER_H */
