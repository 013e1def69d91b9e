/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file graph.h
 * \brief What a run is made of: pipelines, module instances, connections, audio files.
 *
 * A chain (-m) or a topology is compiled into a struct graph; the run builds it by IPC4, plays it
 * and takes it down, whatever its shape. Nothing in here knows where a graph comes from.
 *
 * Order counts in one place: instances are made in the order of nodes, and so are reports. Start
 * and stop orders follow from the connections (run.h).
 *
 * Sizes are as many as memory holds. What IPC4's messages can't carry (queues above 7, instance
 * ids above 255, ...) and what makes no sense is found by graph_check(), not while building.
 *
 * Memory: the graph is the C heap's, and its strings and arrays are owned by it. It is built on
 * the main thread and constant from host_run() on. On the virtual core the C heap is closed once
 * a user thread has run: read a graph there after host_memory_open(), and before the next call
 * that may run one (sof_ipc4(), sof_tick()). What ticks need is copied into the kernel heap
 * (endpoint.h); the firmware copies what a message carries.
 *
 * Functions that add copy all they are given and return 0 or -ENOMEM with nothing changed. Indices
 * are stable, pointers into the arrays are good until the next addition to the same array. Main
 * thread.
 */
#ifndef TESTBENCH_GRAPH_H
#define TESTBENCH_GRAPH_H

#include <module/ipc4/base-config.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audio_file.h"
#include "problem.h"

/** An index that points to nothing. */
#define GRAPH_NONE SIZE_MAX

/** Which way a pipeline's audio goes, for people. ALSA's numbers. */
enum graph_direction { GRAPH_PLAYBACK = 0, GRAPH_CAPTURE = 1 };

struct graph_pipeline {
	uint8_t id; /**< as messages name it; each once in a graph */
	enum graph_direction direction;
	uint8_t priority; /**< enum ipc4_pipeline_priority, 0 (first) to 7 */
	uint8_t core;
	bool low_power;
	uint16_t attributes;   /**< of the create message */
	uint16_t memory_pages; /**< of the create message, 11 bits; 0: one */
};

/** A configuration that an instance is sent when all is connected, before anything starts. */
struct graph_blob {
	char *from;		/**< file, control or what else names it in messages */
	uint32_t param_id;	/**< large_param_id, 0 to 255 */
	const uint8_t *payload; /**< in memory */
	size_t size; /**< bytes, 1 to BLOB_BYTES_MAX; sent in as many parts as it takes */
	uint8_t *memory;
};

struct graph_node {
	char *name; /**< for messages: "gain.1", a widget's name */
	/** The module, by registry name ("gain"); NULL: by UUID. Neither counts for a file end. */
	char *module;
	uint8_t uuid[16]; /**< struct sof_uuid, byte for byte; counts when module is NULL */
	size_t pipeline;  /**< index */
	uint8_t core;
	uint8_t instance_id; /**< each once among a module's instances; file ends get theirs here */
	/** Without pins of its own it is the format of the first input and, for a module that
	 * changes none, of the outputs. ibs and obs decide the sizes of buffers, and the period of
	 * a DP module: ibs / (bytes of a frame * rate). */
	struct ipc4_base_module_cfg base;
	/** Formats by queue (pin_index). Sent, as struct ipc4_base_module_cfg_ext behind the base
	 * configuration, when send_pins is set; else for show only. At most 8 of a kind. */
	struct ipc4_input_pin_format *input_pins;
	struct ipc4_output_pin_format *output_pins;
	size_t input_pin_count, output_pin_count;
	bool send_pins;
	/** The module's own part of the init message, behind base configuration and pins; a multiple
	 * of 4 bytes. NULL: none. With pins before it the firmware takes both for the module's own,
	 * as SOF does: only modules that read the pins themselves want that. */
	uint8_t *init_data;
	size_t init_size;
	bool dp;
	uint32_t domain_id;		  /**< of a DP module, for SOF_DOMAIN_ID; 0: none */
	uint32_t heap_bytes, stack_bytes; /**< of a DP module; 0: the run's default */
	struct graph_blob *blobs;	  /**< sent in this order */
	size_t blob_count;
	char **requests; /**< what was asked of it that it may refuse: "8000 Hz"; for messages */
	size_t request_count;
	size_t file; /**< index of the file it is an end of, or GRAPH_NONE */
};

/** Output from_queue of node from feeds input to_queue of node to. Queues are 0 to 7. */
struct graph_edge {
	size_t from, to; /**< nodes */
	unsigned int from_queue, to_queue;
};

enum graph_file_end {
	GRAPH_FILE_INPUT,  /**< read; its node has one output, queue 0 */
	GRAPH_FILE_OUTPUT, /**< written; its node has one input, queue 0 */
};

/**
 * An audio file and the node that stands for it. The node is a module of the program's own, runs
 * LL in supervisor mode, and takes or gives frames as they are in memory (audio_file.h): its
 * base.audio_fmt must tell the same rate, channels and sample words as format. What the stream
 * needs to be converted to is a module's work, a copier's say.
 */
struct graph_file {
	char *path;
	enum graph_file_end end;
	struct audio_format format; /**< an input's as audio_input_format() tells */
	size_t node;
	uint64_t frames_max; /**< of an input: read no more than these; 0: all */
	/** Open while the run lasts; not the graph's. The one that fits \c end. */
	struct audio_input *input;
	struct audio_output *output;
};

/** How a configuration that was read is told. */
enum graph_read_style {
	GRAPH_READ_WORDS,  /**< header in words for people, then words in decimal, as sof-ctl */
	GRAPH_READ_HEX,	   /**< the same in hexadecimal half words, as sof-ctl -b */
	GRAPH_READ_AMIXER, /**< behind a head, bytes in hexadecimal */
};

