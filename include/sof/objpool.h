/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/objpool.h
 * \brief Pools of small objects of one size each, taken from a heap several at a time.
 *
 * Caller's mode: memory comes from the pool's heap through sof_heap_alloc(), the pool's books lie
 * beside the objects. Nothing is locked. An address stays an object's until it is freed.
 */
#ifndef SOF_OBJPOOL_H
#define SOF_OBJPOOL_H

#include <sof/list.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct k_heap;
struct vregion;

/** All zero but for \c list, which is initialised, is an empty pool of the kernel's heap. */
struct objpool_head {
	struct list_item list;
	struct vregion *vreg; /**< not used on the host: sof/lib/vregion.h */
	struct k_heap *heap;
	uint32_t flags; /**< SOF_MEM_FLAG_* */
};

/** An object of \p size bytes, zeroed, which all of the pool's have. NULL: no memory, size 0, or
 * another size or other \p flags than those before. */
void *objpool_alloc(struct objpool_head *head, size_t size, uint32_t flags);
/** 0, also for NULL; -EINVAL: not an object of the pool that is in use. */
int objpool_free(struct objpool_head *head, void *data);
/** Give all memory back, whatever is in use. */
void objpool_prune(struct objpool_head *head);

/** True ends the walk. It may free \p data. */
typedef bool (*objpool_iterate_cb)(void *data, void *arg);
/** Show \p cb every object in use. 0: it ended the walk; -ENOENT: it did not. */
int objpool_iterate(struct objpool_head *head, objpool_iterate_cb cb, void *arg);

#ifdef __cplusplus
}
#endif

#endif /* SOF_OBJPOOL_H */
