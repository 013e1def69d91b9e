/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file host/fault.h
 * \brief Facts about a fault, for whoever tells them.
 *
 * posix/ finds out what happened and hands the facts to one function, set by the program. It says
 * nothing itself. The function runs in supervisor mode on the faulting thread's kernel-side fault
 * stack (256 KiB), with all memory open. It must neither allocate nor take a lock of a library: the
 * thread may hold them. The faulting thread's registers and stacks are as they were.
 */
#ifndef HOST_FAULT_H
#define HOST_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct k_thread;

enum host_fault_kind {
	HOST_FAULT_ACCESS,	  /**< read, write or fetch that the domain does not allow */
	HOST_FAULT_BUS,		  /**< SIGBUS */
	HOST_FAULT_ILLEGAL,	  /**< SIGILL */
	HOST_FAULT_ARITHMETIC,	  /**< SIGFPE */
	HOST_FAULT_OOPS,	  /**< k_oops(), k_panic(), or a system call with a bad argument */
	HOST_FAULT_ASSERT,	  /**< an assertion of the module or of the code it called */
	HOST_FAULT_STACK_SMASHED, /**< a stack protector's canary was overwritten */
	HOST_FAULT_ABORT,	  /**< the module called abort() or exit() */
	HOST_FAULT_SYSCALL,	  /**< a Linux system call from module code; it was not run */
	HOST_FAULT_WATCHDOG,	  /**< one call used more CPU time than the watchdog grants */
	HOST_FAULT_BUFFER,	  /**< the module overwrote the control block of a buffer */
	HOST_FAULT_REPLY,	  /**< get_configuration() wrote outside the reply it was given */
	HOST_FAULT_STALL,	  /**< a call into a module does not return: its thread waits */
	HOST_FAULT_ENDED,      /**< a call into a module does not return: its thread ended itself */
	HOST_FAULT_BREAKPOINT, /**< int3 */
	HOST_FAULT_SINGLE_STEP, /**< the trap flag (TF) is set */
	HOST_FAULT_PRIVILEGED,	/**< a privileged instruction: hlt, cli, in, out, ... */
	HOST_FAULT_MISALIGNED,	/**< an operand that is not aligned as the instruction needs */
	HOST_FAULT_PROTECTION,	/**< general protection fault of unknown cause */
	HOST_FAULT_CHECKER,	/**< an error that a sanitizer found; text names both */
	HOST_FAULT_FIRMWARE,	/**< the firmware's memory is damaged: the handler has not run */
};

enum host_access { HOST_ACCESS_NONE, HOST_ACCESS_READ, HOST_ACCESS_WRITE, HOST_ACCESS_EXECUTE };

/** What lies at an address. */
/** Raised by the CPU at an instruction: a debugger stops there. */
static inline bool host_fault_is_cpu_exception(enum host_fault_kind kind)
{
	switch (kind) {
	case HOST_FAULT_ACCESS:
	case HOST_FAULT_BUS:
	case HOST_FAULT_ILLEGAL:
	case HOST_FAULT_ARITHMETIC:
	case HOST_FAULT_BREAKPOINT:
	case HOST_FAULT_SINGLE_STEP:
	case HOST_FAULT_PRIVILEGED:
	case HOST_FAULT_MISALIGNED:
	case HOST_FAULT_PROTECTION:
	case HOST_FAULT_FIRMWARE:
		return true;
	default:
		return false;
	}
}

