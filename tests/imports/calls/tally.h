/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What all calls returned, as one number, and the first check that did not hold. Two runs that made
 * the same calls with the same results have the same number.
 */
#ifndef TALLY_H
#define TALLY_H

#include <stddef.h>
#include <stdint.h>

/* More than any buffer that a C library has on its stack. */
#define LONG 3000

struct tally {
	uint32_t sum;
	const char *failed; /* the condition, or NULL */
	/* To work in. On the heap: variables of a module that is linked into the firmware are closed
	 * to it, as on the board. */
	uint8_t bytes[2][2 * LONG + 100];
};

static inline void tally_add(struct tally *tally, const void *result, size_t size)
{
	const uint8_t *byte = result;

	for (size_t i = 0; i < size; i++)
		tally->sum = (tally->sum ^ byte[i]) * 16777619u;
}

#define TALLY_CHECK(tally, condition)                                                              \
	do {                                                                                       \
		int holds = (condition);                                                           \
                                                                                                   \
		tally_add(tally, &holds, sizeof(holds));                                           \
		if (!holds && !(tally)->failed)                                                    \
			(tally)->failed = #condition;                                              \
	} while (0)

void call_real(struct tally *tally);
void call_complex(struct tally *tally);
void call_text(struct tally *tally);
void call_memory(struct tally *tally);

#endif /* TALLY_H */
