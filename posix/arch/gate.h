/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file arch/gate.h
 * \brief Data of the gate between user and supervisor mode. The assembly knows the offsets
 * (x86_64_gate.c checks them).
 */
#ifndef POSIX_ARCH_GATE_H
#define POSIX_ARCH_GATE_H

#include <stddef.h>
#include <stdint.h>
#include <zephyr/kernel.h>

/** How FS base is read and written. */
enum arch_thread_pointer_by {
	ARCH_FS_BY_SYSCALL,	/**< arch_prctl() */
	ARCH_FS_BY_INSTRUCTION, /**< rdfsbase, wrfsbase: a few ns */
};
#define ARCH_HOLES_MAX CONFIG_MAX_DOMAIN_PARTITIONS

/**
 * What the gate needs while kernel memory is closed: part of z_board_page, so users read it and cannot
 * write it.
 */
struct arch_gate {
	uint32_t supervisor; /**< PKRU in supervisor mode */
	uint32_t in_use;     /**< 0: leave PKRU alone */
	uintptr_t start;     /**< kernel memory that mprotect() opens and closes */
	size_t size;	     /**< 0: none */
	uint32_t cores;	     /**< threads run side by side on so many; 0: the baton goes round */
	uint32_t fs_by;	     /**< enum arch_thread_pointer_by */
	uint32_t hole_count;
	uint32_t checker; /**< a memory checker is told when a system call is over */
	/** Partitions inside kernel memory: opened again once it is closed. */
	struct arch_hole {
		uintptr_t start;
		size_t size;
		long prot;
	} holes[ARCH_HOLES_MAX];
};

/** Kernel memory: what the gate switches to. One per virtual core (cores side by side), else one.
 * */
struct arch_core {
	int64_t host_id;     /**< the host's number of its thread */
	uintptr_t kernel_sp; /**< first byte above the thread's privileged stack */
	uintptr_t kernel_tp; /**< its FS base in supervisor mode; 0: FS base is the same in both */
	uintptr_t user_tp;   /**< its FS base in user mode */
	uint32_t user_rights;
	uint32_t pad;
	const volatile uint32_t *again; /**< see z_board_page */
};
extern struct arch_core arch_cores[];

/** A system call's frame as z_syscall() leaves it on the caller's stack. */
struct arch_user_frame {
	uint64_t id;
	uintptr_t arg[6];
	uint32_t mxcsr;
	uint16_t fcw, pad;
	uint64_t flags;
	uint64_t saved[5]; /**< r15, r14, r13, r12, rbx */
	uint64_t fp, pc;
};

/** Flags that no caller of a function may have set. */
#define ARCH_FLAG_DIRECTION 0x400u
#define ARCH_FLAG_NESTED    0x4000u
#define ARCH_FLAG_ALIGNMENT 0x40000u

/** Clear these three flags and return their previous values. */
uint64_t arch_flags_reset(void);

#define ARCH_MXCSR_DEFAULT 0x1f80u
#define ARCH_FCW_DEFAULT   0x37fu

/** Mask all floating-point exceptions, round to nearest, and keep denormals: an unmasked exception, or
 * flush to zero, would change the kernel's arithmetic. */
static inline void arch_rounding_reset(void)
{
	const uint32_t mxcsr = ARCH_MXCSR_DEFAULT;
	const uint16_t fcw = ARCH_FCW_DEFAULT;

	__asm__ volatile("ldmxcsr %0\n\tfldcw %1" : : "m"(mxcsr), "m"(fcw));
}

#endif /* POSIX_ARCH_GATE_H */
