/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file src.h
 * \brief What makes an instance of SRC or SRC_LITE: the init message's payload.
 */
#ifndef MODULES_SRC_H
#define MODULES_SRC_H

#include <module/ipc4/base-config.h>
#include <stdint.h>

/** The whole payload; its rate of the input is that of base.audio_fmt. */
struct ipc4_config_src {
	struct ipc4_base_module_cfg base;
	uint32_t sink_rate; /**< Hz */
};

#endif /* MODULES_SRC_H */
