/* SPDX-License-Identifier: BSD-3-Clause */
/* Turns bits of every byte over. */
#include <flip_bits.h>
#include <module/audio/frame_runs.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/lib/uuid.h>

static int flip_init(struct processing_module *mod)
{
	return 0;
}

static int flip_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const size_t frame_bytes = source_get_frame_bytes(sources[0]);
	const size_t frames = frame_runs_possible(sources[0], sinks[0]);
	struct frame_runs runs;
	const void *x;
	void *y;
	size_t n;
	int ret;

	if (!frames)
		return 0;
	ret = frame_runs_begin(&runs, sources[0], sinks[0], frames);
	if (ret)
		return ret;
	while ((n = frame_runs_next(&runs, &x, &y)))
		for (size_t i = 0; i < n * frame_bytes; i++)
			((char *)y)[i] = flip_bits(((const char *)x)[i]);
	return frame_runs_end(&runs);
}

static const struct module_interface flip_interface = {
	.init = flip_init,
	.process = flip_process,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("FLIP", &flip_interface, 1,
				  _UUID_INIT(0x8f1ef11b, 0x5a0e, 0x4d0c, 0x91, 0x3e, 0x6f, 0x75,
					     0x74, 0x5f, 0x6f, 0x66),
				  8, 1);

SOF_LLEXT_BUILDINFO;
