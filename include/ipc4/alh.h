/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc4/alh.h
 * \brief Configuration of an audio link hub gateway: several links as one stream.
 */
#ifndef IPC4_ALH_H
#define IPC4_ALH_H

#include <ipc4/gateway.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IPC4_ALH_MAX_NUMBER_OF_GTW 16

/* The board's variant without bidirectional links and without offset. */
#define IPC4_ALH_DAI_INDEX_OFFSET	    0
#define IPC4_DAI_NUM_ALH_BI_DIR_LINKS	    0
#define IPC4_DAI_NUM_ALH_BI_DIR_LINKS_GROUP 0

/** Index of the DAI from a copier's id: upper four bits group, lower four codec. */
#define IPC4_ALH_DAI_INDEX(x)                                                                      \
	((((x)&0xF0) << IPC4_DAI_NUM_ALH_BI_DIR_LINKS_GROUP) +                                     \
	 (((x)&0xF) - IPC4_ALH_DAI_INDEX_OFFSET))

/** From this v_index on a node stands for several links. */
#define IPC4_ALH_MULTI_GTW_BASE 0x50

static inline bool is_multi_gateway(const union ipc4_connector_node_id node_id)
{
	return node_id.f.v_index >= IPC4_ALH_MULTI_GTW_BASE;
}

struct ipc4_alh_multi_gtw_cfg {
	uint32_t count; /**< of mapping[]; unchecked: it comes from the host */
	struct {
		uint32_t alh_id;
		uint32_t channel_mask;
	} mapping[IPC4_ALH_MAX_NUMBER_OF_GTW];
} __attribute__((packed, aligned(4)));

struct sof_alh_configuration_blob {
	union ipc4_gateway_attributes gtw_attributes;
	struct ipc4_alh_multi_gtw_cfg alh_cfg;
} __attribute__((packed, aligned(4)));

/** Bytes of a blob with as many links as it says. */
static inline size_t get_alh_config_size(const struct sof_alh_configuration_blob *alh_blob)
{
	return offsetof(struct sof_alh_configuration_blob, alh_cfg.mapping) +
	       alh_blob->alh_cfg.count * sizeof(alh_blob->alh_cfg.mapping[0]);
}

#endif /* IPC4_ALH_H */
