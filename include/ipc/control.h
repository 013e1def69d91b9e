/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc/control.h
 * \brief Control values: channel positions, and the structure configuration is read back in.
 *
 * Channel positions have ALSA's numbers.
 */
#ifndef IPC_CONTROL_H
#define IPC_CONTROL_H

#include <ipc/header.h>
#include <ipc/stream.h>
#include <kernel/header.h>
#include <stdint.h>

enum sof_ipc_chmap {
	SOF_CHMAP_UNKNOWN = 0,
	SOF_CHMAP_NA,
	SOF_CHMAP_MONO,
	SOF_CHMAP_FL,
	SOF_CHMAP_FR,
	SOF_CHMAP_RL,
	SOF_CHMAP_RR,
	SOF_CHMAP_FC,
	SOF_CHMAP_LFE,
	SOF_CHMAP_SL,
	SOF_CHMAP_SR,
	SOF_CHMAP_RC,
	SOF_CHMAP_FLC,
	SOF_CHMAP_FRC,
	SOF_CHMAP_RLC,
	SOF_CHMAP_RRC,
	SOF_CHMAP_FLW,
	SOF_CHMAP_FRW,
	SOF_CHMAP_FLH,
	SOF_CHMAP_FCH,
	SOF_CHMAP_FRH,
	SOF_CHMAP_TC,
	SOF_CHMAP_TFL,
	SOF_CHMAP_TFR,
	SOF_CHMAP_TFC,
	SOF_CHMAP_TRL,
	SOF_CHMAP_TRR,
	SOF_CHMAP_TRC,
	SOF_CHMAP_TFLC,
	SOF_CHMAP_TFRC,
	SOF_CHMAP_TSL,
	SOF_CHMAP_TSR,
	SOF_CHMAP_LLFE,
	SOF_CHMAP_RLFE,
	SOF_CHMAP_BC,
	SOF_CHMAP_BLC,
	SOF_CHMAP_BRC,
	SOF_CHMAP_LAST = SOF_CHMAP_BRC,
};

enum sof_ipc_ctrl_type {
	SOF_CTRL_TYPE_VALUE_CHAN_GET = 0,
	SOF_CTRL_TYPE_VALUE_CHAN_SET,
	SOF_CTRL_TYPE_VALUE_COMP_GET,
	SOF_CTRL_TYPE_VALUE_COMP_SET,
	SOF_CTRL_TYPE_DATA_GET,
	SOF_CTRL_TYPE_DATA_SET,
};

enum sof_ipc_ctrl_cmd {
	SOF_CTRL_CMD_VOLUME = 0,
	SOF_CTRL_CMD_ENUM,
	SOF_CTRL_CMD_SWITCH,
	SOF_CTRL_CMD_BINARY,
};

struct sof_ipc_ctrl_value_chan {
	uint32_t channel; /**< enum sof_ipc_chmap */
	uint32_t value;
} __attribute__((packed, aligned(4)));

struct sof_ipc_ctrl_value_comp {
	uint32_t index;
	union {
		uint32_t uvalue;
		int32_t svalue;
	};
} __attribute__((packed, aligned(4)));

struct sof_ipc_ctrl_data {
	struct sof_ipc_reply rhdr;
	uint32_t comp_id;
	uint32_t type; /**< enum sof_ipc_ctrl_type */
	uint32_t cmd;  /**< enum sof_ipc_ctrl_cmd */
	uint32_t index;
	struct sof_ipc_host_buffer buffer;
	uint32_t num_elems; /**< elements of the array, or bytes of data */
	uint32_t elems_remaining;
	uint32_t msg_index;
	uint32_t reserved[6];
	union {
		struct sof_ipc_ctrl_value_chan chanv[0];
		struct sof_ipc_ctrl_value_comp compv[0];
		struct sof_abi_hdr data[0];
	};
} __attribute__((packed, aligned(4)));

#endif /* IPC_CONTROL_H */
