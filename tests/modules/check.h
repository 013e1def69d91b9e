/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file check.h
 * \brief cmocka and what it wants included before it.
 */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif /* TESTS_CHECK_H */
