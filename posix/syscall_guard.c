/* SPDX-License-Identifier: BSD-3-Clause */
#include "syscall_guard.h"
#include "arch/arch.h"
#include "board.h"
#include "denied.h"
#include "scheduler.h"
#include "track.h"

#include <errno.h>
#include <host/platform.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#ifndef PR_SET_SYSCALL_USER_DISPATCH
#define PR_SET_SYSCALL_USER_DISPATCH 59
#endif
#define DISPATCH_OFF 0
#define DISPATCH_ON  1

static void switch_on(const volatile char *selector)
{
	uintptr_t start = (uintptr_t)arch_syscalls_start;

	/* Where nothing is closed, a module is free to do anything. */
	if (!host_isolated() || track_owns_host_memory())
		return;
	if (prctl(PR_SET_SYSCALL_USER_DISPATCH, DISPATCH_ON, start,
		  (uintptr_t)arch_syscalls_end - start, selector))
		denied.syscall_dispatch = errno;
	else
		denied.syscalls_caught = true;
}

static void switch_off(void)
{
	prctl(PR_SET_SYSCALL_USER_DISPATCH, DISPATCH_OFF, 0, 0, 0);
}

void syscall_guard_try(void)
{
	static const char nothing_caught;

	switch_on(&nothing_caught);
	switch_off();
}

void syscall_guard_arm(void)
{
	const unsigned int index = sched_current->arch->index;

	z_board->catch[index] = 0;
	switch_on((const volatile char *)&z_board_page.catch[index]);
}

void syscall_guard_disarm(void)
{
	z_board->catch[sched_current->arch->index] = 0;
	switch_off();
}

const char *syscall_guard_name(int number)
{
	static const struct {
		int number;
		const char *name;
	} names[] = {
		{ SYS_read, "read" },
		{ SYS_write, "write" },
		{ SYS_open, "open" },
		{ SYS_openat, "openat" },
		{ SYS_close, "close" },
		{ SYS_fstat, "fstat" },
		{ SYS_newfstatat, "fstat" },
		{ SYS_lseek, "lseek" },
		{ SYS_mmap, "mmap" },
		{ SYS_munmap, "munmap" },
		{ SYS_mprotect, "mprotect" },
		{ SYS_brk, "brk" },
		{ SYS_ioctl, "ioctl" },
		{ SYS_nanosleep, "nanosleep" },
		{ SYS_clock_nanosleep, "clock_nanosleep" },
		{ SYS_futex, "futex" },
		{ SYS_socket, "socket" },
		{ SYS_kill, "kill" },
		{ SYS_tgkill, "tgkill" },
		{ SYS_exit, "exit" },
		{ SYS_exit_group, "exit_group" },
		{ SYS_fork, "fork" },
		{ SYS_clone, "clone" },
		{ SYS_clone3, "clone3" },
		{ SYS_execve, "execve" },
		{ SYS_getpid, "getpid" },
		{ SYS_gettid, "gettid" },
		{ SYS_sched_yield, "sched_yield" },
		{ SYS_clock_gettime, "clock_gettime" },
		{ SYS_getrandom, "getrandom" },
	};
	static char text[64];
	const char *name = "";

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].number == number)
			name = names[i].name;
	snprintf(text, sizeof(text), *name ? "Linux system call %d (%s)" : "Linux system call %d",
		 number, name);
	return text;
}
