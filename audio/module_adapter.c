/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Calls into modules: an LL module's on this thread, a DP module's in its own, with the
 * arguments in its heap. Bytes of a configuration are in the mailbox for as long as the call lasts,
 * for either kind: closed memory follows them, and no other message lies around them.
 */
#include <rtos/userspace_helper.h>
#include <sof/schedule/dp_schedule.h>
#include <stdio.h>
#include <string.h>

#include "firmware.h"

LOG_MODULE_REGISTER(adapter);

const char *module_function_name(enum module_function function)
{
	static const char *const names[] = {
		[MODULE_INIT] = "init()",
		[MODULE_PREPARE] = "prepare()",
		[MODULE_TRIGGER] = "trigger()",
		[MODULE_RESET] = "reset()",
		[MODULE_FREE] = "free()",
		[MODULE_BIND] = "bind()",
		[MODULE_UNBIND] = "unbind()",
		[MODULE_SET_CONFIGURATION] = "set_configuration()",
		[MODULE_GET_CONFIGURATION] = "get_configuration()",
		[MODULE_SET_CONFIG_PARAM] = "set_config_param()",
		[MODULE_GET_CONFIG_PARAM] = "get_config_param()",
	};

	return names[function];
}

struct ll_work {
	struct instance *instance;
	struct module_call *call;
};

static int run_ll(void *arg)
{
	struct ll_work *work = arg;

	return module_call_run(work->instance->memory, work->instance->desc->ops, work->call);
}

static int call_ll(struct instance *instance, struct module_call *call)
{
	struct ll_work work = { instance, call };

	links_open(instance);
	links_touched(instance);
	return ll_call(instance, run_ll, &work);
}

/* Run it in the instance's thread, with \p call copied into its memory and back. */
static int call_dp(struct instance *instance, struct module_call *call)
{
	struct module_memory *memory = instance->memory;
	int err;

	instance_open(instance);
	call->result = -EIO;
	memory->call = *call;
	err = dp_thread_run(instance, DP_TASK_EVENT_IPC);
	if (err)
		return err;
	instance_open(instance);
	call->result = memory->call.result;
	call->id = memory->call.id;
	call->data_offset = memory->call.data_offset;
	return call->result;
}

/* Run it, and copy the results that a module may return into \p call. */
static int call_module(struct instance *instance, struct module_call *call)
{
	const char *name = module_function_name(call->function);
	int err;

	if (instance->dead || instance->running) {
		err = instance->dead ? -EFAULT : -EBUSY;
		failure_around(instance, name, err);
		return err;
	}
	instance->now.call = name;
	err = instance->dp ? call_dp(instance, call) : call_ll(instance, call);
	if (err)
		failure_returned(instance, name, err);
	return err;
}

/* No closed page can cover the bytes before a reply, nor the padding after a reply of odd size. */
static int wrote_outside_reply(struct instance *instance, uintptr_t reply, size_t size,
			       ptrdiff_t at)
{
	const ptrdiff_t distance = at < 0 ? -at : at - (ptrdiff_t)size + 1;
	char text[80];

	snprintf(text, sizeof(text), "%td byte%s %s the %zu bytes of its reply", distance,
		 distance == 1 ? "" : "s", at < 0 ? "before" : "past", size);
	LOG_ERR("%s: get_configuration() wrote %s", instance->name, text);
	/* any other fault has been reported already */
	if (instance->dead)
		return -EFAULT;
	if (instance->thread) {
		host_fault_tell(instance->thread, HOST_FAULT_REPLY, reply + (uintptr_t)at, text);
		k_thread_abort(instance->thread);
	} else {
		host_fault_tell_one_of(instance->name, HOST_FAULT_REPLY, reply + (uintptr_t)at,
				       text);
	}
	instance_die(instance, -EFAULT);
	return -EFAULT;
}

