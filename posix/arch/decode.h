/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file arch/decode.h
 * \brief Decode one instruction, for faults whose address the CPU does not supply.
 *
 * Not a disassembler: it finds an instruction's memory operand, the alignment that operand needs,
 * and privileged instructions. An instruction that it does not know is reported as unknown.
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
	/** Name of a privileged instruction; NULL: not privileged. */
	const char *privileged;
	bool undefined;		 /**< ud0, ud1, ud2 */
	enum host_access access; /**< HOST_ACCESS_NONE: no known memory operand */
	uintptr_t address;	 /**< of the operand; EXECUTE: where it jumps to */
	unsigned int alignment;	 /**< that the address must have, in bytes; 1: any */
	bool jumps_through;	 /**< the operand holds the address of the next instruction */
	uintptr_t second;	 /**< destination of a copying instruction; else 0 */
	bool divides;		 /**< div or idiv; a divisor in memory is at address */
	unsigned int width;	 /**< of the divisor, in bytes */
	uint64_t divisor;	 /**< value, if the operand is a register */
};

/**
 * \param code,size    bytes from the start of the instruction; an incomplete one: false
 * \param registers    as they were before it
 * \param fs_base      start of thread-local storage
 * \return false: an unknown instruction
 */
bool arch_decode(const uint8_t *code, size_t size, const struct host_registers *registers,
		 uintptr_t fs_base, struct arch_instruction *out);

#endif /* POSIX_ARCH_DECODE_H */
