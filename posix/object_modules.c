/* SPDX-License-Identifier: BSD-3-Clause */
#include "object_modules.h"
#include "board.h"
#include "heap.h"

#include <ctype.h>
#include <errno.h>
#include <link.h>
#include <module/module/adapter_record.h>
#include <module/module/api_ver.h>
#include <module/module/format_record.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <string.h>

#define MODULES_MAX 256
/* DECLARE_MODULE_ADAPTER(eq_iir_interface, ...) */
#define NAME_ENDING "_interface"
/* Format of the build information of modules in C++, for a system interface of their own. */
#define IADK_FORMAT 0u

bool object_module_name(char to[HOST_MODULE_NAME_MAX], const char *from, size_t size)
{
	size_t i;

	for (i = 0; i < size && from[i]; i++) {
		char c = from[i];

		if (i == HOST_MODULE_NAME_MAX - 1 ||
		    !(isascii(c) && (isalnum(c) || strchr("_-.+", c))))
			break;
		to[i] = (char)tolower(c);
	}
	to[i] = '\0';
	return i && (i == size || !from[i]) && to[0] != '.';
}

bool object_adapter_name(char to[HOST_MODULE_NAME_MAX], const char *from)
{
	size_t length = strlen(from), ending = strlen(NAME_ENDING);

	if (length > ending && !strcmp(from + length - ending, NAME_ENDING))
		length -= ending;
	return object_module_name(to, from, length);
}

static int refuse_version(struct elf_object *elf, const struct sof_module_api_build_info *info)
{
	if (info->format == IADK_FORMAT)
		return elf_refuse(elf, -ENOEXEC,
				  "an IADK module (C++ with an interface of its own), which is not "
				  "supported");
	if (info->format != SOF_MODULE_API_BUILD_INFO_FORMAT)
		return elf_refuse(elf, -ENOEXEC,
				  "its build information has format 0x%x, expected "
				  "0x%x",
				  info->format, SOF_MODULE_API_BUILD_INFO_FORMAT);
	return elf_refuse(elf, -ENOEXEC, "built for module API version %u.%u.%u, expected %u.%u.%u",
			  info->api_version_number.fields.major,
			  info->api_version_number.fields.middle,
			  info->api_version_number.fields.minor, SOF_MODULE_API_MAJOR_VERSION,
			  SOF_MODULE_API_MIDDLE_VERSION, SOF_MODULE_API_MINOR_VERSION);
}

/* SOF asks for the very version as well. */
static int check_build_info(struct elf_object *elf)
{
	const Elf64_Shdr *section = elf_section(elf, ".mod_buildinfo");
	struct sof_module_api_build_info info;

	if (!section && elf_section(elf, ".buildinfo"))
		return elf_refuse(
			elf, -ENOEXEC,
			"a module for the native loader (.buildinfo): build it as an LLEXT "
			"module, with SOF_LLEXT_BUILDINFO");
	if (!section || section->sh_size < sizeof(info) || section->sh_type == SHT_NOBITS)
		return elf_refuse(elf, -ENOEXEC, "no build information (SOF_LLEXT_BUILDINFO)");
	memcpy(&info, elf->bytes + section->sh_offset, sizeof(info));
	if (info.format == SOF_MODULE_API_BUILD_INFO_FORMAT &&
	    info.api_version_number.full == SOF_MODULE_API_CURRENT_VERSION)
		return 0;
	return refuse_version(elf, &info);
}

/* A section of the loaded object with room for one entry or more; NULL when there is none. */
static int find_entries(struct elf_object *elf, const char *name, size_t size,
			const Elf64_Shdr **out)
{
	const Elf64_Shdr *section = elf_section(elf, name);

	*out = NULL;
	if (!section || !section->sh_size)
		return 0;
	if (section->sh_type == SHT_NOBITS || section->sh_size < size ||
	    section->sh_size / size > MODULES_MAX ||
	    elf_bytes(elf, section->sh_addr, section->sh_size) != elf->bytes + section->sh_offset)
		return elf_refuse(elf, -ENOEXEC, "damaged: its section %s", name);
	*out = section;
	return 0;
}

