/* SPDX-License-Identifier: BSD-3-Clause */
#include "elf_object.h"
#include "board.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEGMENTS_MAX 64
/* No firmware module is larger; what asks for more is damaged. */
#define IMAGE_MAX ((uint64_t)256 << 20)
#define ALIGN_MAX ((uint64_t)2 << 20)
/* With debug information. */
#define FILE_MAX ((uint64_t)1 << 30)

int elf_refuse(struct elf_object *elf, int error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(elf->refusal->text, sizeof(elf->refusal->text), format, args);
	va_end(args);
	return error;
}

static int damaged(struct elf_object *elf, const char *what)
{
	return elf_refuse(elf, -ENOEXEC, "damaged: %s", what);
}

static bool inside(const struct elf_object *elf, uint64_t offset, uint64_t size)
{
	return offset <= elf->size && size <= elf->size - offset;
}

static int check_file(struct elf_object *elf, int fd)
{
	struct stat status;

	if (fstat(fd, &status) || !S_ISREG(status.st_mode))
		return elf_refuse(elf, -ENOEXEC, "not a regular file");
	if ((size_t)status.st_size < sizeof(Elf64_Ehdr))
		return elf_refuse(elf, -ENOEXEC, "not a shared object: too short");
	if ((uint64_t)status.st_size > FILE_MAX)
		return elf_refuse(elf, -ENOEXEC, "too large for a module: %llu MiB, at most %llu",
				  (unsigned long long)status.st_size >> 20,
				  (unsigned long long)FILE_MAX >> 20);
	elf->size = (size_t)status.st_size;
	return 0;
}

static int read_all(struct elf_object *elf, int fd, uint8_t *bytes)
{
	size_t done = 0;

	while (done < elf->size) {
		ssize_t part = read(fd, bytes + done, elf->size - done);

		if (part < 0 && errno == EINTR)
			continue;
		if (part < 0)
			return elf_refuse(elf, -errno, "%s", strerror(errno));
		if (part == 0)
			return elf_refuse(elf, -ENOEXEC, "it became shorter while it was read");
		done += (size_t)part;
	}
	return 0;
}

/*
 * The file is read, not mapped: Valgrind takes a file that is mapped for code that is loaded, and
 * forgets the symbols of what lies there when it is unmapped. Nor can the file change, or become
 * shorter, while it is examined.
 */
static int read_file(struct elf_object *elf, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), ret;
	void *bytes;

	if (fd < 0)
		return elf_refuse(elf, -errno, "%s", strerror(errno));
	ret = check_file(elf, fd);
	if (ret)
		goto out;
	bytes = mmap(NULL, elf->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (bytes == MAP_FAILED) {
		ret = elf_refuse(elf, -ENOMEM, "no memory to read it");
		goto out;
	}
	elf->bytes = bytes;
	ret = read_all(elf, fd, bytes);
out:
	close(fd);
	return ret;
}

static const char *machine_name(unsigned int machine)
{
	static const struct {
		unsigned int machine;
		const char *name;
	} names[] = {
		{ EM_386, "x86" },	    { EM_X86_64, "x86-64" },   { EM_XTENSA, "Xtensa" },
		{ EM_ARM, "Arm" },	    { EM_AARCH64, "AArch64" }, { EM_RISCV, "RISC-V" },
		{ EM_PPC64, "PowerPC 64" }, { EM_S390, "S/390" },      { EM_MIPS, "MIPS" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].machine == machine)
			return names[i].name;
	return NULL;
}

static int check_machine(struct elf_object *elf)
{
	const uint8_t *ident = elf->bytes;
	bool big = ident[EI_DATA] == ELFDATA2MSB;
	unsigned int machine = elf->bytes[offsetof(Elf64_Ehdr, e_machine) + big] |
			       elf->bytes[offsetof(Elf64_Ehdr, e_machine) + !big] << 8;
	unsigned int bits = ident[EI_CLASS] == ELFCLASS32 ? 32 : 64;
	const char *name = machine_name(machine);

	if (ident[EI_CLASS] == ELFCLASS64 && ident[EI_DATA] == ELFDATA2LSB && machine == EM_X86_64)
		return 0;
	if (name)
		return elf_refuse(elf, -ENOEXEC, "built for %s (%u bits), x86-64 is expected", name,
				  bits);
	return elf_refuse(elf, -ENOEXEC, "built for machine %u (%u bits), x86-64 is expected",
			  machine, bits);
}

