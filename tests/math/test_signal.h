/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file test_signal.h
 * \brief Groups of tests of filters, windows, matrices and codes; each returns its failures.
 */
#ifndef TESTS_MATH_SIGNAL_H
#define TESTS_MATH_SIGNAL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct processing_module;

int test_fir(void);
int test_iir_df2t(void);
int test_law(void);
int test_window(void);
int test_matrix(void);
int test_dct(void);
int test_mel(void);

/** A number from a fixed sequence, all 32 bits used. */
int32_t test_random(void);

/** The module that all allocations are for; they come from the C heap. */
struct processing_module *test_module(void);
/** Let the allocation after \p count more fail, and all behind it; negative: none. */
void test_fail_allocation(int count);
/** Allocations that have not been freed. */
int test_allocations(void);

#endif /* TESTS_MATH_SIGNAL_H */
