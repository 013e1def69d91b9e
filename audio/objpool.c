/* SPDX-License-Identifier: BSD-3-Clause */
/* Each slab has a bit an object; the first has two objects, each further one twice as many. */
#include <errno.h>
#include <rtos/alloc.h>
#include <rtos/symbol.h>
#include <sof/objpool.h>
#include <string.h>

#define SLAB_OBJECTS_FIRST 2
#define SLAB_OBJECTS_MOST  32

struct slab {
	struct list_item list;
	size_t size; /* of an object, as asked for */
	unsigned int count;
	uint32_t used; /* bit: object */
	max_align_t objects[];
};

static size_t distance(size_t size)
{
	return (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
}

static char *object(const struct slab *slab, unsigned int index)
{
	return (char *)slab->objects + index * distance(slab->size);
}

static uint32_t all_of(const struct slab *slab)
{
	return slab->count == 32 ? UINT32_MAX : (1u << slab->count) - 1;
}

static struct slab *slab_add(struct objpool_head *head, size_t size, uint32_t flags,
			     unsigned int count)
{
	struct slab *slab;

	if (size > SIZE_MAX / 2 / SLAB_OBJECTS_MOST)
		return NULL;
	slab = sof_heap_alloc(head->heap, flags, sizeof(*slab) + count * distance(size), 0);
	if (!slab)
		return NULL;
	slab->size = size;
	slab->count = count;
	slab->used = 0;
	list_item_append(&slab->list, &head->list);
	head->flags = flags;
	return slab;
}

void *objpool_alloc(struct objpool_head *head, size_t size, uint32_t flags)
{
	unsigned int count = SLAB_OBJECTS_FIRST, index;
	struct slab *slab = NULL;
	struct list_item *item;

	if (!size || (!list_is_empty(&head->list) && head->flags != flags))
		return NULL;
	list_for_item(item, &head->list) {
		slab = list_item(item, struct slab, list);
		if (slab->size != size)
			return NULL;
		if (slab->used != all_of(slab))
			break;
		if (slab->count < SLAB_OBJECTS_MOST)
			count = 2 * slab->count;
		else
			count = SLAB_OBJECTS_MOST;
		slab = NULL;
	}
	if (!slab)
		slab = slab_add(head, size, flags, count);
	if (!slab)
		return NULL;
	index = (unsigned int)__builtin_ctz(~slab->used);
	slab->used |= 1u << index;
	return memset(object(slab, index), 0, size);
}
EXPORT_SYMBOL(objpool_alloc);

int objpool_free(struct objpool_head *head, void *data)
{
	struct list_item *item;

	if (!data)
		return 0;
	list_for_item(item, &head->list) {
		struct slab *slab = list_item(item, struct slab, list);

		for (unsigned int i = 0; i < slab->count; i++) {
			if (object(slab, i) != data)
				continue;
			if (!(slab->used & 1u << i))
				return -EINVAL;
			slab->used &= ~(1u << i);
			return 0;
		}
	}
	return -EINVAL;
}
EXPORT_SYMBOL(objpool_free);

void objpool_prune(struct objpool_head *head)
{
	while (!list_is_empty(&head->list)) {
		struct slab *slab = list_first_item(&head->list, struct slab, list);

		list_item_del(&slab->list);
		sof_heap_free(head->heap, slab);
	}
}
EXPORT_SYMBOL(objpool_prune);

int objpool_iterate(struct objpool_head *head, objpool_iterate_cb cb, void *arg)
{
	struct list_item *item;

	list_for_item(item, &head->list) {
		const struct slab *slab = list_item(item, struct slab, list);

		for (unsigned int i = 0; i < slab->count; i++)
			if ((slab->used & 1u << i) && cb(object(slab, i), arg))
				return 0;
	}
	return -ENOENT;
}
EXPORT_SYMBOL(objpool_iterate);
