/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file host/loader.h
 * \brief Shared objects with SOF modules in them.
 *
 * An object carries one sof_man_module_manifest or several in its ".module" section, as
 * SOF_LLEXT_MODULE_MANIFEST() makes them. Nothing of the object runs while it is examined; constructors,
 * which sof_add_module() builds none of, would run when it is loaded.
 *
 * Calling mode: main thread, or supervisor mode with host memory open.
 */
#ifndef HOST_LOADER_H
#define HOST_LOADER_H

#include <stddef.h>
#include <zephyr/app_memory/mem_domain.h>

struct sof_man_module_manifest;
struct host_object;

/**
 * Load \p path and find its modules.
 *
 * \param[out] object the loaded object, NULL on failure
 * \param[out] why    one line that says what is wrong, for -ENOEXEC and -EINVAL; static storage
 * \return 0; -ENOEXEC not a loadable module; -EINVAL a manifest is wrong; -ENOMEM; or why the file
 *         can't be opened (-ENOENT, -EACCES, ...).
 */
int host_object_load(const char *path, struct host_object **object, const char **why);

/** Manifests found, \p count of them; they live as long as the object. */
const struct sof_man_module_manifest *host_object_manifests(const struct host_object *object,
							    size_t *count);

const char *host_object_path(const struct host_object *object);

/**
 * The object's writable pages (.data, .bss), to be granted to the domains of its instances.
 * Closed to every other user thread from the moment of loading.
 *
 * \param[out] partitions first of \p count partitions, NULL when it has no writable data
 */
const struct k_mem_partition *host_object_data(const struct host_object *object, size_t *count);

/** Unload. \p object is set to NULL. No instance of its modules may be left. */
void host_object_unload(struct host_object **object);

#endif /* HOST_LOADER_H */
