/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/ipc/topology.h
 * \brief Looking up what IPC messages made. Supervisor mode.
 */
#ifndef SOF_IPC_TOPOLOGY_H
#define SOF_IPC_TOPOLOGY_H

#include <ipc4/module.h>
#include <ipc4/pipeline.h>
#include <rtos/alloc.h>
#include <sof/audio/buffer.h>
#include <sof/audio/ipc-config.h>
#include <sof/audio/pipeline.h>
#include <sof/ipc/common.h>
#include <sof/lib/memory.h>
#include <stdbool.h>
#include <stdint.h>

#define COMP_TYPE_ANY	    0
#define COMP_TYPE_COMPONENT 1
#define COMP_TYPE_BUFFER    2
#define COMP_TYPE_PIPELINE  3

/** Component \p comp_id (IPC4_COMP_ID()), NULL when there is none. A DP module's lies in its own
 * heap, which supervisor code has to open first. */
struct comp_dev *ipc4_get_comp_dev(uint32_t comp_id);

#endif /* SOF_IPC_TOPOLOGY_H */
