/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes into the data of libm, which every module may read. */
#include "../rogue.h"

#include <elf.h>
#include <math.h>
#include <string.h>

static uint8_t *writable_data(void)
{
	double (*volatile function)(double) = exp;
	uint8_t *base = rogue_pointer((uintptr_t)function & ~(uintptr_t)4095);
	const Elf64_Phdr *segment;
	unsigned int i;

	while (memcmp(base, ELFMAG, SELFMAG))
		base -= 4096;
	segment = (const Elf64_Phdr *)(base + ((const Elf64_Ehdr *)base)->e_phoff);
	for (i = 0; segment[i].p_type != PT_LOAD || !(segment[i].p_flags & PF_W);)
		i++;
	/* Its last byte: what comes first is read-only on any system. */
	return base + segment[i].p_vaddr + segment[i].p_memsz - 1;
}

static void misbehave(struct rogue_call *call)
{
	volatile uint8_t *byte = writable_data();
	uint8_t value = *byte;

	*byte = value; /* FAULT HERE */
}

ROGUE("write-library-data", 65, AT_PROCESS);
