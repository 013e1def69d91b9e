/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file object_modules.h
 * \brief The modules an object tells of, read from its file.
 */
#ifndef POSIX_OBJECT_MODULES_H
#define POSIX_OBJECT_MODULES_H

#include "elf_object.h"

struct sof_format_record;
struct sof_man_module_manifest;

/** Words of struct module_interface: all of its members are pointers. */
#define OBJECT_OPS (sizeof(struct module_interface) / sizeof(uintptr_t))
/** Manifests begin at multiples of so many bytes; there may be gaps between them. */
#define OBJECT_MANIFEST_STEP 4

/** A module as the file tells of it. */
struct object_module {
	struct host_module module; /**< but for ops */
	uint64_t interface;	   /**< address of its struct module_interface */
};

/** Check that there are modules in it, built for this version of the interface. 0 or -ENOEXEC. */
int object_modules_check(struct elf_object *elf);

/**
 * Read them, after all of the object was checked.
 *
 * \param[out] modules from the kernel heap; NULL on failure
 * \return 0; -ENOEXEC, -EINVAL with the refusal filled; -ENOMEM
 */
int object_modules_read(struct elf_object *elf, struct object_module **modules, size_t *count);

/**
 * Compare an interface in memory, of an object loaded at \p base, with what the file tells.
 * \return 0 or -ENOEXEC
 */
int object_modules_verify(struct elf_object *elf, const struct object_module *module,
			  uintptr_t base);

/** True for bytes between manifests: no name, and no entry point (\p has_entry). */
bool object_manifest_is_gap(const struct sof_man_module_manifest *manifest, bool has_entry);

/** \p to = \p from (of \p size bytes at most, up to a NUL) in lower case. False: no name for a
 * module: empty, too long, or with characters beside letters, digits and "_-.+". */
bool object_module_name(char to[HOST_MODULE_NAME_MAX], const char *from, size_t size);

/** Take over what the record declares, if it is this module's. */
void object_take_formats(struct host_module *module, const struct sof_format_record *record);

/** Without "_interface" at its end, which DECLARE_MODULE_ADAPTER()'s names have. */
bool object_adapter_name(char to[HOST_MODULE_NAME_MAX], const char *from);

#endif /* POSIX_OBJECT_MODULES_H */
