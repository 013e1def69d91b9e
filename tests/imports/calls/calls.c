/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A correct module that calls every function of the C library that modules may import, and mixes
 * what they return into its output.
 */
#include "tally.h"

#include <module/audio/frame_runs.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <rtos/alloc.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(calls, CONFIG_SOF_LOG_LEVEL);

static void call_all(struct tally *tally)
{
	tally->sum = 2166136261u;
	tally->failed = NULL;
	call_real(tally);
	call_complex(tally);
	call_text(tally);
	call_memory(tally);
}

static int calls_init(struct processing_module *mod)
{
	struct tally *tally = mod_zalloc(mod, sizeof(*tally));

	if (!tally)
		return -ENOMEM;
	module_set_private_data(mod, tally);
	return 0;
}

static int calls_process(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const size_t frame_bytes = source_get_frame_bytes(sources[0]);
	const size_t frames = frame_runs_possible(sources[0], sinks[0]);
	struct tally *tally = module_get_private_data(mod);
	struct frame_runs runs;
	const void *x;
	void *y;
	size_t n;
	int ret;

	if (!frames)
		return 0;
	call_all(tally);
	if (tally->failed) {
		LOG_ERR("does not hold: %s", tally->failed);
		return -EINVAL;
	}
	ret = frame_runs_begin(&runs, sources[0], sinks[0], frames);
	if (ret)
		return ret;
	while ((n = frame_runs_next(&runs, &x, &y)))
		for (size_t i = 0; i < n * frame_bytes; i++)
			((uint8_t *)y)[i] = ((const uint8_t *)x)[i] ^ tally->sum >> 8 * (i % 4);
	return frame_runs_end(&runs);
}

static int calls_free(struct processing_module *mod)
{
	mod_free(mod, module_get_private_data(mod));
	return 0;
}

static const struct module_interface calls_interface = {
	.init = calls_init,
	.process = calls_process,
	.free = calls_free,
};

static const struct sof_man_module_manifest calls_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("calls", &calls_interface, 1,
				  _UUID_INIT(0x6a7c1e90, 0x44d1, 0x4f0b, 0x8d, 0x1f, 0x63, 0x61,
					     0x6c, 0x6c, 0x73, 0x00),
				  8, 1);
SOF_LLEXT_BUILDINFO;
