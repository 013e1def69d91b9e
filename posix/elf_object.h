/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file elf_object.h
 * \brief A shared object as the file tells of it, before the dynamic linker sees it.
 *
 * The dynamic linker trusts what it loads: a damaged table makes it write where it should not, and
 * a sound one makes it run constructors. So the file is read here first, the same tables by the same
 * rules, and what is not proven sound is refused. Nothing outside the file's bytes is ever read.
 *
 * Addresses are the object's own, as if loaded at 0.
 */
#ifndef POSIX_ELF_OBJECT_H
#define POSIX_ELF_OBJECT_H

#include <elf.h>
#include <host/loader.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct elf_relocations {
	const Elf64_Rela *first;
	size_t count;
};

struct elf_object {
	const uint8_t *bytes;
	size_t size;
	const Elf64_Ehdr *header;
	const Elf64_Phdr *segments;
	const Elf64_Shdr *sections;
	const Elf64_Dyn *dynamic; /**< ends with DT_NULL */
	uint64_t dynamic_address, dynamic_size;
	const Elf64_Sym *symbols;
	size_t symbol_count;
	const char *strings; /**< ends with a NUL */
	size_t strings_size;
	struct elf_relocations relocations[2]; /**< DT_RELA, DT_JMPREL */
	const uint64_t *relative;	       /**< DT_RELR */
	size_t relative_count;
	struct host_refusal *refusal;
};

/**
 * Open the file and check headers, sections and where its segments lie.
 *
 * \return 0; -ENOEXEC with the refusal filled; or why it can't be read, likewise.
 *         elf_close() is due in any case.
 */
int elf_open(struct elf_object *elf, const char *path, struct host_refusal *refusal);
void elf_close(struct elf_object *elf);

/** Check the other program headers, and what segments may be. 0 or -ENOEXEC. */
int elf_check_segments(struct elf_object *elf);
/** Check the dynamic section and the tables it names. 0 or -ENOEXEC. */
int elf_check_dynamic(struct elf_object *elf);
/** Check that relocations are of known kinds and stay in writable memory. 0 or -ENOEXEC. */
int elf_check_relocations(struct elf_object *elf);
/** Check that no code of it runs when it is loaded or unloaded, after the two above. 0 or -ENOEXEC. */
int elf_check_constructors(struct elf_object *elf);

/** The section of that name, its range inside the file (but for SHT_NOBITS), or NULL. */
const Elf64_Shdr *elf_section(const struct elf_object *elf, const char *name);
/** \p size bytes at \p address as the file has them; NULL outside the file's part of a segment. */
const void *elf_bytes(const struct elf_object *elf, uint64_t address, uint64_t size);
/** PF_* of the segment that all of [address, address + size) lies in; 0 for none. */
uint32_t elf_rights(const struct elf_object *elf, uint64_t address, uint64_t size);
/** The \p size bytes at \p wanted stand somewhere in a segment that is not code. */
bool elf_mentions(const struct elf_object *elf, const void *wanted, size_t size);
/** The NUL-terminated text at \p address, NULL when it does not lie in the file. */
const char *elf_text(const struct elf_object *elf, uint64_t address);
/** Name of the function that begins at \p address, "" when the file does not tell. */
const char *elf_function_name(const struct elf_object *elf, uint64_t address);

/** What a pointer in the object will be. */
struct elf_pointer {
	uint64_t address;	 /**< 0: NULL, or not of the object */
	const Elf64_Sym *symbol; /**< what it is taken from, NULL when it is told by address */
};
/** The pointer at \p address; false when it lies outside the object. */
bool elf_pointer(struct elf_object *elf, uint64_t address, struct elf_pointer *out);

/** Name of a dynamic symbol. */
const char *elf_symbol_name(const struct elf_object *elf, const Elf64_Sym *symbol);

/** Fill the refusal. \return \p error */
int elf_refuse(struct elf_object *elf, int error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif /* POSIX_ELF_OBJECT_H */
