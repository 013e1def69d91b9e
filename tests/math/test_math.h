/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file test_math.h
 * \brief The groups of tests of one program; each returns its number of failures.
 */
#ifndef TESTS_MATH_H
#define TESTS_MATH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int test_format(void);
int test_iir_df1(void);
int test_numbers(void);
int test_trig(void);
int test_exp_log(void);
int test_complex(void);

/** A number from a fixed sequence, all 32 bits used. */
int32_t test_random(void);

#endif /* TESTS_MATH_H */
