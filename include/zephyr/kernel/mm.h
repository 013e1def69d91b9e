/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/kernel/mm.h
 * \brief Ranges in whole pages. Included by zephyr/kernel.h. Any mode.
 */
#ifndef ZEPHYR_KERNEL_MM_H
#define ZEPHYR_KERNEL_MM_H

#include <stddef.h>
#include <stdint.h>
#include <zephyr/sys/util.h>

/** The smallest range in units of \p align, a power of two, around \p size bytes at \p addr.
 * Returns how far \p addr lies inside it. */
static inline size_t k_mem_region_align(uintptr_t *aligned_addr, size_t *aligned_size,
					uintptr_t addr, size_t size, size_t align)
{
	size_t offset = addr & (align - 1);

	*aligned_addr = addr - offset;
	*aligned_size = ROUND_UP(offset + size, align);
	return offset;
}

#endif /* ZEPHYR_KERNEL_MM_H */
