/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/app_memory/mem_domain.h
 * \brief Memory domains: what a user thread may touch beside its own stack, text and constants.
 *
 * Names, layouts and results are Zephyr's (kernel/mem_domain.c, doc/kernel/usermode). A domain
 * copies the partitions it is given. Two quirks of upstream are not repeated: overlap is checked
 * against every slot, also behind a hole, and a free slot never matches a removal.
 *
 * Calling mode: supervisor mode only; from a user thread each call is an oops. None may be called from a signal handler.
 */
#ifndef ZEPHYR_APP_MEMORY_MEM_DOMAIN_H
#define ZEPHYR_APP_MEMORY_MEM_DOMAIN_H

#include <autoconf.h>
#include <stddef.h>
#include <stdint.h>

struct k_thread;

typedef uint32_t k_mem_partition_attr_t;

#define K_MEM_PARTITION_USER_READ  1u
#define K_MEM_PARTITION_USER_WRITE 2u
#define K_MEM_PARTITION_USER_EXEC  4u

#define K_MEM_PARTITION_P_RW_U_RW (K_MEM_PARTITION_USER_READ | K_MEM_PARTITION_USER_WRITE)
#define K_MEM_PARTITION_P_RW_U_RO K_MEM_PARTITION_USER_READ
#define K_MEM_PARTITION_P_RW_U_NA 0u
#define K_MEM_PARTITION_P_RO_U_RO K_MEM_PARTITION_USER_READ
#define K_MEM_PARTITION_P_RO_U_NA 0u
#define K_MEM_PARTITION_P_RX_U_RX (K_MEM_PARTITION_USER_READ | K_MEM_PARTITION_USER_EXEC)
#define K_MEM_PARTITION_P_RWX_U_RWX                                                                \
	(K_MEM_PARTITION_USER_READ | K_MEM_PARTITION_USER_WRITE | K_MEM_PARTITION_USER_EXEC)

/** Cache attributes of the board's CPU, ORed in: they have no meaning here. */
#define XTENSA_MMU_CACHED_WB 0x100u
#define XTENSA_MMU_CACHED_WT 0x200u

#define K_MEM_PARTITION_IS_WRITABLE(attr)   (((attr)&K_MEM_PARTITION_USER_WRITE) != 0)
#define K_MEM_PARTITION_IS_EXECUTABLE(attr) (((attr)&K_MEM_PARTITION_USER_EXEC) != 0)

/** A page-aligned range and what user threads may do with it. */
struct k_mem_partition {
	uintptr_t start;
	size_t size; /**< bytes, a multiple of the page size; 0 marks a free slot of a domain */
	k_mem_partition_attr_t attr;
};

struct k_mem_domain {
	struct k_mem_partition partitions[CONFIG_MAX_DOMAIN_PARTITIONS]; /**< holes are legal */
	uint8_t num_partitions;
	struct {
		void *ptables; /**< not NULL from k_mem_domain_init() to k_mem_domain_deinit() */
	} arch;
	unsigned int members; /**< threads in the domain */
	const char *name;     /**< for reports; "" when never named */
};

/** The domain of threads that were put in no other. */
extern struct k_mem_domain k_mem_domain_default;

/**
 * Make \p domain with \p num_parts partitions.
 * \return 0; -EINVAL for a NULL argument, too many parts or a bad one. On failure midway the
 *         parts before it stay in.
 */
int k_mem_domain_init(struct k_mem_domain *domain, uint8_t num_parts,
		      struct k_mem_partition *parts[]);

/** \return 0; -EINVAL for NULL or the default domain; -EBUSY while threads are members. */
int k_mem_domain_deinit(struct k_mem_domain *domain);

/**
 * Grant a partition to every member, at once.
 * \return 0; -EINVAL: NULL, writable and executable, empty, not page-aligned, wraps around, or
 *         overlaps one of this domain; -ENOSPC: all slots are used.
 */
int k_mem_domain_add_partition(struct k_mem_domain *domain, struct k_mem_partition *part);

/**
 * Take a partition from every member, at once. Start and size must match.
 * \return 0; -EINVAL for NULL; -ENOENT when the domain has no such partition.
 */
int k_mem_domain_remove_partition(struct k_mem_domain *domain, struct k_mem_partition *part);

/** Move \p thread into \p domain; it leaves the one it was in. 0, or -EINVAL for NULL. */
int k_mem_domain_add_thread(struct k_mem_domain *domain, struct k_thread *thread);

/** Slots of a domain. */
static inline int arch_mem_domain_max_partitions_get(void)
{
	return CONFIG_MAX_DOMAIN_PARTITIONS;
}

/** Name used in fault reports and summaries; the string must stay. Not Zephyr's. */
void k_mem_domain_name_set(struct k_mem_domain *domain, const char *name);

#endif /* ZEPHYR_APP_MEMORY_MEM_DOMAIN_H */
