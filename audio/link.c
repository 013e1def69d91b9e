/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Connections. Between LL components a comp_buffer, next to a DP module a ring buffer in shared
 * memory, which is checked against the kernel's record each time before it is used.
 */
#include <host/fault.h>
#include <rtos/userspace_helper.h>
#include <stdio.h>
#include <string.h>

#include "firmware.h"

LOG_MODULE_REGISTER(link);

void link_memory_open(struct link *link)
{
	if (link->comp_buffer)
		supervisor_buffers_open();
	else
		granted_memory_open(&link->granted);
}

struct sof_sink *link_sink(struct link *link)
{
	link_memory_open(link);
	link->touched = true;
	return audio_buffer_get_sink(link->comp_buffer ? &link->comp_buffer->audio_buffer :
							 &link->ring.buffer->audio_buffer);
}

struct sof_source *link_source(struct link *link)
{
	link_memory_open(link);
	link->touched = true;
	return audio_buffer_get_source(link->comp_buffer ? &link->comp_buffer->audio_buffer :
							   &link->ring.buffer->audio_buffer);
}

static const struct sof_audio_stream_params *params_of(const struct link *link)
{
	return link->comp_buffer ? &link->comp_buffer->stream.runtime_stream_params :
				   &link->ring.params;
}

size_t link_frame_bytes(const struct link *link)
{
	return get_frame_bytes(params_of(link)->frame_fmt, params_of(link)->channels);
}

uint32_t link_rate(const struct link *link)
{
	return params_of(link)->rate;
}

static size_t offset_in(const struct audio_stream *stream, const void *pointer)
{
	return (size_t)((const char *)pointer - (const char *)stream->addr);
}

/* The buffer was created, reset or resized: none of that counts as moved data. */
static void stream_restart(struct link *link)
{
	const struct audio_stream *stream = &link->comp_buffer->stream;

	link->write_at = offset_in(stream, stream->w_ptr);
	link->read_at = offset_in(stream, stream->r_ptr);
	link->fill = audio_stream_get_avail(stream);
	link->size = audio_stream_get_size(stream);
}

/*
 * How far the pointers have moved since the last check. The counters of sources and sinks do not
 * tell: a module that works on the stream directly, as most of SOF's do, never updates them.
 * Unchanged pointers mean no data or one whole buffer; the fill level decides.
 */
static void stream_moved(struct link *link, size_t *written, size_t *read)
{
	const struct audio_stream *stream = &link->comp_buffer->stream;
	const size_t size = link->size;
	const size_t fill = audio_stream_get_avail(stream);

	*written = (offset_in(stream, stream->w_ptr) + size - link->write_at) % size;
	*read = (offset_in(stream, stream->r_ptr) + size - link->read_at) % size;
	if (link->fill + *written < fill + *read)
		*written += size;
	else if (link->fill + *written > fill + *read)
		*read += size;
}

static void stream_figures_take(struct link *link)
{
	size_t written, read;

	if (link->size == audio_stream_get_size(&link->comp_buffer->stream)) {
		stream_moved(link, &written, &read);
		link->produced += written;
		link->consumed += read;
	}
	stream_restart(link);
}

/* Figures of a checked buffer. */
static void figures_take(struct link *link)
{
	const uint64_t produced = link->produced, consumed = link->consumed;

	if (link->comp_buffer) {
		struct sof_audio_buffer *buffer = &link->comp_buffer->audio_buffer;

		stream_figures_take(link);
		link->min_available = source_get_min_available(&buffer->_source_api);
		link->min_free = sink_get_min_free_space(&buffer->_sink_api);
	} else {
		link->produced = link->ring.produced;
		link->consumed = link->ring.consumed;
		link->fill = ring_buffer_record_fill(&link->ring);
		link->size = link->ring.size;
		link->min_available = link->ring.min_available;
		link->min_free = link->ring.min_free_space;
	}
	if (produced != link->produced || consumed != link->consumed)
		link->changes++;
}

static const char *writer_name(const struct link *link)
{
	if (link->writer)
		return link->writer->name;
	return link->suspects[0] ? link->suspects : "an unknown instance";
}

