/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/audio/frame_ports.h
 * \brief Walk any number of sources and sinks together, in runs of whole frames that lie in one
 *        piece in all of them.
 *
 *	frame_port_of_source(&ports[0], source);
 *	frame_port_of_sink(&ports[1], sink);
 *	ret = frame_ports_open(ports, 2, frames);
 *	if (ret)
 *		return ret;
 *	while ((n = frame_ports_next(ports, 2)))
 *		...                        n frames from ports[0].data to ports[1].data
 *	return frame_ports_close(ports, 2);
 *
 * What module/audio/frame_runs.h is for one source and one sink of one frame size. Here each port
 * has frames of its own size, of SOF_IPC_MAX_CHANNELS samples of 4 bytes at most. A frame that
 * lies across the end of a buffer comes in a run of one, through a copy, so buffers need not hold a
 * whole number of frames. Runs keep their samples' alignment.
 *
 * Any mode. This project's own; a header of plain C that a module can take along to the board.
 */
#ifndef MODULE_AUDIO_FRAME_PORTS_H
#define MODULE_AUDIO_FRAME_PORTS_H

#include <module/audio/sink_api.h>
#include <module/audio/source_api.h>
#include <string.h>

#define FRAME_PORT_FRAME_BYTES_MAX (SOF_IPC_MAX_CHANNELS * 4)

/** data is the run's first frame, to be read (of a source) or written (of a sink); other members
 * are private. */
struct frame_port {
	void *data;
	struct sof_source *source;
	struct sof_sink *sink;
	size_t frame_bytes;
	size_t frames; /* of the whole */
	size_t left;   /* of them not walked yet; the first port's counts */
	size_t run;    /* the one that is out; the first port's counts */
	char *at, *start, *end;
	char split[FRAME_PORT_FRAME_BYTES_MAX] __attribute__((aligned(8)));
};

static inline void frame_port_of_source(struct frame_port *port, struct sof_source *source)
{
	port->source = source;
	port->sink = NULL;
	port->frame_bytes = source_get_frame_bytes(source);
}

static inline void frame_port_of_sink(struct frame_port *port, struct sof_sink *sink)
{
	port->source = NULL;
	port->sink = sink;
	port->frame_bytes = sink_get_frame_bytes(sink);
}

/** Let go of all ports: \p done 1, the sources of what was read, the sinks with what was written;
 * 0, as if nothing had been. First error. */
static inline int frame_ports_release(struct frame_port *ports, size_t count, int done)
{
	int first = 0;

	for (size_t i = 0; i < count; i++) {
		const size_t bytes = done ? ports[i].frames * ports[i].frame_bytes : 0;
		const int err = ports[i].source ? source_release_data(ports[i].source, bytes) :
						  sink_commit_buffer(ports[i].sink, bytes);

		if (!first)
			first = err;
	}
	return first;
}

/** Take \p frames frames of every port. \return 0; -EINVAL: a frame is too large; else a source's
 * or sink's error, and none is held. */
static inline int frame_ports_open(struct frame_port *ports, size_t count, size_t frames)
{
	for (size_t i = 0; i < count; i++) {
		struct frame_port *port = &ports[i];
		const size_t bytes = frames * port->frame_bytes;
		const void *in = NULL, *in_start = NULL;
		void *out = NULL, *out_start = NULL;
		size_t size = 0;
		int ret = -EINVAL;

		if (port->frame_bytes && port->frame_bytes <= FRAME_PORT_FRAME_BYTES_MAX)
			ret = port->source ?
				      source_get_data(port->source, bytes, &in, &in_start, &size) :
				      sink_get_buffer(port->sink, bytes, &out, &out_start, &size);
		if (ret) {
			frame_ports_release(ports, i, 0);
			return ret;
		}
		port->at = port->source ? (char *)(uintptr_t)in : (char *)out;
		port->start = port->source ? (char *)(uintptr_t)in_start : (char *)out_start;
		port->end = port->start + size;
		port->frames = frames;
		port->left = frames;
		port->run = 0;
	}
	return 0;
}

/* The run that was out is done with. */
static inline void frame_port_step(struct frame_port *port, size_t run)
{
	const size_t bytes = run * port->frame_bytes;
	const size_t there = (size_t)(port->end - port->at);

	if (port->data == port->split && port->sink) {
		memcpy(port->at, port->split, there);
		memcpy(port->start, port->split + there, bytes - there);
	}
	port->at = bytes < there ? port->at + bytes : port->start + (bytes - there);
}

static inline void frame_port_point(struct frame_port *port)
{
	const size_t there = (size_t)(port->end - port->at);

	port->data = port->at;
	if (there >= port->frame_bytes)
		return;
	port->data = port->split;
	if (port->source) {
		memcpy(port->split, port->at, there);
		memcpy(port->split + there, port->start, port->frame_bytes - there);
	}
}

/** The next run; the one before has been written by now. \return frames, 0 after the last. */
static inline size_t frame_ports_next(struct frame_port *ports, size_t count)
{
	size_t run = count ? ports[0].left : 0;

	for (size_t i = 0; i < count && ports[0].run; i++)
		frame_port_step(&ports[i], ports[0].run);
	for (size_t i = 0; i < count && run; i++) {
		const size_t whole = (size_t)(ports[i].end - ports[i].at) / ports[i].frame_bytes;

		if (whole < run)
			run = whole ? whole : 1;
	}
	for (size_t i = 0; i < count && run; i++)
		frame_port_point(&ports[i]);
	if (count) {
		ports[0].left -= run;
		ports[0].run = run;
	}
	return run;
}

/** All runs have been walked. */
static inline int frame_ports_close(struct frame_port *ports, size_t count)
{
	return frame_ports_release(ports, count, 1);
}

#endif /* MODULE_AUDIO_FRAME_PORTS_H */
