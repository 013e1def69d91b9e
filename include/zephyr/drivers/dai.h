/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/drivers/dai.h
 * \brief Digital audio interfaces as Zephyr's drivers describe them: types only, see sof/lib/dai.h.
 */
#ifndef ZEPHYR_DRIVERS_DAI_H
#define ZEPHYR_DRIVERS_DAI_H

#include <stddef.h>
#include <stdint.h>
#include <zephyr/device.h>

enum dai_type {
	DAI_LEGACY_I2S = 0,
	DAI_INTEL_SSP,
	DAI_INTEL_DMIC,
	DAI_INTEL_HDA,
	DAI_INTEL_ALH,
	DAI_IMX_SAI,
	DAI_IMX_ESAI,
	DAI_AMD_BT,
	DAI_AMD_SP,
	DAI_AMD_DMIC,
	DAI_MEDIATEK_AFE,
	DAI_INTEL_SSP_NHLT,
	DAI_INTEL_DMIC_NHLT,
	DAI_INTEL_HDA_NHLT,
	DAI_INTEL_ALH_NHLT,
	DAI_IMX_MICFIL,
};

enum dai_dir {
	DAI_DIR_TX = 0,
	DAI_DIR_RX,
	DAI_DIR_BOTH,
};

enum dai_state {
	DAI_STATE_NOT_READY = 0,
	DAI_STATE_READY,
	DAI_STATE_RUNNING,
	DAI_STATE_PRE_RUNNING,
	DAI_STATE_PAUSED,
	DAI_STATE_STOPPING,
	DAI_STATE_ERROR,
};

enum dai_trigger_cmd {
	DAI_TRIGGER_START = 0,
	DAI_TRIGGER_PRE_START,
	DAI_TRIGGER_STOP,
	DAI_TRIGGER_PAUSE,
	DAI_TRIGGER_POST_STOP,
	DAI_TRIGGER_DRAIN,
	DAI_TRIGGER_DROP,
	DAI_TRIGGER_PREPARE,
	DAI_TRIGGER_RESET,
	DAI_TRIGGER_COPY,
};

struct dai_properties {
	uint32_t fifo_address;
	uint32_t fifo_depth;
	uint32_t dma_hs_id;
	uint32_t reg_init_delay; /**< us */
	int stream_id;
};

struct dai_config {
	enum dai_type type;
	uint32_t dai_index;
	uint8_t channels;
	uint32_t rate; /**< Hz */
	uint16_t format;
	uint8_t options;
	uint8_t word_size;
	size_t block_size; /**< bytes */
	uint16_t link_config;
	uint32_t tdm_slot_group;
};

/** What is stamped, and with what. */
struct dai_ts_cfg {
	uint32_t walclk_rate; /**< Hz */
	int type;	      /**< enum dai_type */
	int direction;	      /**< enum dai_dir */
	int index;
	int dma_id;
	int dma_chan_index;
	int dma_chan_count;
};

/** So many samples had passed when the wall clock stood there. */
struct dai_ts_data {
	uint64_t walclk;
	uint64_t sample;
	uint32_t walclk_rate; /**< Hz */
};

#endif /* ZEPHYR_DRIVERS_DAI_H */
