/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file mb_drc_user.h
 * \brief The multi-band compressor's blob: layout as SOF's. Words of 32 bits, little endian.
 */
#ifndef MB_DRC_USER_H
#define MB_DRC_USER_H

#include "../drc/drc_user.h"

#include <user/eq.h>

#define SOF_MULTIBAND_DRC_MAX_BANDS 4
#define SOF_CROSSOVER_MAX_LR4	    6
#define SOF_EMP_DEEMP_BIQUADS	    2
/** Bytes of a blob. */
#define SOF_MULTIBAND_DRC_MAX_BLOB_SIZE 1024

/** The bands' parameters follow the filters. */
struct sof_multiband_drc_config {
	uint32_t size; /**< of the blob in bytes */
	uint32_t num_bands;
	uint32_t enable_emp_deemp; /**< 0: the emphasis and its inverse are left out */
	uint32_t reserved[8];
	struct sof_eq_iir_biquad emp_coef[SOF_EMP_DEEMP_BIQUADS];   /**< in series */
	struct sof_eq_iir_biquad deemp_coef[SOF_EMP_DEEMP_BIQUADS]; /**< in series */
	/** LP0, HP0, LP1, HP1, LP2, HP2, of which 2 bands use the first two */
	struct sof_eq_iir_biquad crossover_coef[SOF_CROSSOVER_MAX_LR4];
	struct sof_drc_params drc_coef[]; /**< num_bands of them, from the lowest up */
};

#endif /* MB_DRC_USER_H */
