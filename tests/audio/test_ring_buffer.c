/* SPDX-License-Identifier: BSD-3-Clause */
/* The ring buffer: no byte lost, no frame torn, no damage believed. */
#include <rtos/userspace_helper.h>
#include <sof/audio/ring_buffer.h>
#include <sof/audio/sink_source_utils.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

struct ring {
	struct ring_buffer *buffer;
	struct ring_buffer_record record;
	struct sof_source *source;
	struct sof_sink *sink;
};

static void ring_make(struct ring *ring, enum sof_ipc_frame format, unsigned int channels,
		      size_t block)
{
	const struct sof_audio_stream_params params = { .frame_fmt = format,
							.rate = 48000,
							.channels = (uint16_t)channels };

	ring->buffer = ring_buffer_create_ext(user_buffer_memory_flags(true, false), block, block,
					      &params, &ring->record);
	host_memory_open();
	assert_non_null(ring->buffer);
	ring->source = audio_buffer_get_source(&ring->buffer->audio_buffer);
	ring->sink = audio_buffer_get_sink(&ring->buffer->audio_buffer);
}

static void ring_drop(struct ring *ring)
{
	audio_buffer_free(&ring->buffer->audio_buffer);
}

static void put(struct ring *ring, size_t bytes, uint8_t *next)
{
	void *to, *start;
	size_t size;

	assert_int_equal(sink_get_buffer(ring->sink, bytes, &to, &start, &size), 0);
	for (size_t i = 0; i < bytes; i++) {
		uint8_t *at = (uint8_t *)to + i;

		*(at >= (uint8_t *)start + size ? at - size : at) = (*next)++;
	}
	assert_int_equal(sink_commit_buffer(ring->sink, bytes), 0);
	assert_int_equal(ring_buffer_check(&ring->record), 0);
}

static void get(struct ring *ring, size_t bytes, uint8_t *next)
{
	const void *from, *start;
	size_t size;

	assert_int_equal(source_get_data(ring->source, bytes, &from, &start, &size), 0);
	for (size_t i = 0; i < bytes; i++) {
		const uint8_t *at = (const uint8_t *)from + i;

		at = at >= (const uint8_t *)start + size ? at - size : at;
		assert_int_equal(*at, (*next)++);
	}
	assert_int_equal(source_release_data(ring->source, bytes), 0);
	assert_int_equal(ring_buffer_check(&ring->record), 0);
}

static void size_is_a_whole_number_of_frames(void **state)
{
	for (unsigned int channels = 1; channels <= 8; channels++) {
		for (int format = SOF_IPC_FRAME_S16_LE; format <= SOF_IPC_FRAME_S32_LE; format++) {
			struct ring ring;
			const size_t frame = get_frame_bytes(format, channels);

			ring_make(&ring, format, channels, 100);
			assert_int_equal(ring.record.size % frame, 0);
			assert_true(ring.record.size >= 300);
			ring_drop(&ring);
		}
	}
}

static void full_and_empty_differ(void **state)
{
	uint8_t in = 0, out = 0;
	struct ring ring;
	void *to, *start;
	const void *from, *from_start;
	size_t size;

	ring_make(&ring, SOF_IPC_FRAME_S32_LE, 2, 64);
	assert_int_equal(source_get_data_available(ring.source), 0);
	assert_int_equal(source_get_data(ring.source, 1, &from, &from_start, &size), -ENODATA);
	put(&ring, ring.record.size, &in);
	assert_int_equal(sink_get_free_size(ring.sink), 0);
	assert_int_equal(source_get_data_available(ring.source), ring.record.size);
	assert_int_equal(sink_get_buffer(ring.sink, 1, &to, &start, &size), -ENODATA);
	get(&ring, ring.record.size, &out);
	assert_int_equal(sink_get_free_size(ring.sink), ring.record.size);
	ring_drop(&ring);
}

