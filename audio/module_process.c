/* SPDX-License-Identifier: BSD-3-Clause */
#include "module_process.h"

#include <rtos/symbol.h>
#include <string.h>

#include "buffer_view.h"

int module_process_type(const struct module_interface *ops, enum module_processing_type *type)
{
	if (ops->process)
		*type = MODULE_PROCESS_TYPE_SOURCE_SINK;
	else if (ops->process_audio_stream)
		*type = MODULE_PROCESS_TYPE_STREAM;
	else if (ops->process_raw_data)
		*type = MODULE_PROCESS_TYPE_RAW;
	else
		return -ENOENT;
	return 0;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int source_sink(struct processing_module *mod, const struct module_interface *ops)
{
	int err;

	if (mod->uses_buffer_views)
		buffer_views_refresh(mod->dev);
	err = ops->process(mod, mod->sources, (int)mod->num_of_sources, mod->sinks,
			   (int)mod->num_of_sinks);
	if (mod->uses_buffer_views)
		buffer_views_commit(mod->dev);
	return err;
}

/* \name Streams */

struct stream_ends {
	struct comp_buffer *sources[CONFIG_MODULE_MAX_CONNECTIONS];
	struct comp_buffer *sinks[CONFIG_MODULE_MAX_CONNECTIONS];
	unsigned int n_sources, n_sinks;
};

static void ends_find(struct comp_dev *dev, struct stream_ends *ends)
{
	struct comp_buffer *buffer;

	ends->n_sources = 0;
	ends->n_sinks = 0;
	comp_dev_for_each_producer(dev, buffer) if (ends->n_sources < CONFIG_MODULE_MAX_CONNECTIONS)
		ends->sources[ends->n_sources++] = buffer;
	comp_dev_for_each_consumer(dev, buffer) if (ends->n_sinks < CONFIG_MODULE_MAX_CONNECTIONS)
		ends->sinks[ends->n_sinks++] = buffer;
}

/* Frames that input i can give: to the one sink, or to whichever of several has least room. */
static uint32_t frames_for(const struct stream_ends *ends, unsigned int i)
{
	const struct audio_stream *source = &ends->sources[i]->stream;
	uint32_t frames = audio_stream_get_avail_frames(source);

	for (unsigned int k = 0; k < ends->n_sinks; k++)
		frames = (uint32_t)smaller(
			frames, audio_stream_avail_frames_aligned(source, &ends->sinks[k]->stream));
	return frames;
}

static bool ended(const struct comp_buffer *buffer)
{
	const enum sof_audio_buffer_state state = audio_buffer_get_state(&buffer->audio_buffer);

	return state == AUDIOBUF_STATE_END_OF_STREAM || state == AUDIOBUF_STATE_END_OF_STREAM_FLUSH;
}

static int streams(struct processing_module *mod, const struct module_interface *ops,
		   struct module_process_state *state)
{
	struct comp_dev *const dev = mod->dev;
	unsigned int n_inputs, n_outputs;
	struct stream_ends ends;
	int err;

	buffer_views_refresh(dev);
	ends_find(dev, &ends);
	n_inputs = ends.n_sources;
	n_outputs = ends.n_sinks;
	if (n_inputs > 1 && n_outputs > 1)
		return -EINVAL;
	for (unsigned int i = 0; i < n_inputs; i++) {
		state->inputs[i] = (struct input_stream_buffer){
			.data = &ends.sources[i]->stream,
			.size = frames_for(&ends, i),
			.end_of_stream = ended(ends.sources[i]),
		};
	}
	for (unsigned int k = 0; k < n_outputs; k++)
		state->outputs[k] = (struct output_stream_buffer){ .data = &ends.sinks[k]->stream };
	/* who does not run takes, or gives, nothing */
	if (n_outputs == 1) {
		if (comp_buffer_get_sink_state(ends.sinks[0]) != dev->state)
			n_outputs = 0;
	} else if (n_inputs == 1 && comp_buffer_get_source_state(ends.sources[0]) != dev->state) {
		n_inputs = 0;
	}

	err = ops->process_audio_stream(mod, state->inputs, (int)n_inputs, state->outputs,
					(int)n_outputs);
	if (err && err != -ENOSPC && err != -ENODATA)
		return err;
	for (unsigned int i = 0; i < n_inputs; i++) {
		if (state->inputs[i].consumed)
			comp_update_buffer_consume(ends.sources[i], state->inputs[i].consumed);
	}
	for (unsigned int k = 0; k < n_outputs; k++) {
		if (state->outputs[k].size)
			comp_update_buffer_produce(ends.sinks[k], state->outputs[k].size);
	}
	mod->total_data_consumed += n_inputs ? state->inputs[0].consumed : 0;
	mod->total_data_produced += n_outputs ? state->outputs[0].size : 0;
	buffer_views_commit(dev);
	return 0;
}

/* \name Raw data */

/* True when nothing is left to give away. */
static bool raw_flush(struct processing_module *mod, struct module_process_state *state)
{
	bool empty = true;

	for (unsigned int k = 0; k < mod->num_of_sinks; k++) {
		struct raw_output *out = &state->raw[k];
		struct sof_sink *sink = mod->sinks[k];
		const size_t frame = sink_get_frame_bytes(sink);
		size_t bytes = smaller(out->left, sink_get_free_size(sink)), size;
		void *at, *start;

		/* whole frames, but for what ends in the middle of one */
		if (frame && bytes < out->left)
			bytes -= bytes % frame;
		if (bytes && !sink_get_buffer(sink, bytes, &at, &start, &size)) {
			const char *from = (char *)state->outputs[k].data + out->at;

			cir_buf_copy(from, from, from + bytes, at, start, (char *)start + size,
				     bytes);
			sink_commit_buffer(sink, bytes);
			out->at += (uint32_t)bytes;
			out->left -= (uint32_t)bytes;
		}
		empty = empty && !out->left;
	}
	return empty;
}

/* Bytes that wait on a source, in whole frames, for a linear copy. */
static int raw_fill(struct processing_module *mod, struct input_stream_buffer *input,
		    struct sof_source *source)
{
	const size_t frame = source_get_frame_bytes(source);
	size_t bytes = smaller(source_get_data_available(source), mod->priv.mpd.in_buff_size), size;
	const void *at, *start;
	int err;

	if (frame)
		bytes -= bytes % frame;
	input->size = (uint32_t)bytes;
	input->consumed = 0;
	input->end_of_stream = source_get_state(source) == AUDIOBUF_STATE_END_OF_STREAM ||
			       source_get_state(source) == AUDIOBUF_STATE_END_OF_STREAM_FLUSH;
	if (!bytes)
		return 0;
	err = source_get_data(source, bytes, &at, &start, &size);
	if (err)
		return err;
	cir_buf_copy(at, start, (const char *)start + size, input->data, input->data,
		     (char *)input->data + bytes, bytes);
	return 0;
}

static int raw_data(struct processing_module *mod, const struct module_interface *ops,
		    struct module_process_state *state)
{
	const uint32_t room = mod->priv.mpd.out_buff_size;
	int err = 0, said;

	/* the module may write a whole block: the last one has to be gone */
	if (!raw_flush(mod, state))
		return 0;
	for (unsigned int i = 0; !err && i < mod->num_of_sources; i++)
		err = raw_fill(mod, &state->inputs[i], mod->sources[i]);
	if (err)
		return err;
	for (unsigned int k = 0; k < mod->num_of_sinks; k++)
		state->outputs[k].size = 0;
	said = ops->process_raw_data(mod, state->inputs, (int)mod->num_of_sources, state->outputs,
				     (int)mod->num_of_sinks);
	for (unsigned int i = 0; i < mod->num_of_sources; i++) {
		const struct input_stream_buffer *input = &state->inputs[i];
		const size_t used = smaller(input->consumed, input->size);

		if (input->size)
			source_release_data(mod->sources[i], used);
		mod->total_data_consumed += i ? 0 : used;
	}
	if (said && said != -ENOSPC && said != -ENODATA)
		return said;
	for (unsigned int k = 0; k < mod->num_of_sinks; k++) {
		state->raw[k].at = 0;
		state->raw[k].left = (uint32_t)smaller(state->outputs[k].size, room);
		mod->total_data_produced += k ? 0 : state->raw[k].left;
	}
	raw_flush(mod, state);
	return 0;
}

static int raw_buffers_new(struct processing_module *mod, struct module_process_state *state)
{
	const uint32_t in = mod->priv.mpd.in_buff_size, out = mod->priv.mpd.out_buff_size;

	if ((mod->num_of_sources && !in) || (mod->num_of_sinks && !out))
		return -EINVAL;
	for (unsigned int i = 0; i < mod->num_of_sources; i++) {
		state->inputs[i].data = mod_zalloc(mod, in);
		if (!state->inputs[i].data)
			return -ENOMEM;
	}
	for (unsigned int k = 0; k < mod->num_of_sinks; k++) {
		state->outputs[k].data = mod_zalloc(mod, out);
		if (!state->outputs[k].data)
			return -ENOMEM;
	}
	return 0;
}

/* A configuration that the adapter put together has been applied when prepare() is over. */
static void config_drop(struct processing_module *mod)
{
	struct module_config *config = &mod->priv.cfg;

	mod_free(mod, config->data);
	config->data = NULL;
	config->avail = false;
}

int module_process_prepare(struct processing_module *mod, const struct module_interface *ops,
			   struct module_process_state *state)
{
	int err;

	module_process_release(mod, state);
	mod->uses_buffer_views = false;
	mod->input_buffers = state->inputs;
	mod->output_buffers = state->outputs;
	buffer_views_refresh(mod->dev);
	err = ops->prepare ? ops->prepare(mod, mod->sources, (int)mod->num_of_sources, mod->sinks,
					  (int)mod->num_of_sinks) :
			     0;
	if (!err)
		err = buffer_views_settle(mod->dev);
	if (err)
		return err;
	config_drop(mod);
	if (IS_PROCESSING_MODE_SINK_SOURCE(mod))
		return 0;
	if (mod->num_of_sources > mod->max_sources || mod->num_of_sinks > mod->max_sinks)
		return -EINVAL;
	if (IS_PROCESSING_MODE_AUDIO_STREAM(mod))
		return mod->max_sources > 1 && mod->max_sinks > 1 ? -EINVAL : 0;
	err = raw_buffers_new(mod, state);
	if (err)
		module_process_release(mod, state);
	return err;
}

void module_process_release(struct processing_module *mod, struct module_process_state *state)
{
	if (IS_PROCESSING_MODE_RAW_DATA(mod)) {
		for (unsigned int i = 0; i < CONFIG_MODULE_MAX_CONNECTIONS; i++) {
			mod_free(mod, state->inputs[i].data);
			mod_free(mod, state->outputs[i].data);
		}
	}
	memset(state, 0, sizeof(*state));
}

int module_process_run(struct processing_module *mod, const struct module_interface *ops,
		       struct module_process_state *state)
{
	switch (mod->proc_type) {
	case MODULE_PROCESS_TYPE_STREAM:
		return streams(mod, ops, state);
	case MODULE_PROCESS_TYPE_RAW:
		return raw_data(mod, ops, state);
	default:
		return source_sink(mod, ops);
	}
}

uint32_t module_get_deadline(struct processing_module *mod)
{
	uint32_t earliest = UINT32_MAX;

	if (mod->dev->ipc_config.proc_domain == COMP_PROCESSING_DOMAIN_LL)
		return 0;
	if (mod->dp_startup_delay)
		return UINT32_MAX / 2;
	for (unsigned int i = 0; i < mod->num_of_sinks; i++) {
		const uint32_t due = sink_get_last_feeding_time(mod->sinks[i]);

		earliest = due < earliest ? due : earliest;
	}
	return earliest;
}

void module_update_buffer_position(struct input_stream_buffer *input_buffers,
				   struct output_stream_buffer *output_buffers, uint32_t frames)
{
	const struct audio_stream *source = input_buffers->data, *sink = output_buffers->data;

	input_buffers->consumed += audio_stream_frame_bytes(source) * frames;
	output_buffers->size += audio_stream_frame_bytes(sink) * frames;
}
EXPORT_SYMBOL(module_update_buffer_position);
