/* SPDX-License-Identifier: BSD-3-Clause */
/* Pipelines: their states, and the order in which components run. */
#include <rtos/symbol.h>

#include "firmware.h"

LOG_MODULE_REGISTER(pipe);

/* Its ends stand in for components which may lie in closed memory, and may go before it does. */
struct pipeline_record {
	struct pipeline pipeline; /* first */
	struct comp_dev source, sink;
};

struct pipeline *pipeline_find(uint32_t id)
{
	struct list_item *item;

	list_for_item(item, &firmware_get()->pipelines) {
		struct pipeline *pipeline = list_item(item, struct pipeline, list);

		if (pipeline->pipeline_id == id)
			return pipeline;
	}
	return NULL;
}

int pipeline_new_ipc4(uint32_t id, uint32_t priority, uint32_t attributes)
{
	struct pipeline_record *record;
	struct pipeline *pipeline;

	if (pipeline_find(id))
		return -EEXIST;
	record = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*record));
	if (!record)
		return -ENOMEM;
	pipeline = &record->pipeline;
	pipeline->source_comp = &record->source;
	pipeline->sink_comp = &record->sink;
	pipeline->pipeline_id = id;
	pipeline->priority = priority;
	pipeline->attributes = attributes;
	pipeline->period = TICK_US;
	pipeline->status = COMP_STATE_INIT;
	list_item_append(&pipeline->list, &firmware_get()->pipelines);
	return 0;
}

static struct instance *last_in(const struct pipeline *pipeline)
{
	struct firmware *fw = firmware_get();
	struct list_item *item;

	list_for_item_prev(item, &fw->instances) {
		struct instance *instance = list_item(item, struct instance, list);

		if (instance->pipeline == pipeline)
			return instance;
	}
	return NULL;
}

int pipeline_delete(struct pipeline *pipeline)
{
	struct instance *instance;
	int first = 0, err;

	while ((instance = last_in(pipeline))) {
		err = instance_delete(instance);
		first = first ? first : err;
	}
	list_item_del(&pipeline->list);
	rfree(pipeline);
	return first;
}

void graph_changed(void)
{
	struct firmware *fw = firmware_get();

	rfree(fw->order);
	fw->order = NULL;
}

static bool ordered(const struct firmware *fw, size_t count, const struct instance *instance)
{
	for (size_t i = 0; i < count; i++) {
		if (fw->order[i] == instance)
			return true;
	}
	return false;
}

static bool inputs_ordered(const struct firmware *fw, size_t count, const struct instance *instance)
{
	for (unsigned int i = 0; i < instance->n_in; i++) {
		if (!ordered(fw, count, instance->in[i]->from))
			return false;
	}
	return true;
}

static void end_set(struct comp_dev *end, const struct instance *instance)
{
	end->state = instance->state;
	end->ipc_config.id = instance->comp_id;
	end->ipc_config.pipeline_id = instance->pipeline->pipeline_id;
	end->ipc_config.type = SOF_COMP_MODULE_ADAPTER;
	end->direction = SOF_IPC_STREAM_PLAYBACK;
	end->direction_set = true;
	end->pipeline = instance->pipeline;
}

/* The order is known: the first and the last of each pipeline are its ends. */
static void ends_find(void)
{
	struct firmware *fw = firmware_get();

	if (!fw->order)
		return;
	for (size_t i = 0; i < fw->count; i++)
		end_set(fw->order[i]->pipeline->sink_comp, fw->order[i]);
	for (size_t i = fw->count; i-- > 0;)
		end_set(fw->order[i]->pipeline->source_comp, fw->order[i]);
	for (size_t i = 0; i < fw->count; i++)
		instance_ends_changed(fw->order[i]);
}

static const struct instance *end_of(const struct pipeline *pipeline, bool last)
{
	const struct firmware *fw = firmware_get();

	for (size_t i = 0; i < fw->count; i++) {
		const struct instance *instance = fw->order[last ? fw->count - 1 - i : i];

		if (instance->pipeline == pipeline)
			return instance;
	}
	return NULL;
}

static uint64_t periods_done(const struct instance *instance, bool input)
{
	const struct link *link = NULL;
	uint64_t bytes = 0;

	if (input ? instance->n_in : instance->n_out) {
		link = input ? instance->in[0] : instance->out[0];
		bytes = input ? link->consumed : link->produced;
	}
	if (input)
		return instance->base_cfg.ibs ? bytes / instance->base_cfg.ibs : 0;
	return instance->base_cfg.obs ? bytes / instance->base_cfg.obs : 0;
}

