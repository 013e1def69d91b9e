/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The CPU supplies the address of a page fault, but not of most other faults. Those are derived
 * from the instruction and the registers. A finding that does not explain the fault is not
 * reported.
 */
#include "fault_kind.h"
#include "arch/decode.h"
#include "board.h"
#include "host_memory.h"
#include "syscall_guard.h"
#include "watchdog.h"

#include <string.h>
#include <sys/ucontext.h>

#define CANONICAL_LIMIT	 ((uintptr_t)1 << 47)
#define PF_WRITE	 2
#define PF_FETCH	 16
#define PAGE_BELOW_STACK 256 /* the stack pointer of an overflowing frame is this near the edge */
#define INT3		 0xcc

/* Exception numbers as Linux passes them. Valgrind passes only some. */
enum trap {
	TRAP_DEBUG = 1,
	TRAP_STACK_SEGMENT = 12,
	TRAP_PAGE_FAULT = 14,
	TRAP_ALIGNMENT = 17,
};

static uintptr_t trap_of(const ucontext_t *context)
{
	return (uintptr_t)context->uc_mcontext.gregs[REG_TRAPNO];
}

static void read_registers(struct host_fault *fault, const ucontext_t *context)
{
	static const int order[17] = { REG_RAX, REG_RDX, REG_RCX, REG_RBX, REG_RSI, REG_RDI,
				       REG_RBP, REG_RSP, REG_R8,  REG_R9,  REG_R10, REG_R11,
				       REG_R12, REG_R13, REG_R14, REG_R15, REG_RIP };

	for (size_t i = 0; i < ARRAY_SIZE(order); i++)
		fault->registers.dwarf[i] = (uint64_t)context->uc_mcontext.gregs[order[i]];
	fault->sp = fault->registers.dwarf[7];
	fault->pc = fault->registers.dwarf[16];
}

static void step_back(struct host_fault *fault, unsigned int bytes)
{
	fault->pc -= bytes;
	fault->registers.dwarf[16] -= bytes;
}

static bool is_canonical(uintptr_t address)
{
	return address < CANONICAL_LIMIT || address >= -CANONICAL_LIMIT;
}

/* Copy the instruction's bytes. The page after it may be unmapped. */
static void read_code(struct host_fault *fault)
{
	const uintptr_t page_end = ROUND_DOWN(fault->pc, PAGE_SIZE) + PAGE_SIZE;
	size_t size = sizeof(fault->code);

	if (fault->pc < PAGE_SIZE || !host_memory_is_constant(fault->pc, 1))
		return;
	if (page_end - fault->pc < size && !host_memory_is_constant(page_end, 1))
		size = page_end - fault->pc;
	memcpy(fault->code, (const void *)fault->pc, size);
	fault->code_size = (unsigned int)size;
}

static bool decode(struct host_fault *fault, struct arch_instruction *instruction)
{
	read_code(fault);
	return arch_decode(fault->code, fault->code_size, &fault->registers, fault->fs_base,
			   instruction);
}

static void accessed(struct host_fault *fault, enum host_fault_kind kind, enum host_access access,
		     uintptr_t address)
{
	fault->kind = kind;
	fault->access = access;
	fault->address = address;
}

/* A non-canonical address explains the fault. False: there is none. */
static bool read_non_canonical(struct host_fault *fault, const struct arch_instruction *instruction)
{
	uintptr_t address = instruction->address;
	enum host_access access = instruction->access;

	/* The operand itself is in order then, and was read. */
	if (instruction->jumps_through && is_canonical(address)) {
		memcpy(&address, (const void *)address, sizeof(address));
		access = HOST_ACCESS_EXECUTE;
	}
	if (is_canonical(address) && !is_canonical(instruction->second)) {
		address = instruction->second;
		access = HOST_ACCESS_WRITE;
	}
	if (is_canonical(address))
		return false;
	accessed(fault, HOST_FAULT_ACCESS, access, address);
	return true;
}

/* A general protection fault: the CPU refused the instruction, not the page. */
static void read_refusal(struct host_fault *fault)
{
	struct arch_instruction instruction;

	fault->kind = HOST_FAULT_PROTECTION;
	if (!is_canonical(fault->pc)) {
		accessed(fault, HOST_FAULT_ACCESS, HOST_ACCESS_EXECUTE, fault->pc);
		return;
	}
	if (!decode(fault, &instruction))
		return;
	if (instruction.privileged) {
		fault->kind = HOST_FAULT_PRIVILEGED;
		fault->text = instruction.privileged;
	} else if (instruction.access == HOST_ACCESS_NONE ||
		   read_non_canonical(fault, &instruction)) {
		return;
	} else if (instruction.address % instruction.alignment) {
		accessed(fault, HOST_FAULT_MISALIGNED, instruction.access, instruction.address);
		fault->alignment = instruction.alignment;
	}
}

/* Only with the AC flag set, for any instruction. The CPU does not supply the address. */
static void read_alignment_check(struct host_fault *fault)
{
	struct arch_instruction instruction;

	fault->kind = HOST_FAULT_MISALIGNED;
	if (decode(fault, &instruction) && instruction.access != HOST_ACCESS_NONE)
		accessed(fault, HOST_FAULT_MISALIGNED, instruction.access, instruction.address);
}

