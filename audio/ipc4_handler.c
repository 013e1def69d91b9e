/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * IPC4 messages. Statuses are SOF's: what a reply cannot tell apart, sof_ipc4_last_error() does.
 * The payload was copied into kernel memory before it is looked at.
 */
#include <host/platform.h>
#include <ipc4/header.h>
#include <ipc4/module.h>
#include <ipc4/pipeline.h>
#include <string.h>

#include "firmware.h"

LOG_MODULE_REGISTER(ipc);

struct message {
	uint32_t primary, extension;
	const uint8_t *payload;
	size_t size;
	void *reply;
	size_t reply_room;
	size_t reply_used;
	int error; /* errno behind a bad status */
};

static uint32_t refuse(struct message *message, int error, uint32_t status)
{
	message->error = error;
	return status;
}

static uint32_t create_pipeline(struct message *message)
{
	struct ipc4_pipeline_create create = { .primary.dat = message->primary,
					       .extension.dat = message->extension };
	int err;

	if (create.extension.r.core_id >= host_cores())
		return refuse(message, -EINVAL, IPC4_INVALID_CORE_ID);
	if (create.primary.r.ppl_priority > SOF_IPC4_MAX_PIPELINE_PRIORITY)
		return refuse(message, -EINVAL, IPC4_ERROR_INVALID_PARAM);
	err = pipeline_new_ipc4(create.primary.r.instance_id, create.primary.r.ppl_priority,
				create.extension.r.attributes);
	if (err)
		return refuse(message, err,
			      err == -EEXIST ? IPC4_INVALID_RESOURCE_ID : IPC4_OUT_OF_MEMORY);
	return IPC4_SUCCESS;
}

static uint32_t delete_pipeline(struct message *message)
{
	struct ipc4_pipeline_delete request = { .primary.dat = message->primary };
	struct pipeline *pipeline = pipeline_find(request.primary.r.instance_id);
	int err;

	if (!pipeline)
		return refuse(message, -ENOENT, IPC4_INVALID_RESOURCE_ID);
	if (pipeline->status == COMP_STATE_ACTIVE)
		return refuse(message, -EBUSY, IPC4_INVALID_RESOURCE_STATE);
	err = pipeline_delete(pipeline);
	return err ? refuse(message, err, IPC4_INVALID_RESOURCE_STATE) : IPC4_SUCCESS;
}

static uint32_t set_one_state(struct message *message, uint32_t id, uint32_t state)
{
	struct pipeline *pipeline = pipeline_find(id);
	uint32_t status;
	int error = 0;

	if (!pipeline)
		return refuse(message, -ENOENT, IPC4_INVALID_RESOURCE_ID);
	status = pipeline_set_state_ipc4(pipeline, state, &error);
	if (status)
		message->error = error ? error : -EINVAL;
	return status;
}

static uint32_t set_pipeline_state(struct message *message)
{
	struct ipc4_pipeline_set_state set = { .primary.dat = message->primary,
					       .extension.dat = message->extension };
	const uint32_t state = set.primary.r.ppl_state;
	uint32_t count, id, status = IPC4_SUCCESS;

	if (!set.extension.r.multi_ppl)
		return set_one_state(message, set.primary.r.ppl_id, state);
	if (message->size < sizeof(count))
		return refuse(message, -EINVAL, IPC4_ERROR_INVALID_PARAM);
	memcpy(&count, message->payload, sizeof(count));
	if (!count || count > (message->size - sizeof(count)) / sizeof(id))
		return refuse(message, -EINVAL, IPC4_ERROR_INVALID_PARAM);
	for (uint32_t i = 0; !status && i < count; i++) {
		memcpy(&id, message->payload + sizeof(count) + i * sizeof(id), sizeof(id));
		status = set_one_state(message, id, state);
	}
	return status;
}

