/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/lib/fast-get.h
 * \brief Copies of constants in fast memory, one for all who ask for the same.
 *
 * Modules call mod_fast_get() (sof/audio/module_adapter/module/generic.h), which keeps the books
 * for them; these are the functions under it.
 */
#ifndef SOF_LIB_FAST_GET_H
#define SOF_LIB_FAST_GET_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct k_mem_domain;
struct mod_alloc_ctx;

/**
 * A copy of \p size bytes at \p dram_ptr. When \p alloc is a module instance's, what is copied is
 * charged to the instance and readable in its domain; mod_fast_get() with its processing_module is
 * the same. Else (\p alloc NULL, or with a heap that is no instance's) the copy lies in the kernel
 * heap, is open to supervisor code only, and is counted: the same source and size give it again.
 *
 * Supervisor mode, or the instance's own thread (syscall).
 *
 * A constant is known by its address: while there is a copy of \p dram_ptr, another \p size is
 * refused. That holds among the firmware's own copies, and among copies of more than 2048 bytes
 * that instances have; each instance has smaller ones for itself.
 *
 * \return NULL: \p size is 0 or another than that of the copy there is, or memory is out.
 */
const void *fast_get(struct mod_alloc_ctx *alloc, const void *const dram_ptr, size_t size);

/** Give it back. \p mdom is not needed: it is known who has it. NULL is ignored. */
void fast_put(struct mod_alloc_ctx *alloc, struct k_mem_domain *mdom, const void *sram_ptr);

#ifdef __cplusplus
}
#endif

#endif /* SOF_LIB_FAST_GET_H */
