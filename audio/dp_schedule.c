/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The DP scheduler: a thread a module. Whether a module is ready is decided here, on the kernel's
 * figures of its buffers; which of the ready ones of a core runs first, by the kernel's earliest
 * deadline.
 *
 * It goes by rounds. All that are ready at a round's start are posted, all of them run, and when
 * every one is back at its wait (or sleeps) their buffers are looked at, from upstream to downstream,
 * and the next round begins. During a round each module sees its buffers as they were at the round's
 * start and what it does to them itself, never what the module at the other end has done since
 * (sof/audio/ring_buffer.h). So no byte depends on who of a round ran first, or at the same time:
 * neither on the number of cores, nor on whether they run side by side, nor on the host.
 */
#include <host/fault.h>
#include <host/guarded_call.h>
#include <rtos/userspace_helper.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/schedule/dp_schedule.h>

#include "firmware.h"

LOG_MODULE_REGISTER(dp_schedule);

#define DP_THREAD_PRIORITY 10
/* Virtual time a configuration call may sleep. */
#define IPC_WAIT_MS 1000

int dp_thread_start(struct instance *instance)
{
	instance->memory->event = NULL;
	instance->event = k_object_alloc(K_OBJ_EVENT);
	instance->thread = k_object_alloc(K_OBJ_THREAD);
	instance->stack =
		user_stack_allocate_beside(instance_heap(instance), instance->stack_size, K_USER);
	if (!instance->event || !instance->thread || !instance->stack)
		goto fail;
	k_event_init(instance->event);
	instance_open(instance);
	instance->memory->event = instance->event;
	if (!k_thread_create(instance->thread, instance->stack, instance->stack_size,
			     dp_thread_main, instance->memory, NULL, NULL, DP_THREAD_PRIORITY,
			     K_USER, K_FOREVER)) {
		k_object_free(instance->thread);
		instance->thread = NULL;
		goto fail;
	}
	k_thread_name_set(instance->thread, instance->name);
	host_thread_owner_set(instance->thread, instance->name);
	k_thread_cpu_pin(instance->thread, (int)instance->core);
	k_mem_domain_add_thread(&instance->domain->memory, instance->thread);
	k_thread_access_grant(instance->thread, instance->event);
	host_module_call_set(instance->thread, &instance->now);
	k_thread_start(instance->thread);
	return 0;
fail:
	INSTANCE_ERR(instance, "%s: no memory for a thread with a stack of %zu bytes",
		     instance->name, instance->stack_size);
	return -ENOMEM;
}

void dp_thread_stop(struct instance *instance)
{
	if (instance->thread) {
		k_thread_abort(instance->thread);
		k_thread_join(instance->thread, K_NO_WAIT);
		k_object_free(instance->thread);
		instance->thread = NULL;
	}
	if (instance->stack) {
		const int err = user_stack_free(instance->stack);

		if (err)
			LOG_ERR("%s: its stack is not freed, a thread runs on it: %d",
				instance->name, err);
		instance->stack = NULL;
	}
	k_object_free(instance->event);
	instance->event = NULL;
}

/* After the threads have run: 0 it waits for the next event, -EBUSY it is blocked somewhere else,
 * -EFAULT it is no more. */
static int thread_look(struct instance *instance)
{
	const bool faulted = host_thread_fault(instance->thread) != NULL;

	if (faulted || k_thread_join(instance->thread, K_NO_WAIT) == 0) {
		if (!faulted)
			host_fault_tell_call(instance->thread, HOST_FAULT_ENDED,
					     instance->now.call);
		instance_die(instance, -EFAULT);
		return -EFAULT;
	}
	return instance->event->wait_q.head == instance->thread ? 0 : -EBUSY;
}

/* End a thread whose call has not returned: it must not resume with the call's arguments gone. */
static void end_blocked(struct instance *instance)
{
	host_fault_tell_call(instance->thread, HOST_FAULT_STALL, instance->now.call);
	k_thread_abort(instance->thread);
	instance_die(instance, -ETIMEDOUT);
}

uint64_t dp_cpu_time(const struct instance *instance)
{
	k_thread_runtime_stats_t stats = { 0 };

	k_thread_runtime_stats_get(instance->thread, &stats);
	return stats.execution_cycles;
}

static void about_to_run(struct instance *instance)
{
	instance->cpu_before = dp_cpu_time(instance);
	instance->unlooked = true;
	links_touched(instance);
}

uint32_t dp_wait(struct instance *instance)
{
	/* Beside threads that run, a look would race with them: then it waits for the round's end. */
	if (!host_cores_parallel())
		buffer_damage_look(instance);
	return k_event_wait_safe(instance->event,
				 DP_TASK_EVENT_PROCESS | DP_TASK_EVENT_IPC | DP_TASK_EVENT_CANCEL,
				 false, K_FOREVER);
}

