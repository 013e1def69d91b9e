/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The dynamic section, and the tables that the dynamic linker finds through it. It reads them
 * without looking, so every index is followed here first. Kinds of entries that a module has no use
 * for are refused, not skipped: some of them load other objects or run code.
 */
#include "board.h"
#include "elf_object.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>

#define FLAGS_ALLOWED	(DF_ORIGIN | DF_SYMBOLIC | DF_BIND_NOW)
#define FLAGS_1_ALLOWED (DF_1_NOW | DF_1_ORIGIN)

static int damaged(struct elf_object *elf, const char *what)
{
	return elf_refuse(elf, -ENOEXEC, "damaged: %s", what);
}

/* The entry of that kind, or NULL. */
static const Elf64_Dyn *entry_of(const struct elf_object *elf, int64_t tag)
{
	for (const Elf64_Dyn *entry = elf->dynamic; entry->d_tag != DT_NULL; entry++)
		if (entry->d_tag == tag)
			return entry;
	return NULL;
}

static uint64_t value_of(const struct elf_object *elf, int64_t tag)
{
	const Elf64_Dyn *entry = entry_of(elf, tag);

	return entry ? entry->d_un.d_val : 0;
}

/* A table that relocations can't change: \p size bytes in a segment that is never writable. */
static const void *constant_table(const struct elf_object *elf, uint64_t address, uint64_t size,
				  size_t alignment)
{
	const void *table = elf_bytes(elf, address, size);

	if (!table || (uintptr_t)table % alignment || elf_rights(elf, address, size) & PF_W)
		return NULL;
	return table;
}

static int check_entry(struct elf_object *elf, const Elf64_Dyn *entry)
{
	uint64_t value = entry->d_un.d_val;

	switch (entry->d_tag) {
	case DT_TEXTREL:
		return elf_refuse(elf, -ENOEXEC,
				  "it has text relocations: compile all of it with -fPIC");
	case DT_INIT:
	case DT_FINI:
		return elf_refuse(elf, -ENOEXEC,
				  "it has start files, whose code runs when it is loaded: link it "
				  "with -nostartfiles");
	case DT_FLAGS:
		if (value & DF_TEXTREL)
			return elf_refuse(elf, -ENOEXEC,
					  "it has text relocations: compile all of it with -fPIC");
		if (value & ~(uint64_t)FLAGS_ALLOWED)
			break;
		return 0;
	case DT_FLAGS_1:
		if (value & DF_1_PIE)
			return elf_refuse(elf, -ENOEXEC,
					  "a program, not a shared object: link it with -shared");
		if (value & ~(uint64_t)FLAGS_1_ALLOWED)
			break;
		return 0;
	case DT_PLTREL:
		if (value != DT_RELA)
			break;
		return 0;
	case DT_SYMENT:
		return value == sizeof(Elf64_Sym) ? 0 : damaged(elf, "the size of its symbols");
	case DT_RELAENT:
		return value == sizeof(Elf64_Rela) ? 0 : damaged(elf, "the size of relocations");
	case DT_RELRENT:
		return value == sizeof(uint64_t) ? 0 : damaged(elf, "the size of relocations");
	case DT_PLTGOT:
		/* The dynamic linker keeps three words of its own there. */
		if (!(elf_rights(elf, value, 3 * sizeof(uint64_t)) & PF_W))
			return damaged(elf, "its table of addresses");
		return 0;
	case DT_NEEDED:
	case DT_PLTRELSZ:
	case DT_HASH:
	case DT_STRTAB:
	case DT_SYMTAB:
	case DT_RELA:
	case DT_RELASZ:
	case DT_STRSZ:
	case DT_SONAME:
	case DT_RPATH:
	case DT_RUNPATH:
	case DT_SYMBOLIC:
	case DT_DEBUG:
	case DT_JMPREL:
	case DT_BIND_NOW:
	case DT_INIT_ARRAY:
	case DT_INIT_ARRAYSZ:
	case DT_FINI_ARRAY:
	case DT_FINI_ARRAYSZ:
	case DT_PREINIT_ARRAY:
	case DT_PREINIT_ARRAYSZ:
	case DT_RELRSZ:
	case DT_RELR:
	case DT_GNU_HASH:
	case DT_VERSYM:
	case DT_VERNEED:
	case DT_VERNEEDNUM:
	case DT_RELACOUNT:
		return 0;
	}
	return elf_refuse(elf, -ENOEXEC,
			  "entry 0x%llx (0x%llx) of its dynamic section is not for modules",
			  (unsigned long long)entry->d_tag, (unsigned long long)value);
}

