/* SPDX-License-Identifier: BSD-3-Clause */
/* The three kinds of processing call, LL and isolated, and what modules of the older two see. */
#include "fixture.h"

#include <sof/audio/component_ext.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <string.h>

#define RAW_BYTES 104 /* thirteen frames of two 32-bit samples: no divisor of a period */

static int nothing_init(struct processing_module *mod)
{
	return 0;
}

static int stream_process(struct processing_module *mod, struct input_stream_buffer *inputs,
			  int n_inputs, struct output_stream_buffer *outputs, int n_outputs)
{
	const struct audio_stream *source = inputs[0].data;

	/* what runs LL on the board may look at its pipeline */
	if (n_inputs != 1 || n_outputs != 1 ||
	    mod->dev->pipeline->source_comp->direction != SOF_IPC_STREAM_PLAYBACK ||
	    mod->dev->pipeline->source_comp->pipeline != mod->dev->pipeline ||
	    mod->dev->pipeline->sink_comp->pipeline != mod->dev->pipeline ||
	    mod->dev->pipeline->source_comp->state != COMP_STATE_ACTIVE ||
	    mod->dev->pipeline->sink_comp->state != COMP_STATE_ACTIVE ||
	    mod->dev->pipeline->source_comp->ipc_config.id ==
		    mod->dev->pipeline->sink_comp->ipc_config.id)
		return -EPROTO;
	audio_stream_copy(source, 0, outputs[0].data, 0,
			  inputs[0].size * audio_stream_get_channels(source));
	module_update_buffer_position(&inputs[0], &outputs[0], inputs[0].size);
	return 0;
}

static int raw_prepare(struct processing_module *mod, struct sof_source **sources,
		       int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	mod->priv.mpd.in_buff_size = RAW_BYTES;
	mod->priv.mpd.out_buff_size = RAW_BYTES;
	return 0;
}

/* Whole blocks, but for the end of the stream. */
static int raw_process(struct processing_module *mod, struct input_stream_buffer *inputs,
		       int n_inputs, struct output_stream_buffer *outputs, int n_outputs)
{
	if (inputs[0].size < RAW_BYTES && !inputs[0].end_of_stream)
		return -ENODATA;
	memcpy(outputs[0].data, inputs[0].data, inputs[0].size);
	outputs[0].size = inputs[0].size;
	inputs[0].consumed = inputs[0].size;
	return 0;
}

/* A module with process() that works on the buffers behind its ends all the same. */
static int view_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct comp_buffer *source = comp_buffer_get_from_source(sources[0]);
	struct comp_buffer *sink = comp_buffer_get_from_sink(sinks[0]);
	struct comp_copy_limits limits;

	if (comp_buffer_get_sink_component(source) != mod->dev ||
	    comp_buffer_get_source_state(source) != COMP_STATE_ACTIVE)
		return -EPROTO;
	comp_get_copy_limits_frame_aligned(source, sink, &limits);
	audio_stream_copy(&source->stream, 0, &sink->stream, 0, (uint32_t)limits.source_bytes / 4);
	comp_update_buffer_consume(source, (uint32_t)limits.source_bytes);
	comp_update_buffer_produce(sink, (uint32_t)limits.sink_bytes);
	return 0;
}

static int wide_init(struct processing_module *mod)
{
	mod->max_sources = 2;
	return 0;
}

static int split_init(struct processing_module *mod)
{
	mod->max_sinks = 2;
	return 0;
}

/* Two equal inputs become one. */
static int join_process(struct processing_module *mod, struct input_stream_buffer *inputs,
			int n_inputs, struct output_stream_buffer *outputs, int n_outputs)
{
	uint32_t frames = inputs[0].size;

	if (n_inputs != 2 || n_outputs != 1)
		return -EPROTO;
	frames = inputs[1].size < frames ? inputs[1].size : frames;
	for (uint32_t i = 0; i < 2 * frames; i++) {
		const int32_t *a =
			audio_stream_read_frag_s32((struct audio_stream *)inputs[0].data, i);
		const int32_t *b =
			audio_stream_read_frag_s32((struct audio_stream *)inputs[1].data, i);
		int32_t *to =
			audio_stream_write_frag_s32((struct audio_stream *)outputs[0].data, i);

		*to = *a == *b ? *a : -1;
	}
	module_update_buffer_position(&inputs[0], &outputs[0], frames);
	inputs[1].consumed = inputs[0].consumed;
	return 0;
}

