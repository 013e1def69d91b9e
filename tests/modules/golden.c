/* SPDX-License-Identifier: BSD-3-Clause */
/* Compare a module's output with SOF's. */
#include "check.h"
#include "golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void run(const struct sof_man_module_manifest *manifest, const struct harness_format *format,
		const void *blob, size_t blob_size, const void *in, const void *expected,
		size_t frames, size_t block, size_t buffer_bytes)
{
	const size_t bytes = frames * get_frame_bytes(format->fmt, format->channels);
	char *out = calloc(1, bytes);
	struct harness *h;

	assert_non_null(out);
	assert_int_equal(harness_new(&h, manifest, format, NULL, 0), 0);
	if (blob)
		assert_int_equal(harness_configure(h, 0, blob, blob_size), 0);
	assert_int_equal(harness_prepare(h, buffer_bytes, buffer_bytes + 64), 0);
	assert_int_equal(harness_process(h, in, out, frames, block), 0);
	for (size_t i = 0; i < bytes; i++) {
		if (out[i] != ((const char *)expected)[i])
			fail_msg("byte %zu of %zu differs, blocks of %zu frames", i, bytes, block);
	}
	assert_int_equal(harness_reset(h), 0);
	assert_int_equal(harness_free(&h), 0);
	free(out);
}

void golden_check(const struct sof_man_module_manifest *manifest, const char *name, int bits,
		  const char *blob_name)
{
	struct harness_format format, expected_format;
	size_t frames, expected_frames, blob_size = 0;
	void *in, *expected, *blob = NULL;
	char file[64];

	snprintf(file, sizeof(file), "in_%d.wav", bits);
	in = harness_golden_wav(file, &frames, &format);
	snprintf(file, sizeof(file), "%s%d.wav", name, bits);
	expected = harness_golden_wav(file, &expected_frames, &expected_format);
	if (blob_name)
		blob = harness_golden_file(blob_name, &blob_size);
	if (!in || !expected || (blob_name && !blob)) {
		free(in);
		free(expected);
		free(blob);
		print_message("no reference data: SOF_SHARED is not set to its folder\n");
		skip();
	}
	assert_int_equal(frames, expected_frames);

	run(manifest, &format, blob, blob_size, in, expected, frames, 48, 4096);
	run(manifest, &format, blob, blob_size, in, expected, frames, 480, 16384);
	run(manifest, &format, blob, blob_size, in, expected, frames, 0, 8192);
	/* a multiple of the sample and not of the frame */
	run(manifest, &format, blob, blob_size, in, expected, frames, 0,
	    4096 + 4 * (bits == 32) + 2 * (bits == 16));
	run(manifest, &format, blob, blob_size, in, expected, frames, 1, 100);
	free(in);
	free(expected);
	free(blob);
}
