/* SPDX-License-Identifier: BSD-3-Clause */
/* What the assembly and the compiler must agree on. */
#include "arch.h"

#include <sys/auxv.h>

#ifndef HWCAP2_FSGSBASE
#define HWCAP2_FSGSBASE 2
#endif

struct arch_core arch_cores[CONFIG_MP_MAX_NUM_CPUS];

#define AT(type, member, offset)                                                                   \
	_Static_assert(offsetof(struct type, member) == (offset), #type "." #member)

AT(arch_gate, supervisor, 0);
AT(arch_gate, in_use, 4);
AT(arch_gate, start, 8);
AT(arch_gate, size, 16);
AT(arch_gate, cores, 24);
AT(arch_gate, fs_by, 28);
AT(arch_gate, hole_count, 32);
AT(arch_gate, checker, 36);
AT(arch_gate, holes, 40);
_Static_assert(sizeof(struct arch_hole) == 24, "a hole");
AT(arch_core, host_id, 0);
AT(arch_core, kernel_sp, 8);
AT(arch_core, kernel_tp, 16);
AT(arch_core, user_tp, 24);
AT(arch_core, user_rights, 32);
AT(arch_core, again, 40);
_Static_assert(sizeof(struct arch_core) == 48, "a core");
AT(arch_user_frame, mxcsr, 56);
AT(arch_user_frame, fcw, 60);
AT(arch_user_frame, flags, 64);
AT(arch_user_frame, fp, 112);
_Static_assert(sizeof(struct arch_user_frame) == 128, "a frame");

enum arch_thread_pointer_by arch_find_thread_pointer_by(void)
{
	return getauxval(AT_HWCAP2) & HWCAP2_FSGSBASE ? ARCH_FS_BY_INSTRUCTION : ARCH_FS_BY_SYSCALL;
}
