/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file options.h
 * \brief The command line.
 *
 * Letters -t -i -o -b -c -n -r -R -d -p -C -P -s -h mean with -t what they mean in SOF's testbench.
 */
#ifndef TESTBENCH_OPTIONS_H
#define TESTBENCH_OPTIONS_H

#include <host/audio.h>
#include <host/platform.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audio_file.h"
#include "problem.h"

/** One module of the chain, as -m names it. */
struct module_choice {
	char *name;	     /**< "eqiir" */
	char *blob_path;     /**< file behind '=', NULL when there is none */
	unsigned int number; /**< instances of the same module before it in the chain */
	bool dp;
	uint32_t domain_id;	     /**< --domain-id, 0: a domain of its own */
	unsigned int rate, channels; /**< --rate and --channels of its output; 0: as they come */
	char *init_path;	     /**< --init, NULL when there is none */
};

/** Audio files of a kind. */
#define OPTIONS_FILES_MAX  32
#define MODULE_OBJECTS_MAX 32

#define OPTIONS_PIPELINES_MAX 64

enum action {
	ACTION_RUN,
	ACTION_HELP,
	ACTION_VERSION,
	ACTION_LIST_MODULES,
	ACTION_SHOW_TOPOLOGY,
	ACTION_CONTROLS,
};

struct options {
	enum action action;
	const char *inputs[OPTIONS_FILES_MAX], *outputs[OPTIONS_FILES_MAX];
	size_t input_count, output_count;
	const char *report;
	const char *topology;			   /**< -t; NULL: a chain */
	const char *dot;			   /**< --dot FILE.dot */
	uint32_t pipelines[OPTIONS_PIPELINES_MAX]; /**< -p */
	size_t pipeline_count;
	struct module_choice *modules;
	size_t module_count;
	const char *objects[MODULE_OBJECTS_MAX]; /**< --module PATH.so */
	size_t object_count;
	bool allow_host_calls;
	struct host_config board;
	enum sof_domain_model domain_model;
	enum sof_share share;
	size_t heap_bytes, stack_bytes; /**< 0: the firmware's default */
	unsigned int dp_period_ms;
	struct audio_plain plain;		 /**< -b, -r, -c */
	unsigned int rate_out, channels_out;	 /**< -R, -n; 0: as they come */
	unsigned int ticks_max;			 /**< -C; 0: to the end of the inputs */
	unsigned int rounds;			 /**< -P */
	const char *script;			 /**< -s */
	bool like_sof;				 /**< called by the name of SOF's testbench */
	char *file_lists[2 * OPTIONS_FILES_MAX]; /**< copies that inputs and outputs are of */
	size_t file_list_count;
	bool quiet;
	int argc;
	char **argv; /**< as given, for the gdb line of a fault report */
};

/**
 * Read the command line.
 *
 * Strings of \p argv are referred to, not copied. On success and on failure options_free() is due.
 *
 * \return 0 or -EINVAL with \p why filled (EXIT_BAD_INPUT).
 */
int options_parse(struct options *options, int argc, char **argv, struct problem *why);
void options_free(struct options *options);

/** The words of --domain and --share. */
const char *options_domain_name(enum sof_domain_model model);
const char *options_share_name(enum sof_share share);

/** Text of --help. */
extern const char options_help[];

#endif /* TESTBENCH_OPTIONS_H */
