/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rights by memory protection keys. Each page carries a key, each thread has a register (PKRU) that
 * says what it may do with each key's pages, and changing modes is one write to it.
 *
 * What carries which key:
 *   the default key   code, constants, the C library's and loader's data, the board page as all
 *                     read it
 *   one key           kernel memory, the board page as the kernel writes it, and every region that
 *                     no user thread needs now
 *   one key           the host's own memory: C heap, main stack, libraries
 *   the others        what user threads are granted: see key_map.h
 * The supervisor sees all of it all the time: its value of PKRU never changes, so that there is
 * nothing to open lazily and no access of its own can go astray. Instructions are fetched whatever
 * PKRU says; what keeps data from being executed is that it is mapped without that right.
 *
 * Threads inherit PKRU from who creates them, and board threads are created in supervisor mode. The
 * host's kernel resets it when it delivers a signal, to the default key alone: handlers begin with
 * arch_signal_entry(), and when one returns the interrupted thread's value is restored. When one
 * jumps out, it goes on in supervisor mode, with the value that is right there. Threads of the
 * program that were made before the board have none of the keys.
 *
 * The rights are the thread's own, so user threads of several virtual cores run side by side
 * (cores.h). A key that a running thread has open is held: it is not taken away under it, and who
 * finds all keys held waits until one of those threads comes back. Where memory must leave such a
 * key, as another thread may see only part of what carries it, the threads that run are stopped
 * first; they go on with the rights that are right then.
 */
#include "protect.h"
#include "arch/arch.h"
#include "board.h"
#include "cores.h"
#include "counters.h"
#include "key_map.h"
#include "scheduler.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#define KEYS_MAX     16
#define KEYS_OF_OURS 2 /* kernel memory's and host memory's */
#define DEFAULT_KEY  0

#define READ_WRITE (PROT_READ | PROT_WRITE)

static struct {
	int keys[KEYS_MAX]; /* kernel's, those of key_map, the host's */
	unsigned int count;
	uint32_t user; /* all of the keys closed */
	struct key_map map;
	uintptr_t kernel_end; /* kernel memory has its key up to here */
	uint64_t generation;  /* of what threads are granted and of the keys' places */
	struct {
		uint64_t generation;
		uint32_t rights;
	} seen[BOARD_MAX_THREADS];
} pkey;

static uint32_t closed_bits(int key)
{
	return 3u << (2 * key);
}

static int host_key(void)
{
	return pkey.keys[pkey.count - 1];
}

/* Whatever memory has been on its way to another key. */
static void stop_holders(struct key_map *map)
{
	cores_bring_in(NULL);
	memset(map->held, 0, sizeof(map->held));
}

static void hold(const struct k_thread *thread)
{
	const uint32_t rights = pkey.seen[thread->arch->index].rights;

	for (unsigned int key = 1; key <= pkey.map.keys; key++)
		if ((rights & closed_bits(pkey.keys[key])) != closed_bits(pkey.keys[key]))
			pkey.map.held[key] = true;
}

static int assign(uintptr_t start, size_t size, unsigned int key)
{
	counters.protections++;
	if (pkey_mprotect((void *)start, size, READ_WRITE, pkey.keys[key]))
		return -errno;
	protect_remark(start, size);
	return 0;
}

static void release(uintptr_t start, size_t size)
{
	pkey_mprotect((void *)start, size, READ_WRITE, DEFAULT_KEY);
}

static void free_keys(void)
{
	while (pkey.count)
		pkey_free(pkey.keys[--pkey.count]);
}

/* The kernel heap has grown, or is here for the first time. */
static int follow_kernel(void)
{
	uintptr_t from = pkey.kernel_end;
	int ret;

	if (z_board_page.kernel_end <= from)
		return 0;
	ret = key_map_add(&pkey.map, from, z_board_page.kernel_end - from);
	if (!ret)
		pkey.kernel_end = z_board_page.kernel_end;
	return ret;
}