static int check_header(struct elf_object *elf)
{
	const Elf64_Ehdr *header = (const Elf64_Ehdr *)elf->bytes;
	int ret;

	if (memcmp(header->e_ident, ELFMAG, SELFMAG))
		return elf_refuse(elf, -ENOEXEC, "not a shared object: no ELF header");
	ret = check_machine(elf);
	if (ret)
		return ret;
	if (header->e_type != ET_DYN)
		return elf_refuse(elf, -ENOEXEC, "not a shared object: link it with -shared");
	if (header->e_phentsize != sizeof(Elf64_Phdr) || header->e_phoff % _Alignof(Elf64_Phdr) ||
	    header->e_phnum == 0 || header->e_phnum > SEGMENTS_MAX ||
	    !inside(elf, header->e_phoff, (uint64_t)header->e_phnum * sizeof(Elf64_Phdr)))
		return damaged(elf, "its program headers");
	if (header->e_shentsize != sizeof(Elf64_Shdr) || header->e_shnum == 0 ||
	    header->e_shoff % _Alignof(Elf64_Shdr) || header->e_shstrndx >= header->e_shnum ||
	    !inside(elf, header->e_shoff, (uint64_t)header->e_shnum * sizeof(Elf64_Shdr)))
		return damaged(elf, "its section table is missing or cut off");
	elf->header = header;
	elf->segments = (const Elf64_Phdr *)(elf->bytes + header->e_phoff);
	elf->sections = (const Elf64_Shdr *)(elf->bytes + header->e_shoff);
	return 0;
}

/* \p end: the page behind the segment before. */
static int check_load(struct elf_object *elf, const Elf64_Phdr *segment, uint64_t *end)
{
	if (segment->p_filesz > segment->p_memsz || segment->p_vaddr > IMAGE_MAX ||
	    segment->p_memsz > IMAGE_MAX || !inside(elf, segment->p_offset, segment->p_filesz))
		return damaged(elf, "a segment lies outside the file");
	if (segment->p_align < PAGE_SIZE || segment->p_align > ALIGN_MAX ||
	    segment->p_align & (segment->p_align - 1) ||
	    (segment->p_vaddr - segment->p_offset) & (segment->p_align - 1))
		return damaged(elf, "a segment's alignment");
	if (ROUND_DOWN(segment->p_vaddr, PAGE_SIZE) < *end || segment->p_memsz == 0)
		return damaged(elf, "its segments overlap or are out of order");
	*end = ROUND_UP(segment->p_vaddr + segment->p_memsz, PAGE_SIZE);
	return 0;
}

/* The dynamic linker walks notes by the lengths they tell. */
static int check_notes(struct elf_object *elf, const Elf64_Phdr *segment)
{
	const uint8_t *notes = elf_bytes(elf, segment->p_vaddr, segment->p_memsz);
	uint64_t align = segment->p_align == 8 ? 8 : 4, at = 0;

	if (!notes || segment->p_vaddr % align || segment->p_offset % align)
		return damaged(elf, "its notes");
	while (segment->p_memsz - at >= sizeof(Elf64_Nhdr)) {
		Elf64_Nhdr note;
		uint64_t length;

		memcpy(&note, notes + at, sizeof(note));
		length = ROUND_UP(sizeof(note) + (uint64_t)note.n_namesz, align) +
			 ROUND_UP((uint64_t)note.n_descsz, align);
		if (length > segment->p_memsz - at)
			return damaged(elf, "a note");
		at += length;
	}
	return 0;
}

static int check_relro(struct elf_object *elf, const Elf64_Phdr *segment)
{
	uint64_t first = ROUND_DOWN(segment->p_vaddr, PAGE_SIZE);

	for (size_t i = 0; i < elf->header->e_phnum; i++) {
		const Elf64_Phdr *load = &elf->segments[i];
		uint64_t start = ROUND_DOWN(load->p_vaddr, PAGE_SIZE);
		uint64_t size = ROUND_UP(load->p_vaddr + load->p_memsz, PAGE_SIZE) - start;

		if (load->p_type == PT_LOAD && load->p_flags & PF_W && first >= start &&
		    first - start <= size && segment->p_memsz <= IMAGE_MAX &&
		    segment->p_vaddr + segment->p_memsz - start <= size)
			return 0;
	}
	return damaged(elf, "what becomes read-only after relocation lies in no segment");
}