struct comp_dev *pipeline_get_dai_comp_latency(uint32_t id, uint32_t *latency)
{
	struct pipeline *pipeline = pipeline_find(id);
	struct comp_dev *end = NULL;

	*latency = 0;
	if (!pipeline || graph_order())
		return NULL;
	/* as many pipelines as there are: a loop of them ends too */
	for (size_t left = firmware_get()->count; pipeline && left; left--) {
		const struct instance *first = end_of(pipeline, false);
		const struct instance *last = end_of(pipeline, true);
		uint64_t in, out;

		if (!first)
			break;
		in = periods_done(first, true);
		out = periods_done(last, false);
		if (in > out && out)
			*latency += (uint32_t)(in - out);
		end = pipeline->sink_comp;
		pipeline = last->n_out && last->out[0]->to->pipeline != pipeline ?
				   last->out[0]->to->pipeline :
				   NULL;
	}
	return end;
}
EXPORT_SYMBOL(pipeline_get_dai_comp_latency);

int graph_order(void)
{
	struct firmware *fw = firmware_get();
	bool anything_goes = false;
	size_t count = 0, before;
	struct list_item *item;

	if (fw->order || !fw->count)
		return 0;
	fw->order = rzalloc(SOF_MEM_FLAG_KERNEL, fw->count * sizeof(fw->order[0]));
	if (!fw->order)
		return -ENOMEM;
	while (count < fw->count) {
		before = count;
		list_for_item(item, &fw->instances) {
			struct instance *instance = list_item(item, struct instance, list);

			if (ordered(fw, count, instance))
				continue;
			if (anything_goes || inputs_ordered(fw, count, instance)) {
				fw->order[count++] = instance;
				anything_goes = false;
			}
		}
		/* a loop in the graph has to be cut open somewhere */
		anything_goes = count == before;
	}
	fw->any_dp = false;
	for (size_t i = 0; i < count; i++)
		fw->any_dp |= fw->order[i]->dp;
	ends_find();
	return 0;
}

static int reset_all(struct pipeline *pipeline)
{
	struct firmware *fw = firmware_get();
	struct list_item *item;
	int first = 0;

	list_for_item(item, &fw->instances) {
		struct instance *instance = list_item(item, struct instance, list);
		int err;

		if (instance->pipeline != pipeline || instance->state == COMP_STATE_READY)
			continue;
		err = adapter_reset(instance);
		if (err)
			LOG_ERR("%s: reset() returned %d", instance->name, err);
		if (err < 0 && !first)
			first = err;
	}
	pipeline->status = COMP_STATE_READY;
	pipeline->expect_eos = false;
	ends_find();
	return first;
}

static int prepare_all(struct pipeline *pipeline)
{
	struct firmware *fw = firmware_get();
	int err = graph_order();

	for (size_t i = 0; !err && i < fw->count; i++) {
		struct instance *instance = fw->order[i];

		if (instance->pipeline != pipeline || instance->state != COMP_STATE_READY)
			continue;
		err = adapter_prepare(instance);
		if (err)
			LOG_ERR("%s: prepare() returned %d", instance->name, err);
	}
	if (err)
		reset_all(pipeline);
	return err > 0 ? -EIO : err;
}

/* A module that cannot pause, and what it goes on to feed in its pipeline. */
static bool stays_active(const struct pipeline *pipeline, struct instance *instance)
{
	if (instance->pipeline != pipeline || instance->dead)
		return false;
	instance_open(instance);
	if (instance->memory->mod.no_pause)
		return true;
	for (unsigned int i = 0; i < instance->n_in; i++) {
		const struct instance *from = instance->in[i]->from;

		if (from->pipeline == pipeline && from->state == COMP_STATE_ACTIVE)
			return true;
	}
	return false;
}

/* From downstream to upstream when starting, the other way when stopping: nobody produces for
 * somebody who is not there. */
