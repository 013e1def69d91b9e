/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef FLIP_BITS_H
#define FLIP_BITS_H

/* Once more, and a byte is what it was. */
static inline char flip_bits(char byte)
{
	return byte ^ FLIP_BITS;
}

#endif /* FLIP_BITS_H */
