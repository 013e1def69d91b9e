/* SPDX-License-Identifier: BSD-3-Clause */
#include <host/loader.h>

#include "arena.h"
#include "board.h"
#include "heap.h"
#include "imports.h"
#include "protect.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <module/module/api_ver.h>
#include <rimage/sof/user/manifest.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATA_MAX 4

struct host_object {
	void *handle;
	struct sof_man_module_manifest *manifests; /* copies: the originals are module data */
	size_t count;
	struct k_mem_partition data[DATA_MAX];
	struct arena_region *regions[DATA_MAX];
	size_t data_count;
	char path[PATH_MAX];
};

/* The file's bytes, every offset in it checked before use. */
struct image {
	const uint8_t *bytes;
	size_t size;
	const Elf64_Ehdr *header;
	const Elf64_Shdr *sections;
};

static char why_text[256];

static int refuse(const char **why, int error, const char *text)
{
	snprintf(why_text, sizeof(why_text), "%s", text);
	*why = why_text;
	return error;
}

static bool inside(const struct image *image, uint64_t offset, uint64_t size)
{
	return offset <= image->size && size <= image->size - offset;
}

static int map_file(const char *path, struct image *image, const char **why)
{
	struct stat status;
	void *bytes;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return refuse(why, -errno, strerror(errno));
	if (fstat(fd, &status) || !S_ISREG(status.st_mode)) {
		close(fd);
		return refuse(why, -ENOEXEC, "not a regular file");
	}
	if ((size_t)status.st_size < sizeof(Elf64_Ehdr)) {
		close(fd);
		return refuse(why, -ENOEXEC, "not a shared object: too short");
	}
	image->size = (size_t)status.st_size;
	bytes = mmap(NULL, image->size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (bytes == MAP_FAILED)
		return refuse(why, -ENOMEM, "no memory to read it");
	image->bytes = bytes;
	return 0;
}

static int check_header(struct image *image, const char **why)
{
	const Elf64_Ehdr *header = (const Elf64_Ehdr *)image->bytes;

	if (memcmp(header->e_ident, ELFMAG, SELFMAG))
		return refuse(why, -ENOEXEC, "not a shared object: no ELF header");
	if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB ||
	    header->e_machine != EM_X86_64)
		return refuse(why, -ENOEXEC, "built for another machine: x86-64 expected");
	if (header->e_type != ET_DYN)
		return refuse(why, -ENOEXEC, "not a shared object: link it with -shared");
	if (header->e_shentsize != sizeof(Elf64_Shdr) || !header->e_shnum ||
	    header->e_shoff % _Alignof(Elf64_Shdr) || header->e_shstrndx >= header->e_shnum ||
	    !inside(image, header->e_shoff, (uint64_t)header->e_shnum * sizeof(Elf64_Shdr)))
		return refuse(why, -ENOEXEC, "its section table is missing or damaged");
	image->header = header;
	image->sections = (const Elf64_Shdr *)(image->bytes + header->e_shoff);
	return 0;
}

static const Elf64_Shdr *find_section(const struct image *image, const char *name)
{
	const Elf64_Shdr *strings = &image->sections[image->header->e_shstrndx];
	size_t length = strlen(name) + 1;

	if (!inside(image, strings->sh_offset, strings->sh_size))
		return NULL;
	for (size_t i = 0; i < image->header->e_shnum; i++) {
		const Elf64_Shdr *section = &image->sections[i];

		if (section->sh_name >= strings->sh_size ||
		    strings->sh_size - section->sh_name < length)
			continue;
		if (!memcmp(image->bytes + strings->sh_offset + section->sh_name, name, length))
			return section;
	}
	return NULL;
}

static int check_build_info(const struct image *image, const char **why)
{
	const Elf64_Shdr *section = find_section(image, ".mod_buildinfo");
	struct sof_module_api_build_info info;

	if (!section || section->sh_size < sizeof(info) ||
	    !inside(image, section->sh_offset, sizeof(info)))
		return refuse(why, -ENOEXEC, "no build information (SOF_LLEXT_BUILDINFO)");
	memcpy(&info, image->bytes + section->sh_offset, sizeof(info));
	if (info.format == SOF_MODULE_API_BUILD_INFO_FORMAT &&
	    info.api_version_number.fields.major == SOF_MODULE_API_MAJOR_VERSION)
		return 0;
	snprintf(why_text, sizeof(why_text), "built for module API version %u.%u.%u, expected %u",
		 info.api_version_number.fields.major, info.api_version_number.fields.middle,
		 info.api_version_number.fields.minor, SOF_MODULE_API_MAJOR_VERSION);
	*why = why_text;
	return -EINVAL;
}

static int check_imports(const struct image *image, const char **why)
{
	const Elf64_Shdr *symbols = find_section(image, ".dynsym");
	const Elf64_Shdr *strings = find_section(image, ".dynstr");
	const char *forbidden;

	/* Without them it calls nobody. */
	if (!symbols || !strings || !strings->sh_size)
		return 0;
	if (!inside(image, symbols->sh_offset, symbols->sh_size) ||
	    !inside(image, strings->sh_offset, strings->sh_size) ||
	    symbols->sh_offset % _Alignof(Elf64_Sym) ||
	    image->bytes[strings->sh_offset + strings->sh_size - 1])
		return refuse(why, -ENOEXEC, "its symbol table is damaged");
	forbidden = imports_find_forbidden((const Elf64_Sym *)(image->bytes + symbols->sh_offset),
					   symbols->sh_size / sizeof(Elf64_Sym),
					   (const char *)(image->bytes + strings->sh_offset),
					   strings->sh_size);
	if (!forbidden)
		return 0;
	snprintf(why_text, sizeof(why_text), "it uses %s, which firmware does not have", forbidden);
	*why = why_text;
	return -EINVAL;
}

