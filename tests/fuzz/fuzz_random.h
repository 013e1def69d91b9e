/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fuzz_random.h
 * \brief Numbers that look random and are the same for the same seed: splitmix64 (Steele, Lea
 *        and Flood 2014). Any mode.
 */
#ifndef TESTS_FUZZ_FUZZ_RANDOM_H
#define TESTS_FUZZ_FUZZ_RANDOM_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t fuzz_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

/** 0 to \p limit - 1; 0 when \p limit is. */
static inline size_t fuzz_below(uint64_t *state, size_t limit)
{
	return limit ? (size_t)(fuzz_random(state) % limit) : 0;
}

#endif /* TESTS_FUZZ_FUZZ_RANDOM_H */
