/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file init_payload.h
 * \brief What follows the base configuration in the message that makes an instance.
 *
 * Some of SOF's modules have an init payload that is part of SOF's public interface; for these it
 * is built as a host driver does it, from the node's formats. Any other is sent the extended base
 * configuration when its formats differ or it has several pins of a kind, else the base
 * configuration alone. Layouts are those of SOF's IPC4 headers.
 */
#ifndef TESTBENCH_INIT_PAYLOAD_H
#define TESTBENCH_INIT_PAYLOAD_H

#include <stdint.h>

#include "graph.h"

/**
 * Fill in init data or send_pins of \p node, whose pins tell its formats. What has init data of
 * its own is left as it is.
 *
 * \param uuid the module's, as struct sof_uuid has it
 * \return 0, -ENOMEM
 */
int init_payload_fill(struct graph_node *node, const uint8_t uuid[16]);

#endif /* TESTBENCH_INIT_PAYLOAD_H */