static int split_process(struct processing_module *mod, struct input_stream_buffer *inputs,
			 int n_inputs, struct output_stream_buffer *outputs, int n_outputs)
{
	const uint32_t samples = 2 * inputs[0].size;

	if (n_inputs != 1 || n_outputs != 2)
		return -EPROTO;
	audio_stream_copy(inputs[0].data, 0, outputs[0].data, 0, samples);
	audio_stream_copy(inputs[0].data, 0, outputs[1].data, 0, samples);
	module_update_buffer_position(&inputs[0], &outputs[0], inputs[0].size);
	outputs[1].size = outputs[0].size;
	return 0;
}

/* LL only: it notes what it is told in a global. */
static int commands[16];
static unsigned int n_commands;

static int told_trigger(struct processing_module *mod, int cmd)
{
	if (n_commands < 16)
		commands[n_commands++] = cmd;
	return module_adapter_set_state(mod, mod->dev, cmd);
}

static int unpausable_init(struct processing_module *mod)
{
	mod->no_pause = true;
	return 0;
}

/* Goes on for ever, as a mixer does whose sources are silent. */
static int endless_process(struct processing_module *mod, struct sof_source **sources,
			   int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const size_t bytes = source_get_data_available(sources[0]);

	if (!bytes)
		return sink_fill_with_silence(sinks[0], sink_get_frame_bytes(sinks[0]));
	return source_to_sink_copy(sources[0], sinks[0], true, bytes);
}

/* Changes the format of its output through the comp_buffer, as older modules do. */
static int format_prepare(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct comp_buffer *sink = comp_dev_get_first_data_consumer(mod->dev);
	struct sof_ipc_stream_params params = *mod->stream_params;

	params.rate = 32000;
	params.channels = 1;
	if (comp_verify_params(mod->dev, BUFF_PARAMS_CHANNELS, &params))
		return -EINVAL;
	return params.channels == audio_stream_get_channels(&sink->stream) &&
			       audio_stream_get_rate(&sink->stream) == 32000 &&
			       mod->dev->frames == 32 ?
		       0 :
		       -EPROTO;
}

static const struct module_interface stream_ops = { .init = nothing_init,
						    .process_audio_stream = stream_process };
static const struct module_interface raw_ops = { .init = nothing_init,
						 .prepare = raw_prepare,
						 .process_raw_data = raw_process };
static const struct module_interface unsized_ops = { .init = nothing_init,
						     .process_raw_data = raw_process };
static const struct module_interface view_ops = { .init = nothing_init, .process = view_process };
static const struct module_interface join_ops = { .init = wide_init,
						  .process_audio_stream = join_process };
static const struct module_interface split_ops = { .init = split_init,
						   .process_audio_stream = split_process };
static const struct module_interface told_ops = { .init = nothing_init,
						  .process_audio_stream = stream_process,
						  .trigger = told_trigger };
static const struct module_interface unpausable_ops = { .init = unpausable_init,
							.process_audio_stream = stream_process };
static const struct module_interface format_ops = { .init = nothing_init,
						    .prepare = format_prepare,
						    .process_audio_stream = stream_process };
static const struct module_interface endless_ops = { .init = nothing_init,
						     .process = endless_process };
static const struct module_interface none_ops = { .init = nothing_init };

static int kinds_up(void **state)
{
	static const struct {
		const char *name;
		const struct module_interface *ops;
	} modules[] = {
		{ "stream", &stream_ops },   { "raw", &raw_ops },
		{ "unsized", &unsized_ops }, { "view", &view_ops },
		{ "join", &join_ops },	     { "split", &split_ops },
		{ "told", &told_ops },	     { "unpausable", &unpausable_ops },
		{ "format", &format_ops },   { "none", &none_ops },
		{ "endless", &endless_ops },
	};

	firmware_up(state);
	for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++) {
		struct sof_module_desc desc = { .name = modules[i].name,
						.ops = modules[i].ops,
						.uuid = { (uint8_t)(i + 100) } };

		assert_int_equal(sof_module_register(&desc), 0);
	}
	return 0;
}

