/* SPDX-License-Identifier: BSD-3-Clause */
#include "ipc_message.h"

#include <host/audio.h>
#include <host/platform.h>
#include <ipc4/error_status.h>
#include <ipc4/header.h>
#include <ipc4/module.h>
#include <stdio.h>
#include <string.h>

uint32_t ipc_pipeline_create(const struct graph_pipeline *pipeline)
{
	struct ipc4_pipeline_create message = { 0 };

	host_memory_open();
	message.primary.r.ppl_mem_size =
		pipeline->memory_pages ? pipeline->memory_pages & 0x7ff : 1;
	message.primary.r.ppl_priority = pipeline->priority & 0x1f;
	message.primary.r.instance_id = pipeline->id;
	message.primary.r.type = SOF_IPC4_GLB_CREATE_PIPELINE;
	message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_FW_GEN_MSG;
	message.extension.r.lp = pipeline->low_power;
	message.extension.r.attributes = pipeline->attributes;
	message.extension.r.core_id = pipeline->core & 0xf;
	return sof_ipc4(message.primary.dat, message.extension.dat, NULL, 0, NULL, NULL);
}

uint32_t ipc_pipeline_delete(uint8_t pipeline)
{
	struct ipc4_pipeline_delete message = { 0 };

	message.primary.r.instance_id = pipeline;
	message.primary.r.type = SOF_IPC4_GLB_DELETE_PIPELINE;
	message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_FW_GEN_MSG;
	return sof_ipc4(message.primary.dat, message.extension.dat, NULL, 0, NULL, NULL);
}

uint32_t ipc_pipeline_set_state(uint8_t pipeline, enum ipc4_pipeline_state state)
{
	struct ipc4_message_request message = { 0 };

	/* The low 24 bits: state in 16, pipeline in 8 (struct ipc4_pipeline_set_state). */
	message.primary.r.rsvd0 = (uint32_t)state | (uint32_t)pipeline << 16;
	message.primary.r.type = SOF_IPC4_GLB_SET_PIPELINE_STATE;
	message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_FW_GEN_MSG;
	return sof_ipc4(message.primary.dat, message.extension.dat, NULL, 0, NULL, NULL);
}

/* What precedes the base configuration of a DP instance: its memory needs. */
struct dp_head {
	struct ipc4_module_init_ext_init init;
	struct ipc4_module_init_ext_object object;
	struct ipc4_module_init_ext_obj_dp_data dp;
} __attribute__((packed, aligned(4)));

/* A message under way. Kernel data, and too large for a stack. */
static uint8_t payload[SOF_IPC4_PAYLOAD_MAX] __attribute__((aligned(4)));

static size_t put(size_t at, const void *bytes, size_t size)
{
	if (size)
		memcpy(payload + at, bytes, size);
	return at + size;
}

static size_t put_dp_head(size_t at, const struct graph_node *node)
{
	struct dp_head head = { 0 };

	head.init.data_obj_array = 1;
	head.object.last_object = 1;
	head.object.object_id = IPC4_MOD_INIT_DATA_ID_DP_DATA;
	head.object.object_words = sizeof(head.dp) / sizeof(uint32_t);
	head.dp.domain_id = node->domain_id;
	head.dp.heap_bytes = node->heap_bytes;
	head.dp.stack_bytes = node->stack_bytes;
	return put(at, &head, sizeof(head));
}

static size_t put_pins(size_t at, const struct graph_node *node)
{
	struct ipc4_base_module_cfg_ext ext = { 0 };

	ext.nb_input_pins = (uint16_t)node->input_pin_count;
	ext.nb_output_pins = (uint16_t)node->output_pin_count;
	at = put(at, &ext, sizeof(ext));
	at = put(at, node->input_pins, node->input_pin_count * sizeof(node->input_pins[0]));
	return put(at, node->output_pins, node->output_pin_count * sizeof(node->output_pins[0]));
}

uint32_t ipc_instance_init(struct ipc_instance instance, uint8_t pipeline,
			   const struct graph_node *node)
{
	struct ipc4_module_init_instance message = { 0 };
	size_t size = 0;

	host_memory_open();
	if (graph_init_message_bytes(node) + (node->dp ? sizeof(struct dp_head) : 0) >
	    sizeof(payload))
		return IPC4_ERROR_INVALID_PARAM;
	if (node->dp)
		size = put_dp_head(size, node);
	size = put(size, &node->base, sizeof(node->base));
	if (node->send_pins)
		size = put_pins(size, node);
	size = put(size, node->init_data, node->init_size);
	message.primary.r.module_id = instance.module_id;
	message.primary.r.instance_id = instance.instance_id;
	message.primary.r.type = SOF_IPC4_MOD_INIT_INSTANCE;
	message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
	message.extension.r.param_block_size = (uint32_t)(size / sizeof(uint32_t)) & 0xffff;
	message.extension.r.ppl_instance_id = pipeline;
	message.extension.r.core_id = node->core & 0xf;
	message.extension.r.proc_domain = node->dp;
	message.extension.r.extended_init = node->dp;
	return sof_ipc4(message.primary.dat, message.extension.dat, payload, size, NULL, NULL);
}

