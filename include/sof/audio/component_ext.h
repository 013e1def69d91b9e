/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/component_ext.h
 * \brief Component helpers for infrastructure.
 */
#ifndef SOF_AUDIO_COMPONENT_EXT_H
#define SOF_AUDIO_COMPONENT_EXT_H

#include <sof/audio/component.h>

struct comp_driver_list {
	struct list_item list;
};

#define comp_buffer_list(comp, dir)                                                                \
	((dir) == PPL_DIR_DOWNSTREAM ? &(comp)->bsink_list : &(comp)->bsource_list)

static inline bool comp_is_active(struct comp_dev *current)
{
	return current->state == COMP_STATE_ACTIVE;
}

static inline int comp_is_single_pipeline(struct comp_dev *current, struct comp_dev *previous)
{
	return dev_comp_pipe_id(current) == dev_comp_pipe_id(previous);
}

#endif /* SOF_AUDIO_COMPONENT_EXT_H */
