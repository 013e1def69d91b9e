/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Relocations: what the dynamic linker writes, and so what pointers of the object will be. Those
 * that would write anywhere but into the object's own variables, or call its code, are refused.
 */
#include "board.h"
#include "elf_object.h"

#include <errno.h>
#include <string.h>

static int damaged(struct elf_object *elf, const char *what)
{
	return elf_refuse(elf, -ENOEXEC, "damaged: %s", what);
}

static uint64_t value_of(const struct elf_object *elf, int64_t tag)
{
	for (const Elf64_Dyn *entry = elf->dynamic; entry->d_tag != DT_NULL; entry++)
		if (entry->d_tag == tag)
			return entry->d_un.d_val;
	return 0;
}

static const void *take_table(struct elf_object *elf, int64_t address_tag, int64_t size_tag,
			      size_t entry, size_t *count)
{
	uint64_t address = value_of(elf, address_tag), size = value_of(elf, size_tag);
	const void *table = elf_bytes(elf, address, size);

	*count = 0;
	if (!size)
		return elf->bytes; /* of nothing */
	if (!table || size % entry || (uintptr_t)table % _Alignof(uint64_t) ||
	    elf_rights(elf, address, size) & PF_W)
		return NULL;
	*count = size / entry;
	return table;
}

/* Where a word is written: its variables, but not what the dynamic linker reads meanwhile. */
static int check_target(struct elf_object *elf, uint64_t address)
{
	uint32_t rights = elf_rights(elf, address, sizeof(uint64_t));

	if (rights & PF_X || (rights && !(rights & PF_W)))
		return elf_refuse(elf, -ENOEXEC,
				  "it has text relocations: compile all of it with -fPIC");
	if (!rights || (address + sizeof(uint64_t) > elf->dynamic_address &&
			address < elf->dynamic_address + elf->dynamic_size))
		return damaged(elf, "a relocation leads outside its variables");
	return 0;
}

static int check_kind(struct elf_object *elf, uint32_t kind)
{
	switch (kind) {
	case R_X86_64_NONE:
	case R_X86_64_64:
	case R_X86_64_GLOB_DAT:
	case R_X86_64_JUMP_SLOT:
	case R_X86_64_RELATIVE:
		return 0;
	case R_X86_64_IRELATIVE:
		return elf_refuse(elf, -ENOEXEC,
				  "it has an indirect function, whose resolver runs when it is "
				  "loaded");
	case R_X86_64_DTPMOD64:
	case R_X86_64_DTPOFF64:
	case R_X86_64_TPOFF64:
	case R_X86_64_TLSDESC:
		return elf_refuse(elf, -ENOEXEC,
				  "it uses thread-local variables, which firmware does not have");
	}
	return elf_refuse(elf, -ENOEXEC,
			  "it has a relocation of kind %u: compile all of it with "
			  "-fPIC",
			  kind);
}

static int check_table(struct elf_object *elf, const struct elf_relocations *table)
{
	int ret;

	for (size_t i = 0; i < table->count; i++) {
		const Elf64_Rela *entry = &table->first[i];
		uint32_t kind = ELF64_R_TYPE(entry->r_info);

		ret = check_kind(elf, kind);
		if (ret)
			return ret;
		if (ELF64_R_SYM(entry->r_info) >= elf->symbol_count)
			return damaged(elf, "a relocation names no symbol");
		ret = kind == R_X86_64_NONE ? 0 : check_target(elf, entry->r_offset);
		if (ret)
			return ret;
	}
	return 0;
}

/*
 * DT_RELR: an even word is an address, and that of the first word behind it follows; an odd one
 * says with its other 63 bits which of the next 63 words are relocated.
 */
typedef int (*relative_fn)(struct elf_object *elf, uint64_t address, void *arg);

static int for_each_relative(struct elf_object *elf, relative_fn fn, void *arg)
{
	uint64_t next = 0;
	int ret = 0;

	for (size_t i = 0; i < elf->relative_count && !ret; i++) {
		uint64_t entry = elf->relative[i];

		if (!(entry & 1)) {
			ret = fn(elf, entry, arg);
			next = entry + 8;
			continue;
		}
		for (uint64_t bit = 0; entry >>= 1; bit++)
			if (entry & 1 && !ret)
				ret = fn(elf, next + 8 * bit, arg);
		next += 8 * 63;
	}
	return ret;
}

static int check_relative(struct elf_object *elf, uint64_t address, void *arg)
{
	return check_target(elf, address);
}

int elf_check_relocations(struct elf_object *elf)
{
	struct elf_relocations *rela = &elf->relocations[0], *plt = &elf->relocations[1];
	uint64_t relative = value_of(elf, DT_RELACOUNT);
	int ret;

	rela->first = take_table(elf, DT_RELA, DT_RELASZ, sizeof(Elf64_Rela), &rela->count);
	plt->first = take_table(elf, DT_JMPREL, DT_PLTRELSZ, sizeof(Elf64_Rela), &plt->count);
	elf->relative = take_table(elf, DT_RELR, DT_RELRSZ, sizeof(uint64_t), &elf->relative_count);
	if (!rela->first || !plt->first || !elf->relative || relative > rela->count)
		return damaged(elf, "its relocations");
	/* The dynamic linker takes their kind for granted. */
	for (uint64_t i = 0; i < relative; i++)
		if (ELF64_R_TYPE(rela->first[i].r_info) != R_X86_64_RELATIVE)
			return damaged(elf, "its relocations are out of order");
	ret = check_table(elf, rela);
	if (!ret)
		ret = check_table(elf, plt);
	return ret ? ret : for_each_relative(elf, check_relative, NULL);
}

static int is_same(struct elf_object *elf, uint64_t address, void *arg)
{
	return address == *(const uint64_t *)arg;
}

bool elf_pointer(struct elf_object *elf, uint64_t address, struct elf_pointer *out)
{
	const void *bytes = elf_bytes(elf, address, sizeof(uint64_t));

	memset(out, 0, sizeof(*out));
	if (!elf_rights(elf, address, sizeof(uint64_t)))
		return false;
	for (size_t table = 0; table < ARRAY_SIZE(elf->relocations); table++) {
		for (size_t i = 0; i < elf->relocations[table].count; i++) {
			const Elf64_Rela *entry = &elf->relocations[table].first[i];
			uint32_t symbol = (uint32_t)ELF64_R_SYM(entry->r_info);
			uint32_t kind = ELF64_R_TYPE(entry->r_info);

			if (entry->r_offset != address || kind == R_X86_64_NONE)
				continue;
			if (kind == R_X86_64_RELATIVE) {
				out->address = (uint64_t)entry->r_addend;
				return true;
			}
			out->symbol = &elf->symbols[symbol];
			if (out->symbol->st_shndx != SHN_UNDEF)
				out->address = out->symbol->st_value + (uint64_t)entry->r_addend;
			return true;
		}
	}
	if (bytes && for_each_relative(elf, is_same, &address))
		memcpy(&out->address, bytes, sizeof(out->address));
	return true;
}
