/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/cache.h
 * \brief Data cache upkeep. The host's caches are coherent and memory has one address: every call
 * succeeds and does nothing. Any mode.
 *
 * As the two aliases of memory are one, a domain can be given only one of them; the second is an
 * overlap (-EINVAL), so code for the board must skip it here.
 */
#ifndef ZEPHYR_CACHE_H
#define ZEPHYR_CACHE_H

#include <stdbool.h>
#include <stddef.h>

static inline int sys_cache_data_flush_range(void *addr, size_t size)
{
	(void)addr;
	(void)size;
	return 0;
}
static inline int sys_cache_data_invd_range(void *addr, size_t size)
{
	return sys_cache_data_flush_range(addr, size);
}
static inline int sys_cache_data_flush_and_invd_range(void *addr, size_t size)
{
	return sys_cache_data_flush_range(addr, size);
}
static inline int sys_cache_instr_invd_range(void *addr, size_t size)
{
	return sys_cache_data_flush_range(addr, size);
}
static inline void *sys_cache_cached_ptr_get(void *ptr)
{
	return ptr;
}
static inline void *sys_cache_uncached_ptr_get(void *ptr)
{
	return ptr;
}
static inline bool sys_cache_is_ptr_cached(void *ptr)
{
	(void)ptr;
	return true;
}
static inline bool sys_cache_is_ptr_uncached(void *ptr)
{
	(void)ptr;
	return true;
}

#endif /* ZEPHYR_CACHE_H */
