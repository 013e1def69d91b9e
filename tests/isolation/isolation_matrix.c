/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * isolation-matrix [--backend NAME]: who may do what to which memory, tried and printed.
 *
 * Exit codes: 0 all cells as expected; 1 some are not; 2 it could not be tried; 77 the backend
 * asked for is not to be had here.
 */
#include "matrix.h"

#include <host/platform.h>
#include <host/standard_files.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGES_MAX 40

static const struct {
	const char *name;
	enum host_isolation isolation;
} backends[] = {
	{ "mprotect", HOST_ISOLATION_MPROTECT },
#ifdef HAVE_PKEY
	{ "pkey", HOST_ISOLATION_PKEY },
#endif
	{ "none", HOST_ISOLATION_NONE },
};

struct figures {
	size_t cells, as_expected, unexpected, not_run;
};

static struct figures total;

static const char *const who_names[WHO_COUNT] = { "A", "A2", "B", "0", "K" };

/* As expected: the symbol or '-'. '!' open and should be closed; '#' the other way; '?' not run. */
static char mark(const struct cell *cell, const struct column *column)
{
	if (cell->expected == VERDICT_NONE)
		return ' ';
	if (cell->found == VERDICT_NOT_RUN)
		return '?';
	if (cell->found != cell->expected || cell->why[0])
		return cell->found == VERDICT_ALLOWED ? '!' : '#';
	return cell->found == VERDICT_ALLOWED ? column->symbol : '-';
}

static void count(const struct cell *cell, struct figures *figures)
{
	if (cell->expected == VERDICT_NONE)
		return;
	figures->cells++;
	if (cell->found == VERDICT_NOT_RUN)
		figures->not_run++;
	else if (cell->found == cell->expected && !cell->why[0])
		figures->as_expected++;
	else
		figures->unexpected++;
}

static const char *deed_name(enum deed deed)
{
	static const char *const names[] = { "reads",
					     "writes",
					     "executes",
					     "passes for reading",
					     "passes for writing",
					     "names as an object",
					     "names as a heap" };

	return names[deed];
}

static bool new_group(size_t column)
{
	return !column || columns[column].who != columns[column - 1].who;
}

static int run_rows(void *arg)
{
	struct figures *figures = arg;
	char line[160], messages[4096];
	size_t used = 0, told = 0;

	if (cell_init() || world_make())
		return 2;
	messages[0] = 0;
	for (size_t p = 0; p < place_count; p++) {
		int at = snprintf(line, sizeof(line), "%-41s", places[p].name);

		for (size_t c = 0; c < column_count; c++) {
			struct cell cell;

			cell_run(&places[p], &columns[c], &cell);
			count(&cell, figures);
			if (new_group(c))
				line[at++] = ' ';
			line[at++] = mark(&cell, &columns[c]);
			if (cell.why[0] && told++ < MESSAGES_MAX && used < sizeof(messages) - 256)
				used += (size_t)snprintf(
					messages + used, sizeof(messages) - used,
					"  %s %s %s: %s\n", who_names[columns[c].who],
					deed_name(columns[c].deed), places[p].name, cell.why);
		}
		line[at] = 0;
		host_memory_open();
		puts(line);
	}
	host_memory_open();
	if (told)
		printf("\n%s", messages);
	world_end();
	return 0;
}

static int run_backend(size_t index, bool wanted, const char *objects)
{
	const struct host_config config = {
		.isolation = backends[index].isolation,
		.on_fault = HOST_ON_FAULT_MUTE,
	};
	struct figures figures = { 0 };
	volatile uint8_t on_main_stack[64] = { 0 };
	int ret, result = 0;
	size_t left;

	world_host.main_stack = (void *)on_main_stack;
	ret = host_init(&config);
	if (ret == -ENOTSUP) {
		printf("backend %s: not available here\n", backends[index].name);
		return wanted ? 77 : 0;
	}
	if (ret || strcmp(host_isolation_name(), backends[index].name)) {
		fprintf(stderr, "backend %s: %s\n", backends[index].name, strerror(-ret));
		return 2;
	}
	printf("backend %s\n%-41s A   A2  B   0   K   A    B    0\n", host_isolation_name(), "");
	ret = world_host_make(objects);
	if (!ret)
		ret = host_run(run_rows, &figures, &result);
	world_host_end();
	left = host_exit();
	if (ret || result || left) {
		fprintf(stderr, "backend %s: error %d, result %d, %zu blocks left\n",
			backends[index].name, ret, result, left);
		return 2;
	}
	printf("%s: %zu cells, %zu as expected, %zu unexpected, %zu not run\n\n",
	       backends[index].name, figures.cells, figures.as_expected, figures.unexpected,
	       figures.not_run);
	total.cells += figures.cells;
	total.as_expected += figures.as_expected;
	total.unexpected += figures.unexpected;
	total.not_run += figures.not_run;
	return 0;
}

static void legend(void)
{
	puts("Rows: memory. Columns: a thread's own access (read, write, execute) by a thread of\n"
	     "domain A, a second one of A, one of domain B, one in no domain (0), the supervisor "
	     "(K);\n"
	     "then pointers handed to system calls (to read, to write, as object, as heap) by A, "
	     "B, 0.\n"
	     "r w x o h  allowed, as expected    -  refused, as expected    blank  no such cell\n"
	     "!  open, and should not be         #  refused, and should not be    ?  not run\n");
}

int main(int argc, char **argv)
{
	const char *wanted = NULL, *slash = strrchr(argv[0], '/');
	char objects[512];
	int worst = 0;
	bool known = false;

	if (host_standard_files_open())
		return 2;
	if (argc == 3 && !strcmp(argv[1], "--backend"))
		wanted = argv[2];
	else if (argc != 1) {
		fprintf(stderr, "usage: %s [--backend mprotect|pkey|none]\n", argv[0]);
		return 2;
	}
	/* Before the board there is: memory of a program that did something first. */
	world_host.early_block = malloc((size_t)4 << 20);
	snprintf(objects, sizeof(objects), "%.*s/../%s", slash ? (int)(slash - argv[0]) : 1,
		 slash ? argv[0] : ".", MATRIX_OBJECTS);
	setvbuf(stdout, NULL, _IOLBF, 0);
	legend();
	for (size_t i = 0; i < ARRAY_SIZE(backends); i++) {
		int ret;

		if (wanted && strcmp(wanted, backends[i].name))
			continue;
		known = true;
		ret = run_backend(i, wanted != NULL, objects);
		if (ret > worst)
			worst = ret;
	}
	free(world_host.early_block);
	if (!known && wanted && !strcmp(wanted, "pkey")) {
		printf("backend pkey: not available here\n");
		return 77;
	}
	if (worst == 77 || (!known && wanted)) {
		if (!known)
			fprintf(stderr, "%s: no such backend\n", wanted);
		return known ? 77 : 2;
	}
	printf("%zu cells, %zu as expected, %zu unexpected, %zu not run\n", total.cells,
	       total.as_expected, total.unexpected, total.not_run);
	return worst ? worst : total.unexpected || total.not_run || !total.cells;
}
