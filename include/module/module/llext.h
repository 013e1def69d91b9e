/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/module/llext.h
 * \brief How a loadable object tells which modules it holds.
 *
 * One object has one manifest or an array of them in section ".module", const and __used, and
 * SOF_LLEXT_BUILDINFO once. entry is the struct module_interface of the module:
 *
 *   static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
 *           SOF_LLEXT_MODULE_MANIFEST("GAIN", &gain_interface, 1, SOF_REG_UUID(gain), 40);
 *   SOF_LLEXT_BUILDINFO;
 *
 * The argument behind instances, if any, is user_mode: 1 for a module that wants to run in user
 * mode. Include module/module/api_ver.h and rimage/sof/user/manifest.h as well.
 */
#ifndef MODULE_MODULE_LLEXT_H
#define MODULE_MODULE_LLEXT_H

#include <module/module/api_ver.h>
#include <rimage/sof/user/manifest.h>
#include <sof/compiler_attributes.h>
#include <stdint.h>

/* The argument behind instances, 0 when there is none. */
#define SOF_LLEXT_SECOND(first, second, ...) second
#define SOF_LLEXT_USER_MODE(...)	     SOF_LLEXT_SECOND(0, ##__VA_ARGS__, 0, 0)

#define SOF_LLEXT_MODULE_MANIFEST(manifest_name, entry, affinity, mod_uuid, instances, ...)          \
	{                                                                                            \
		.module = {                                                                        \
			.name = manifest_name,                                                     \
			.uuid = mod_uuid,                                                          \
			.type =                                                                    \
				{                                                                  \
					.load_type = SOF_MAN_MOD_TYPE_LLEXT,                       \
					.domain_ll = 1,                                            \
					.user_mode = SOF_LLEXT_USER_MODE(__VA_ARGS__),             \
				},                                                                 \
			.entry_point = (uintptr_t)(entry),                                         \
			.affinity_mask = (affinity),                                               \
			.instance_max_count = (instances),                                         \
		} \
	}

/**
 * An entry point for a manifest, NAME_llext_entry, as modules made before module API version 5 have
 * it: there a function that returned the interface, here a constant, as nothing of a module may run
 * before its instances do.
 */
#define SOF_LLEXT_MOD_ENTRY(name, interface)                                                       \
	static const struct module_interface *const name##_llext_entry[] __section(".sof_entry")   \
		__used = { interface }

/** A library of code that other objects use; it has no instances. */
#define SOF_LLEXT_AUX_MANIFEST(manifest_name, entry, mod_uuid)                                     \
	{                                                                                          \
		.module = {                                                                        \
			.name = manifest_name,                                                     \
			.uuid = mod_uuid,                                                          \
			.type = { .load_type = SOF_MAN_MOD_TYPE_LLEXT_AUX },                       \
			.entry_point = (uintptr_t)(entry),                                         \
		}                                                                                  \
	}

#define SOF_LLEXT_BUILDINFO                                                                        \
	static const struct sof_module_api_build_info buildinfo __section(".mod_buildinfo")        \
		__used = {                                                                         \
			.format = SOF_MODULE_API_BUILD_INFO_FORMAT,                                \
			.api_version_number = { .full = SOF_MODULE_API_CURRENT_VERSION },          \
		}

#endif /* MODULE_MODULE_LLEXT_H */
