/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file harness.h
 * \brief Run one module on plain memory: no board, no pipeline, no domain.
 *
 * The source and the sink are circular buffers of a size the test chooses, so that every wrap can
 * be had; the module's memory comes from malloc, so that Valgrind and the sanitizers see each
 * block. mod_alloc() and kin, sof_log() and z_assert_failed() are the harness's; sources, sinks,
 * blobs and arithmetic are the firmware's own.
 */
#ifndef TESTS_MODULES_HARNESS_H
#define TESTS_MODULES_HARNESS_H

#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct harness_format {
	enum sof_ipc_frame fmt;
	unsigned int channels;
	unsigned int rate;
};

/** Sources and sinks an instance has at most. */
#define HARNESS_PORTS_MAX 8

struct harness;

/** An instance of the manifest's module: init() with \p init_data behind the base configuration
 * (NULL: none). \return init's error. */
int harness_new(struct harness **h, const struct sof_man_module_manifest *manifest,
		const struct harness_format *format, const void *init_data, size_t init_size);

struct processing_module *harness_module(struct harness *h);

/** Other ends than one source and one sink of the format given to harness_new(). Before prepare. */
void harness_ports(struct harness *h, unsigned int n_in, const struct harness_format *in,
		   unsigned int n_out, const struct harness_format *out);
/** The end's queue number at the module, which is its place in order unless said. */
void harness_source_queue(struct harness *h, unsigned int input, unsigned int queue);
void harness_sink_queue(struct harness *h, unsigned int output, unsigned int queue);
/** The format lies in another one's container. */
void harness_source_container(struct harness *h, unsigned int input, enum sof_ipc_frame container);
void harness_sink_container(struct harness *h, unsigned int output, enum sof_ipc_frame container);

/** Connect circular buffers of so many bytes each and prepare(). */
int harness_prepare(struct harness *h, size_t source_bytes, size_t sink_bytes);

/** \name One call at a time, for modules of several sources or sinks @{ */
/** \return bytes there was room for. */
size_t harness_put(struct harness *h, unsigned int input, const void *data, size_t bytes);
/** \p data NULL: drop them. \return bytes that were there. */
size_t harness_take(struct harness *h, unsigned int output, void *data, size_t bytes);
/** No more will come at \p input. */
void harness_end(struct harness *h, unsigned int input);
/** The instance is a DP module from now on. */
void harness_as_dp(struct harness *h);
/** What the DP scheduler would ask. */
bool harness_ready(struct harness *h);
/** process(), once. */
int harness_call(struct harness *h);
struct sof_source *harness_source(struct harness *h, unsigned int input);
struct sof_sink *harness_sink(struct harness *h, unsigned int output);
/** A fragment of a configuration, or one that lies about its size. */
int harness_configure_part(struct harness *h, uint32_t id, enum module_cfg_fragment_position pos,
			   uint32_t offset_size, const void *data, size_t size);
/** @} */

/** One whole configuration. */
int harness_configure(struct harness *h, uint32_t id, const void *data, size_t size);

/** Bring \p frames frames through the module from the first source to the first sink, \p block at a
 * time (0: 1 to 500, at random). \return process's error, -EIO when frames got lost. */
int harness_process(struct harness *h, const void *in, void *out, size_t frames, size_t block);

int harness_reset(struct harness *h);

/** free(), and count what it left behind. \return blocks not freed. */
size_t harness_free(struct harness **h);

/** The next but \p n-th allocation fails; negative: none does. */
void harness_fail_allocation(int n);

/** 16-bit or 32-bit PCM of a WAV file in SOF_SHARED/golden; NULL: not there. free() it. */
void *harness_golden_wav(const char *name, size_t *frames, struct harness_format *format);
/** Bytes of a file in SOF_SHARED/golden; NULL: not there. free() it. */
void *harness_golden_file(const char *name, size_t *size);

#endif /* TESTS_MODULES_HARNESS_H */