static int settle_damage(struct link *link)
{
	int err;

	LOG_ERR("buffer %s.%u -> %s.%u: %s wrote to its control block: %s", link->from->name,
		link->from_queue, link->to->name, link->to_queue, writer_name(link),
		link->ring.difference);
	err = buffer_damage_blame(link);
	/* also where the run ends: damage reported once must not be found again during teardown */
	ring_buffer_restore(&link->ring);
	link->lost = true;
	link->changes++;
	return err;
}

int links_settle_damage(void)
{
	struct list_item *item;
	int first = 0;

	list_for_item(item, &firmware_get()->links) {
		struct link *link = list_item(item, struct link, list);
		int err;

		if (!link->damaged)
			continue;
		link_memory_open(link);
		err = settle_damage(link);
		if (!first)
			first = err;
	}
	return first;
}

void links_touched(struct instance *instance)
{
	for (unsigned int i = 0; i < instance->n_in; i++)
		instance->in[i]->touched = true;
	for (unsigned int i = 0; i < instance->n_out; i++)
		instance->out[i]->touched = true;
}

int link_sync(struct link *link)
{
	int err;

	/* Rings are many, and opening one that is closed costs two changes of rights. What others than
	 * its two sides do to it, buffer_damage_look() finds. */
	if (!link->comp_buffer && !link->touched && !link->damaged)
		return 0;
	link_memory_open(link);
	if (!link->comp_buffer && !link->damaged && ring_buffer_check(&link->ring))
		buffer_damage_found(link);
	if (link->damaged) {
		err = settle_damage(link);
		if (err)
			return err;
	}
	figures_take(link);
	/* a thread that is inside its module goes on to move it */
	link->touched = link->from->unlooked || link->to->unlooked;
	return 0;
}

void links_open(struct instance *instance)
{
	for (unsigned int i = 0; i < instance->n_in; i++)
		link_memory_open(instance->in[i]);
	for (unsigned int i = 0; i < instance->n_out; i++)
		link_memory_open(instance->out[i]);
}

int links_sync_rings(struct instance *instance)
{
	int first = 0;

	for (unsigned int i = 0; i < instance->n_in + instance->n_out; i++) {
		struct link *link =
			i < instance->n_in ? instance->in[i] : instance->out[i - instance->n_in];
		const int err = link->comp_buffer ? 0 : link_sync(link);

		if (!first)
			first = err;
	}
	return first;
}

int links_sync(struct instance *instance)
{
	int first = 0;

	for (unsigned int i = 0; i < instance->n_in + instance->n_out; i++) {
		const int err = link_sync(i < instance->n_in ? instance->in[i] :
							       instance->out[i - instance->n_in]);

		if (!first)
			first = err;
	}
	return first;
}

void link_mend(struct link *link)
{
	link_memory_open(link);
	if (!link->comp_buffer && ring_buffer_check(&link->ring))
		ring_buffer_restore(&link->ring);
	link_source(link)->requested_read_frag_size = 0;
	link_sink(link)->requested_write_frag_size = 0;
	link->changes++;
}

void link_reset(struct link *link)
{
	link_memory_open(link);
	link->held = false;
	link->eos = false;
	if (link->comp_buffer) {
		audio_buffer_reset(&link->comp_buffer->audio_buffer);
		audio_buffer_set_hw_params_configured(&link->comp_buffer->audio_buffer);
		stream_restart(link);
	} else {
		link->ring.write_offset = 0;
		link->ring.read_offset = 0;
		link->ring.held = false;
		link->ring.params.state = AUDIOBUF_STATE_READY;
		ring_buffer_restore(&link->ring);
	}
	figures_take(link);
	link->changes++;
}

void link_hold(struct link *link, bool held)
{
	link_memory_open(link);
	link->held = held;
	if (!link->comp_buffer)
		ring_buffer_hold(&link->ring, held);
	link->changes++;
}

void link_eos(struct link *link)
{
	link_memory_open(link);
	link->eos = true;
	if (link->comp_buffer) {
		audio_buffer_set_eos(&link->comp_buffer->audio_buffer);
	} else {
		link->ring.params.state = AUDIOBUF_STATE_END_OF_STREAM;
		link->ring.buffer->stream_params.state = AUDIOBUF_STATE_END_OF_STREAM;
	}
	link->changes++;
}