static int trigger_all(struct pipeline *pipeline, int cmd, uint16_t state)
{
	struct firmware *fw = firmware_get();
	const bool start = state == COMP_STATE_ACTIVE || state == COMP_STATE_PRE_ACTIVE;
	int first = graph_order();

	for (size_t i = 0; !first && i < fw->count; i++) {
		struct instance *instance = fw->order[start ? fw->count - 1 - i : i];
		int err;

		if (instance->pipeline != pipeline || instance->dead)
			continue;
		if (cmd == COMP_TRIGGER_PAUSE && stays_active(pipeline, instance))
			continue;
		err = adapter_trigger(instance, cmd);
		if (err < 0) {
			LOG_ERR("%s: trigger(%d) returned %d", instance->name, cmd, err);
			first = err;
			continue;
		}
		instance_set_state(instance, state);
	}
	/* muted instances stay in step, or their silence would not flow */
	for (size_t i = 0; !first && i < fw->count; i++) {
		if (fw->order[i]->pipeline == pipeline && fw->order[i]->dead)
			fw->order[i]->state = state;
	}
	if (!first)
		pipeline->status = state;
	ends_find();
	return first;
}

/* Modules are told first that they are about to start, then that they do. */
static int start_all(struct pipeline *pipeline, int before, int cmd)
{
	const int err = trigger_all(pipeline, before, COMP_STATE_PRE_ACTIVE);

	return err ? err : trigger_all(pipeline, cmd, COMP_STATE_ACTIVE);
}

static uint32_t to_running(struct pipeline *pipeline, int *error)
{
	if (pipeline->expect_eos)
		return IPC4_INVALID_REQUEST;
	switch (pipeline->status) {
	case COMP_STATE_ACTIVE:
		return IPC4_SUCCESS;
	case COMP_STATE_PAUSED:
		*error = start_all(pipeline, COMP_TRIGGER_PRE_RELEASE, COMP_TRIGGER_RELEASE);
		return *error ? IPC4_PIPELINE_STATE_NOT_SET : IPC4_SUCCESS;
	case COMP_STATE_READY:
		*error = prepare_all(pipeline);
		if (*error)
			return IPC4_INVALID_REQUEST;
		*error = start_all(pipeline, COMP_TRIGGER_PRE_START, COMP_TRIGGER_START);
		if (*error)
			reset_all(pipeline);
		return *error ? IPC4_PIPELINE_STATE_NOT_SET : IPC4_SUCCESS;
	default:
		return IPC4_INVALID_REQUEST;
	}
}

static uint32_t to_reset(struct pipeline *pipeline, int *error)
{
	switch (pipeline->status) {
	case COMP_STATE_INIT:
		pipeline->status = COMP_STATE_READY;
		return IPC4_SUCCESS;
	case COMP_STATE_READY:
		return IPC4_SUCCESS;
	case COMP_STATE_ACTIVE:
	case COMP_STATE_PAUSED:
		*error = trigger_all(pipeline, COMP_TRIGGER_STOP, COMP_STATE_PREPARE);
		if (*error) {
			reset_all(pipeline);
			return IPC4_PIPELINE_STATE_NOT_SET;
		}
		*error = reset_all(pipeline);
		return *error ? IPC4_INVALID_REQUEST : IPC4_SUCCESS;
	default:
		return IPC4_INVALID_REQUEST;
	}
}

static uint32_t to_paused(struct pipeline *pipeline, int *error)
{
	if (pipeline->status == COMP_STATE_INIT)
		pipeline->status = COMP_STATE_READY;
	if (pipeline->status != COMP_STATE_ACTIVE)
		return IPC4_SUCCESS;
	*error = trigger_all(pipeline, COMP_TRIGGER_PAUSE, COMP_STATE_PAUSED);
	return *error ? IPC4_PIPELINE_STATE_NOT_SET : IPC4_SUCCESS;
}

uint32_t pipeline_set_state_ipc4(struct pipeline *pipeline, uint32_t state, int *error)
{
	*error = 0;
	switch (state) {
	case SOF_IPC4_PIPELINE_STATE_RUNNING:
		return to_running(pipeline, error);
	case SOF_IPC4_PIPELINE_STATE_RESET:
		return to_reset(pipeline, error);
	case SOF_IPC4_PIPELINE_STATE_PAUSED:
		return to_paused(pipeline, error);
	case SOF_IPC4_PIPELINE_STATE_EOS:
		if (pipeline->status != COMP_STATE_ACTIVE)
			return IPC4_INVALID_REQUEST;
		pipeline->expect_eos = true;
		return IPC4_SUCCESS;
	default:
		return IPC4_INVALID_REQUEST;
	}
}
