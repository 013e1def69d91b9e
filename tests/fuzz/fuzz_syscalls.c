/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * fuzz-syscalls [--seed N] [--calls N | --seconds N] [--batch N]
 *
 * Batches run in children, two at a time. --batch N runs one alone, in this process, for a
 * debugger; with the same seed it makes the same calls. Exit codes: 0 nothing found; 1 something
 * was; 2 usage.
 */
#include "fuzz.h"

#include <errno.h>
#include <signal.h>
#include <host/standard_files.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CALLS_PER_BATCH 5000u
#define JOBS		2
#define BATCH_SECONDS	300 /* a batch that takes longer hangs */

struct job {
	pid_t child;
	uint64_t number;
	FILE *log;
	struct fuzz_result *result;
};

static struct {
	uint64_t seed, calls, seconds, batch;
	bool one;
} options;

static struct fuzz_result total;
static uint64_t failures;

static void report(uint64_t number, const char *what)
{
	failures++;
	printf("batch %llu: %s\n  again: fuzz-syscalls --seed %llu --batch %llu\n",
	       (unsigned long long)number, what, (unsigned long long)options.seed,
	       (unsigned long long)number);
}

static void add(const struct fuzz_result *result)
{
	total.calls += result->calls;
	total.refused += result->refused;
	total.faults += result->faults;
	total.threads += result->threads;
	total.checks += result->checks;
}

static int start(struct job *job, uint64_t number)
{
	job->number = number;
	memset(job->result, 0, sizeof(*job->result));
	job->log = tmpfile();
	if (!job->log)
		return -errno;
	fflush(NULL);
	job->child = fork();
	if (job->child < 0)
		return -errno;
	if (!job->child) {
		/* What attackers log goes with what a checker says. */
		dup2(fileno(job->log), STDERR_FILENO);
		alarm(BATCH_SECONDS);
		fuzz_batch(options.seed, number, CALLS_PER_BATCH, job->result);
		fflush(NULL);
		_exit(0);
	}
	return 0;
}

static void show_log(FILE *log)
{
	char text[4096];
	size_t count;

	if (fseek(log, -(long)sizeof(text), SEEK_END))
		rewind(log);
	count = fread(text, 1, sizeof(text), log);
	fwrite(text, 1, count, stdout);
}

static void finish(struct job *job, int status)
{
	char text[64];

	add(job->result);
	if (!WIFEXITED(status) || WEXITSTATUS(status) || !job->result->done) {
		snprintf(text, sizeof(text), "its process ended with status %#x",
			 (unsigned int)status);
		report(job->number, text);
		show_log(job->log);
	} else if (job->result->failure[0]) {
		report(job->number, job->result->failure);
	}
	fclose(job->log);
	job->child = 0;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int run_all(void)
{
	const double began = now();
	struct job jobs[JOBS] = { 0 };
	uint64_t next = 0;
	int running = 0;

	for (size_t i = 0; i < JOBS; i++) {
		jobs[i].result = mmap(NULL, sizeof(*jobs[i].result), PROT_READ | PROT_WRITE,
				      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (jobs[i].result == MAP_FAILED)
			return 2;
	}
	for (;;) {
		int status;
		pid_t ended;

		for (size_t i = 0; i < JOBS && failures < 5; i++) {
			bool more = options.calls ? next * CALLS_PER_BATCH < options.calls :
						    now() - began < (double)options.seconds;

			if (jobs[i].child || !more)
				continue;
			if (start(&jobs[i], next++))
				return 2;
			running++;
		}
		if (!running)
			break;
		ended = wait(&status);
		for (size_t i = 0; i < JOBS; i++)
			if (jobs[i].child == ended) {
				finish(&jobs[i], status);
				running--;
			}
	}
	printf("%llu calls in %llu batches: %llu refused, %llu other faults, %llu threads, %llu "
	       "checks; %llu failures; seed %llu, %.1f s\n",
	       (unsigned long long)total.calls, (unsigned long long)next,
	       (unsigned long long)total.refused, (unsigned long long)total.faults,
	       (unsigned long long)total.threads, (unsigned long long)total.checks,
	       (unsigned long long)failures, (unsigned long long)options.seed, now() - began);
	return failures || total.calls < options.calls || !total.calls;
}

static int run_one(void)
{
	struct fuzz_result result = { 0 };

	fuzz_batch(options.seed, options.batch, CALLS_PER_BATCH, &result);
	printf("%llu calls, %llu refused, %llu other faults\n%s\n",
	       (unsigned long long)result.calls, (unsigned long long)result.refused,
	       (unsigned long long)result.faults,
	       result.failure[0] ? result.failure : "nothing found");
	return result.failure[0] != 0;
}

#if defined(__SANITIZE_ADDRESS__)
/* The kernel copies from and to wherever the caller may, also across the gaps that the checker keeps
 * between the caller's own variables. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "replace_intrin=0";
}
#endif

static bool parse(int argc, char **argv)
{
	options.seed = 1;
	options.seconds = 15;
	for (int i = 1; i + 1 < argc; i += 2) {
		char *end;
		uint64_t value = strtoull(argv[i + 1], &end, 0);

		if (*end || end == argv[i + 1])
			return false;
		if (!strcmp(argv[i], "--seed"))
			options.seed = value;
		else if (!strcmp(argv[i], "--calls"))
			options.calls = value;
		else if (!strcmp(argv[i], "--seconds"))
			options.seconds = value;
		else if (!strcmp(argv[i], "--batch"))
			options.batch = value, options.one = true;
		else
			return false;
	}
	return argc % 2;
}

int main(int argc, char **argv)
{
	int persona = personality(0xffffffff);

	if (host_standard_files_open())
		return 2;
	if (!parse(argc, argv)) {
		fprintf(stderr, "usage: %s [--seed N] [--calls N | --seconds N] [--batch N]\n",
			argv[0]);
		return 2;
	}
	/* The same addresses each time, so that a batch can be had again. */
	if (persona >= 0 && !(persona & ADDR_NO_RANDOMIZE) &&
	    personality((unsigned long)persona | ADDR_NO_RANDOMIZE) >= 0)
		execv("/proc/self/exe", argv);
	return options.one ? run_one() : run_all();
}
