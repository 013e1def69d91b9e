/* SPDX-License-Identifier: BSD-3-Clause */
/* A good run is counted, then repeated with each of its allocations failing in turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failing_malloc.h"
#include "topology/topology_graph.h"

struct run {
	const char *name;
	size_t inputs, outputs;
};

/* From the file to the graph: all of it, or nothing is left. */
static int run(const struct run *asked, struct problem *why)
{
	static const struct topology_input inputs[] = {
		{ "a", { 48000, 2, AUDIO_S16, 2, 4, 0, 0 } },
		{ "b", { 48000, 2, AUDIO_S16, 2, 4, 0, 0 } },
	};
	static const struct topology_output outputs[] = {
		{ .path = "c", .has_sample = true, .sample = AUDIO_S32 },
		{ .path = "d" },
	};
	struct topology_request request = {
		inputs, asked->inputs, outputs, asked->outputs, true, 1
	};
	struct topology_choice choice = { 0 }, *choices = NULL;
	struct topology *topology = NULL;
	struct tplg_file *file = NULL;
	struct graph graph = { 0 };
	char path[512];
	size_t count = 0;
	int ret;

	snprintf(path, sizeof(path), "%s/%s.tplg", TOPOLOGY_DIR, asked->name);
	ret = tplg_file_read(path, &file, why);
	assert_int_equal(ret != 0, file == NULL);
	if (!ret) {
		ret = topology_make(file, &topology, why);
		assert_int_equal(ret != 0, topology == NULL);
	}
	if (!ret) {
		ret = topology_graph_choose(topology, &request, &choice, &choices, &count, why);
		assert_int_equal(ret != 0, choice.widgets == NULL);
		assert_null(choices);
	}
	if (!ret) {
		ret = topology_graph_make(topology, &choice, &request, &graph, NULL, why);
		assert_int_equal(ret != 0, graph.node_count == 0);
	}
	graph_free(&graph);
	topology_choice_free(&choice);
	topology_free(topology);
	return ret;
}

static void each_allocation_may_fail(void **state)
{
	static const struct run runs[] = { { "eqiir", 2, 2 },  { "crossover-dp", 1, 2 },
					   { "mix", 2, 1 },    { "split", 1, 2 },
					   { "mux-dp", 2, 1 }, { "tdfb", 2, 2 } };
	struct problem why;
	unsigned long total, n;
	size_t i, used;
	int ret;

	for (i = 0; i < sizeof(runs) / sizeof(runs[0]); i++) {
		total = malloc_count();
		memset(&why, 0, sizeof(why));
		if (run(&runs[i], &why))
			fail_msg("%s", why.text);
		total = malloc_count() - total;
		used = malloc_live();
		assert_true(total > 50);
		for (n = 1; n <= total; n++) {
			malloc_fail_at(n);
			memset(&why, 0, sizeof(why));
			ret = run(&runs[i], &why);
			malloc_fail_at(0);
			if (ret != -ENOMEM || why.code != EXIT_RUN_FAILED)
				fail_msg("%s, allocation %lu of %lu: %d, code %d, '%s'",
					 runs[i].name, n, total, ret, why.code, why.text);
			assert_int_equal(malloc_live(), used);
		}
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_allocation_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
