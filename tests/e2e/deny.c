/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Run a command on a host that refuses system calls, as a sandbox's filter does.
 *
 *   deny CALL... -- COMMAND [ARGUMENT...]     CALL: affinity, dispatch, fork
 *
 * affinity is sched_setaffinity() (EPERM), dispatch is prctl(PR_SET_SYSCALL_USER_DISPATCH), as on a
 * kernel that has none (EINVAL), fork is a new process, but not a new thread (EAGAIN).
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define USER_DISPATCH 59 /* PR_SET_SYSCALL_USER_DISPATCH */

static int refuse(struct sock_filter *filter, unsigned short length)
{
	struct sock_fprog program = { length, filter };

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

static int refuse_affinity(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_sched_setaffinity, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	return refuse(filter, sizeof(filter) / sizeof(filter[0]));
}

static int refuse_dispatch(void)
{
	/* the low half of the first argument */
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, USER_DISPATCH, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	return refuse(filter, sizeof(filter) / sizeof(filter[0]));
}

/* clone3()'s flags are in memory, where a filter can't look: it goes as on a kernel without it. */
static int refuse_fork(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args)),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_VM, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAGAIN),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	return refuse(filter, sizeof(filter) / sizeof(filter[0]));
}

int main(int argc, char **argv)
{
	int i, ret = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);

	for (i = 1; !ret && i < argc && strcmp(argv[i], "--"); i++)
		ret = !strcmp(argv[i], "affinity") ? refuse_affinity() :
		      !strcmp(argv[i], "dispatch") ? refuse_dispatch() :
		      !strcmp(argv[i], "fork")	   ? refuse_fork() :
						     -1;
	if (ret) {
		perror("deny");
		return 125;
	}
	execvp(argv[i + 1], argv + i + 1);
	perror(argv[i + 1]);
	return 125;
}
