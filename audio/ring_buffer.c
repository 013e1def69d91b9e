/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The ring buffer's operations, which run in any mode, and the kernel's distrust of it.
 *
 * Operation tables are constants, so a DP module can read them; it can overwrite the pointers to
 * them, which is why supervisor code compares those first.
 */
#include <rtos/alloc.h>
#include <sof/audio/audio_stream.h>
#include <sof/audio/ring_buffer.h>
#include <stdio.h>
#include <string.h>

/* A block of one module call: minutes of audio are a mistake. */
#define BLOCK_BYTES_MAX	  (16u << 20)
#define BLOCKS_PER_BUFFER 3
#define GAP_PATTERN	  0xb5 /* between control block and data */

static struct ring_buffer *from_sink(struct sof_sink *sink)
{
	return (struct ring_buffer *)sof_audio_buffer_from_sink(sink);
}

static struct ring_buffer *from_source(struct sof_source *source)
{
	return (struct ring_buffer *)sof_audio_buffer_from_source(source);
}

static size_t fill_of(size_t write, size_t read, size_t size)
{
	return write >= read ? write - read : write + 2 * size - read;
}

static size_t advanced(const struct ring_buffer *ring, size_t offset, size_t bytes)
{
	const size_t next = offset + bytes;

	return next >= 2 * ring->data_buffer_size ? next - 2 * ring->data_buffer_size : next;
}

static uint8_t *at_offset(const struct ring_buffer *ring, size_t offset)
{
	const size_t size = ring->data_buffer_size;

	return ring->_data_buffer + (offset >= size ? offset - size : offset);
}

static size_t data_available(struct sof_source *source)
{
	const struct ring_buffer *ring = from_source(source);

	if (ring->held)
		return 0;
	return fill_of(ring->_write_seen, ring->_read_offset, ring->data_buffer_size);
}

static int get_data(struct sof_source *source, size_t req_size, void const **data_ptr,
		    void const **buffer_start, size_t *buffer_size)
{
	const struct ring_buffer *ring = from_source(source);

	if (req_size > data_available(source))
		return -ENODATA;
	*data_ptr = at_offset(ring, ring->_read_offset);
	*buffer_start = ring->_data_buffer;
	*buffer_size = ring->data_buffer_size;
	return 0;
}

static int release_data(struct sof_source *source, size_t free_size)
{
	struct ring_buffer *ring = from_source(source);

	ring->_read_offset = advanced(ring, ring->_read_offset, free_size);
	return 0;
}

static size_t free_size(struct sof_sink *sink)
{
	const struct ring_buffer *ring = from_sink(sink);

	return ring->data_buffer_size -
	       fill_of(ring->_write_offset, ring->_read_seen, ring->data_buffer_size);
}

static int get_buffer(struct sof_sink *sink, size_t req_size, void **data_ptr, void **buffer_start,
		      size_t *buffer_size)
{
	const struct ring_buffer *ring = from_sink(sink);

	if (req_size > free_size(sink))
		return -ENODATA;
	*data_ptr = at_offset(ring, ring->_write_offset);
	*buffer_start = ring->_data_buffer;
	*buffer_size = ring->data_buffer_size;
	return 0;
}

static int commit_buffer(struct sof_sink *sink, size_t commit_size)
{
	struct ring_buffer *ring = from_sink(sink);

	ring->_write_offset = advanced(ring, ring->_write_offset, commit_size);
	return 0;
}

static size_t frame_bytes(const struct sof_audio_stream_params *params)
{
	if (params->frame_fmt < SOF_IPC_FRAME_S16_LE || params->frame_fmt > SOF_IPC_FRAME_S32_LE ||
	    !params->channels || params->channels > SOF_IPC_MAX_CHANNELS)
		return 0;
	return get_frame_bytes(params->frame_fmt, params->channels);
}

static void empty(struct ring_buffer *ring)
{
	ring->_write_offset = 0;
	ring->_read_offset = 0;
	ring->_write_seen = 0;
	ring->_read_seen = 0;
}

