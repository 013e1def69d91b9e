/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PKRU in a signal frame: one part of the extended state that the host's kernel saves there, in the
 * processor's own standard format (Intel SDM volume 1, chapter 13). CPUID leaf 0xd tells where.
 */
#include "arch.h"

#include <cpuid.h>
#include <string.h>
#include <sys/ucontext.h>

#define STATE_LEAF     0xd
#define PKRU_STATE     9	   /* its number among the parts */
#define STATE_PRESENT  512	   /* offset of the bits that say which parts have been written */
#define SAVED_MAGIC    464	   /* the kernel's note in the legacy part's spare bytes: ... */
#define EXTENDED_STATE 0x46505853u /* ... more than the legacy part has been saved */

/* Where the register lies in the frame; NULL where it does not. */
static uint8_t *saved_rights(uint8_t *state)
{
	unsigned int size, offset, c, d;
	uint32_t magic;

	if (!state || !__get_cpuid_count(STATE_LEAF, PKRU_STATE, &size, &offset, &c, &d))
		return NULL;
	memcpy(&magic, state + SAVED_MAGIC, sizeof(magic));
	return size < sizeof(uint32_t) || magic != EXTENDED_STATE ? NULL : state + offset;
}

uint32_t arch_rights_interrupted(const void *context)
{
	const ucontext_t *frame = context;
	uint8_t *state = (uint8_t *)frame->uc_mcontext.fpregs;
	const uint8_t *saved = saved_rights(state);
	uint64_t present;
	uint32_t rights;

	if (!saved)
		return 0;
	memcpy(&present, state + STATE_PRESENT, sizeof(present));
	/* A part that was never written is all zeros. */
	if (!(present & (uint64_t)1 << PKRU_STATE))
		return 0;
	memcpy(&rights, saved, sizeof(rights));
	return rights;
}

void arch_rights_on_return(void *context, uint32_t rights)
{
	ucontext_t *frame = context;
	uint8_t *state = (uint8_t *)frame->uc_mcontext.fpregs;
	uint8_t *saved = saved_rights(state);
	uint64_t present;

	if (!saved)
		return;
	memcpy(&present, state + STATE_PRESENT, sizeof(present));
	present |= (uint64_t)1 << PKRU_STATE;
	memcpy(state + STATE_PRESENT, &present, sizeof(present));
	memcpy(saved, &rights, sizeof(rights));
}
