/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Damage real objects at random places and load them: the loader must refuse or load, and do
 * nothing else. Damage goes where tables are, not into code or debug information.
 *
 * usage: fuzz-loader MUTATIONS SEED OBJECT...
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <host/loader.h>
#include <host/platform.h>
#include <stdbool.h>
#include <host/standard_files.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RANGES_MAX 64

struct range {
	size_t offset, size;
};

/* An object's bytes, and where damage may go. */
struct victim {
	uint8_t *bytes;
	size_t size;
	struct range ranges[RANGES_MAX];
	size_t range_count;
	size_t dynamic; /* its range */
};

static uint64_t state;

/* xorshift64* */
static uint64_t random_number(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * 0x2545f4914f6cdd1dull;
}

static size_t below(size_t limit)
{
	return limit ? (size_t)(random_number() % limit) : 0;
}

static bool is_table(const Elf64_Shdr *section, const char *name)
{
	static const char *const names[] = { ".module",	     ".sof_adapter",   ".sof_entry",
					     ".data.rel.ro", ".mod_buildinfo", ".got" };

	if (!(section->sh_flags & SHF_ALLOC))
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(name, names[i]))
			return true;
	return section->sh_type != SHT_PROGBITS && section->sh_type != SHT_NOBITS;
}

static int read_victim(const char *path, struct victim *victim)
{
	const Elf64_Ehdr *header;
	const Elf64_Shdr *sections;
	struct stat status;
	int fd = open(path, O_RDONLY);

	if (fd < 0 || fstat(fd, &status))
		return -errno;
	victim->size = (size_t)status.st_size;
	victim->bytes = malloc(victim->size);
	if (!victim->bytes || read(fd, victim->bytes, victim->size) != (ssize_t)victim->size)
		return -EIO;
	close(fd);
	header = (const Elf64_Ehdr *)victim->bytes;
	sections = (const Elf64_Shdr *)(victim->bytes + header->e_shoff);
	victim->ranges[0] =
		(struct range){ 0, header->e_phoff + header->e_phnum * sizeof(Elf64_Phdr) };
	victim->ranges[1] = (struct range){ header->e_shoff, header->e_shnum * sizeof(Elf64_Shdr) };
	victim->range_count = 2;
	for (size_t i = 0; i < header->e_shnum && victim->range_count < RANGES_MAX; i++) {
		const char *name = (const char *)victim->bytes +
				   sections[header->e_shstrndx].sh_offset + sections[i].sh_name;

		if (sections[i].sh_type == SHT_DYNAMIC)
			victim->dynamic = victim->range_count;
		if (sections[i].sh_size && is_table(&sections[i], name))
			victim->ranges[victim->range_count++] =
				(struct range){ sections[i].sh_offset, sections[i].sh_size };
	}
	return 0;
}

/* Numbers that tables break at. */
static uint64_t awkward_number(void)
{
	static const uint64_t numbers[] = { 0,	1,	 2,	     7,		 8,
					    23, 24,	 4095,	     4096,	 0x7fffffff,
					    -1, 1 << 31, 1ull << 63, 1ull << 47, 0xffff };

	if (below(3) == 0)
		return random_number() >> below(64);
	return numbers[below(sizeof(numbers) / sizeof(numbers[0]))] + below(3) - 1;
}

static void damage(const struct victim *victim, uint8_t *bytes)
{
	/* The dynamic section is where most goes wrong. */
	const struct range *range =
		&victim->ranges[below(3) ? below(victim->range_count) : victim->dynamic];
	size_t offset = range->offset + below(range->size);
	static const size_t widths[] = { 1, 2, 4, 8 };
	size_t width = widths[below(4)];
	uint64_t number = awkward_number();

	switch (below(4)) {
	case 0:
		bytes[offset] ^= (uint8_t)(1 << below(8));
		return;
	case 1: /* a word of the table */
		offset -= (offset - range->offset) % width;
		break;
	case 2: /* two places change */
		width = range->size < 16 ? 1 : 16;
		offset = range->offset + below(range->size / width) * width;
		for (size_t i = 0; i < width && offset + i < victim->size; i++)
			bytes[offset + i] = victim->bytes[range->offset +
							  below(range->size / width) * width + i];
		return;
	}
	if (offset + width <= victim->size)
		memcpy(bytes + offset, &number, width);
}

static int write_file(const char *path, const uint8_t *bytes, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	ssize_t written = fd < 0 ? -1 : write(fd, bytes, size);

	if (fd >= 0)
		close(fd);
	return written == (ssize_t)size ? 0 : -EIO;
}

/* What a loaded object gives must be readable. */
static bool looks_whole(const struct host_object *object)
{
	size_t count, i;
	const struct host_module *modules = host_object_modules(object, &count);
	bool whole = count > 0;

	for (i = 0; i < count; i++)
		whole = whole && modules[i].name[0] && modules[i].ops;
	return whole;
}

static int fuzz(const struct victim *victims, size_t count, unsigned long mutations,
		const char *path)
{
	unsigned long taken = 0, refused = 0;

	for (unsigned long i = 0; i < mutations; i++) {
		const struct victim *victim = &victims[i % count];
		uint8_t *bytes = malloc(victim->size);
		struct host_object *object;
		struct host_refusal refusal;
		size_t size = victim->size;

		if (!bytes)
			return -ENOMEM;
		memcpy(bytes, victim->bytes, size);
		for (size_t wounds = 1 + below(3); wounds; wounds--)
			damage(victim, bytes);
		if (below(50) == 0)
			size = below(size);
		if (write_file(path, bytes, size))
			return -EIO;
		free(bytes);
		if (!host_object_load(path, 0, &object, &refusal)) {
			if (!looks_whole(object))
				return -EINVAL;
			host_object_unload(&object);
			taken++;
		} else if (object || !refusal.text[0]) {
			return -EINVAL;
		} else {
			refused++;
		}
	}
	printf("%lu mutations, %lu loaded, %lu refused\n", mutations, taken, refused);
	/* Damage that never or always matters tests nothing. */
	return taken && refused && taken + refused == mutations ? 0 : -EINVAL;
}

int main(int argc, char **argv)
{
	const struct host_config config = { .isolation = HOST_ISOLATION_NONE };
	struct victim victims[8] = { 0 };
	char folder[] = "/tmp/sof-fuzz-loader-XXXXXX", path[64];
	size_t count = 0;
	int ret = 0;

	if (host_standard_files_open())
		return 1;
	for (int i = 3; i < argc && count < 8 && !ret; i++)
		ret = read_victim(argv[i], &victims[count++]);
	if (argc < 4 || ret || !mkdtemp(folder) || host_init(&config)) {
		fprintf(stderr, "usage: fuzz-loader MUTATIONS SEED OBJECT...\n");
		return 1;
	}
	snprintf(path, sizeof(path), "%s/damaged.so", folder);
	state = strtoull(argv[2], NULL, 0) * 2 + 1;
	ret = fuzz(victims, count, strtoul(argv[1], NULL, 0), path);
	if (ret)
		fprintf(stderr, "%s: %s\n", path, strerror(-ret));
	else
		unlink(path), rmdir(folder);
	for (size_t i = 0; i < count; i++)
		free(victims[i].bytes);
	return host_exit() || ret ? 1 : 0;
}
