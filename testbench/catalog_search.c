/* SPDX-License-Identifier: BSD-3-Clause */
#include "catalog.h"
#include "catalog_private.h"

#include <dirent.h>
#include <errno.h>
#include <host/loader.h>
#include <host/printable.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "suggest.h"
#include "topology/topology.h"

/* Beside the folder the program is in. */
#define MODULE_FOLDER "lib/sof-testbench/modules"

typedef int (*folder_fn)(const char *folder, void *arg);

/* Call fn for each folder of $SOF_MODULE_PATH until it returns non-zero. */
static int for_each_user_folder(folder_fn fn, void *arg)
{
	const char *list = getenv("SOF_MODULE_PATH");
	char folder[PATH_MAX];
	int ret = 0;

	while (list && *list && !ret) {
		size_t part = strcspn(list, ":");

		snprintf(folder, sizeof(folder), "%.*s", (int)part, list);
		ret = part ? fn(folder, arg) : 0;
		list += part + (list[part] == ':');
	}
	return ret;
}

static int warn_of_missing(const char *folder, void *arg)
{
	FILE *out = arg;
	DIR *dir = opendir(folder);

	if (dir) {
		closedir(dir);
		return 0;
	}
	fputs("sof-testbench: warning: $SOF_MODULE_PATH: ", out);
	host_printable_put(out, folder);
	fprintf(out, ": %s\n", strerror(errno));
	return 0;
}

void catalog_warn_of_folders(FILE *out)
{
	for_each_user_folder(warn_of_missing, out);
}

/* The program's own file; without /proc, from argv[0]. */
static bool own_path(char path[PATH_MAX])
{
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);
	const char *name;

	if (length > 0) {
		path[length] = '\0';
		return true;
	}
	name = (const char *)getauxval(AT_EXECFN);
	return name && realpath(name, path);
}

/* The folder that comes with the program. */
static int for_own_folder(folder_fn fn, void *arg)
{
	char folder[PATH_MAX + sizeof(MODULE_FOLDER)];
	char *slash;

	if (!own_path(folder))
		return 0;
	for (int up = 0; up < 2; up++) {
		slash = strrchr(folder, '/');
		if (!slash)
			return 0;
		*slash = '\0';
	}
	*slash = '/';
	strcpy(slash + 1, MODULE_FOLDER);
	return fn(folder, arg);
}

struct search {
	struct catalog *catalog;
	const char *name;
	struct suggestion near;
	char near_name[HOST_MODULE_NAME_MAX];
	bool found;
	struct problem *why;
};

