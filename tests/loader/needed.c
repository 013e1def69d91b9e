/* SPDX-License-Identifier: BSD-3-Clause */
/* A library that an object needs: its constructor must not run. */
void needed(void);

void needed(void)
{
}

__attribute__((constructor)) static void build_it(void)
{
	__builtin_trap();
}
