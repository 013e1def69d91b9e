/* SPDX-License-Identifier: BSD-3-Clause */
/* The life of a module instance. */
#include <host/fault.h>
#include <rtos/userspace_helper.h>
#include <stdio.h>
#include <string.h>

#include "firmware.h"

LOG_MODULE_REGISTER(instance);

struct instance *instance_find(uint32_t comp_id)
{
	struct list_item *item;

	list_for_item(item, &firmware_get()->instances) {
		struct instance *instance = list_item(item, struct instance, list);

		if (instance->comp_id == comp_id)
			return instance;
	}
	return NULL;
}

struct instance *instance_of_mod(const struct processing_module *mod)
{
	struct list_item *item;

	list_for_item(item, &firmware_get()->instances) {
		struct instance *instance = list_item(item, struct instance, list);

		if (mod && instance->memory && &instance->memory->mod == mod)
			return instance;
	}
	return NULL;
}

struct instance *instance_of_current_thread(void)
{
	const struct k_thread *current = k_current_get();
	struct list_item *item;

	list_for_item(item, &firmware_get()->instances) {
		struct instance *instance = list_item(item, struct instance, list);

		if (current && instance->thread == current)
			return instance;
	}
	return NULL;
}

struct comp_dev *ipc4_get_comp_dev(uint32_t comp_id)
{
	struct instance *instance = instance_find(comp_id);

	return instance ? &instance->memory->dev : NULL;
}

void instance_open(struct instance *instance)
{
	if (instance->domain)
		user_domain_open(&instance->domain->memory);
}

struct k_heap *instance_heap(const struct instance *instance)
{
	return instance->heap ? instance->heap->heap : NULL;
}

void instance_account(struct instance *instance, size_t size, bool taken)
{
	/* rounded up to 8 bytes, and 8 on top */
	const size_t charge = (size + 7) / 8 * 8 + 8;

	if (!taken) {
		instance->charge -= charge;
		return;
	}
	instance->charge += charge;
	if (instance->charge > instance->charge_high_water)
		instance->charge_high_water = instance->charge;
}

/* Written from the kernel's own; nothing of what is there is read. */
static void pipeline_copy_fill(struct instance *instance)
{
	const struct pipeline *own = instance->pipeline;
	struct pipeline_copy *copy = instance->pipeline_copy;

	if (!copy)
		return;
	copy->pipeline = *own;
	copy->source = *own->source_comp;
	copy->sink = *own->sink_comp;
	copy->source.pipeline = &copy->pipeline;
	copy->sink.pipeline = &copy->pipeline;
	copy->pipeline.source_comp = &copy->source;
	copy->pipeline.sink_comp = &copy->sink;
	list_init(&copy->pipeline.list);
}

void instance_ends_changed(struct instance *instance)
{
	if (!instance->pipeline_copy)
		return;
	instance_open(instance);
	pipeline_copy_fill(instance);
}

void instance_set_state(struct instance *instance, uint16_t state)
{
	instance->state = state;
	instance_open(instance);
	instance->memory->dev.state = state;
	pipeline_copy_fill(instance);
	links_tell_state(instance);
}

void instance_die(struct instance *instance, int error)
{
	if (instance->dead)
		return;
	instance->dead = true;
	instance->error = error;
	instance->running = false;
	LOG_ERR("%s has ended, none of its functions is called any more: %d", instance->name,
		error);
	/* what it held of its buffers' is up for use again */
	for (unsigned int i = 0; i < instance->n_in; i++)
		link_mend(instance->in[i]);
	for (unsigned int i = 0; i < instance->n_out; i++)
		link_mend(instance->out[i]);
}

void *instance_block_new(struct instance *instance, const void *bytes, size_t size,
			 const char *what)
{
	void *copy = sof_heap_alloc(instance_heap(instance), SOF_MEM_FLAG_USER, size, 0);

	if (!copy) {
		INSTANCE_ERR(instance, "%s: its heap has no room for %s of %zu bytes",
			     instance->name, what, size);
		return NULL;
	}
	instance_account(instance, size, true);
	host_memory_label(copy, "%s of %s", what, instance->name);
	if (bytes)
		memcpy(copy, bytes, size);
	else
		memset(copy, 0, size);
	return copy;
}

void instance_block_free(struct instance *instance, void *block, size_t size)
{
	if (!block)
		return;
	sof_heap_free(instance_heap(instance), block);
	instance_account(instance, size, false);
}

static size_t pins_size(const struct instance *instance)
{
	return instance->inputs * sizeof(instance->input_pins[0]) +
	       instance->outputs * sizeof(instance->output_pins[0]);
}

