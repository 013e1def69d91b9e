/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file catalog_private.h
 * \brief Entries of a catalog, for those who look for what to enter.
 */
#ifndef TESTBENCH_CATALOG_PRIVATE_H
#define TESTBENCH_CATALOG_PRIVATE_H

#include "catalog.h"

/** Load the object \p path with all of its modules. -EEXIST when it has one of a name or UUID that is
 * there already; \p why is filled on failure, and nothing was entered then. */
int catalog_load_object(struct catalog *catalog, const char *path, struct problem *why);

/** Enter one module, of \p object or, with NULL, of the program. Errors as above. */
int catalog_enter(struct catalog *catalog, const struct host_module *module,
		  const struct host_object *object, struct problem *why);

const struct catalog_module *catalog_find_uuid(const struct catalog *catalog, const uint8_t *uuid);

/** The entry that \p module would be a second one of, by \p what: "name" or "UUID". NULL: none. */
const struct catalog_module *catalog_find_twin(const struct catalog *catalog,
					       const struct host_module *module, const char **what);

#endif /* TESTBENCH_CATALOG_PRIVATE_H */
