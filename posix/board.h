/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file board.h
 * \brief The page that users can read and not write, and what every thread knows about itself.
 *
 * While a user thread runs, kernel memory is closed, also to the kernel's own threads that wait for
 * the baton. What has to be read in between lives in one page: the words threads wait on, what the
 * gate needs to open kernel memory again, and the few values that user code may read without a
 * system call. The page is mapped twice. z_board_page is the view for all threads; it is read-only.
 * z_board points to the writable view: its address is random and stored in kernel memory only, and
 * with protection keys it carries a key that no user has. (With mprotect() the writable view cannot
 * be closed as kernel memory is: a second mapping to close costs as much as the first one.)
 *
 * User-writable memory that the kernel reads, and what the kernel makes of it:
 *   frame of a system call (arch.h)  on the caller's stack. Its address is checked against the
 *                                    caller's memory, its contents are copied, then verified.
 *   FS base, flags, MXCSR            registers of the caller: replaced at the gate and on signal
 *                                    entry, compared with the right ones (syscall.c)
 *   user thread-local storage        a copy. The kernel reads it only to find damage
 *                                    (user_storage.c).
 *   alternate signal stack           of the thread, and of the supervisor thread: written by the
 *                                    host kernel while kernel memory is closed. A handler trusts
 *                                    what is on it, as no user thread runs at that time, except one
 *                                    of the same domain on another virtual core.
 * Under a memory checker (track_owns_host_memory()) a user thread has one thread-local storage for
 * both modes, as the checker keeps its own state there.
 */
#ifndef POSIX_BOARD_H
#define POSIX_BOARD_H

#include <stdbool.h>
#include <stdint.h>
#include <zephyr/kernel.h>

#include "arch/gate.h"

#define PAGE_SIZE 4096u

/** Most threads alive at a time: one bit each in an object's permissions. */
#define BOARD_MAX_THREADS (CONFIG_MAX_THREAD_BYTES * 8)

struct protect_backend;

struct z_board_page {
	struct arch_gate gate;		   /**< first: read by assembly */
	uint32_t baton[BOARD_MAX_THREADS]; /**< a thread waits until its word is set */
	/** What the host kernel reads at each system call of a user thread: 0 run it, 1 catch it */
	char catch[BOARD_MAX_THREADS];
	/** By virtual core: rights changed while its thread entered user mode */
	uint32_t again[CONFIG_MP_MAX_NUM_CPUS];
	int32_t in_call;    /**< the host's number of the thread in a guarded call; 0: none */
	bool ll_faulted;    /**< such a call has faulted: the firmware's memory may be damaged */
	char call_name[48]; /**< the instance whose code it calls */
	uintptr_t fault_stack, fault_stack_size; /**< where faults are reported */
	int last_report_fd, last_report_order;	 /**< host_fault_last_report_set() */
	int32_t running; /**< the host's number of the thread that has the baton, if it goes round */
	uint32_t nobody;		   /**< never set */
	uint32_t main_waits, main_goes_on; /**< likewise, between main and supervisor thread */
	k_ticks_t now;			   /**< virtual time */
	uintptr_t supervisor_tls;	   /**< the supervisor's thread pointer */
	int32_t log_level;
	const struct protect_backend *backend; /**< protect.h */
	uintptr_t kernel_end;		       /**< first byte above closed kernel memory */
};

/** The view to read. Any mode. */
extern const volatile struct z_board_page z_board_page;
/** The view to write. Supervisor mode. */
extern struct z_board_page *z_board;

/** Map the two views, once a process. 0 or -errno. */
int board_page_init(void);
/** True if the writable view lies at the address. */
bool board_page_contains(uintptr_t address);

/** Program symbols of program.ld: kernel memory starts here and ends at z_board_page.kernel_end. */
extern uint8_t z_kernel_data_start[];

/** \name The calling thread's own view of itself
 * A user thread reads a copy that its domain may write to (user_storage.h): the kernel does not. @{ */
extern __thread struct k_thread *z_tls_thread;
extern __thread bool z_tls_user;	 /**< in user mode now */
extern __thread uintptr_t z_tls_host_sp; /**< stack for host code that user code calls */
extern __thread uint8_t z_tls_cpu;	 /**< its virtual core, for itself to know */
/** @} */

#endif /* POSIX_BOARD_H */
