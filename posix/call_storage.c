/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where things are (x86-64, glibc), from low to high addresses:
 *
 *   libraries' variables | the program's variables | FS base: the C library's record | end of stack
 *
 * The record begins with its own address, the DTV's address, its own address again, and has the
 * stack protector's canary and the pointer guard at 40 and 48.
 */
#include "call_storage.h"
#include "board.h"
#include "track.h"

#include <link.h>
#include <stdio.h>
#include <string.h>

#define STORAGE_MAX ((size_t)24 << 10)
#define DTV_MAX	    ((size_t)256) /* entries; each library with thread-local variables has one */
#define DTV_SPARE   64		  /* entries for libraries to come: the C library cannot move it */
#define SELF	    0
#define DTV	    1
#define SELF_2	    2
#define HEADER	    64 /* bytes of the record that never change */

/* Entry -1 holds the number of entries in value, entry 0 the table's generation. */
struct dtv_entry {
	uintptr_t value;
	void *to_free;
};
#define NOT_ALLOCATED ((uintptr_t)-1)

static struct {
	uintptr_t frame, top; /* of the original */
	uintptr_t tp;	      /* FS base of the original, 0: none */
	uintptr_t copy_tp;    /* 0: no copy */
	size_t libraries;     /* bytes of their variables, below the program's */
	size_t program;	      /* bytes of the program's variables, below FS base */
	struct dtv_entry *dtv;
	size_t dtv_bytes;
	/* What the copy was made as, to compare with. */
	uint8_t record_made[STORAGE_MAX] __attribute__((aligned(64)));
	struct dtv_entry dtv_made[DTV_MAX], dtv_own[DTV_MAX];
} storage;

void call_storage_forget(void)
{
	storage.copy_tp = 0;
}

size_t call_storage_size(void)
{
	return storage.tp ? ROUND_UP(STORAGE_MAX + DTV_MAX * sizeof(struct dtv_entry), PAGE_SIZE) :
			    0;
}

/* Libraries loaded later with dynamic variables have theirs elsewhere. */
static int measure(struct dl_phdr_info *info, size_t size, void *arg)
{
	const uintptr_t start = (uintptr_t)info->dlpi_tls_data;

	if (start < storage.frame || start >= storage.tp)
		return 0;
	if (!info->dlpi_name[0])
		storage.program = storage.tp - start;
	else if (storage.tp - start > storage.libraries)
		storage.libraries = storage.tp - start;
	return 0;
}

/* Once, while all memory is open: the tables lie in the C heap. */
static void dtv_keep(void)
{
	const struct dtv_entry *own = ((struct dtv_entry *const *)storage.tp)[DTV] - 1;
	const size_t count = own[0].value + 2;

	if (count + DTV_SPARE > DTV_MAX)
		return;
	memcpy(storage.dtv_own, own, count * sizeof(*own));
	storage.dtv_bytes = count * sizeof(*own);
}

void call_storage_source(uintptr_t frame, uintptr_t top)
{
	memset(&storage, 0, sizeof(storage));
	if (track_owns_host_memory() || top - frame > STORAGE_MAX - 64)
		return;
	storage.frame = frame;
	storage.top = top;
	storage.tp = (uintptr_t)__builtin_thread_pointer();
	dl_iterate_phdr(measure, NULL);
	if (storage.libraries < storage.program)
		storage.libraries = storage.program;
	storage.libraries -= storage.program;
	dtv_keep();
}

static bool is_static(uintptr_t value, uintptr_t tp)
{
	return value < tp && tp - value <= storage.tp - storage.frame;
}

/* Addresses of variables in the original become those in the copy. Blocks that were allocated for
 * the original stay the original's: the copy gets its own when they are first used. */
static void dtv_make(uintptr_t memory)
{
	const struct dtv_entry *own = storage.dtv_own;
	struct dtv_entry *copy = (struct dtv_entry *)memory;
	const size_t count = storage.dtv_bytes / sizeof(*own);

	storage.dtv = copy;
	if (!count)
		return;
	memset(copy, 0, DTV_MAX * sizeof(*copy));
	copy[0].value = own[0].value + DTV_SPARE;
	copy[1] = own[1];
	for (size_t i = 2; i < count; i++) {
		if (is_static(own[i].value, storage.tp))
			copy[i].value = own[i].value - storage.tp + storage.copy_tp;
		else if (own[i].value)
			copy[i].value = NOT_ALLOCATED;
	}
	((void **)storage.copy_tp)[DTV] = copy + 1;
	memcpy(storage.dtv_made, copy, storage.dtv_bytes);
}

/* As far into a cache line as what it is compared with: half the time. */
static uint8_t *compared_with(void)
{
	return storage.record_made + ((storage.tp - storage.program) & 63);
}

static size_t compared_bytes(void)
{
	return storage.program + storage.top - storage.tp;
}

static void make(uintptr_t memory)
{
	const size_t size = storage.top - storage.frame;
	const uintptr_t top = memory + call_storage_size();
	uintptr_t *self;

	storage.copy_tp = top - (storage.top - storage.tp);
	memcpy((void *)(top - size), (const void *)storage.frame, size);
	self = (uintptr_t *)storage.copy_tp;
	self[SELF] = storage.copy_tp;
	self[SELF_2] = storage.copy_tp;
	dtv_make(memory);
	memcpy(compared_with(), (const void *)(storage.copy_tp - storage.program),
	       compared_bytes());
}

uintptr_t call_storage_begin(uintptr_t tp, uintptr_t memory)
{
	size_t start;

	if (!storage.tp || tp != storage.tp)
		return 0;
	if (!storage.copy_tp)
		make(memory);
	start = storage.program + storage.libraries;
	memcpy((void *)(storage.copy_tp - start), (const void *)(tp - start), storage.libraries);
	return storage.copy_tp;
}

/* The C library may have entered a library that was loaded meanwhile, and where its variables are. */
static bool dtv_is_damaged(void)
{
	const size_t count = storage.dtv_bytes / sizeof(*storage.dtv);

	if (!memcmp(storage.dtv, storage.dtv_made, storage.dtv_bytes))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct dtv_entry *made = &storage.dtv_made[i];
		const bool fixed = i == 0 || is_static(made->value, storage.copy_tp);

		if (fixed && memcmp(&storage.dtv[i], made, sizeof(*made)))
			return true;
	}
	memcpy(storage.dtv_made, storage.dtv, storage.dtv_bytes);
	return false;
}

bool call_storage_is_damaged(char *text, size_t size)
{
	const uint8_t *now = (const uint8_t *)(storage.copy_tp - storage.program);
	const uint8_t *made = compared_with();
	size_t at = 0;

	if (!storage.copy_tp)
		return false;
	if (!memcmp(now, made, compared_bytes())) {
		if (!dtv_is_damaged())
			return false;
		snprintf(text, size,
			 "the table of the thread's local storage (DTV) is overwritten");
		return true;
	}
	while (now[at] == made[at])
		at++;
	if (at < storage.program)
		snprintf(text, size,
			 "the thread-local variables of the program are overwritten from FS base - "
			 "%zu on",
			 storage.program - at);
	else
		snprintf(text, size,
			 "the C library's record of the thread is overwritten from byte %zu on (FS "
			 "base + %zu)",
			 at - storage.program, at - storage.program);
	return true;
}

bool call_storage_is_lost(uintptr_t tp)
{
	if (!storage.copy_tp || tp == storage.tp)
		return false;
	return tp != storage.copy_tp || memcmp((const void *)(tp - storage.program),
					       compared_with(), storage.program + HEADER) != 0;
}
