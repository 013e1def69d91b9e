/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc4/dmic.h
 * \brief Configuration blob of a digital microphone gateway. Layouts are the ABI's.
 */
#ifndef IPC4_DMIC_H
#define IPC4_DMIC_H

#include <ipc4/gateway.h>
#include <sof/compiler_attributes.h>
#include <stddef.h>
#include <stdint.h>

/** Parameter that sets gain coefficients, and how many there may be. */
#define DMIC_SET_GAIN_COEFFICIENTS 2
#define DMIC_MAX_GAIN_COEFFS_CNT   4

union dmic_global_cfg {
	uint32_t clock_on_delay;
	struct {
		uint32_t silence_period : 16; /**< ms */
		uint32_t fade_in_period : 16; /**< ms, after the silence */
	} ext_global_cfg;
} __packed __aligned(4);

struct dmic_channel_cfg {
	uint32_t out_control;
};

/* The two misspelt names are the ABI's. */
struct dmic_fir_cfg {
	uint32_t fir_control;
	uint32_t fir_config;
	uint32_t dc_offset_left;
	uint32_t dc_offset_rigth;
	uint32_t out_gain_left;
	uint32_t out_gain_rigth;
	uint32_t rsvd_2[2];
} __packed __aligned(4);

struct dmic_pdm_ctrl_cfg {
	uint32_t cic_control;
	uint32_t cic_config;
	uint32_t rsvd_0;
	uint32_t mic_control;
	uint32_t pdmsm;
	uint32_t reuse_fir_from_pdm; /**< index of the controller whose coefficients are used */
	uint32_t rsvd_1[2];
	struct dmic_fir_cfg fir_config[2];
	uint32_t fir_coeffs[0]; /**< channel A's, then channel B's */
} __packed __aligned(4);

struct dmic_config_blob {
	uint32_t ts_group[4];
	union dmic_global_cfg global_cfg;
	uint32_t channel_ctrl_mask : 8;
	uint32_t clock_source : 8;
	uint32_t rsvd : 16;
	struct dmic_channel_cfg channel_cfg[0]; /**< one for each bit of channel_ctrl_mask */
	uint32_t pdm_ctrl_mask;
	struct dmic_pdm_ctrl_cfg pdm_ctrl_cfg[0]; /**< one for each bit of pdm_ctrl_mask */
} __packed __aligned(4);

struct dmic_config_data {
	union ipc4_gateway_attributes gtw_attributes;
	struct dmic_config_blob dmic_blob;
} __packed __aligned(4);

#endif /* IPC4_DMIC_H */
