/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rights by mprotect(). They hold for the whole process, so they are right only because the baton
 * lets no other board thread run while a user thread does.
 */
#include "protect.h"
#include "arch/arch.h"
#include "board.h"

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

static void kernel_close(void)
{
	uintptr_t start = (uintptr_t)z_kernel_data_start;

	arch_mprotect(start, z_board_page.kernel_end - start, PROT_NONE);
}

static void kernel_open(void)
{
	uintptr_t start = (uintptr_t)z_kernel_data_start;

	arch_mprotect(start, z_board_page.kernel_end - start, PROT_READ | PROT_WRITE);
}

const struct protect_backend protect_mprotect = {
	.name = "mprotect",
	.isolates = true,
	.parallel = false,
	.probe = probe,
	.set = set,
	.kernel_close = kernel_close,
	.kernel_open = kernel_open,
};
