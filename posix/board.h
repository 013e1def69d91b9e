/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file board.h
 * \brief The page that stays open, and what every thread knows about itself.
 *
 * While a user thread runs, kernel memory is closed, also to the kernel's own threads that wait
 * for the baton. What has to work in between lives here: the words threads wait on, and the few
 * values that user code may read without a system call. A module could scribble on it; that is the
 * price of having only one set of page rights for all threads, and is told in the README. Nothing
 * here tells the kernel who somebody is: it looks that up in its own memory once that is open. With
 * cores side by side (cores.h) the words and the figures that matter are there, too.
 */
#ifndef POSIX_BOARD_H
#define POSIX_BOARD_H

#include <stdbool.h>
#include <stdint.h>
#include <zephyr/kernel.h>

#define PAGE_SIZE 4096u

/** Most threads alive at a time: one bit each in an object's permissions. */
#define BOARD_MAX_THREADS (CONFIG_MAX_THREAD_BYTES * 8)

struct protect_backend;

struct z_board_page {
	uint32_t baton[BOARD_MAX_THREADS]; /**< a thread waits until its word is set */
	int32_t running; /**< the host's number of the thread that has the baton, if it goes round */
	uint32_t nobody;		   /**< never set */
	uint32_t main_waits, main_goes_on; /**< likewise, between main and supervisor thread */
	k_ticks_t now;			   /**< virtual time */
	uintptr_t supervisor_tls;	   /**< the supervisor's thread pointer */
	int32_t log_level;
	const struct protect_backend *backend; /**< protect.h */
	uintptr_t kernel_end;		       /**< first byte above closed kernel memory */
};

extern struct z_board_page z_board_page;

/** Program symbols of program.ld: kernel memory starts here and ends at z_board_page.kernel_end. */
extern uint8_t z_kernel_data_start[];

/** \name The calling thread's own view of itself
 * Thread-local storage lies on the thread's host stack, which its domain may touch. The kernel
 * never relies on these for a decision about another thread. @{ */
extern __thread struct k_thread *z_tls_thread;
extern __thread bool z_tls_user;	 /**< in user mode now */
extern __thread uintptr_t z_tls_host_sp; /**< free end of the host stack while on the user stack */
extern __thread uint8_t z_tls_cpu;	 /**< its virtual core, for itself to know */
extern __thread bool z_tls_again;	 /**< rights changed while it entered user mode */
/** @} */

#endif /* POSIX_BOARD_H */
