/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/schedule/dp_schedule.h
 * \brief Events a DP module's thread waits for, and what its calls carry.
 */
#ifndef SOF_SCHEDULE_DP_SCHEDULE_H
#define SOF_SCHEDULE_DP_SCHEDULE_H

#include <ipc4/base_fw.h>
#include <ipc4/module.h>
#include <ipc4/pipeline.h>
#include <rtos/bit.h>
#include <rtos/task.h>
#include <sof/lib/mailbox.h>
#include <sof/trace/trace.h>
#include <stdint.h>
#include <user/trace.h>

struct bind_info;
struct processing_module;
struct sof_sink;
struct sof_source;

enum {
	DP_TASK_EVENT_PROCESS = BIT(0),
	DP_TASK_EVENT_CANCEL = BIT(1),
	DP_TASK_EVENT_IPC = BIT(2),
	DP_TASK_EVENT_IPC_DONE = BIT(3),
};

/** Arguments of a call that runs in the module's thread, by kind of message. */
union scheduler_dp_thread_ipc_param {
	const struct bind_info *bind_data;
	struct {
		unsigned int trigger_cmd; /**< COMP_TRIGGER_* */
		enum ipc4_pipeline_state state;
		int n_sources;
		struct sof_source **sources;
		int n_sinks;
		struct sof_sink **sinks;
	} pipeline_state;
};

/** \name A DP scheduler on tasks
 * What one that firmware brings with it defines; the host's own is behind host/audio.h. @{ */
int scheduler_dp_init(void);
int scheduler_dp_task_init(struct task **task, const struct sof_uuid_entry *uid,
			   const struct task_ops *ops, struct processing_module *mod, uint16_t core,
			   size_t stack_size, uint32_t options);
void scheduler_dp_ll_tick(void);
void scheduler_get_task_info_dp(struct scheduler_props *scheduler_props, uint32_t *data_off_size);
int scheduler_dp_thread_ipc(struct processing_module *pmod, unsigned int cmd,
			    const union scheduler_dp_thread_ipc_param *param);
/** @} */

#endif /* SOF_SCHEDULE_DP_SCHEDULE_H */
