/* SPDX-License-Identifier: BSD-3-Clause */
/* Start, stop, tick, figures. */
#include <host/platform.h>
#include <rtos/sof.h>
#include <sof/ipc/common.h>
#include <sof/schedule/schedule.h>
#include <stdio.h>
#include <string.h>

#include "firmware.h"

/* Kernel data: closed to user threads as all of the program's is. */
static struct firmware *firmware;
static struct sof sof_root;
static struct ipc ipc;

struct firmware *firmware_get(void)
{
	return firmware;
}

struct sof *sof_get(void)
{
	return &sof_root;
}

int sof_audio_init(const struct sof_audio_config *config)
{
	struct firmware *fw;
	int err;

	if (firmware)
		return -EALREADY;
	err = module_syscalls_register();
	if (!err)
		err = ipc_msg_syscalls_register();
	if (!err)
		err = fw_registers_init();
	if (err)
		return err;
	fw = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*fw));
	if (!fw)
		return -ENOMEM;
	fw->mailbox = rzalloc(SOF_MEM_FLAG_KERNEL, SOF_IPC4_PAYLOAD_MAX);
	if (!fw->mailbox) {
		rfree(fw);
		return -ENOMEM;
	}
	if (config)
		fw->config = *config;
	fw->started = stopwatch_moment();
	list_init(&fw->kinds);
	list_init(&fw->domains);
	list_init(&fw->pipelines);
	list_init(&fw->instances);
	list_init(&fw->links);
	list_init(&fw->constants);
	list_init(&ipc.msg_list);
	list_init(&ipc.comp_list);
	ipc.comp_data = fw->mailbox;
	sof_root.ipc = &ipc;
	firmware = fw;
	return 0;
}

void sof_audio_exit(void)
{
	struct firmware *fw = firmware;

	if (!fw)
		return;
	while (!list_is_empty(&fw->pipelines))
		pipeline_delete(list_first_item(&fw->pipelines, struct pipeline, list));
	module_registry_clear();
	notifications_clear();
	notifier_clear();
	schedulers_clear();
	fast_get_clear();
	rfree(fw->order);
	rfree(fw->mailbox);
	sof_root.ipc = NULL;
	firmware = NULL;
	rfree(fw);
}

/* An end of stream goes on downstream when it has been reached; so does held data, later. */
static bool streams_end(struct firmware *fw)
{
	bool anything = false;

	for (size_t i = 0; i < fw->count; i++) {
		struct instance *instance = fw->order[i];

		if (instance->release_at)
			anything = true;
		if (instance->eos_sent || instance->state != COMP_STATE_ACTIVE ||
		    !dp_drained(instance))
			continue;
		instance->eos_sent = true;
		for (unsigned int k = 0; k < instance->n_out; k++) {
			link_eos(instance->out[k]);
			anything = true;
		}
	}
	return anything;
}

bool sof_streams_ended(void)
{
	struct list_item *item;
	bool any = false;

	if (!firmware)
		return false;
	list_for_item(item, &firmware->instances) {
		const struct instance *instance = list_item(item, struct instance, list);

		if (instance->n_out || !instance->n_in)
			continue;
		any = true;
		if (!dp_drained(instance))
			return false;
	}
	return any;
}

int sof_tick(void)
{
	struct firmware *fw = firmware;
	bool moved = false;
	int err;

	if (!fw)
		return -ENODEV;
	failure_clear();
	err = graph_order();
	if (err)
		return err;
	if (fw->any_dp)
		dp_release_held(k_uptime_ticks());
	err = ll_run(&moved);
	if (!err && fw->any_dp)
		err = dp_run_ready(&moved);
	else if (!err)
		k_run_ready_threads();
	if (!err && streams_end(fw))
		moved = true;
	fw->ticks++;
	k_sleep(K_USEC(TICK_US));
	if (err)
		return err;
	return moved ? SOF_TICK_PROGRESS : SOF_TICK_IDLE;
}

uint64_t sof_tick_count(void)
{
	return firmware ? firmware->ticks : 0;
}

static void heap_figures(const struct domain_heap *heap, size_t *size, size_t *used,
			 size_t *high_water)
{
	struct sys_memory_stats memory = { 0 };

	sys_heap_runtime_stats_get(&heap->heap->heap, &memory);
	*size += heap->size;
	*used += memory.allocated_bytes;
	*high_water += memory.max_allocated_bytes;
}

