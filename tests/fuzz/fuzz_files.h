/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fuzz_files.h
 * \brief A fuzzer of what reads files: good ones are changed in many ways and handed to it.
 *
 * A fuzz target is one function; fuzz_files.c adds a main() that makes up inputs or replays files,
 * and engines that call LLVMFuzzerTestOneInput() can be used instead of it.
 *
 *     fuzz-NAME FILE...                                     run these once
 *     fuzz-NAME --seconds N [--seed S] FILE...              change them, again and again
 *     fuzz-NAME --count N [--seed S] [--first N] FILE...    the same, a number of times
 *
 * The same seed, files and number make the same input. Inputs run in child processes; one that ends
 * its process, or takes longer than 20 seconds, is written to crash-NAME-SEED-NUMBER in the current
 * directory, for a replay under a debugger, and the exit code is 1.
 */
#ifndef TESTS_FUZZ_FUZZ_FILES_H
#define TESTS_FUZZ_FUZZ_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The target: to be defined with each fuzzer. Returns 0, and has nothing left over afterwards. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** \name What a target may define besides, for files that have a shape
 * The first two have libFuzzer's names and meaning. @{ */
/** Change \p data in place, in a way that \p seed decides. \return new size, up to \p max_size */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
	__attribute__((weak));
/** Make one input of two. \return bytes in \p out */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2,
				 size_t size2, uint8_t *out, size_t max_out_size, unsigned int seed)
	__attribute__((weak));
/** A file of another kind, that inputs can be made of: hand each to \p add. \return false: the file
 * is itself an input */
bool fuzz_seeds_from(const char *path, const uint8_t *data, size_t size,
		     void (*add)(const uint8_t *data, size_t size)) __attribute__((weak));
/** @} */

/** Largest input that is made up. */
#define FUZZ_BYTES_MAX (256 << 10)

#endif /* TESTS_FUZZ_FUZZ_FILES_H */