static void random_traffic_matches_a_model(void **state)
{
	uint8_t in = 0, out = 0;
	size_t fill = 0;
	struct ring ring;
	unsigned int seed = 1;

	ring_make(&ring, SOF_IPC_FRAME_S24_4LE, 3, 96);
	for (int i = 0; i < 20000; i++) {
		const size_t frames = (size_t)(rand_r(&seed) % 9);
		const size_t bytes = frames * 12;

		if (rand_r(&seed) % 2) {
			if (bytes && bytes <= ring.record.size - fill) {
				put(&ring, bytes, &in);
				fill += bytes;
			}
		} else if (bytes && bytes <= fill) {
			get(&ring, bytes, &out);
			fill -= bytes;
		}
		assert_int_equal(source_get_data_available(ring.source), fill);
		assert_int_equal(sink_get_free_size(ring.sink), ring.record.size - fill);
		assert_int_equal(ring_buffer_record_fill(&ring.record), fill);
	}
	assert_int_equal(ring.record.produced - ring.record.consumed, fill);
	ring_drop(&ring);
}

static void fragment_must_be_given_back_before_the_next(void **state)
{
	struct ring ring;
	void *to, *start;
	size_t size;

	ring_make(&ring, SOF_IPC_FRAME_S16_LE, 2, 64);
	assert_int_equal(sink_commit_buffer(ring.sink, 4), -ENODATA);
	assert_int_equal(sink_get_buffer(ring.sink, 8, &to, &start, &size), 0);
	assert_int_equal(sink_get_buffer(ring.sink, 8, &to, &start, &size), -EBUSY);
	/* more than was asked for is cut */
	assert_int_equal(sink_commit_buffer(ring.sink, 100), 0);
	assert_int_equal(ring_buffer_check(&ring.record), 0);
	assert_int_equal(source_get_data_available(ring.source), 8);
	ring_drop(&ring);
}

/* Until the kernel has looked: whether the other end runs first, later or meanwhile. */
static void each_end_sees_the_other_as_the_kernel_found_it(void **state)
{
	struct ring ring;
	const void *from;
	void *to, *start;
	size_t size;

	ring_make(&ring, SOF_IPC_FRAME_S32_LE, 1, 64);
	assert_int_equal(sink_get_buffer(ring.sink, 64, &to, &start, &size), 0);
	assert_int_equal(sink_commit_buffer(ring.sink, 64), 0);
	assert_int_equal(source_get_data_available(ring.source), 0);
	assert_int_equal(sink_get_free_size(ring.sink), ring.record.size - 64);
	assert_int_equal(ring_buffer_check(&ring.record), 0);
	assert_int_equal(source_get_data_available(ring.source), 64);
	assert_int_equal(source_get_data(ring.source, 64, &from, (const void **)&start, &size), 0);
	assert_int_equal(source_release_data(ring.source, 64), 0);
	assert_int_equal(source_get_data_available(ring.source), 0);
	assert_int_equal(sink_get_free_size(ring.sink), ring.record.size - 64);
	assert_int_equal(ring_buffer_check(&ring.record), 0);
	assert_int_equal(sink_get_free_size(ring.sink), ring.record.size);
	ring_drop(&ring);
}

static void held_data_is_not_seen(void **state)
{
	uint8_t in = 0, out = 0;
	struct ring ring;

	ring_make(&ring, SOF_IPC_FRAME_S32_LE, 1, 64);
	ring_buffer_hold(&ring.record, true);
	put(&ring, 64, &in);
	assert_int_equal(source_get_data_available(ring.source), 0);
	assert_int_equal(sink_get_free_size(ring.sink), ring.record.size - 64);
	ring_buffer_hold(&ring.record, false);
	get(&ring, 64, &out);
	ring_drop(&ring);
}

