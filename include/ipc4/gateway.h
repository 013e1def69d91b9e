/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc4/gateway.h
 * \brief Where a stream enters and leaves the DSP. Values and layouts are the ABI's.
 *
 * There is no gateway on the host; modules see these types in configurations of their neighbours.
 */
#ifndef IPC4_GATEWAY_H
#define IPC4_GATEWAY_H

#include <rtos/bit.h>
#include <stdint.h>

/** "output" is from the host towards the DSP for host classes, from the DSP for link classes. */
enum ipc4_connector_node_id_type {
	ipc4_hda_host_output_class = 0,
	ipc4_hda_host_input_class = 1,
	ipc4_hda_host_inout_class = 2,
	ipc4_hda_link_output_class = 8,
	ipc4_hda_link_input_class = 9,
	ipc4_hda_link_inout_class = 10,
	ipc4_dmic_link_input_class = 11,
	ipc4_i2s_link_output_class = 12,
	ipc4_i2s_link_input_class = 13,
	ipc4_alh_link_output_class = 16,
	ipc4_alh_link_input_class = 17,
	ipc4_alh_snd_wire_stream_link_output_class = 16,
	ipc4_alh_snd_wire_stream_link_input_class = 17,
	ipc4_alh_uaol_stream_link_output_class = 18,
	ipc4_alh_uaol_stream_link_input_class = 19,
	ipc4_ipc_output_class = 20,
	ipc4_ipc_input_class = 21,
	ipc4_i2s_multi_link_output_class = 22,
	ipc4_i2s_multi_link_input_class = 23,
	ipc4_gpio_class = 24,
	ipc4_spi_output_class = 25,
	ipc4_spi_input_class = 26,
	ipc4_max_connector_node_id_type
};

#define IPC4_INVALID_NODE_ID 0xffffffff
/** v_index and dma_type. */
#define IPC4_NODE_ID_MASK 0x1fff

union ipc4_connector_node_id {
	uint32_t dw;
	struct {
		uint32_t v_index : 8;
		uint32_t dma_type : 5; /**< enum ipc4_connector_node_id_type */
		uint32_t _rsvd : 19;
	} f;
} __attribute__((packed, aligned(4)));

#define IPC4_HW_HOST_OUTPUT_NODE_ID_BASE 0x00
#define IPC4_HW_CODE_LOADER_NODE_ID	 0x0F
#define IPC4_HW_LINK_INPUT_NODE_ID_BASE	 0x10

/** What memory the gateway's buffers are taken from. */
union ipc4_gateway_attributes {
	uint32_t dw;
	struct {
		uint32_t lp_buffer_alloc : 1;
		uint32_t alloc_from_reg_file : 1;
		uint32_t _rsvd : 30;
	} bits;
} __attribute__((packed, aligned(4)));

struct ipc4_gateway_config_data {
	union ipc4_gateway_attributes gtw_attributes;
	uint32_t config_blob[]; /**< depends on the gateway */
} __attribute__((packed, aligned(4)));

/** config_blob of ipc4_ipc_*_class. Thresholds in bytes, told when their flag is set. */
struct ipc4_ipc_gateway_config_blob {
	uint32_t buffer_size;
	union {
		struct {
			uint32_t notif_high : 1;
			uint32_t notif_low : 1;
			uint32_t rsvd : 30;
		} f;
		uint32_t flags_raw;
	} u;
	uint32_t threshold_high;
	uint32_t threshold_low;
} __attribute__((packed, aligned(4)));

/** A bit a kind. */
enum ipc4_gateway_type {
	ipc4_gtw_none = 0x1,
	ipc4_gtw_host = 0x2,
	ipc4_gtw_dmic = 0x4,
	ipc4_gtw_link = 0x8,
	ipc4_gtw_alh = 0x10,
	ipc4_gtw_ssp = 0x20,
	ipc4_gtw_all = 0x3f,
};

/** A bit a direction. */
enum ipc4_direction_type {
	ipc4_playback = 0x1,
	ipc4_capture = 0x2,
	ipc4_bidirection = ipc4_playback | ipc4_capture,
};

/** Of an enum sof_ipc_stream_direction. */
#define IPC4_DIRECTION(x) BIT(x)

#endif /* IPC4_GATEWAY_H */
