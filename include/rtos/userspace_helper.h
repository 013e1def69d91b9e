/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/userspace_helper.h
 * \brief What a user-mode module needs before it can run: heap, stack, common memory, mailbox.
 *
 * In SOF's POSIX port these are empty stubs; here they have bodies. A module heap and the stack
 * beside it share one region, so that a domain switch opens and closes one mapping.
 *
 * Calling mode: supervisor mode.
 */
#ifndef RTOS_USERSPACE_HELPER_H
#define RTOS_USERSPACE_HELPER_H

#include <zephyr/app_memory/app_memdomain.h>
#include <zephyr/kernel.h>

/** Data that all user threads share. Whole pages, open to every domain that attached the common
 * partition. Zeroed variables go into BSS, initialised ones into DATA. */
#define APP_TASK_BSS  K_APP_BMEM(common_partition)
#define APP_TASK_DATA K_APP_DMEM(common_partition)
#define APP_SYSUSER_BSS
#define APP_SYSUSER_DATA

extern struct k_mem_partition common_partition;

/** What a module heap's region holds. */
struct module_heap_config {
	const char *name;   /**< owner, for reports: "eqiir.1"; copied */
	size_t heap_bytes;  /**< room for the module's blocks */
	size_t stack_bytes; /**< room for one user stack beside it; 0: none */
};

/** Heap of the default size (CONFIG_SOF_ZEPHYR_USERSPACE_MODULE_HEAP_SIZE); NULL: no memory. */
struct k_heap *module_driver_heap_init(void);
/** Heap as \p config asks. NULL: no memory. */
struct k_heap *module_driver_heap_init_ext(const struct module_heap_config *config);
/** Give back the heap and everything in it, leaked or not. Stacks in it must be freed before.
 * NULL is ignored. */
void module_driver_heap_remove(struct k_heap *mod_drv_heap);
/** The partition that covers the heap, its stack and nothing else. */
void module_driver_heap_partition(struct k_heap *mod_drv_heap, struct k_mem_partition *out);

/** Stack of \p stack_size bytes in a region of its own, with closed memory on both sides. */
void *user_stack_allocate(size_t stack_size, uint32_t options);
/** The stack beside \p heap when it is free and large enough, else as user_stack_allocate(). */
void *user_stack_allocate_beside(struct k_heap *heap, size_t stack_size, uint32_t options);
/** 0; -EBUSY while a thread runs on it. NULL is ignored. */
int user_stack_free(void *p_stack);

/** 0, or k_mem_domain_add_partition()'s error. */
int user_memory_attach_common_partition(struct k_mem_domain *dom);

/** Grant the shared-buffer heap to \p dom. */
int user_memory_attach_shared_buffers(struct k_mem_domain *dom);

/**
 * Where a buffer between modules must be allocated from: the shared-buffer heap when a user-mode
 * module is on either side, the kernel heap when both are supervisor code.
 *
 * \return flags for sof_heap_alloc().
 */
uint32_t user_buffer_memory_flags(bool source_is_user, bool sink_is_user);

/** \name Buffers granted one by one
 * Memory between modules that is open only to the domains it was granted to, instead of a block of
 * the shared-buffer heap that all see. The memory ends where closed memory begins. @{ */
/** Zeroed; NULL: no memory. \p name tells reports what it is: "buffer a.0 -> b.0". */
void *user_buffer_alloc(size_t bytes, const char *name);
/** It is granted to nobody any more. NULL is ignored. */
void user_buffer_free(void *buffer);
/** 0; -EINVAL: no such buffer, or granted already; -ENOSPC: the domain is full. */
int user_buffer_grant(struct k_mem_domain *dom, const void *buffer);
/** 0; -ENOENT: was not granted. */
int user_buffer_revoke(struct k_mem_domain *dom, const void *buffer);
/** @} */

/** \name Buffers between modules that run in supervisor mode
 * No domain has them, and the memory ends where closed memory begins. Freed by sof_heap_free(). @{ */
/** Not zeroed. NULL: there is no room, and memory of the kernel heap has to do. */
void *supervisor_buffer_alloc(size_t bytes);
/** Make all of them accessible now, as user_domain_open() does. */
void supervisor_buffers_open(void);
/** @} */

/** Bytes of a module heap of the default size. */
#define USER_MOD_HEAP_SIZE                                                                         \
	ROUND_UP(CONFIG_SOF_ZEPHYR_USERSPACE_MODULE_HEAP_SIZE, CONFIG_MM_DRV_PAGE_SIZE)

/** What a partition's attributes say of caches: nothing. */
static inline uint32_t user_get_partition_cache_attr(uintptr_t ptr)
{
	(void)ptr;
	return 0;
}

/** \name Mailbox
 * One page-aligned window through which arguments of a configuration call reach a user thread.
 * It is granted from user_mailbox_grant() to user_mailbox_revoke(). Closed memory follows it. @{ */
void *user_mailbox(void);
size_t user_mailbox_size(void);
/**
 * Clear the mailbox and make room for \p size bytes at its very end, so that an access past their
 * end faults. They are aligned to 8 bytes if \p size is a multiple of 8, otherwise to 4, which
 * leaves up to 3 bytes behind them. Open to supervisor code, like the mailbox.
 *
 * \return NULL: \p size is larger than the mailbox.
 */
void *user_mailbox_window(size_t size);
/**
 * True if the mailbox, except the window of \p size bytes, and the supervisor's page before it are
 * still zero.
 *
 * \param[out] at if not: the first other byte, as an offset from the start of the window
 */
bool user_mailbox_rest_is_clear(size_t size, ptrdiff_t *at);
int user_mailbox_grant(struct k_mem_domain *dom, bool writable);
int user_mailbox_revoke(struct k_mem_domain *dom);
/** Grant it for writing, and put \p thread into the domain. 0, or what either says. */
static inline int user_access_to_mailbox(struct k_mem_domain *domain, k_tid_t thread)
{
	const int err = user_mailbox_grant(domain, true);

	return err ? err : k_mem_domain_add_thread(domain, thread);
}
/** @} */

/**
 * Make all of \p dom's partitions accessible to supervisor code now. Memory of a domain that is
 * not the running one stays closed in supervisor mode too, until it is asked for here; it is
 * open until a user thread of another domain runs. Cheap when it is open already.
 */
void user_domain_open(struct k_mem_domain *dom);
/** The same for one partition that a domain may have. */
void user_partition_open(const struct k_mem_partition *part);

#endif /* RTOS_USERSPACE_HELPER_H */
