/* SPDX-License-Identifier: BSD-3-Clause */
/* Configurations of modules: init payloads, blobs, fragments, controls, before and while they run. */
#include <host/platform.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blob_case.h"
#include "catalog.h"
#include "fault_report.h"
#include "fuzz_files.h"

/* Program data: code on the virtual core uses it. */
static struct options options;
static struct catalog catalog;
static struct {
	uint8_t data[FUZZ_BYTES_MAX];
	size_t size;
	const char *why;
} job;

static int run_job(void *arg)
{
	host_memory_open();
	job.why = blob_play(&catalog, job.data, job.size);
	host_memory_open();
	return 0;
}

static void fail(const char *why)
{
	fprintf(stderr, "fuzz_blob: %s\n", why);
	fflush(NULL);
	abort();
}

static void board_down(void)
{
	size_t left;

	fault_report_stop();
	catalog_unload(&catalog);
	left = host_exit();
	if (left) {
		fprintf(stderr, "fuzz_blob: %zu blocks were left behind\n", left);
		_Exit(1);
	}
}

/* One board for all inputs of a process: making it takes longer than most of them. */
static void board_up(void)
{
	static bool up;
	struct problem why = { 0 };

	if (up)
		return;
	up = true;
	options.action = ACTION_LIST_MODULES;
	options.quiet = true;
	options.board.watchdog_ms = 5000;
	options.board.on_fault = HOST_ON_FAULT_MUTE;
	options.board.log_level = -1;
#ifndef __SANITIZE_ADDRESS__
	/* What a checker of memory would see, of DP modules at least. */
	options.board.guard_heaps = true;
#endif
	if (fault_report_start(&options))
		fail("no memory");
	fault_report_arm(NULL);
	if (host_init(&options.board))
		fail("no board");
	if (catalog_load(&catalog, &options, &why) || !catalog.module_count)
		fail("no modules");
	atexit(board_down);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int result = 0;

	if (size > sizeof(job.data))
		return 0;
	board_up();
	memcpy(job.data, data, size);
	job.size = size;
	job.why = NULL;
	if (host_run(run_job, NULL, &result))
		fail("no virtual core");
	if (result)
		fail("supervisor code faulted");
	if (job.why)
		fail(job.why);
	return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
	uint64_t state = seed;

	return blob_change(&state, data, size, max_size);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2,
				 size_t size2, uint8_t *out, size_t max_out_size, unsigned int seed)
{
	uint64_t state = seed;

	if (size1 > max_out_size)
		return 0;
	memcpy(out, data1, size1);
	return blob_cross(&state, out, size1, max_out_size, data2, size2);
}

bool fuzz_seeds_from(const char *path, const uint8_t *data, size_t size,
		     void (*add)(const uint8_t *data, size_t size))
{
	return blob_seeds(path, data, size, add);
}
