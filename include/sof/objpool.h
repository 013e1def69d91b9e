/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/objpool.h
 * \brief Head of an object pool, as a member of module_resources. Records are kept elsewhere.
 */
#ifndef SOF_OBJPOOL_H
#define SOF_OBJPOOL_H

#include <sof/list.h>
#include <stdint.h>

struct k_heap;

struct objpool_head {
	struct list_item list;
	struct k_heap *heap;
	void *vreg;
	uint32_t flags;
};

#endif /* SOF_OBJPOOL_H */