/* Where the manifests are, once loaded, and how many. */
static int find_manifests(const struct image *image, uint64_t *address, size_t *count,
			  const char **why)
{
	const Elf64_Shdr *section = find_section(image, ".module");
	const size_t size = sizeof(struct sof_man_module_manifest);

	if (!section || !section->sh_size)
		return refuse(why, -ENOEXEC,
			      "no module in it: no .module section (SOF_LLEXT_MODULE_MANIFEST)");
	if (section->sh_size % size)
		return refuse(why, -ENOEXEC, "its .module section holds no whole manifests");
	*address = section->sh_addr;
	*count = section->sh_size / size;
	return 0;
}

/* Writable pages behind what the dynamic linker has made read-only after relocation. */
static int collect_data(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct host_object *object = arg;
	struct link_map *map;
	uintptr_t read_only_end = 0;

	if (dlinfo(object->handle, RTLD_DI_LINKMAP, &map) || info->dlpi_addr != map->l_addr)
		return 0;
	for (size_t i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_GNU_RELRO)
			read_only_end = ROUND_DOWN(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr +
							   info->dlpi_phdr[i].p_memsz,
						   PAGE_SIZE);
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
		uintptr_t start, end;

		if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_W))
			continue;
		start = ROUND_DOWN(info->dlpi_addr + segment->p_vaddr, PAGE_SIZE);
		end = ROUND_UP(info->dlpi_addr + segment->p_vaddr + segment->p_memsz, PAGE_SIZE);
		if (read_only_end > start)
			start = read_only_end;
		if (start < end && object->data_count < DATA_MAX)
			object->data[object->data_count++] =
				(struct k_mem_partition){ start, end - start,
							  K_MEM_PARTITION_P_RW_U_RW };
	}
	return 1;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static int adopt_data(struct host_object *object)
{
	dl_iterate_phdr(collect_data, object);
	for (size_t i = 0; i < object->data_count; i++) {
		struct k_mem_partition *data = &object->data[i];

		object->regions[i] = arena_adopt(data->start, data->size, HOST_MEMORY_MODULE_DATA,
						 base_name(object->path));
		if (!object->regions[i])
			return -ENOMEM;
		protect_region_new(data->start, data->size);
	}
	return 0;
}

static int check_manifest(const struct sof_man_module_manifest *manifest, const char **why)
{
	if (!manifest->module.entry_point)
		return refuse(why, -EINVAL, "a manifest names no module interface");
	if (!manifest->module.name[0])
		return refuse(why, -EINVAL, "a manifest has no name");
	return 0;
}

static int load(struct host_object *object, uint64_t address, const char **why)
{
	struct link_map *map;
	size_t size = object->count * sizeof(*object->manifests);
	int ret;

	object->handle = dlopen(object->path, RTLD_NOW | RTLD_LOCAL);
	if (!object->handle)
		return refuse(why, -ENOEXEC, dlerror());
	object->manifests = heap_kernel_zalloc(size);
	if (!object->manifests || dlinfo(object->handle, RTLD_DI_LINKMAP, &map))
		return refuse(why, -ENOMEM, "no memory");
	memcpy(object->manifests, (void *)(map->l_addr + address), size);
	for (size_t i = 0; i < object->count; i++) {
		ret = check_manifest(&object->manifests[i], why);
		if (ret)
			return ret;
	}
	ret = adopt_data(object);
	return ret ? refuse(why, ret, "no memory") : 0;
}

int host_object_load(const char *path, struct host_object **object, const char **why)
{
	struct image image = { 0 };
	struct host_object *loaded;
	uint64_t address = 0;
	int ret, length;

	*object = NULL;
	*why = "";
	loaded = heap_kernel_zalloc(sizeof(*loaded));
	if (!loaded)
		return refuse(why, -ENOMEM, "no memory");
	/* A name without a slash would be looked for where libraries are. */
	length = snprintf(loaded->path, sizeof(loaded->path), "%s%s", strchr(path, '/') ? "" : "./",
			  path);
	ret = length < 0 || (size_t)length >= sizeof(loaded->path) ?
		      refuse(why, -ENAMETOOLONG, strerror(ENAMETOOLONG)) :
		      map_file(path, &image, why);
	if (!ret)
		ret = check_header(&image, why);
	if (!ret)
		ret = check_build_info(&image, why);
	if (!ret)
		ret = find_manifests(&image, &address, &loaded->count, why);
	if (!ret)
		ret = check_imports(&image, why);
	if (image.bytes)
		munmap((void *)image.bytes, image.size);
	if (!ret)
		ret = load(loaded, address, why);
	if (ret)
		host_object_unload(&loaded);
	*object = loaded;
	return ret;
}

const struct sof_man_module_manifest *host_object_manifests(const struct host_object *object,
							    size_t *count)
{
	*count = object->count;
	return object->manifests;
}

const char *host_object_path(const struct host_object *object)
{
	return object->path;
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
	heap_kernel_free(loaded->manifests);
	heap_kernel_free(loaded);
	*object = NULL;
}
