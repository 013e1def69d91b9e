/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc_message.h
 * \brief The IPC4 messages that build and run a pipeline.
 *
 * Every function sends one message (ipc_configure() as many as the blob needs) and returns its
 * IPC4 status, IPC4_SUCCESS (0) when it was obeyed.
 *
 * Calling mode: from inside host_run(). Payloads may lie in host memory; it is opened here.
 */
#ifndef TESTBENCH_IPC_MESSAGE_H
#define TESTBENCH_IPC_MESSAGE_H

#include <ipc4/pipeline.h>
#include <module/ipc4/base-config.h>
#include <stdbool.h>
#include <stdint.h>

#include "audio_file.h"
#include "blob.h"

/** An instance as messages name it. */
struct ipc_instance {
	uint16_t module_id;
	uint8_t instance_id;
};

/** What init needs to know. */
struct ipc_instance_setup {
	struct ipc4_base_module_cfg base;
	bool dp;
	unsigned int core;		  /**< virtual core */
	uint32_t domain_id;		  /**< of a DP module; 0: none */
	uint32_t heap_bytes, stack_bytes; /**< of a DP module; 0: the firmware's default */
};

uint32_t ipc_pipeline_create(uint8_t pipeline);
uint32_t ipc_pipeline_delete(uint8_t pipeline);
uint32_t ipc_pipeline_set_state(uint8_t pipeline, enum ipc4_pipeline_state state);
uint32_t ipc_instance_init(struct ipc_instance instance, uint8_t pipeline,
			   const struct ipc_instance_setup *setup);
uint32_t ipc_bind(struct ipc_instance from, struct ipc_instance to);
uint32_t ipc_unbind(struct ipc_instance from, struct ipc_instance to);
uint32_t ipc_configure(struct ipc_instance instance, const struct blob *blob);

/** \p format as IPC4 has it, for buffers of \p period_ms. */
void ipc_base_config(struct ipc4_base_module_cfg *base, const struct audio_format *format,
		     unsigned int period_ms);

/** A status in words: "IPC4_INVALID_CONFIG_DATA_STRUCT (122)". \p text has at least 48 bytes. */
const char *ipc_status_name(uint32_t status, char *text, size_t size);

#endif /* TESTBENCH_IPC_MESSAGE_H */
