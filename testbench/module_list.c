/* SPDX-License-Identifier: BSD-3-Clause */
#include "module_list.h"

#include <host/printable.h>
#include <inttypes.h>
#include <limits.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/lib/uuid.h>
#include <string.h>

#include "declared_formats.h"

#define COLUMNS 8

struct row {
	const char *cells[COLUMNS];
	char uuid[40], kinds[64], formats[48], instances[8];
	char name[4 * HOST_MODULE_NAME_MAX], origin[PATH_MAX];
};

static void write_uuid(char *text, size_t size, const uint8_t bytes[16])
{
	struct sof_uuid uuid;

	memcpy(&uuid, bytes, sizeof(uuid));
	snprintf(text, size, "%08" PRIx32 "-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", uuid.a,
		 uuid.b, uuid.c, uuid.d[0], uuid.d[1], uuid.d[2], uuid.d[3], uuid.d[4], uuid.d[5],
		 uuid.d[6], uuid.d[7]);
}

static void write_kinds(char *text, size_t size, const struct module_interface *ops)
{
	snprintf(text, size, "%s%s%s", ops->process ? "process " : "",
		 ops->process_audio_stream ? "process_audio_stream " : "",
		 ops->process_raw_data ? "process_raw_data " : "");
	text[strlen(text) - 1] = '\0';
}

static void write_formats(char *text, size_t size, const struct host_module *module)
{
	char output[24];

	declared_formats_text(text, size, module->input_samples, module->input_containers);
	declared_formats_text(output, sizeof(output), module->output_samples,
			      module->output_containers);
	if (!text[0] && !output[0])
		snprintf(text, size, "-");
	else if (strcmp(text, output))
		snprintf(text + strlen(text), size - strlen(text), " > %s", output);
}

static void fill_row(struct row *row, const struct catalog_module *entry)
{
	const struct host_module *module = &entry->module;

	write_uuid(row->uuid, sizeof(row->uuid), module->uuid);
	write_kinds(row->kinds, sizeof(row->kinds), module->ops);
	write_formats(row->formats, sizeof(row->formats), module);
	snprintf(row->instances, sizeof(row->instances), "-");
	if (module->instances_max)
		snprintf(row->instances, sizeof(row->instances), "%u", module->instances_max);
	host_printable(row->name, sizeof(row->name), module->name);
	host_printable(row->origin, sizeof(row->origin), catalog_origin(entry));
	row->cells[0] = row->name;
	row->cells[1] = row->uuid;
	row->cells[2] = row->kinds;
	row->cells[3] = module->ops->process ? "DP LL" : "LL";
	row->cells[4] = row->formats;
	row->cells[5] = !module->has_manifest ? "-" : module->user_mode ? "user" : "any";
	row->cells[6] = row->instances;
	row->cells[7] = row->origin;
}

void module_list_print(FILE *out, const struct catalog *catalog)
{
	static const struct row head = { .cells = { "name", "UUID", "kind", "board", "formats",
						    "mode", "instances", "from" } };
	size_t width[COLUMNS], i, c;
	struct row row;

	for (c = 0; c < COLUMNS; c++)
		width[c] = strlen(head.cells[c]);
	for (i = 0; i < catalog->module_count; i++) {
		fill_row(&row, &catalog->modules[i]);
		for (c = 0; c < COLUMNS; c++)
			if (strlen(row.cells[c]) > width[c])
				width[c] = strlen(row.cells[c]);
	}
	for (i = 0; i <= catalog->module_count; i++) {
		row = head;
		if (i)
			fill_row(&row, &catalog->modules[i - 1]);
		for (c = 0; c + 1 < COLUMNS; c++)
			fprintf(out, "%-*s  ", (int)width[c], row.cells[c]);
		fprintf(out, "%s\n", row.cells[c]);
	}
	fputs("\nboard: scheduled there as DP or LL (DP needs process()); formats: those of its "
	      ".toml, "
	      "prepare() has the last word;\nmode: what the manifest says\n",
	      out);
}
