/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file copier.h
 * \brief The copier's messages, as IPC4 has them. Little endian.
 */
#ifndef COPIER_H
#define COPIER_H

#include <ipc4/gateway.h>
#include <module/ipc4/base-config.h>
#include <stdint.h>

#define IPC4_COPIER_MODULE_OUTPUT_PINS_COUNT 4

struct ipc4_copier_gateway_cfg {
	union ipc4_connector_node_id node_id; /**< IPC4_INVALID_NODE_ID: none */
	uint32_t dma_buffer_size;
	uint32_t config_length; /**< words of config_data */
	uint32_t config_data[];
} __attribute__((packed, aligned(4)));

/** Payload of the init message. */
struct ipc4_copier_module_cfg {
	struct ipc4_base_module_cfg base;
	struct ipc4_audio_format out_fmt; /**< of output 0, and of the others until told */
	uint32_t copier_feature_mask;
	struct ipc4_copier_gateway_cfg gtw_cfg;
} __attribute__((packed, aligned(4)));

/** Parameter ids. */
enum ipc4_copier_module_config_params {
	IPC4_COPIER_MODULE_CFG_PARAM_SET_SINK_FORMAT = 2,
	IPC4_COPIER_MODULE_CFG_ATTENUATION = 6,
	IPC4_COPIER_MODULE_CFG_PARAM_CHANNEL_MAP = 7,
};

struct ipc4_copier_config_set_sink_format {
	uint32_t sink_id;		     /**< output queue */
	struct ipc4_audio_format source_fmt; /**< the input's, which does not change by it */
	struct ipc4_audio_format sink_fmt;
} __attribute__((packed, aligned(4)));

struct ipc4_copier_config_channel_map {
	uint32_t channel_map; /**< four bits an output channel: which input channel it gets */
} __attribute__((packed, aligned(4)));

/** Map of one to one. */
#define COPIER_MAP_STRAIGHT 0x76543210

#endif /* COPIER_H */
