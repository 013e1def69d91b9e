/* SPDX-License-Identifier: BSD-3-Clause */
#include "ipc_message.h"

#include <host/audio.h>
#include <host/platform.h>
#include <ipc4/error_status.h>
#include <ipc4/header.h>
#include <ipc4/module.h>
#include <stdio.h>
#include <string.h>

uint32_t ipc_pipeline_create(uint8_t pipeline)
{
	struct ipc4_pipeline_create message = { 0 };

	message.primary.r.ppl_mem_size = 1;
	message.primary.r.instance_id = pipeline;
	message.primary.r.type = SOF_IPC4_GLB_CREATE_PIPELINE;
	message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_FW_GEN_MSG;
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

uint32_t ipc_instance_init(struct ipc_instance instance, uint8_t pipeline,
			   const struct ipc_instance_setup *setup)
{
	struct ipc4_module_init_instance message = { 0 };
	struct {
		struct dp_head head;
		struct ipc4_base_module_cfg base;
	} __attribute__((packed, aligned(4))) dp = { 0 };
	const void *payload = &setup->base;
	size_t size = sizeof(setup->base);

	if (setup->dp) {
		dp.head.init.data_obj_array = 1;
		dp.head.object.last_object = 1;
		dp.head.object.object_id = IPC4_MOD_INIT_DATA_ID_DP_DATA;
		dp.head.object.object_words = sizeof(dp.head.dp) / sizeof(uint32_t);
		dp.head.dp.domain_id = setup->domain_id;
		dp.head.dp.heap_bytes = setup->heap_bytes;
		dp.head.dp.stack_bytes = setup->stack_bytes;
		dp.base = setup->base;
		payload = &dp;
		size = sizeof(dp);
	}
	message.primary.r.module_id = instance.module_id;
	message.primary.r.instance_id = instance.instance_id;
	message.primary.r.type = SOF_IPC4_MOD_INIT_INSTANCE;
	message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
	message.extension.r.param_block_size = (uint32_t)(size / sizeof(uint32_t)) & 0xffff;
	message.extension.r.ppl_instance_id = pipeline;
	message.extension.r.core_id = setup->core & 0xf;
	message.extension.r.proc_domain = setup->dp;
	message.extension.r.extended_init = setup->dp;
	return sof_ipc4(message.primary.dat, message.extension.dat, payload, size, NULL, NULL);
}

static uint32_t send_bind(enum sof_ipc4_module_type type, struct ipc_instance from,
			  struct ipc_instance to)
{
	struct ipc4_module_bind_unbind message = { 0 };

	message.primary.r.module_id = from.module_id;
	message.primary.r.instance_id = from.instance_id;
	message.primary.r.type = type;
	message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
	message.extension.r.dst_module_id = to.module_id;
	message.extension.r.dst_instance_id = to.instance_id;
	return sof_ipc4(message.primary.dat, message.extension.dat, NULL, 0, NULL, NULL);
}

uint32_t ipc_bind(struct ipc_instance from, struct ipc_instance to)
{
	return send_bind(SOF_IPC4_MOD_BIND, from, to);
}

uint32_t ipc_unbind(struct ipc_instance from, struct ipc_instance to)
{
	return send_bind(SOF_IPC4_MOD_UNBIND, from, to);
}

uint32_t ipc_configure(struct ipc_instance instance, const struct blob *blob)
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

static enum ipc4_channel_config channel_config(unsigned int channels)
{
	switch (channels) {
	case 1:
		return IPC4_CHANNEL_CONFIG_MONO;
	case 2:
		return IPC4_CHANNEL_CONFIG_STEREO;
	case 3:
		return IPC4_CHANNEL_CONFIG_2_POINT_1;
	case 4:
		return IPC4_CHANNEL_CONFIG_QUATRO;
	case 5:
		return IPC4_CHANNEL_CONFIG_5_POINT_0;
	case 6:
		return IPC4_CHANNEL_CONFIG_5_POINT_1;
	default:
		return IPC4_CHANNEL_CONFIG_7_POINT_1;
	}
}

void ipc_base_config(struct ipc4_base_module_cfg *base, const struct audio_format *format,
		     unsigned int period_ms)
{
	/* Rounded down, so that a period's data is there in every period of an uneven rate. */
	uint32_t frames = (uint32_t)((uint64_t)format->rate * period_ms / 1000);
	unsigned int channel;

	memset(base, 0, sizeof(*base));
	base->ibs = (frames ? frames : 1) * format->frame_bytes;
	base->obs = base->ibs;
	base->audio_fmt.sampling_frequency = (enum ipc4_sampling_frequency)format->rate;
	base->audio_fmt.depth = format->sample == AUDIO_S16 ? IPC4_DEPTH_16BIT : IPC4_DEPTH_32BIT;
	base->audio_fmt.valid_bit_depth = format->sample == AUDIO_S16 ? 16 :
					  format->sample == AUDIO_S24 ? 24 :
									32;
	base->audio_fmt.channels_count = format->channels & 0xff;
	base->audio_fmt.ch_cfg = channel_config(format->channels);
	base->audio_fmt.interleaving_style = IPC4_CHANNELS_INTERLEAVED;
	base->audio_fmt.s_type = IPC4_TYPE_LSB_INTEGER;
	/* Four bits a channel, its slot; slots in file order, unused ones all ones. */
	for (channel = 0; channel < 8; channel++)
		base->audio_fmt.ch_map |= (channel < format->channels ? channel : 0xfu)
					  << (4 * channel);
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
