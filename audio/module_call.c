/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What runs on a DP module's thread around the module. User mode: nothing here touches anything
 * but the module's memory, its stack and constants.
 */
#include <sof/schedule/dp_schedule.h>
#include <zephyr/internal/syscall_handler.h>

#include "firmware.h"

int module_call_run(struct module_memory *memory, const struct module_interface *ops,
		    struct module_call *call)
{
	struct processing_module *mod = &memory->mod;

	switch (call->function) {
	case MODULE_INIT:
		return ops->init(mod);
	case MODULE_PREPARE:
		return module_process_prepare(mod, ops, &memory->process);
	case MODULE_TRIGGER:
		return ops->trigger ? ops->trigger(mod, call->command) : 0;
	case MODULE_RESET:
		module_process_release(mod, &memory->process);
		return ops->reset ? ops->reset(mod) : 0;
	case MODULE_FREE:
		return ops->free ? ops->free(mod) : 0;
	case MODULE_BIND:
		return ops->bind ? ops->bind(mod, call->bind) : 0;
	case MODULE_UNBIND:
		return ops->unbind ? ops->unbind(mod, call->bind) : 0;
	case MODULE_SET_CONFIGURATION:
		return ops->set_configuration ?
			       ops->set_configuration(mod, call->id, call->position,
						      call->data_offset, call->bytes, call->size,
						      NULL, 0) :
			       0;
	case MODULE_GET_CONFIGURATION:
		return ops->get_configuration ?
			       ops->get_configuration(mod, call->id, &call->data_offset,
						      call->bytes, call->size) :
			       -EIO;
	case MODULE_SET_CONFIG_PARAM:
		return ops->set_config_param ? ops->set_config_param(mod, call->id) : -ENOEXEC;
	case MODULE_GET_CONFIG_PARAM:
		return ops->get_config_param ? ops->get_config_param(mod, &call->id) : -ENOEXEC;
	}
	return -EINVAL;
}

static void process(struct module_memory *memory)
{
	struct processing_module *mod = &memory->mod;
	const struct module_interface *ops = memory->drv.adapter_ops;
	const int n_sources = (int)mod->num_of_sources, n_sinks = (int)mod->num_of_sinks;
	int err;

	if (ops->is_ready_to_process &&
	    !ops->is_ready_to_process(mod, mod->sources, n_sources, mod->sinks, n_sinks)) {
		k_event_post(memory->event, DP_THREAD_NOT_READY);
		return;
	}
	err = module_process_run(mod, ops, &memory->process);
	/* the good case makes no system call beyond the wait */
	if (err < 0 && err != -ENODATA && err != -ENOSPC) {
		memory->call.result = err;
		k_event_post(memory->event, DP_THREAD_FAILED);
	}
}

void dp_thread_main(void *arg, void *unused1, void *unused2)
{
	struct module_memory *memory = arg;
	uint32_t events;

	do {
		events = (uint32_t)z_syscall(K_SYSCALL_DP_WAIT, 0, 0, 0, 0, 0, 0);
		if (events & DP_TASK_EVENT_IPC)
			memory->call.result =
				module_call_run(memory, memory->drv.adapter_ops, &memory->call);
		if (events & DP_TASK_EVENT_PROCESS)
			process(memory);
	} while (!(events & DP_TASK_EVENT_CANCEL));
}
