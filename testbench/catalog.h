/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file catalog.h
 * \brief The modules a chain can be made of: found, loaded, entered into the firmware's registry.
 *
 * A module is found by its manifest's name in lower case: in the objects of --module first, then
 * as NAME.so in the directories of $SOF_MODULE_PATH and in ../lib/sof-testbench/modules beside the
 * program. The first place that has it wins.
 */
#ifndef TESTBENCH_CATALOG_H
#define TESTBENCH_CATALOG_H

#include <stddef.h>

#include "options.h"

#define CATALOG_OBJECTS_MAX 128
#define CATALOG_MODULES_MAX 256
#define CATALOG_NAME_MAX    33

struct host_object;
struct sof_man_module_manifest;

struct catalog_module {
	char name[CATALOG_NAME_MAX];
	const struct sof_man_module_manifest *manifest;
	const struct host_object *object;
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
};

/**
 * Load what the options ask for; with ACTION_LIST_MODULES, all there is. Main thread, with the
 * board up. catalog_unload() is due in any case.
 */
int catalog_load(struct catalog *catalog, const struct options *options, struct problem *why);

/** Register every module loaded. From inside host_run(), with the firmware up. */
int catalog_register(struct catalog *catalog, struct problem *why);

/** Main thread, with the firmware down. */
void catalog_unload(struct catalog *catalog);

#endif /* TESTBENCH_CATALOG_H */
