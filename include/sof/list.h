/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/list.h
 * \brief Doubly linked ring: the head is one more item, an empty list points at itself.
 *
 * An item must be initialised or in a list before it is deleted; list_item_del() leaves it
 * initialised, so deleting twice is harmless. Nothing is locked. Any mode; touches the items only.
 */
#ifndef SOF_LIST_H
#define SOF_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list_item {
	struct list_item *next;
	struct list_item *prev;
};

#define LIST_INIT(head)                                                                            \
	{                                                                                          \
		&head, &head                                                                       \
	}

static inline void list_init(struct list_item *list)
{
	list->prev = list;
	list->next = list;
}

/* Private: put item between two neighbours. */
static inline void list_link_between(struct list_item *item, struct list_item *before,
				     struct list_item *after)
{
	item->prev = before;
	item->next = after;
	before->next = item;
	after->prev = item;
}

/** Make \p item the first of \p list. */
static inline void list_item_prepend(struct list_item *item, struct list_item *list)
{
	list_link_between(item, list, list->next);
}

/** Make \p item the last of \p list. */
static inline void list_item_append(struct list_item *item, struct list_item *list)
{
	list_link_between(item, list->prev, list);
}

static inline void list_item_del(struct list_item *item)
{
	struct list_item *before = item->prev;
	struct list_item *after = item->next;

	before->next = after;
	after->prev = before;
	list_init(item);
}

static inline int list_item_is_last(struct list_item *item, struct list_item *list)
{
	return item->next == list;
}

#define list_is_empty(item) ((item)->next == (item))

/** The structure that \p item is the member \p member of. */
#define list_item(item, type, member)	    ((type *)((char *)(item)-offsetof(type, member)))
#define list_first_item(list, type, member) list_item((list)->next, type, member)
#define list_next_item(object, member)                                                             \
	list_item((object)->member.next, __typeof__(*(object)), member)

/** The loop body must not take \p item out; list_for_item_safe()'s may. */
#define list_for_item(item, list)      for (item = (list)->next; item != (list); item = item->next)
#define list_for_item_prev(item, list) for (item = (list)->prev; item != (list); item = item->prev)
#define list_for_item_safe(item, tmp, list)                                                        \
	for (item = (list)->next, tmp = item->next; item != (list); item = tmp, tmp = item->next)

/** A head was copied from \p old_list to \p new_list: make its neighbours point at the copy. */
static inline void list_relink(struct list_item *new_list, struct list_item *old_list)
{
	if (new_list->next == old_list) {
		list_init(new_list);
		return;
	}
	new_list->next->prev = new_list;
	new_list->prev->next = new_list;
}

#endif /* SOF_LIST_H */
