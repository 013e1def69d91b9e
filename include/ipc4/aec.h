/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc4/aec.h
 * \brief Configuration of an echo canceller: microphones, reference, output.
 */
#ifndef IPC4_AEC_H
#define IPC4_AEC_H

#include <ipc4/base-config.h>
#include <stdint.h>

struct sof_ipc4_aec_config {
	struct ipc4_base_module_cfg base_cfg; /**< its format is the microphones' */
	struct ipc4_audio_format reference_fmt;
	struct ipc4_audio_format output_fmt;
	uint32_t cpc_low_power_mode;
};

enum sof_ipc4_aec_config_params {
	IPC4_AEC_SET_EXT_FMT,
};

#endif /* IPC4_AEC_H */
