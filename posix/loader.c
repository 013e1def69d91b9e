/* SPDX-License-Identifier: BSD-3-Clause */
#include <host/loader.h>

#include "arena.h"
#include "board.h"
#include "heap.h"
#include "imports.h"
#include "object_modules.h"
#include "protect.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <string.h>

/* Ranges of writable pages in one object. */
#define DATA_MAX       4
#define HOST_CALLS_MAX 512

struct host_object {
	void *handle;
	struct host_module *modules;
	size_t count;
	struct k_mem_partition data[DATA_MAX];
	struct arena_region *regions[DATA_MAX];
	size_t data_count;
	char host_calls[HOST_CALLS_MAX];
	char path[PATH_MAX];
};

static int add_data(struct elf_object *elf, struct host_object *object, uint64_t start,
		    uint64_t end)
{
	if (start >= end)
		return 0;
	if (object->data_count == DATA_MAX)
		return elf_refuse(elf, -ENOEXEC, "it has more than %d writable segments", DATA_MAX);
	object->data[object->data_count++] =
		(struct k_mem_partition){ start, end - start, K_MEM_PARTITION_P_RW_U_RW };
	return 0;
}

/* Pages that the dynamic linker makes read-only after relocation. */
static void read_only_pages(const struct elf_object *elf, uint64_t *start, uint64_t *end)
{
	*start = *end = 0;
	for (size_t i = 0; i < elf->header->e_phnum; i++) {
		const Elf64_Phdr *segment = &elf->segments[i];

		if (segment->p_type != PT_GNU_RELRO)
			continue;
		*start = ROUND_DOWN(segment->p_vaddr, PAGE_SIZE);
		*end = ROUND_DOWN(segment->p_vaddr + segment->p_memsz, PAGE_SIZE);
	}
}

/* Writable pages of the object, by its own addresses. */
static int find_data(struct elf_object *elf, struct host_object *object)
{
	uint64_t constant_start, constant_end;
	int ret = 0;

	read_only_pages(elf, &constant_start, &constant_end);
	for (size_t i = 0; i < elf->header->e_phnum && !ret; i++) {
		const Elf64_Phdr *segment = &elf->segments[i];
		uint64_t start = ROUND_DOWN(segment->p_vaddr, PAGE_SIZE);
		uint64_t end = ROUND_UP(segment->p_vaddr + segment->p_memsz, PAGE_SIZE);

		if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_W))
			continue;
		if (constant_start >= constant_end || constant_end <= start ||
		    constant_start >= end) {
			ret = add_data(elf, object, start, end);
			continue;
		}
		ret = add_data(elf, object, start, constant_start);
		if (!ret)
			ret = add_data(elf, object, constant_end, end);
	}
	return ret;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static int adopt_data(struct host_object *object, uintptr_t base)
{
	for (size_t i = 0; i < object->data_count; i++) {
		struct k_mem_partition *data = &object->data[i];

		data->start += base;
		object->regions[i] = arena_adopt(data->start, data->size, HOST_MEMORY_MODULE_DATA,
						 base_name(object->path));
		if (!object->regions[i])
			return -ENOMEM;
		protect_region_new(data->start, data->size);
	}
	return 0;
}

/* All that the file tells; nothing of it is in the program yet. */
static int examine(struct elf_object *elf, struct host_object *object, unsigned int flags,
		   struct object_module **modules, size_t *count)
{
	int ret = object_modules_check(elf);

	if (!ret)
		ret = elf_check_segments(elf);
	if (!ret)
		ret = elf_check_dynamic(elf);
	if (!ret)
		ret = elf_check_relocations(elf);
	if (!ret)
		ret = elf_check_constructors(elf);
	if (!ret)
		ret = find_data(elf, object);
	if (!ret)
		ret = object_modules_read(elf, modules, count);
	if (!ret)
		ret = imports_check(elf, flags, object->host_calls, sizeof(object->host_calls));
	return ret;
}