static struct make make_of(const char *name, unsigned int instance, bool dp, const void *data)
{
	const void *const *at = data;

	return (struct make){ .module = module_id(name),
			      .instance = instance,
			      .pipeline = 1,
			      .dp = dp,
			      .rate = 48000,
			      .channels = 2,
			      .bits = 32,
			      .block_ms = 1,
			      .data = at,
			      .data_size = at ? sizeof(*at) : 0 };
}

static void make_one(const char *name, unsigned int instance, bool dp, const void *data)
{
	const struct make make = make_of(name, instance, dp, data ? &data : NULL);

	assert_int_equal(make_instance(&make), IPC4_SUCCESS);
}

static void join(const char *from, unsigned int from_instance, const char *to,
		 unsigned int to_instance)
{
	assert_int_equal(bind(module_id(from), from_instance, module_id(to), to_instance),
			 IPC4_SUCCESS);
}

static void join_queues(const char *from, unsigned int from_instance, unsigned int from_queue,
			const char *to, unsigned int to_instance, unsigned int to_queue)
{
	assert_int_equal(bind_queues(module_id(from), from_instance, from_queue, module_id(to),
				     to_instance, to_queue),
			 IPC4_SUCCESS);
}

static void stop(void)
{
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_PAUSED), IPC4_SUCCESS);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RESET), IPC4_SUCCESS);
	assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
}

static void start(void)
{
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_PAUSED), IPC4_SUCCESS);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RUNNING), IPC4_SUCCESS);
}

/* 1000 frames arrive, in order; with a DP neighbour too, so that an LL module sees a ring. */
static void plays_through(const char *name, bool dp, bool dp_neighbour)
{
	struct feed feed = { .rate = 48000, .frames = 1000 };
	struct collect collect = { 0 };

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make_one("feed", 0, false, &feed);
	make_one(name, 0, dp, NULL);
	make_one("copy", 0, dp_neighbour, NULL);
	make_one("collect", 0, false, &collect);
	join("feed", 0, name, 0);
	join(name, 0, "copy", 0);
	join("copy", 0, "collect", 0);
	start();
	assert_true(play(&feed) >= 0);
	assert_int_equal(collect.frames, 1000);
	assert_int_equal(collect.wrong, 0);
	assert_int_equal(collect.silent, 0);
	stop();
}

static void each_kind_plays_ll(void **state)
{
	plays_through("stream", false, false);
	plays_through("raw", false, false);
	plays_through("view", false, false);
}

static void each_kind_plays_ll_beside_a_dp_module(void **state)
{
	plays_through("stream", false, true);
	plays_through("raw", false, true);
	plays_through("view", false, true);
}

static void each_kind_plays_isolated(void **state)
{
	plays_through("stream", true, false);
	plays_through("raw", true, false);
	plays_through("view", true, true);
	assert_int_equal(last_fault.kind, 0);
}

static void what_the_board_runs_ll_is_told(void **state)
{
	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make_one("stream", 0, true, NULL);
	make_one("view", 0, true, NULL);
	assert_true(stats_of("stream.0").dp);
	assert_true(stats_of("stream.0").board_runs_ll);
	assert_false(stats_of("view.0").board_runs_ll);
}

static void a_pipeline_tells_its_end_and_how_far_behind_it_is(void **state)
{
	struct feed feed = { .rate = 48000, .frames = 480 };
	struct collect collect = { 0 };
	const struct comp_dev *end;
	const struct pipeline *pipeline;
	uint32_t latency = 7;

	assert_null(pipeline_get_dai_comp_latency(1, &latency));
	assert_int_equal(latency, 0);
	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	assert_null(pipeline_get_dai_comp_latency(1, &latency));
	make_one("stream", 0, false, NULL);
	make_one("feed", 0, false, &feed);
	make_one("collect", 0, false, &collect);
	join("feed", 0, "stream", 0);
	join("stream", 0, "collect", 0);
	start();
	end = pipeline_get_dai_comp_latency(1, &latency);
	assert_non_null(end);
	assert_int_equal(end->ipc_config.id, IPC4_COMP_ID(module_id("collect"), 0));
	assert_int_equal(end->state, COMP_STATE_ACTIVE);
	pipeline = ipc4_get_comp_dev(IPC4_COMP_ID(module_id("stream"), 0))->pipeline;
	assert_int_equal(pipeline->source_comp->ipc_config.id, IPC4_COMP_ID(module_id("feed"), 0));
	assert_int_equal(pipeline->source_comp->direction, SOF_IPC_STREAM_PLAYBACK);
	assert_true(play(&feed) >= 0);
	stop();
}