static size_t stack_used(const struct instance *instance)
{
	size_t unused = 0;

	if (!instance->thread || k_thread_stack_space_get(instance->thread, &unused))
		return 0;
	return unused < instance->stack_size ? instance->stack_size - unused : 0;
}

static void stats_of_dp(const struct instance *instance, struct sof_instance_stats *out)
{
	out->isolated = host_isolated();
	snprintf(out->domain, sizeof(out->domain), "%s", instance->domain->name);
	out->domain_shared = instance->domain->model != SOF_DOMAIN_INSTANCE;
	if (out->domain_shared) {
		out->heap_size = instance->heap_size;
		out->heap_used = instance->charge;
		out->heap_high_water = instance->charge_high_water;
	} else {
		heap_figures(instance->heap, &out->heap_size, &out->heap_used,
			     &out->heap_high_water);
	}
	out->stack_size = instance->stack_size;
	out->stack_used = stack_used(instance);
	out->waits_for = dp_waits_for(instance);
}

int sof_domain_stats(size_t index, struct sof_domain_stats *out)
{
	struct module_domain *domain = NULL;
	struct list_item *item;

	memset(out, 0, sizeof(*out));
	if (!firmware)
		return -ENOENT;
	list_for_item(item, &firmware->domains) {
		if (!index--) {
			domain = list_item(item, struct module_domain, list);
			break;
		}
	}
	if (!domain)
		return -ENOENT;
	snprintf(out->name, sizeof(out->name), "%s", domain->name);
	out->shared = domain->model != SOF_DOMAIN_INSTANCE;
	out->instances = domain->users;
	out->partitions = domain->memory.num_partitions;
	list_for_item(item, &domain->heaps) {
		heap_figures(list_item(item, struct domain_heap, list), &out->heap_size,
			     &out->heap_used, &out->heap_high_water);
		out->heaps++;
	}
	list_for_item(item, &firmware->instances) {
		const struct instance *instance = list_item(item, struct instance, list);

		if (instance->domain != domain)
			continue;
		out->stack_size += instance->stack_size;
		out->stack_used += stack_used(instance);
	}
	return 0;
}

static void stats_of_time(const struct instance *instance, struct sof_instance_stats *out)
{
	const struct stopwatch_moment now = stopwatch_moment();
	const double tick_ns = stopwatch_tick_ns(&firmware->started, &now);
	const uint64_t ll_max_ns = (uint64_t)((double)instance->ll_ticks_max * tick_ns);

	out->time_ns = instance->time_ns + (uint64_t)((double)instance->ll_ticks * tick_ns);
	out->time_max_ns = ll_max_ns > instance->time_max_ns ? ll_max_ns : instance->time_max_ns;
}

int sof_instance_stats(size_t index, struct sof_instance_stats *out)
{
	struct instance *instance = NULL;
	struct list_item *item;

	memset(out, 0, sizeof(*out));
	if (!firmware)
		return -ENOENT;
	list_for_item(item, &firmware->instances) {
		if (!index--) {
			instance = list_item(item, struct instance, list);
			break;
		}
	}
	if (!instance)
		return -ENOENT;
	out->module_id = instance->desc->module_id;
	out->instance_id = instance->instance_id;
	snprintf(out->name, sizeof(out->name), "%s", instance->name);
	out->dp = instance->dp;
	out->endpoint = instance->desc->endpoint;
	out->board_runs_ll = instance->board_runs_ll;
	out->dead = instance->dead;
	out->last_error = instance->now.last_error;
	out->calls = instance->calls;
	stats_of_time(instance, out);
	out->deadline_misses = instance->deadline_misses;
	out->startup_delay_ms = instance->startup_delay_ms;
	for (unsigned int i = 0; i < instance->n_in; i++)
		out->bytes_in += instance->in[i]->consumed;
	for (unsigned int i = 0; i < instance->n_out; i++)
		out->bytes_out += instance->out[i]->produced;
	if (instance->dp) {
		stats_of_dp(instance, out);
	} else {
		snprintf(out->domain, sizeof(out->domain), "kernel");
		out->heap_used = instance->heap_used;
		out->heap_high_water = instance->heap_high_water;
		out->waits_for = instance->desc->endpoint ? "" : dp_waits_for(instance);
	}
	return 0;
}
