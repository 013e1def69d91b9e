/* SPDX-License-Identifier: BSD-3-Clause */
#include "host_library.h"
#include "board.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <string.h>

#define LIBRARIES_MAX 8

/* A library as the dynamic linker has loaded it. Pointers are addresses in memory. */
struct library {
	uintptr_t base, end;
	uintptr_t constant_start, constant_end; /* read-only since the library was loaded */
	const Elf64_Dyn *dynamic;
};

static struct {
	struct library library[LIBRARIES_MAX];
	size_t count;
} arithmetic;

static bool begins_with(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

static bool is_one_of(const char *path, const char *const *names, size_t count)
{
	const char *slash = strrchr(path, '/');

	for (size_t i = 0; i < count; i++)
		if (begins_with(slash ? slash + 1 : path, names[i]))
			return true;
	return false;
}

enum host_library_kind host_library_kind(const char *path)
{
	static const char *const core[] = { "libc.",   "libc-",	  "ld-",      "libpthread",
					    "libasan", "libtsan", "libubsan", "libgcov" };
	static const char *const math[] = { "libm.", "libm-", "libmvec." };

	if (is_one_of(path, core, ARRAY_SIZE(core)))
		return HOST_LIBRARY_CORE;
	if (is_one_of(path, math, ARRAY_SIZE(math)))
		return HOST_LIBRARY_ARITHMETIC;
	return HOST_LIBRARY_OTHER;
}

static int collect(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct library library = { .base = info->dlpi_addr };

	if (host_library_kind(info->dlpi_name) != HOST_LIBRARY_ARITHMETIC)
		return 0;
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const Elf64_Phdr *segment = &info->dlpi_phdr[i];
		uintptr_t start = library.base + segment->p_vaddr;

		if (segment->p_type == PT_LOAD)
			library.end = ROUND_UP(start + segment->p_memsz, PAGE_SIZE);
		if (segment->p_type == PT_DYNAMIC)
			library.dynamic = (const Elf64_Dyn *)start;
		if (segment->p_type == PT_GNU_RELRO) {
			library.constant_start = ROUND_DOWN(start, PAGE_SIZE);
			library.constant_end = ROUND_DOWN(start + segment->p_memsz, PAGE_SIZE);
		}
	}
	if (library.dynamic && arithmetic.count < LIBRARIES_MAX)
		arithmetic.library[arithmetic.count++] = library;
	return 0;
}

static uint64_t value_of(const struct library *library, int64_t tag)
{
	for (const Elf64_Dyn *entry = library->dynamic; entry->d_tag != DT_NULL; entry++)
		if (entry->d_tag == tag)
			return entry->d_un.d_val;
	return 0;
}

/* The dynamic linker may have replaced the file's addresses by those in memory, or not. */
static const void *table_of(const struct library *library, int64_t tag)
{
	uint64_t address = value_of(library, tag);

	return (const void *)(address && address < library->base ? address + library->base :
								   address);
}

/* The version that \p index of the table of versions means, where the library needs it. */
static const char *needed_version(const struct library *library, unsigned int index,
				  const char *strings)
{
	const uint8_t *need = table_of(library, DT_VERNEED);

	for (uint64_t left = value_of(library, DT_VERNEEDNUM); need && left; left--) {
		const Elf64_Verneed *head = (const Elf64_Verneed *)need;
		const uint8_t *at = need + head->vn_aux;

		for (unsigned int i = 0; i < head->vn_cnt; i++) {
			const Elf64_Vernaux *version = (const Elf64_Vernaux *)at;

			if (version->vna_other == index)
				return strings + version->vna_name;
			at += version->vna_next;
		}
		need += head->vn_next;
	}
	return NULL;
}

static const char *defined_version(const struct library *library, unsigned int index,
				   const char *strings)
{
	const uint8_t *at = table_of(library, DT_VERDEF);

	for (uint64_t left = value_of(library, DT_VERDEFNUM); at && left; left--) {
		const Elf64_Verdef *definition = (const Elf64_Verdef *)at;

		if (definition->vd_ndx == index)
			return strings +
			       ((const Elf64_Verdaux *)(at + definition->vd_aux))->vda_name;
		at += definition->vd_next;
	}
	return NULL;
}

/* The function as the dynamic linker would find it: the program's own stands before all others. */
static void *find_function(const struct library *library, uint32_t symbol)
{
	const Elf64_Sym *symbols = table_of(library, DT_SYMTAB);
	const uint16_t *versions = table_of(library, DT_VERSYM);
	const char *strings = table_of(library, DT_STRTAB), *version = NULL;
	const char *name = strings + symbols[symbol].st_name;
	void *function = dlsym(RTLD_DEFAULT, name);
	Dl_info where, program;

	if (function && dladdr(function, &where) && dladdr(z_kernel_data_start, &program) &&
	    where.dli_fbase == program.dli_fbase)
		return function;
	if (versions)
		version = needed_version(library, versions[symbol] & 0x7fff, strings);
	if (versions && !version)
		version = defined_version(library, versions[symbol] & 0x7fff, strings);
	return version ? dlvsym(RTLD_DEFAULT, name, version) : function;
}

static void bind(const struct library *library)
{
	const Elf64_Rela *relocation = table_of(library, DT_JMPREL);
	const Elf64_Rela *end = relocation + value_of(library, DT_PLTRELSZ) / sizeof(*relocation);

	for (; relocation < end; relocation++) {
		uintptr_t slot = library->base + relocation->r_offset;
		void *function;

		if (ELF64_R_TYPE(relocation->r_info) != R_X86_64_JUMP_SLOT ||
		    (slot >= library->constant_start && slot < library->constant_end))
			continue;
		function = find_function(library, (uint32_t)ELF64_R_SYM(relocation->r_info));
		if (function)
			*(void **)slot = function;
	}
}

void host_libraries_bind(void)
{
	arithmetic.count = 0;
	dl_iterate_phdr(collect, NULL);
	for (size_t i = 0; i < arithmetic.count; i++)
		bind(&arithmetic.library[i]);
}

uintptr_t host_library_end(uintptr_t address)
{
	for (size_t i = 0; i < arithmetic.count; i++)
		if (address >= arithmetic.library[i].base && address < arithmetic.library[i].end)
			return arithmetic.library[i].end;
	return 0;
}