enum host_memory_kind {
	HOST_MEMORY_UNKNOWN,	   /**< nothing the board knows: see mapping */
	HOST_MEMORY_NULL,	   /**< first page, or the last: in front of NULL */
	HOST_MEMORY_NON_CANONICAL, /**< no address at all on this CPU */
	HOST_MEMORY_KERNEL_DATA,   /**< .data or .bss of the program */
	HOST_MEMORY_KERNEL_HEAP,
	HOST_MEMORY_KERNEL_STACK,
	HOST_MEMORY_MODULE_HEAP,
	HOST_MEMORY_USER_STACK,
	HOST_MEMORY_STACK_GUARD, /**< closed page below a user stack, or the LL stack */
	HOST_MEMORY_MODULE_DATA, /**< .data or .bss of a loadable module */
	HOST_MEMORY_SHARED_HEAP, /**< audio data between domains */
	HOST_MEMORY_MAILBOX,	 /**< arguments of an IPC call, granted only while it runs */
	HOST_MEMORY_CODE,	 /**< text or constants */
	HOST_MEMORY_GUARD,	 /**< closed gap between regions */
	HOST_MEMORY_HOST,	 /**< C heap, main stack or a library's data */
	HOST_MEMORY_RELEASED,	 /**< belonged to a region that has gone */
	HOST_MEMORY_BOARD_PAGE,	 /**< kernel values that users may read; read-only for everybody */
};

struct host_address_info {
	enum host_memory_kind kind;
	char owner[64]; /**< module instance or region name, "" when nobody's */
	bool own;	/**< it belongs to the faulting thread's own domain */
	/** Nearest heap block, when kind is a heap: block_size is 0 when there is none. */
	uintptr_t block; /**< its first byte */
	size_t block_size;
	bool block_free;      /**< it has been freed */
	char block_label[64]; /**< what it was allocated for, "" when not told */
	/** Distance: 0 inside the block, n > 0: n bytes past its end, n < 0: before its start. */
	ptrdiff_t block_offset;
	uintptr_t region_start, region_end; /**< the region or mapping around the address */
};

/** What a thread waits for. */
struct host_wait {
	bool suspended; /**< itself, or by another thread */
	const char *
		type; /**< "semaphore", ...; "" when the thread sleeps or does not wait. Constant */
	uintptr_t object;  /**< its address; 0: none */
	char name[64];	   /**< of the object or of the block it lies in, "" when it has none */
	bool forever;	   /**< the wait has no timeout */
	uint64_t until_us; /**< otherwise: virtual time when the wait ends */
};

/** x86-64 registers at the fault, in DWARF's order 0 to 16 (rax, rdx, rcx, rbx, rsi, rdi, rbp,
 * rsp, r8 to r15, rip). */
struct host_registers {
	uint64_t dwarf[17];
};

struct host_fault {
	enum host_fault_kind kind;
	enum host_access access;
	const struct k_thread *thread; /**< NULL: not a board thread */
	char thread_name[32]; /**< a module can change it: use owner to attribute a fault */
	/** Module instance whose code ran, "gain.1", from the kernel's records; "": none. */
	char owner[48];
	bool user_mode;	   /**< false: the fault is in supervisor code */
	bool in_syscall;   /**< supervisor code on behalf of this user thread */
	uintptr_t address; /**< what was accessed; 0 when no access */
	uintptr_t pc, sp;
	struct host_registers registers;
	uintptr_t fs_base; /**< FS base of the code that faulted; 0: not known */
	struct host_address_info where;
	bool let_through; /**< HOST_ON_FAULT_CONTINUE: the thread continues */
	/** HOST_ON_FAULT_CONTINUE: why an access to existing memory ended the thread; else "". Constant */
	const char *refusal;
	/** User code has changed FS base, or the C library's thread record that follows it. */
	bool storage_damaged;
	bool in_host_library; /**< pc is in the C library, or another that user threads run */
	bool stack_overflow;  /**< an access just below the thread's own stack */
	uintptr_t stack_low;  /**< the stack the code ran on; 0: not known */
	size_t stack_size;
	/** Assertion, oops reason, system call, privileged instruction, arithmetic error; "": none */
	const char *text;
	unsigned int alignment; /**< MISALIGNED: bytes; 0: the alignment-check flag is set */
	uint8_t code[15]; /**< PROTECTION and ILLEGAL: the instruction, as far as it is readable */
	unsigned int code_size;
	uint64_t watchdog_ms;
	const char
		*last_error; /**< the last error that the thread's instance logged; "" when none */
	const char *call;    /**< HOST_FAULT_STALL and _ENDED: "process()"; else "". Constant */
	struct host_wait wait; /**< HOST_FAULT_STALL */
	const char *backend;
	/** HOST_ON_FAULT_CONTINUE: other instances that were allowed to write to memory which this
	 * code uses, separated by ", ": the fault may be a consequence. Otherwise "". */
	const char *writers;
	/** Instances one of which caused the fault, separated by ", ", where no more is known;
	 * thread is then NULL. Otherwise "". */
	const char *suspects;
	/** Return addresses of system-call stub callers, when in_syscall: where user mode was left. */
	uintptr_t syscall_pc, syscall_sp, syscall_fp;
};