/* The same with \p size bytes in the mailbox, which the module gets to see as call->bytes. */
static int call_with_bytes(struct instance *instance, struct module_call *call, void *bytes,
			   size_t size, bool writable)
{
	void *const window = user_mailbox_window(size);
	ptrdiff_t outside;
	int err;

	if (!window) {
		failure_around(instance, module_function_name(call->function), -EINVAL);
		return -EINVAL;
	}
	call->bytes = window;
	call->size = size;
	if (size && !writable)
		memcpy(window, bytes, size);
	err = instance->dp ? user_mailbox_grant(&instance->domain->memory, writable) : 0;
	if (err) {
		failure_around(instance, module_function_name(call->function), err);
		return err;
	}
	err = call_module(instance, call);
	if (instance->dp)
		user_mailbox_revoke(&instance->domain->memory);
	if (writable && !user_mailbox_rest_is_clear(size, &outside))
		return wrote_outside_reply(instance, (uintptr_t)window, size, outside);
	if (!err && writable)
		memcpy(bytes, window, size);
	return err;
}

static int simple_call(struct instance *instance, enum module_function function)
{
	struct module_call call = { .function = function };

	return call_module(instance, &call);
}

int adapter_init(struct instance *instance)
{
	return simple_call(instance, MODULE_INIT);
}

int adapter_free(struct instance *instance)
{
	return simple_call(instance, MODULE_FREE);
}

int adapter_trigger(struct instance *instance, int cmd)
{
	struct module_call call = { .function = MODULE_TRIGGER, .command = cmd };

	/* most have none: no need to wake the thread for it */
	return instance->desc->ops->trigger ? call_module(instance, &call) : 0;
}

/* A block of obs bytes each so many microseconds, in whole ticks. */
static int period_from_blocks(struct instance *instance)
{
	uint64_t period = UINT32_MAX;

	for (unsigned int i = 0; i < instance->n_out + instance->n_in; i++) {
		const bool output = i < instance->n_out;
		const struct link *link =
			output ? instance->out[i] : instance->in[i - instance->n_out];
		const uint64_t rate = (uint64_t)link_frame_bytes(link) * link_rate(link);
		uint64_t block_us;

		/* inputs count where there is no output */
		if (!output && instance->n_out)
			break;
		if (!rate)
			return -EINVAL;
		block_us = 1000000ull * (output ? link->min_free : link->min_available) / rate;
		if (block_us < period)
			period = block_us;
	}
	period -= period % TICK_US;
	/* 44 frames at 44.1 kHz are a little less than a tick */
	instance->period_us = (uint32_t)(period < TICK_US ? TICK_US : period);
	return 0;
}

/* After prepare(), in which a module may have set its own. */
static int period_settle(struct instance *instance)
{
	const uint32_t own = instance->memory->dev.period;

	if (!instance->board_runs_ll && own >= TICK_US && own <= 10 * 1000 * 1000) {
		instance->period_us = own / TICK_US * TICK_US;
		return 0;
	}
	return period_from_blocks(instance);
}

/* As on the board a DP module has none until it is prepared, and dev->frames of 0; one that the
 * board runs LL counts on both, so it has those of its blocks. */
static int period_before(struct instance *instance)
{
	struct comp_dev *dev = &instance->memory->dev;
	int err = 0;

	if (instance->dp && instance->board_runs_ll)
		err = period_from_blocks(instance);
	else
		instance->period_us = instance->dp ? 0 : TICK_US;
	instance_open(instance);
	dev->period = instance->period_us;
	component_set_nearest_period_frames(dev, instance->base_cfg.audio_fmt.sampling_frequency);
	return err;
}

