/* SPDX-License-Identifier: BSD-3-Clause */
#include "fuzz_files.h"
#include "fuzz_random.h"

#include <errno.h>
#include <stdbool.h>
#include <host/standard_files.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BATCH	      1000
#define INPUT_SECONDS 20

struct seed_file {
	uint8_t *data;
	size_t size;
};

static struct seed_file *seeds;
static size_t seed_count, seed_room;
static uint8_t input[FUZZ_BYTES_MAX];

static void add_seed(const uint8_t *data, size_t size)
{
	struct seed_file *seed;

	if (seed_count == seed_room) {
		seed_room = seed_room ? 2 * seed_room : 16;
		seeds = realloc(seeds, seed_room * sizeof(*seeds));
		if (!seeds)
			abort();
	}
	seed = &seeds[seed_count++];
	seed->size = size;
	seed->data = malloc(size ? size : 1);
	if (!seed->data)
		abort();
	if (size)
		memcpy(seed->data, data, size);
}

static int read_seed(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct stat info;
	size_t size;

	if (!file || fstat(fileno(file), &info) || info.st_size > FUZZ_BYTES_MAX) {
		fprintf(stderr, "%s: %s\n", path, file ? "too large" : strerror(errno));
		if (file)
			fclose(file);
		return -1;
	}
	size = fread(input, 1, sizeof(input), file);
	fclose(file);
	if (size != (size_t)info.st_size) {
		fprintf(stderr, "%s: can't be read\n", path);
		return -1;
	}
	if (!fuzz_seeds_from || !fuzz_seeds_from(path, input, size, add_seed))
		add_seed(input, size);
	return 0;
}

static void put_word(size_t at, uint32_t word)
{
	memcpy(input + at, &word, sizeof(word));
}

/* Numbers that sizes and counts break at. */
static uint32_t telling_word(uint64_t *state, size_t size)
{
	static const uint32_t words[] = { 0,	 1,	     2,		 7,	     8,
					  9,	 12,	     16,	 36,	     255,
					  256,	 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe,
					  65535, 0x20000000, 0x40000001 };

	switch (fuzz_below(state, 4)) {
	case 0:
		return (uint32_t)size + (uint32_t)fuzz_below(state, 9) - 4;
	case 1:
		return (uint32_t)fuzz_below(state, 300);
	default:
		return words[fuzz_below(state, sizeof(words) / sizeof(words[0]))];
	}
}

/* Open a gap, or close one. */
static size_t move_tail(size_t size, size_t from, size_t to)
{
	size_t tail = size - from;

	if (tail > FUZZ_BYTES_MAX - to)
		tail = FUZZ_BYTES_MAX - to;
	memmove(input + to, input + from, tail);
	return to + tail;
}

static size_t change(uint64_t *state, size_t size)
{
	const struct seed_file *other = &seeds[fuzz_below(state, seed_count)];
	size_t at = fuzz_below(state, size), length = 1 + fuzz_below(state, 200), from, old = size;
	uint32_t word;

	if (size < 8)
		return size;
	switch (fuzz_below(state, 10)) {
	case 0:
		input[at] ^= (uint8_t)(1u << fuzz_below(state, 8));
		return size;
	case 1:
		input[at] = (uint8_t)fuzz_random(state);
		return size;
	case 2:
	case 3:
		at = fuzz_below(state, size - 3) & ~(size_t)1;
		put_word(at, telling_word(state, size));
		return size;
	case 4:
		at = fuzz_below(state, size - 3) & ~(size_t)1;
		memcpy(&word, input + at, sizeof(word));
		put_word(at, word + (uint32_t)fuzz_below(state, 33) - 16);
		return size;
	case 5: /* take out */
		if (length > size - at)
			length = size - at;
		return move_tail(size, at + length, at);
	case 6: /* repeat */
		if (length > size - at)
			length = size - at;
		if (length > FUZZ_BYTES_MAX - size)
			return size;
		return move_tail(size, at, at + length);
	case 7: /* put something of another in its place */
		from = fuzz_below(state, other->size);
		if (length > other->size - from)
			length = other->size - from;
		if (length > size - at)
			length = size - at;
		memcpy(input + at, other->data + from, length);
		return size;
	case 8: /* put in something of another */
		from = fuzz_below(state, other->size);
		if (length > other->size - from)
			length = other->size - from;
		if (length > FUZZ_BYTES_MAX - size)
			return size;
		size = move_tail(size, at, at + length);
		memcpy(input + at, other->data + from, length);
		return size;
	default: /* rarely, the end is missing */
		return fuzz_below(state, 8) ? old : at;
	}
}

