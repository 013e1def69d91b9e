/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * bench-isolation [--quick]: what isolation costs on this machine, as lines "NAME VALUE UNIT".
 *
 * Figures of one run are comparable with each other, not with those of another: each ratio comes
 * from pairs of runs taken in turn, and is the median over the pairs.
 */
#include "bench.h"

#include <host/standard_files.h>
#include <stdio.h>
#include <string.h>

#define PAIRS_MAX 15

static int chain_ratio(const char *name, unsigned int modules, unsigned int period_ms, int pairs,
		       unsigned int ticks)
{
	double ratio[PAIRS_MAX], isolated[PAIRS_MAX], open[PAIRS_MAX];

	for (int i = 0; i < pairs; i++) {
		struct bench_chain with = { HOST_ISOLATION_MPROTECT, modules, period_ms, ticks };
		struct bench_chain without = { HOST_ISOLATION_NONE, modules, period_ms, ticks };

		if (bench_in_child(bench_chain_run, &with, &isolated[i]) ||
		    bench_in_child(bench_chain_run, &without, &open[i])) {
			fprintf(stderr, "bench-isolation: %s did not run\n", name);
			return -1;
		}
		ratio[i] = isolated[i] / open[i];
	}
	printf("%s.isolated %.2f us/tick\n", name, bench_median(isolated, pairs));
	printf("%s.not_isolated %.2f us/tick\n", name, bench_median(open, pairs));
	printf("%s.ratio %.2f ratio\n", name, bench_median(ratio, pairs));
	fflush(stdout);
	return 0;
}

static int round_trip(const char *name, enum host_isolation isolation, unsigned int domains,
		      unsigned int heap_kib, int repeats, unsigned int rounds)
{
	struct bench_round_trip setup = { isolation, domains, heap_kib, rounds };
	double us[PAIRS_MAX];

	for (int i = 0; i < repeats; i++) {
		if (bench_in_child(bench_round_trip_run, &setup, &us[i])) {
			fprintf(stderr, "bench-isolation: %s did not run\n", name);
			return -1;
		}
	}
	printf("%s %.2f us\n", name, bench_median(us, repeats));
	fflush(stdout);
	return 0;
}

static int round_trips(int repeats, unsigned int rounds)
{
	static const unsigned int domains[] = { 2, 4, 8, 16, 32, 64 };
	static const unsigned int heaps_kib[] = { 256, 1024, 4096 };
	char name[64];
	int ret;

	ret = round_trip("round_trip.none", HOST_ISOLATION_NONE, 1, 48, repeats, rounds);
	ret |= round_trip("round_trip.mprotect", HOST_ISOLATION_MPROTECT, 1, 48, repeats, rounds);
	for (size_t i = 0; i < sizeof(domains) / sizeof(domains[0]); i++) {
		snprintf(name, sizeof(name), "round_trip.mprotect.domains_%u", domains[i]);
		ret |= round_trip(name, HOST_ISOLATION_MPROTECT, domains[i], 48, repeats, rounds);
	}
	for (size_t i = 0; i < sizeof(heaps_kib) / sizeof(heaps_kib[0]); i++) {
		snprintf(name, sizeof(name), "round_trip.mprotect.heap_%u_kib", heaps_kib[i]);
		ret |= round_trip(name, HOST_ISOLATION_MPROTECT, 2, heaps_kib[i], repeats, rounds);
	}
	return ret;
}

int main(int argc, char **argv)
{
	bool quick = argc == 2 && !strcmp(argv[1], "--quick");
	int pairs = quick ? 1 : 7;
	unsigned int ticks = quick ? 200 : 5000;
	int ret;

	if (host_standard_files_open())
		return 1;
	if (argc > 1 && !quick) {
		fprintf(stderr, "usage: bench-isolation [--quick]\n");
		return 1;
	}
	ret = round_trips(quick ? 1 : 5, quick ? 200 : 20000);
	ret |= chain_ratio("chain1_1ms", 1, 1, pairs, ticks);
	ret |= chain_ratio("chain3_1ms", 3, 1, pairs, ticks);
	ret |= chain_ratio("chain1_10ms", 1, 10, pairs, ticks);
	ret |= chain_ratio("chain3_10ms", 3, 10, pairs, ticks);
	return ret ? 2 : 0;
}
