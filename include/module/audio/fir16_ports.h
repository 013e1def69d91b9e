/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/audio/fir16_ports.h
 * \brief Source and sink of a module whose frames come and go in different numbers.
 *
 * All that the source has and all the sink's space are held from open to close; what was read and
 * written of them is then released and committed. Frames may lie across the end of a buffer.
 *
 * Any mode. This project's own; a header of plain C that a module can take along to the board.
 */
#ifndef MODULE_AUDIO_FIR16_PORTS_H
#define MODULE_AUDIO_FIR16_PORTS_H

#include <module/audio/fir16_line.h>
#include <module/audio/sink_api.h>
#include <module/audio/source_api.h>
#include <sof/audio/format.h>
#include <sof/math/numbers.h>

/** Members to read: there, room (frames left), read and written (so far). */
struct fir16_ports {
	struct sof_source *source;
	struct sof_sink *sink;
	enum sof_ipc_frame fmt;
	unsigned int channels;
	size_t sample_bytes;
	size_t there, read; /* frames */
	size_t room, written;
	const char *in, *in_start, *in_end;
	char *out, *out_start, *out_end;
};

static inline bool fir16_ports_format_known(enum sof_ipc_frame fmt)
{
	return fmt == SOF_IPC_FRAME_S16_LE || fmt == SOF_IPC_FRAME_S24_4LE ||
	       fmt == SOF_IPC_FRAME_S32_LE;
}

/** \return 0, or the source's or sink's error, and neither is held. */
static inline int fir16_ports_open(struct fir16_ports *ports, struct sof_source *source,
				   struct sof_sink *sink, enum sof_ipc_frame fmt,
				   unsigned int channels)
{
	const void *in, *in_start;
	void *out, *out_start;
	size_t size;
	int ret;

	memset(ports, 0, sizeof(*ports));
	ports->source = source;
	ports->sink = sink;
	ports->fmt = fmt;
	ports->channels = channels;
	ports->sample_bytes = get_sample_bytes(fmt);
	ports->there = source_get_data_frames_available(source);
	ports->room = sink_get_free_frames(sink);
	if (ports->there) {
		ret = source_get_data(source, ports->there * source_get_frame_bytes(source), &in,
				      &in_start, &size);
		if (ret)
			return ret;
		ports->in = (const char *)in;
		ports->in_start = (const char *)in_start;
		ports->in_end = ports->in_start + size;
	}
	if (ports->room) {
		ret = sink_get_buffer(sink, ports->room * sink_get_frame_bytes(sink), &out,
				      &out_start, &size);
		if (ret) {
			if (ports->in)
				source_release_data(source, 0);
			return ret;
		}
		ports->out = (char *)out;
		ports->out_start = (char *)out_start;
		ports->out_end = ports->out_start + size;
	}
	return 0;
}

/** \return 0, or the source's or sink's error. */
static inline int fir16_ports_close(struct fir16_ports *ports)
{
	const size_t frame = ports->sample_bytes * ports->channels;
	int released = 0, committed = 0;

	if (ports->in)
		released = source_release_data(ports->source, ports->read * frame);
	if (ports->out)
		committed = sink_commit_buffer(ports->sink, ports->written * frame);
	return released ? released : committed;
}

/* Samples of one channel, from x on, to its place in the line. */
static inline void fir16_ports_put(struct fir16_line *line, enum sof_ipc_frame fmt,
				   unsigned int channel, unsigned int at, const char *x,
				   unsigned int frames)
{
	const unsigned int step = line->channels;

	if (fmt == SOF_IPC_FRAME_S16_LE) {
		const int16_t *x16 = (const int16_t *)x;

		for (unsigned int i = 0; i < frames; i++)
			fir16_line_put16(line, channel, at + i, x16[i * step]);
	} else if (fmt == SOF_IPC_FRAME_S24_4LE) {
		const int32_t *x32 = (const int32_t *)x;

		for (unsigned int i = 0; i < frames; i++)
			fir16_line_put(line, channel, at + i,
				       (int32_t)((uint32_t)x32[i * step] << 8));
	} else {
		const int32_t *x32 = (const int32_t *)x;

		for (unsigned int i = 0; i < frames; i++)
			fir16_line_put(line, channel, at + i, x32[i * step]);
	}
}

/* Samples of one channel to y. */
static inline void fir16_ports_give(enum sof_ipc_frame fmt, char *y, unsigned int step,
				    const int32_t *x, unsigned int frames)
{
	if (fmt == SOF_IPC_FRAME_S16_LE) {
		int16_t *y16 = (int16_t *)(void *)y;

		for (unsigned int i = 0; i < frames; i++)
			y16[i * step] = sat_int16(Q_SHIFT_RND((int64_t)x[i], 31, 15));
	} else if (fmt == SOF_IPC_FRAME_S24_4LE) {
		int32_t *y32 = (int32_t *)y;

		for (unsigned int i = 0; i < frames; i++)
			y32[i * step] = sat_int24(Q_SHIFT_RND((int64_t)x[i], 31, 23));
	} else {
		int32_t *y32 = (int32_t *)y;

		for (unsigned int i = 0; i < frames; i++)
			y32[i * step] = x[i];
	}
}

/** Frames into \p line, as many as there are and fit. \return them */
static inline unsigned int fir16_ports_read(struct fir16_ports *ports, struct fir16_line *line)
{
	const size_t frame = ports->sample_bytes * ports->channels;
	const unsigned int frames = MIN(ports->there - ports->read, fir16_line_room(line));
	unsigned int at, left = frames;

	if (!frames)
		return 0;
	at = fir16_line_claim(line, frames);
	while (left) {
		unsigned int n;

		if (ports->in >= ports->in_end)
			ports->in = ports->in_start;
		n = MIN((size_t)(ports->in_end - ports->in) / frame, left);
		for (unsigned int ch = 0; ch < ports->channels; ch++) {
			const char *x = ports->in + ch * ports->sample_bytes;

			/* one frame across the end */
			if (!n && x >= ports->in_end)
				x -= ports->in_end - ports->in_start;
			fir16_ports_put(line, ports->fmt, ch, at, x, n ? n : 1);
		}
		n = n ? n : 1;
		ports->in += n * frame;
		if (ports->in > ports->in_end)
			ports->in -= ports->in_end - ports->in_start;
		at += n;
		left -= n;
	}
	ports->read += frames;
	return frames;
}

/** \p frames frames, room at most, of Q1.31, those of one channel \p stride behind another's. They
 * are rounded to the format. */
static inline void fir16_ports_write(struct fir16_ports *ports, const int32_t *y,
				     unsigned int stride, unsigned int frames)
{
	const size_t frame = ports->sample_bytes * ports->channels;

	ports->written += frames;
	ports->room -= frames;
	while (frames) {
		unsigned int n;

		if (ports->out >= ports->out_end)
			ports->out = ports->out_start;
		n = MIN((size_t)(ports->out_end - ports->out) / frame, frames);
		for (unsigned int ch = 0; ch < ports->channels; ch++) {
			char *to = ports->out + ch * ports->sample_bytes;

			if (!n && to >= ports->out_end)
				to -= ports->out_end - ports->out_start;
			fir16_ports_give(ports->fmt, to, ports->channels, y + (size_t)ch * stride,
					 n ? n : 1);
		}
		n = n ? n : 1;
		ports->out += n * frame;
		if (ports->out > ports->out_end)
			ports->out -= ports->out_end - ports->out_start;
		y += n;
		frames -= n;
	}
}

#endif /* MODULE_AUDIO_FIR16_PORTS_H */
