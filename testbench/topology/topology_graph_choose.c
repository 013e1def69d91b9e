/* SPDX-License-Identifier: BSD-3-Clause */
#include "topology_graph.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void free_choices(struct topology_choice *choices, size_t count)
{
	while (count)
		topology_choice_free(&choices[--count]);
	free(choices);
}

/* Keep the choices that a graph can be made of. The first reason of the others is in why. */
static int drop_unfit(const struct topology *topology, const struct topology_request *request,
		      struct topology_choice *choices, size_t *count, struct problem *why)
{
	struct graph graph;
	size_t i, kept = 0;
	int ret = 0;

	for (i = 0; i < *count; i++) {
		struct problem unfit = { 0 };

		if (ret != -ENOMEM) {
			ret = topology_graph_make(topology, &choices[i], request, &graph, NULL,
						  &unfit);
			if (!ret) {
				graph_free(&graph);
				choices[kept++] = choices[i];
				continue;
			}
			if (why->code == EXIT_DONE || ret == -ENOMEM)
				*why = unfit;
		}
		topology_choice_free(&choices[i]);
	}
	*count = kept;
	return ret == -ENOMEM ? ret : 0;
}

/* One round of the search: with the rates of the topology, or with any. */
static int find_choices(const struct topology *topology, const struct topology_request *request,
			struct topology_choice **found, size_t *all, size_t *fit,
			struct problem *unfit, struct problem *why)
{
	int ret = topology_choices(topology, request->input_count, request->output_count, found,
				   all, why);

	*fit = *all;
	if (ret)
		return ret;
	ret = drop_unfit(topology, request, *found, fit, unfit);
	if (!ret && *fit)
		return 0;
	free_choices(*found, *fit);
	*found = NULL;
	*fit = 0;
	if (ret)
		*why = *unfit;
	return ret;
}

/* Text of a problem without the topology's name, which stands before it already. */
static const char *bare(const struct topology *topology, const struct problem *problem)
{
	size_t length = strlen(topology->file->name);

	if (!strncmp(problem->text, topology->file->name, length) && problem->text[length] == ':')
		return problem->text + length + 2;
	return problem->text;
}

int topology_graph_choose(const struct topology *topology, const struct topology_request *request,
			  struct topology_choice *choice, struct topology_choice **choices,
			  size_t *choice_count, struct problem *why)
{
	struct topology_request strict = *request;
	struct problem unfit = { 0 }, ignored = { 0 };
	struct topology_choice *found = NULL;
	size_t fit = 0, all = 0;
	int ret;

	memset(choice, 0, sizeof(*choice));
	*choices = NULL;
	*choice_count = 0;
	strict.any_rate = false;
	ret = find_choices(topology, &strict, &found, &all, &fit, &unfit, why);
	if (!ret && !fit && request->any_rate)
		ret = find_choices(topology, request, &found, &all, &fit, &ignored, why);
	if (ret)
		return ret;
	if (fit == 1) {
		*choice = found[0];
		free(found);
		return 0;
	}
	if (fit > 1) {
		*choices = found;
		*choice_count = fit;
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: %zu ways to run it with these files, choose one with -p",
				   topology->file->name, fit);
	}
	if (all > 1)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: %zu ways to run it, none fits these files; the first: %s",
				   topology->file->name, all, bare(topology, &unfit));
	if (all == 1) {
		*why = unfit;
		return -EINVAL;
	}
	return problem_set(why, EXIT_BAD_INPUT, EINVAL,
			   "%s: no pipelines with %zu inputs and %zu outputs, choose some with -p; "
			   "--show-topology tells what there is",
			   topology->file->name, request->input_count, request->output_count);
}
