/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/lib/cpu.h
 * \brief DSP cores: the board's virtual ones. Any mode.
 */
#ifndef SOF_LIB_CPU_H
#define SOF_LIB_CPU_H

#include <stdbool.h>

#define PLATFORM_PRIMARY_CORE_ID 0

/** The calling thread's. */
int cpu_get_id(void);

static inline bool cpu_is_me(int id)
{
	return cpu_get_id() == id;
}

static inline bool cpu_is_primary(int id)
{
	return PLATFORM_PRIMARY_CORE_ID == id;
}

#endif /* SOF_LIB_CPU_H */
