/* SPDX-License-Identifier: BSD-3-Clause */
/* Code of LL modules runs on the firmware's thread. A fault of it must not end the firmware. */
#include <host/guarded_call.h>
#include <rtos/userspace_helper.h>

#include "firmware.h"

LOG_MODULE_REGISTER(ll_call);

struct work {
	int (*fn)(void *arg);
	void *arg;
};

static uintptr_t do_work(void *arg)
{
	const struct work *work = arg;

	return (uintptr_t)(intptr_t)work->fn(work->arg);
}

/* A DP module that ran before has closed the variables of other objects, and the LL buffers. */
static void open_memory(const struct instance *instance)
{
	for (size_t i = 0; i < instance->desc->data_count; i++)
		user_partition_open(&instance->desc->data[i]);
	supervisor_buffers_open();
}

static int call_guarded(struct instance *instance, struct work *work)
{
	uintptr_t result = 0;
	int err;

	open_memory(instance);
	err = host_guarded_call(instance->name, do_work, work, &result);

	/* a stall is reported first and fails the call afterwards: fn may still return */
	if (!err && instance->now.told)
		err = -EFAULT;
	if (err == -EFAULT)
		instance_die(instance, err);
	return err ? err : (int)(intptr_t)result;
}

int ll_call(struct instance *instance, int (*fn)(void *arg), void *arg)
{
	struct host_module_call *const former = act_for(instance);
	struct work work = { fn, arg };
	const int err = instance->desc->endpoint ? fn(arg) : call_guarded(instance, &work);

	act_return(former);
	return err;
}