/* Reply payload: one word, enum ipc4_pipeline_state. */
static uint32_t get_pipeline_state(struct message *message)
{
	struct ipc4_pipeline_get_state get = { .primary.dat = message->primary };
	struct pipeline *pipeline = pipeline_find(get.primary.r.ppl_id);
	uint32_t state = SOF_IPC4_PIPELINE_STATE_RESET;

	if (!pipeline)
		return refuse(message, -ENOENT, IPC4_INVALID_RESOURCE_ID);
	if (message->reply_room < sizeof(state))
		return refuse(message, -ENOSPC, IPC4_OUT_OF_MEMORY);
	if (pipeline->status == COMP_STATE_INIT)
		state = SOF_IPC4_PIPELINE_STATE_UNINITIALIZED;
	else if (pipeline->status == COMP_STATE_PAUSED)
		state = SOF_IPC4_PIPELINE_STATE_PAUSED;
	else if (pipeline->status == COMP_STATE_ACTIVE)
		state = pipeline->expect_eos ? SOF_IPC4_PIPELINE_STATE_EOS :
					       SOF_IPC4_PIPELINE_STATE_RUNNING;
	memcpy(message->reply, &state, sizeof(state));
	message->reply_used = sizeof(state);
	return IPC4_SUCCESS;
}

static uint32_t global_message(struct message *message)
{
	struct ipc4_message_request request = { .primary.dat = message->primary };

	switch (request.primary.r.type) {
	case SOF_IPC4_GLB_CREATE_PIPELINE:
		return create_pipeline(message);
	case SOF_IPC4_GLB_DELETE_PIPELINE:
		return delete_pipeline(message);
	case SOF_IPC4_GLB_SET_PIPELINE_STATE:
		return set_pipeline_state(message);
	case SOF_IPC4_GLB_GET_PIPELINE_STATE:
		return get_pipeline_state(message);
	default:
		LOG_ERR("message type %u is not supported", request.primary.r.type);
		return refuse(message, -ENOTSUP, IPC4_UNAVAILABLE);
	}
}

static uint32_t init_instance(struct message *message)
{
	struct ipc4_module_init_instance init = { .primary.dat = message->primary,
						  .extension.dat = message->extension };
	const size_t bytes = init.extension.r.param_block_size * sizeof(uint32_t);
	struct instance_request request = {
		.module_id = init.primary.r.module_id,
		.instance_id = init.primary.r.instance_id,
		.pipeline_id = init.extension.r.ppl_instance_id,
		.dp = init.extension.r.proc_domain,
		.core = init.extension.r.core_id,
		.extended = init.extension.r.extended_init,
		.payload = message->payload,
		.payload_size = bytes,
	};
	int err;

	if (init.extension.r.core_id >= host_cores())
		return refuse(message, -EINVAL, IPC4_MOD_NOT_INITIALIZED);
	/* the header's word counts, as long as so much came */
	if (bytes > message->size) {
		LOG_ERR("init of %zu bytes announced, %zu came", bytes, message->size);
		return refuse(message, -EINVAL, IPC4_MOD_NOT_INITIALIZED);
	}
	err = instance_new(&request);
	return err ? refuse(message, err, IPC4_MOD_NOT_INITIALIZED) : IPC4_SUCCESS;
}

static struct instance *addressee(const struct message *message)
{
	struct ipc4_module_config head = { .primary.dat = message->primary };

	return instance_find(
		IPC4_COMP_ID(head.primary.r.module_id, (uint32_t)head.primary.r.instance_id));
}

static uint32_t delete_instance(struct message *message)
{
	struct instance *instance = addressee(message);
	int err;

	if (!instance)
		return refuse(message, -ENOENT, IPC4_INVALID_RESOURCE_ID);
	if (instance->pipeline->status == COMP_STATE_ACTIVE)
		return refuse(message, -EBUSY, IPC4_INVALID_RESOURCE_ID);
	err = instance_delete(instance);
	return err ? refuse(message, err, IPC4_INVALID_RESOURCE_ID) : IPC4_SUCCESS;
}

static bool queue_taken(const struct instance *instance, unsigned int queue, bool output)
{
	for (unsigned int i = 0; i < (output ? instance->n_out : instance->n_in); i++) {
		if (output ? instance->out[i]->from_queue == queue :
			     instance->in[i]->to_queue == queue)
			return true;
	}
	return false;
}

