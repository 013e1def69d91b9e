/* SPDX-License-Identifier: BSD-3-Clause */
/* Pipelines: their states, and the order in which components run. */
#include "firmware.h"

LOG_MODULE_REGISTER(pipe);

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
	struct pipeline *pipeline;

	if (pipeline_find(id))
		return -EEXIST;
	pipeline = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*pipeline));
	if (!pipeline)
		return -ENOMEM;
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

void pipeline_delete(struct pipeline *pipeline)
{
	struct instance *instance;

	while ((instance = last_in(pipeline)))
		instance_delete(instance);
	list_item_del(&pipeline->list);
	rfree(pipeline);
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
			LOG_ERR("%s: reset() said %d", instance->name, err);
		if (err < 0 && !first)
			first = err;
	}
	pipeline->status = COMP_STATE_READY;
	pipeline->expect_eos = false;
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
			LOG_ERR("%s: prepare() said %d", instance->name, err);
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
			LOG_ERR("%s: trigger(%d) said %d", instance->name, cmd, err);
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