/** Size of the text of host_fault.suspects. */
#define HOST_SUSPECTS_BYTES 200

typedef void (*host_fault_handler)(const struct host_fault *fault, void *arg);

/** Set who is told of faults (NULL: nobody). Main thread, before host_run(). */
void host_fault_handler_set(host_fault_handler handler, void *arg);

/**
 * Tell of a fault that the firmware found out itself, after the fact: \p thread, which does not run
 * now, wrote to \p address (0: none), and where its code did is not known. What becomes of the
 * thread is the caller's business; with HOST_ON_FAULT_ABORT it does not return. \p text, what was
 * found, is read before this returns. Supervisor mode.
 */
void host_fault_tell(const struct k_thread *thread, enum host_fault_kind kind, uintptr_t address,
		     const char *text);

/**
 * As host_fault_tell(), for a fault that one of several instances caused: \p suspects is
 * host_fault.suspects, read before this returns. A single name, of an instance without a thread of
 * its own, is host_fault.owner too.
 */
void host_fault_tell_one_of(const char *suspects, enum host_fault_kind kind, uintptr_t address,
			    const char *text);

/**
 * Report a call into a module that does not return: \p thread waits (HOST_FAULT_STALL) or has
 * ended (HOST_FAULT_ENDED). Otherwise as host_fault_tell().
 *
 * \param call the module's function, "process()": a constant
 */
void host_fault_tell_call(const struct k_thread *thread, enum host_fault_kind kind,
			  const char *call);

/** What \p thread waits for now; all zero and "" when it does not wait. Supervisor mode. */
void host_thread_wait(const struct k_thread *thread, struct host_wait *out);

/**
 * How often the instruction at \p pc faulted, under HOST_ON_FAULT_CONTINUE: the first time was
 * told, the repeats were only counted. 0: never. Supervisor mode, and after the run.
 */
unsigned long host_fault_repeats(uintptr_t pc);

/** Faults told so far. Any supervisor thread, and after the run. */
unsigned int host_fault_count(void);

/** The fault that ended \p thread, or NULL when it lives or ended by itself. Supervisor mode. */
const struct host_fault *host_thread_fault(const struct k_thread *thread);

/** What lies at \p address, seen from \p thread (may be NULL). Supervisor mode. */
void host_address_describe(uintptr_t address, const struct k_thread *thread,
			   struct host_address_info *out);

/** Attach a short text to a heap block, for reports ("buffer dcblock.1 -> gain.1"). No-op for a
 * pointer that is no block. Supervisor mode. */
void host_memory_label(const void *block, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * Where a debugger stops to see every fault told: called with the facts just before the handler.
 * \code (gdb) break host_fault_raised \endcode
 */
void host_fault_raised(const struct host_fault *fault);

/**
 * Name who is to report the damage when an LL module has damaged the firmware's memory so far that no
 * handler can run: the process at the other end of socket \p fd. It gets a struct host_last_message
 * and answers with an int, the exit code. Call it before host_init(). \p fd -1: there is nobody.
 */
void host_fault_last_report_set(int fd, int order);

struct host_last_message {
	int order;
	char name[48]; /**< the LL module that was called; "": none, but one had faulted before */
};

#endif /* HOST_FAULT_H */
