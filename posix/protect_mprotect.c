/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rights by mprotect(). They hold for the whole process, so they are right only because the baton
 * lets no other board thread run while a user thread does.
 */
#include "protect.h"
#include "arch/arch.h"

#include <errno.h>
#include <sys/mman.h>

static int probe(void)
{
	return 0;
}

static int set(uintptr_t start, size_t size, int prot)
{
	return (int)arch_mprotect(start, size, prot);
}

const struct protect_backend protect_mprotect = {
	.name = "mprotect",
	.isolates = true,
	.closes_kernel = true,
	.parallel = false,
	.probe = probe,
	.set = set,
};