static void read_page_fault(struct host_fault *fault, const siginfo_t *info,
			    const ucontext_t *context)
{
	uint64_t error = (uint64_t)context->uc_mcontext.gregs[REG_ERR];
	uintptr_t address = (uintptr_t)info->si_addr;

	/* Valgrind does not tell a fetch from a read. */
	if (error & PF_FETCH || address == fault->pc)
		accessed(fault, HOST_FAULT_ACCESS, HOST_ACCESS_EXECUTE, address);
	else
		accessed(fault, HOST_FAULT_ACCESS,
			 error & PF_WRITE ? HOST_ACCESS_WRITE : HOST_ACCESS_READ, address);
	fault->stack_overflow = fault->stack_low && address < fault->stack_low &&
				fault->sp < fault->stack_low + PAGE_BELOW_STACK &&
				fault->sp + ((uintptr_t)2 << 20) > fault->stack_low;
}

static void read_bus_error(struct host_fault *fault, const siginfo_t *info,
			   const ucontext_t *context)
{
	if (info->si_code == BUS_ADRALN || trap_of(context) == TRAP_ALIGNMENT) {
		read_alignment_check(fault);
		return;
	}
	if (trap_of(context) == TRAP_STACK_SEGMENT) {
		read_refusal(fault);
		return;
	}
	read_page_fault(fault, info, context);
	fault->kind = HOST_FAULT_BUS;
	fault->text = info->si_code == BUS_ADRERR    ? "the file mapped there is shorter" :
		      info->si_code == BUS_MCEERR_AR ? "the machine's memory is defective" :
						       "";
}

/* The program counter is after the breakpoint, or that of the next instruction after a step. */
static void read_trap(struct host_fault *fault, const siginfo_t *info, const ucontext_t *context)
{
	fault->kind = trap_of(context) == TRAP_DEBUG || info->si_code == TRAP_TRACE ?
			      HOST_FAULT_SINGLE_STEP :
			      HOST_FAULT_BREAKPOINT;
	if (fault->kind == HOST_FAULT_BREAKPOINT && host_memory_is_constant(fault->pc - 1, 1) &&
	    *(const uint8_t *)(fault->pc - 1) == INT3)
		step_back(fault, 1);
}

static bool divisor_is_zero(const struct arch_instruction *instruction)
{
	uint64_t divisor = instruction->divisor;

	/* It was read: otherwise this would be a page fault. */
	if (instruction->access != HOST_ACCESS_NONE)
		memcpy(&divisor, (const void *)instruction->address, instruction->width);
	return !divisor;
}

static const char *arithmetic_text(struct host_fault *fault, int code)
{
	struct arch_instruction instruction;

	switch (code) {
	case FPE_INTDIV:
		if (!decode(fault, &instruction) || !instruction.divides)
			return "an integer division by zero, or one that overflows";
		return divisor_is_zero(&instruction) ?
			       "an integer division by zero" :
			       "an integer division whose quotient does not fit";
	case FPE_INTOVF:
		return "an integer overflow";
	case FPE_FLTDIV:
		return "a floating-point division by zero";
	case FPE_FLTOVF:
		return "a floating-point overflow";
	case FPE_FLTUND:
		return "a floating-point underflow";
	case FPE_FLTRES:
		return "an inexact floating-point result";
	case FPE_FLTINV:
		return "an invalid floating-point operation";
	}
	return "";
}

static void read_illegal(struct host_fault *fault)
{
	struct arch_instruction instruction;

	fault->kind = HOST_FAULT_ILLEGAL;
	if (!decode(fault, &instruction))
		return;
	if (instruction.undefined)
		fault->text = "ud2";
	/* Some of them, and all of them under Valgrind. */
	if (!instruction.privileged)
		return;
	fault->kind = HOST_FAULT_PRIVILEGED;
	fault->text = instruction.privileged;
}

static void read_syscall(struct host_fault *fault, const siginfo_t *info)
{
	fault->kind = HOST_FAULT_SYSCALL;
	fault->text = syscall_guard_name(info->si_syscall);
	/* The host is past the instruction already. */
	step_back(fault, 2);
}

void fault_kind_read(struct host_fault *fault, int signal, const siginfo_t *info,
		     const ucontext_t *context)
{
	read_registers(fault, context);
	switch (signal) {
	case SIGSEGV:
		if (info->si_code == SI_KERNEL && trap_of(context) != TRAP_PAGE_FAULT)
			read_refusal(fault);
		else
			read_page_fault(fault, info, context);
		return;
	case SIGBUS:
		read_bus_error(fault, info, context);
		return;
	case SIGILL:
		read_illegal(fault);
		return;
	case SIGFPE:
		fault->kind = HOST_FAULT_ARITHMETIC;
		fault->text = arithmetic_text(fault, info->si_code);
		return;
	case SIGTRAP:
		read_trap(fault, info, context);
		return;
	case SIGSYS:
		read_syscall(fault, info);
		return;
	case SIGABRT:
		fault->kind = HOST_FAULT_ABORT;
		return;
	default:
		fault->kind = HOST_FAULT_WATCHDOG;
	}
}
