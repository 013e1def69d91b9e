/* SPDX-License-Identifier: BSD-3-Clause */
#include "catalog.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <host/loader.h>
#include <host/platform.h>
#include <limits.h>
#include <rimage/sof/user/manifest.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suggest.h"

#define MODULE_FOLDER "../lib/sof-testbench/modules"

typedef int (*folder_fn)(const char *folder, void *arg);

static const struct catalog_module *find_loaded(const struct catalog *catalog, const char *name)
{
	size_t i;

	for (i = 0; i < catalog->module_count; i++)
		if (!strcmp(catalog->modules[i].name, name))
			return &catalog->modules[i];
	return NULL;
}

/* Enter the object's modules under the names users write. */
static int enter_modules(struct catalog *catalog, const struct host_object *object,
			 struct problem *why)
{
	const struct sof_man_module_manifest *manifests;
	size_t count, i, c;

	manifests = host_object_manifests(object, &count);
	for (i = 0; i < count; i++) {
		struct catalog_module *module = &catalog->modules[catalog->module_count];
		const struct sof_man_module *told = &manifests[i].module;

		if (told->type.load_type == SOF_MAN_MOD_TYPE_LLEXT_AUX)
			continue;
		if (catalog->module_count == CATALOG_MODULES_MAX)
			return problem_set(why, EXIT_BAD_INPUT, ENOSPC, "%s: more than %d modules",
					   host_object_path(object), CATALOG_MODULES_MAX);
		for (c = 0; c < SOF_MAN_MOD_NAME_LEN && told->name[c]; c++)
			module->name[c] = (char)tolower(told->name[c]);
		module->name[c] = '\0';
		module->manifest = &manifests[i];
		module->object = object;
		catalog->module_count++;
	}
	return 0;
}

static int load_object(struct catalog *catalog, const char *path, struct problem *why)
{
	struct host_object *object;
	const char *reason = NULL;
	int ret;

	if (catalog->object_count == CATALOG_OBJECTS_MAX)
		return problem_set(why, EXIT_BAD_INPUT, ENOSPC, "%s: more than %d module objects",
				   path, CATALOG_OBJECTS_MAX);
	ret = host_object_load(path, &object, &reason);
	if (ret)
		return problem_set(why, ret == -ENOMEM ? EXIT_RUN_FAILED : EXIT_BAD_INPUT, -ret,
				   "%s: can't be loaded as a module: %s", path,
				   reason && (ret == -ENOEXEC || ret == -EINVAL) ? reason :
										   strerror(-ret));
	catalog->objects[catalog->object_count++] = object;
	return enter_modules(catalog, object, why);
}

/* Call fn for each folder of modules until it returns non-zero. */
static int for_each_folder(folder_fn fn, void *arg)
{
	const char *list = getenv("SOF_MODULE_PATH");
	char folder[PATH_MAX + sizeof(MODULE_FOLDER)];
	ssize_t length;
	char *slash;
	int ret;

	while (list && *list) {
		size_t part = strcspn(list, ":");

		snprintf(folder, sizeof(folder), "%.*s", (int)part, list);
		ret = part ? fn(folder, arg) : 0;
		if (ret)
			return ret;
		list += part + (list[part] == ':');
	}
	length = readlink("/proc/self/exe", folder, PATH_MAX);
	if (length <= 0)
		return 0;
	folder[length] = '\0';
	slash = strrchr(folder, '/');
	if (!slash)
		return 0;
	strcpy(slash + 1, MODULE_FOLDER);
	return fn(folder, arg);
}

