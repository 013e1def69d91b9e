/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * x86-64 System V: see arch.h for the contracts.
 *
 * Unwind tables are written for every function that changes the stack, so that debuggers and fault
 * reports see one chain of callers from a module on its user stack, through the gate, into the
 * kernel on the privileged stack.
 */
#define SYS_FUTEX	  202
#define SYS_MPROTECT	  10
#define SYS_ARCH_PRCTL	  158
#define ARCH_SET_FS	  0x1002
#define ARCH_GET_FS	  0x1003
#define SYS_GETTID	  186
#define SYS_RT_SIGACTION  13
#define SYS_RT_SIGRETURN  15
#define SA_FLAGS	  0x0c000004 /* SA_SIGINFO | SA_ONSTACK | SA_RESTORER */
#define FUTEX_WAIT_PRIVATE 128
#define FUTEX_WAKE_PRIVATE 129

	.text

/* Frame on the caller's stack, cookie = address of the lowest word:
 *   cookie + 0   padding
 *   cookie + 8   r15, r14, r13, r12, rbx
 *   cookie + 48  rbp
 *   cookie + 56  return address
 */
	.globl	arch_call_on_stack
	.type	arch_call_on_stack, @function
arch_call_on_stack:
	.cfi_startproc
	endbr64
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	subq	$8, %rsp
	.cfi_offset %rbx, -24
	.cfi_offset %r12, -32
	.cfi_offset %r13, -40
	.cfi_offset %r14, -48
	.cfi_offset %r15, -56
	testq	%rcx, %rcx
	jz	1f
	movq	%rsp, (%rcx)
1:	movq	%rdi, %rsp
	movq	%rdx, %rdi
	call	*%rsi
	leaq	-48(%rbp), %rsp
.Lrestore:
	addq	$8, %rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	.cfi_def_cfa %rsp, 8
	ret
	.cfi_endproc
	.size	arch_call_on_stack, . - arch_call_on_stack

	.globl	arch_leave_stack
	.type	arch_leave_stack, @function
arch_leave_stack:
	.cfi_startproc
	endbr64
	movq	%rdi, %rsp
	movq	%rsi, %rax
	jmp	.Lrestore
	.cfi_endproc
	.size	arch_leave_stack, . - arch_leave_stack

	.globl	arch_syscalls_start
arch_syscalls_start:

/* rdi: to, rsi: mine. r8 and r9 survive system calls; rax, rcx and r11 do not. The return address
 * is read from the stack only after the baton has come back, when memory is open again. */
	.globl	arch_baton
	.type	arch_baton, @function
arch_baton:
	.cfi_startproc
	endbr64
	movq	%rdi, %r8
	movq	%rsi, %r9
	testq	%r8, %r8
	jz	2f
	movl	$1, %eax
	xchgl	%eax, (%r8)
	movl	$SYS_FUTEX, %eax
	movl	$FUTEX_WAKE_PRIVATE, %esi
	movl	$1, %edx
	movq	%r8, %rdi
	syscall
2:	testq	%r9, %r9
	jz	4f
3:	xorl	%eax, %eax
	xchgl	%eax, (%r9)
	testl	%eax, %eax
	jnz	4f
	movl	$SYS_FUTEX, %eax
	movl	$FUTEX_WAIT_PRIVATE, %esi
	xorl	%edx, %edx
	xorl	%r10d, %r10d
	movq	%r9, %rdi
	syscall
	jmp	3b
4:	ret
	.cfi_endproc
	.size	arch_baton, . - arch_baton

	.globl	arch_futex_wait
	.type	arch_futex_wait, @function
arch_futex_wait:
	.cfi_startproc
	endbr64
	movl	%esi, %edx
	movl	$FUTEX_WAIT_PRIVATE, %esi
	xorl	%r10d, %r10d
	movl	$SYS_FUTEX, %eax
	syscall
	ret
	.cfi_endproc
	.size	arch_futex_wait, . - arch_futex_wait

	.globl	arch_futex_wake
	.type	arch_futex_wake, @function
arch_futex_wake:
	.cfi_startproc
	endbr64
	movl	$FUTEX_WAKE_PRIVATE, %esi
	movl	$1, %edx
	movl	$SYS_FUTEX, %eax
	syscall
	ret
	.cfi_endproc
	.size	arch_futex_wake, . - arch_futex_wake

	.globl	arch_mprotect
	.type	arch_mprotect, @function
arch_mprotect:
	.cfi_startproc
	endbr64
	movl	$SYS_MPROTECT, %eax
	syscall
	ret
	.cfi_endproc
	.size	arch_mprotect, . - arch_mprotect

	.globl	arch_gettid
	.type	arch_gettid, @function
