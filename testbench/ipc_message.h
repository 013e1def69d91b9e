/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc_message.h
 * \brief The IPC4 messages that build and run a graph.
 *
 * Every function sends one message (ipc_configure() as many as the blob needs) and returns its
 * IPC4 status, IPC4_SUCCESS (0) when it was obeyed.
 *
 * Calling mode: from inside host_run(). What a message is made of may lie in host memory; it is
 * opened here.
 */
#ifndef TESTBENCH_IPC_MESSAGE_H
#define TESTBENCH_IPC_MESSAGE_H

#include <ipc4/pipeline.h>
#include <stddef.h>
#include <stdint.h>

#include "graph.h"

/** An instance as messages name it. */
struct ipc_instance {
	uint16_t module_id;
	uint8_t instance_id;
};

uint32_t ipc_pipeline_create(const struct graph_pipeline *pipeline);
uint32_t ipc_pipeline_delete(uint8_t pipeline);
uint32_t ipc_pipeline_set_state(uint8_t pipeline, enum ipc4_pipeline_state state);
/** A message larger than SOF_IPC4_PAYLOAD_MAX is IPC4_ERROR_INVALID_PARAM. */
uint32_t ipc_instance_init(struct ipc_instance instance, uint8_t pipeline,
			   const struct graph_node *node);
uint32_t ipc_bind(struct ipc_instance from, unsigned int from_queue, struct ipc_instance to,
		  unsigned int to_queue);
uint32_t ipc_unbind(struct ipc_instance from, unsigned int from_queue, struct ipc_instance to,
		    unsigned int to_queue);
uint32_t ipc_configure(struct ipc_instance instance, const struct graph_blob *blob);
/**
 * Ask for a configuration, in as many parts as it takes, as Linux' driver does.
 *
 * \param[out] data \p room bytes of host memory, 1 to BLOB_BYTES_MAX
 * \param[out] size bytes that the module told, up to \p room; 0 on failure
 * \return IPC4_OUT_OF_MEMORY as well where the module has more than \p room
 */
uint32_t ipc_read_configuration(struct ipc_instance instance, uint32_t param_id, uint8_t *data,
				size_t room, size_t *size);

/** A status in words: "IPC4_INVALID_CONFIG_DATA_STRUCT (122)". \p text has at least 48 bytes. */
const char *ipc_status_name(uint32_t status, char *text, size_t size);

#endif /* TESTBENCH_IPC_MESSAGE_H */