struct sections {
	const Elf64_Shdr *manifests, *records, *formats;
};

static int find_sections(struct elf_object *elf, struct sections *sections)
{
	int ret = find_entries(elf, ".module", sizeof(struct sof_man_module_manifest),
			       &sections->manifests);

	if (!ret)
		ret = find_entries(elf, ".sof_adapter", sizeof(struct sof_adapter_record),
				   &sections->records);
	return ret ? ret :
		     find_entries(elf, ".sof_formats", sizeof(struct sof_format_record),
				  &sections->formats);
}

int object_modules_check(struct elf_object *elf)
{
	struct sections sections;
	int ret = find_sections(elf, &sections);

	if (ret)
		return ret;
	if (!sections.manifests && !sections.records)
		return elf_refuse(elf, -ENOEXEC,
				  "no module in it (SOF_LLEXT_MODULE_MANIFEST, "
				  "DECLARE_MODULE_ADAPTER)");
	return sections.manifests ? check_build_info(elf) : 0;
}

static bool is_code(const struct elf_object *elf, uint64_t address)
{
	return elf_rights(elf, address, 1) & PF_X;
}

/* An op is NULL, code of the object, or a function it imports. */
static int check_op(struct elf_object *elf, const struct object_module *module, size_t offset,
		    bool *there)
{
	struct elf_pointer op;

	*there = false;
	if (!elf_pointer(elf, module->interface + offset, &op))
		return elf_refuse(elf, -EINVAL,
				  "module '%s': its interface lies outside the object",
				  module->module.name);
	if (op.symbol && op.symbol->st_shndx == SHN_UNDEF) {
		/* A weak one may come to nothing. */
		*there = ELF64_ST_BIND(op.symbol->st_info) != STB_WEAK;
		return 0;
	}
	if (op.address && !is_code(elf, op.address))
		return elf_refuse(elf, -EINVAL,
				  "module '%s': a function of its interface is not code of the "
				  "object",
				  module->module.name);
	*there = op.address != 0;
	return 0;
}

static int check_interface(struct elf_object *elf, const struct object_module *module)
{
	static const size_t processing[] = {
		offsetof(struct module_interface, process),
		offsetof(struct module_interface, process_audio_stream),
		offsetof(struct module_interface, process_raw_data),
	};
	const char *name = module->module.name;
	bool init = false, process = false;

	if (!module->interface)
		return elf_refuse(elf, -EINVAL, "module '%s' has no interface", name);
	if (is_code(elf, module->interface))
		return elf_refuse(
			elf, -EINVAL,
			"module '%s': its entry point is a function, of modules from before "
			"API version 5: a struct module_interface is expected",
			name);
	for (size_t i = 0; i < OBJECT_OPS; i++) {
		size_t offset = i * sizeof(uintptr_t);
		bool there;
		int ret = check_op(elf, module, offset, &there);

		if (ret)
			return ret;
		init = init || (there && offset == offsetof(struct module_interface, init));
		for (size_t p = 0; p < ARRAY_SIZE(processing); p++)
			process = process || (there && offset == processing[p]);
	}
	if (!init)
		return elf_refuse(elf, -EINVAL, "module '%s' has no init()", name);
	if (!process)
		return elf_refuse(elf, -EINVAL,
				  "module '%s' has no processing function: process(), "
				  "process_audio_stream() or process_raw_data()",
				  name);
	return 0;
}

/* SOF_LLEXT_MOD_ENTRY() leaves a pointer to the interface instead. */
static int read_entry(struct elf_object *elf, uint64_t address, struct object_module *module)
{
	const Elf64_Shdr *entries = elf_section(elf, ".sof_entry");
	struct elf_pointer entry;

	if (!elf_pointer(elf, address, &entry))
		return elf_refuse(elf, -ENOEXEC, "damaged: its modules");
	if (entries && entry.address - entries->sh_addr < entries->sh_size &&
	    !elf_pointer(elf, entry.address, &entry))
		return elf_refuse(elf, -ENOEXEC, "damaged: an entry point");
	module->interface = entry.address;
	return check_interface(elf, module);
}

