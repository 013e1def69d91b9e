/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file topology.h
 * \brief What a SOF topology (topology 2, IPC4) says: pipelines, modules, formats, pins, routes.
 *
 * The meaning of tokens is that of Linux' driver (sound/soc/sof/ipc4-topology.c): of the formats
 * listed the first as many count as the widget declares, the n-th pin binding is of pin n.
 *
 * What the file says is taken over where its numbers can be understood at all; whether a format
 * can be played is looked into when a graph is made of it (topology_graph.h). Routes to widgets
 * that are not in the file, as those of SOF's partial topologies, are kept as such.
 *
 * Calling mode: host memory open; main thread.
 */
#ifndef TESTBENCH_TOPOLOGY_TOPOLOGY_H
#define TESTBENCH_TOPOLOGY_TOPOLOGY_H

#include <module/ipc4/base-config.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "problem.h"
#include "tplg_file.h"

#define TOPOLOGY_NONE SIZE_MAX
/** Limits against files made to take forever; SOF's largest has some 200 widgets. */
#define TOPOLOGY_WIDGETS_MAX 1024
#define TOPOLOGY_ROUTES_MAX  4096
/** IPC4 numbers queues with three bits. */
#define TOPOLOGY_PINS_MAX 8

enum topology_kind {
	TOPOLOGY_VIRTUAL, /**< only in the driver: no module */
	TOPOLOGY_HOST,	  /**< copier at the PCM's side: a file end here */
	TOPOLOGY_DAI,	  /**< copier at the wire's side: a file end here */
	TOPOLOGY_COPIER,
	TOPOLOGY_GAIN,
	TOPOLOGY_MIXER, /**< mixin or mixout */
	TOPOLOGY_SRC,
	TOPOLOGY_ASRC,
	TOPOLOGY_PROCESS, /**< every other module */
};

enum topology_sched { TOPOLOGY_SCHED_DEFAULT, TOPOLOGY_SCHED_LL, TOPOLOGY_SCHED_DP };

/** A format that a pin can have. */
struct topology_format {
	unsigned int pin;
	uint32_t bytes; /**< of one period: ibs or obs */
	struct ipc4_audio_format audio;
};

struct topology_pins {
	unsigned int count; /**< 0: not said */
	struct topology_format *formats;
	size_t format_count;
	char (*bindings)[TPLG_NAME_SIZE]; /**< names of widgets, one a pin; NULL: none */
};

struct topology_widget {
	const struct tplg_widget *from; /**< name, stream, controls */
	enum topology_kind kind;
	/** Index. TOPOLOGY_NONE for virtual widgets and where the file has no scheduler for it. */
	size_t pipeline;
	/** Of a host or DAI copier: audio comes from outside. */
	bool source;
	bool has_uuid;
	uint8_t uuid[16];
	uint32_t core, cpc, is_pages;
	enum topology_sched sched;
	uint32_t domain_id, stack_bytes, heap_bytes; /**< 0: not said */
	struct topology_pins in, out;
	uint32_t node_type, deep_buffer_ms; /**< of copiers */
	uint32_t direction;		    /**< 0 playback, 1 capture */
	char dai_type[TPLG_NAME_SIZE];
	uint32_t dai_index;
	uint32_t curve_type, curve_duration, init_value; /**< of a gain */
	uint32_t rate_in, rate_out;			 /**< of src and asrc; 0: not said */
	uint32_t operation_mode;			 /**< of asrc: 1 push, 2 pull */
	uint32_t mix_type;				 /**< of a mixer: 0 mixin, 1 mixout */
};

struct topology_pipeline {
	uint32_t id;
	const struct tplg_widget *from;
	uint32_t period_us, priority, core, time_domain;
	bool low_power, chain_dma, dynamic;
	bool has_direction;
	uint32_t direction; /**< 0 playback, 1 capture */
};

/** Between two modules. */
struct topology_route {
	size_t from, to; /**< widgets */
	size_t number;	 /**< in the file */
};

struct topology_pcm {
	const struct tplg_pcm *from;
	size_t host[2]; /**< widgets of playback and capture, or TOPOLOGY_NONE */
};

struct topology {
	struct tplg_file *file;
	struct topology_pipeline *pipelines;
	size_t pipeline_count;
	struct topology_widget *widgets; /**< in the order of the file's */
	size_t widget_count;
	struct topology_route *routes;
	size_t route_count;
	/** Routes by their from and by their to: those of widget w are by_from[first_from[w]] to
	 * by_from[first_from[w + 1] - 1], in the file's order. */
	size_t *by_from, *first_from, *by_to, *first_to;
	size_t missing_count; /**< routes with an end that is not in the file */
	struct topology_pcm *pcms;
	size_t pcm_count;
};

/**
 * Understand \p file, which the topology owns from then on, on failure too.
 *
 * \param[out] topology NULL on failure
 * \return 0; -EINVAL with \p why filled: file, offset, object, what was expected; -ENOMEM
 */
int topology_make(struct tplg_file *file, struct topology **topology, struct problem *why);
/** Both steps at once. */
int topology_read(const char *path, struct topology **topology, struct problem *why);
/** NULL is ignored. */
void topology_free(struct topology *topology);

/** Widget by name, TOPOLOGY_NONE: none. Of several with one name the first module. */
size_t topology_find(const struct topology *topology, const char *name);

/** Has a module, so that it can be a node of a graph. */
static inline bool topology_is_module(const struct topology_widget *widget)
{
	return widget->kind != TOPOLOGY_VIRTUAL;
}

/** Is an end: a host or DAI copier. */
static inline bool topology_is_end(const struct topology_widget *widget)
{
	return widget->kind == TOPOLOGY_HOST || widget->kind == TOPOLOGY_DAI;
}

/** "host", "dai", "copier", "gain", ... */
const char *topology_kind_name(enum topology_kind kind);
/**
 * What SOF's registry calls a UUID, NULL: not known. The name is the registry's, a module here may
 * go by another one ("eq_iir" is eqiir).
 */
const char *topology_uuid_name(const uint8_t uuid[16]);
/** "61bca9a8-18d0-4a18-8e7b2639219804b7": as SOF's registry writes it. \return \p text */
const char *topology_uuid_text(const uint8_t uuid[16], char text[40]);
/** "48000 Hz 2 ch S24 in 32" for people. \return \p text */
const char *topology_format_text(const struct ipc4_audio_format *audio, char text[64]);

#endif /* TESTBENCH_TOPOLOGY_TOPOLOGY_H */