int dp_thread_run(struct instance *instance, uint32_t event)
{
	int err, damage;

	about_to_run(instance);
	k_event_post(instance->event, event);
	k_run_ready_threads();
	err = thread_look(instance);
	for (int ms = 0; err == -EBUSY && ms < IPC_WAIT_MS; ms++) {
		k_sleep(K_MSEC(1));
		k_run_ready_threads();
		err = thread_look(instance);
	}
	if (err == -EBUSY) {
		/* the caller is about to free the arguments */
		end_blocked(instance);
		err = -ETIMEDOUT;
	}
	/* a thread that has ended has not come to its wait */
	buffer_damage_look(instance);
	damage = links_settle_damage();
	return err ? err : instance->dead ? -EFAULT : damage;
}

static size_t visible(const struct link *link)
{
	return link->held ? 0 : link->fill;
}

static bool all_inputs_ended(const struct instance *instance)
{
	for (unsigned int i = 0; i < instance->n_in; i++) {
		if (!instance->in[i]->eos)
			return false;
	}
	return instance->n_in || instance->pipeline->expect_eos;
}

static bool data_is_there(const struct instance *instance)
{
	bool any = false;

	if (!instance->n_in)
		return !instance->pipeline->expect_eos;
	for (unsigned int i = 0; i < instance->n_in; i++) {
		const struct link *link = instance->in[i];
		const size_t bytes = visible(link);

		/* at the end of a stream what is left is a block */
		if (!link->eos && bytes < link->min_available)
			return false;
		any = any || bytes;
	}
	return any;
}

static bool space_is_there(const struct instance *instance)
{
	for (unsigned int i = 0; i < instance->n_out; i++) {
		const struct link *link = instance->out[i];

		if (link->size - link->fill < link->min_free)
			return false;
	}
	return true;
}

const char *dp_waits_for(const struct instance *instance)
{
	if (!space_is_there(instance))
		return "space";
	if (!data_is_there(instance))
		return "data";
	return instance->stalled_at == links_changes(instance) ?
		       "itself: it has data and space, and moves nothing" :
		       "";
}

static bool is_ready(const struct instance *instance)
{
	/* it had its chance, and nothing has changed since */
	if (instance->stalled_at == links_changes(instance))
		return false;
	/* the module's own rule, asked in its thread, sees all there is */
	if (instance->desc->ops->is_ready_to_process && !instance->dead)
		return true;
	return data_is_there(instance) && space_is_there(instance);
}

static size_t frames_of(size_t bytes, const struct link *link)
{
	const size_t frame = link_frame_bytes(link);

	return frame ? bytes / frame : 0;
}

int instance_mute(struct instance *instance)
{
	const uint32_t rate_in = instance->n_in ? link_rate(instance->in[0]) : 0;
	uint64_t frames = UINT32_MAX;
	int err = 0;

	for (unsigned int i = 0; i < instance->n_in; i++) {
		const size_t there = frames_of(visible(instance->in[i]), instance->in[i]);

		frames = there < frames ? there : frames;
	}
	for (unsigned int i = 0; i < instance->n_out; i++) {
		const struct link *link = instance->out[i];
		uint64_t room =
			frames_of(instance->n_in ? link->size - link->fill : link->min_free, link);

		if (rate_in && link_rate(link))
			room = room * rate_in / link_rate(link);
		frames = room < frames ? room : frames;
	}
	for (unsigned int i = 0; !err && i < instance->n_in; i++)
		err = source_drop_data(link_source(instance->in[i]),
				       frames * link_frame_bytes(instance->in[i]));
	for (unsigned int i = 0; !err && i < instance->n_out; i++) {
		struct link *link = instance->out[i];
		const uint64_t made = rate_in ? frames * link_rate(link) / rate_in : frames;

		err = sink_fill_with_silence(link_sink(link), made * link_frame_bytes(link));
	}
	return err ? err : links_sync(instance);
}

static void hold_first_output(struct instance *instance, k_ticks_t now)
{
	instance->first_run = false;
	instance->release_at = now + instance->period_us;
	instance->startup_delay_ms = instance->period_us / 1000;
	for (unsigned int i = 0; i < instance->n_out; i++)
		link_hold(instance->out[i], true);
}

void dp_release_held(k_ticks_t now)
{
	struct firmware *fw = firmware_get();

	for (size_t i = 0; i < fw->count; i++) {
		struct instance *instance = fw->order[i];

		if (!instance->release_at || now < instance->release_at)
			continue;
		instance->release_at = 0;
		for (unsigned int k = 0; k < instance->n_out; k++)
			link_hold(instance->out[k], false);
	}
}

static void post(struct instance *instance)
{
	const k_ticks_t now = k_uptime_ticks();

	if (instance->first_run && instance->n_out)
		hold_first_output(instance, now);
	instance->deadline = now + instance->period_us;
	/* from now on: the absolute deadline is an int and would end after 35 minutes */
	k_thread_deadline_set(instance->thread, (int)instance->period_us);
	about_to_run(instance);
	for (unsigned int i = 0; i < instance->n_out; i++)
		instance->out[i]->lost = false;
	instance->before = links_changes(instance);
	unfed_before(instance);
	instance->consumed_before = instance->n_in ? instance->in[0]->consumed : 0;
	instance->running = true;
	instance->now.call = "process()";
	k_event_post(instance->event, DP_TASK_EVENT_PROCESS);
}

