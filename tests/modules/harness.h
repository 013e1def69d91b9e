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

struct harness;

/** An instance of the manifest's module: init() with \p init_data behind the base configuration
 * (NULL: none). \return init's error. */
int harness_new(struct harness **h, const struct sof_man_module_manifest *manifest,
		const struct harness_format *format, const void *init_data, size_t init_size);

struct processing_module *harness_module(struct harness *h);

/** Connect circular buffers of so many bytes each and prepare(). */
int harness_prepare(struct harness *h, size_t source_bytes, size_t sink_bytes);

/** One whole configuration. */
int harness_configure(struct harness *h, uint32_t id, const void *data, size_t size);

/** Bring \p frames frames through the module, \p block at a time (0: 1 to 500, at random).
 * \return process's error, -EIO when frames got lost. */
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
