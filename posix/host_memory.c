/* SPDX-License-Identifier: BSD-3-Clause */
#include "host_memory.h"
#include "arch/arch.h"
#include "arena.h"
#include "board.h"
#include "counters.h"
#include "host_library.h"
#include "image.h"
#include "protect.h"
#include "track.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAPPINGS_MAX 1024

/* MADE_CONSTANT: read-only from host_memory_scan() to host_memory_forget(). */
enum what { CONSTANT, MADE_CONSTANT, CLOSABLE, C_HEAP, LEFT_OPEN };

struct mapping {
	uintptr_t start, end;
	enum what what;
	char name[40];
};

static struct {
	struct mapping maps[MAPPINGS_MAX];
	size_t count;
	bool closed;
	bool usable;
	uintptr_t c_heap_end; /* as it was last seen */
} host;

void host_memory_tune(void)
{
	mallopt(M_ARENA_MAX, 1);
	mallopt(M_MMAP_MAX, 0);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static enum what library_data(const char *path)
{
	switch (host_library_kind(path)) {
	case HOST_LIBRARY_CORE:
		return LEFT_OPEN;
	case HOST_LIBRARY_ARITHMETIC:
		return MADE_CONSTANT;
	default:
		return CLOSABLE;
	}
}

static bool is_board(uintptr_t start)
{
	return arena_contains(start) || arena_find(start) || image_contains(start) ||
	       board_page_contains(start);
}

static void add(uintptr_t start, uintptr_t end, enum what what, const char *name)
{
	struct mapping *map = &host.maps[host.count];

	if (host.count == MAPPINGS_MAX)
		return;
	*map = (struct mapping){ .start = start, .end = end, .what = what };
	snprintf(map->name, sizeof(map->name), "%s", name);
	host.count++;
}

/* Without a file: a library's .bss is the mapping right behind its data. The host's kernel may have
 * joined it with another mapping that is not the library's. */
static void add_anonymous(uintptr_t start, uintptr_t end)
{
	const struct mapping *last = host.count ? &host.maps[host.count - 1] : NULL;
	char name[sizeof(last->name)];
	uintptr_t library_end;

	if (!last || last->end != start || last->what == CONSTANT) {
		add(start, end, CLOSABLE, "anonymous");
		return;
	}
	memcpy(name, last->name, sizeof(name));
	if (last->what != MADE_CONSTANT) {
		add(start, end, last->what, name);
		return;
	}
	library_end = host_library_end(start);
	if (library_end) {
		library_end = MIN(library_end, end);
		add(start, library_end, MADE_CONSTANT, name);
		start = library_end;
	}
	if (start < end)
		add(start, end, CLOSABLE, "anonymous");
}

static void add_line(uintptr_t start, uintptr_t end, const char *rights, const char *path)
{
	if (is_board(start) || rights[0] != 'r')
		return;
	if (rights[1] != 'w')
		add(start, end, CONSTANT, *path ? base_name(path) : "anonymous");
	else if (!strcmp(path, "[heap]"))
		add(start, end, C_HEAP, path);
	else if (!*path)
		add_anonymous(start, end);
	else
		add(start, end, path[0] == '/' ? library_data(path) : CLOSABLE, base_name(path));
}

static void set_constants(int prot)
{
	for (size_t i = 0; i < host.count; i++)
		if (host.maps[i].what == MADE_CONSTANT)
			mprotect((void *)host.maps[i].start, host.maps[i].end - host.maps[i].start,
				 prot);
}

int host_memory_scan(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[512];

	if (!maps)
		return host_isolated() ? -ENOENT : 0;
	host.count = 0;
	host_libraries_bind();
	while (fgets(line, sizeof(line), maps)) {
		uintptr_t start, end;
		char rights[5];
		int path = 0;

		if (sscanf(line, "%lx-%lx %4s %*s %*s %*s %n", &start, &end, rights, &path) < 3)
			continue;
		line[strcspn(line, "\n")] = 0;
		add_line(start, end, rights, path ? line + path : "");
	}
	fclose(maps);
	host.usable = host_isolated() && !track_owns_host_memory();
	host.closed = false;
	if (host.usable)
		set_constants(PROT_READ);
	return 0;
}

/* Where rights are the thread's own, what is closed is open to the supervisor all the same. */
static const struct protect_thread_rights *thread_rights(void)
{
	return z_board_page.backend ? z_board_page.backend->thread_rights : NULL;
}

static void set(uintptr_t start, uintptr_t end, int prot)
{
	size_t size = ROUND_UP(end - start, PAGE_SIZE);

	if (thread_rights()) {
		thread_rights()->host_set(start, size, prot == PROT_NONE);
		return;
	}
	arch_mprotect(start, size, prot);
	counters.protections++;
}

/* The C heap has grown while it was closed, where that is possible. */
static void close_growth(void)
{
	uintptr_t end = (uintptr_t)sbrk(0);

	if (host.c_heap_end == end)
		return;
	host.c_heap_end = end;
	for (size_t i = 0; i < host.count; i++) {
		struct mapping *map = &host.maps[i];

		if (map->what != C_HEAP || map->end >= end)
			continue;
		set(ROUND_UP(map->end, PAGE_SIZE), end, PROT_NONE);
		map->end = end;
	}
}

static void set_all(int prot)
{
	for (size_t i = 0; i < host.count; i++) {
		struct mapping *map = &host.maps[i];

		if (map->what == C_HEAP)
			map->end = (uintptr_t)sbrk(0);
		if (map->what != C_HEAP && map->what != CLOSABLE)
			continue;
		set(map->start, map->end, prot);
	}
}

void host_memory_forget(void)
{
	if (host.closed)
		set_all(PROT_READ | PROT_WRITE);
	if (host.usable)
		set_constants(PROT_READ | PROT_WRITE);
	host.closed = false;
	host.usable = false;
}

void host_memory_close(void)
{
	if (host.closed && thread_rights())
		close_growth();
	if (host.closed || !host.usable)
		return;
	set_all(PROT_NONE);
	host.closed = true;
}

void host_memory_open(void)
{
	if (!host.closed || thread_rights())
		return;
	set_all(PROT_READ | PROT_WRITE);
	host.closed = false;
}

static const struct mapping *find(uintptr_t address)
{
	for (size_t i = 0; i < host.count; i++)
		if (address >= host.maps[i].start && address < host.maps[i].end)
			return &host.maps[i];
	return NULL;
}

bool host_memory_mend(uintptr_t address)
{
	const struct mapping *map = host.closed && !thread_rights() ? find(address) : NULL;

	if (!map || (map->what != C_HEAP && map->what != CLOSABLE))
		return false;
	host_memory_open();
	return true;
}

bool host_memory_is_constant(uintptr_t start, size_t size)
{
	uintptr_t end = start + size;

	/* Text, constants and relocated constants of one file are mappings side by side. */
	while (start < end) {
		const struct mapping *map = find(start);

		if (!map || (map->what != CONSTANT && map->what != MADE_CONSTANT))
			return false;
		start = map->end;
	}
	return true;
}

bool host_memory_is_library_code(uintptr_t pc)
{
	const struct mapping *map = find(pc);

	return map && map->what == CONSTANT && host_library_kind(map->name) == HOST_LIBRARY_CORE;
}

bool host_memory_is_firmware_code(uintptr_t pc)
{
	const struct mapping *map = find(pc), *own = find((uintptr_t)host_memory_is_firmware_code);

	return map && own && map->what == CONSTANT && !strcmp(map->name, own->name);
}

bool host_memory_is_module_code(uintptr_t pc)
{
	const struct mapping *map = find(pc);

	return map && map->what == CONSTANT && host_library_kind(map->name) != HOST_LIBRARY_CORE &&
	       !host_memory_is_firmware_code(pc);
}

enum host_memory_kind host_memory_kind(uintptr_t address, uintptr_t *start, uintptr_t *end,
				       char *name, size_t name_size)
{
	const struct mapping *map = find(address);

	if (!map)
		return HOST_MEMORY_UNKNOWN;
	*start = map->start;
	*end = map->end;
	snprintf(name, name_size, "%s", map->name);
	return map->what == CONSTANT || map->what == MADE_CONSTANT ? HOST_MEMORY_CODE :
								     HOST_MEMORY_HOST;
}
