/* SPDX-License-Identifier: BSD-3-Clause */
#include "bench.h"
#include "catalog.h"
#include "ipc_message.h"
#include "problem.h"

#include <host/audio.h>
#include <module/audio/sink_api.h>
#include <module/audio/source_api.h>
#include <module/module/interface.h>
#include <string.h>

#define PIPELINE      1
#define FRAMES_A_TICK 48
#define FRAME_BYTES   4

static struct {
	struct bench_chain setup; /* a copy: the main stack is closed while the board runs */
	struct catalog catalog;
	struct problem why;
	double us;
} bench;

static int nothing(struct processing_module *mod)
{
	return 0;
}

static int generate(struct processing_module *mod, struct sof_source **sources, int num_of_sources,
		    struct sof_sink **sinks, int num_of_sinks)
{
	const size_t size = FRAMES_A_TICK * FRAME_BYTES;
	void *data, *start;
	size_t buffer_size;

	if (sink_get_free_size(sinks[0]) < size)
		return 0;
	if (sink_get_buffer(sinks[0], size, &data, &start, &buffer_size))
		return -EIO;
	return sink_commit_buffer(sinks[0], size);
}

static int drain(struct processing_module *mod, struct sof_source **sources, int num_of_sources,
		 struct sof_sink **sinks, int num_of_sinks)
{
	const void *data, *start;
	size_t buffer_size, size = source_get_data_available(sources[0]);

	if (!size)
		return 0;
	if (source_get_data(sources[0], size, &data, &start, &buffer_size))
		return -EIO;
	return source_release_data(sources[0], size);
}

static const struct module_interface generator_ops = {
	.init = nothing,
	.process = generate,
	.reset = nothing,
	.free = nothing,
};
static const struct module_interface drain_ops = {
	.init = nothing,
	.process = drain,
	.reset = nothing,
	.free = nothing,
};

static int register_ends(uint16_t *generator, uint16_t *drain_id)
{
	struct sof_module_desc ends[2] = {
		{ .name = "bench-source", .uuid = { 1 }, .ops = &generator_ops, .endpoint = true },
		{ .name = "bench-sink", .uuid = { 2 }, .ops = &drain_ops, .endpoint = true },
	};

	if (sof_module_register(&ends[0]) || sof_module_register(&ends[1]))
		return -EEXIST;
	*generator = ends[0].module_id;
	*drain_id = ends[1].module_id;
	return 0;
}

static int build(unsigned int modules, unsigned int period_ms)
{
	const struct audio_format format = { .rate = 48000,
					     .channels = 2,
					     .sample = AUDIO_S16,
					     .sample_bytes = FRAME_BYTES / 2,
					     .frame_bytes = FRAME_BYTES };
	struct ipc_instance nodes[16];
	uint16_t generator, drain_id;
	const struct sof_module_desc *pass;
	unsigned int count = modules + 2;

	if (register_ends(&generator, &drain_id) || catalog_register(&bench.catalog, &bench.why))
		return -ENOENT;
	pass = sof_module_find("passthrough");
	if (!pass || ipc_pipeline_create(&(struct graph_pipeline){ .id = PIPELINE }))
		return -ENOENT;
	for (unsigned int i = 0; i < count; i++) {
		bool end = i == 0 || i + 1 == count;
		struct graph_node node = { .dp = !end };

		nodes[i].module_id = i == 0 ? generator : end ? drain_id : pass->module_id;
		nodes[i].instance_id = end ? 0 : (uint8_t)(i - 1);
		graph_base_config(&node.base, &format, end ? 1 : period_ms);
		if (ipc_instance_init(nodes[i], PIPELINE, &node))
			return -EINVAL;
	}
	for (unsigned int i = 0; i + 1 < count; i++)
		if (ipc_bind(nodes[i], 0, nodes[i + 1], 0))
			return -EINVAL;
	if (ipc_pipeline_set_state(PIPELINE, SOF_IPC4_PIPELINE_STATE_PAUSED) ||
	    ipc_pipeline_set_state(PIPELINE, SOF_IPC4_PIPELINE_STATE_RUNNING))
		return -EINVAL;
	return 0;
}

static int measure(void *arg)
{
	const struct bench_chain *setup = &bench.setup;
	struct sof_audio_config config = { .domain_model = SOF_DOMAIN_INSTANCE };
	double start;
	int ret = sof_audio_init(&config);

	if (!ret)
		ret = build(setup->modules, setup->period_ms);
	for (unsigned int i = 0; !ret && i < 100; i++)
		ret = sof_tick() < 0;
	start = bench_now_us();
	for (unsigned int i = 0; !ret && i < setup->ticks; i++)
		ret = sof_tick() < 0;
	bench.us = (bench_now_us() - start) / setup->ticks;
	sof_audio_exit();
	return ret;
}

int bench_chain_run(const void *arg, double *us)
{
	struct host_config config = { .watchdog_ms = 5000 };
	static struct options options;
	int result = -1;

	memcpy(&bench.setup, arg, sizeof(bench.setup));
	config.isolation = bench.setup.isolation;
	static char name[] = "passthrough";
	static struct module_choice module = { .name = name };

	options.modules = &module;
	options.module_count = 1;
	if (host_init(&config) || catalog_load(&bench.catalog, &options, &bench.why) ||
	    host_run(measure, NULL, &result) || result)
		return -1;
	*us = bench.us;
	return 0;
}
