/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file user/eq.h
 * \brief Configuration of the FIR and IIR equalisers. Words are 32 bit, little endian.
 *
 * IIR blob: struct sof_eq_iir_config, whose data[] holds first channels_in_config words, the
 * response each channel gets (negative: none), then number_of_responses responses one behind the
 * other. A response is a struct sof_eq_iir_header with num_sections biquads behind it. A stream
 * with more channels than the blob uses the last one's response for the rest.
 *
 * A biquad computes, with the signs of a1 and a2 already turned round,
 *   y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] + a1 y[n-1] + a2 y[n-2]
 * and gives y times output_gain / 2^output_shift to the next one. A flat one is
 * { 0, 0, 0, 0, 1 << 30, 0, 1 << 14 }.
 */
#ifndef USER_EQ_H
#define USER_EQ_H

#include <stdint.h>

#define SOF_EQ_FIR_IDX_SWITCH	 0
#define SOF_EQ_FIR_MAX_SIZE	 4096 /**< bytes of a blob */
#define SOF_EQ_FIR_MAX_RESPONSES 8

struct sof_eq_fir_config {
	uint32_t size; /**< bytes, this header included */
	uint16_t channels_in_config;
	uint16_t number_of_responses;
	uint32_t reserved[4];
	int16_t data[];
} __attribute__((packed));

#define SOF_EQ_IIR_IDX_SWITCH	 0
#define SOF_EQ_IIR_MAX_SIZE	 1024 /**< bytes of a blob */
#define SOF_EQ_IIR_MAX_RESPONSES 8
#define SOF_EQ_IIR_BIQUADS_MAX	 11 /**< of one response */

struct sof_eq_iir_config {
	uint32_t size; /**< bytes, this header included */
	uint32_t channels_in_config;
	uint32_t number_of_responses;
	uint32_t reserved[4];
	int32_t data[];
} __attribute__((packed));

struct sof_eq_iir_header {
	uint32_t num_sections;
	uint32_t num_sections_in_series; /**< rows of so many run in parallel and are summed */
	uint32_t reserved[4];
	int32_t biquads[]; /**< num_sections times struct sof_eq_iir_biquad */
} __attribute__((packed));

struct sof_eq_iir_biquad {
	int32_t a2;	      /**< Q2.30 */
	int32_t a1;	      /**< Q2.30 */
	int32_t b2;	      /**< Q2.30 */
	int32_t b1;	      /**< Q2.30 */
	int32_t b0;	      /**< Q2.30 */
	int32_t output_shift; /**< bits to the right; negative: to the left */
	int32_t output_gain;  /**< Q2.14 */
} __attribute__((packed));

/** Words of the two structures above. */
#define SOF_EQ_IIR_NHEADER (sizeof(struct sof_eq_iir_header) / sizeof(int32_t))
#define SOF_EQ_IIR_NBIQUAD (sizeof(struct sof_eq_iir_biquad) / sizeof(int32_t))

#endif /* USER_EQ_H */