/* By the target's own ways where it has some. */
static size_t change_shaped(uint64_t *state, size_t size)
{
	static uint8_t first[FUZZ_BYTES_MAX];
	const struct seed_file *other = &seeds[fuzz_below(state, seed_count)];

	if (!LLVMFuzzerCustomMutator || fuzz_below(state, 50) == 0)
		return change(state, size);
	if (!LLVMFuzzerCustomCrossOver || fuzz_below(state, 6))
		return LLVMFuzzerCustomMutator(input, size, FUZZ_BYTES_MAX,
					       (unsigned int)fuzz_random(state));
	memcpy(first, input, size);
	return LLVMFuzzerCustomCrossOver(first, size, other->data, other->size, input,
					 FUZZ_BYTES_MAX, (unsigned int)fuzz_random(state));
}

static size_t make_input(uint64_t seed, uint64_t number)
{
	uint64_t state = seed ^ number * 0xd1342543de82ef95u;
	const struct seed_file *base = &seeds[fuzz_below(&state, seed_count)];
	size_t size = base->size, changes = 1 + fuzz_below(&state, 6);

	memcpy(input, base->data, size);
	while (changes--)
		size = change_shaped(&state, size);
	return size;
}

/* In a memory block of its own, so that a checker sees what is beyond its end. */
static void run_one(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		abort();
	memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static int keep_crash(const char *name, uint64_t seed, uint64_t number, int status)
{
	size_t size = make_input(seed, number);
	char path[300];
	FILE *file;

	snprintf(path, sizeof(path), "crash-%s-%llu-%llu", name, (unsigned long long)seed,
		 (unsigned long long)number);
	file = fopen(path, "wb");
	if (!file || fwrite(input, 1, size, file) != size)
		fprintf(stderr, "%s: can't be written\n", path);
	if (file)
		fclose(file);
	fprintf(stderr, "%s: seed %llu, input %llu: %s %d; kept as %s\n", name,
		(unsigned long long)seed, (unsigned long long)number,
		WIFSIGNALED(status) ? "signal" : "exit code",
		WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), path);
	return 1;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int run_batch(const char *name, uint64_t seed, uint64_t from, uint64_t count, double until,
		     volatile uint64_t *current)
{
	int status;
	pid_t child;

	*current = from;
	fflush(NULL);
	child = fork();
	if (child < 0) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		for (; *current < from + count && now() < until; (*current)++) {
			alarm(INPUT_SECONDS);
			run_one(input, make_input(seed, *current));
		}
		/* Not _exit(): leaks are told at exit. */
		exit(0);
	}
	if (waitpid(child, &status, 0) < 0) {
		perror("waitpid");
		return 1;
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ?
		       0 :
		       keep_crash(name, seed, *current, status);
}

static int usage(const char *name)
{
	fprintf(stderr, "usage: %s [--seconds N | --count N [--first N]] [--seed S] FILE...\n",
		name);
	return 2;
}

int main(int argc, char **argv)
{
	uint64_t seed = 1, count = 0, first = 0, number, batch;
	const char *slash = strrchr(argv[0], '/'), *name = slash ? slash + 1 : argv[0];
	double seconds = 0.0, until;
	volatile uint64_t *current;
	int i, ret = 0;

	if (host_standard_files_open())
		return 2;
	for (i = 1; i < argc; i++) {
		if (strncmp(argv[i], "--", 2)) {
			if (read_seed(argv[i]))
				return 2;
			continue;
		}
		if (i + 1 == argc)
			return usage(name);
		if (!strcmp(argv[i], "--seconds"))
			seconds = strtod(argv[++i], NULL);
		else if (!strcmp(argv[i], "--count"))
			count = strtoull(argv[++i], NULL, 10);
		else if (!strcmp(argv[i], "--seed"))
			seed = strtoull(argv[++i], NULL, 10);
		else if (!strcmp(argv[i], "--first"))
			first = strtoull(argv[++i], NULL, 10);
		else
			return usage(name);
	}
	if (!seed_count)
		return usage(name);
	if (seconds <= 0.0 && !count) {
		for (number = 0; number < seed_count; number++)
			run_one(seeds[number].data, seeds[number].size);
		printf("%s: %zu inputs\n", name, seed_count);
		goto out;
	}
	current = mmap(NULL, sizeof(*current), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		       -1, 0);
	if (current == MAP_FAILED) {
		perror("mmap");
		return 2;
	}
	until = seconds > 0.0 ? now() + seconds : now() + 1e9;
	for (number = first; !ret && now() < until && (!count || number < first + count);
	     number = *current) {
		batch = count && first + count - number < BATCH ? first + count - number : BATCH;
		ret = run_batch(name, seed, number, batch, until, current);
		/* Nothing was done in the time that was left. */
		if (!ret && *current == number)
			break;
	}
	if (!ret)
		printf("%s: seed %llu, %llu inputs from %zu, none ended its process\n", name,
		       (unsigned long long)seed, (unsigned long long)(*current - first),
		       seed_count);
out:
	while (seed_count)
		free(seeds[--seed_count].data);
	free(seeds);
	return ret;
}
