/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/ipc/common.h
 * \brief The IPC side of the firmware. Supervisor mode.
 *
 * Messages from the host come in through sof_ipc4() (host/audio.h); those to the host go out through
 * sof/ipc/msg.h. struct ipc is what firmware code finds at sof_get()->ipc.
 */
#ifndef SOF_IPC_COMMON_H
#define SOF_IPC_COMMON_H

#include <ipc/header.h>
#include <ipc/stream.h>
#include <ipc4/header.h>
#include <rtos/alloc.h>
#include <rtos/bit.h>
#include <rtos/sof.h>
#include <rtos/spinlock.h>
#include <rtos/task.h>
#include <sof/list.h>
#include <stdbool.h>
#include <stdint.h>
#include <user/trace.h>

struct comp_driver;
struct dma_sg_elem_array;
struct ipc_msg;

/** \p object starts with a header whose size does not fit it. */
#define IPC_IS_SIZE_INVALID(object) ((object).hdr.size != sizeof(object))
#define IPC_TAIL_IS_SIZE_INVALID(object)                                                           \
	((object).comp.hdr.size + (object).comp.ext_data_length < sizeof(object))

#define IPC_TASK_INLINE		BIT(0)
#define IPC_TASK_IN_THREAD	BIT(1)
#define IPC_TASK_SECONDARY_CORE BIT(2)
#define IPC_TASK_POWERDOWN	BIT(3)

/** Beside the lock and comp_data, SOF_IPC4_PAYLOAD_MAX bytes with the payload of the message that
 * is being handled, the members are there for their names: the books are kept elsewhere. */
struct ipc {
	struct k_spinlock lock;
	void *comp_data;
	int pm_prepare_D3;
	struct list_item msg_list;
	bool is_notification_pending;
	uint32_t task_mask; /**< IPC_TASK_* */
	unsigned int core;
	struct list_item comp_list;
#ifdef __cplusplus
	void *private_data;
#else
	void *private;
#endif
};

#define ipc_set_drvdata(ipc, data) ((ipc)->private = (data))
#define ipc_get_drvdata(ipc)	   ((ipc)->private)

/** The one there is; NULL before sof_audio_init(). */
static inline struct ipc *ipc_get(void)
{
	return sof_get()->ipc;
}

#endif /* SOF_IPC_COMMON_H */