static int check_entries(struct elf_object *elf)
{
	size_t count = elf->dynamic_size / sizeof(Elf64_Dyn), end = 0;
	int ret;

	while (end < count && elf->dynamic[end].d_tag != DT_NULL)
		end++;
	if (end == count)
		return damaged(elf, "its dynamic section has no end");
	for (size_t i = 0; i < end; i++) {
		ret = check_entry(elf, &elf->dynamic[i]);
		if (ret)
			return ret;
		if (elf->dynamic[i].d_tag != DT_NEEDED &&
		    entry_of(elf, elf->dynamic[i].d_tag) != &elf->dynamic[i])
			return damaged(elf, "an entry of its dynamic section is there twice");
	}
	return 0;
}

/* An entry, and one without which the dynamic linker would not know what to do with it. */
static const struct {
	int64_t tag, needs;
} pairs[] = {
	{ DT_RELA, DT_RELASZ },
	{ DT_RELA, DT_RELAENT },
	{ DT_JMPREL, DT_PLTRELSZ },
	{ DT_JMPREL, DT_PLTREL },
	{ DT_PLTREL, DT_JMPREL },
	{ DT_PLTREL, DT_PLTRELSZ },
	{ DT_RELR, DT_RELRSZ },
	{ DT_RELR, DT_RELRENT },
	{ DT_VERSYM, DT_VERNEED },
	{ DT_VERNEED, DT_VERNEEDNUM },
	{ DT_VERNEED, DT_VERSYM },
	{ DT_INIT_ARRAY, DT_INIT_ARRAYSZ },
	{ DT_FINI_ARRAY, DT_FINI_ARRAYSZ },
	{ DT_PREINIT_ARRAY, DT_PREINIT_ARRAYSZ },
	{ DT_STRTAB, DT_STRSZ },
	{ DT_SYMTAB, DT_SYMENT },
};

static int check_pairs(struct elf_object *elf)
{
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		if (entry_of(elf, pairs[i].tag) && !entry_of(elf, pairs[i].needs))
			return damaged(elf, "an entry is missing in its dynamic section");
	return 0;
}

static int take_strings(struct elf_object *elf)
{
	elf->strings_size = value_of(elf, DT_STRSZ);
	elf->strings = constant_table(elf, value_of(elf, DT_STRTAB), elf->strings_size, 1);
	if (!elf->strings || !elf->strings_size || elf->strings[elf->strings_size - 1])
		return damaged(elf, "its table of names");
	for (const Elf64_Dyn *entry = elf->dynamic; entry->d_tag != DT_NULL; entry++)
		if ((entry->d_tag == DT_NEEDED || entry->d_tag == DT_SONAME ||
		     entry->d_tag == DT_RPATH || entry->d_tag == DT_RUNPATH) &&
		    entry->d_un.d_val >= elf->strings_size)
			return damaged(elf, "a name lies outside the table of names");
	return 0;
}

