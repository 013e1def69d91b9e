/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/fatal.h
 * \brief Fatal errors: how they are raised and who is told. Included by zephyr/kernel.h.
 */
#ifndef ZEPHYR_FATAL_H
#define ZEPHYR_FATAL_H

#define K_ERR_CPU_EXCEPTION  0
#define K_ERR_SPURIOUS_IRQ   1
#define K_ERR_STACK_CHK_FAIL 2
#define K_ERR_KERNEL_OOPS    3
#define K_ERR_KERNEL_PANIC   4

/** What Zephyr calls the registers at an exception; here the whole record of the fault. */
struct host_fault;
struct arch_esf {
	const struct host_fault *fault;
};
typedef struct arch_esf z_arch_esf_t;

/** End the calling thread with \p reason told; \p text says why. What a user thread raises is an
 * oops, whatever it says, except a smashed stack. Any mode. */
void z_fatal(unsigned int reason, const char *text) __attribute__((noreturn));
#define k_oops()  z_fatal(K_ERR_KERNEL_OOPS, "k_oops()")
#define k_panic() z_fatal(K_ERR_KERNEL_PANIC, "k_panic()")
/** k_oops() with a reason of the caller's. */
#define z_except_reason(reason) z_fatal((reason), "z_except_reason()")

/**
 * Called for every fatal error after the program around the firmware has been told
 * (host_fault_handler_set()), in supervisor mode, with all memory open; k_current_get() is the
 * thread that erred. It must not wait. When it returns that thread ends, and it alone. The default,
 * weak, does nothing; a firmware may define its own.
 */
void k_sys_fatal_error_handler(unsigned int reason, const struct arch_esf *esf);

#endif /* ZEPHYR_FATAL_H */
