/* SPDX-License-Identifier: BSD-3-Clause */
/* The LL scheduler: every tick, every running LL component, from upstream to downstream. */
#include "firmware.h"
#include "stopwatch.h"

LOG_MODULE_REGISTER(ll_schedule);

static uint64_t clock_read(void)
{
	return firmware_get()->config.untimed ? 0 : stopwatch_ticks();
}

/* One call ends when the next begins: reading the clock, and keeping account of the buffers, take
 * longer than some calls. */
static void note_time(struct instance *instance, uint64_t *start)
{
	const uint64_t now = clock_read(), spent = now - *start;

	*start = now;
	instance->ll_ticks += spent;
	if (spent > instance->ll_ticks_max)
		instance->ll_ticks_max = spent;
}

static int process(void *arg)
{
	struct instance *instance = arg;

	return module_process_run(&instance->memory->mod, instance->desc->ops,
				  &instance->memory->process);
}

static int mute(struct instance *instance, bool *moved)
{
	const uint64_t before = links_changes(instance);
	int err;

	if (!firmware_get()->config.mute_on_fault)
		return -EFAULT;
	err = instance_mute(instance);
	if (links_changes(instance) != before)
		*moved = true;
	else
		instance->stalled_at = before;
	return err;
}

static int run_from(struct instance *instance, bool *moved, uint64_t *start)
{
	uint64_t before;
	int err, synced;

	/* what a DP module may have done to its buffers is found out before they are used */
	err = links_sync_rings(instance);
	if (err)
		return err;
	if (instance->dead)
		return mute(instance, moved);
	links_open(instance);
	before = links_changes(instance);
	unfed_before(instance);
	instance->now.call = "process()";
	err = ll_call(instance, process, instance);
	note_time(instance, start);
	instance->calls++;
	links_touched(instance);
	if (!instance->desc->endpoint)
		buffer_damage_look_after_call(instance);
	synced = links_sync(instance);
	unfed_after(instance);
	if (links_changes(instance) != before)
		*moved = true;
	else
		instance->stalled_at = before;
	if (instance->dead) {
		failure_around(instance, instance->now.call, err);
		return mute(instance, moved);
	}
	if (err < 0 && err != -ENODATA && err != -ENOSPC) {
		failure_returned(instance, instance->now.call, err);
		LOG_ERR("%s: process() returned %d", instance->name, err);
		return err;
	}
	return synced;
}

int ll_run_one(struct instance *instance, bool *moved)
{
	uint64_t start = clock_read();

	return run_from(instance, moved, &start);
}

int ll_run(bool *moved)
{
	struct firmware *fw = firmware_get();
	uint64_t start = clock_read();
	int first = 0;

	for (size_t i = 0; i < fw->count; i++) {
		struct instance *instance = fw->order[i];
		int err;

		if (instance->dp || instance->state != COMP_STATE_ACTIVE)
			continue;
		err = run_from(instance, moved, &start);
		if (!first)
			first = err;
	}
	return first;
}