static int prepare(struct instance *instance)
{
	struct comp_dev *dev = &instance->memory->dev;
	int err = period_before(instance);

	if (err)
		return err;
	instance->memory->mod.period_bytes =
		dev->frames * (uint32_t)(instance->n_out ? link_frame_bytes(instance->out[0]) :
					 instance->n_in	 ? link_frame_bytes(instance->in[0]) :
							   0);
	instance->preparing = true;
	err = simple_call(instance, MODULE_PREPARE);
	if (!err)
		err = links_adopt(instance);
	instance->preparing = false;
	if (!err && instance->dp)
		err = period_settle(instance);
	if (err)
		return err;
	instance_open(instance);
	if (instance->n_out)
		instance->memory->mod.period_bytes =
			dev->frames * (uint32_t)link_frame_bytes(instance->out[0]);
	if (instance->dp) {
		dev->period = instance->period_us;
		instance->memory->mod.dp_startup_delay = true;
	}
	instance->first_run = true;
	instance->release_at = 0;
	instance->stalled_at = UINT64_MAX;
	instance->eos_sent = false;
	instance_set_state(instance, COMP_STATE_PREPARE);
	return 0;
}

int adapter_prepare(struct instance *instance)
{
	const int err = instance->dead ? -EFAULT : prepare(instance);

	if (!err)
		return 0;
	/* what the module itself returned is noted already */
	failure_around(instance, module_function_name(MODULE_PREPARE), err);
	if (!instance->dead)
		links_reject(instance);
	return err;
}

int adapter_reset(struct instance *instance)
{
	int err;

	instance->release_at = 0;
	for (unsigned int i = 0; i < instance->n_out; i++)
		link_reset(instance->out[i]);
	for (unsigned int i = 0; i < instance->n_in; i++)
		link_reset(instance->in[i]);
	err = simple_call(instance, MODULE_RESET);
	if (!instance->dead)
		instance_set_state(instance, COMP_STATE_READY);
	else
		instance->state = COMP_STATE_READY;
	return err;
}

int adapter_bind(struct instance *instance, const struct bind_info *info, bool bind)
{
	struct {
		struct bind_info info;
		struct ipc4_module_bind_unbind message;
	} flat = { .info = *info, .message = *info->ipc4_data };
	struct module_call call = { .function = bind ? MODULE_BIND : MODULE_UNBIND };
	int err;

	if (bind ? !instance->desc->ops->bind : !instance->desc->ops->unbind)
		return 0;
	if (!instance->dp) {
		call.bind = info;
		return call_module(instance, &call);
	}
	/* the pointer inside points to where the copy will be */
	call.bind = user_mailbox_window(sizeof(flat));
	flat.info.ipc4_data = (void *)((char *)call.bind + ((char *)&flat.message - (char *)&flat));
	err = call_with_bytes(instance, &call, &flat, sizeof(flat), false);
	return err;
}

int adapter_set_configuration(struct instance *instance, uint32_t id,
			      enum module_cfg_fragment_position pos, uint32_t data_offset,
			      const void *fragment, size_t size)
{
	struct module_call call = {
		.function = MODULE_SET_CONFIGURATION,
		.id = id,
		.position = pos,
		.data_offset = data_offset,
	};

	return call_with_bytes(instance, &call, (void *)(uintptr_t)fragment, size, false);
}

int adapter_get_configuration(struct instance *instance, uint32_t id, uint32_t *data_offset,
			      void *fragment, size_t size)
{
	struct module_call call = {
		.function = MODULE_GET_CONFIGURATION,
		.id = id,
		.data_offset = *data_offset,
	};
	const int err = call_with_bytes(instance, &call, fragment, size, true);

	if (!err)
		*data_offset = call.data_offset;
	return err;
}

int adapter_param(struct instance *instance, uint32_t *param, bool set)
{
	struct module_call call = {
		.function = set ? MODULE_SET_CONFIG_PARAM : MODULE_GET_CONFIG_PARAM,
		.id = *param,
	};
	const int err = call_module(instance, &call);

	if (!err)
		*param = call.id;
	return err;
}

int module_adapter_set_state(struct processing_module *mod, struct comp_dev *dev, int cmd)
{
	return comp_set_state(dev, cmd);
}
