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

/** Cores are never switched off. */
static inline int cpu_enable_core(int id)
{
	(void)id;
	return 0;
}

static inline void cpu_disable_core(int id)
{
	(void)id;
}

static inline int cpu_is_core_enabled(int id)
{
	(void)id;
	return 1;
}

#endif /* SOF_LIB_CPU_H */
