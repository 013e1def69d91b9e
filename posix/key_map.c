/* SPDX-License-Identifier: BSD-3-Clause */
#include "key_map.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#define READ_WRITE (PROT_READ | PROT_WRITE)

void key_map_init(struct key_map *map, unsigned int keys,
		  int (*assign)(uintptr_t start, size_t size, unsigned int key),
		  void (*stop)(struct key_map *map))
{
	memset(map, 0, sizeof(*map));
	map->assign = assign;
	map->stop = stop;
	map->keys = keys;
	map->random = 1;
}

/* Index of the first piece that ends above address. */
static size_t first_above(const struct key_map *map, uintptr_t address)
{
	size_t low = 0, high = map->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (map->piece[middle].end <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Neighbours that borders of partitions cut apart, for nothing as it turned out, become one again:
 * fewer pieces, and fewer mappings for the host's kernel to split. */
static void join_neighbours(struct key_map *map, bool any_wants)
{
	size_t to = 0;

	for (size_t i = 1; i < map->count; i++) {
		if (map->piece[to].end == map->piece[i].start &&
		    map->piece[to].key == map->piece[i].key &&
		    (any_wants || map->want[to] == map->want[i])) {
			map->piece[to].end = map->piece[i].end;
		} else {
			map->piece[++to] = map->piece[i];
			map->want[to] = map->want[i];
		}
	}
	map->count = map->count ? to + 1 : 0;
}

/* Room for this many more pieces; cuts that were made before may be gone afterwards. */
static bool make_room(struct key_map *map, size_t more)
{
	if (map->count + more > KEY_MAP_PIECES)
		join_neighbours(map, true);
	return map->count + more <= KEY_MAP_PIECES;
}

static void insert(struct key_map *map, size_t at, struct key_piece piece)
{
	memmove(&map->piece[at + 1], &map->piece[at], (map->count - at) * sizeof(piece));
	map->piece[at] = piece;
	map->count++;
}

/* Let a piece begin at address, if one spans it. Without room it stays whole. */
static void cut(struct key_map *map, uintptr_t address)
{
	size_t at = first_above(map, address);

	if (at == map->count || map->piece[at].start >= address || map->count == KEY_MAP_PIECES)
		return;
	insert(map, at + 1, (struct key_piece){ address, map->piece[at].end, map->piece[at].key });
	map->piece[at].end = address;
}

int key_map_add(struct key_map *map, uintptr_t start, size_t size)
{
	int ret = map->assign(start, size, 0);

	if (ret)
		return ret;
	key_map_remove(map, start, size);
	if (!make_room(map, 1))
		return -ENOSPC;
	insert(map, first_above(map, start), (struct key_piece){ start, start + size, 0 });
	return 0;
}

void key_map_remove(struct key_map *map, uintptr_t start, size_t size)
{
	size_t from, to;

	make_room(map, 2);
	cut(map, start);
	cut(map, start + size);
	from = first_above(map, start);
	for (to = from; to < map->count && map->piece[to].start < start + size; to++) {
		const struct key_piece *piece = &map->piece[to];

		/* A cut has found no room: what goes beyond the range closes for good. */
		if (piece->start < start || piece->end > start + size)
			map->assign(piece->start, piece->end - piece->start, 0);
	}
	memmove(&map->piece[from], &map->piece[to], (map->count - to) * sizeof(map->piece[0]));
	map->count -= to - from;
}

static uint8_t rights_of(k_mem_partition_attr_t attr)
{
	/* Who may write may read: a key can't say otherwise. */
	if (attr & K_MEM_PARTITION_USER_WRITE)
		return READ_WRITE;
	return attr & K_MEM_PARTITION_USER_READ ? PROT_READ : PROT_NONE;
}

static uint8_t wanted(const struct key_piece *piece, const struct k_mem_partition *parts,
		      size_t count)
{
	uint8_t rights = PROT_NONE;

	for (size_t p = 0; p < count; p++)
		if (parts[p].start <= piece->start && piece->end - parts[p].start <= parts[p].size)
			rights |= rights_of(parts[p].attr);
	return rights;
}

static bool in_use(const struct key_map *map, unsigned int key)
{
	for (size_t i = 0; i < map->count; i++)
		if (map->piece[i].key == key)
			return true;
	return false;
}

static void move(struct key_map *map, size_t index, unsigned int key)
{
	struct key_piece *piece = &map->piece[index];

	if (piece->key == key)
		return;
	if (map->held[piece->key] || map->held[key])
		map->stop(map);
	if (map->assign(piece->start, piece->end - piece->start, key))
		return;
	piece->key = key;
	map->moved = true;
}

/* All of the key's pieces that the thread does not want close. */
static void take_away(struct key_map *map, unsigned int key)
{
	for (size_t i = 0; i < map->count; i++)
		if (map->piece[i].key == key && !map->want[i])
			move(map, i, 0);
}

/* Of two keys with equal rights for this thread one gets all pieces, the other is free. */
static unsigned int merge(struct key_map *map)
{
	for (unsigned int a = 1; a <= map->keys; a++) {
		for (unsigned int b = a + 1; b <= map->keys; b++) {
			if (map->grants[a] != map->grants[b] || map->held[a] || map->held[b])
				continue;
			for (size_t i = 0; i < map->count; i++)
				if (map->piece[i].key == b && !map->leaves[i])
					move(map, i, a);
			for (unsigned int old = 0; old < KEY_MAP_KEYS; old++)
				if (map->fresh[old][map->grants[a]] == b)
					map->fresh[old][map->grants[a]] = a;
			return b;
		}
	}
	return 0;
}

/* A key that no piece carries and no thread has open; 0: none. */
static unsigned int unused_key(const struct key_map *map)
{
	for (unsigned int key = 1; key <= map->keys; key++)
		if (!map->held[key] && !in_use(map, key))
			return key;
	return 0;
}

/* A key for pieces that the thread has these rights to, which no other piece carries if that can
 * be had. 0: not while others hold what they hold. */
static unsigned int new_key(struct key_map *map, uint8_t rights, unsigned int owner)
{
	unsigned int key = unused_key(map), candidates[KEY_MAP_KEYS], count = 0;
	bool held = false;

	for (unsigned int i = 1; i <= map->keys; i++) {
		held |= map->held[i];
		if (!map->grants[i] && !map->held[i])
			candidates[count++] = i;
	}
	if (!key && count) {
		map->random = map->random * 1664525u + 1013904223u;
		key = candidates[(map->random >> 16) % count];
		take_away(map, key);
	} else if (!key) {
		/* The thread needs all keys for itself. */
		for (key = 1; key <= map->keys; key++)
			if (map->grants[key] == rights && !map->held[key])
				return key;
		key = merge(map);
	}
	if (!key) {
		map->busy = held;
		return 0;
	}
	map->grants[key] = rights;
	map->owner[key] = owner;
	return key;
}

static unsigned int key_of_owner(const struct key_map *map, unsigned int owner, uint8_t rights)
{
	for (unsigned int key = 1; key <= map->keys; key++)
		if (map->owner[key] == owner && map->grants[key] == rights && in_use(map, key))
			return key;
	return 0;
}

/* Which pieces must leave their key, so that what remains on it has equal rights. */
static void find_leavers(struct key_map *map)
{
	bool closed[KEY_MAP_KEYS] = { [0] = true };

	memset(map->grants, PROT_NONE, sizeof(map->grants));
	for (size_t i = 0; i < map->count; i++) {
		unsigned int key = map->piece[i].key;

		closed[key] |= !map->want[i];
		map->grants[key] |= map->want[i];
	}
	for (unsigned int key = 0; key < KEY_MAP_KEYS; key++)
		if (closed[key])
			map->grants[key] = PROT_NONE;
	for (size_t i = 0; i < map->count; i++)
		map->leaves[i] = map->want[i] != map->grants[map->piece[i].key];
}

static void move_leavers(struct key_map *map, unsigned int owner)
{
	memset(map->fresh, 0, sizeof(map->fresh));
	for (size_t i = 0; i < map->count; i++) {
		unsigned int old = map->piece[i].key;
		uint8_t rights = map->want[i];

		if (!map->leaves[i])
			continue;
		if (!old && !map->fresh[old][rights])
			map->fresh[old][rights] = key_of_owner(map, owner, rights);
		if (!map->fresh[old][rights])
			map->fresh[old][rights] = new_key(map, rights, old ? 0 : owner);
		if (map->busy)
			return;
		move(map, i, map->fresh[old][rights]);
		map->leaves[i] = false;
	}
}

int key_map_view(struct key_map *map, unsigned int owner, const struct k_mem_partition *parts,
		 size_t count, uint8_t rights[KEY_MAP_KEYS])
{
	bool seen[KEY_MAP_KEYS] = { false };

	map->busy = false;
	memset(rights, PROT_NONE, KEY_MAP_KEYS);
	make_room(map, 2 * count);
	for (size_t p = 0; p < count; p++) {
		if (!parts[p].size)
			continue;
		cut(map, parts[p].start);
		cut(map, parts[p].start + parts[p].size);
	}
	for (size_t i = 0; i < map->count; i++)
		map->want[i] = wanted(&map->piece[i], parts, count);
	join_neighbours(map, false);
	find_leavers(map);
	move_leavers(map, owner);
	if (map->busy)
		return -EBUSY;

	/* From what is, not from what was meant: moves may have failed. */
	for (size_t i = 0; i < map->count; i++) {
		unsigned int key = map->piece[i].key;

		rights[key] = seen[key] ? rights[key] & map->want[i] : map->want[i];
		seen[key] = true;
	}
	rights[0] = PROT_NONE;
	return 0;
}