arch_gettid:
	.cfi_startproc
	endbr64
	movl	$SYS_GETTID, %eax
	syscall
	ret
	.cfi_endproc
	.size	arch_gettid, . - arch_gettid

	.globl	arch_thread_pointer
	.type	arch_thread_pointer, @function
arch_thread_pointer:
	.cfi_startproc
	endbr64
	subq	$8, %rsp
	.cfi_def_cfa_offset 16
	movq	%rsp, %rsi
	movl	$ARCH_GET_FS, %edi
	movl	$SYS_ARCH_PRCTL, %eax
	syscall
	popq	%rax
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	arch_thread_pointer, . - arch_thread_pointer

	.globl	arch_set_thread_pointer
	.type	arch_set_thread_pointer, @function
arch_set_thread_pointer:
	.cfi_startproc
	endbr64
	movq	%rdi, %rsi
	movl	$ARCH_SET_FS, %edi
	movl	$SYS_ARCH_PRCTL, %eax
	syscall
	ret
	.cfi_endproc
	.size	arch_set_thread_pointer, . - arch_set_thread_pointer

/* The kernel's struct sigaction: handler, flags, restorer, mask of 64 signals. */
	.globl	arch_sigaction
	.type	arch_sigaction, @function
arch_sigaction:
	.cfi_startproc
	endbr64
	subq	$40, %rsp
	.cfi_def_cfa_offset 48
	movq	%rsi, (%rsp)
	movq	$SA_FLAGS, 8(%rsp)
	leaq	arch_return_from_signal(%rip), %rax
	movq	%rax, 16(%rsp)
	movq	$-1, 24(%rsp)
	movq	%rsp, %rsi
	xorl	%edx, %edx
	movl	$8, %r10d
	movl	$SYS_RT_SIGACTION, %eax
	syscall
	addq	$40, %rsp
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	arch_sigaction, . - arch_sigaction

/* Debuggers know the end of a signal handler by exactly these two instructions. */
	.type	arch_return_from_signal, @function
	nop
arch_return_from_signal:
	movq	$SYS_RT_SIGRETURN, %rax
	syscall
	ud2 /* the host kernel looks at the address behind a call: it must not be the range's end */
	.size	arch_return_from_signal, . - arch_return_from_signal

	.globl	arch_syscalls_end
arch_syscalls_end:

	.globl	arch_rights_read
	.type	arch_rights_read, @function
arch_rights_read:
	.cfi_startproc
	endbr64
	xorl	%ecx, %ecx
	rdpkru
	ret
	.cfi_endproc
	.size	arch_rights_read, . - arch_rights_read

	.globl	arch_rights_write
	.type	arch_rights_write, @function
arch_rights_write:
	.cfi_startproc
	endbr64
	movl	%edi, %eax
	xorl	%ecx, %ecx
	xorl	%edx, %edx
	wrpkru
	ret
	.cfi_endproc
	.size	arch_rights_write, . - arch_rights_write

/* rdi, rsi, rdx: a signal handler's arguments. No word of the stack is touched, as it is open only
 * afterwards. */
	.globl	arch_signal_entry
	.type	arch_signal_entry, @function
arch_signal_entry:
	.cfi_startproc
	endbr64
	cmpl	$0, 4 + arch_rights(%rip)
	je	1f
	movq	%rdx, %r8
	movl	arch_rights(%rip), %eax
	xorl	%ecx, %ecx
	xorl	%edx, %edx
	wrpkru
	movq	%r8, %rdx
1:	jmp	fault_on_signal
	.cfi_endproc
	.size	arch_signal_entry, . - arch_signal_entry

	.globl	arch_registers
	.type	arch_registers, @function
arch_registers:
	.cfi_startproc
	endbr64
	movq	$0, 0(%rdi)
	movq	%rdx, 8(%rdi)
	movq	%rcx, 16(%rdi)
	movq	%rbx, 24(%rdi)
	movq	%rsi, 32(%rdi)
	movq	%rdi, 40(%rdi)
	movq	%rbp, 48(%rdi)
	leaq	8(%rsp), %rax
	movq	%rax, 56(%rdi)
	movq	%r8, 64(%rdi)
	movq	%r9, 72(%rdi)
	movq	%r10, 80(%rdi)
	movq	%r11, 88(%rdi)
	movq	%r12, 96(%rdi)
	movq	%r13, 104(%rdi)
	movq	%r14, 112(%rdi)
	movq	%r15, 120(%rdi)
	movq	(%rsp), %rax
	movq	%rax, 128(%rdi)
	ret
	.cfi_endproc
	.size	arch_registers, . - arch_registers

/* struct arch_rights: supervisor, in_use. */
	.section .board_page, "aw", @progbits
	.balign	8
	.globl	arch_rights
	.type	arch_rights, @object
	.size	arch_rights, 8
arch_rights:
	.long	0
	.long	0

	.section .note.GNU-stack, "", @progbits
