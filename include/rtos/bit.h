/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/bit.h
 * \brief Single bits, masks and fields. Any mode.
 */
#ifndef RTOS_BIT_H
#define RTOS_BIT_H

#include <stdint.h>

#ifndef BIT
#define BIT(n) (1UL << (n))
#endif

/** Bits \p high down to \p low, both included. */
#define MASK(high, low) ((uint32_t)(((1ULL << ((high) - (low) + 1)) - 1) << (low)))

/** \p x put there. */
#define SET_BIT(b, x)	       (((x)&1) << (b))
#define SET_BITS(high, low, x) (((x) & ((1ULL << ((high) - (low) + 1)) - 1)) << (low))
/** What is there in \p x. */
#define GET_BIT(b, x)	       (((x) & (1ULL << (b))) >> (b))
#define GET_BITS(high, low, x) (((x)&MASK(high, low)) >> (low))

#endif /* RTOS_BIT_H */