static uint32_t send_bind(enum sof_ipc4_module_type type, struct ipc_instance from,
			  unsigned int from_queue, struct ipc_instance to, unsigned int to_queue)
{
	struct ipc4_module_bind_unbind message = { 0 };

	message.primary.r.module_id = from.module_id;
	message.primary.r.instance_id = from.instance_id;
	message.primary.r.type = type;
	message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
	message.extension.r.dst_module_id = to.module_id;
	message.extension.r.dst_instance_id = to.instance_id;
	message.extension.r.dst_queue = to_queue & 7;
	message.extension.r.src_queue = from_queue & 7;
	return sof_ipc4(message.primary.dat, message.extension.dat, NULL, 0, NULL, NULL);
}

uint32_t ipc_bind(struct ipc_instance from, unsigned int from_queue, struct ipc_instance to,
		  unsigned int to_queue)
{
	return send_bind(SOF_IPC4_MOD_BIND, from, from_queue, to, to_queue);
}

uint32_t ipc_unbind(struct ipc_instance from, unsigned int from_queue, struct ipc_instance to,
		    unsigned int to_queue)
{
	return send_bind(SOF_IPC4_MOD_UNBIND, from, from_queue, to, to_queue);
}

uint32_t ipc_configure(struct ipc_instance instance, const struct graph_blob *blob)
{
	uint32_t status = IPC4_SUCCESS;
	size_t at = 0;

	/* The blob's own record lies in host memory like its bytes. */
	for (host_memory_open(); !status && at < blob->size; host_memory_open()) {
		struct ipc4_module_large_config message = { 0 };
		size_t left = blob->size - at;
		size_t now = left < SOF_IPC4_PAYLOAD_MAX ? left : SOF_IPC4_PAYLOAD_MAX;

		message.primary.r.module_id = instance.module_id;
		message.primary.r.instance_id = instance.instance_id;
		message.primary.r.type = SOF_IPC4_MOD_LARGE_CONFIG_SET;
		message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
		message.extension.r.data_off_size = (uint32_t)(at ? at : blob->size) & 0xfffff;
		message.extension.r.large_param_id = blob->param_id & 0xff;
		message.extension.r.init_block = at == 0;
		message.extension.r.final_block = now == left;
		status = sof_ipc4(message.primary.dat, message.extension.dat, blob->payload + at,
				  now, NULL, NULL);
		at += now;
	}
	return status;
}

uint32_t ipc_read_configuration(struct ipc_instance instance, uint32_t param_id, uint8_t *data,
				size_t room, size_t *size)
{
	size_t at = 0, total = room;

	*size = 0;
	do {
		struct ipc4_module_large_config message = { 0 }, reply = { 0 };
		size_t now = total - at < sizeof(payload) ? total - at : sizeof(payload);
		size_t got = now;
		uint32_t status;

		message.primary.r.module_id = instance.module_id;
		message.primary.r.instance_id = instance.instance_id;
		message.primary.r.type = SOF_IPC4_MOD_LARGE_CONFIG_GET;
		message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
		message.extension.r.data_off_size = (uint32_t)(at ? at : room) & 0xfffff;
		message.extension.r.large_param_id = param_id & 0xff;
		message.extension.r.init_block = at == 0;
		memset(payload, 0, now);
		status = sof_ipc4(message.primary.dat, message.extension.dat, NULL, 0, payload,
				  &got);
		reply.extension.dat = sof_ipc4_reply_extension();
		host_memory_open();
		if (status)
			return status;
		if (!at)
			total = reply.extension.r.data_off_size;
		if (total > room)
			return IPC4_OUT_OF_MEMORY;
		now = now < total - at ? now : total - at;
		memcpy(data + at, payload, now);
		at += now;
	} while (at < total);
	*size = total;
	return IPC4_SUCCESS;
}

#define STATUS(name)                                                                               \
	{                                                                                          \
		name, #name                                                                        \
	}
static const struct {
	uint32_t status;
	const char *name;
} status_names[] = {
	STATUS(IPC4_ERROR_INVALID_PARAM),
	STATUS(IPC4_UNKNOWN_MESSAGE_TYPE),
	STATUS(IPC4_OUT_OF_MEMORY),
	STATUS(IPC4_BUSY),
	STATUS(IPC4_BAD_STATE),
	STATUS(IPC4_FAILURE),
	STATUS(IPC4_INVALID_REQUEST),
	STATUS(IPC4_INVALID_RESOURCE_ID),
	STATUS(IPC4_RESOURCE_ID_EXISTS),
	STATUS(IPC4_INVALID_RESOURCE_STATE),
	STATUS(IPC4_MOD_NOT_INITIALIZED),
	STATUS(IPC4_MOD_INVALID_ID),
	STATUS(IPC4_MOD_INST_INVALID_ID),
	STATUS(IPC4_INVALID_CONFIG_PARAM_ID),
	STATUS(IPC4_INVALID_CONFIG_DATA_LEN),
	STATUS(IPC4_INVALID_CONFIG_DATA_STRUCT),
	STATUS(IPC4_PIPELINE_STATE_NOT_SET),
};

const char *ipc_status_name(uint32_t status, char *text, size_t size)
{
	const char *name = "IPC4 status";
	size_t i;

	for (i = 0; i < sizeof(status_names) / sizeof(status_names[0]); i++)
		if (status_names[i].status == status)
			name = status_names[i].name;
	snprintf(text, size, "%s (%u)", name, status);
	return text;
}
