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
#define SYS_WRITE	  1
#define SYS_SENDTO	  44
#define MSG_NOSIGNAL	  0x4000
#define SYS_EXIT_GROUP	  231
#define SA_FLAGS	  0x1c000004 /* SA_SIGINFO | SA_ONSTACK | SA_RESTORER | SA_RESTART */
#define SYS_RT_SIGPROCMASK 14
#define SIG_UNBLOCK	  1
#define FAULT_SIGNALS	  (1 << 6 | 1 << 10) /* SIGBUS and SIGSEGV, numbers 7 and 11 */
#define PROT_READ_WRITE	  3
#define FUTEX_WAIT_PRIVATE 128
#define FUTEX_WAKE_PRIVATE 129

/* struct arch_gate, at the beginning of z_board_page. */
#define GATE_SUPERVISOR	  z_board_page
#define GATE_IN_USE	  z_board_page + 4
#define GATE_START	  z_board_page + 8
#define GATE_SIZE	  z_board_page + 16
#define GATE_CORES	  z_board_page + 24
#define GATE_FS_BY	  z_board_page + 28
#define GATE_HOLE_COUNT	  z_board_page + 32
#define GATE_CHECKER	  z_board_page + 36
#define GATE_HOLES	  z_board_page + 40
#define FS_BY_INSTRUCTION 1

/* struct arch_core */
#define CORE_HOST_ID	 0
#define CORE_KERNEL_SP	 8
#define CORE_KERNEL_TP	 16
#define CORE_USER_TP	 24
#define CORE_USER_RIGHTS 32
#define CORE_AGAIN	 40
#define CORE_SIZE	 48

/* struct arch_user_frame */
#define FRAME_MXCSR 56
#define FRAME_FCW   60

#define BAD_FLAGS	0x44400 /* alignment check, nested task, direction */
#define MXCSR_CONTROL	0xffc0	/* all but the sticky flags */
#define MXCSR_DEFAULT	0x1f80
#define FCW_DEFAULT	0x37f

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

/* rdi: to, rsi: mine, both in the view of the board page that all may read. r8, r9 and r10 survive
 * system calls; rax, rcx and r11 do not. The word is cleared, and the return address is read from
 * the stack, only after the baton has come back, when memory is open again. */
	.globl	arch_baton
	.type	arch_baton, @function
arch_baton:
	.cfi_startproc
	endbr64
	movq	%rdi, %r8
	movq	%rsi, %r9
	testq	%r8, %r8
	jz	2f
	/* The word in the writable view is as far from there. */
	movq	z_board(%rip), %rcx
	leaq	z_board_page(%rip), %rax
	subq	%rax, %rcx
	movl	$1, %eax
	xchgl	%eax, (%r8, %rcx)
	movl	$SYS_FUTEX, %eax
	movl	$FUTEX_WAKE_PRIVATE, %esi
	movl	$1, %edx
	movq	%r8, %rdi
	syscall
2:	testq	%r9, %r9
	jz	4f
3:	movl	(%r9), %eax
	testl	%eax, %eax
	jnz	5f
	movl	$SYS_FUTEX, %eax
	movl	$FUTEX_WAIT_PRIVATE, %esi
	xorl	%edx, %edx
	xorl	%r10d, %r10d
	movq	%r9, %rdi
	syscall
	jmp	3b
5:	movq	z_board(%rip), %rcx
	leaq	z_board_page(%rip), %rax
	subq	%rax, %rcx
	movl	$0, (%r9, %rcx)
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

	.globl	arch_write
	.type	arch_write, @function
arch_write:
	.cfi_startproc
	endbr64
	movl	$SYS_WRITE, %eax
	syscall
	ret
	.cfi_endproc
	.size	arch_write, . - arch_write

	.globl	arch_send
	.type	arch_send, @function
arch_send:
	.cfi_startproc
	endbr64
	movl	$MSG_NOSIGNAL, %r10d
	xorl	%r8d, %r8d
	xorl	%r9d, %r9d
	movl	$SYS_SENDTO, %eax
	syscall
	ret
	.cfi_endproc
	.size	arch_send, . - arch_send

	.globl	arch_read
	.type	arch_read, @function
arch_read:
	.cfi_startproc
	endbr64
	xorl	%eax, %eax
	syscall
	ret
	.cfi_endproc
	.size	arch_read, . - arch_read

	.globl	arch_exit
	.type	arch_exit, @function
arch_exit:
	.cfi_startproc
	endbr64
	movl	$SYS_EXIT_GROUP, %eax
	syscall
	ud2
	.cfi_endproc
	.size	arch_exit, . - arch_exit

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
	cmpl	$FS_BY_INSTRUCTION, GATE_FS_BY(%rip)
	jne	1f
	rdfsbase %rax
	ret
