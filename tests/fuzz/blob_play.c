/* SPDX-License-Identifier: BSD-3-Clause */
/* One case by IPC4, as the program does it, and looked after: what must hold when it is over. */
#include <host/audio.h>
#include <host/fault.h>
#include <host/platform.h>
#include <ipc4/header.h>
#include <ipc4/module.h>
#include <ipc4/pipeline.h>
#include <rtos/alloc.h>
#include <stdio.h>
#include <string.h>

#include "blob_case.h"
#include "catalog.h"
#include "heap.h"
#include "ipc_message.h"

#define PIPELINE   1
#define TICKS_MAX  60
#define HEAP_BYTES (512u << 10)

/* Kernel data: in use while the C heap and the main stack are closed. */
static struct {
	struct blob_head head;
	struct ipc_instance module, feed, collect;
	unsigned int ticks; /* so far */
	bool bound;
	uint8_t payload[SOF_IPC4_PAYLOAD_MAX], reply[SOF_IPC4_PAYLOAD_MAX];
} play;

static bool find(const char *name, const uint8_t *uuid, struct ipc_instance *instance)
{
	const struct sof_module_desc *desc;
	size_t i;

	for (i = 0; (desc = sof_module_at(i)); i++) {
		if (name ? strcmp(desc->name, name) : memcmp(desc->uuid, uuid, sizeof(desc->uuid)))
			continue;
		instance->module_id = desc->module_id;
		instance->instance_id = 0;
		return true;
	}
	return false;
}

static size_t put(size_t at, const void *bytes, size_t size)
{
	if (size > sizeof(play.payload) - at)
		size = sizeof(play.payload) - at;
	if (size)
		memcpy(play.payload + at, bytes, size);
	return at + size;
}

