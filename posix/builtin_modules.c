/* SPDX-License-Identifier: BSD-3-Clause */
/* Modules that are linked into the program: the same sections as in an object, kept by program.ld. */
#include <host/loader.h>

#include "object_modules.h"

#include <errno.h>
#include <module/module/adapter_record.h>
#include <module/module/format_record.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <string.h>

extern const uint8_t z_modules_start[], z_modules_end[];
extern const struct sof_adapter_record z_adapters_start[], z_adapters_end[];
extern const struct sof_format_record z_formats_start[], z_formats_end[];
extern const uintptr_t z_entries_start[], z_entries_end[];

/* SOF_LLEXT_MOD_ENTRY() leaves a pointer to the interface instead. */
static const struct module_interface *interface_at(uintptr_t entry)
{
	if (entry >= (uintptr_t)z_entries_start && entry < (uintptr_t)z_entries_end)
		entry = *(const uintptr_t *)entry;
	return (const struct module_interface *)entry;
}

static int fill(struct host_module *module, bool named, const void *uuid, uintptr_t entry)
{
	memcpy(module->uuid, uuid, sizeof(module->uuid));
	module->ops = interface_at(entry);
	for (const struct sof_format_record *record = z_formats_start; record < z_formats_end;
	     record++)
		object_take_formats(module, record);
	if (!named || !module->ops || !module->ops->init ||
	    !(module->ops->process || module->ops->process_audio_stream ||
	      module->ops->process_raw_data))
		return -EINVAL;
	return 0;
}

static int fill_from_manifest(struct host_module *module, const struct sof_man_module *manifest)
{
	bool named = object_module_name(module->name, (const char *)manifest->name,
					sizeof(manifest->name));

	module->has_manifest = true;
	module->user_mode = manifest->type.user_mode;
	module->instances_max = manifest->instance_max_count;
	return fill(module, named, &manifest->uuid, manifest->entry_point);
}

/* The manifest at place \p index; less is subtracted from it when there are less. */
static bool find_manifest(size_t *index, struct sof_man_module_manifest *manifest)
{
	const uint8_t *at = z_modules_start;

	while ((size_t)(z_modules_end - at) >= sizeof(*manifest)) {
		memcpy(manifest, at, sizeof(*manifest));
		/* What has no name is no module; a pointer seen across a gap would say nothing. */
		if (object_manifest_is_gap(manifest, false)) {
			at += OBJECT_MANIFEST_STEP;
			continue;
		}
		at += sizeof(*manifest);
		if (manifest->module.type.load_type != SOF_MAN_MOD_TYPE_LLEXT_AUX && !(*index)--)
			return true;
	}
	return false;
}

int host_builtin_module(size_t index, struct host_module *module)
{
	struct sof_man_module_manifest manifest;
	const struct sof_adapter_record *record;

	memset(module, 0, sizeof(*module));
	if (find_manifest(&index, &manifest))
		return fill_from_manifest(module, &manifest.module);
	if (index >= (size_t)(z_adapters_end - z_adapters_start))
		return -ENOENT;
	record = z_adapters_start + index;
	return fill(module, object_adapter_name(module->name, record->name), record->uuid,
		    (uintptr_t)record->ops);
}
