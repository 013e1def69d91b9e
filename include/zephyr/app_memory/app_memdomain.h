/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/app_memory/app_memdomain.h
 * \brief Variables that make up a partition.
 *
 * \code
 * K_APPMEM_PARTITION_DEFINE(part);	in one file; elsewhere extern struct k_mem_partition part;
 * K_APP_DMEM(part) int answer = 42;	in any file of the program
 * K_APP_BMEM(part) int sum;
 * k_mem_domain_add_partition(&domain, &part);
 * \endcode
 *
 * The linker gathers the variables of a partition in whole pages with nothing else in them
 * (posix/program.ld). From host_init() on part.start and part.size cover them, and nobody in user
 * mode reaches them whose domain has not got the partition. Each host_init() gives K_APP_DMEM
 * variables their initial value again and zeroes K_APP_BMEM ones, whatever initialiser they have.
 *
 * A partition without variables has size 0 and can't be added to a domain. In a loadable module
 * K_APP_DMEM and K_APP_BMEM variables are the module's own data; it can't define partitions.
 */
#ifndef ZEPHYR_APP_MEMORY_APP_MEMDOMAIN_H
#define ZEPHYR_APP_MEMORY_APP_MEMDOMAIN_H

#include <zephyr/app_memory/mem_domain.h>

/* Sorted by name the sections of a partition are: its start, data, zeroed data's start, zeroed
 * data, its end. No other partition's name sorts in between, as '.' precedes all of a name. */
#define Z_APP_SECTION(id, part) ".z_app." #id "." #part

#define K_APP_DMEM_SECTION(id) Z_APP_SECTION(id, 1)
#define K_APP_BMEM_SECTION(id) Z_APP_SECTION(id, 3)

#define K_APP_DMEM(id) __attribute__((section(K_APP_DMEM_SECTION(id)), used))
#define K_APP_BMEM(id) __attribute__((section(K_APP_BMEM_SECTION(id)), used))

struct z_app_region {
	struct k_mem_partition *partition;
	const char *name;
	char *start, *bss_start, *end;
};

#define Z_APP_MARK(id, part, what, align)                                                          \
	__asm__(".pushsection " Z_APP_SECTION(id, part) ",\"aw\",@progbits\n"                      \
							"\t.balign " #align "\n"                   \
							"\t.globl z_app_" #id "_" #what "\n"       \
							"\t.hidden z_app_" #id "_" #what "\n"      \
							"z_app_" #id "_" #what ":\n"               \
							"\t.popsection\n")

#define K_APPMEM_PARTITION_DEFINE(name_)                                                           \
	Z_APP_MARK(name_, 0, start, 4096);                                                         \
	Z_APP_MARK(name_, 2, bss_start, 16);                                                       \
	Z_APP_MARK(name_, 9, end, 4096);                                                           \
	extern char z_app_##name_##_start[] __attribute__((visibility("hidden")));                 \
	extern char z_app_##name_##_bss_start[] __attribute__((visibility("hidden")));             \
	extern char z_app_##name_##_end[] __attribute__((visibility("hidden")));                   \
	struct k_mem_partition name_;                                                              \
	static const struct z_app_region z_app_region_##name_                                      \
		__attribute__((section(".z_app_regions"), used,                                    \
			       aligned(8))) = { &name_, #name_, z_app_##name_##_start,             \
						z_app_##name_##_bss_start, z_app_##name_##_end }

#endif /* ZEPHYR_APP_MEMORY_APP_MEMDOMAIN_H */
