/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/module_adapter/module/module_interface.h
 * \brief The module interface as firmware-internal modules see it.
 */
#ifndef SOF_AUDIO_MODULE_INTERFACE_H
#define SOF_AUDIO_MODULE_INTERFACE_H

#include <sof/audio/sink_api.h>
#include <sof/audio/source_api.h>
#include <sof/compiler_attributes.h>

#ifndef SOF_MODULE_API_PRIVATE
#define SOF_MODULE_API_PRIVATE
#endif
#include <module/module/interface.h>

struct comp_dev;
struct timestamp_data;
struct sof_ipc_stream_posn;
struct sof_ipc_stream_params;

/** What gateways offer beside the module interface. */
struct module_endpoint_ops {
	uint64_t (*get_total_data_processed)(struct comp_dev *dev, uint32_t stream_no, bool input);
	int (*position)(struct comp_dev *dev, struct sof_ipc_stream_posn *posn);
	int (*dai_ts_config)(struct comp_dev *dev);
	int (*dai_ts_start)(struct comp_dev *dev);
	int (*dai_ts_stop)(struct comp_dev *dev);
	int (*dai_ts_get)(struct comp_dev *dev, struct timestamp_data *tsd);
	int (*dai_get_hw_params)(struct comp_dev *dev, struct sof_ipc_stream_params *params,
				 int dir);
	int (*trigger)(struct comp_dev *dev, int cmd);
};

/** From the two bits of a message to a position. */
static inline enum module_cfg_fragment_position first_last_block_to_frag_pos(bool first_block,
									     bool last_block)
{
	if (first_block)
		return last_block ? MODULE_CFG_FRAGMENT_SINGLE : MODULE_CFG_FRAGMENT_FIRST;
	return last_block ? MODULE_CFG_FRAGMENT_LAST : MODULE_CFG_FRAGMENT_MIDDLE;
}

#endif /* SOF_AUDIO_MODULE_INTERFACE_H */
