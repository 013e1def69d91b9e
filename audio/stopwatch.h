/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file stopwatch.h
 * \brief Time of short calls, in ticks of whatever clock is read fastest.
 *
 * An LL call may take less than reading the system's clock does. Supervisor mode.
 */
#ifndef AUDIO_STOPWATCH_H
#define AUDIO_STOPWATCH_H

#include <stdint.h>
#include <time.h>

static inline uint64_t stopwatch_system_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static inline uint64_t stopwatch_ticks(void)
{
#ifdef __x86_64__
	return __builtin_ia32_rdtsc();
#else
	return stopwatch_system_ns();
#endif
}

/** A moment by both clocks. */
struct stopwatch_moment {
	uint64_t ticks, ns;
};

static inline struct stopwatch_moment stopwatch_moment(void)
{
	return (struct stopwatch_moment){ stopwatch_ticks(), stopwatch_system_ns() };
}

/** Nanoseconds that one tick lasted on average between two moments; 0: it can't be told. */
static inline double stopwatch_tick_ns(const struct stopwatch_moment *from,
				       const struct stopwatch_moment *to)
{
	return to->ticks > from->ticks ?
		       (double)(to->ns - from->ns) / (double)(to->ticks - from->ticks) :
		       0.0;
}

#endif /* AUDIO_STOPWATCH_H */
