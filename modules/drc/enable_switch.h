/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file enable_switch.h
 * \brief The switch control that compressors have: one, with one value for all channels.
 */
#ifndef ENABLE_SWITCH_H
#define ENABLE_SWITCH_H

#include <errno.h>
#include <ipc4/header.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <stdbool.h>
#include <string.h>

/** Take a switch control's message. \return 0; -EINVAL: another index or number of values, too
 * short, or in fragments; \p on is left alone then. */
static inline int enable_switch_set(enum module_cfg_fragment_position pos, const uint8_t *data,
				    size_t size, bool *on)
{
	struct sof_ipc4_control_msg_payload head;
	struct sof_ipc4_ctrl_value_chan value;

	if (pos != MODULE_CFG_FRAGMENT_SINGLE || size < sizeof(head) + sizeof(value))
		return -EINVAL;
	memcpy(&head, data, sizeof(head));
	if (head.id != 0 || head.num_elems != 1)
		return -EINVAL;
	memcpy(&value, data + sizeof(head), sizeof(value));
	*on = value.value != 0;
	return 0;
}

#endif /* ENABLE_SWITCH_H */
