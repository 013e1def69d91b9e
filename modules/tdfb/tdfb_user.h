/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file tdfb_user.h
 * \brief The beamformer's blob and controls: layout and numbers as SOF's. Little endian.
 *
 * Behind struct sof_tdfb_config, in this order, n being num_filters:
 *
 *	n (num_angles + beam_off_defined) filters, struct sof_fir_coef_data of user/fir.h
 *	int16_t input_channel_select[n]     the channel a filter takes
 *	int16_t output_channel_mix[n]       the channels it is added to, a bit each
 *	int16_t output_stream_mix[n]        not used
 *	int16_t output_channel_mix[n]       with the beam off; only when beam_off_defined is 1
 *	struct sof_tdfb_angle[num_angles]
 *	struct sof_tdfb_mic_location[num_mic_locations]
 */
#ifndef TDFB_USER_H
#define TDFB_USER_H

#include <sof/platform.h>
#include <stdint.h>

#define SOF_TDFB_MAX_SIZE	 16384 /**< bytes of a blob */
#define SOF_TDFB_FIR_MAX_COUNT	 16    /**< filters at a time */
#define SOF_TDFB_MAX_ANGLES	 360
#define SOF_TDFB_MAX_MICROPHONES PLATFORM_MAX_CHANNELS

/** \name Indices of controls @{ */
#define SOF_TDFB_CTRL_INDEX_PROCESS	     0 /**< switch: beam on or off */
#define SOF_TDFB_CTRL_INDEX_DIRECTION	     1 /**< switch: estimate the sound's direction */
#define SOF_TDFB_CTRL_INDEX_AZIMUTH	     0 /**< enum: where the beam points */
#define SOF_TDFB_CTRL_INDEX_AZIMUTH_ESTIMATE 1 /**< enum: where the sound comes from */
/** @} */

struct sof_tdfb_config {
	uint32_t size;		      /**< of the blob in bytes */
	uint16_t num_filters;	      /**< of each angle, 1 to SOF_TDFB_FIR_MAX_COUNT */
	uint16_t num_output_channels; /**< 1 to 8 */
	uint16_t num_output_streams;  /**< not used */
	uint16_t num_mic_locations;   /**< 0 to 8 */
	uint16_t num_angles;	      /**< 1 to SOF_TDFB_MAX_ANGLES */
	uint16_t beam_off_defined;    /**< 1: there are filters for when the beam is off */
	uint16_t track_doa;	      /**< not used */
	int16_t angle_enum_mult;      /**< degrees a step of an azimuth control, not 0 */
	int16_t angle_enum_offs;      /**< degrees of its step 0 */
	uint16_t reserved16;
	uint32_t reserved32[1];
	int16_t data[];
} __attribute__((packed));

struct sof_tdfb_angle {
	int16_t azimuth;      /**< degrees, -180 to 180 */
	int16_t elevation;    /**< degrees, -90 to 90; not used */
	int16_t filter_index; /**< first of its filters */
	int16_t reserved;
} __attribute__((packed));

/** Metres, Q4.12. */
struct sof_tdfb_mic_location {
	int16_t x;
	int16_t y;
	int16_t z;
	int16_t reserved;
} __attribute__((packed));

#endif /* TDFB_USER_H */