static int domain_make(struct instance *instance, const struct init_payload *payload)
{
	const struct sof_audio_config *config = &firmware_get()->config;
	size_t heap = payload->has_dp_data ? payload->dp_data.heap_bytes : 0;
	size_t stack = payload->has_dp_data ? payload->dp_data.stack_bytes : 0;

	if (!heap)
		heap = config->heap_bytes ? config->heap_bytes : SOF_DP_HEAP_BYTES_DEFAULT;
	if (!stack)
		stack = config->stack_bytes ? config->stack_bytes : SOF_DP_STACK_BYTES_DEFAULT;
	if (stack > SOF_DP_STACK_BYTES_MAX) {
		INSTANCE_ERR(instance, "%s: a stack of %zu bytes is asked for", instance->name,
			     stack);
		return -EINVAL;
	}
	instance->stack_size = stack;
	instance->heap_size = heap;
	return module_domain_join(instance, payload->has_dp_data ? payload->dp_data.domain_id : 0);
}

static void memory_fill(struct instance *instance, const struct instance_request *request)
{
	struct module_memory *memory = instance->memory;
	struct comp_dev *dev = &memory->dev;
	struct processing_module *mod = &memory->mod;

	memory->drv.type = SOF_COMP_MODULE_ADAPTER;
	memory->drv.adapter_ops = instance->desc->ops;
	memcpy(&memory->drv.uid_cp, instance->desc->uuid, sizeof(memory->drv.uid_cp));
	memory->drv.uid = &memory->drv.uid_cp;
	memory->drv.user_heap = instance_heap(instance);
	memory->alloc.heap = memory->drv.user_heap;

	dev->drv = &memory->drv;
	dev->mod = mod;
	dev->size = sizeof(*memory);
	dev->state = COMP_STATE_INIT;
	dev->ipc_config.id = instance->comp_id;
	dev->ipc_config.pipeline_id = request->pipeline_id;
	dev->ipc_config.proc_domain =
		instance->dp ? COMP_PROCESSING_DOMAIN_DP : COMP_PROCESSING_DOMAIN_LL;
	dev->ipc_config.core = instance->core;
	dev->ipc_config.type = SOF_COMP_MODULE_ADAPTER;
	dev->ipc_config.ipc_extended_init = request->extended;
	dev->ipc_config.ipc_config_size = (uint32_t)request->payload_size;
	dev->pipeline =
		instance->pipeline_copy ? &instance->pipeline_copy->pipeline : instance->pipeline;
	dev->direction = SOF_IPC_STREAM_PLAYBACK;
	dev->direction_set = true;
	dev->period = instance->dp && !instance->board_runs_ll ? 0 : TICK_US;
	dev->ibs = instance->base_cfg.ibs;
	dev->obs = instance->base_cfg.obs;
	dev->cpc = instance->base_cfg.cpc;
	list_init(&dev->bsource_list);
	list_init(&dev->bsink_list);

	mod->dev = dev;
	mod->stream_params = &memory->stream_params;
	ipc4_base_module_cfg_to_stream_params(&instance->base_cfg, mod->stream_params);
	/* a module that takes more says so */
	mod->max_sources = 1;
	mod->max_sinks = 1;
	module_process_type(instance->desc->ops, &mod->proc_type);
	mod->dp_startup_delay = instance->dp;
	list_init(&mod->raw_data_buffers_list);
	list_init(&mod->priv.resources.objpool.list);
	mod->priv.resources.alloc = &memory->alloc;
	mod->priv.cfg.base_cfg = instance->base_cfg;
	mod->priv.cfg.nb_input_pins = (uint8_t)instance->inputs;
	mod->priv.cfg.nb_output_pins = (uint8_t)instance->outputs;
	if (instance->pins) {
		mod->priv.cfg.input_pins = instance->pins;
		mod->priv.cfg.output_pins =
			(struct ipc4_output_pin_format *)(mod->priv.cfg.input_pins +
							  instance->inputs);
	}
}

/* The message is there for init() only, in memory the module can read. */
static int run_init(struct instance *instance, const struct instance_request *request,
		    const struct init_payload *payload)
{
	struct module_memory *memory = instance->memory;
	struct module_config *config = &memory->mod.priv.cfg;
	uint8_t *message = instance_block_new(instance, request->payload, request->payload_size,
					      "init message");
	int err;

	if (!message)
		return -ENOMEM;
	config->init_data = message + payload->config_offset;
	config->size = payload->config_size;
	config->avail = true;
	if (request->extended) {
		config->ext_data = &memory->ext;
		if (payload->module_data_size) {
			memory->ext.module_data = message + payload->module_data_offset;
			memory->ext.module_data_size = payload->module_data_size;
		}
	}
	err = adapter_init(instance);
	if (!instance->dead) {
		instance_open(instance);
		config->init_data = NULL;
		config->ext_data = NULL;
		memset(&memory->ext, 0, sizeof(memory->ext));
	}
	instance_block_free(instance, message, request->payload_size);
	return err;
}

static int pins_keep(struct instance *instance, const struct instance_request *request,
		     const struct init_payload *payload)
{
	const uint8_t *pins = request->payload + payload->pins_offset;
	const size_t in = payload->inputs * sizeof(instance->input_pins[0]);
	const size_t out = payload->outputs * sizeof(instance->output_pins[0]);

	instance->inputs = payload->inputs;
	instance->outputs = payload->outputs;
	if (!(in + out))
		return 0;
	memcpy(instance->input_pins, pins, in);
	memcpy(instance->output_pins, pins + in, out);
	instance->pins = instance_block_new(instance, pins, in + out, "pin formats");
	return instance->pins ? 0 : -ENOMEM;
}

