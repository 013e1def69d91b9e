/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/format.h
 * \brief Fixed-point arithmetic: Qx.y numbers, saturation, multiplication with shift.
 *
 * Qx.y: x bits before the binary point, sign included, y behind it; value = integer / 2^y. Shifts
 * of negative numbers are arithmetic (two's complement, rounding towards minus infinity), and the
 * ..R/..RND forms round half up: bit-exact with SOF's generic C. No function here checks for
 * overflow of what the formats cannot hold, save those with "sat" in their name. Any mode.
 */
#ifndef SOF_AUDIO_FORMAT_H
#define SOF_AUDIO_FORMAT_H

#include <ipc/stream.h>
#include <stdint.h>

#define INT24_MAXVALUE 8388607
#define INT24_MINVALUE (-8388608)

#define ONE_Q2_30 1073741824
#define ONE_Q1_31 2147483647
/* 10^(-dB/20), Q1.31 */
#define MINUS_3DB_Q1_31	 1520301996
#define MINUS_6DB_Q1_31	 1076291389
#define MINUS_10DB_Q1_31 679093957
#define MINUS_20DB_Q1_31 214748365
#define MINUS_30DB_Q1_31 67909396
#define MINUS_40DB_Q1_31 21474836
#define MINUS_50DB_Q1_31 6790940
#define MINUS_60DB_Q1_31 2147484
#define MINUS_70DB_Q1_31 679094
#define MINUS_80DB_Q1_31 214748
#define MINUS_90DB_Q1_31 67909

/** Bits to shift a product of Qx.qx and Qx.qy right by to get Qx.qz. A count outside the word
 * becomes one the compiler refuses. */
#define Q_SHIFT_BITS_64(qx, qy, qz)                                                                \
	((qx) + (qy) - (qz) > 63 ? INT64_MAX :                                                     \
	 (qx) + (qy) - (qz) < 0	 ? INT64_MIN :                                                     \
				   (qx) + (qy) - (qz))
#define Q_SHIFT_BITS_32(qx, qy, qz)                                                                \
	((qx) + (qy) - (qz) > 31 ? INT32_MAX :                                                     \
	 (qx) + (qy) - (qz) < 0	 ? INT32_MIN :                                                     \
				   (qx) + (qy) - (qz))

/** Number to Q.qy, qy at most 31; for non-negative numbers rounded to nearest. */
#define Q_CONVERT_FLOAT(f, qy) ((int32_t)(((const double)f) * ((int64_t)1 << (const int)qy) + 0.5))
#define Q_CONVERT_QTOF(x, ny)  ((float)(x) / ((int64_t)1 << (ny)))
#define Q_CONVERT_QTOD(x, ny)  ((double)(x) / ((int64_t)1 << (ny)))

/* From src_q bits behind the point to dst_q, fewer for the first two, more for the third. */
#define Q_SHIFT(x, src_q, dst_q)      ((x) >> ((src_q) - (dst_q)))
#define Q_SHIFT_RND(x, src_q, dst_q)  ((((x) >> ((src_q) - (dst_q)-1)) + 1) >> 1)
#define Q_SHIFT_LEFT(x, src_q, dst_q) ((x) << ((dst_q) - (src_q)))

/* Products of Q.qx and Q.qy as Q.qp. The caller casts one factor to int32_t or int64_t. */
#define Q_MULTS_16X16(px, py, qx, qy, qp)  ((px) * (py) >> ((qx) + (qy) - (qp)))
#define Q_MULTSR_16X16(px, py, qx, qy, qp) ((((px) * (py) >> ((qx) + (qy) - (qp)-1)) + 1) >> 1)
#define Q_MULTS_32X32(px, py, qx, qy, qp)  Q_MULTS_16X16(px, py, qx, qy, qp)
#define Q_MULTSR_32X32(px, py, qx, qy, qp) Q_MULTSR_16X16(px, py, qx, qy, qp)

#define SATP_INT32(x) (((x) > INT32_MAX) ? INT32_MAX : (x))
#define SATM_INT32(x) (((x) < INT32_MIN) ? INT32_MIN : (x))

static inline int32_t sat_int32(int64_t x)
{
	const int64_t low = x < INT32_MIN ? INT32_MIN : x;

	return (int32_t)(low > INT32_MAX ? INT32_MAX : low);
}

static inline int32_t sat_int24(int32_t x)
{
	const int32_t low = x < INT24_MINVALUE ? INT24_MINVALUE : x;

	return low > INT24_MAXVALUE ? INT24_MAXVALUE : low;
}

static inline int16_t sat_int16(int32_t x)
{
	const int32_t low = x < INT16_MIN ? INT16_MIN : x;

	return (int16_t)(low > INT16_MAX ? INT16_MAX : low);
}

static inline int8_t sat_int8(int32_t x)
{
	const int32_t low = x < INT8_MIN ? INT8_MIN : x;

	return (int8_t)(low > INT8_MAX ? INT8_MAX : low);
}

/** The low 24 bits as a signed number; the top byte of an S24_4LE sample says nothing. */
static inline int32_t sign_extend_s24(int32_t x)
{
	return (int32_t)((uint32_t)x << 8) >> 8;
}

/* Products shifted right by shift_bits, at least 1 for those that round. */

static inline int64_t q_mults_32x32(int32_t x, int32_t y, const int shift_bits)
{
	return Q_MULTS_32X32((int64_t)x, y, shift_bits, 0, 0);
}

static inline int64_t q_multsr_32x32(int32_t x, int32_t y, const int shift_bits)
{
	return Q_MULTSR_32X32((int64_t)x, y, shift_bits, 0, 0);
}

static inline int32_t q_mults_16x16(int16_t x, int32_t y, const int shift_bits)
{
	return Q_MULTS_16X16((int32_t)x, y, shift_bits, 0, 0);
}

static inline int16_t q_multsr_16x16(int16_t x, int32_t y, const int shift_bits)
{
	return (int16_t)Q_MULTSR_16X16((int32_t)x, y, shift_bits, 0, 0);
}

static inline int32_t q_multsr_sat_32x32(int32_t x, int32_t y, const int shift_bits)
{
	return sat_int32(q_multsr_32x32(x, y, shift_bits));
}

/* The next two keep the low 32 bits of the rounded product before they saturate. */
static inline int32_t q_multsr_sat_32x32_24(int32_t x, int32_t y, const int shift_bits)
{
	return sat_int24((int32_t)q_multsr_32x32(x, y, shift_bits));
}

static inline int32_t q_multsr_sat_32x32_16(int32_t x, int32_t y, const int shift_bits)
{
	return sat_int16((int32_t)q_multsr_32x32(x, y, shift_bits));
}

static inline int16_t q_multsr_sat_16x16(int16_t x, int32_t y, const int shift_bits)
{
	return sat_int16(Q_MULTSR_16X16((int32_t)x, y, shift_bits, 0, 0));
}

#endif /* SOF_AUDIO_FORMAT_H */
