/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/audio/cpu.h
 * \brief What the host's processor has beyond what all have. Ours; any mode.
 *
 * For prepare(): the question may cost microseconds on a virtual machine. A module can't use
 * __builtin_cpu_supports(), which needs a constructor in its object. With MODULE_CPU_PLAIN defined
 * there is nothing: for tests of what runs elsewhere.
 */
#ifndef MODULE_AUDIO_CPU_H
#define MODULE_AUDIO_CPU_H

#include <stdbool.h>

#if defined(__x86_64__) && !defined(MODULE_CPU_PLAIN)
#include <cpuid.h>

/** Are there AVX2's instructions, and does the operating system keep their registers? */
static inline bool cpu_has_avx2(void)
{
	const unsigned int sse_and_avx_state = 0x6;
	unsigned int a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE))
		return false;
	__asm__ volatile("xgetbv" : "=a"(a), "=d"(d) : "c"(0));
	if ((a & sse_and_avx_state) != sse_and_avx_state)
		return false;
	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_AVX2);
}
#else
static inline bool cpu_has_avx2(void)
{
	return false;
}
#endif

#endif /* MODULE_AUDIO_CPU_H */