static void a_stream_ends_though_a_module_never_stops(void **state)
{
	struct feed feed = { .rate = 48000, .frames = 480 };
	struct collect collect = { 0 };
	int ticks = 0;

	assert_false(sof_streams_ended());
	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make_one("feed", 0, false, &feed);
	make_one("endless", 0, false, NULL);
	make_one("collect", 0, false, &collect);
	join("feed", 0, "endless", 0);
	join("endless", 0, "collect", 0);
	start();
	while (feed.sent < feed.frames)
		assert_int_equal(tick(), SOF_TICK_PROGRESS);
	assert_false(sof_streams_ended());
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_EOS), IPC4_SUCCESS);
	while (!sof_streams_ended() && ticks++ < 10)
		assert_int_equal(tick(), SOF_TICK_PROGRESS);
	assert_true(sof_streams_ended());
	assert_in_range(collect.frames, 480, 483);
	stop();
}

static void joins_two(bool dp)
{
	struct feed feeds[2] = { { .rate = 48000, .frames = 500 },
				 { .rate = 48000, .frames = 500 } };
	struct collect collect = { 0 };

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make_one("feed", 0, false, &feeds[0]);
	make_one("feed", 1, false, &feeds[1]);
	make_one("join", 0, dp, NULL);
	make_one("collect", 0, false, &collect);
	join("feed", 0, "join", 0);
	join_queues("feed", 1, 0, "join", 0, 1);
	join("join", 0, "collect", 0);
	start();
	assert_true(play(&feeds[0]) >= 0);
	assert_int_equal(collect.frames, 500);
	assert_int_equal(collect.wrong, 0);
	stop();
}

static void a_stream_module_joins_two_inputs(void **state)
{
	joins_two(false);
	joins_two(true);
}

static void splits(bool dp)
{
	struct feed feed = { .rate = 48000, .frames = 500 };
	struct collect collects[2] = { { 0 }, { 0 } };

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make_one("feed", 0, false, &feed);
	make_one("split", 0, dp, NULL);
	make_one("collect", 0, false, &collects[0]);
	make_one("collect", 1, false, &collects[1]);
	join("feed", 0, "split", 0);
	join("split", 0, "collect", 0);
	join_queues("split", 0, 1, "collect", 1, 0);
	start();
	assert_true(play(&feed) >= 0);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(collects[i].frames, 500);
		assert_int_equal(collects[i].wrong, 0);
	}
	stop();
}

static void a_stream_module_splits_in_two_outputs(void **state)
{
	splits(false);
	splits(true);
}

static void refused_to_start(int error)
{
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_PAUSED), IPC4_SUCCESS);
	assert_int_not_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RUNNING), IPC4_SUCCESS);
	assert_int_equal(sof_ipc4_last_error(), error);
}

static void more_connections_than_it_is_made_for_are_refused(void **state)
{
	struct collect collects[2] = { { 0 }, { 0 } };
	struct feed feed = { .rate = 48000, .frames = 1 };

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make_one("feed", 0, false, &feed);
	make_one("stream", 0, true, NULL);
	make_one("collect", 0, false, &collects[0]);
	make_one("collect", 1, false, &collects[1]);
	join("feed", 0, "stream", 0);
	join("stream", 0, "collect", 0);
	join_queues("stream", 0, 1, "collect", 1, 0);
	refused_to_start(-EINVAL);
}

static void a_raw_module_without_block_sizes_is_refused(void **state)
{
	struct collect collect = { 0 };
	struct feed feed = { .rate = 48000, .frames = 1 };

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make_one("feed", 0, false, &feed);
	make_one("unsized", 0, true, NULL);
	make_one("collect", 0, false, &collect);
	join("feed", 0, "unsized", 0);
	join("unsized", 0, "collect", 0);
	refused_to_start(-EINVAL);
}

