/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file key_map.h
 * \brief Which memory carries which protection key, so that a few keys serve any number of domains.
 *
 * Memory that can be granted is cut into pieces. Key 0 is closed to every user thread; keys 1 to n
 * are handed out. Pieces share a key while every user thread that has come by has the same rights
 * to all of them: a domain's heap, stack and data share one, the shared-buffer heap, which all
 * domains see, gets one of its own as soon as a second domain enters. When keys run out, a key that
 * the thread does not need is taken away: its pieces go back to key 0, closed, until a thread they
 * are granted to enters again. Whose it is does not matter for safety, and is chosen by a fixed
 * pseudo-random sequence: a pipeline runs its modules in turn, and the least recently used key is
 * then the one needed next.
 *
 * Threads that run at the same time hold the keys they have open. Such a key is not taken away, and
 * before a piece leaves it or joins it the caller is asked to stop those who hold it: they come by
 * again. What they then need has been cut apart, so they find it as it is.
 *
 * No system call is made here: the caller gives a function that changes a range's key.
 *
 * Calling mode: supervisor, on the thread that holds the baton.
 */
#ifndef POSIX_KEY_MAP_H
#define POSIX_KEY_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zephyr/kernel.h>

#define KEY_MAP_KEYS   16
#define KEY_MAP_MIN    2 /**< fewest to hand out: a thread may need one to write, one to read */
#define KEY_MAP_PIECES 2048

struct key_piece {
	uintptr_t start, end;
	unsigned int key;
};

struct key_map {
	/** Give a range this key. 0 or -errno: it keeps the one it has. */
	int (*assign)(uintptr_t start, size_t size, unsigned int key);
	/** Stop the threads that hold keys, and clear \c held. May be NULL where there are none. */
	void (*stop)(struct key_map *map);
	bool held[KEY_MAP_KEYS]; /**< in: open to threads that run while another enters */
	bool busy;		 /**< a key was needed, and all that might be taken are held */
	unsigned int keys;	 /**< to hand out: 1 to keys, KEY_MAP_MIN to KEY_MAP_KEYS - 1 */
	bool moved;		 /**< out: a piece has changed its key; the caller clears it */
	struct key_piece piece[KEY_MAP_PIECES]; /**< by address, none overlaps another */
	size_t count;
	uint8_t want[KEY_MAP_PIECES]; /**< rights (PROT_*) of the thread that is looked at */
	bool leaves[KEY_MAP_PIECES];  /**< the piece needs another key */
	uint8_t grants[KEY_MAP_KEYS]; /**< rights that the thread gets by each key */
	/** where pieces go that leave a key, by that key and the thread's rights; 0: not known */
	unsigned int fresh[KEY_MAP_KEYS][4];
	unsigned int owner[KEY_MAP_KEYS]; /**< whose new memory joins this key, 0: nobody's */
	uint32_t random;
};

void key_map_init(struct key_map *map, unsigned int keys,
		  int (*assign)(uintptr_t start, size_t size, unsigned int key),
		  void (*stop)(struct key_map *map));

/**
 * Enter a range, in whole pages; it gets key 0, also when there is no room to keep it (then no
 * thread will ever see it).
 * \return 0; -ENOSPC: no room; or what assign() said, then it is as open as it was.
 */
int key_map_add(struct key_map *map, uintptr_t start, size_t size);
/** Forget a range. Its key is left as it is. */
void key_map_remove(struct key_map *map, uintptr_t start, size_t size);

/**
 * Let a thread see what \p parts grant of the memory in the map, and nothing else.
 *
 * \param owner  not 0; the same for the same thread
 * \param[out] rights  PROT_* by key, 0 to KEY_MAP_KEYS - 1. Never more than granted: a piece whose
 *                     key can't be changed is closed to the thread, with all that share the key.
 * \return 0; -EBUSY: there are too few keys for this thread beside those that run; \p rights opens
 *         nothing
 */
int key_map_view(struct key_map *map, unsigned int owner, const struct k_mem_partition *parts,
		 size_t count, uint8_t rights[KEY_MAP_KEYS]);

#endif /* POSIX_KEY_MAP_H */
