/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file protect.h
 * \brief Which memory is open: to the user thread that runs, and to the supervisor.
 *
 * Two kinds of memory are told apart. Kernel memory is one range that is open in supervisor mode
 * and closed in user mode. Regions (arena.h) are opened when somebody needs them and stay open
 * until a user thread enters whose domain does not grant them: a module that runs again and again
 * costs two rights changes a call, both of kernel memory. A region stays closed to the supervisor
 * too until protect_open() asks for it. Partitions of variables (app_partition.h) are regions that
 * supervisor code need not open: those that were closed to a user thread are opened when it leaves
 * user mode.
 *
 * With protection keys rights are the thread's own: the supervisor sees everything, protect_open()
 * has nothing to do, and entering a thread that has run before changes one register.
 *
 * A backend is a few functions (struct protect_backend), one file each: protect_pkey.c,
 * protect_mprotect.c, protect_none.c. It is chosen once, at start.
 */
#ifndef POSIX_PROTECT_H
#define POSIX_PROTECT_H

#include <host/platform.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zephyr/kernel.h>

/** What a backend has more whose rights are each thread's own. The supervisor sees all memory all
 * the time then. All in supervisor mode, but give_up(), which is called when the board has gone. */
struct protect_thread_rights {
	void (*give_up)(void);
	/** A region is here, or goes while its memory is still mapped. */
	void (*region_new)(uintptr_t start, size_t size);
	void (*region_gone)(uintptr_t start, size_t size);
	/** Close the host's own memory to user threads, or make it ordinary again. 0 or -errno. */
	int (*host_set)(uintptr_t start, size_t size, bool closed);
	/** The calling thread, number \p index, enters user mode with the rights it had. False: they
	 * may be wrong now. \p changed: views have changed since the last call. */
	bool (*recall)(unsigned int index, bool changed);
	/** It enters with these. False: not while all those run that do. */
	bool (*view)(unsigned int index, const struct k_mem_partition *parts, size_t count);
	/** The code that a signal handler came from had a user thread's rights. */
	bool (*was_user)(const void *context);
	/** A signal handler with this context returns to these rights. */
	void (*resume)(void *context, uint32_t rights);
};

struct protect_backend {
	const char *name;
	bool isolates;
	bool parallel;	    /**< user threads may run side by side: their rights are their own */
	bool closes_kernel; /**< by mprotect() of all kernel memory: z_board_page.gate */
	/** Take it into use: 0, or -ENOTSUP when the machine can't do it. */
	int (*probe)(void);
	/** Give [start, start + size) these rights (PROT_*) for whoever runs. 0 or -errno. Not called
	 * where there are thread_rights. */
	int (*set)(uintptr_t start, size_t size, int prot);
	const struct protect_thread_rights *thread_rights; /**< NULL: one set of rights for all */
};

extern const struct protect_backend protect_pkey;
extern const struct protect_backend protect_mprotect;
extern const struct protect_backend protect_none;

/** Choose a backend. 0, or -ENOTSUP. */
int protect_init(enum host_isolation isolation);
void protect_exit(void);

/** \name Supervisor mode @{ */
/** Make region memory around \p start accessible now. No-op for memory that is no region's. */
void protect_open(uintptr_t start);
/** Open partitions of variables, which supervisor code may always touch, after a user thread whose
 * domain lacks one. Called first after the switch to a kernel stack. */
void protect_open_variables(void);
/** Everything \p thread needs to take its first steps: its stack. */
void protect_open_thread(const struct k_thread *thread);
/** \p region is about to be unmapped (heaps in it are forgotten) or was just mapped (open). */
void protect_region_gone(uintptr_t start, size_t size);
void protect_region_new(uintptr_t start, size_t size);
/** The rights that domain or thread memory gives have changed. */
void protect_view_changed(void);
/** The end of kernel memory has changed. */
void protect_kernel_grown(void);
/** The same, and threads in user mode may have more rights now than they should: they stop. */
void protect_rights_taken(void);
/** A supervisor access to closed memory, by code at \p pc, faulted: open it. True when that was the
 * cause. Counted as a stray access, unless code of an LL module or called by it did it: it has the
 * supervisor's rights, but nobody can know what it will access. */
bool protect_mend(uintptr_t address, uintptr_t pc);
/** All regions open: for fault reports, and for ever when the board stops. */
void protect_open_all(void);
/** @} */

/** \name Between the modes
 * The gate (arch/arch.h) closes kernel memory as the last step into user mode and opens it as the
 * first out of it. Before: protect_prepare_user(); after: protect_left_user(), both on the privileged
 * stack. Where cores run side by side (cores.h) the kernel is another thread's in between. @{ */
void protect_prepare_user(struct k_thread *thread);
void protect_left_user(void);
/** The caller runs on the stack that the gate leads to while no user thread runs: it came through the
 * gate in supervisor mode. */
bool protect_gate_was_shut(void);
/** The same for a signal handler that holds the kernel: it has left user mode. */
void protect_user_left(void);
/** Close kernel memory from a signal handler, whose stack stays open, after protect_prepare_user(). */
void protect_enter_user(const struct k_thread *thread);
/** Open kernel memory from user code that a memory checker has stopped. */
void protect_leave_user(void);
/** The core whose data the gate reads. */
struct arch_core *protect_core(const struct k_thread *thread);
/** A thread that was out has been stopped by a signal handler, which calls this as the last thing
 * before it returns: the thread goes on with the rights that are due now. \p context: the
 * handler's. */
void protect_go_on(void *context);
/** The calling signal handler returns to what its ucontext_t says, in user mode as \p user or in
 * supervisor mode (NULL). Only for a change of mode: a handler that simply returns keeps the
 * previous rights. */
void protect_resume(void *context, const struct k_thread *user);
/** @} */

/** The rights of a range have been set anew: heaps in it close what they keep closed. */
void protect_remark(uintptr_t start, size_t size);

/** True when user code of \p thread may access all of the range that way: by table, no touching. */
bool protect_allows(const struct k_thread *thread, uintptr_t start, size_t size, bool write);

#endif /* POSIX_PROTECT_H */
