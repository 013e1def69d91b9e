/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/sys/iterable_sections.h
 * \brief Variables of one type that the linker gathers (posix/program.ld).
 *
 * struct k_sem, k_mutex, k_condvar, k_event, k_timer, k_queue and k_heap made this way are known
 * and initialised kernel objects when the board starts, and have their initial value again each
 * time it does. For the program, not for loadable modules.
 */
#ifndef ZEPHYR_SYS_ITERABLE_SECTIONS_H
#define ZEPHYR_SYS_ITERABLE_SECTIONS_H

/* The alignment is given, so that the compiler does not raise it and leave gaps. */
#define Z_IN_SECTION(struct_type)                                                                  \
	__attribute__((section(".z_object." #struct_type), used, aligned(8)))

#define STRUCT_SECTION_ITERABLE(struct_type, name) struct struct_type name Z_IN_SECTION(struct_type)
#define STRUCT_SECTION_ITERABLE_ARRAY(struct_type, name, size)                                     \
	struct struct_type name[size] Z_IN_SECTION(struct_type)

#endif /* ZEPHYR_SYS_ITERABLE_SECTIONS_H */