/* The largest whole number of frames that fits; data in another format is of no use to anybody. */
static int format_set(struct sof_audio_buffer *buffer)
{
	struct ring_buffer *ring = (struct ring_buffer *)buffer;
	const size_t frame = frame_bytes(&ring->stream_params);
	size_t size;

	if (!frame)
		return -EINVAL;
	audio_stream_params_align(&ring->stream_params, ring->byte_align_req,
				  ring->frame_align_req);
	size = ring->data_capacity - ring->data_capacity % frame;
	if (size != ring->data_buffer_size) {
		ring->_data_buffer = ring->_data_buffer + ring->data_buffer_size - size;
		ring->data_buffer_size = size;
		empty(ring);
	}
	return 0;
}

static int set_ipc_params(struct sof_audio_buffer *buffer, struct sof_ipc_stream_params *params,
			  bool force_update)
{
	struct ring_buffer *ring = (struct ring_buffer *)buffer;

	if (audio_buffer_hw_params_configured(buffer) && !force_update)
		return 0;
	ring->stream_params.frame_fmt = (enum sof_ipc_frame)params->frame_fmt;
	ring->stream_params.rate = params->rate;
	ring->stream_params.channels = params->channels;
	ring->stream_params.buffer_fmt = params->buffer_fmt;
	memcpy(ring->stream_params.chmap, params->chmap, sizeof(ring->stream_params.chmap));
	audio_buffer_set_hw_params_configured(buffer);
	return format_set(buffer);
}

static int set_alignment(struct sof_audio_buffer *buffer, const uint32_t byte_align,
			 const uint32_t frame_align_req)
{
	struct ring_buffer *ring = (struct ring_buffer *)buffer;

	ring->byte_align_req = byte_align;
	ring->frame_align_req = frame_align_req;
	audio_stream_params_align(&ring->stream_params, byte_align, frame_align_req);
	return 0;
}

static void reset(struct sof_audio_buffer *buffer)
{
	struct ring_buffer *ring = (struct ring_buffer *)buffer;

	empty(ring);
	buffer->_source_api.requested_read_frag_size = 0;
	buffer->_sink_api.requested_write_frag_size = 0;
}

static void release(struct sof_audio_buffer *buffer)
{
	sof_heap_free(NULL, buffer);
}

static const struct source_ops ring_source_ops = {
	.get_data_available = data_available,
	.get_data = get_data,
	.release_data = release_data,
	.audio_set_ipc_params = audio_buffer_source_set_ipc_params,
	.on_audio_format_set = audio_buffer_source_on_audio_format_set,
	.set_alignment_constants = audio_buffer_source_set_alignment_constants,
};

static const struct sink_ops ring_sink_ops = {
	.get_free_size = free_size,
	.get_buffer = get_buffer,
	.commit_buffer = commit_buffer,
	.get_lft = audio_buffer_sink_get_lft,
	.audio_set_ipc_params = audio_buffer_sink_set_ipc_params,
	.on_audio_format_set = audio_buffer_sink_on_audio_format_set,
	.set_alignment_constants = audio_buffer_sink_set_alignment_constants,
};

static const struct audio_buffer_ops ring_buffer_ops = {
	.free = release,
	.reset = reset,
	.on_audio_format_set = format_set,
	.audio_set_ipc_params = set_ipc_params,
	.set_alignment_constants = set_alignment,
};

static size_t cache_lines(size_t bytes)
{
	return (bytes + PLATFORM_DCACHE_ALIGN - 1) / PLATFORM_DCACHE_ALIGN * PLATFORM_DCACHE_ALIGN;
}

static size_t data_bytes(size_t min_available, size_t min_free_space,
			 const struct sof_audio_stream_params *params)
{
	const size_t frame = frame_bytes(params);
	const size_t block = min_available > min_free_space ? min_available : min_free_space;

	if (!frame || block > BLOCK_BYTES_MAX)
		return 0;
	if (!block)
		return BLOCKS_PER_BUFFER * frame;
	return (block * BLOCKS_PER_BUFFER + frame - 1) / frame * frame;
}

