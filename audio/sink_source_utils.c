/* SPDX-License-Identifier: BSD-3-Clause */
/* Whole-block copies between circular buffers, in the caller's mode. */
#include <rtos/symbol.h>
#include <sof/audio/audio_stream.h>
#include <sof/audio/sink_source_utils.h>

int source_to_sink_copy(struct sof_source *source, struct sof_sink *sink, bool free, size_t size)
{
	const void *from, *from_start;
	void *to, *to_start;
	size_t from_size, to_size;
	int err;

	if (!size)
		return 0;
	err = source_get_data(source, size, &from, &from_start, &from_size);
	if (err)
		return err;
	err = sink_get_buffer(sink, size, &to, &to_start, &to_size);
	if (err) {
		source_release_data(source, 0);
		return err;
	}
	cir_buf_copy(from, from_start, (const char *)from_start + from_size, to, to_start,
		     (char *)to_start + to_size, size);
	err = sink_commit_buffer(sink, size);
	source_release_data(source, free && !err ? size : 0);
	return err;
}
EXPORT_SYMBOL(source_to_sink_copy);

int sink_fill_with_silence(struct sof_sink *sink, size_t size)
{
	void *to, *to_start;
	size_t to_size;
	int err;

	if (!size)
		return 0;
	err = sink_get_buffer(sink, size, &to, &to_start, &to_size);
	if (err)
		return err;
	cir_buf_set_zero(to, to_start, (char *)to_start + to_size, (uint32_t)size);
	return sink_commit_buffer(sink, size);
}
EXPORT_SYMBOL(sink_fill_with_silence);

int source_drop_data(struct sof_source *source, size_t size)
{
	const void *from, *from_start;
	size_t from_size;
	int err;

	if (!size)
		return 0;
	err = source_get_data(source, size, &from, &from_start, &from_size);
	if (err)
		return err;
	return source_release_data(source, size);
}
EXPORT_SYMBOL(source_drop_data);
