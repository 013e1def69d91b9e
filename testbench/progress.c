/* SPDX-License-Identifier: BSD-3-Clause */
#include "progress.h"

#include <host/platform.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define LONG_SECONDS 10
#define UPDATE_NS    200000000ull
/* Calls between two looks at the clock. */
#define CALLS_A_LOOK 64

uint64_t progress_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000ull + (uint64_t)now.tv_nsec;
}

void progress_start(struct progress *progress, bool quiet, unsigned int rate, uint64_t frames)
{
	*progress = (struct progress){
		.wanted = !quiet && isatty(STDERR_FILENO) && frames > (uint64_t)rate * LONG_SECONDS,
		.rate = rate,
		.total = frames,
	};
	progress->start_ns = progress->last_ns = progress_now_ns();
}

void progress_update(struct progress *progress, uint64_t frames)
{
	double done, all, took;
	uint64_t now;

	if (!progress->wanted || ++progress->calls % CALLS_A_LOOK)
		return;
	now = progress_now_ns();
	if (now - progress->last_ns < UPDATE_NS)
		return;
	progress->last_ns = now;
	done = (double)frames / (double)progress->rate;
	all = (double)progress->total / (double)progress->rate;
	took = (double)(now - progress->start_ns) / 1e9;
	host_memory_open();
	fprintf(stderr, "\r\033[K%5.1f%%  %.1f of %.1f s of audio, %.1f x real time",
		100.0 * done / all, done, all, done / took);
	progress->shown = true;
}

void progress_clear(struct progress *progress)
{
	if (!progress->shown)
		return;
	progress->shown = false;
	host_memory_open();
	fputs("\r\033[K", stderr);
}