size_t ring_buffer_bytes(size_t min_available, size_t min_free_space,
			 const struct sof_audio_stream_params *params)
{
	const size_t data = data_bytes(min_available, min_free_space, params);

	return data ? cache_lines(sizeof(struct ring_buffer)) + cache_lines(data) : 0;
}

struct ring_buffer *ring_buffer_create_at(void *memory, size_t min_available, size_t min_free_space,
					  const struct sof_audio_stream_params *params,
					  struct ring_buffer_record *record)
{
	const size_t size = data_bytes(min_available, min_free_space, params);

	memset(record, 0, sizeof(*record));
	record->buffer = memory;
	record->end = (uint8_t *)memory + ring_buffer_bytes(min_available, min_free_space, params);
	record->capacity = size;
	record->size = size;
	record->min_available = min_available;
	record->min_free_space = min_free_space;
	record->params = *params;
	ring_buffer_restore(record);
	return record->buffer;
}

struct ring_buffer *ring_buffer_create_ext(uint32_t memory_flags, size_t min_available,
					   size_t min_free_space,
					   const struct sof_audio_stream_params *params,
					   struct ring_buffer_record *record)
{
	const size_t bytes = ring_buffer_bytes(min_available, min_free_space, params);
	void *memory;

	memset(record, 0, sizeof(*record));
	memory = sof_heap_alloc(NULL, memory_flags, bytes, PLATFORM_DCACHE_ALIGN);
	if (!memory)
		return NULL;
	memset(memory, 0, bytes);
	return ring_buffer_create_at(memory, min_available, min_free_space, params, record);
}

/* The gap between control block and data, when the data is as large as it can be. */
static uint8_t *gap_start(const struct ring_buffer_record *record)
{
	return (uint8_t *)(record->buffer + 1);
}

static size_t gap_bytes(const struct ring_buffer_record *record)
{
	return (size_t)(record->end - record->capacity - gap_start(record));
}

static void note_offsets(struct ring_buffer_record *record)
{
	record->write_looked = record->buffer->_write_offset;
	record->read_looked = record->buffer->_read_offset;
}

void ring_buffer_restore(struct ring_buffer_record *record)
{
	struct ring_buffer *ring = record->buffer;
	struct sof_audio_buffer *buffer = &ring->audio_buffer;

	audio_buffer_init(buffer, BUFFER_TYPE_RING_BUFFER, false, &ring_source_ops, &ring_sink_ops,
			  &ring_buffer_ops, &ring->stream_params);
	ring->stream_params = record->params;
	ring->_data_buffer = record->end - record->size;
	ring->data_capacity = record->capacity;
	ring->data_buffer_size = record->size;
	ring->_write_offset = record->write_offset;
	ring->_read_offset = record->read_offset;
	note_offsets(record);
	ring->_write_seen = record->write_offset;
	ring->_read_seen = record->read_offset;
	ring->held = record->held;
	ring->byte_align_req = 1;
	ring->frame_align_req = 1;
	audio_stream_params_align(&ring->stream_params, 1, 1);
	source_set_min_available(&buffer->_source_api, record->min_available);
	sink_set_min_free_space(&buffer->_sink_api, record->min_free_space);
	buffer->_source_api.bound_module = record->consumer;
	buffer->_sink_api.bound_module = record->producer;
	memset(gap_start(record), GAP_PATTERN, gap_bytes(record));
}

/*
 * The comparison of a control block with the record. The first difference is described in
 * record->difference: the item, what is there, and what is expected.
 */
static bool differs(struct ring_buffer_record *record, const char *item, size_t found,
		    const char *expected, size_t value)
{
	snprintf(record->difference, sizeof(record->difference), "%s is %zu, %s%zu is expected",
		 item, found, expected, value);
	return false;
}

static bool number_is_right(struct ring_buffer_record *record, const char *item, size_t found,
			    size_t expected)
{
	return found == expected || differs(record, item, found, "", expected);
}

static bool number_in_range(struct ring_buffer_record *record, const char *item, size_t found,
			    size_t most)
{
	return found <= most || differs(record, item, found, "at most ", most);
}