struct search {
	struct catalog *catalog;
	const char *name;
	struct suggestion near;
	char near_name[CATALOG_NAME_MAX];
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
		ret = load_object(search->catalog, path, search->why);
		search->found = !ret && find_loaded(search->catalog, search->name);
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

static int offer_files(const char *folder, void *arg)
{
	struct search *search = arg;
	DIR *dir = opendir(folder);
	struct dirent *entry;
	char name[CATALOG_NAME_MAX];

	while (dir && (entry = readdir(dir)))
		if (module_file_name(entry->d_name, name, sizeof(name))) {
			const char *before = search->near.best;
			unsigned int distance = search->near.distance;

			suggestion_offer(&search->near, name);
			if (search->near.best != before || search->near.distance != distance) {
				strcpy(search->near_name, name);
				search->near.best = search->near_name;
			}
		}
	if (dir)
		closedir(dir);
	return 0;
}

static int unknown_module(struct search *search)
{
	size_t i;

	search->near.wanted = search->name;
	for (i = 0; i < search->catalog->module_count; i++)
		suggestion_offer(&search->near, search->catalog->modules[i].name);
	for_each_folder(offer_files, search);
	if (search->near.best)
		return problem_set(search->why, EXIT_BAD_INPUT, ENOENT,
				   "unknown module '%s', did you mean %s?", search->name,
				   search->near.best);
	return problem_set(search->why, EXIT_BAD_INPUT, ENOENT,
			   "unknown module '%s', --list-modules tells those there are",
			   search->name);
}

static int load_chain_module(struct catalog *catalog, const char *name, struct problem *why)
{
	struct search search = { .catalog = catalog, .name = name, .why = why };
	int ret;

	if (find_loaded(catalog, name))
		return 0;
	/* A name is no path. */
	ret = strchr(name, '/') ? 0 : for_each_folder(load_named, &search);
	if (ret < 0)
		return ret;
	return search.found ? 0 : unknown_module(&search);
}

static int load_folder(const char *folder, void *arg)
{
	struct search *search = arg;
	DIR *dir = opendir(folder);
	struct dirent *entry;
	char name[CATALOG_NAME_MAX];
	int ret = 0;

	while (dir && ret >= 0 && (entry = readdir(dir)))
		if (module_file_name(entry->d_name, name, sizeof(name)) &&
		    !find_loaded(search->catalog, name)) {
			search->name = name;
			ret = load_named(folder, search);
		}
	if (dir)
		closedir(dir);
	return ret < 0 ? ret : 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct catalog_module *)a)->name,
		      ((const struct catalog_module *)b)->name);
}

int catalog_load(struct catalog *catalog, const struct options *options, struct problem *why)
{
	struct search search = { .catalog = catalog, .why = why };
	size_t i;
	int ret = 0;

	memset(catalog, 0, sizeof(*catalog));
	for (i = 0; !ret && i < options->object_count; i++)
		ret = load_object(catalog, options->objects[i], why);
	for (i = 0; !ret && i < options->module_count; i++)
		ret = load_chain_module(catalog, options->modules[i].name, why);
	if (!ret && options->action == ACTION_LIST_MODULES) {
		ret = for_each_folder(load_folder, &search);
		qsort(catalog->modules, catalog->module_count, sizeof(catalog->modules[0]),
		      by_name);
	}
	return ret;
}

int catalog_register(struct catalog *catalog, struct problem *why)
{
	size_t i;
	int ret;

	for (i = 0; i < catalog->module_count; i++) {
		const struct catalog_module *module = &catalog->modules[i];
		struct sof_module_desc desc = { .name = module->name };

		host_memory_open();
		memcpy(desc.uuid, &module->manifest->module.uuid, sizeof(desc.uuid));
		desc.ops = (const struct module_interface *)module->manifest->module.entry_point;
		desc.data = host_object_data(module->object, &desc.data_count);
		ret = sof_module_register(&desc);
		if (ret)
			return problem_set(why, EXIT_BAD_INPUT, -ret, "%s: module '%s' %s",
					   host_object_path(module->object), module->name,
					   ret == -EEXIST ?
						   "has the name or UUID of another module" :
						   "can't be registered");
	}
	return 0;
}

void catalog_unload(struct catalog *catalog)
{
	while (catalog->object_count)
		host_object_unload(&catalog->objects[--catalog->object_count]);
	catalog->module_count = 0;
}