static int take_modules(struct elf_object *elf, struct host_object *object,
			const struct object_module *modules, size_t count)
{
	struct link_map *map;
	int ret;

	object->modules = heap_kernel_zalloc(count * sizeof(*object->modules));
	if (!object->modules || dlinfo(object->handle, RTLD_DI_LINKMAP, &map))
		return elf_refuse(elf, -ENOMEM, "no memory");
	object->count = count;
	for (size_t i = 0; i < count; i++) {
		ret = object_modules_verify(elf, &modules[i], map->l_addr);
		if (ret)
			return ret;
		object->modules[i] = modules[i].module;
		object->modules[i].ops =
			(const struct module_interface *)(map->l_addr + modules[i].interface);
	}
	return adopt_data(object, map->l_addr) ? elf_refuse(elf, -ENOMEM, "no memory") : 0;
}

static int load(struct elf_object *elf, struct host_object *object, unsigned int flags)
{
	struct object_module *modules = NULL;
	size_t count = 0;
	int ret = examine(elf, object, flags, &modules, &count);

	if (!ret) {
		object->handle = dlopen(object->path, RTLD_NOW | RTLD_LOCAL);
		ret = object->handle ? take_modules(elf, object, modules, count) :
				       elf_refuse(elf, -ENOEXEC, "%s", dlerror());
	}
	heap_kernel_free(modules);
	return ret;
}

int host_object_load(const char *path, unsigned int flags, struct host_object **object,
		     struct host_refusal *refusal)
{
	struct elf_object elf = { .refusal = refusal };
	struct host_object *loaded;
	int ret, length;

	*object = NULL;
	memset(refusal, 0, sizeof(*refusal));
	loaded = heap_kernel_zalloc(sizeof(*loaded));
	if (!loaded)
		return elf_refuse(&elf, -ENOMEM, "no memory");
	/* A name without a slash would be looked for where libraries are. */
	length = snprintf(loaded->path, sizeof(loaded->path), "%s%s", strchr(path, '/') ? "" : "./",
			  path);
	if (length < 0 || (size_t)length >= sizeof(loaded->path))
		ret = elf_refuse(&elf, -ENAMETOOLONG, "%s", strerror(ENAMETOOLONG));
	else
		ret = elf_open(&elf, path, refusal);
	if (!ret)
		ret = load(&elf, loaded, flags);
	elf_close(&elf);
	if (ret)
		host_object_unload(&loaded);
	*object = loaded;
	return ret;
}

bool host_object_mentions(const char *path, const uint8_t uuid[16])
{
	struct host_refusal refusal;
	struct elf_object elf = { 0 };
	bool found = false;

	if (!elf_open(&elf, path, &refusal))
		found = elf_mentions(&elf, uuid, 16);
	elf_close(&elf);
	return found;
}

const struct host_module *host_object_modules(const struct host_object *object, size_t *count)
{
	*count = object->count;
	return object->modules;
}

const char *host_object_path(const struct host_object *object)
{
	return object->path;
}

const char *host_object_host_calls(const struct host_object *object)
{
	return object->host_calls;
}

const struct k_mem_partition *host_object_data(const struct host_object *object, size_t *count)
{
	*count = object->data_count;
	return object->data_count ? object->data : NULL;
}

void host_object_unload(struct host_object **object)
{
	struct host_object *loaded = *object;

	if (!loaded)
		return;
	for (size_t i = 0; i < loaded->data_count; i++) {
		if (!loaded->regions[i])
			continue;
		protect_open(loaded->data[i].start);
		protect_region_gone(loaded->data[i].start, loaded->data[i].size);
		arena_destroy(loaded->regions[i]);
	}
	if (loaded->handle)
		dlclose(loaded->handle);
	heap_kernel_free(loaded->modules);
	heap_kernel_free(loaded);
	*object = NULL;
}
