/* SPDX-License-Identifier: BSD-3-Clause */
#include "blob_case.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "init_payload.h"

size_t blob_record_bytes(uint32_t payload)
{
	return sizeof(struct blob_record) + (((size_t)payload + 3) & ~(size_t)3);
}

size_t blob_first(const uint8_t *data, size_t size, struct blob_head *head)
{
	memset(head, 0, sizeof(*head));
	if (size < sizeof(*head))
		return size;
	memcpy(head, data, sizeof(*head));
	head->n_in %= BLOB_CASE_ENDS + 1;
	head->n_out %= BLOB_CASE_ENDS + 1;
	head->period_ms = (uint8_t)(head->period_ms % 20 + !(head->period_ms % 20));
	return sizeof(*head);
}

bool blob_next(const uint8_t *data, size_t size, size_t *at, struct blob_record *record,
	       const uint8_t **payload)
{
	if (*at > size || size - *at < sizeof(*record))
		return false;
	memcpy(record, data + *at, sizeof(*record));
	if (record->size > BLOB_RECORD_BYTES || blob_record_bytes(record->size) > size - *at)
		return false;
	*payload = data + *at + sizeof(*record);
	*at += blob_record_bytes(record->size);
	return true;
}

size_t blob_insert(uint8_t *data, size_t size, size_t max, size_t at,
		   const struct blob_record *record, const void *payload)
{
	size_t bytes = blob_record_bytes(record->size);

	if (record->size > BLOB_RECORD_BYTES || bytes > max - size)
		return size;
	memmove(data + at + bytes, data + at, size - at);
	memset(data + at, 0, bytes);
	memcpy(data + at, record, sizeof(*record));
	if (record->size)
		memcpy(data + at + sizeof(*record), payload, record->size);
	return size + bytes;
}

size_t blob_remove(uint8_t *data, size_t size, size_t at)
{
	struct blob_record record;
	const uint8_t *payload;
	size_t end = at;

	if (!blob_next(data, size, &end, &record, &payload))
		return size;
	memmove(data + at, data + end, size - end);
	return size - (end - at);
}

struct ipc4_audio_format blob_format(const struct blob_end *end)
{
	static const uint8_t valid[] = { 16, 24, 32 };
	struct ipc4_audio_format format = { 0 };

	format.sampling_frequency = (enum ipc4_sampling_frequency)end->rate;
	format.depth = end->sample % 3 ? IPC4_DEPTH_32BIT : IPC4_DEPTH_16BIT;
	format.ch_map = 0x76543210u;
	if (end->channels < 8)
		format.ch_map |= UINT32_MAX << 4 * end->channels;
	format.ch_cfg = end->channels == 1 ? IPC4_CHANNEL_CONFIG_MONO : IPC4_CHANNEL_CONFIG_STEREO;
	format.channels_count = end->channels;
	format.valid_bit_depth = valid[end->sample % 3];
	format.s_type = IPC4_TYPE_SIGNED_INTEGER;
	return format;
}

static uint32_t period_bytes(const struct blob_head *head, const struct blob_end *end)
{
	uint64_t frames = ((uint64_t)end->rate * head->period_ms + 999) / 1000;

	return (uint32_t)(frames * end->channels * (end->sample % 3 ? 4 : 2));
}

static int add_pins(const struct blob_head *head, struct graph_node *node)
{
	struct ipc4_output_pin_format out;
	struct ipc4_input_pin_format in;
	unsigned int i;
	int ret = 0;

	for (i = 0; !ret && i < head->n_in; i++) {
		in = (struct ipc4_input_pin_format){ head->in[i].queue & 7,
						     period_bytes(head, &head->in[i]),
						     blob_format(&head->in[i]) };
		ret = graph_add_input_pin(node, &in);
	}
	for (i = 0; !ret && i < head->n_out; i++) {
		out = (struct ipc4_output_pin_format){ head->out[i].queue & 7,
						       period_bytes(head, &head->out[i]),
						       blob_format(&head->out[i]) };
		ret = graph_add_output_pin(node, &out);
	}
	return ret;
}

int blob_node(const struct blob_head *head, struct graph_node *node)
{
	const struct blob_end *in = &head->in[0], *out = head->n_out ? &head->out[0] : in;
	int ret;

	memset(node, 0, sizeof(*node));
	if (!head->n_in)
		in = out;
	node->dp = head->flags & BLOB_DP;
	node->base.audio_fmt = blob_format(in);
	node->base.ibs = period_bytes(head, in);
	node->base.obs = period_bytes(head, out);
	ret = add_pins(head, node);
	/* As a chain is told its formats; a topology tells pins. */
	if (head->flags & BLOB_PINS)
		node->send_pins = true;
	else if (!ret)
		ret = init_payload_fill(node, head->uuid);
	if (ret)
		blob_node_free(node);
	return ret;
}

void blob_node_free(struct graph_node *node)
{
	free(node->input_pins);
	free(node->output_pins);
	free(node->init_data);
	memset(node, 0, sizeof(*node));
}
