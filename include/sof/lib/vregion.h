/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/lib/vregion.h
 * \brief Virtual memory regions: as on a board built without them. None can be made, so that every
 * allocation context has a heap. Any mode.
 */
#ifndef SOF_LIB_VREGION_H
#define SOF_LIB_VREGION_H

#include <stddef.h>
#include <stdint.h>

enum vregion_mem_type {
	VREGION_MEM_TYPE_INTERIM,
	VREGION_MEM_TYPE_LIFETIME,
	VREGION_MEM_TYPE_INVALID,
};

struct vregion {
	unsigned int use_count;
};

/** NULL, always. */
static inline struct vregion *vregion_create(size_t memsize)
{
	(void)memsize;
	return NULL;
}

static inline struct vregion *vregion_get(struct vregion *vr)
{
	return vr;
}

static inline struct vregion *vregion_put(struct vregion *vr)
{
	return vr;
}

static inline void vregion_set_interim(struct vregion *vr)
{
	(void)vr;
}

/** NULL, always. */
static inline void *vregion_alloc_align(struct vregion *vr, size_t size, size_t alignment)
{
	(void)vr;
	(void)size;
	(void)alignment;
	return NULL;
}

static inline void *vregion_alloc(struct vregion *vr, size_t size)
{
	return vregion_alloc_align(vr, size, 0);
}

static inline void *vregion_alloc_coherent(struct vregion *vr, size_t size)
{
	return vregion_alloc_align(vr, size, 0);
}

static inline void *vregion_alloc_coherent_align(struct vregion *vr, size_t size, size_t alignment)
{
	return vregion_alloc_align(vr, size, alignment);
}

static inline void vregion_free(struct vregion *vr, void *ptr)
{
	(void)vr;
	(void)ptr;
}

static inline void vregion_info(struct vregion *vr)
{
	(void)vr;
}

/** Both 0; either may be NULL. */
static inline void vregion_mem_info(struct vregion *vr, size_t *size, uintptr_t *start)
{
	(void)vr;
	if (size)
		*size = 0;
	if (start)
		*start = 0;
}

#endif /* SOF_LIB_VREGION_H */