1:	subq	$8, %rsp
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
	cmpl	$FS_BY_INSTRUCTION, GATE_FS_BY(%rip)
	jne	1f
	wrfsbase %rdi
	ret
1:	movq	%rdi, %rsi
	movl	$ARCH_SET_FS, %edi
	movl	$SYS_ARCH_PRCTL, %eax
	syscall
	ret
	.cfi_endproc
	.size	arch_set_thread_pointer, . - arch_set_thread_pointer

/*
 * The gate. Steps that a macro takes may clobber rax, rcx, rdx, rsi, rdi, r8, r9 and r11, touch no
 * stack, and read nothing but the board page while kernel memory is closed.
 */
	.macro	open_kernel
	cmpl	$0, GATE_IN_USE(%rip)
	je	701f
	movl	GATE_SUPERVISOR(%rip), %eax
	xorl	%ecx, %ecx
	xorl	%edx, %edx
	wrpkru
	jmp	702f
701:	movq	GATE_SIZE(%rip), %rsi
	testq	%rsi, %rsi
	jz	702f
	movq	GATE_START(%rip), %rdi
	movl	$PROT_READ_WRITE, %edx
	movl	$SYS_MPROTECT, %eax
	syscall
702:
	.endm

	/* edi: the user's PKRU */
	.macro	close_kernel
	cmpl	$0, GATE_IN_USE(%rip)
	je	701f
	movl	%edi, %eax
	xorl	%ecx, %ecx
	xorl	%edx, %edx
	wrpkru
	jmp	703f
701:	movq	GATE_SIZE(%rip), %rsi
	testq	%rsi, %rsi
	jz	703f
	movq	GATE_START(%rip), %rdi
	xorl	%edx, %edx
	movl	$SYS_MPROTECT, %eax
	syscall
	movl	GATE_HOLE_COUNT(%rip), %r8d
	leaq	GATE_HOLES(%rip), %r9
702:	testl	%r8d, %r8d
	jz	703f
	movq	(%r9), %rdi
	movq	8(%r9), %rsi
	movq	16(%r9), %rdx
	movl	$SYS_MPROTECT, %eax
	syscall
	addq	$24, %r9
	decl	%r8d
	jmp	702b
703:
	.endm

	/* r13: the core whose thread this is; r12 is kept */
	.macro	find_core
	leaq	arch_cores(%rip), %r13
	cmpl	$0, GATE_CORES(%rip)
	je	702f
	movl	$SYS_GETTID, %eax
	syscall
	movl	GATE_CORES(%rip), %ecx
701:	cmpq	%rax, CORE_HOST_ID(%r13)
	je	702f
	addq	$CORE_SIZE, %r13
	decl	%ecx
	jnz	701b
	ud2
702:
	.endm

	/* From user to supervisor mode: kernel stack, FS base, flags. r14: the FS base there was, 0
	 * where it stays the same. */
	.macro	enter_kernel
	open_kernel
	find_core
	movq	CORE_KERNEL_SP(%r13), %rsp
	xorl	%r14d, %r14d
	cmpq	$0, CORE_KERNEL_TP(%r13)
	je	704f
	call	arch_thread_pointer
	movq	%rax, %r14
	movq	CORE_KERNEL_TP(%r13), %rdi
	call	arch_set_thread_pointer
704:	call	sane_flags
	.endm

	/* From supervisor to user mode, on the stack that rbx points into. r12: the word that says
	 * that rights have changed meanwhile. */
	.macro	leave_kernel
	movq	CORE_USER_TP(%r13), %rdi
	cmpq	$0, CORE_KERNEL_TP(%r13)
	je	704f
	call	arch_set_thread_pointer
704:	movq	CORE_AGAIN(%r13), %r12
	movl	CORE_USER_RIGHTS(%r13), %edi
	movq	%rbx, %rsp
	close_kernel
	.endm

	/* Flags as a function may expect them; few callers have others. */
	.type	sane_flags, @function
sane_flags:
	.cfi_startproc
	cld
	pushfq
	.cfi_def_cfa_offset 16
	testl	$BAD_FLAGS, (%rsp)
	jnz	1f
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	ret
	.cfi_restore_state
1:	andl	$~BAD_FLAGS, (%rsp)
	popfq
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	sane_flags, . - sane_flags

	.globl	arch_flags_reset
	.type	arch_flags_reset, @function
arch_flags_reset:
	.cfi_startproc
	endbr64
	pushfq
	.cfi_def_cfa_offset 16
	movq	(%rsp), %rax
	andl	$~BAD_FLAGS, (%rsp)
	popfq
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	arch_flags_reset, . - arch_flags_reset

/* The caller's registers, the arguments and what the callee may expect of flags and rounding go to
 * the caller's stack with the caller's rights: see struct arch_user_frame. rbx: the frame. */
	.globl	z_syscall
	.type	z_syscall, @function