/* Whatever the format, and after it has changed: the heap puts a closed page behind a block. */
static void data_ends_where_the_block_ends(void **state)
{
	for (unsigned int channels = 1; channels <= 8; channels++) {
		struct host_address_info info;
		struct ring ring;

		ring_make(&ring, SOF_IPC_FRAME_S16_LE, channels, 90);
		host_address_describe((uintptr_t)ring.record.end, NULL, &info);
		assert_int_equal(info.block + info.block_size, (uintptr_t)ring.record.end);
		assert_ptr_equal(ring.buffer->_data_buffer + ring.record.size, ring.record.end);
		assert_int_equal(sink_set_frm_fmt(ring.sink, SOF_IPC_FRAME_S32_LE), 0);
		assert_int_equal(sink_set_channels(ring.sink, 5), 0);
		assert_int_equal(ring_buffer_adopt(&ring.record), 0);
		assert_int_equal(ring.record.size % 20, 0);
		assert_ptr_equal(ring.buffer->_data_buffer + ring.record.size, ring.record.end);
		ring_drop(&ring);
	}
}

/* The check fails, and says in what: words of the description. */
static void differs(struct ring *ring, const char *words)
{
	assert_int_equal(ring_buffer_check(&ring->record), -EFAULT);
	if (!strstr(ring->record.difference, words))
		fail_msg("'%s' instead of '%s'", ring->record.difference, words);
}

static void write_before_the_data_is_noticed(void **state)
{
	struct ring ring;

	ring_make(&ring, SOF_IPC_FRAME_S16_LE, 1, 90);
	assert_int_equal(ring_buffer_check(&ring.record), 0);
	ring.buffer->_data_buffer[-1] ^= 1;
	differs(&ring, "behind the control block is 0xb4, 0xb5 is expected");
	ring_buffer_restore(&ring.record);
	assert_int_equal(ring_buffer_check(&ring.record), 0);
	ring_drop(&ring);
}

/* An offset that somebody else moved, within what its owner could have done. */
static void look_knows_whose_offset_moved(void **state)
{
	struct ring ring;
	void *to, *start;
	size_t size;

	ring_make(&ring, SOF_IPC_FRAME_S32_LE, 1, 64);
	assert_int_equal(ring_buffer_look(&ring.record, false, false), 0);
	assert_int_equal(sink_get_buffer(ring.sink, 64, &to, &start, &size), 0);
	assert_int_equal(sink_commit_buffer(ring.sink, 64), 0);
	assert_int_equal(ring_buffer_look(&ring.record, false, true), -EFAULT);
	assert_int_equal(ring_buffer_look(&ring.record, true, false), 0);
	assert_int_equal(ring_buffer_look(&ring.record, false, false), 0);
	/* nothing has been taken over by looking */
	assert_int_equal(source_get_data_available(ring.source), 0);
	assert_int_equal(ring_buffer_check(&ring.record), 0);
	assert_int_equal(source_get_data_available(ring.source), 64);
	ring_drop(&ring);
}