static bool pointer_is_right(struct ring_buffer_record *record, const char *item, const void *found,
			     const void *expected)
{
	if (found == expected)
		return true;
	snprintf(record->difference, sizeof(record->difference), "%s is %#zx, %#zx is expected",
		 item, (size_t)found, (size_t)expected);
	return false;
}

static bool gap_is_clean(struct ring_buffer_record *record)
{
	const uint8_t *gap = gap_start(record);
	const size_t size = gap_bytes(record);

	if (!size || (gap[0] == GAP_PATTERN && !memcmp(gap, gap + 1, size - 1)))
		return true;
	for (size_t i = 0; i < size; i++) {
		if (gap[i] == GAP_PATTERN)
			continue;
		snprintf(record->difference, sizeof(record->difference),
			 "byte %zu behind the control block is %#x, %#x is expected", i, gap[i],
			 GAP_PATTERN);
		break;
	}
	return false;
}

static bool pointers_are_right(struct ring_buffer_record *record)
{
	const struct ring_buffer *ring = record->buffer;
	const struct sof_audio_buffer *buffer = &ring->audio_buffer;
	const struct sof_source *source = &buffer->_source_api;
	const struct sof_sink *sink = &buffer->_sink_api;
	const void *params = &ring->stream_params;

	return pointer_is_right(record, "ops", buffer->ops, &ring_buffer_ops) &&
	       pointer_is_right(record, "_source_api.ops", source->ops, &ring_source_ops) &&
	       pointer_is_right(record, "_sink_api.ops", sink->ops, &ring_sink_ops) &&
	       pointer_is_right(record, "audio_stream_params", buffer->audio_stream_params,
				params) &&
	       pointer_is_right(record, "_source_api.audio_stream_params",
				source->audio_stream_params, params) &&
	       pointer_is_right(record, "_sink_api.audio_stream_params", sink->audio_stream_params,
				params) &&
	       pointer_is_right(record, "_source_api.bound_module", source->bound_module,
				record->consumer) &&
	       pointer_is_right(record, "_sink_api.bound_module", sink->bound_module,
				record->producer) &&
	       number_in_range(record, "data_buffer_size", ring->data_buffer_size,
			       record->capacity) &&
	       pointer_is_right(record, "_data_buffer", ring->_data_buffer,
				record->end - ring->data_buffer_size) &&
	       number_is_right(record, "data_capacity", ring->data_capacity, record->capacity) &&
	       gap_is_clean(record);
}

/* Offsets in range, not more data than room, and no fragment out that is larger than the whole. */
static bool offsets_are_right(struct ring_buffer_record *record)
{
	const struct ring_buffer *ring = record->buffer;
	const struct sof_audio_buffer *buffer = &ring->audio_buffer;
	const size_t size = record->size;
	const size_t write = ring->_write_offset, read = ring->_read_offset;

	return number_is_right(record, "data_buffer_size", ring->data_buffer_size, size) &&
	       number_is_right(record, "_write_seen", ring->_write_seen, record->write_offset) &&
	       number_is_right(record, "_read_seen", ring->_read_seen, record->read_offset) &&
	       number_in_range(record, "_write_offset", write, 2 * size - 1) &&
	       number_in_range(record, "_read_offset", read, 2 * size - 1) &&
	       number_in_range(record, "the fill level, _write_offset minus _read_offset,",
			       fill_of(write, read, size), size) &&
	       number_in_range(record, "_source_api.requested_read_frag_size",
			       buffer->_source_api.requested_read_frag_size, size) &&
	       number_in_range(record, "_sink_api.requested_write_frag_size",
			       buffer->_sink_api.requested_write_frag_size, size);
}

static size_t written_since_check(const struct ring_buffer_record *record)
{
	return fill_of(record->buffer->_write_offset, record->write_offset, record->size);
}

static size_t read_since_check(const struct ring_buffer_record *record)
{
	return fill_of(record->buffer->_read_offset, record->read_offset, record->size);
}