static uint32_t bind_unbind(struct message *message, bool bind)
{
	const struct ipc4_module_bind_unbind request = { .primary.dat = message->primary,
							 .extension.dat = message->extension };
	const unsigned int from_queue = request.extension.r.src_queue;
	const unsigned int to_queue = request.extension.r.dst_queue;
	struct instance *from = addressee(message);
	struct instance *to = instance_find(IPC4_COMP_ID(
		request.extension.r.dst_module_id, (uint32_t)request.extension.r.dst_instance_id));
	struct link *link;
	int err;

	if (!from || !to)
		return refuse(message, -ENOENT, IPC4_INVALID_RESOURCE_ID);
	link = link_find(from, from_queue, to, to_queue);
	if (!bind) {
		if (!link)
			return refuse(message, -ENOENT, IPC4_INVALID_RESOURCE_ID);
		err = link_delete(link, &request);
		return err ? refuse(message, err, IPC4_INVALID_RESOURCE_ID) : IPC4_SUCCESS;
	}
	if (from == to)
		return refuse(message, -EINVAL, IPC4_INVALID_REQUEST);
	if (queue_taken(from, from_queue, true) || queue_taken(to, to_queue, false))
		return refuse(message, -EBUSY, IPC4_INVALID_RESOURCE_STATE);
	if (from->dead || to->dead)
		return refuse(message, -EFAULT, IPC4_INVALID_RESOURCE_STATE);
	err = link_new(from, from_queue, to, to_queue, &request);
	if (err)
		return refuse(message, err,
			      err == -ENOMEM ? IPC4_OUT_OF_MEMORY : IPC4_INVALID_RESOURCE_STATE);
	return IPC4_SUCCESS;
}

/* Bytes of the message's fragment, by position; false: they do not add up. */
static bool fragment_size(struct instance *instance, enum module_cfg_fragment_position pos,
			  uint32_t offset, size_t came, size_t *size)
{
	const size_t total = instance->config_size;

	switch (pos) {
	case MODULE_CFG_FRAGMENT_SINGLE:
		*size = offset;
		return offset <= came;
	case MODULE_CFG_FRAGMENT_FIRST:
		*size = came;
		return came && came < offset;
	case MODULE_CFG_FRAGMENT_MIDDLE:
		*size = came;
		return came && offset < total && came < total - offset;
	case MODULE_CFG_FRAGMENT_LAST:
		*size = offset < total ? total - offset : 0;
		return offset < total && *size <= came;
	}
	return false;
}

static uint32_t large_config_set(struct message *message)
{
	const struct ipc4_module_large_config config = { .primary.dat = message->primary,
							 .extension.dat = message->extension };
	const enum module_cfg_fragment_position pos = first_last_block_to_frag_pos(
		config.extension.r.init_block, config.extension.r.final_block);
	const uint32_t offset = config.extension.r.data_off_size;
	struct instance *instance = addressee(message);
	size_t size;
	int err;

	if (!instance)
		return refuse(message, -ENOENT, IPC4_INVALID_RESOURCE_ID);
	if (config.extension.r.large_param_id == VENDOR_CONFIG_PARAM)
		return refuse(message, -ENOTSUP, IPC4_UNAVAILABLE);
	if (!fragment_size(instance, pos, offset, message->size, &size)) {
		LOG_ERR("%s: configuration fragment of %zu bytes at %u does not fit",
			instance->name, message->size, offset);
		instance->config_size = 0;
		return refuse(message, -EINVAL, IPC4_INVALID_CONFIG_DATA_LEN);
	}
	if (pos == MODULE_CFG_FRAGMENT_FIRST)
		instance->config_size = offset;
	else if (pos != MODULE_CFG_FRAGMENT_MIDDLE)
		instance->config_size = 0;
	err = adapter_set_configuration(instance, config.extension.r.large_param_id, pos, offset,
					message->payload, size);
	if (err < 0) {
		instance->config_size = 0;
		return refuse(message, err, IPC4_INVALID_RESOURCE_ID);
	}
	return IPC4_SUCCESS;
}

static uint32_t large_config_get(struct message *message)
{
	struct ipc4_module_large_config config = { .primary.dat = message->primary,
						   .extension.dat = message->extension };
	uint32_t offset = config.extension.r.data_off_size;
	struct instance *instance = addressee(message);
	uint8_t *mailbox = firmware_get()->mailbox;
	const size_t room = message->reply_room < SOF_IPC4_PAYLOAD_MAX ? message->reply_room :
									 SOF_IPC4_PAYLOAD_MAX;
	int err;

	if (!instance)
		return refuse(message, -ENOENT, IPC4_INVALID_RESOURCE_ID);
	if (config.extension.r.large_param_id == VENDOR_CONFIG_PARAM)
		return refuse(message, -ENOTSUP, IPC4_UNAVAILABLE);
	if (!room)
		return refuse(message, -ENOSPC, IPC4_OUT_OF_MEMORY);
	/* in aligned memory of the kernel's, with nothing in it that the caller left there: modules
	 * read what they fill */
	memset(mailbox, 0, room);
	err = adapter_get_configuration(instance, config.extension.r.large_param_id, &offset,
					mailbox, room);
	if (err < 0)
		return refuse(message, err, IPC4_INVALID_RESOURCE_ID);
	memcpy(message->reply, mailbox, room);
	/* the module says how much there is; no more goes into the reply than it has room for */
	message->reply_used = offset < room ? offset : room;
	config.extension.r.data_off_size = offset & 0xfffff;
	firmware_get()->reply_extension = config.extension.dat;
	return IPC4_SUCCESS;
}

