/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/sys/slist.h
 * \brief Singly linked list with a head and a tail. Nothing is locked; touches the nodes only.
 */
#ifndef ZEPHYR_SYS_SLIST_H
#define ZEPHYR_SYS_SLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <zephyr/sys/util.h>

struct _snode {
	struct _snode *next;
};
typedef struct _snode sys_snode_t;

struct _slist {
	sys_snode_t *head;
	sys_snode_t *tail;
};
typedef struct _slist sys_slist_t;

#define SYS_SLIST_STATIC_INIT(ptr_to_list)                                                         \
	{                                                                                          \
		NULL, NULL                                                                         \
	}

static inline void sys_slist_init(sys_slist_t *list)
{
	list->head = NULL;
	list->tail = NULL;
}

static inline bool sys_slist_is_empty(const sys_slist_t *list)
{
	return !list->head;
}

static inline sys_snode_t *sys_slist_peek_head(const sys_slist_t *list)
{
	return list->head;
}

static inline sys_snode_t *sys_slist_peek_tail(const sys_slist_t *list)
{
	return list->tail;
}

static inline sys_snode_t *sys_slist_peek_next(const sys_snode_t *node)
{
	return node ? node->next : NULL;
}

/** Put \p node behind \p prev; NULL: at the head. */
static inline void sys_slist_insert(sys_slist_t *list, sys_snode_t *prev, sys_snode_t *node)
{
	sys_snode_t **link = prev ? &prev->next : &list->head;

	node->next = *link;
	*link = node;
	if (!node->next)
		list->tail = node;
}

static inline void sys_slist_prepend(sys_slist_t *list, sys_snode_t *node)
{
	sys_slist_insert(list, NULL, node);
}

static inline void sys_slist_append(sys_slist_t *list, sys_snode_t *node)
{
	sys_slist_insert(list, list->tail, node);
}

/** Take \p node out, which is behind \p prev_node; NULL: it is the head. */
static inline void sys_slist_remove(sys_slist_t *list, sys_snode_t *prev_node, sys_snode_t *node)
{
	if (prev_node)
		prev_node->next = node->next;
	else
		list->head = node->next;
	if (list->tail == node)
		list->tail = prev_node;
	node->next = NULL;
}

/** The head, taken out; NULL: the list is empty. */
static inline sys_snode_t *sys_slist_get(sys_slist_t *list)
{
	sys_snode_t *node = list->head;

	if (node)
		sys_slist_remove(list, NULL, node);
	return node;
}

/** Take \p node out wherever it is. True: it was in the list. */
static inline bool sys_slist_find_and_remove(sys_slist_t *list, sys_snode_t *node)
{
	sys_snode_t *prev = NULL;

	for (sys_snode_t *at = list->head; at; prev = at, at = at->next) {
		if (at == node) {
			sys_slist_remove(list, prev, node);
			return true;
		}
	}
	return false;
}

#define SYS_SLIST_FOR_EACH_NODE(sl, sn) for (sn = (sl)->head; sn; sn = sn->next)
/** The body may take \p sn out. */
#define SYS_SLIST_FOR_EACH_NODE_SAFE(sl, sn, sns)                                                  \
	for (sn = (sl)->head, sns = sys_slist_peek_next(sn); sn;                                   \
	     sn = sns, sns = sys_slist_peek_next(sn))

/* The structure around a node; NULL for NULL. */
#define Z_SLIST_CONTAINER(ptr, cn, n)		 ((ptr) ? CONTAINER_OF((ptr), __typeof__(*(cn)), n) : NULL)
#define SYS_SLIST_CONTAINER(ln, cn, n)		 Z_SLIST_CONTAINER(ln, cn, n)
#define SYS_SLIST_PEEK_HEAD_CONTAINER(sl, cn, n) Z_SLIST_CONTAINER((sl)->head, cn, n)
#define SYS_SLIST_PEEK_NEXT_CONTAINER(cn, n)	 ((cn) ? Z_SLIST_CONTAINER((cn)->n.next, cn, n) : NULL)
#define SYS_SLIST_FOR_EACH_CONTAINER(sl, cn, n)                                                    \
	for (cn = SYS_SLIST_PEEK_HEAD_CONTAINER(sl, cn, n); cn;                                    \
	     cn = SYS_SLIST_PEEK_NEXT_CONTAINER(cn, n))
#define SYS_SLIST_FOR_EACH_CONTAINER_SAFE(sl, cn, cns, n)                                          \
	for (cn = SYS_SLIST_PEEK_HEAD_CONTAINER(sl, cn, n),                                        \
	    cns = SYS_SLIST_PEEK_NEXT_CONTAINER(cn, n);                                            \
	     cn; cn = cns, cns = SYS_SLIST_PEEK_NEXT_CONTAINER(cn, n))

#endif /* ZEPHYR_SYS_SLIST_H */
