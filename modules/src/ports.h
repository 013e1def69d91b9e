/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ports.h
 * \brief The converter's source and sink, whose frames come and go in different numbers.
 *
 * All that the source has and all the sink's space are held from open to close; what was read and
 * written of them is then released and committed. Frames may lie across the end of a buffer.
 * Any mode.
 */
#ifndef SRC_PORTS_H
#define SRC_PORTS_H

#include <module/audio/sink_api.h>
#include <module/audio/source_api.h>

#include "stage.h"

struct ports {
	struct sof_source *source;
	struct sof_sink *sink;
	enum sof_ipc_frame fmt;
	unsigned int channels;
	size_t sample_bytes;
	size_t there, room; /* frames */
	size_t read, written;
	const char *in, *in_start, *in_end;
	char *out, *out_start, *out_end;
};

bool ports_format_known(enum sof_ipc_frame fmt);

/** \return 0, or the source's or sink's error, and neither is held. */
int ports_open(struct ports *ports, struct sof_source *source, struct sof_sink *sink,
	       enum sof_ipc_frame fmt, unsigned int channels);

/** Frames into \p line, as many as there are and fit. \return them */
unsigned int ports_read(struct ports *ports, struct src_line *line);

/** \p frames frames, room at most, of Q1.31, those of one channel \p stride behind another's. They
 * are rounded to the format. */
void ports_write(struct ports *ports, const int32_t *y, unsigned int stride, unsigned int frames);

/** \return 0, or the source's or sink's error. */
int ports_close(struct ports *ports);

#endif /* SRC_PORTS_H */
