/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * bench-keys: one round trip, kernel to module and back, by backend and number of domains. For an
 * emulated machine whose clock advances one nanosecond an instruction (QEMU's -icount shift=0), so
 * that it counts instructions, the host kernel's included: lines "NAME VALUE instructions".
 */
#include "../bench/bench.h"

#include <host/standard_files.h>
#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 300

static int measure(const char *backend, enum host_isolation isolation, unsigned int domains)
{
	struct bench_round_trip setup = { isolation, domains, 48, ROUNDS };
	double us;

	if (bench_in_child(bench_round_trip_run, &setup, &us)) {
		fprintf(stderr, "bench-keys: %s did not run with %u domains\n", backend, domains);
		return -1;
	}
	printf("SHOW round_trip.%s.domains_%u %.0f instructions\n", backend, domains, us * 1000.0);
	fflush(stdout);
	return 0;
}

int main(void)
{
	static const unsigned int domains[] = { 1, 2, 8, 13, 14, 16, 64 };
	int ret;

	if (host_standard_files_open())
		return 1;
	ret = measure("none", HOST_ISOLATION_NONE, 1);
	ret |= measure("mprotect", HOST_ISOLATION_MPROTECT, 1);
	ret |= measure("mprotect", HOST_ISOLATION_MPROTECT, 8);
	for (size_t i = 0; i < sizeof(domains) / sizeof(domains[0]); i++)
		ret |= measure("pkey", HOST_ISOLATION_PKEY, domains[i]);
	return ret ? 1 : 0;
}
