/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Compare a JSON report with what is expected of it.
 *
 *   reportcheck FILE PATH=PATTERN...
 *
 * PATH: members and array indices with dots between ("faults.0.kind"); PATTERN: as of fnmatch().
 * Each difference is a line; exit 0 when there is none, 1 when there are, 2 when FILE is no JSON.
 */
#include <fnmatch.h>
#include <host/standard_files.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const json_t *step(const json_t *from, const char *name)
{
	return json_is_array(from) ? json_array_get(from, (size_t)strtoul(name, NULL, 10)) :
				     json_object_get(from, name);
}

static const json_t *look_up(const json_t *root, char *path)
{
	char *rest = NULL, *name = strtok_r(path, ".", &rest);

	for (; root && name; name = strtok_r(NULL, ".", &rest))
		root = step(root, name);
	return root;
}

static void as_text(const json_t *value, char *text, size_t size)
{
	if (json_is_string(value))
		snprintf(text, size, "%s", json_string_value(value));
	else if (json_is_integer(value))
		snprintf(text, size, "%lld", (long long)json_integer_value(value));
	else if (json_is_boolean(value))
		snprintf(text, size, "%s", json_is_true(value) ? "true" : "false");
	else
		snprintf(text, size, "(none)");
}

int main(int argc, char **argv)
{
	json_error_t error;
	int i, differences = 0;
	json_t *root;

	if (host_standard_files_open())
		return 2;
	root = argc > 1 ? json_load_file(argv[1], 0, &error) : NULL;
	if (!root) {
		fprintf(stderr, "reportcheck: %s: %s\n", argc > 1 ? argv[1] : "no file",
			argc > 1 ? error.text : "");
		return 2;
	}
	for (i = 2; i < argc; i++) {
		char *pattern = strchr(argv[i], '='), text[512];

		if (!pattern)
			return 2;
		*pattern++ = '\0';
		/* looking up cuts the path to pieces */
		char *path = strdup(argv[i]);

		as_text(look_up(root, path), text, sizeof(text));
		free(path);
		if (fnmatch(pattern, text, 0)) {
			printf("  %s is '%s', expected '%s'\n", argv[i], text, pattern);
			differences++;
		}
	}
	json_decref(root);
	return differences ? 1 : 0;
}
