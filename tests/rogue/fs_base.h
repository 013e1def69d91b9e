/* SPDX-License-Identifier: BSD-3-Clause */
/* FS base, which every user program may change: where the CPU has the instruction. */
#ifndef TESTS_ROGUE_FS_BASE_H
#define TESTS_ROGUE_FS_BASE_H

#include <stdint.h>

static inline void set_fs_base(uintptr_t base)
{
	__asm__ volatile("wrfsbase %0" : : "r"(base) : "memory");
}

#endif /* TESTS_ROGUE_FS_BASE_H */