static void a_module_with_no_processing_call_is_refused(void **state)
{
	const struct make make = make_of("none", 0, false, NULL);

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	assert_int_not_equal(make_instance(&make), IPC4_SUCCESS);
	assert_int_equal(sof_ipc4_last_error(), -EIO);
}

static void changes_format(bool dp)
{
	struct feed feed = { .rate = 48000, .frames = 1 };
	struct collect collect = { 0 };

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make_one("feed", 0, false, &feed);
	make_one("format", 0, dp, NULL);
	make_one("collect", 0, false, &collect);
	join("feed", 0, "format", 0);
	join("format", 0, "collect", 0);
	/* prepare() finds what it has set; but collect was told of another format */
	refused_to_start(-EINVAL);
	/* what was refused is no damage to a buffer */
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RESET), IPC4_SUCCESS);
	assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
	assert_int_equal(host_fault_count(), 0);
}

static void formats_set_on_the_buffer_must_be_the_consumers(void **state)
{
	changes_format(false);
	changes_format(true);
}

static void triggers_come_in_the_boards_order(void **state)
{
	static const int expected[] = { COMP_TRIGGER_PRE_START, COMP_TRIGGER_START,
					COMP_TRIGGER_PAUSE,	COMP_TRIGGER_PRE_RELEASE,
					COMP_TRIGGER_RELEASE,	COMP_TRIGGER_STOP };
	struct feed feed = { .rate = 48000, .frames = 1 };
	struct collect collect = { 0 };

	n_commands = 0;
	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make_one("feed", 0, false, &feed);
	make_one("told", 0, false, NULL);
	make_one("collect", 0, false, &collect);
	join("feed", 0, "told", 0);
	join("told", 0, "collect", 0);
	start();
	start();
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RESET), IPC4_SUCCESS);
	assert_int_equal(n_commands, sizeof(expected) / sizeof(expected[0]));
	assert_memory_equal(commands, expected, sizeof(expected));
}

static void what_cannot_pause_runs_on_with_what_it_feeds(void **state)
{
	struct feed feed = { .rate = 48000, .frames = 1 };
	struct collect collect = { 0 };
	const struct comp_dev *dev;

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make_one("feed", 0, false, &feed);
	make_one("unpausable", 0, false, NULL);
	make_one("collect", 0, false, &collect);
	join("feed", 0, "unpausable", 0);
	join("unpausable", 0, "collect", 0);
	start();
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_PAUSED), IPC4_SUCCESS);
	dev = ipc4_get_comp_dev(IPC4_COMP_ID(module_id("feed"), 0));
	assert_int_equal(dev->state, COMP_STATE_PAUSED);
	dev = ipc4_get_comp_dev(IPC4_COMP_ID(module_id("unpausable"), 0));
	assert_int_equal(dev->state, COMP_STATE_ACTIVE);
	dev = ipc4_get_comp_dev(IPC4_COMP_ID(module_id("collect"), 0));
	assert_int_equal(dev->state, COMP_STATE_ACTIVE);
}

