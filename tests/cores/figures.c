/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A module that turns all it can see of its buffers into sound, and takes now longer and now shorter
 * about it. Several in a row give the same bytes each time only if nothing a module sees depends on
 * what runs beside it, or ran before it.
 */
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(figures, CONFIG_SOF_LOG_LEVEL);

#define CYCLES_MAX 40000u

static int figures_init(struct processing_module *mod)
{
	return 0;
}

/* As long as the clock's low bits say: another time on each call and in each run. */
static void dawdle(void)
{
	const uint64_t start = __builtin_ia32_rdtsc();
	const uint64_t cycles = (start >> 4) % CYCLES_MAX;

	while (__builtin_ia32_rdtsc() - start < cycles)
		__builtin_ia32_pause();
}

static uint32_t look(struct sof_source *source, struct sof_sink *sink)
{
	return (uint32_t)(source_get_data_available(source) * 31 + sink_get_free_size(sink) * 7);
}

static bool figures_is_ready(struct processing_module *mod, struct sof_source **sources,
			     int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	dawdle();
	return source_get_data_frames_available(sources[0]) && sink_get_free_frames(sinks[0]);
}

/* Half of what is there, so that there is something to do for all at any time. */
static int figures_process(struct processing_module *mod, struct sof_source **sources,
			   int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const size_t frames = MIN((source_get_data_frames_available(sources[0]) + 1) / 2,
				  sink_get_free_frames(sinks[0]));
	const size_t bytes = frames * source_get_frame_bytes(sources[0]);
	const uint8_t *from, *from_start;
	uint8_t *to, *to_start;
	size_t from_size, to_size;
	uint32_t seen = look(sources[0], sinks[0]);
	int err;

	if (!frames)
		return 0;
	dawdle();
	seen = seen * 131 + look(sources[0], sinks[0]);
	err = source_get_data(sources[0], bytes, (const void **)&from, (const void **)&from_start,
			      &from_size);
	if (err)
		return err;
	err = sink_get_buffer(sinks[0], bytes, (void **)&to, (void **)&to_start, &to_size);
	if (err) {
		source_release_data(sources[0], 0);
		return err;
	}
	for (size_t i = 0; i < bytes; i++) {
		*to = (uint8_t)(*from * 5u + (seen >> (i % 4 * 8)));
		if (++from == from_start + from_size)
			from = from_start;
		if (++to == to_start + to_size)
			to = to_start;
	}
	dawdle();
	source_release_data(sources[0], bytes);
	return sink_commit_buffer(sinks[0], bytes);
}

static const struct module_interface figures_interface = {
	.init = figures_init,
	.is_ready_to_process = figures_is_ready,
	.process = figures_process,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("FIGURES", &figures_interface, 1,
				  _UUID_INIT(0xc0de5afe, 0x0c0e, 0x4f16, 0x91, 0x07, 0x66, 0x69,
					     0x67, 0x75, 0x72, 0x65),
				  8, 1);

SOF_LLEXT_BUILDINFO;