static int take_dynamic(struct elf_object *elf, const Elf64_Phdr *segment)
{
	const void *dynamic = elf_bytes(elf, segment->p_vaddr, segment->p_filesz);

	if (elf->dynamic || !dynamic || segment->p_memsz != segment->p_filesz ||
	    segment->p_filesz % sizeof(Elf64_Dyn) || segment->p_vaddr % _Alignof(Elf64_Dyn) ||
	    (uintptr_t)dynamic % _Alignof(Elf64_Dyn) ||
	    !(elf_rights(elf, segment->p_vaddr, segment->p_memsz) & PF_W))
		return damaged(elf, "its dynamic section");
	elf->dynamic = dynamic;
	elf->dynamic_address = segment->p_vaddr;
	elf->dynamic_size = segment->p_filesz;
	return 0;
}

static int check_other(struct elf_object *elf, const Elf64_Phdr *segment, bool *stack)
{
	switch (segment->p_type) {
	case PT_DYNAMIC:
		return take_dynamic(elf, segment);
	case PT_NOTE:
	case PT_GNU_PROPERTY:
		return check_notes(elf, segment);
	case PT_PHDR:
		if (elf_bytes(elf, segment->p_vaddr, segment->p_memsz) !=
		    (const void *)elf->segments)
			return damaged(elf, "where it says its program headers are");
		return 0;
	case PT_GNU_EH_FRAME:
		if (!elf_bytes(elf, segment->p_vaddr, segment->p_memsz))
			return damaged(elf, "its unwind table lies outside the file");
		return 0;
	case PT_GNU_RELRO:
		return check_relro(elf, segment);
	case PT_TLS:
		return elf_refuse(elf, -ENOEXEC,
				  "it has thread-local variables, which firmware does not have");
	case PT_GNU_STACK:
		*stack = true;
		if (segment->p_flags & PF_X)
			return elf_refuse(elf, -ENOEXEC,
					  "it asks for an executable stack, which no board has");
		return 0;
	}
	return 0;
}

static int check_loads(struct elf_object *elf)
{
	uint64_t end = 0;
	int ret = 0;

	for (size_t i = 0; i < elf->header->e_phnum && !ret; i++)
		if (elf->segments[i].p_type == PT_LOAD)
			ret = check_load(elf, &elf->segments[i], &end);
	return ret;
}

static int check_rights(struct elf_object *elf, const Elf64_Phdr *segment)
{
	if (segment->p_flags & PF_W && segment->p_flags & PF_X)
		return elf_refuse(elf, -ENOEXEC,
				  "a segment of it is writable and executable at the same time");
	if (!(segment->p_flags & PF_R) ||
	    (segment->p_memsz > segment->p_filesz && !(segment->p_flags & PF_W)))
		return damaged(elf, "a segment's rights");
	return 0;
}

int elf_check_segments(struct elf_object *elf)
{
	bool stack = false;

	for (size_t i = 0; i < elf->header->e_phnum; i++) {
		const Elf64_Phdr *segment = &elf->segments[i];
		int ret = segment->p_type == PT_LOAD ? check_rights(elf, segment) :
						       check_other(elf, segment, &stack);

		if (ret)
			return ret;
	}
	if (!elf->dynamic)
		return damaged(elf, "it has no dynamic section");
	/* Without the mark the dynamic linker makes all stacks executable. */
	if (!stack)
		return elf_refuse(elf, -ENOEXEC,
				  "it does not say that its stack is not executable "
				  "(link it with -z noexecstack)");
	return 0;
}

static bool section_name_is(const struct elf_object *elf, const Elf64_Shdr *section,
			    const char *name)
{
	const Elf64_Shdr *names = &elf->sections[elf->header->e_shstrndx];
	size_t length = strlen(name) + 1;

	return section->sh_name < names->sh_size && names->sh_size - section->sh_name >= length &&
	       !memcmp(elf->bytes + names->sh_offset + section->sh_name, name, length);
}

