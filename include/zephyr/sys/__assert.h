/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/sys/__assert.h
 * \brief Zephyr's assertions: as assert() of rtos/panic.h, never compiled out. Any mode.
 */
#ifndef ZEPHYR_SYS___ASSERT_H
#define ZEPHYR_SYS___ASSERT_H

#include <rtos/panic.h>

/** The message behind \p test is for the source's reader. */
#define __ASSERT(test, ...)   assert(test)
#define __ASSERT_NO_MSG(test) assert(test)
#define __ASSERT_EVAL(expr1, expr2, test, ...)                                                     \
	do {                                                                                       \
		expr2;                                                                             \
		__ASSERT(test, __VA_ARGS__);                                                       \
	} while (0)

#endif /* ZEPHYR_SYS___ASSERT_H */