static void any_damage_to_the_control_block_is_noticed(void **state)
{
	struct ring ring;
	struct ring_buffer good;
	uint8_t in = 0;

	ring_make(&ring, SOF_IPC_FRAME_S32_LE, 2, 64);
	put(&ring, 64, &in);
	assert_int_equal(ring_buffer_check(&ring.record), 0);
	good = *ring.buffer;

	ring.buffer->audio_buffer.ops = NULL;
	differs(&ring, "ops is 0,");
	*ring.buffer = good;
	ring.source->ops = (const void *)&good;
	differs(&ring, "_source_api.ops is 0x");
	*ring.buffer = good;
	ring.sink->ops = NULL;
	differs(&ring, "_sink_api.ops is 0,");
	*ring.buffer = good;
	ring.sink->audio_stream_params = NULL;
	differs(&ring, "_sink_api.audio_stream_params is 0,");
	*ring.buffer = good;
	ring.buffer->_data_buffer += 64;
	differs(&ring, "_data_buffer is 0x");
	*ring.buffer = good;
	ring.buffer->data_buffer_size *= 2;
	differs(&ring, "data_buffer_size is 384, at most 192");
	*ring.buffer = good;
	ring.buffer->_write_offset = 2 * ring.record.size;
	differs(&ring, "_write_offset is");
	*ring.buffer = good;
	ring.buffer->_read_offset = ring.buffer->_write_offset + 8;
	differs(&ring, "_read_offset");
	*ring.buffer = good;
	ring.buffer->_write_seen += 8;
	differs(&ring, "_write_seen is 72, 64 is expected");
	*ring.buffer = good;
	ring.buffer->_read_seen += 8;
	differs(&ring, "_read_seen is 8, 0 is expected");
	*ring.buffer = good;
	ring.buffer->stream_params.channels = 0;
	differs(&ring, "stream_params.channels is 0, 2 is expected");
	*ring.buffer = good;
	ring.sink->requested_write_frag_size = SIZE_MAX;
	differs(&ring, "_sink_api.requested_write_frag_size is");

	memset(ring.buffer, 0xa5, sizeof(*ring.buffer));
	assert_int_equal(ring_buffer_check(&ring.record), -EFAULT);
	ring_buffer_restore(&ring.record);
	assert_int_equal(ring_buffer_check(&ring.record), 0);
	assert_int_equal(source_get_data_available(ring.source), 64);
	ring_drop(&ring);
}

static void formats_and_sizes_that_do_not_fit_are_not_adopted(void **state)
{
	struct ring ring;

	ring_make(&ring, SOF_IPC_FRAME_S32_LE, 2, 64);
	assert_int_equal(sink_set_channels(ring.sink, 3), 0);
	assert_int_equal(ring_buffer_check(&ring.record), -EFAULT);
	assert_int_equal(ring_buffer_adopt(&ring.record), 0);
	assert_int_equal(ring.record.size % 12, 0);
	assert_int_equal(sink_set_channels(ring.sink, 0), -EINVAL);
	assert_int_equal(ring_buffer_adopt(&ring.record), -EFAULT);
	assert_non_null(strstr(ring.record.difference, "48000 Hz, 0 channels: a known format"));
	ring_buffer_restore(&ring.record);
	source_set_min_available(ring.source, 1u << 20);
	assert_int_equal(ring_buffer_adopt(&ring.record), -EFAULT);
	assert_non_null(strstr(ring.record.difference, "min_available is 1048576, at most "));
	ring_buffer_restore(&ring.record);
	ring.buffer->data_buffer_size = 0;
	ring.buffer->_data_buffer = ring.record.end;
	assert_int_equal(ring_buffer_adopt(&ring.record), -EFAULT);
	assert_non_null(
		strstr(ring.record.difference, "data_buffer_size is 0: whole frames of 12"));
	ring_drop(&ring);
}

static void absurd_requests_give_no_buffer(void **state)
{
	struct sof_audio_stream_params params = { .frame_fmt = SOF_IPC_FRAME_S32_LE,
						  .rate = 48000 };
	struct ring_buffer_record record;
	const uint32_t flags = user_buffer_memory_flags(false, false);

	assert_null(ring_buffer_create_ext(flags, 64, 64, &params, &record));
	params.channels = 9;
	assert_null(ring_buffer_create_ext(flags, 64, 64, &params, &record));
	params.channels = 2;
	assert_null(ring_buffer_create_ext(flags, SIZE_MAX, 64, &params, &record));
}

