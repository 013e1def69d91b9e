/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/cache.h
 * \brief Data cache upkeep. The host's caches are coherent: all of it does nothing. Any mode.
 */
#ifndef RTOS_CACHE_H
#define RTOS_CACHE_H

#include <sof/compiler_attributes.h>
#include <stdbool.h>
#include <stddef.h>

#define DCACHE_LINE_SIZE 64

#define is_cached(address) ((void)(address), true)

static inline void dcache_writeback_region(void __sparse_cache *addr, size_t size)
{
	(void)addr;
	(void)size;
}

static inline void dcache_invalidate_region(void __sparse_cache *addr, size_t size)
{
	dcache_writeback_region(addr, size);
}

static inline void dcache_writeback_invalidate_region(void __sparse_cache *addr, size_t size)
{
	dcache_writeback_region(addr, size);
}

static inline void icache_invalidate_region(void __sparse_cache *addr, size_t size)
{
	dcache_writeback_region(addr, size);
}

#endif /* RTOS_CACHE_H */