z_syscall:
	.cfi_startproc
	endbr64
	cmpb	$0, %fs:z_tls_user@tpoff
	je	syscall_direct
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
	.cfi_offset %rbx, -24
	.cfi_offset %r12, -32
	.cfi_offset %r13, -40
	.cfi_offset %r14, -48
	.cfi_offset %r15, -56
	pushfq
	cld
	subq	$8, %rsp
	stmxcsr	(%rsp)
	fnstcw	4(%rsp)
	pushq	16(%rbp)
	pushq	%r9
	pushq	%r8
	pushq	%rcx
	pushq	%rdx
	pushq	%rsi
	pushq	%rdi
	movq	%rsp, %rbx
	enter_kernel
	movq	%rbx, %rdi
	movq	%r14, %rsi
	call	syscall_dispatch
	movq	%rax, %r15
1:	leave_kernel
	cmpl	$0, (%r12)
	jne	3f
	cmpl	$0, GATE_CHECKER(%rip)
	jne	4f
2:	movl	FRAME_MXCSR(%rbx), %eax
	andl	$MXCSR_CONTROL, %eax
	cmpl	$MXCSR_DEFAULT, %eax
	jne	5f
	cmpw	$FCW_DEFAULT, FRAME_FCW(%rbx)
	jne	5f
6:	movq	%r15, %rax
	leaq	-40(%rbp), %rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	.cfi_remember_state
	.cfi_def_cfa %rsp, 8
	ret
	.cfi_restore_state
3:	enter_kernel
	call	protect_prepare_again
	jmp	1b
4:	call	track_call_over
	jmp	2b
5:	ldmxcsr	FRAME_MXCSR(%rbx)
	fldcw	FRAME_FCW(%rbx)
	jmp	6b
	.cfi_endproc
	.size	z_syscall, . - z_syscall

/* rdi: core, rsi: user stack, with what is to be called on top. */
	.globl	arch_enter_user
	.type	arch_enter_user, @function
arch_enter_user:
	.cfi_startproc
	.cfi_undefined %rip
	endbr64
	movq	%rdi, %r13
	movq	%rsi, %rbx
1:	leave_kernel
	cmpl	$0, (%r12)
	je	user_main
	enter_kernel
	call	protect_prepare_again
	jmp	1b
	.cfi_endproc
	.size	arch_enter_user, . - arch_enter_user

/* Where a backtrace of user code ends. */
	.type	user_main, @function
user_main:
	.cfi_startproc
	.cfi_undefined %rip
	popq	%rax
	popq	%rdi
	popq	%rsi
	popq	%rdx
	xorl	%ebp, %ebp
	xorl	%ebx, %ebx
	call	*%rax
	enter_kernel
	call	user_returned
	ud2
	.cfi_endproc
	.size	user_main, . - user_main

	.globl	arch_kernel_open
	.type	arch_kernel_open, @function
arch_kernel_open:
	.cfi_startproc
	endbr64
	open_kernel
	ret
	.cfi_endproc
	.size	arch_kernel_open, . - arch_kernel_open

	.globl	arch_kernel_close
	.type	arch_kernel_close, @function
arch_kernel_close:
	.cfi_startproc
	endbr64
	close_kernel
	ret
	.cfi_endproc
	.size	arch_kernel_close, . - arch_kernel_close

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

	.globl	arch_unblock_faults
	.type	arch_unblock_faults, @function
arch_unblock_faults:
	.cfi_startproc
	endbr64
	pushq	$FAULT_SIGNALS
	.cfi_def_cfa_offset 16
	movl	$SIG_UNBLOCK, %edi
	movq	%rsp, %rsi
	xorl	%edx, %edx
	movl	$8, %r10d
	movl	$SYS_RT_SIGPROCMASK, %eax
	syscall
	addq	$8, %rsp
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	arch_unblock_faults, . - arch_unblock_faults

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

/* rdi, rsi, rdx: a signal handler's arguments. No word of the stack is touched before rights are
 * the supervisor's. The host kernel clears the direction flag, but not all others. */
	.globl	arch_signal_entry
	.type	arch_signal_entry, @function
arch_signal_entry:
	.cfi_startproc
	endbr64
	cmpl	$0, GATE_IN_USE(%rip)
	je	1f
	movq	%rdx, %r8
	movl	GATE_SUPERVISOR(%rip), %eax
	xorl	%ecx, %ecx
	xorl	%edx, %edx
	wrpkru
	movq	%r8, %rdx
1:	subq	$8, %rsp
	.cfi_def_cfa_offset 16
	call	sane_flags
	addq	$8, %rsp
	.cfi_def_cfa_offset 8
	jmp	fault_on_signal
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

	.section .note.GNU-stack, "", @progbits
