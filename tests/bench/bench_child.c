/* SPDX-License-Identifier: BSD-3-Clause */
#include "bench.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int bench_in_child(bench_fn fn, const void *arg, double *us)
{
	int pipe_ends[2], status;
	pid_t child;
	bool told;

	if (pipe(pipe_ends))
		return -1;
	child = fork();
	if (child < 0)
		return -1;
	if (!child) {
		double value;
		int ret = fn(arg, &value);

		_exit(ret || write(pipe_ends[1], &value, sizeof(value)) != sizeof(value));
	}
	close(pipe_ends[1]);
	told = read(pipe_ends[0], us, sizeof(*us)) == sizeof(*us);
	close(pipe_ends[0]);
	return waitpid(child, &status, 0) == child && !status && told ? 0 : -1;
}

double bench_now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double bench_median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof(*values), compare);
	return values[count / 2];
}
