/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file catalog.h
 * \brief The modules a chain can be made of: found, loaded, entered into the firmware's registry.
 *
 * A module is found by its name in lower case: in the objects of --module first, then as NAME.so in
 * the directories of $SOF_MODULE_PATH, then among the modules linked into the program, then in
 * ../lib/sof-testbench/modules beside it. The first place that has it wins. Where none has an object
 * of its name, the objects of these directories are looked into.
 *
 * No two modules of a run may have the same UUID: on the board that is what a module is called by.
 */
#ifndef TESTBENCH_CATALOG_H
#define TESTBENCH_CATALOG_H

#include <host/loader.h>
#include <stddef.h>
#include <stdio.h>

#include "options.h"

#define CATALOG_OBJECTS_MAX 128
#define CATALOG_MODULES_MAX 256
#define CATALOG_REFUSED_MAX 32

struct catalog_module {
	struct host_module module;
	const struct host_object *object; /**< NULL: linked into the program */
};

/**
 * Its memory must be the program's data: the firmware keeps pointers to the names and reads them
 * while the C heap is closed.
 */
struct catalog {
	struct host_object *objects[CATALOG_OBJECTS_MAX];
	size_t object_count;
	struct catalog_module modules[CATALOG_MODULES_MAX];
	size_t module_count;
	unsigned int load_flags; /**< HOST_LOAD_* */
	/** ACTION_LIST_MODULES: what can't be loaded does not hide the others. */
	struct problem refused[CATALOG_REFUSED_MAX];
	size_t refused_count;
};

/**
 * Load what the options ask for; with ACTION_LIST_MODULES, all there is: success then, and what
 * can't be loaded is noted in the catalog. Main thread, with the board up. catalog_unload() is due in any case.
 */
int catalog_load(struct catalog *catalog, const struct options *options, struct problem *why);

/**
 * Find the module that has \p uuid, in the same places and order, and load it if need be; objects
 * that can't be loaded are passed over. Main thread, with the board up.
 *
 * \param user who wants it, for the message
 * \param[out] found NULL on failure; may be NULL
 * \return 0; -ENOENT; or why the catalog took no more; with \p why filled
 */
int catalog_load_uuid(struct catalog *catalog, const uint8_t uuid[16], const char *user,
		      const struct catalog_module **found, struct problem *why);

/** A module that is loaded, by name; NULL when there is none. */
const struct catalog_module *catalog_find(const struct catalog *catalog, const char *name);

/** Where a module comes from: the path of its object, or "built in". */
const char *catalog_origin(const struct catalog_module *module);

/** The host calls that were let in, one object a line; nothing when there are none. */
void catalog_warn_of_host_calls(const struct catalog *catalog, FILE *out);

/** Folders of $SOF_MODULE_PATH that can't be read, one a line; nothing when there are none. */
void catalog_warn_of_folders(FILE *out);

/** Register every module loaded. From inside host_run(), with the firmware up. */
int catalog_register(struct catalog *catalog, struct problem *why);

/** Main thread, with the firmware down. */
void catalog_unload(struct catalog *catalog);

#endif /* TESTBENCH_CATALOG_H */