uint64_t links_changes(const struct instance *instance)
{
	uint64_t sum = 0;

	for (unsigned int i = 0; i < instance->n_in; i++)
		sum += instance->in[i]->changes;
	for (unsigned int i = 0; i < instance->n_out; i++)
		sum += instance->out[i]->changes;
	return sum;
}

struct link *link_find(struct instance *from, unsigned int from_queue, struct instance *to,
		       unsigned int to_queue)
{
	for (unsigned int i = 0; i < from->n_out; i++) {
		struct link *link = from->out[i];

		if (link->to == to && link->from_queue == from_queue && link->to_queue == to_queue)
			return link;
	}
	return NULL;
}

static void array_insert(struct link **links, unsigned int *count, struct link *link, bool output)
{
	unsigned int at = *count;

	while (at && (output ? links[at - 1]->from_queue > link->from_queue :
			       links[at - 1]->to_queue > link->to_queue)) {
		links[at] = links[at - 1];
		at--;
	}
	links[at] = link;
	++*count;
}

static void array_remove(struct link **links, unsigned int *count, const struct link *link)
{
	for (unsigned int i = 0; i < *count; i++) {
		if (links[i] == link) {
			memmove(&links[i], &links[i + 1], (*count - i - 1) * sizeof(links[0]));
			--*count;
			return;
		}
	}
}

/* The format is what the consumer was configured for, as in IPC4 it describes its input. */
static const struct ipc4_audio_format *format_of(const struct link *link)
{
	const struct instance *to = link->to;

	for (unsigned int i = 0; i < to->inputs; i++) {
		if (to->input_pins[i].pin_index == link->to_queue)
			return &to->input_pins[i].audio_fmt;
	}
	return &to->base_cfg.audio_fmt;
}

/*
 * On the board the host sets the format of a connection for the consumer. If a module sets another
 * one, the consumer, or the file after it, misinterprets the audio.
 */
static int check_format(const struct link *link, struct instance *by)
{
	const struct sof_audio_stream_params *is = params_of(link);
	struct sof_audio_stream_params told;

	ipc4_format_to_params(format_of(link), &told);
	if (is->rate == told.rate && is->channels == told.channels &&
	    is->frame_fmt == told.frame_fmt)
		return 0;
	INSTANCE_ERR(
		by,
		"%s set the format of %s.%u -> %s.%u to %u Hz, %u channels, %u-bit samples; it is "
		"%u Hz, %u channels, %u bits",
		by->name, link->from->name, link->from_queue, link->to->name, link->to_queue,
		is->rate, is->channels, (unsigned int)get_sample_bitdepth(is->frame_fmt), told.rate,
		told.channels, (unsigned int)get_sample_bitdepth(told.frame_fmt));
	return -EINVAL;
}

static int link_adopt(struct link *link, struct instance *instance)
{
	const struct ring_buffer_record before = link->ring;

	link_memory_open(link);
	if (!link->comp_buffer && ring_buffer_adopt(&link->ring)) {
		INSTANCE_ERR(instance, "buffer %s.%u -> %s.%u: after %s in its control block %s",
			     link->from->name, link->from_queue, link->to->name, link->to_queue,
			     instance->now.call, link->ring.difference);
		return -EINVAL;
	}
	if (check_format(link, instance)) {
		link->ring = before;
		return -EINVAL;
	}
	/* what the module did to the pointers of a stream is no audio */
	if (link->comp_buffer)
		stream_restart(link);
	figures_take(link);
	return 0;
}

int links_adopt(struct instance *instance)
{
	int err = 0;

	for (unsigned int i = 0; !err && i < instance->n_in; i++)
		err = link_adopt(instance->in[i], instance);
	for (unsigned int i = 0; !err && i < instance->n_out; i++)
		err = link_adopt(instance->out[i], instance);
	return err;
}

static void link_reject(struct link *link)
{
	struct sof_audio_stream_params *params;
	enum sof_audio_buffer_state state;

	link_memory_open(link);
	if (!link->comp_buffer) {
		ring_buffer_restore(&link->ring);
		return;
	}
	params = &link->comp_buffer->stream.runtime_stream_params;
	state = params->state;
	ipc4_format_to_params(format_of(link), params);
	params->state = state;
	params->id = IPC4_COMP_ID(link->from_queue, link->to_queue);
	params->pipeline_id = link->from->pipeline->pipeline_id;
	audio_stream_recalc_align(&link->comp_buffer->stream);
	stream_restart(link);
}