static int check_sections(struct elf_object *elf)
{
	const Elf64_Shdr *names = &elf->sections[elf->header->e_shstrndx];

	for (size_t i = 0; i < elf->header->e_shnum; i++) {
		const Elf64_Shdr *section = &elf->sections[i];

		if (section->sh_type != SHT_NOBITS && section->sh_type != SHT_NULL &&
		    !inside(elf, section->sh_offset, section->sh_size))
			return damaged(elf, "a section lies outside the file");
	}
	return names->sh_type == SHT_STRTAB ? 0 : damaged(elf, "its section names");
}

const Elf64_Shdr *elf_section(const struct elf_object *elf, const char *name)
{
	for (size_t i = 0; i < elf->header->e_shnum; i++)
		if (section_name_is(elf, &elf->sections[i], name))
			return &elf->sections[i];
	return NULL;
}

static const Elf64_Phdr *segment_at(const struct elf_object *elf, uint64_t address, uint64_t size)
{
	for (size_t i = 0; i < elf->header->e_phnum; i++) {
		const Elf64_Phdr *segment = &elf->segments[i];

		if (segment->p_type == PT_LOAD && address >= segment->p_vaddr &&
		    address - segment->p_vaddr <= segment->p_memsz &&
		    size <= segment->p_memsz - (address - segment->p_vaddr))
			return segment;
	}
	return NULL;
}

const void *elf_bytes(const struct elf_object *elf, uint64_t address, uint64_t size)
{
	const Elf64_Phdr *segment = segment_at(elf, address, size);

	if (!segment || address - segment->p_vaddr > segment->p_filesz ||
	    size > segment->p_filesz - (address - segment->p_vaddr))
		return NULL;
	return elf->bytes + segment->p_offset + (address - segment->p_vaddr);
}

bool elf_mentions(const struct elf_object *elf, const void *wanted, size_t size)
{
	for (unsigned int i = 0; i < elf->header->e_phnum; i++) {
		const Elf64_Phdr *segment = &elf->segments[i];

		if (segment->p_type == PT_LOAD && !(segment->p_flags & PF_X) &&
		    memmem(elf->bytes + segment->p_offset, segment->p_filesz, wanted, size))
			return true;
	}
	return false;
}

uint32_t elf_rights(const struct elf_object *elf, uint64_t address, uint64_t size)
{
	const Elf64_Phdr *segment = segment_at(elf, address, size);

	return segment ? segment->p_flags : 0;
}

const char *elf_text(const struct elf_object *elf, uint64_t address)
{
	const Elf64_Phdr *segment = segment_at(elf, address, 1);
	const char *text = elf_bytes(elf, address, 1);

	if (!text || !memchr(text, 0, segment->p_filesz - (address - segment->p_vaddr)))
		return NULL;
	return text;
}

const char *elf_function_name(const struct elf_object *elf, uint64_t address)
{
	for (size_t i = 0; i < elf->header->e_shnum; i++) {
		const Elf64_Shdr *table = &elf->sections[i], *names;
		const char *strings;

		if (table->sh_type != SHT_SYMTAB || table->sh_link >= elf->header->e_shnum)
			continue;
		names = &elf->sections[table->sh_link];
		strings = (const char *)elf->bytes + names->sh_offset;
		if (names->sh_type != SHT_STRTAB || !names->sh_size || strings[names->sh_size - 1])
			continue;
		for (size_t at = 0; at + sizeof(Elf64_Sym) <= table->sh_size;
		     at += sizeof(Elf64_Sym)) {
			Elf64_Sym symbol;

			memcpy(&symbol, elf->bytes + table->sh_offset + at, sizeof(symbol));
			if (symbol.st_value == address && symbol.st_name < names->sh_size &&
			    ELF64_ST_TYPE(symbol.st_info) == STT_FUNC)
				return strings + symbol.st_name;
		}
	}
	return "";
}

int elf_open(struct elf_object *elf, const char *path, struct host_refusal *refusal)
{
	int ret;

	memset(elf, 0, sizeof(*elf));
	elf->refusal = refusal;
	ret = read_file(elf, path);
	if (!ret)
		ret = check_header(elf);
	if (!ret)
		ret = check_sections(elf);
	return ret ? ret : check_loads(elf);
}

void elf_close(struct elf_object *elf)
{
	if (elf->bytes)
		munmap((void *)elf->bytes, elf->size);
}
