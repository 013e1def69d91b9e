/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * No rights at all are taken away: to measure against, and to find out whether isolation is the
 * cause of something.
 */
#include "protect.h"

static int probe(void)
{
	return 0;
}

static int set(uintptr_t start, size_t size, int prot)
{
	return 0;
}

const struct protect_backend protect_none = {
	.name = "none",
	.isolates = false,
	.parallel = true,
	.probe = probe,
	.set = set,
};