/** A configuration that a module is asked for. */
struct graph_read {
	char *from; /**< begins the line that tells of trouble */
	enum graph_read_style style;
	bool bare; /**< payload only, without headers */
	char *head;
	char *path; /**< of the file that it goes to, in binary with GRAPH_READ_HEX; NULL: stdout */
	uint32_t param_id;
	size_t room; /**< most bytes of payload, 1 to BLOB_BYTES_MAX */
	/** What is told where the module does not answer; NULL: nobody knows, and \c head is not told
	 * either, but \c unknown. */
	uint8_t *last;
	size_t last_size;
	char *unknown;
};

/** Something that happens while the graph plays (run_events.h). */
struct graph_event {
	uint64_t tick; /**< milliseconds of audio time */
	size_t node;   /**< that blob or read is for; GRAPH_NONE: nobody is asked */
	struct graph_blob
		blob; /**< its \c from begins the line that tells of trouble, of a text too */
	struct graph_read *read; /**< owned; NULL: none */
	char *text;		 /**< printed to stdout; NULL: none */
};

struct graph {
	struct graph_pipeline *pipelines;
	size_t pipeline_count;
	struct graph_node *nodes;
	size_t node_count;
	struct graph_edge *edges;
	size_t edge_count;
	struct graph_file *files;
	size_t file_count;
	struct graph_event *events; /**< ticks never decrease */
	size_t event_count;
	/** End all inputs after so many milliseconds of audio; 0: with the last of them. Required
	 * when there are none. */
	uint64_t ticks_max;
};

/** All zero is an empty graph as well. */
void graph_init(struct graph *graph);
/** Give everything back; the graph is empty then. Files that are open stay so. */
void graph_free(struct graph *graph);

/** Members that are not arguments are 0. \p index may be NULL. */
int graph_add_pipeline(struct graph *graph, uint8_t id, enum graph_direction direction,
		       size_t *index);
/** Likewise; \p module NULL: by \c uuid, to be filled in. */
int graph_add_node(struct graph *graph, const char *name, const char *module, size_t pipeline,
		   size_t *index);
/** A file, and the node of its end: module, instance id and base configuration, at 1 ms a period,
 * are filled in. \p name NULL: "file-source" or "file-sink". */
int graph_add_file(struct graph *graph, const char *path, enum graph_file_end end,
		   const struct audio_format *format, const char *name, size_t pipeline,
		   size_t *index);
int graph_add_edge(struct graph *graph, size_t from, unsigned int from_queue, size_t to,
		   unsigned int to_queue);
int graph_add_input_pin(struct graph_node *node, const struct ipc4_input_pin_format *pin);
int graph_add_output_pin(struct graph_node *node, const struct ipc4_output_pin_format *pin);
/** Replace the module's own init data. */
int graph_set_init_data(struct graph_node *node, const void *data, size_t size);
int graph_add_blob(struct graph_node *node, const char *from, uint32_t param_id,
		   const void *payload, size_t size);

/** Ticks must not decrease from event to event. */
int graph_add_event(struct graph *graph, uint64_t tick, size_t node, const char *from,
		    uint32_t param_id, const void *payload, size_t size);
/** \p from begins the line that tells that it was not reached; NULL: nobody has asked for it. */
int graph_add_event_text(struct graph *graph, uint64_t tick, const char *from, const char *text);
/** \p read is copied with all it points to. */
int graph_add_event_read(struct graph *graph, uint64_t tick, size_t node,
			 const struct graph_read *read);
/** Drop all events; graph_free() does it too. */
void graph_free_events(struct graph *graph);

/** Note that this was asked of it. */
int graph_add_request(struct graph_node *node, const char *request);

/** \p format as IPC4 has it, and periods of \p period_ms of it, rounded down to frames but at
 * least one; cpc and is_pages 0. */
void graph_base_config(struct ipc4_base_module_cfg *base, const struct audio_format *format,
		       unsigned int period_ms);
/** The other way: what a file must be for \p fmt. sndfile_format is 0. -EINVAL: no such thing as
 * interleaved S16, S24 or S32 of 1 to AUDIO_CHANNELS_MAX channels. */
int graph_audio_format(const struct ipc4_audio_format *fmt, struct audio_format *format);

/** Bytes of a node's init message without what DP adds. */
size_t graph_init_message_bytes(const struct graph_node *node);
/** Milliseconds between calls of a node, as its ibs or obs tells, the larger; at least 1. */
unsigned int graph_period_ms(const struct graph_node *node);

/**
 * Is it a graph that can be run? Indices in range, pipeline ids and instances unique, numbers
 * within what messages carry, no queue connected twice, every file end connected once and with
 * its file's format, inputs or ticks_max there.
 *
 * \return 0; -EINVAL with the first thing that is wrong in \p why (EXIT_BAD_INPUT); -ENOMEM
 */
int graph_check(const struct graph *graph, struct problem *why);

/**
 * Of a graph that was checked: pipelines from downstream to upstream, so that who produces starts after who consumes; those
 * of equal standing by priority, then in the graph's order. Loops of pipelines are cut open.
 *
 * \param[out] order pipeline_count indices
 * \return 0, -ENOMEM
 */
int graph_start_order(const struct graph *graph, size_t *order);

/**
 * Of a graph that was checked: parts that no connection joins, numbered from 0.
 *
 * \param[out] part node_count numbers, one a node
 */
void graph_parts(const struct graph *graph, size_t *part);

#endif /* TESTBENCH_GRAPH_H */