static size_t put_dp(size_t at)
{
	struct {
		struct ipc4_module_init_ext_init init;
		struct ipc4_module_init_ext_object object;
		struct ipc4_module_init_ext_obj_dp_data dp;
	} head;

	memset(&head, 0, sizeof(head));
	head.init.data_obj_array = 1;
	head.object.last_object = 1;
	head.object.object_id = IPC4_MOD_INIT_DATA_ID_DP_DATA;
	head.object.object_words = sizeof(head.dp) / sizeof(uint32_t);
	head.dp.heap_bytes = HEAP_BYTES;
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

/* The last record of a kind. */
static const uint8_t *find_record(const uint8_t *data, size_t size, enum blob_what what,
				  struct blob_record *found)
{
	const uint8_t *payload, *here = NULL;
	struct blob_record record;
	struct blob_head head;
	size_t at = blob_first(data, size, &head);

	while (blob_next(data, size, &at, &record, &payload))
		if (record.what == what) {
			*found = record;
			here = payload;
		}
	return here;
}

static void lay_over(struct ipc4_base_module_cfg *base, const uint8_t *data, size_t size)
{
	struct blob_record record;
	const uint8_t *bytes = find_record(data, size, BLOB_BASE, &record);

	if (bytes)
		memcpy(base, bytes, record.size < sizeof(*base) ? record.size : sizeof(*base));
}

static bool make_module(const uint8_t *data, size_t size)
{
	struct ipc4_module_init_instance message = { 0 };
	struct blob_record record;
	const uint8_t *bytes;
	struct graph_node node;
	size_t length = 0;

	host_memory_open();
	if (blob_node(&play.head, &node))
		return false;
	lay_over(&node.base, data, size);
	if (node.dp)
		length = put_dp(length);
	length = put(length, &node.base, sizeof(node.base));
	bytes = find_record(data, size, BLOB_PIN, &record);
	if (bytes)
		length = put(length, bytes, record.size);
	else if (node.send_pins)
		length = put_pins(length, &node);
	bytes = find_record(data, size, BLOB_INIT, &record);
	if (bytes)
		length = put(length, bytes, record.size);
	else
		length = put(length, node.init_data, node.init_size);
	message.primary.r.module_id = play.module.module_id;
	message.primary.r.type = SOF_IPC4_MOD_INIT_INSTANCE;
	message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
	message.extension.r.param_block_size =
		((uint32_t)(length / sizeof(uint32_t)) + (uint32_t)play.head.lie) & 0xffff;
	message.extension.r.ppl_instance_id = PIPELINE;
	message.extension.r.proc_domain = node.dp;
	message.extension.r.extended_init = node.dp;
	blob_node_free(&node);
	return !sof_ipc4(message.primary.dat, message.extension.dat, play.payload, length, NULL,
			 NULL);
}

static bool make_end(struct ipc_instance instance, const struct blob_end *end)
{
	struct graph_node node = { 0 };

	node.base.audio_fmt = blob_format(end);
	node.base.ibs = (end->rate + 999) / 1000 * end->channels * (end->sample % 3 ? 4 : 2);
	node.base.obs = node.base.ibs;
	return !ipc_instance_init(instance, PIPELINE, &node);
}

static bool make_all(const uint8_t *data, size_t size)
{
	const struct graph_pipeline pipeline = { .id = PIPELINE };
	unsigned int i;

	if (!find(NULL, play.head.uuid, &play.module) || !find(BLOB_FEED, NULL, &play.feed) ||
	    !find(BLOB_COLLECT, NULL, &play.collect) || ipc_pipeline_create(&pipeline))
		return false;
	for (i = 0; i < play.head.n_in; i++) {
		play.feed.instance_id = (uint8_t)i;
		if (!make_end(play.feed, &play.head.in[i]))
			return false;
	}
	if (!make_module(data, size))
		return false;
	for (i = 0; i < play.head.n_out; i++) {
		play.collect.instance_id = (uint8_t)i;
		if (!make_end(play.collect, &play.head.out[i]))
			return false;
	}
	return true;
}

static void connect_all(bool bind)
{
	unsigned int i;

	for (i = 0; i < play.head.n_in; i++) {
		play.feed.instance_id = (uint8_t)i;
		(bind ? ipc_bind : ipc_unbind)(play.feed, 0, play.module,
					       play.head.in[i].queue & 7);
	}
	for (i = 0; i < play.head.n_out; i++) {
		play.collect.instance_id = (uint8_t)i;
		(bind ? ipc_bind : ipc_unbind)(play.module, play.head.out[i].queue & 7,
					       play.collect, 0);
	}
	play.bound = bind;
}

static void large(uint32_t param, bool set, bool first, bool last, uint32_t offset,
		  const uint8_t *bytes, size_t size, size_t room)
{
	struct ipc4_module_large_config message = { 0 };

	message.primary.r.module_id = play.module.module_id;
	message.primary.r.type =
		set ? SOF_IPC4_MOD_LARGE_CONFIG_SET : SOF_IPC4_MOD_LARGE_CONFIG_GET;
	message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
	message.extension.r.data_off_size = offset & 0xfffff;
	message.extension.r.large_param_id = param & 0xff;
	message.extension.r.init_block = first;
	message.extension.r.final_block = last;
	sof_ipc4(message.primary.dat, message.extension.dat, bytes, size, set ? NULL : play.reply,
		 set ? NULL : &room);
}

/* What stands in a record is host memory: to the kernel's own first. */
static void send_part(const struct blob_record *record, bool first, bool last, uint32_t offset,
		      const uint8_t *bytes, size_t size)
{
	host_memory_open();
	size = put(0, bytes, size);
	large(record->param, true, first, last, offset, play.payload, size, 0);
}

static void send_whole(const struct blob_record *record, const uint8_t *bytes)
{
	size_t step = record->value % SOF_IPC4_PAYLOAD_MAX, at = 0, now;

	step = step ? step : SOF_IPC4_PAYLOAD_MAX;
	for (; at < record->size; at += now) {
		now = record->size - at < step ? record->size - at : step;
		send_part(record, !at, at + now == record->size, (uint32_t)(at ? at : record->size),
			  bytes + at, now);
	}
}

static void send_small(const struct blob_record *record)
{
	struct ipc4_module_config message = { 0 };
	size_t room = sizeof(play.reply);

	message.primary.r.module_id = play.module.module_id;
	message.primary.r.type =
		record->flags & 1 ? SOF_IPC4_MOD_CONFIG_SET : SOF_IPC4_MOD_CONFIG_GET;
	message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
	message.extension.r.param_id_data = record->value & 0x3fffffff;
	sof_ipc4(message.primary.dat, message.extension.dat, NULL, 0, play.reply, &room);
}

static void tick(uint32_t count)
{
	int ret = 0;

	for (count %= 32; ret >= 0 && count && play.ticks < TICKS_MAX; count--, play.ticks++)
		ret = sof_tick();
}

static void obey(const struct blob_record *record, const uint8_t *payload)
{
	switch (record->what) {
	case BLOB_SET:
		send_whole(record, payload);
		break;
	case BLOB_PART:
		send_part(record, record->flags & 1, record->flags & 2, record->value, payload,
			  record->size);
		break;
	case BLOB_GET:
		large(record->param, false, record->flags & 1, true, record->value, NULL, 0,
		      record->flags ? record->flags % sizeof(play.reply) : sizeof(play.reply));
		break;
	case BLOB_SMALL:
		send_small(record);
		break;
	case BLOB_TICK:
		tick(record->value);
		break;
	case BLOB_STATE:
		ipc_pipeline_set_state(PIPELINE, (enum ipc4_pipeline_state)(record->value & 7));
		break;
	default:
		break;
	}
}

static void obey_all(const uint8_t *data, size_t size)
{
	struct blob_record record;
	const uint8_t *payload;
	struct blob_head head;
	size_t at;

	host_memory_open();
	at = blob_first(data, size, &head);
	for (; blob_next(data, size, &at, &record, &payload); host_memory_open())
		obey(&record, payload);
}

static void take_down(void)
{
	ipc_pipeline_set_state(PIPELINE, SOF_IPC4_PIPELINE_STATE_PAUSED);
	ipc_pipeline_set_state(PIPELINE, SOF_IPC4_PIPELINE_STATE_RESET);
	if (play.bound && (play.head.flags & BLOB_UNBIND))
		connect_all(false);
	ipc_pipeline_delete(PIPELINE);
}

static void count_blocks(struct heap *heap, void *sum)
{
	heap_forget_freed(heap);
	*(size_t *)sum += heap_blocks(heap);
}

static const char *check(void)
{
	if (host_fault_count())
		return "a module faulted";
	if (host_stray_supervisor_accesses())
		return "supervisor code touched closed memory";
	return NULL;
}

static const char *play_once(struct catalog *catalog, const uint8_t *data, size_t size,
			     size_t *blocks)
{
	struct sof_audio_config config = { 0 };
	struct problem why = { 0 };

	memset(&play, 0, sizeof(play));
	if (blob_first(data, size, &play.head) == size)
		return NULL;
	blob_ends_reset(play.head.noise);
	config.share = play.head.flags & BLOB_GRANT ? SOF_SHARE_GRANT : SOF_SHARE_HEAP;
	config.mute_on_fault = true;
	if (sof_audio_init(&config))
		return "no firmware";
	if (catalog_register(catalog, &why) || blob_ends_register())
		return "modules can't be registered";
	if (make_all(data, size)) {
		connect_all(true);
		obey_all(data, size);
		take_down();
	}
	sof_audio_exit();
	*blocks = 0;
	heap_for_each(count_blocks, blocks);
	host_memory_open();
	return check();
}

const char *blob_play(struct catalog *catalog, const uint8_t *data, size_t size)
{
	size_t before = 0, after = 0, times;
	const char *why;

	heap_for_each(count_blocks, &before);
	/* The kernel's tables grow when they are full: only what goes on growing is a leak. */
	for (times = 0; times < 4; times++, before = after) {
		why = play_once(catalog, data, size, &after);
		if (why || after <= before)
			return why;
	}
	return "heap blocks are left behind";
}
