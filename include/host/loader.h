/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file host/loader.h
 * \brief Objects with SOF modules in them, and modules that are linked into the program.
 *
 * A module is told of in one of two ways, several of either in one object too: by a manifest in
 * section ".module" with build information beside it (SOF_LLEXT_MODULE_MANIFEST(),
 * SOF_LLEXT_BUILDINFO), or by DECLARE_MODULE_ADAPTER(), which leaves a record in section
 * ".sof_adapter". Both give the same struct host_module.
 *
 * The file is read first and nothing of it runs, nor does the dynamic linker see it, unless all of
 * this holds:
 *  - it is a whole x86-64 shared object, its segments in order and apart, none of them writable and
 *    executable, no executable stack, no thread-local storage;
 *  - every table the dynamic linker will use lies in read-only memory of the file and holds together;
 *  - no code runs when it is loaded or unloaded: no constructors or destructors, no start files, no
 *    indirect functions; it needs no library that is not in the program already;
 *  - relocations write to its writable memory only (no text relocations);
 *  - each module has a name, a UUID of its own, and a constant interface whose init() and one
 *    processing function at least are code of the object (these two are what SOF demands);
 *  - what it imports is exported by firmware: declared by a public header (include/, but for
 *    include/host/) and defined by the core. Beside it: a few functions of the C library that
 *    Zephyr's has too and that need neither heap nor locks, and plain arithmetic of libm.
 *
 * Once loaded, the interfaces are compared with what the file told, byte for byte.
 *
 * Calling mode: main thread, or supervisor mode with host memory open.
 */
#ifndef HOST_LOADER_H
#define HOST_LOADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zephyr/app_memory/mem_domain.h>

struct module_interface;
struct host_object;

#define HOST_MODULE_NAME_MAX 33

struct host_module {
	char name[HOST_MODULE_NAME_MAX]; /**< lower case */
	uint8_t uuid[16];		 /**< struct sof_uuid, byte for byte */
	const struct module_interface *ops;
	bool has_manifest;	/**< what follows is told; else it is 0 */
	bool user_mode;		/**< it says that it runs in user mode */
	uint16_t instances_max; /**< 0: not told */
	/** Sizes that its board description declares, as bits (module/module/format_record.h); all 0
	 * when it declares none. */
	uint8_t input_samples, input_containers, output_samples, output_containers;
};

/** Why an object is not loaded. */
struct host_refusal {
	char text[256];	 /**< one line, without the object's name */
	char import[96]; /**< the name firmware does not have, "" when it is not for one */
};

/** Let in what calls the C library and other libraries of the host. */
#define HOST_LOAD_ALLOW_HOST_CALLS 1u

/**
 * Load \p path and find its modules.
 *
 * \param flags        HOST_LOAD_*
 * \param[out] object  the loaded object, NULL on failure
 * \param[out] refusal filled on failure
 * \return 0; -ENOEXEC not a loadable module; -EINVAL a module in it is wrong; -ENOLINK it imports
 *         what it may not; -ENOMEM; or why the file can't be read (-ENOENT, -EACCES, ...).
 */
int host_object_load(const char *path, unsigned int flags, struct host_object **object,
		     struct host_refusal *refusal);

/**
 * Whether it is worth while to load \p path for a module with \p uuid: the object's constants hold
 * those bytes. Takes a fraction of the time.
 */
bool host_object_mentions(const char *path, const uint8_t uuid[16]);

/** Its modules, \p count of them, at least one; they live as long as the object. */
const struct host_module *host_object_modules(const struct host_object *object, size_t *count);

const char *host_object_path(const struct host_object *object);

/** Host calls that were let in, as "malloc, printf"; "" for none. */
const char *host_object_host_calls(const struct host_object *object);

/**
 * The object's writable pages (.data, .bss), to be granted to the domains of its instances.
 * Closed to every other user thread from the moment of loading.
 *
 * \param[out] count of partitions
 * \return the first of them, NULL when it has no writable data
 */
const struct k_mem_partition *host_object_data(const struct host_object *object, size_t *count);

/** Unload. \p object is set to NULL. No instance of its modules may be left. */
void host_object_unload(struct host_object **object);

/**
 * The module that is linked into the program at place \p index, in the linker's order. Its writable
 * variables are kernel data, as a built-in module's are on the board: closed to user threads.
 *
 * \return 0; -ENOENT past the last; -EINVAL its name or its interface is wrong, \p module is filled
 *         as far as it goes
 */
int host_builtin_module(size_t index, struct host_module *module);

#endif /* HOST_LOADER_H */