static uint32_t small_config(struct message *message, bool set)
{
	const struct ipc4_module_config config = { .extension.dat = message->extension };
	struct instance *instance = addressee(message);
	uint32_t param = config.extension.r.param_id_data;
	int err;

	if (!instance)
		return refuse(message, -ENOENT, IPC4_INVALID_RESOURCE_ID);
	err = adapter_param(instance, &param, set);
	if (err < 0)
		return refuse(message, err, IPC4_INVALID_CONFIG_PARAM_ID);
	if (!set && message->reply_room >= sizeof(param)) {
		memcpy(message->reply, &param, sizeof(param));
		message->reply_used = sizeof(param);
	}
	return IPC4_SUCCESS;
}

static uint32_t module_message(struct message *message)
{
	struct ipc4_message_request request = { .primary.dat = message->primary };

	switch (request.primary.r.type) {
	case SOF_IPC4_MOD_INIT_INSTANCE:
		return init_instance(message);
	case SOF_IPC4_MOD_DELETE_INSTANCE:
		return delete_instance(message);
	case SOF_IPC4_MOD_BIND:
		return bind_unbind(message, true);
	case SOF_IPC4_MOD_UNBIND:
		return bind_unbind(message, false);
	case SOF_IPC4_MOD_LARGE_CONFIG_SET:
		return large_config_set(message);
	case SOF_IPC4_MOD_LARGE_CONFIG_GET:
		return large_config_get(message);
	case SOF_IPC4_MOD_CONFIG_SET:
		return small_config(message, true);
	case SOF_IPC4_MOD_CONFIG_GET:
		return small_config(message, false);
	case SOF_IPC4_MOD_SET_DX:
	case SOF_IPC4_MOD_SET_D0IX:
	case SOF_IPC4_MOD_ENTER_MODULE_RESTORE:
	case SOF_IPC4_MOD_EXIT_MODULE_RESTORE:
		return refuse(message, -ENOTSUP, IPC4_UNAVAILABLE);
	default:
		return refuse(message, -EINVAL, IPC4_UNKNOWN_MESSAGE_TYPE);
	}
}

uint32_t sof_ipc4(uint32_t primary, uint32_t extension, const void *payload, size_t payload_size,
		  void *reply, size_t *reply_size)
{
	struct ipc4_message_request request = { .primary.dat = primary };
	struct firmware *fw = firmware_get();
	struct message message = {
		.primary = primary,
		.extension = extension,
		.size = payload_size,
		.reply = reply,
		.reply_room = reply && reply_size ? *reply_size : 0,
	};
	uint32_t status;

	if (reply_size)
		*reply_size = 0;
	if (!fw)
		return IPC4_BAD_STATE;
	failure_clear();
	if (payload_size > SOF_IPC4_PAYLOAD_MAX || (payload_size && !payload)) {
		fw->last_error = -EINVAL;
		return IPC4_ERROR_INVALID_PARAM;
	}
	if (payload_size)
		memcpy(fw->mailbox, payload, payload_size);
	message.payload = fw->mailbox;

	if (request.primary.r.rsp != SOF_IPC4_MESSAGE_DIR_MSG_REQUEST)
		status = refuse(&message, -EINVAL, IPC4_INVALID_REQUEST);
	else if (request.primary.r.msg_tgt == SOF_IPC4_MESSAGE_TARGET_MODULE_MSG)
		status = module_message(&message);
	else
		status = global_message(&message);
	if (reply_size)
		*reply_size = message.reply_used;
	fw->last_error = status ? message.error : fw->last_error;
	return status;
}

int sof_ipc4_last_error(void)
{
	const struct firmware *fw = firmware_get();

	return fw ? fw->last_error : -ENODEV;
}

uint32_t sof_ipc4_reply_extension(void)
{
	const struct firmware *fw = firmware_get();

	return fw ? fw->reply_extension : 0;
}