/* The damage destroyed what was produced in this round: as much silence takes its place. */
static void replace_by_silence(struct instance *instance, struct link *link)
{
	uint64_t frames;

	if (!instance->n_in || !link_rate(instance->in[0]))
		return;
	frames = frames_of(instance->in[0]->consumed - instance->consumed_before, instance->in[0]);
	frames = frames * link_rate(link) / link_rate(instance->in[0]);
	if (!sink_fill_with_silence(link_sink(link), frames * link_frame_bytes(link)))
		link_sync(link);
}

static void replace_what_is_lost(struct instance *instance)
{
	for (unsigned int i = 0; i < instance->n_out; i++) {
		if (instance->out[i]->lost)
			replace_by_silence(instance, instance->out[i]);
		instance->out[i]->lost = false;
	}
}

/* Is it back, and with what? */
static int collect(struct instance *instance, bool *moved)
{
	int look = thread_look(instance);
	uint32_t report;
	uint64_t spent;
	int err;

	if (look == -EBUSY)
		return 0;
	instance->running = false;
	/* a thread that has ended has not come to its wait */
	buffer_damage_look(instance);
	err = links_sync(instance);
	replace_what_is_lost(instance);
	unfed_after(instance);
	if (links_changes(instance) != instance->before)
		*moved = true;
	else
		instance->stalled_at = instance->before;
	if (!look && instance->dead)
		look = -EFAULT;
	if (look)
		failure_around(instance, instance->now.call, look);
	if (look && err)
		return err;
	if (look)
		return firmware_get()->config.mute_on_fault ? 0 : look;

	spent = dp_cpu_time(instance) - instance->cpu_before;
	report = instance->event->events & DP_THREAD_REPORT;
	k_event_clear(instance->event, DP_THREAD_REPORT);
	if (k_uptime_ticks() > instance->deadline)
		instance->deadline_misses++;
	if (report & DP_THREAD_NOT_READY)
		return err;
	instance->calls++;
	instance->time_ns += spent;
	if (spent > instance->time_max_ns)
		instance->time_max_ns = spent;
	if (!err && (report & DP_THREAD_FAILED)) {
		instance_open(instance);
		err = instance->memory->call.result;
		err = err < 0 ? err : -EIO;
		failure_returned(instance, instance->now.call, err);
		LOG_ERR("%s: process() returned %d", instance->name, err);
	}
	return err;
}

static int mute_if_ready(struct instance *instance, bool *moved)
{
	uint64_t before;
	int err;

	if (!firmware_get()->config.mute_on_fault)
		return -EFAULT;
	if (!is_ready(instance))
		return 0;
	before = links_changes(instance);
	if (instance->first_run && instance->n_out)
		hold_first_output(instance, k_uptime_ticks());
	err = instance_mute(instance);
	if (links_changes(instance) == before)
		instance->stalled_at = before;
	else
		*moved = true;
	return err;
}

/* Post all that are ready. \p posted: how many. */
static int post_ready(unsigned int *posted, bool *moved)
{
	struct firmware *fw = firmware_get();
	int first = 0, err;

	*posted = 0;
	for (size_t i = 0; i < fw->count; i++) {
		struct instance *instance = fw->order[i];

		if (!instance->dp || instance->state != COMP_STATE_ACTIVE)
			continue;
		err = links_sync(instance);
		if (!err && instance->dead) {
			bool flowed = false;

			err = mute_if_ready(instance, &flowed);
			if (flowed) {
				*moved = true;
				++*posted;
			}
		} else if (!err && !instance->running && is_ready(instance)) {
			post(instance);
			++*posted;
		}
		if (!first)
			first = err;
	}
	return first;
}

int dp_run_ready(bool *moved)
{
	struct firmware *fw = firmware_get();
	unsigned int posted;
	int first = 0, err;

	do {
		first = post_ready(&posted, moved);
		/* also for those that were blocked inside their module */
		k_run_ready_threads();
		for (size_t i = 0; i < fw->count; i++) {
			struct instance *instance = fw->order[i];

			if (!instance->running)
				continue;
			err = collect(instance, moved);
			if (!first)
				first = err;
			/* a thread that sleeps will be back with something */
			if (instance->running)
				*moved = true;
		}
	} while (!first && posted);
	return first;
}

unsigned int sof_end_blocked(void)
{
	struct firmware *fw = firmware_get();
	unsigned int ended = 0;

	for (size_t i = 0; fw && !graph_order() && i < fw->count; i++) {
		if (!fw->order[i]->running)
			continue;
		end_blocked(fw->order[i]);
		ended++;
	}
	return ended;
}

bool dp_drained(const struct instance *instance)
{
	size_t left = 0;

	if (instance->running || !all_inputs_ended(instance))
		return false;
	for (unsigned int i = 0; i < instance->n_in; i++) {
		if (instance->in[i]->held)
			return false;
		left += instance->in[i]->fill;
	}
	/* it leaves a rest it can do nothing with, though it has room */
	return !left ||
	       (space_is_there(instance) && instance->stalled_at == links_changes(instance));
}