/* The dynamic linker never needs to know how many symbols there are; the section table tells. */
static int take_symbols(struct elf_object *elf)
{
	uint64_t address = value_of(elf, DT_SYMTAB);

	for (size_t i = 0; i < elf->header->e_shnum; i++) {
		const Elf64_Shdr *section = &elf->sections[i];

		if (section->sh_type == SHT_DYNSYM && section->sh_addr == address)
			elf->symbol_count = section->sh_size / sizeof(Elf64_Sym);
	}
	elf->symbols = constant_table(elf, address, elf->symbol_count * sizeof(Elf64_Sym),
				      _Alignof(Elf64_Sym));
	if (!elf->symbols || !elf->symbol_count)
		return damaged(elf, "its symbol table");
	for (size_t i = 0; i < elf->symbol_count; i++) {
		const Elf64_Sym *symbol = &elf->symbols[i];

		if (symbol->st_name >= elf->strings_size)
			return damaged(elf, "a symbol has no name");
		switch (ELF64_ST_TYPE(symbol->st_info)) {
		case STT_GNU_IFUNC:
			return elf_refuse(elf, -ENOEXEC,
					  "it has an indirect function, %.64s, whose resolver runs "
					  "when it is loaded",
					  elf_symbol_name(elf, symbol));
		case STT_TLS:
			return elf_refuse(elf, -ENOEXEC,
					  "it has a thread-local variable, %.64s, which firmware "
					  "does not have",
					  elf_symbol_name(elf, symbol));
		}
		if (ELF64_ST_BIND(symbol->st_info) > STB_WEAK)
			return damaged(elf, "a symbol of an unknown kind");
	}
	return 0;
}

/* DT_HASH: buckets of symbols, each chained by index. A chain may not be longer than all symbols. */
static int check_hash(struct elf_object *elf)
{
	uint64_t address = value_of(elf, DT_HASH);
	const uint32_t *head = constant_table(elf, address, 8, 4), *buckets, *chains;

	if (!entry_of(elf, DT_HASH))
		return 0;
	if (!head || head[1] > elf->symbol_count)
		return damaged(elf, "its hash table");
	buckets = constant_table(elf, address + 8, 4 * ((uint64_t)head[0] + head[1]), 4);
	if (!buckets)
		return damaged(elf, "its hash table");
	chains = buckets + head[0];
	for (uint32_t i = 0; i < head[0]; i++) {
		uint32_t at = buckets[i], steps = 0;

		while (at != STN_UNDEF) {
			if (at >= head[1] || steps++ > head[1])
				return damaged(elf, "a chain of its hash table");
			at = chains[at];
		}
	}
	return 0;
}

/* DT_GNU_HASH: a filter, buckets, and runs of hashes whose last has its lowest bit set. */
static int check_gnu_hash(struct elf_object *elf)
{
	uint64_t address = value_of(elf, DT_GNU_HASH), runs;
	const uint32_t *head = constant_table(elf, address, 16, 8), *buckets;

	if (!entry_of(elf, DT_GNU_HASH))
		return 0;
	/* head: buckets, first symbol that has a hash, words of the filter, its shift */
	if (!head || head[2] == 0 || head[2] & (head[2] - 1) ||
	    !constant_table(elf, address + 16, 8 * (uint64_t)head[2], 8))
		return damaged(elf, "its hash table");
	address += 16 + 8 * (uint64_t)head[2];
	buckets = constant_table(elf, address, 4 * (uint64_t)head[0], 4);
	if (!buckets)
		return damaged(elf, "its hash table");
	runs = address + 4 * (uint64_t)head[0];
	for (uint32_t i = 0; i < head[0]; i++) {
		const uint32_t *hash = NULL;

		if (buckets[i] && buckets[i] < head[1])
			return damaged(elf, "a bucket of its hash table");
		for (uint64_t at = buckets[i]; buckets[i] && !(hash && *hash & 1); at++) {
			hash = at < elf->symbol_count ?
				       constant_table(elf, runs + 4 * (at - head[1]), 4, 4) :
				       NULL;
			if (!hash)
				return damaged(elf, "a chain of its hash table");
		}
	}
	return 0;
}

static bool needs(const struct elf_object *elf, const char *library)
{
	for (const Elf64_Dyn *entry = elf->dynamic; entry->d_tag != DT_NULL; entry++)
		if (entry->d_tag == DT_NEEDED && !strcmp(elf->strings + entry->d_un.d_val, library))
			return true;
	return false;
}

