/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file bench.h
 * \brief The parts of bench-isolation. Each measurement runs in a process of its own, because a
 * board has one backend for its life.
 */
#ifndef BENCH_H
#define BENCH_H

#include <host/platform.h>
#include <stdbool.h>

/** One measurement: microseconds in \p *us. 0 or negative. Called in a fresh process. */
typedef int (*bench_fn)(const void *arg, double *us);

/** Run \p fn in a child process. 0, or -1 when the child failed or crashed. */
int bench_in_child(bench_fn fn, const void *arg, double *us);

double bench_now_us(void);
/** The middle one of \p count values, which it sorts. */
double bench_median(double *values, int count);

/** A chain of pass-through DP modules between a generator and a drain in memory. */
struct bench_chain {
	enum host_isolation isolation;
	unsigned int modules;
	unsigned int period_ms;
	unsigned int ticks;
};
/** Microseconds a tick, a bench_fn on struct bench_chain. */
int bench_chain_run(const void *arg, double *us);

/** A user thread in each of \p domains, called in turn; each does nothing but come back. */
struct bench_round_trip {
	enum host_isolation isolation;
	unsigned int domains;
	unsigned int heap_kib;
	unsigned int rounds;
};
/** Microseconds a call, a bench_fn on struct bench_round_trip. */
int bench_round_trip_run(const void *arg, double *us);

#endif /* BENCH_H */
