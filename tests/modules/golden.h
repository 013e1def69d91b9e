/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file golden.h
 * \brief The same input as SOF's testbench got must give the same bytes, however it is cut up.
 */
#ifndef TESTS_MODULES_GOLDEN_H
#define TESTS_MODULES_GOLDEN_H

#include "harness.h"

/**
 * Process golden/in_BITS.wav, in blocks of 1 ms, of 10 ms, of random sizes, and in buffers that do
 * not hold a whole number of frames, and compare with golden/CASEBITS.wav. Skips the test, and
 * says so, where there is no reference data.
 *
 * \param blob golden file with the configuration; NULL: none
 */
void golden_check(const struct sof_man_module_manifest *manifest, const char *name, int bits,
		  const char *blob);

#endif /* TESTS_MODULES_GOLDEN_H */
