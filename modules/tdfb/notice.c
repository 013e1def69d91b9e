/* SPDX-License-Identifier: BSD-3-Clause */
/* Notification of a control's new value. */
#include "notice.h"

#include <ipc4/header.h>
#include <ipc4/module.h>
#include <ipc4/notification.h>
#include <sof/audio/component.h>
#include <sof/ipc/msg.h>

struct notice {
	struct sof_ipc4_notify_module_data module;
	struct sof_ipc4_control_msg_payload control;
	struct sof_ipc4_ctrl_value_chan value;
};

struct ipc_msg *notice_new(const struct comp_dev *dev, uint16_t control)
{
	const union ipc4_notification_header header = {
		.r = {
			.notif_type = SOF_IPC4_MODULE_NOTIFICATION,
			.type = SOF_IPC4_GLB_NOTIFICATION,
			.rsp = SOF_IPC4_MESSAGE_DIR_MSG_REQUEST,
			.msg_tgt = SOF_IPC4_MESSAGE_TARGET_FW_GEN_MSG,
		},
	};
	struct ipc_msg *const msg = ipc_msg_w_ext_init(header.dat, 0, sizeof(struct notice));
	struct notice *notice;

	if (!msg)
		return NULL;
	notice = msg->tx_data;
	notice->module.instance_id = IPC4_INST_ID(dev->ipc_config.id);
	notice->module.module_id = IPC4_MOD_ID(dev->ipc_config.id);
	notice->module.event_id =
		SOF_IPC4_NOTIFY_MODULE_EVENTID_ALSA_MAGIC_VAL | SOF_IPC4_ENUM_CONTROL_PARAM_ID;
	notice->module.event_data_size = sizeof(*notice) - sizeof(notice->module);
	notice->control.id = control;
	notice->control.num_elems = 1;
	return msg;
}

void notice_send(struct ipc_msg *msg, uint32_t value)
{
	struct notice *const notice = msg->tx_data;

	notice->value.value = value;
	ipc_msg_send(msg, NULL, false);
}