void links_reject(struct instance *instance)
{
	for (unsigned int i = 0; i < instance->n_in; i++)
		link_reject(instance->in[i]);
	for (unsigned int i = 0; i < instance->n_out; i++)
		link_reject(instance->out[i]);
}

static size_t block_in(const struct link *link)
{
	const struct instance *to = link->to;

	for (unsigned int i = 0; i < to->inputs; i++) {
		if (to->input_pins[i].pin_index == link->to_queue)
			return to->input_pins[i].ibs;
	}
	return to->base_cfg.ibs;
}

static size_t block_out(const struct link *link)
{
	const struct instance *from = link->from;

	for (unsigned int i = 0; i < from->outputs; i++) {
		if (from->output_pins[i].pin_index == link->from_queue)
			return from->output_pins[i].obs;
	}
	return from->base_cfg.obs;
}

/* To those it connects and to nobody else; in one domain it is one grant, counted. */
static int ring_grant(struct link *link)
{
	struct module_domain *from = link->from->domain, *to = link->to->domain;
	const struct k_mem_partition *part = &link->granted.part;
	int err = from ? module_domain_grant(from, part) : 0;

	if (err || !to)
		return err;
	err = module_domain_grant(to, part);
	if (err && from)
		module_domain_revoke(from, part);
	return err;
}

static int ring_make(struct link *link, size_t in, size_t out,
		     const struct sof_audio_stream_params *params)
{
	char name[2 * sizeof(link->from->name) + 16];
	int err;

	if (firmware_get()->config.share == SOF_SHARE_HEAP) {
		const uint32_t flags = user_buffer_memory_flags(link->from->dp, link->to->dp);

		if (!ring_buffer_create_ext(flags, in, out, params, &link->ring))
			return -ENOMEM;
		host_memory_label(link->ring.buffer, "buffer %s.%u -> %s.%u", link->from->name,
				  link->from_queue, link->to->name, link->to_queue);
		return 0;
	}
	snprintf(name, sizeof(name), "buffer %s -> %s", link->from->name, link->to->name);
	err = granted_memory_new(&link->granted, ring_buffer_bytes(in, out, params), name);
	if (err)
		return err;
	err = ring_grant(link);
	if (err) {
		LOG_ERR("%s is not granted, a domain has room for %d partitions: %d", name,
			CONFIG_MAX_DOMAIN_PARTITIONS, err);
		granted_memory_free(&link->granted);
		return err;
	}
	ring_buffer_create_at(link->granted.memory, in, out, params, &link->ring);
	return 0;
}

static void ring_free(struct link *link)
{
	if (!link->granted.memory) {
		/* not through the buffer's own table: a module may have written to it */
		sof_heap_free(NULL, link->ring.buffer);
		return;
	}
	if (link->to->domain)
		module_domain_revoke(link->to->domain, &link->granted.part);
	if (link->from->domain)
		module_domain_revoke(link->from->domain, &link->granted.part);
	granted_memory_free(&link->granted);
}

static int buffer_make(struct link *link)
{
	struct sof_audio_stream_params params;
	const uint32_t flags = user_buffer_memory_flags(link->from->dp, link->to->dp);
	size_t in = block_in(link), out = block_out(link), frame, tick;

	ipc4_format_to_params(format_of(link), &params);
	params.id = IPC4_COMP_ID(link->from_queue, link->to_queue);
	params.pipeline_id = link->from->pipeline->pipeline_id;
	frame = get_frame_bytes(params.frame_fmt, params.channels);
	if (!frame)
		return -EINVAL;
	/* a tick's worth, rounded up to frames, for who asked for nothing */
	tick = (params.rate + 999) / 1000 * frame;
	in = in ? in : tick;
	out = out ? out : tick;
	if (link->from->dp || link->to->dp) {
		int err = ring_make(link, in, out, &params);

		if (err)
			return err;
		link->ring.producer = &link->from->memory->mod;
		link->ring.consumer = &link->to->memory->mod;
		ring_buffer_restore(&link->ring);
		err = link_views_make(link);
		if (err) {
			ring_free(link);
			return err;
		}
	} else {
		const size_t block = in > out ? in : out;

		link->comp_buffer =
			block > UINT32_MAX / 4 ?
				NULL :
				buffer_alloc(NULL, (block * 3 + frame - 1) / frame * frame, flags,
					     0, false);
		if (!link->comp_buffer)
			return -ENOMEM;
		host_memory_label(link->comp_buffer->memory, "buffer %s.%u -> %s.%u",
				  link->from->name, link->from_queue, link->to->name,
				  link->to_queue);
		link->comp_buffer->stream.runtime_stream_params = params;
		audio_stream_recalc_align(&link->comp_buffer->stream);
		sink_set_min_free_space(link_sink(link), out);
		source_set_min_available(link_source(link), in);
		link_source(link)->bound_module = &link->to->memory->mod;
		link_sink(link)->bound_module = &link->from->memory->mod;
		link->comp_buffer->source = &link->from->memory->dev;
		link->comp_buffer->sink = &link->to->memory->dev;
	}
	figures_take(link);
	return 0;
}

