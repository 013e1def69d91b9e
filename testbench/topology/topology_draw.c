/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <host/printable.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output_place.h"
#include "topology_show.h"

/* Inside a quoted string of Graphviz's language. */
static void put_quoted(FILE *out, const char *text)
{
	char piece[HOST_PRINTABLE_PIECE];

	while (*text) {
		text = host_printable_next(text, piece);
		if (piece[0] == '"' || piece[0] == '\\')
			fputc('\\', out);
		fputs(piece, out);
	}
}

static void draw_widget(FILE *out, const struct topology *topology, size_t at, bool bold)
{
	const struct topology_widget *widget = &topology->widgets[at];
	const char *module = widget->has_uuid ? topology_uuid_name(widget->uuid) : NULL;

	fprintf(out, "\t\tw%zu [label=\"", at);
	put_quoted(out, widget->from->name);
	fprintf(out, "\\n%s%s", module ? module : topology_kind_name(widget->kind),
		widget->sched == TOPOLOGY_SCHED_DP ? ", DP" : "");
	if (widget->from->stream[0]) {
		fprintf(out, "\\n");
		put_quoted(out, widget->from->stream);
	}
	fprintf(out, "\"%s%s];\n", topology_is_end(widget) ? ", shape=oval" : "",
		bold ? ", style=bold" : "");
}

static bool is_bold(const struct topology_choice *choice, size_t widget)
{
	return choice && choice->widgets[widget];
}

void topology_draw(FILE *out, const struct topology *topology, const struct topology_choice *choice)
{
	const struct topology_route *route;
	char text[64];
	size_t i, k;

	fprintf(out, "digraph topology {\n\trankdir=LR;\n\tnode [shape=box];\n");
	for (i = 0; i < topology->pipeline_count; i++) {
		fprintf(out, "\tsubgraph cluster_%zu {\n\t\tlabel=\"pipeline %u\";\n", i,
			topology->pipelines[i].id);
		for (k = 0; k < topology->widget_count; k++)
			if (topology->widgets[k].pipeline == i)
				draw_widget(out, topology, k, is_bold(choice, k));
		fprintf(out, "\t}\n");
	}
	for (i = 0; i < topology->widget_count; i++)
		if (topology_is_module(&topology->widgets[i]) &&
		    topology->widgets[i].pipeline == TOPOLOGY_NONE)
			draw_widget(out, topology, i, is_bold(choice, i));
	for (i = 0; i < topology->route_count; i++) {
		const struct topology_pins *pins;

		route = &topology->routes[i];
		pins = &topology->widgets[route->from].out;
		fprintf(out, "\tw%zu -> w%zu", route->from, route->to);
		/* Several formats depend on what is played. */
		if (pins->format_count == 1)
			fprintf(out, " [label=\"%s\"]",
				topology_format_text(&pins->formats[0].audio, text));
		fprintf(out, ";\n");
	}
	fprintf(out, "}\n");
}

static int write_all(int fd, const char *text, size_t size)
{
	ssize_t done;

	while (size) {
		done = write(fd, text, size);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -errno;
		text += done;
		size -= (size_t)done;
	}
	return 0;
}

int topology_write_dot(const struct topology *topology, const struct topology_choice *choice,
		       const char *path, struct problem *why)
{
	struct output_place *place = NULL;
	char *text = NULL;
	size_t size = 0;
	FILE *memory;
	int ret;

	memory = open_memstream(&text, &size);
	if (!memory)
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	topology_draw(memory, topology, choice);
	if (fclose(memory)) {
		ret = problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
		goto out;
	}
	ret = output_place_open(path, &place, why);
	if (ret)
		goto out;
	ret = write_all(output_place_fd(place), text, size);
	if (ret)
		problem_set(why, EXIT_RUN_FAILED, -ret, "%s: %s", path, strerror(-ret));
	else
		ret = output_place_commit(&place, why);
	output_place_discard(&place);
out:
	free(text);
	return ret;
}
