/* SPDX-License-Identifier: BSD-3-Clause */
/* The failing instance and its last logged error, in kernel memory of fixed size. */
#include <host/fault.h>
#include <stdio.h>
#include <string.h>

#include "firmware.h"

void failure_clear(void)
{
	firmware_get()->failure.call = NULL;
	host_heap_shortage_forget();
}

void failure_describe(const struct instance *instance, struct sof_failure *out)
{
	memset(out, 0, sizeof(*out));
	out->module_id = instance->desc->module_id;
	out->instance_id = instance->instance_id;
	snprintf(out->instance, sizeof(out->instance), "%s", instance->name);
	out->call = instance->now.call;
	out->last_error = instance->now.last_error;
}

static void note(const struct instance *instance, const char *call, int error, bool returned)
{
	struct sof_failure *failure = &firmware_get()->failure;

	/* a positive result may be no failure: a later result may be */
	if (failure->call && (failure->error < 0 || !returned))
		return;
	failure_describe(instance, failure);
	failure->call = call;
	failure->error = error;
	failure->returned = returned;
	failure->told = instance->dead;
}

void failure_returned(const struct instance *instance, const char *call, int error)
{
	note(instance, call, error, true);
}

void failure_around(const struct instance *instance, const char *call, int error)
{
	note(instance, call, error, false);
}

struct host_module_call *act_for(struct instance *instance)
{
	return host_module_call_set(NULL, &instance->now);
}

void act_return(struct host_module_call *former)
{
	host_module_call_set(NULL, former);
}

bool sof_failure(struct sof_failure *out)
{
	const struct firmware *fw = firmware_get();

	if (!fw || !fw->failure.call)
		return false;
	*out = fw->failure;
	return true;
}