SOF_DEFINE_UUID("declared", declared_uuid, 0x77, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
DECLARE_TR_CTX(declared_tr, SOF_UUID(declared_uuid), LOG_LEVEL_INFO);
DECLARE_MODULE_ADAPTER(stream_ops, declared_uuid, declared_tr);

static void a_declared_driver_makes_and_runs_instances(void **state)
{
	const struct comp_driver *drv = &comp_stream_ops_module;
	struct sof_ipc_stream_params params;
	struct ipc4_base_module_cfg config = { 0 }, got;
	struct comp_ipc_config where = { .pipeline_id = 1 };
	const struct ipc_config_process process = { .data = (const unsigned char *)&config,
						    .size = sizeof(config) };
	struct comp_dev *dev, stranger = { 0 };

	config.audio_fmt.sampling_frequency = IPC4_FS_48000HZ;
	config.audio_fmt.depth = IPC4_DEPTH_32BIT;
	config.audio_fmt.valid_bit_depth = 32;
	config.audio_fmt.channels_count = 2;
	config.ibs = config.obs = 384;
	sys_comp_module_stream_ops_init();
	assert_int_equal(comp_register(&comp_module_stream_ops_info), -EEXIST);
	assert_int_equal(comp_register(NULL), -EINVAL);
	assert_non_null(sof_module_find("declared"));
	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	dev = drv->ops.create(drv, &where, &process);
	assert_non_null(dev);
	assert_null(drv->ops.create(drv, &where, &process));
	assert_int_equal(drv->ops.get_attribute(dev, COMP_ATTR_BASE_CONFIG, &got), 0);
	assert_memory_equal(&got, &config, sizeof(got));
	assert_int_equal(drv->ops.get_attribute(dev, COMP_ATTR_COPY_DIR, &got), -EINVAL);
	assert_int_equal(drv->ops.set_attribute(dev, COMP_ATTR_BASE_CONFIG, &got), -EINVAL);
	assert_int_equal(drv->ops.set_attribute(dev, COMP_ATTR_IPC4_CONFIG, &(uint32_t){ 1 }),
			 -ENOEXEC);
	assert_int_equal(drv->ops.params(dev, &params), 0);
	assert_int_equal(params.rate, 48000);
	assert_int_equal(drv->ops.prepare(dev), 0);
	assert_int_equal(drv->ops.trigger(dev, COMP_TRIGGER_START), 0);
	assert_int_equal(drv->ops.copy(dev), -EPROTO); /* it is connected to nothing */
	assert_int_equal(drv->ops.reset(dev), 0);
	assert_int_equal(drv->ops.get_total_data_processed(dev, 0, true), 0);
	assert_int_equal(drv->ops.position(dev, NULL), -EOPNOTSUPP);
	assert_int_equal(drv->ops.dai_get_hw_params(dev, &params, 0), -EOPNOTSUPP);
	assert_int_equal(drv->ops.dai_ts_config(dev), -EOPNOTSUPP);
	assert_int_equal(drv->ops.dai_ts_start(dev), -EOPNOTSUPP);
	assert_int_equal(drv->ops.dai_ts_stop(dev), -EOPNOTSUPP);
	assert_int_equal(drv->ops.dai_ts_get(dev, NULL), -EOPNOTSUPP);
	assert_int_equal(drv->ops.bind(dev, NULL), -EINVAL);
	assert_int_equal(drv->ops.unbind(dev, NULL), -EINVAL);
	assert_int_equal(drv->ops.set_large_config(dev, 1, true, true, 0, NULL), -EINVAL);
	assert_int_equal(drv->ops.set_large_config(dev, 1, true, true, 4, "abc"), 0);
	assert_int_equal(drv->ops.get_large_config(dev, 1, true, true, NULL, NULL), -EINVAL);
	assert_int_equal(drv->ops.prepare(&stranger), -ENODEV);
	assert_int_equal(drv->ops.reset(&stranger), -ENODEV);
	assert_int_equal(drv->ops.copy(&stranger), -ENODEV);
	drv->ops.free(dev);
	assert_int_equal(drv->ops.prepare(dev), -ENODEV);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define ON_FIRMWARE(test) cmocka_unit_test_setup_teardown(test, kinds_up, firmware_down)
		ON_FIRMWARE(each_kind_plays_ll),
		ON_FIRMWARE(each_kind_plays_ll_beside_a_dp_module),
		ON_FIRMWARE(each_kind_plays_isolated),
		ON_FIRMWARE(what_the_board_runs_ll_is_told),
		ON_FIRMWARE(a_pipeline_tells_its_end_and_how_far_behind_it_is),
		ON_FIRMWARE(a_stream_ends_though_a_module_never_stops),
		ON_FIRMWARE(a_stream_module_joins_two_inputs),
		ON_FIRMWARE(a_stream_module_splits_in_two_outputs),
		ON_FIRMWARE(more_connections_than_it_is_made_for_are_refused),
		ON_FIRMWARE(a_raw_module_without_block_sizes_is_refused),
		ON_FIRMWARE(a_module_with_no_processing_call_is_refused),
		ON_FIRMWARE(formats_set_on_the_buffer_must_be_the_consumers),
		ON_FIRMWARE(triggers_come_in_the_boards_order),
		ON_FIRMWARE(what_cannot_pause_runs_on_with_what_it_feeds),
		ON_FIRMWARE(a_declared_driver_makes_and_runs_instances),
	};

	return run_on_board(tests);
}
