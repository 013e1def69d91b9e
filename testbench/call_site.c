/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A call of another object's function goes through a word of the object that the dynamic linker
 * fills: a relocation tells which. Code reads the word itself, or calls a short entry of the
 * procedure linkage table that jumps through it. Both are instructions with a 32-bit distance, so
 * the code is searched for a distance that leads there; that others do is next to impossible.
 */
#include "call_site.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "libdw_calls.h"

/* An entry of the procedure linkage table begins at most so many bytes before its distance. */
#define ENTRY_HEAD 8

struct object {
	Elf *elf;
	Dwarf *dwarf;
	const char *name;
	uint64_t word; /* filled with the function's address, 0: none */
};

typedef bool (*section_fn)(struct object *object, const GElf_Shdr *header, const char *name,
			   Elf_Data *data, void *arg);

/* Call fn for each section with content until it returns true. */
static bool for_each_section(struct object *object, section_fn fn, void *arg)
{
	Elf_Scn *section = NULL;
	size_t names;

	if (libdw.elf_getshdrstrndx(object->elf, &names))
		return false;
	while ((section = libdw.elf_nextscn(object->elf, section))) {
		GElf_Shdr header;
		const char *name;
		Elf_Data *data;

		if (!libdw.gelf_getshdr(section, &header) || header.sh_type == SHT_NOBITS)
			continue;
		name = libdw.elf_strptr(object->elf, names, header.sh_name);
		data = libdw.elf_getdata(section, NULL);
		if (name && data && data->d_buf && fn(object, &header, name, data, arg))
			return true;
	}
	return false;
}

static bool find_word(struct object *object, const GElf_Shdr *header, const char *section,
		      Elf_Data *data, void *arg)
{
	Elf_Scn *symbols = libdw.elf_getscn(object->elf, header->sh_link);
	Elf_Data *symbol_data = symbols ? libdw.elf_getdata(symbols, NULL) : NULL;
	GElf_Shdr symbol_header;
	GElf_Rela rela;
	int i;

	if (header->sh_type != SHT_RELA || !symbol_data ||
	    !libdw.gelf_getshdr(symbols, &symbol_header))
		return false;
	for (i = 0; libdw.gelf_getrela(data, i, &rela); i++) {
		GElf_Sym symbol;
		const char *name = NULL;

		if (GELF_R_TYPE(rela.r_info) != R_X86_64_JUMP_SLOT &&
		    GELF_R_TYPE(rela.r_info) != R_X86_64_GLOB_DAT)
			continue;
		if (libdw.gelf_getsym(symbol_data, (int)GELF_R_SYM(rela.r_info), &symbol))
			name = libdw.elf_strptr(object->elf, symbol_header.sh_link, symbol.st_name);
		if (name && !strcmp(name, object->name)) {
			object->word = rela.r_offset;
			return true;
		}
	}
	return false;
}

/* The first 32-bit distance in a section's code that leads to [target, target + range]. */
static bool find_distance(const GElf_Shdr *header, const Elf_Data *data, uint64_t target,
			  uint64_t range, uint64_t *at)
{
	const uint8_t *code = data->d_buf;
	size_t i;

	for (i = 0; i + sizeof(int32_t) <= data->d_size; i++) {
		int32_t distance;
		uint64_t next = header->sh_addr + i + sizeof(distance);

		memcpy(&distance, code + i, sizeof(distance));
		if (next + (uint64_t)(int64_t)distance - target <= range) {
			*at = header->sh_addr + i;
			return true;
		}
	}
	return false;
}

struct search {
	bool linkage; /* in .plt and the like, else in the code itself */
	uint64_t target, range;
	uint64_t at;
};

static bool search_code(struct object *object, const GElf_Shdr *header, const char *name,
			Elf_Data *data, void *arg)
{
	struct search *search = arg;

	if (!(header->sh_flags & SHF_EXECINSTR) || !strncmp(name, ".plt", 4) != search->linkage)
		return false;
	return find_distance(header, data, search->target, search->range, &search->at);
}

static bool find_use(struct object *object, uint64_t *at)
{
	struct search direct = { .target = object->word };
	struct search entry = { .linkage = true, .target = object->word };
	struct search call = { .range = ENTRY_HEAD };

	if (for_each_section(object, search_code, &direct)) {
		*at = direct.at;
		return true;
	}
	if (!for_each_section(object, search_code, &entry))
		return false;
	call.target = entry.at - ENTRY_HEAD;
	if (!for_each_section(object, search_code, &call))
		return false;
	*at = call.at;
	return true;
}

static bool line_at(Dwarf *dwarf, uint64_t address, char *text, size_t size)
{
	Dwarf_CU *unit = NULL;
	Dwarf_Die die;

	while (!libdw.dwarf_get_units(dwarf, unit, &unit, NULL, NULL, &die, NULL)) {
		Dwarf_Line *line;
		int number = 0;
		const char *file;

		/* Units may tell no ranges of theirs, so ask each. */
		if (libdw.dwarf_haspc(&die, address) != 1)
			continue;
		line = libdw.dwarf_getsrc_die(&die, address);
		file = line ? libdw.dwarf_linesrc(line, NULL, NULL) : NULL;
		if (!file || libdw.dwarf_lineno(line, &number))
			return false;
		snprintf(text, size, "%s:%d", file, number);
		return true;
	}
	return false;
}

bool call_site_find(const char *path, const char *name, char *text, size_t size)
{
	struct object object = { .name = name };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool found = false;
	uint64_t at;

	text[0] = '\0';
	if (fd < 0)
		return false;
	if (libdw_load(&(struct problem){ 0 }))
		goto out;
	libdw.elf_version(EV_CURRENT);
	object.elf = libdw.elf_begin(fd, ELF_C_READ, NULL);
	object.dwarf = object.elf ? libdw.dwarf_begin_elf(object.elf, DWARF_C_READ, NULL) : NULL;
	if (object.dwarf && for_each_section(&object, find_word, NULL) && find_use(&object, &at))
		found = line_at(object.dwarf, at, text, size);
	if (object.dwarf)
		libdw.dwarf_end(object.dwarf);
	if (object.elf)
		libdw.elf_end(object.elf);
out:
	close(fd);
	return found;
}