static int read_manifest(struct elf_object *elf, uint64_t address, struct object_module *module)
{
	struct sof_man_module_manifest manifest;

	memcpy(&manifest, elf_bytes(elf, address, sizeof(manifest)), sizeof(manifest));
	if (!object_module_name(module->module.name, (const char *)manifest.module.name,
				sizeof(manifest.module.name)))
		return elf_refuse(elf, -EINVAL, "a manifest has no name, or one that is no name");
	memcpy(module->module.uuid, &manifest.module.uuid, sizeof(module->module.uuid));
	module->module.has_manifest = true;
	module->module.user_mode = manifest.module.type.user_mode;
	module->module.instances_max = manifest.module.instance_max_count;
	return read_entry(elf,
			  address + offsetof(struct sof_man_module_manifest, module.entry_point),
			  module);
}

static int read_record(struct elf_object *elf, uint64_t address, struct object_module *module)
{
	struct elf_pointer name, uuid;
	const char *text;
	const void *bytes;

	elf_pointer(elf, address + offsetof(struct sof_adapter_record, name), &name);
	elf_pointer(elf, address + offsetof(struct sof_adapter_record, uuid), &uuid);
	text = elf_text(elf, name.address);
	bytes = elf_bytes(elf, uuid.address, sizeof(module->module.uuid));
	if (!text || !object_adapter_name(module->module.name, text))
		return elf_refuse(elf, -EINVAL, "a module adapter has no name");
	if (!bytes)
		return elf_refuse(elf, -EINVAL, "module '%s' has no UUID", module->module.name);
	memcpy(module->module.uuid, bytes, sizeof(module->module.uuid));
	return read_entry(elf, address + offsetof(struct sof_adapter_record, ops), module);
}

/* Name and UUID against those of the modules before it. */
static int check_unique(struct elf_object *elf, const struct object_module *modules, size_t at)
{
	static const uint8_t none[sizeof(modules->module.uuid)];
	const struct host_module *module = &modules[at].module;

	if (!memcmp(module->uuid, none, sizeof(none)))
		return elf_refuse(elf, -EINVAL, "module '%s' has no UUID", module->name);
	for (size_t i = 0; i < at; i++) {
		if (!memcmp(modules[i].module.uuid, module->uuid, sizeof(module->uuid)))
			return elf_refuse(elf, -EINVAL, "modules '%s' and '%s' have the same UUID",
					  modules[i].module.name, module->name);
		if (!strcmp(modules[i].module.name, module->name))
			return elf_refuse(elf, -EINVAL, "two modules have the name '%s'",
					  module->name);
	}
	return 0;
}

/* A library of code that other objects use; nobody makes instances of it. */
static bool is_auxiliary(const struct elf_object *elf, uint64_t address)
{
	struct sof_man_module_manifest manifest;

	memcpy(&manifest, elf_bytes(elf, address, sizeof(manifest)), sizeof(manifest));
	return manifest.module.type.load_type == SOF_MAN_MOD_TYPE_LLEXT_AUX;
}

bool object_manifest_is_gap(const struct sof_man_module_manifest *manifest, bool has_entry)
{
	return !manifest->module.name[0] && !has_entry;
}

/* Compilers begin each variable at a multiple of what they like, so there may be gaps. */
static bool is_gap(struct elf_object *elf, uint64_t address)
{
	struct sof_man_module_manifest manifest;
	struct elf_pointer entry;

	memcpy(&manifest, elf_bytes(elf, address, sizeof(manifest)), sizeof(manifest));
	elf_pointer(elf, address + offsetof(struct sof_man_module_manifest, module.entry_point),
		    &entry);
	return object_manifest_is_gap(&manifest, entry.address || entry.symbol);
}

static int read_manifests(struct elf_object *elf, const Elf64_Shdr *section,
			  struct object_module *modules, size_t *count)
{
	const size_t size = sizeof(struct sof_man_module_manifest);
	uint64_t at = section->sh_addr, end = section->sh_addr + section->sh_size;
	int ret = 0;

