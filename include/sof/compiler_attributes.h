/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/compiler_attributes.h
 * \brief Short names of compiler attributes. Any mode.
 */
#ifndef SOF_COMPILER_ATTRIBUTES_H
#define SOF_COMPILER_ATTRIBUTES_H

/* Marks of the sparse checker; the compiler has no use for them. */
#ifndef __sparse_cache
#define __sparse_cache
#endif
#ifndef __sparse_force
#define __sparse_force
#endif

#ifndef __packed
#define __packed __attribute__((packed))
#endif
#ifndef __aligned
#define __aligned(x) __attribute__((__aligned__(x)))
#endif
#ifndef __section
#define __section(x) __attribute__((section(x)))
#endif
#ifndef __used
#define __used __attribute__((__used__))
#endif
#ifndef __unused
#define __unused __attribute__((__unused__))
#endif
#ifndef __maybe_unused
#define __maybe_unused __attribute__((__unused__))
#endif
#ifndef __must_check
#define __must_check __attribute__((warn_unused_result))
#endif

/* On the board, code and constants so marked lie in slow memory. */
#ifndef __cold
#define __cold __attribute__((cold))
#endif
#ifndef __cold_rodata
#define __cold_rodata
#endif

#ifndef COMPILER_FALLTHROUGH
#define COMPILER_FALLTHROUGH __attribute__((fallthrough))
#endif

#endif /* SOF_COMPILER_ATTRIBUTES_H */
