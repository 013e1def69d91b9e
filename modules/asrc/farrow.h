/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file farrow.h
 * \brief The filter of the asynchronous converter: its response at any time between two samples.
 *
 * The time between the newest sample (0) and the next one to come (1) is cut into FARROW_SEGMENTS.
 * In each of them a coefficient is a polynomial of the time u from the segment's middle, -0.5 to 0.5:
 *
 *   c(u) = c0 + c1 u + c2 u^2 + c3 u^3
 *
 * For eight taps at a time, the oldest sample's first, a table has
 *
 *   int32_t c0[8];        Q28
 *   int16_t c1, c2, ...   eight pairs, Q17 and Q20
 *   int16_t d1, c3, ...   eight pairs: what Q17 leaves of c1, Q25, and Q24
 *
 * so that a pair is multiplied with (u, u^2) or (u, u^3) in one go.
 *
 * Any mode; arguments and constants only.
 */
#ifndef ASRC_FARROW_H
#define ASRC_FARROW_H

#include <module/audio/fir16.h>

#define FARROW_SEGMENT_BITS 4
#define FARROW_SEGMENTS	    (1 << FARROW_SEGMENT_BITS)
#define FARROW_TAPS_MAX	    320
#define FARROW_WORDS	    48 /* of 16 bits, for FIR16_GROUP taps of a segment */

/** Of a time: 1 is the distance of two samples of the input. */
#define FARROW_TIME_BITS 40
#define FARROW_ONE	 (1ull << FARROW_TIME_BITS)

struct farrow {
	const int16_t *coefs;
	uint16_t taps;
	uint16_t fine_bits;
	uint32_t ratio; /**< greatest rate of input to output it is made for, Q16.16 */
};

/** Made by design.c; ratios rise. The first is for 48 kHz to 48 kHz and more only. */
extern const struct farrow farrows[];
extern const unsigned int farrow_count;

/** The filter for these rates, which are not 0; NULL: there is none. */
const struct farrow *farrow_find(uint32_t in, uint32_t out);

/**
 * The filter at \p time, less than FARROW_ONE.
 *
 * \param[out] row 2 * taps words, as fir16.h has them
 */
void farrow_row(const struct farrow *farrow, uint64_t time, int16_t *row);

#endif /* ASRC_FARROW_H */
