/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/ring_buffer.h
 * \brief The buffer on both sides of a DP module.
 *
 * Control block and data are one allocation, so that one grant covers them. The data ends where the
 * allocation ends, and behind that lies a closed page: a write past the end faults at once. What is
 * left between control block and data holds a pattern that ring_buffer_check() compares. Offsets run
 * from 0 to twice the size, so that full and empty differ and producer and consumer each write one
 * word. The size is a whole number of frames: a frame never wraps.
 *
 * Each side goes by its own offset and by what the other's was when the kernel last looked
 * (ring_buffer_check()). So what a module finds while it runs does not depend on how far a module at
 * the other end has come that runs at the same time, or has run just before.
 *
 * A DP module can write to all of it. Supervisor code keeps a struct ring_buffer_record in kernel
 * memory and calls ring_buffer_check() before it uses a buffer that user code could reach.
 *
 * Calling mode: the sink and source operations in any mode, on a buffer the caller may write to;
 * the functions below in supervisor mode.
 */
#ifndef SOF_AUDIO_RING_BUFFER_H
#define SOF_AUDIO_RING_BUFFER_H

#include <sof/audio/audio_buffer.h>

struct ring_buffer {
	struct sof_audio_buffer audio_buffer;
	size_t data_buffer_size; /**< bytes in use, a whole number of frames */
	uint8_t *_data_buffer;
	size_t _write_offset; /**< 0 to 2 * data_buffer_size - 1 */
	size_t _read_offset;  /**< likewise */
	size_t _write_seen;   /**< what the consumer goes by */
	size_t _read_seen;    /**< what the producer goes by */
	size_t data_capacity; /**< most that data_buffer_size can be */
	bool held;	      /**< the consumer sees none of the data yet */
	uint32_t byte_align_req, frame_align_req;
	struct sof_audio_stream_params stream_params;
};

/** What the kernel knows about a ring buffer, out of user reach. */
struct ring_buffer_record {
	struct ring_buffer *buffer;
	uint8_t *end; /**< first byte after the data; independent of data_buffer_size */
	size_t capacity;
	size_t size;
	size_t min_available, min_free_space;
	size_t write_offset, read_offset; /**< as of the last ring_buffer_check() */
	size_t write_looked, read_looked; /**< as of the last ring_buffer_look() or check */
	bool held;
	uint64_t produced, consumed; /**< bytes, since creation */
	struct sof_audio_stream_params params;
	struct processing_module *producer, *consumer;
	/** Of the last comparison that failed: the item, its value, the value expected. */
	char difference[160];
};

/**
 * Make a buffer for \p params with room for three times the larger of the two blocks.
 *
 * \param memory_flags  from user_buffer_memory_flags()
 * \param min_available bytes the consumer takes at once
 * \param min_free_space bytes the producer makes at once
 * \param[out] record   what ring_buffer_check() compares with
 * \return the buffer; NULL: \p params make no frame, a block is absurdly large, or no memory.
 */
struct ring_buffer *ring_buffer_create_ext(uint32_t memory_flags, size_t min_available,
					   size_t min_free_space,
					   const struct sof_audio_stream_params *params,
					   struct ring_buffer_record *record);

/** \name The same in memory of the caller's @{ */
/** Bytes it takes; 0: \p params make no frame, or a block is absurdly large. */
size_t ring_buffer_bytes(size_t min_available, size_t min_free_space,
			 const struct sof_audio_stream_params *params);
/** Make it in so many zeroed bytes at \p memory, aligned to PLATFORM_DCACHE_ALIGN; what follows is
 * as of ring_buffer_bytes() that were not 0. The control block need not lie at \p memory. */
struct ring_buffer *ring_buffer_create_at(void *memory, size_t min_available, size_t min_free_space,
					  const struct sof_audio_stream_params *params,
					  struct ring_buffer_record *record);
/** @} */

/**
 * Compare the control block with \p record, note the offsets and show each side the other's.
 * \return 0; -EFAULT, described in record->difference, when they do not agree.
 */
int ring_buffer_check(struct ring_buffer_record *record);

/**
 * Make the same comparison as ring_buffer_check() without taking over the offsets. The kernel calls
 * it right after a thread that could write here has run; other threads of the same round still see
 * the state of the last ring_buffer_check().
 *
 * \param writer, reader  whether the producer, the consumer may have moved its offset since the last
 *                         look
 * \return 0; -EFAULT, described in record->difference, when they do not agree.
 */
int ring_buffer_look(struct ring_buffer_record *record, bool writer, bool reader);

/**
 * Take over what modules may change while they are prepared: format, block sizes.
 * \return 0; -EFAULT, described in record->difference: no format, or a size that does not fit.
 */
int ring_buffer_adopt(struct ring_buffer_record *record);

/** Hide what is in it from the consumer, or show it. */
void ring_buffer_hold(struct ring_buffer_record *record, bool held);

/** Write the control block anew from \p record, with the offsets that were last right. */
void ring_buffer_restore(struct ring_buffer_record *record);

/** Bytes inside, held or not, from a record that was just checked. */
size_t ring_buffer_record_fill(const struct ring_buffer_record *record);

#endif /* SOF_AUDIO_RING_BUFFER_H */
