/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file random.h
 * \brief Numbers that look random and are the same in every run.
 */
#ifndef TESTS_MODULES_RANDOM_H
#define TESTS_MODULES_RANDOM_H

#include <module/ipc/stream.h>
#include <stddef.h>
#include <stdint.h>

/** xorshift64*; \p state is not 0. */
static inline uint32_t random_next(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (uint32_t)((*state * 0x2545f4914f6cdd1dULL) >> 32);
}

/** 0 to \p below - 1. */
static inline uint32_t random_below(uint64_t *state, uint32_t below)
{
	return random_next(state) % below;
}

/** \p samples samples of \p fmt, every eighth at full scale; S24 with its sign in the top byte. */
static inline void random_audio(uint64_t *state, enum sof_ipc_frame fmt, void *data, size_t samples)
{
	for (size_t i = 0; i < samples; i++) {
		int32_t x = (int32_t)random_next(state);

		if (random_below(state, 8) == 0)
			x = x < 0 ? INT32_MIN : INT32_MAX;
		if (fmt == SOF_IPC_FRAME_S16_LE)
			((int16_t *)data)[i] = (int16_t)(x >> 16);
		else
			((int32_t *)data)[i] = fmt == SOF_IPC_FRAME_S24_4LE ? x >> 8 : x;
	}
}

/** One sample of any of these formats as a number. */
static inline int32_t sample_at(enum sof_ipc_frame fmt, const void *data, size_t i)
{
	return fmt == SOF_IPC_FRAME_S16_LE ? ((const int16_t *)data)[i] :
					     ((const int32_t *)data)[i];
}

#endif /* TESTS_MODULES_RANDOM_H */
