/* SPDX-License-Identifier: BSD-3-Clause */
/* The state machine of components, on the copy of the state that the caller can write. */
#include <rtos/symbol.h>
#include <sof/audio/component.h>

int comp_get_requested_state(int cmd)
{
	switch (cmd) {
	case COMP_TRIGGER_START:
	case COMP_TRIGGER_RELEASE:
		return COMP_STATE_ACTIVE;
	case COMP_TRIGGER_STOP:
	case COMP_TRIGGER_PREPARE:
		return COMP_STATE_PREPARE;
	case COMP_TRIGGER_PAUSE:
		return COMP_STATE_PAUSED;
	case COMP_TRIGGER_RESET:
	case COMP_TRIGGER_XRUN:
		return COMP_STATE_READY;
	case COMP_TRIGGER_PRE_START:
	case COMP_TRIGGER_PRE_RELEASE:
		return COMP_STATE_PRE_ACTIVE;
	default:
		return COMP_STATE_INIT;
	}
}

static bool reachable(int state, int cmd)
{
	switch (cmd) {
	case COMP_TRIGGER_START:
		return state == COMP_STATE_PRE_ACTIVE || state == COMP_STATE_PREPARE;
	case COMP_TRIGGER_RELEASE:
		return state == COMP_STATE_PRE_ACTIVE || state == COMP_STATE_PAUSED;
	case COMP_TRIGGER_STOP:
		return state == COMP_STATE_ACTIVE || state == COMP_STATE_PAUSED;
	case COMP_TRIGGER_PAUSE:
		return state == COMP_STATE_ACTIVE;
	case COMP_TRIGGER_PREPARE:
		return state == COMP_STATE_READY;
	case COMP_TRIGGER_PRE_START:
		return state == COMP_STATE_PREPARE;
	case COMP_TRIGGER_PRE_RELEASE:
		return state == COMP_STATE_PAUSED;
	case COMP_TRIGGER_RESET:
	case COMP_TRIGGER_XRUN:
		return true;
	default:
		return false;
	}
}

int comp_set_state(struct comp_dev *dev, int cmd)
{
	const int wanted = comp_get_requested_state(cmd);

	if (dev->state == wanted)
		return COMP_STATUS_STATE_ALREADY_SET;
	if (!reachable(dev->state, cmd))
		return -EINVAL;
	dev->state = (uint16_t)wanted;
	return 0;
}
EXPORT_SYMBOL(comp_set_state);