static int tell(struct link *link, bool output, bool bind,
		const struct ipc4_module_bind_unbind *message)
{
	struct bind_info info = {
		.ipc4_data = message,
		.bind_type = output ? COMP_BIND_TYPE_SINK : COMP_BIND_TYPE_SOURCE,
	};

	if (output)
		info.sink = link_sink(link);
	else
		info.source = link_source(link);
	return adapter_bind(output ? link->from : link->to, &info, bind);
}

/* The instance that the failure is attributed to: the DP module, of two the producer. */
static void failed_to_make(struct link *link, int err)
{
	failure_around(link->from->dp || !link->to->dp ? link->from : link->to,
		       module_function_name(MODULE_BIND), err);
}

static void link_free(struct link *link)
{
	array_remove(link->from->out, &link->from->n_out, link);
	array_remove(link->to->in, &link->to->n_in, link);
	list_item_del(&link->list);
	instance_wire(link->from);
	instance_wire(link->to);
	graph_changed();
	link_views_free(link);
	if (link->comp_buffer)
		buffer_free(link->comp_buffer);
	else
		ring_free(link);
	rfree(link);
}

int link_new(struct instance *from, unsigned int from_queue, struct instance *to,
	     unsigned int to_queue, const struct ipc4_module_bind_unbind *message)
{
	struct link *link;
	int err;

	if (from->n_out == CONFIG_MODULE_MAX_CONNECTIONS ||
	    to->n_in == CONFIG_MODULE_MAX_CONNECTIONS)
		return -ENOSPC;
	link = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*link));
	if (!link)
		return -ENOMEM;
	link->from = from;
	link->to = to;
	link->from_queue = from_queue;
	link->to_queue = to_queue;
	err = buffer_make(link);
	if (err) {
		failed_to_make(link, err);
		rfree(link);
		return err;
	}
	list_item_append(&link->list, &firmware_get()->links);
	array_insert(from->out, &from->n_out, link, true);
	array_insert(to->in, &to->n_in, link, false);
	graph_changed();
	instance_wire(from);
	instance_wire(to);

	err = tell(link, true, true, message);
	if (err)
		goto fail;
	link->bound_from = true;
	err = tell(link, false, true, message);
	if (err)
		goto fail;
	link->bound_to = true;
	return 0;
fail:
	link_delete(link, message);
	return err < 0 ? err : -EIO;
}

int link_delete(struct link *link, const struct ipc4_module_bind_unbind *message)
{
	struct ipc4_module_bind_unbind own = { 0 };
	int first = 0, err;

	if (!message) {
		own.primary.r.module_id = link->from->desc->module_id;
		own.primary.r.instance_id = link->from->instance_id & 0xff;
		own.primary.r.type = SOF_IPC4_MOD_UNBIND;
		own.primary.r.msg_tgt = 1;
		own.extension.r.dst_module_id = link->to->desc->module_id;
		own.extension.r.dst_instance_id = link->to->instance_id & 0xff;
		own.extension.r.dst_queue = link->to_queue & 7;
		own.extension.r.src_queue = link->from_queue & 7;
		message = &own;
	}
	if (link->bound_to && !link->to->dead)
		first = tell(link, false, false, message);
	if (link->bound_from && !link->from->dead) {
		err = tell(link, true, false, message);
		first = first < 0 ? first : err;
	}
	link_free(link);
	return first < 0 ? first : 0;
}