static int probe(void)
{
	uint32_t ours = 0;
	int key;

	memset(&pkey, 0, sizeof(pkey));
	while (pkey.count < KEYS_MAX && (key = pkey_alloc(0, 0)) >= 0)
		pkey.keys[pkey.count++] = key;
	if (pkey.count < KEYS_OF_OURS + KEY_MAP_MIN)
		goto fail;
	for (unsigned int i = 0; i < pkey.count; i++)
		ours |= closed_bits(pkey.keys[i]);
	z_board->gate.supervisor = arch_rights_read() & ~ours;
	z_board->gate.in_use = 1;
	pkey.user = z_board_page.gate.supervisor | ours;
	pkey.generation = 1;
	key_map_init(&pkey.map, pkey.count - KEYS_OF_OURS, assign, stop_holders);
	pkey.kernel_end = (uintptr_t)z_kernel_data_start;
	if (follow_kernel())
		goto fail;
	pkey_mprotect(z_board, PAGE_SIZE, READ_WRITE, pkey.keys[0]);
	return 0;

fail:
	free_keys();
	z_board->gate.in_use = 0;
	return -ENOTSUP;
}

static void give_up(void)
{
	for (size_t i = 0; i < pkey.map.count; i++)
		release(pkey.map.piece[i].start, pkey.map.piece[i].end - pkey.map.piece[i].start);
	release((uintptr_t)z_board, PAGE_SIZE);
	z_board->gate.in_use = 0;
	free_keys();
}

static void region_new(uintptr_t start, size_t size)
{
	int ret = key_map_add(&pkey.map, start, size);

	/* What has no key can't be closed to some: then it is to all. */
	if (ret && ret != -ENOSPC)
		mprotect((void *)start, size, PROT_NONE);
	pkey.generation++;
}

static void region_gone(uintptr_t start, size_t size)
{
	key_map_remove(&pkey.map, start, size);
	release(start, size);
	pkey.generation++;
}

static int host_set(uintptr_t start, size_t size, bool closed)
{
	counters.protections++;
	return pkey_mprotect((void *)start, size, READ_WRITE, closed ? host_key() : DEFAULT_KEY) ?
		       -errno :
		       0;
}

static bool recall(unsigned int index, bool changed)
{
	if (changed)
		pkey.generation++;
	if (z_board_page.kernel_end != pkey.kernel_end)
		follow_kernel();
	if (pkey.seen[index].generation != pkey.generation)
		return false;
	protect_core(sched_current)->user_rights = pkey.seen[index].rights;
	return true;
}

static bool view(unsigned int index, const struct k_mem_partition *parts, size_t count)
{
	uint8_t rights[KEY_MAP_KEYS];
	uint32_t pkru = pkey.user;
	int ret;

	memset(pkey.map.held, 0, sizeof(pkey.map.held));
	if (cores.parallel)
		cores_for_each_running(hold);
	pkey.map.moved = false;
	ret = key_map_view(&pkey.map, index + 1, parts, count, rights);
	/* A key that went elsewhere may be one that another thread thinks it has. */
	if (pkey.map.moved)
		pkey.generation++;
	if (ret)
		return false;
	for (unsigned int key = 1; key <= pkey.map.keys; key++) {
		if (rights[key] & PROT_READ)
			pkru &= ~closed_bits(pkey.keys[key]);
		if (rights[key] == PROT_READ)
			pkru |= (uint32_t)PKEY_DISABLE_WRITE << (2 * pkey.keys[key]);
	}
	pkey.seen[index].generation = pkey.generation;
	pkey.seen[index].rights = pkru;
	protect_core(sched_current)->user_rights = pkru;
	return true;
}

/* The supervisor's rights have at least one of the keys open that are closed to every user. */
static bool was_user(const void *context)
{
	const uint32_t bits = closed_bits(pkey.keys[0]);

	return (arch_rights_interrupted(context) & bits) == bits;
}

static void resume(void *context, uint32_t rights)
{
	arch_rights_on_return(context, rights);
}

const struct protect_backend protect_pkey = {
	.name = "pkey",
	.isolates = true,
	.parallel = true,
	.probe = probe,
	.thread_rights =
		&(const struct protect_thread_rights){
			.give_up = give_up,
			.region_new = region_new,
			.region_gone = region_gone,
			.host_set = host_set,
			.recall = recall,
			.view = view,
			.was_user = was_user,
			.resume = resume,
		},
};