/* The highest number of a version that a library is asked for, or a negative errno. */
static int check_version_needs(struct elf_object *elf)
{
	uint64_t address = value_of(elf, DT_VERNEED), count = value_of(elf, DT_VERNEEDNUM);
	int highest = 1;

	if (!entry_of(elf, DT_VERNEED))
		return highest;
	for (;; count--) {
		const Elf64_Verneed *need = constant_table(elf, address, sizeof(*need), 4);
		uint64_t at;

		if (!need || !count || need->vn_version != 1 ||
		    need->vn_file >= elf->strings_size || !needs(elf, elf->strings + need->vn_file))
			return damaged(elf, "versions of libraries it needs");
		at = address + need->vn_aux;
		for (uint32_t left = need->vn_cnt;; left--) {
			const Elf64_Vernaux *version = constant_table(elf, at, sizeof(*version), 4);

			if (!left || !version || version->vna_name >= elf->strings_size)
				return damaged(elf, "a version it needs");
			highest = MAX(highest, version->vna_other & 0x7fff);
			if (!version->vna_next)
				break;
			at += version->vna_next;
		}
		if (!need->vn_next)
			return highest;
		address += need->vn_next;
	}
}

static int check_versions(struct elf_object *elf)
{
	int highest = check_version_needs(elf);
	const uint16_t *versions;

	if (highest < 0 || !entry_of(elf, DT_VERSYM))
		return MIN(highest, 0);
	versions = constant_table(elf, value_of(elf, DT_VERSYM), 2 * elf->symbol_count, 2);
	if (!versions)
		return damaged(elf, "versions of its symbols");
	for (size_t i = 0; i < elf->symbol_count; i++)
		if ((versions[i] & 0x7fff) > highest)
			return damaged(elf, "the version of a symbol");
	return 0;
}

/* What the program has loaded itself brings no constructors any more. */
static int check_libraries(struct elf_object *elf)
{
	for (const Elf64_Dyn *entry = elf->dynamic; entry->d_tag != DT_NULL; entry++) {
		const char *name;
		void *library;

		if (entry->d_tag != DT_NEEDED)
			continue;
		name = elf->strings + entry->d_un.d_val;
		library = *name ? dlopen(name, RTLD_LAZY | RTLD_NOLOAD) : NULL;
		if (!library)
			return elf_refuse(
				elf, -ENOEXEC,
				"it needs the library %.100s, whose constructors would run "
				"when it is loaded",
				name);
		dlclose(library);
	}
	return 0;
}

const char *elf_symbol_name(const struct elf_object *elf, const Elf64_Sym *symbol)
{
	return elf->strings + symbol->st_name;
}

int elf_check_dynamic(struct elf_object *elf)
{
	int ret = check_entries(elf);

	if (!ret)
		ret = check_pairs(elf);
	if (!ret)
		ret = take_strings(elf);
	if (!ret)
		ret = take_symbols(elf);
	if (!ret)
		ret = check_hash(elf);
	if (!ret)
		ret = check_gnu_hash(elf);
	if (!ret)
		ret = check_versions(elf);
	return ret ? ret : check_libraries(elf);
}

/* Instrumented code registers its variables with the checker; no other constructor has the name. */
static bool is_checkers_own(const char *name)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	return !strncmp(name, "_sub_I_", 7) || !strncmp(name, "_sub_D_", 7);
#else
	return false;
#endif
}

static int check_constructors(struct elf_object *elf, int64_t array, int64_t array_size,
			      const char *what, const char *when)
{
	uint64_t size = value_of(elf, array_size);

	for (uint64_t at = 0; at < size; at += sizeof(uint64_t)) {
		struct elf_pointer function;
		const char *name;

		if (!elf_pointer(elf, value_of(elf, array) + at, &function))
			return damaged(elf, "its table of constructors");
		name = elf_function_name(elf, function.address);
		if (!is_checkers_own(name))
			return elf_refuse(elf, -ENOEXEC,
					  "it has a %s%s%.64s: code that runs when it is %s", what,
					  *name ? ", " : "", name, when);
	}
	return 0;
}

int elf_check_constructors(struct elf_object *elf)
{
	int ret = check_constructors(elf, DT_PREINIT_ARRAY, DT_PREINIT_ARRAYSZ, "constructor",
				     "loaded");

	if (!ret)
		ret = check_constructors(elf, DT_INIT_ARRAY, DT_INIT_ARRAYSZ, "constructor",
					 "loaded");
	if (!ret)
		ret = check_constructors(elf, DT_FINI_ARRAY, DT_FINI_ARRAYSZ, "destructor",
					 "unloaded");
	return ret;
}