/* A reader cannot consume more than was available, nor a writer produce more than fits. */
static bool moves_are_right(struct ring_buffer_record *record)
{
	const size_t written = written_since_check(record), read = read_since_check(record);

	return number_in_range(record, "the number of bytes read since the last check", read,
			       ring_buffer_record_fill(record) + written) &&
	       number_in_range(record, "the number of bytes written since the last check", written,
			       record->size + read);
}

static bool is_right(struct ring_buffer_record *record)
{
	const struct ring_buffer *ring = record->buffer;
	const struct sof_audio_stream_params *params = &ring->stream_params;

	return pointers_are_right(record) && offsets_are_right(record) &&
	       number_is_right(record, "held", ring->held, record->held) &&
	       number_is_right(record, "stream_params.frame_fmt", params->frame_fmt,
			       record->params.frame_fmt) &&
	       number_is_right(record, "stream_params.rate", params->rate, record->params.rate) &&
	       number_is_right(record, "stream_params.channels", params->channels,
			       record->params.channels) &&
	       moves_are_right(record);
}

int ring_buffer_look(struct ring_buffer_record *record, bool writer, bool reader)
{
	const struct ring_buffer *ring = record->buffer;

	if (!is_right(record) ||
	    (!writer && !number_is_right(record, "_write_offset", ring->_write_offset,
					 record->write_looked)) ||
	    (!reader &&
	     !number_is_right(record, "_read_offset", ring->_read_offset, record->read_looked)))
		return -EFAULT;
	note_offsets(record);
	return 0;
}

int ring_buffer_check(struct ring_buffer_record *record)
{
	struct ring_buffer *ring = record->buffer;

	if (!is_right(record))
		return -EFAULT;
	record->produced += written_since_check(record);
	record->consumed += read_since_check(record);
	note_offsets(record);
	record->write_offset = ring->_write_offset;
	record->read_offset = ring->_read_offset;
	ring->_write_seen = record->write_offset;
	ring->_read_seen = record->read_offset;
	return 0;
}

static bool format_is_right(struct ring_buffer_record *record,
			    const struct sof_audio_stream_params *params, size_t frame)
{
	if (frame && params->rate)
		return true;
	snprintf(record->difference, sizeof(record->difference),
		 "stream_params is format %d, %u Hz, %u channels: a known format, and a rate and a "
		 "number of channels that are not 0, are expected",
		 (int)params->frame_fmt, params->rate, params->channels);
	return false;
}

static bool size_is_right(struct ring_buffer_record *record, size_t size, size_t frame)
{
	if (size && size <= record->capacity && size % frame == 0)
		return true;
	snprintf(record->difference, sizeof(record->difference),
		 "data_buffer_size is %zu: whole frames of %zu bytes, at most %zu, are expected",
		 size, frame, record->capacity);
	return false;
}

int ring_buffer_adopt(struct ring_buffer_record *record)
{
	const struct ring_buffer *ring = record->buffer;
	const struct sof_audio_stream_params params = ring->stream_params;
	const size_t size = ring->data_buffer_size;
	const size_t min_available = ring->audio_buffer._source_api.min_available;
	const size_t min_free_space = ring->audio_buffer._sink_api.min_free_space;
	const size_t frame = frame_bytes(&params);

	if (!pointers_are_right(record) || !format_is_right(record, &params, frame) ||
	    !size_is_right(record, size, frame) ||
	    !number_in_range(record, "_source_api.min_available", min_available, size) ||
	    !number_in_range(record, "_sink_api.min_free_space", min_free_space, size))
		return -EFAULT;
	record->params = params;
	record->min_available = min_available;
	record->min_free_space = min_free_space;
	if (size != record->size) {
		record->size = size;
		record->write_offset = 0;
		record->read_offset = 0;
	}
	return ring_buffer_check(record);
}

void ring_buffer_hold(struct ring_buffer_record *record, bool held)
{
	record->held = held;
	record->buffer->held = held;
}

size_t ring_buffer_record_fill(const struct ring_buffer_record *record)
{
	return fill_of(record->write_offset, record->read_offset, record->size);
}
