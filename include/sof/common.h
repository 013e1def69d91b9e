/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/common.h
 * \brief Macros that nearly all firmware code takes for granted.
 *
 * The host builds the generic C variant of everything: SOF_USE_HIFI(NONE, X) and
 * SOF_USE_MIN_HIFI(NONE, X) are 1, those of any other level 0. Any mode.
 */
#ifndef SOF_COMMON_H
#define SOF_COMMON_H

#include <autoconf.h>
#include <rtos/string_macro.h>
#include <sof/compiler_attributes.h>
#include <sof/lib/memory.h>
#include <stddef.h>
#include <stdint.h>
#include <zephyr/sys/util.h>

#ifndef IS_ALIGNED
#define IS_ALIGNED(size, alignment) ((size) % (alignment) == 0)
#endif
#define is_power_of_2(x) ((x) && !((x) & ((x)-1)))

/* Alignments are powers of two here; ROUND_UP() and ROUND_DOWN() take any number. */
#define ALIGN_UP_INTERNAL(val, align)	  (((val) + (align)-1) & ~((align)-1))
#define ALIGN_UP(size, alignment)	  ALIGN_UP_INTERNAL(size, alignment)
#define ALIGN_UP_COMPILE(size, alignment) ALIGN_UP_INTERNAL(size, alignment)
#define ALIGN_DOWN(size, alignment)	  ((size) & ~((alignment)-1))
#define ALIGN(val, align)		  ALIGN_UP_INTERNAL(val, align)
#define SOF_DIV_ROUND_UP(val, div)	  (((val) + (div)-1) / (div))

#ifndef container_of
#define container_of(ptr, type, member) CONTAINER_OF(ptr, type, member)
#endif
#define attr_container_of(ptr, type, member, attr) CONTAINER_OF(ptr, type, member)

#define clz(i)	    __builtin_clz(i)
#define clzl(i)	    __builtin_clzl(i)
#define clzll(i)    __builtin_clzll(i)
#define popcount(x) __builtin_popcount(x)

/** Number of macro arguments, none included. */
#define PP_NARG(...) (sizeof((unsigned int[]){ 0, ##__VA_ARGS__ }) / sizeof(unsigned int) - 1)

/** \p MESSAGE is one identifier. */
#define STATIC_ASSERT(COND, MESSAGE)                                                               \
	__unused typedef char _CONCAT(assertion_failed_, MESSAGE)[(COND) ? 1 : -1]

/** 1 when \p config is defined as 1, 0 when it is anything else or undefined. */
#ifndef IS_ENABLED
#define SOF_ENABLED_COMMA_1		   0,
#define SOF_ENABLED_PICK_SECOND(a, b, ...) b
#define SOF_ENABLED_EXPAND(maybe_comma)	   SOF_ENABLED_PICK_SECOND(maybe_comma 1, 0, 0)
#define SOF_ENABLED_JOIN(value)		   SOF_ENABLED_EXPAND(SOF_ENABLED_COMMA_##value)
#define IS_ENABLED(config)		   SOF_ENABLED_JOIN(config)
#endif

#define SOF_HIFI_LEVEL_NONE		      1
#define SOF_HIFI_LEVEL_2		      0
#define SOF_HIFI_LEVEL_3		      0
#define SOF_HIFI_LEVEL_4		      0
#define SOF_HIFI_LEVEL_5		      0
#define SOF_HIFI_LEVEL_MAX		      0
#define SOF_USE_HIFI(level, component)	      SOF_HIFI_LEVEL_##level
#define SOF_USE_MIN_HIFI(minlevel, component) SOF_HIFI_LEVEL_##minlevel
#define SOF_MAX_XCHAL_HIFI		      NONE

/** What an audio buffer's frames are aligned to, in bytes and in frames. */
#define SOF_FRAME_BYTE_ALIGN  4
#define SOF_FRAME_COUNT_ALIGN 1

/** \p x, a pointer the caller has checked to be aligned to \p a bytes. */
#define ASSUME_ALIGNED(x, a) ((__typeof__(x))__builtin_assume_aligned((x), a))

#endif /* SOF_COMMON_H */
