/* SPDX-License-Identifier: BSD-3-Clause */
#include "catalog.h"
#include "catalog_private.h"

#include <errno.h>
#include <host/loader.h>
#include <host/platform.h>
#include <host/printable.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "call_site.h"

const struct catalog_module *catalog_find(const struct catalog *catalog, const char *name)
{
	size_t i;

	for (i = 0; i < catalog->module_count; i++)
		if (!strcmp(catalog->modules[i].module.name, name))
			return &catalog->modules[i];
	return NULL;
}

const struct catalog_module *catalog_find_uuid(const struct catalog *catalog, const uint8_t *uuid)
{
	size_t i;

	for (i = 0; i < catalog->module_count; i++)
		if (!memcmp(catalog->modules[i].module.uuid, uuid,
			    sizeof(catalog->modules[i].module.uuid)))
			return &catalog->modules[i];
	return NULL;
}

const char *catalog_origin(const struct catalog_module *module)
{
	return module->object ? host_object_path(module->object) : "built in";
}

const struct catalog_module *catalog_find_twin(const struct catalog *catalog,
					       const struct host_module *module, const char **what)
{
	size_t i;

	for (i = 0; i < catalog->module_count; i++) {
		const struct catalog_module *other = &catalog->modules[i];

		*what = "UUID";
		if (!memcmp(other->module.uuid, module->uuid, sizeof(module->uuid)))
			return other;
		*what = "name";
		if (!strcmp(other->module.name, module->name))
			return other;
	}
	return NULL;
}

int catalog_enter(struct catalog *catalog, const struct host_module *module,
		  const struct host_object *object, struct problem *why)
{
	const struct catalog_module *twin;
	const char *path = object ? host_object_path(object) : "built in", *what;

	if (catalog->module_count == CATALOG_MODULES_MAX)
		return problem_set(why, EXIT_BAD_INPUT, ENOSPC, "%s: more than %d modules", path,
				   CATALOG_MODULES_MAX);
	twin = catalog_find_twin(catalog, module, &what);
	if (twin)
		return problem_set(why, EXIT_BAD_INPUT, EEXIST,
				   "%s: module '%s' has the %s of module '%s' (%s)", path,
				   module->name, what, twin->module.name, catalog_origin(twin));
	catalog->modules[catalog->module_count].module = *module;
	catalog->modules[catalog->module_count++].object = object;
	return 0;
}

static int enter_object(struct catalog *catalog, const struct host_object *object,
			struct problem *why)
{
	const struct host_module *modules;
	size_t count, before = catalog->module_count, i;
	int ret = 0;

	modules = host_object_modules(object, &count);
	for (i = 0; i < count && !ret; i++)
		ret = catalog_enter(catalog, &modules[i], object, why);
	/* All of an object, or nothing. */
	if (ret)
		catalog->module_count = before;
	return ret;
}

static int complain(const char *path, int ret, const struct host_refusal *refusal,
		    struct problem *why)
{
	char place[300] = "";

	if (refusal->import[0])
		call_site_find(path, refusal->import, place, sizeof(place));
	return problem_set(why, ret == -ENOMEM ? EXIT_RUN_FAILED : EXIT_BAD_INPUT, -ret,
			   "%s: can't be loaded as a module: %s%s%s%s", path, refusal->text,
			   place[0] ? " (" : "", place, place[0] ? ")" : "");
}

/* The same file, whatever its name. */
static bool is_loaded(const struct catalog *catalog, const char *path)
{
	struct stat wanted, loaded;
	size_t i;

	if (stat(path, &wanted))
		return false;
	for (i = 0; i < catalog->object_count; i++)
		if (!stat(host_object_path(catalog->objects[i]), &loaded) &&
		    loaded.st_dev == wanted.st_dev && loaded.st_ino == wanted.st_ino)
			return true;
	return false;
}

int catalog_load_object(struct catalog *catalog, const char *path, struct problem *why)
{
	struct host_object *object;
	struct host_refusal refusal;
	int ret;

	if (is_loaded(catalog, path))
		return 0;
	if (catalog->object_count == CATALOG_OBJECTS_MAX)
		return problem_set(why, EXIT_BAD_INPUT, ENOSPC, "%s: more than %d module objects",
				   path, CATALOG_OBJECTS_MAX);
	ret = host_object_load(path, catalog->load_flags, &object, &refusal);
	if (ret)
		return complain(path, ret, &refusal, why);
	ret = enter_object(catalog, object, why);
	if (ret)
		host_object_unload(&object);
	else
		catalog->objects[catalog->object_count++] = object;
	return ret;
}

void catalog_warn_of_host_calls(const struct catalog *catalog, FILE *out)
{
	size_t i;

	for (i = 0; i < catalog->object_count; i++) {
		const char *calls = host_object_host_calls(catalog->objects[i]);

		if (!*calls)
			continue;
		fputs("sof-testbench: warning: ", out);
		host_printable_put(out, host_object_path(catalog->objects[i]));
		fputs(" calls the host (", out);
		host_printable_put(out, calls);
		fputs("): it will not link on a board\n", out);
	}
}

int catalog_register(struct catalog *catalog, struct problem *why)
{
	size_t i;
	int ret;

	for (i = 0; i < catalog->module_count; i++) {
		const struct catalog_module *entry = &catalog->modules[i];
		struct sof_module_desc desc = { 0 };

		host_memory_open();
		desc.name = entry->module.name;
		memcpy(desc.uuid, entry->module.uuid, sizeof(desc.uuid));
		desc.ops = entry->module.ops;
		if (entry->object)
			desc.data = host_object_data(entry->object, &desc.data_count);
		ret = sof_module_register(&desc);
		if (ret)
			return problem_set(why, EXIT_BAD_INPUT, -ret, "%s: module '%s' %s",
					   catalog_origin(entry), entry->module.name,
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
