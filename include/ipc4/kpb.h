/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc4/kpb.h
 * \brief Configuration of the key phrase buffer.
 */
#ifndef IPC4_KPB_H
#define IPC4_KPB_H

#include <ipc4/base-config.h>

struct ipc4_kpb_module_cfg {
	struct ipc4_base_module_cfg base_cfg;
} __packed __aligned(4);

enum ipc4_kpb_module_config_params {
	KP_BUF_CFG_FM_MODULE = 1, /**< modules of the fast mode task */
	KP_BUF_CLIENT_MIC_SELECT = 11,
};

#endif /* IPC4_KPB_H */
