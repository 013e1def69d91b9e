/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file arch/decode.h
 * \brief What one instruction would have done: for faults of which the CPU does not say the address.
 *
 * Not a disassembler. It knows where an instruction's memory operand is, what alignment that needs,
 * and which instructions are the operating system's. What it does not know it says so about.
 *
 * Calling mode: any; touches no memory but its arguments.
 */
#ifndef POSIX_ARCH_DECODE_H
#define POSIX_ARCH_DECODE_H

#include <host/fault.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Longest instruction, in bytes. */
#define ARCH_INSTRUCTION_MAX 15

struct arch_instruction {
	/** Its name when only the operating system may execute it, NULL: it is no such instruction. */
	const char *privileged;
	bool undefined; /**< ud0, ud1, ud2: no instruction on purpose */
	enum host_access
		access;	   /**< HOST_ACCESS_NONE: it has no memory operand that is known here */
	uintptr_t address; /**< of the operand; EXECUTE: where it jumps to */
	unsigned int alignment; /**< that the address must have, in bytes; 1: any */
	bool jumps_through;	/**< the operand holds the address of the next instruction */
	uintptr_t second;	/**< of an instruction that copies: where it writes to; else 0 */
	bool divides;		/**< div or idiv; of an operand in memory, it is at address */
	unsigned int width;	/**< of the divisor, in bytes */
	uint64_t divisor;	/**< when the operand is a register */
};

/**
 * \param code,size    bytes from the start of the instruction; fewer than it has: false
 * \param registers    as they were before it
 * \param fs_base      start of thread-local storage
 * \return false when it is no instruction that is known here
 */
bool arch_decode(const uint8_t *code, size_t size, const struct host_registers *registers,
		 uintptr_t fs_base, struct arch_instruction *out);

#endif /* POSIX_ARCH_DECODE_H */