static int pipeline_copy_make(struct instance *instance)
{
	if (!instance->dp || !instance->board_runs_ll)
		return 0;
	instance->pipeline_copy = instance_block_new(
		instance, NULL, sizeof(*instance->pipeline_copy), "pipeline's copy");
	if (!instance->pipeline_copy)
		return -ENOMEM;
	pipeline_copy_fill(instance);
	return 0;
}

static void instance_free(struct instance *instance)
{
	struct firmware *fw = firmware_get();

	dp_thread_stop(instance);
	/* a heap that stays is left as it was found; one that goes takes the rest along */
	resources_free(instance);
	instance_block_free(instance, instance->pins, pins_size(instance));
	instance_block_free(instance, instance->pipeline_copy, sizeof(*instance->pipeline_copy));
	instance_block_free(instance, instance->memory, sizeof(*instance->memory));
	module_domain_leave(instance);
	list_item_del(&instance->list);
	fw->count--;
	graph_changed();
	rfree(instance);
}

int instance_new(const struct instance_request *request)
{
	const struct sof_module_desc *desc = module_by_id(request->module_id);
	const uint32_t comp_id = IPC4_COMP_ID(request->module_id, (uint32_t)request->instance_id);
	struct pipeline *pipeline = pipeline_find(request->pipeline_id);
	struct firmware *fw = firmware_get();
	enum module_processing_type type;
	struct init_payload payload;
	struct host_module_call *former;
	struct instance *instance;
	int err;

	if (!desc || !pipeline)
		return -ENOENT;
	if (instance_find(comp_id))
		return -EEXIST;
	if (!desc->ops->init || module_process_type(desc->ops, &type)) {
		LOG_ERR("%s has no init(), or no call to process data", desc->name);
		return -EIO;
	}
	err = init_payload_decode(request->payload, request->payload_size, request->extended,
				  &payload);
	if (err)
		return err;
	instance = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*instance));
	if (!instance)
		return -ENOMEM;
	instance->desc = desc;
	instance->instance_id = request->instance_id;
	instance->comp_id = comp_id;
	instance->pipeline = pipeline;
	instance->dp = request->dp && !desc->endpoint;
	instance->board_runs_ll = type != MODULE_PROCESS_TYPE_SOURCE_SINK;
	/* LL tasks are the first core's, wherever they are wanted. */
	instance->core = instance->dp ? request->core : PLATFORM_PRIMARY_CORE_ID;
	instance->state = COMP_STATE_INIT;
	instance->base_cfg = payload.base_cfg;
	instance->stalled_at = UINT64_MAX;
	list_init(&instance->resources);
	snprintf(instance->name, sizeof(instance->name), "%s.%u", desc->name, request->instance_id);
	instance->now.instance = instance->name;
	instance->now.call = module_function_name(MODULE_INIT);
	list_item_append(&instance->list, &fw->instances);
	fw->count++;
	graph_changed();

	if (instance->dp) {
		former = act_for(instance);
		err = domain_make(instance, &payload);
		act_return(former);
	}
	if (err)
		goto fail;
	err = -ENOMEM;
	instance_open(instance);
	instance->memory =
		instance_block_new(instance, NULL, sizeof(*instance->memory), "instance");
	if (!instance->memory)
		goto fail;
	err = pins_keep(instance, request, &payload);
	if (!err)
		err = pipeline_copy_make(instance);
	if (err)
		goto fail;
	memory_fill(instance, request);
	if (instance->dp)
		err = dp_thread_start(instance);
	if (!err)
		err = run_init(instance, request, &payload);
	if (err)
		goto fail;
	instance->inited = true;
	instance_set_state(instance, COMP_STATE_READY);
	return 0;
fail:
	/* the result of init() is recorded already */
	failure_around(instance, module_function_name(MODULE_INIT), err);
	LOG_ERR("%s is not created: %d", instance->name, err);
	instance_free(instance);
	return err < 0 ? err : -EIO;
}

/* Errors that free() returns are logged and ignored, as in SOF. A free() that never returns is an
 * error. */
static int run_free(struct instance *instance)
{
	const int err = adapter_free(instance);

	if (err)
		LOG_WRN("%s: free() returned %d", instance->name, err);
	if (instance->heap_used)
		LOG_WRN("%s: free() left %zu bytes", instance->name, instance->heap_used);
	return instance->dead || instance->running ? err : 0;
}

int instance_delete(struct instance *instance)
{
	int first = 0, err;

	while (instance->n_in) {
		err = link_delete(instance->in[0], NULL);
		first = first ? first : err;
	}
	while (instance->n_out) {
		err = link_delete(instance->out[0], NULL);
		first = first ? first : err;
	}
	if (instance->inited && !instance->dead) {
		err = run_free(instance);
		first = first ? first : err;
	}
	instance_free(instance);
	return first;
}