static void copies_run_over_the_wrap(void **state)
{
	uint8_t in = 0, out = 0;
	struct ring from, to;

	ring_make(&from, SOF_IPC_FRAME_S16_LE, 1, 10);
	ring_make(&to, SOF_IPC_FRAME_S16_LE, 1, 14);
	for (int i = 0; i < 100; i++) {
		put(&from, 22, &in);
		assert_int_equal(source_to_sink_copy(from.source, to.sink, true, 22), 0);
		assert_int_equal(ring_buffer_check(&from.record), 0);
		assert_int_equal(ring_buffer_check(&to.record), 0);
		get(&to, 22, &out);
	}
	put(&from, 8, &in);
	assert_int_equal(source_drop_data(from.source, 8), 0);
	assert_int_equal(source_get_data_available(from.source), 0);
	assert_int_equal(source_to_sink_copy(from.source, to.sink, true, 2), -ENODATA);
	assert_int_equal(sink_fill_with_silence(to.sink, to.record.size), 0);
	ring_drop(&from);
	ring_drop(&to);
}

/* Blocks end on the bytes and the frames asked for, by either end, and in any later format. */
static void blocks_are_aligned_as_asked_for(void **state)
{
	static const struct {
		uint32_t bytes, frames;
		/* in S32 of 1, 2, 3 and 6 channels */
		uint16_t expected[4];
	} asked[] = {
		{ 1, 1, { 1, 1, 1, 1 } },	{ 1, 12, { 12, 12, 12, 12 } },
		{ 16, 1, { 4, 2, 4, 2 } },	{ 64, 1, { 16, 8, 16, 8 } },
		{ 16, 3, { 12, 6, 12, 6 } },	{ 24, 4, { 12, 12, 4, 4 } },
		{ 32, 16, { 16, 16, 16, 16 } },
	};
	static const unsigned int channels[] = { 1, 2, 3, 6 };
	struct ring ring;

	ring_make(&ring, SOF_IPC_FRAME_S16_LE, 7, 1000);
	for (size_t i = 0; i < ARRAY_SIZE(asked); i++) {
		if (i % 2)
			assert_int_equal(source_set_alignment_constants(ring.source, asked[i].bytes,
									asked[i].frames),
					 0);
		else
			assert_int_equal(sink_set_alignment_constants(ring.sink, asked[i].bytes,
								      asked[i].frames),
					 0);
		for (size_t k = 0; k < ARRAY_SIZE(channels); k++) {
			const struct sof_audio_stream_params *const params =
				&ring.buffer->stream_params;
			const uint32_t block = asked[i].expected[k] * channels[k] * 4;

			assert_int_equal(source_set_frm_fmt(ring.source, SOF_IPC_FRAME_S32_LE), 0);
			assert_int_equal(sink_set_channels(ring.sink, channels[k]), 0);
			assert_int_equal(params->align_frame_cnt, asked[i].expected[k]);
			assert_true(1u << params->align_shift_idx >= block);
			assert_true(block == 1 || 1u << params->align_shift_idx < 2 * block);
		}
		/* at once, without a new format */
		assert_int_equal(sink_set_alignment_constants(ring.sink, 48, 1), 0);
		assert_int_equal(ring.buffer->stream_params.align_frame_cnt, 2);
	}
	ring_drop(&ring);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(size_is_a_whole_number_of_frames),
		cmocka_unit_test(full_and_empty_differ),
		cmocka_unit_test(random_traffic_matches_a_model),
		cmocka_unit_test(fragment_must_be_given_back_before_the_next),
		cmocka_unit_test(each_end_sees_the_other_as_the_kernel_found_it),
		cmocka_unit_test(held_data_is_not_seen),
		cmocka_unit_test(data_ends_where_the_block_ends),
		cmocka_unit_test(write_before_the_data_is_noticed),
		cmocka_unit_test(look_knows_whose_offset_moved),
		cmocka_unit_test(any_damage_to_the_control_block_is_noticed),
		cmocka_unit_test(formats_and_sizes_that_do_not_fit_are_not_adopted),
		cmocka_unit_test(absurd_requests_give_no_buffer),
		cmocka_unit_test(copies_run_over_the_wrap),
		cmocka_unit_test(blocks_are_aligned_as_asked_for),
	};

	return run_on_board(tests);
}