	while (!ret && end - at >= size) {
		if (is_gap(elf, at)) {
			at += OBJECT_MANIFEST_STEP;
			continue;
		}
		if (!is_auxiliary(elf, at)) {
			ret = read_manifest(elf, at, &modules[*count]);
			if (!ret)
				ret = check_unique(elf, modules, (*count)++);
		}
		at += size;
	}
	return ret;
}

static int read_records(struct elf_object *elf, const Elf64_Shdr *section,
			struct object_module *modules, size_t *count)
{
	const size_t size = sizeof(struct sof_adapter_record);
	int ret = 0;

	if (section->sh_size % size)
		return elf_refuse(elf, -ENOEXEC, "damaged: its section .sof_adapter");
	for (uint64_t at = 0; at < section->sh_size && !ret; at += size) {
		ret = read_record(elf, section->sh_addr + at, &modules[*count]);
		if (!ret)
			ret = check_unique(elf, modules, (*count)++);
	}
	return ret;
}

void object_take_formats(struct host_module *module, const struct sof_format_record *record)
{
	char name[HOST_MODULE_NAME_MAX];

	if (!object_module_name(name, record->name, sizeof(record->name)) ||
	    strcmp(name, module->name))
		return;
	module->input_samples = record->input_samples;
	module->input_containers = record->input_containers;
	module->output_samples = record->output_samples;
	module->output_containers = record->output_containers;
}

static int read_formats(struct elf_object *elf, const Elf64_Shdr *section,
			struct object_module *modules, size_t count)
{
	struct sof_format_record record;

	if (section->sh_size % sizeof(record))
		return elf_refuse(elf, -ENOEXEC, "damaged: its section .sof_formats");
	for (uint64_t at = 0; at < section->sh_size; at += sizeof(record)) {
		memcpy(&record, elf->bytes + section->sh_offset + at, sizeof(record));
		for (size_t i = 0; i < count; i++)
			object_take_formats(&modules[i].module, &record);
	}
	return 0;
}

static int read_all(struct elf_object *elf, const struct sections *sections,
		    struct object_module *modules, size_t *count)
{
	int ret = 0;

	if (sections->manifests)
		ret = read_manifests(elf, sections->manifests, modules, count);
	if (!ret && sections->records)
		ret = read_records(elf, sections->records, modules, count);
	if (!ret && sections->formats)
		ret = read_formats(elf, sections->formats, modules, *count);
	if (!ret && !*count)
		ret = elf_refuse(elf, -ENOEXEC,
				 "no module in it, only code for others (SOF_LLEXT_AUX_MANIFEST)");
	return ret;
}

int object_modules_read(struct elf_object *elf, struct object_module **modules, size_t *count)
{
	struct sections sections;
	struct object_module *read;
	size_t room = 0;
	int ret = find_sections(elf, &sections);

	*modules = NULL;
	*count = 0;
	if (ret)
		return ret;
	if (sections.manifests)
		room += sections.manifests->sh_size / sizeof(struct sof_man_module_manifest);
	if (sections.records)
		room += sections.records->sh_size / sizeof(struct sof_adapter_record);
	read = heap_kernel_zalloc(room * sizeof(*read));
	if (!read)
		return elf_refuse(elf, -ENOMEM, "no memory");
	ret = read_all(elf, &sections, read, count);
	if (ret)
		heap_kernel_free(read);
	else
		*modules = read;
	return ret;
}

int object_modules_verify(struct elf_object *elf, const struct object_module *module,
			  uintptr_t base)
{
	const uintptr_t *ops = (const uintptr_t *)(base + module->interface);

	for (size_t i = 0; i < OBJECT_OPS; i++) {
		struct elf_pointer told;

		elf_pointer(elf, module->interface + i * sizeof(*ops), &told);
		if (told.symbol && told.symbol->st_shndx == SHN_UNDEF)
			continue;
		if (ops[i] != (told.address ? base + told.address : 0))
			return elf_refuse(
				elf, -ENOEXEC,
				"module '%s': a function of its interface has the name of a "
				"firmware function, %.64s: link it with -Bsymbolic",
				module->module.name,
				told.symbol ? elf_symbol_name(elf, told.symbol) : "?");
	}
	return 0;
}