static int load_named(const char *folder, void *arg)
{
	struct search *search = arg;
	char *path;
	int ret = 0;

	if (asprintf(&path, "%s/%s.so", folder, search->name) < 0)
		return problem_set(search->why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	if (!access(path, F_OK)) {
		ret = catalog_load_object(search->catalog, path, search->why);
		search->found = !ret && catalog_find(search->catalog, search->name);
	}
	free(path);
	return ret ? ret : search->found;
}

/* The module's name in a file name NAME.so, or false. */
static bool module_file_name(const char *file, char *name, size_t size)
{
	size_t length = strlen(file);

	if (length < 4 || strcmp(file + length - 3, ".so") || length - 3 >= size)
		return false;
	memcpy(name, file, length - 3);
	name[length - 3] = '\0';
	return true;
}

static void offer(struct search *search, const char *name)
{
	const char *before = search->near.best;
	unsigned int distance = search->near.distance;

	suggestion_offer(&search->near, name);
	if (search->near.best != before || search->near.distance != distance) {
		strcpy(search->near_name, name);
		search->near.best = search->near_name;
	}
}

static void offer_builtin(struct search *search)
{
	struct host_module module;
	size_t i;

	for (i = 0; !host_builtin_module(i, &module); i++)
		offer(search, module.name);
}

static int offer_files(const char *folder, void *arg)
{
	struct search *search = arg;
	DIR *dir = opendir(folder);
	struct dirent *entry;
	char name[HOST_MODULE_NAME_MAX];

	while (dir && (entry = readdir(dir)))
		if (module_file_name(entry->d_name, name, sizeof(name)))
			offer(search, name);
	if (dir)
		closedir(dir);
	return 0;
}

static int unknown_module(struct search *search)
{
	size_t i;

	search->near.wanted = search->name;
	for (i = 0; i < search->catalog->module_count; i++)
		suggestion_offer(&search->near, search->catalog->modules[i].module.name);
	for_each_user_folder(offer_files, search);
	offer_builtin(search);
	for_own_folder(offer_files, search);
	if (search->near.best)
		return problem_set(search->why, EXIT_BAD_INPUT, ENOENT,
				   "unknown module '%s', did you mean %s?", search->name,
				   search->near.best);
	return problem_set(search->why, EXIT_BAD_INPUT, ENOENT,
			   "unknown module '%s', --list-modules tells those there are",
			   search->name);
}

/* Enter the built-in module \p name, or with NULL every one that nothing stands before. */
static int enter_builtin(struct search *search)
{
	struct host_module module;
	const char *what;
	size_t i;
	int ret = 0, filled;

	for (i = 0; !ret && (filled = host_builtin_module(i, &module)) != -ENOENT; i++) {
		if (search->name ? strcmp(module.name, search->name) :
				   catalog_find_twin(search->catalog, &module, &what) != NULL)
			continue;
		if (filled)
			ret = problem_set(search->why, EXIT_RUN_FAILED, EINVAL,
					  "the built-in module '%s' lacks its name, init() or a "
					  "processing function",
					  module.name);
		else
			ret = catalog_enter(search->catalog, &module, NULL, search->why);
		search->found = !ret;
	}
	return ret;
}

/* For a module whose object is not named after it. */
struct content_search {
	struct catalog *catalog;
	const char *name;    /* or NULL */
	const uint8_t *uuid; /* then */
	const char *user;    /* with a UUID: who wants it */
};

static bool has_come(const struct content_search *search)
{
	return search->name ? catalog_find(search->catalog, search->name) :
			      catalog_find_uuid(search->catalog, search->uuid);
}

/* Load it to look into it, and let it go again when it is not the one. */
static bool object_has_it(struct content_search *search, const char *folder, const char *file)
{
	struct catalog *catalog = search->catalog;
	size_t modules = catalog->module_count, objects = catalog->object_count;
	struct problem ignored = { 0 };
	bool found = false;
	char *path;

	if (asprintf(&path, "%s/%s", folder, file) < 0)
		return false;
	if ((search->name || host_object_mentions(path, search->uuid)) &&
	    !catalog_load_object(catalog, path, &ignored)) {
		found = has_come(search);
		if (!found && catalog->object_count > objects) {
			catalog->module_count = modules;
			catalog->object_count = objects;
			host_object_unload(&catalog->objects[objects]);
		}
	}
	free(path);
	return found;
}

static bool named_has_it(struct content_search *search, const char *folder, const char *name,
			 size_t length)
{
	char file[HOST_MODULE_NAME_MAX + sizeof(".so")];

	if (!length || length >= HOST_MODULE_NAME_MAX)
		return false;
	snprintf(file, sizeof(file), "%.*s", (int)length, name);
	if (strchr(file, '/') || catalog_find(search->catalog, file))
		return false;
	strcat(file, ".so");
	return object_has_it(search, folder, file);
}

/* Most objects have the name that goes with the UUID, or that widgets begin with. */
static bool likely_has_it(struct content_search *search, const char *folder)
{
	const char *name = search->uuid ? topology_uuid_name(search->uuid) : NULL;

	if (name && named_has_it(search, folder, name, strlen(name)))
		return true;
	return search->user &&
	       named_has_it(search, folder, search->user, strcspn(search->user, "."));
}

static int search_folder(const char *folder, void *arg)
{
	struct content_search *search = arg;
	char name[HOST_MODULE_NAME_MAX];
	struct dirent **entries;
	int count, i;
	bool found = false;

	if (likely_has_it(search, folder))
		return true;
	count = scandir(folder, &entries, NULL, alphasort);
	for (i = 0; i < count; i++) {
		if (!found && module_file_name(entries[i]->d_name, name, sizeof(name)) &&
		    !catalog_find(search->catalog, name))
			found = object_has_it(search, folder, entries[i]->d_name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return found;
}

static int load_chain_module(struct catalog *catalog, const char *name, struct problem *why)
{
	struct search search = { .catalog = catalog, .name = name, .why = why };
	struct content_search content = { .catalog = catalog, .name = name };
	int ret = 0;

	if (catalog_find(catalog, name))
		return 0;
	/* A name is no path. */
	if (strchr(name, '/'))
		return unknown_module(&search);
	ret = for_each_user_folder(load_named, &search);
	if (!ret)
		ret = enter_builtin(&search);
	if (!ret && !search.found)
		ret = for_own_folder(load_named, &search);
	if (ret < 0)
		return ret;
	if (search.found || for_each_user_folder(search_folder, &content) ||
	    for_own_folder(search_folder, &content))
		return 0;
	return unknown_module(&search);
}

/* For the list: why something was refused. */
static void note_refusal(struct catalog *catalog, const struct problem *why)
{
	if (why->code != EXIT_DONE && catalog->refused_count < CATALOG_REFUSED_MAX)
		catalog->refused[catalog->refused_count++] = *why;
}

static int load_folder(const char *folder, void *arg)
{
	struct search *search = arg;
	struct dirent **entries;
	char name[HOST_MODULE_NAME_MAX];
	int count = scandir(folder, &entries, NULL, alphasort), i;

	for (i = 0; i < count; i++) {
		if (module_file_name(entries[i]->d_name, name, sizeof(name)) &&
		    !catalog_find(search->catalog, name)) {
			struct problem why = { 0 };

			search->name = name;
			search->why = &why;
			if (load_named(folder, search) != -EEXIST)
				note_refusal(search->catalog, &why);
		}
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return 0;
}

static void load_everything(struct catalog *catalog, const struct options *options)
{
	struct search search = { .catalog = catalog };
	size_t i;

	for (i = 0; i < options->object_count; i++) {
		struct problem why = { 0 };

		catalog_load_object(catalog, options->objects[i], &why);
		note_refusal(catalog, &why);
	}
	for_each_user_folder(load_folder, &search);
	search = (struct search){ .catalog = catalog, .why = &(struct problem){ 0 } };
	enter_builtin(&search);
	note_refusal(catalog, search.why);
	for_own_folder(load_folder, &search);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct catalog_module *)a)->module.name,
		      ((const struct catalog_module *)b)->module.name);
}

int catalog_load(struct catalog *catalog, const struct options *options, struct problem *why)
{
	size_t i;
	int ret = 0;

	memset(catalog, 0, sizeof(*catalog));
	catalog->load_flags = options->allow_host_calls ? HOST_LOAD_ALLOW_HOST_CALLS : 0;
	if (options->action == ACTION_LIST_MODULES) {
		load_everything(catalog, options);
		qsort(catalog->modules, catalog->module_count, sizeof(catalog->modules[0]),
		      by_name);
		return 0;
	}
	for (i = 0; !ret && i < options->object_count; i++)
		ret = catalog_load_object(catalog, options->objects[i], why);
	for (i = 0; !ret && i < options->module_count; i++)
		ret = load_chain_module(catalog, options->modules[i].name, why);
	return ret;
}

static int search_builtin(struct catalog *catalog, const uint8_t *uuid, struct problem *why)
{
	struct host_module module;
	size_t i;
	int filled;

	for (i = 0; (filled = host_builtin_module(i, &module)) != -ENOENT; i++)
		if (!filled && !memcmp(module.uuid, uuid, sizeof(module.uuid)))
			return catalog_enter(catalog, &module, NULL, why);
	return 0;
}

int catalog_load_uuid(struct catalog *catalog, const uint8_t uuid[16], const char *user,
		      const struct catalog_module **found, struct problem *why)
{
	struct content_search search = { .catalog = catalog, .uuid = uuid, .user = user };
	const struct catalog_module *entry = catalog_find_uuid(catalog, uuid);
	const char *name;
	int ret = 0;

	if (!entry && !for_each_user_folder(search_folder, &search)) {
		ret = search_builtin(catalog, uuid, why);
		if (!ret && !catalog_find_uuid(catalog, uuid))
			for_own_folder(search_folder, &search);
	}
	if (!ret)
		entry = catalog_find_uuid(catalog, uuid);
	if (found)
		*found = entry;
	if (ret || entry)
		return ret;
	name = topology_uuid_name(uuid);
	return problem_set(why, EXIT_BAD_INPUT, ENOENT,
			   "%s: no module has the UUID %02x%02x%02x%02x-%02x%02x-%02x%02x-"
			   "%02x%02x-%02x%02x%02x%02x%02x%02x%s%s",
			   user, uuid[3], uuid[2], uuid[1], uuid[0], uuid[5], uuid[4], uuid[7],
			   uuid[6], uuid[8], uuid[9], uuid[10], uuid[11], uuid[12], uuid[13],
			   uuid[14], uuid[15], name ? ", SOF's " : "", name ? name : "");
}
