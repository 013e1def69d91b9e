/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/bit.h
 * \brief Single bits and masks. Any mode.
 */
#ifndef RTOS_BIT_H
#define RTOS_BIT_H

#include <stdint.h>

#ifndef BIT
#define BIT(n) (1UL << (n))
#endif

/** Bits \p high down to \p low, both included. */
#define MASK(high, low)	       ((uint32_t)(((1ULL << ((high) - (low) + 1)) - 1) << (low)))
#define SET_BITS(high, low, x) (((x) & ((1ULL << ((high) - (low) + 1)) - 1)) << (low))

#endif /* RTOS_BIT_H */
