/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/panic.h
 * \brief The end: assertions and panics.
 *
 * Both end the thread they happen in with a fault report; in supervisor mode, the run. assert()
 * is never compiled out. Any mode, also from user threads.
 */
#ifndef RTOS_PANIC_H
#define RTOS_PANIC_H

#include <ipc/trace.h>
#include <rtos/string_macro.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SOF_NORETURN __attribute__((noreturn))

/** Report that \p expr does not hold at \p file : \p line and end the thread. */
void z_assert_failed(const char *expr, const char *file, int line) SOF_NORETURN;

/** \p p: SOF_IPC_PANIC_* of ipc/trace.h; SOF's name for the body of sof_panic(). */
static inline SOF_NORETURN void __panic(uint32_t p, const char *filename, uint32_t linenum)
{
	(void)p;
	z_assert_failed("sof_panic()", filename, (int)linenum);
}

#define sof_panic(x) z_assert_failed("sof_panic(" #x ")", __FILE__, __LINE__)

#undef assert
#define assert(cond) ((cond) ? (void)0 : z_assert_failed(#cond, __FILE__, __LINE__))

#ifdef __cplusplus
}
#endif

#endif /* RTOS_PANIC_H */
