/* SPDX-License-Identifier: BSD-3-Clause */
/* Modules to test with. What runs as DP touches its own memory only: globals are closed to it. */
#include <rtos/userspace_helper.h>
#include <sof/audio/data_blob.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/ring_buffer.h>
#include <sof/audio/sink_source_utils.h>
#include <string.h>
#include <valgrind/valgrind.h>

#include "fixture.h"

static const void *pointer_of(const struct processing_module *mod)
{
	const void *pointer;

	memcpy(&pointer, mod->priv.cfg.ext_data->module_data, sizeof(pointer));
	return pointer;
}

static int endpoint_init(struct processing_module *mod)
{
	module_set_private_data(mod, (void *)pointer_of(mod));
	return 0;
}

static void number_write(uint8_t *frame, size_t bytes, size_t sample, uint64_t number)
{
	for (size_t at = 0; at < bytes; at += sample) {
		if (sample == 2)
			memcpy(frame + at, &(uint16_t){ (uint16_t)(number | 1) }, 2);
		else
			memcpy(frame + at, &(uint32_t){ (uint32_t)number + 1 }, 4);
	}
}

static int feed_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct feed *feed = module_get_private_data(mod);
	const size_t frame = sink_get_frame_bytes(sinks[0]);
	const size_t sample = get_sample_bytes(sink_get_frm_fmt(sinks[0]));
	uint64_t due = ++feed->ticks * feed->rate / 1000;
	void *to, *start;
	size_t size;
	uint8_t *at;

	due = due < feed->frames ? due : feed->frames;
	for (; feed->sent < due; feed->sent++) {
		if (sink_get_buffer(sinks[0], frame, &to, &start, &size))
			break;
		at = to;
		number_write(at, frame, sample, feed->sent);
		sink_commit_buffer(sinks[0], frame);
	}
	return 0;
}

static int collect_process(struct processing_module *mod, struct sof_source **sources,
			   int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	static const uint8_t zeros[64];
	struct collect *collect = module_get_private_data(mod);
	const size_t frame = source_get_frame_bytes(sources[0]);
	const size_t sample = get_sample_bytes(source_get_frm_fmt(sources[0]));
	const void *from, *start;
	uint8_t expected[64];
	size_t size;

	while (!source_get_data(sources[0], frame, &from, &start, &size)) {
		if (!collect->frames)
			collect->first_tick = sof_tick_count();
		number_write(expected, frame, sample, collect->next);
		collect->frames++;
		collect->next++;
		if (!memcmp(from, zeros, frame))
			collect->silent++;
		else if (memcmp(from, expected, frame))
			collect->wrong++;
		source_release_data(sources[0], frame);
	}
	return 0;
}

static int nothing_init(struct processing_module *mod)
{
	return 0;
}

static int copy_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const size_t frame = source_get_frame_bytes(sources[0]);
	const size_t frames = source_sink_avail_frames_aligned(sources[0], sinks[0]);

	return source_to_sink_copy(sources[0], sinks[0], true, frames * frame);
}

/* Whole blocks only, by a rule of its own; the rest of a stream it cannot use. */
static bool slow_ready(struct processing_module *mod, struct sof_source **sources,
		       int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	return source_get_data_available(sources[0]) >= mod->priv.cfg.base_cfg.ibs;
}

static int slow_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	return source_to_sink_copy(sources[0], sinks[0], true, mod->priv.cfg.base_cfg.ibs);
}

/* A write to where nothing is; under Valgrind, which would report it too, an oops. */
__attribute__((no_sanitize("undefined", "address"))) static void fault(void)
{
	volatile uint32_t *volatile nowhere = NULL;

	if (RUNNING_ON_VALGRIND)
		k_oops();
	*nowhere = 1;
}

struct counter {
	uint32_t calls, last;
};

static int counter_init(struct processing_module *mod)
{
	struct counter *counter = mod_zalloc(mod, sizeof(*counter));

	if (!counter)
		return -ENOMEM;
	memcpy(&counter->last, mod->priv.cfg.ext_data->module_data, sizeof(counter->last));
	module_set_private_data(mod, counter);
	return 0;
}

static int crash_process(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct counter *counter = module_get_private_data(mod);

	if (++counter->calls >= counter->last)
		fault();
	return copy_process(mod, sources, num_of_sources, sinks, num_of_sinks);
}

static int fail_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct counter *counter = module_get_private_data(mod);

	if (++counter->calls == counter->last)
		return -EPROTO;
	return copy_process(mod, sources, num_of_sources, sinks, num_of_sinks);
}

static int scribble_process(struct processing_module *mod, struct sof_source **sources,
			    int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct counter *counter = module_get_private_data(mod);

	if (++counter->calls == counter->last)
		memset(sinks[0], 0xa5, sizeof(*sinks[0]));
	else
		copy_process(mod, sources, num_of_sources, sinks, num_of_sinks);
	return 0;
}

static int blob_init(struct processing_module *mod)
{
	struct comp_data_blob_handler *handler = mod_data_blob_handler_new(mod);

	module_set_private_data(mod, handler);
	return handler ? 0 : -ENOMEM;
}

static int blob_set(struct processing_module *mod, uint32_t config_id,
		    enum module_cfg_fragment_position pos, uint32_t data_offset_size,
		    const uint8_t *fragment, size_t fragment_size, uint8_t *response,
		    size_t response_size)
{
	return comp_data_blob_set(module_get_private_data(mod), pos, data_offset_size, fragment,
				  fragment_size);
}

static int blob_get(struct processing_module *mod, uint32_t config_id, uint32_t *data_offset_size,
		    uint8_t *fragment, size_t fragment_size)
{
	size_t size;
	const void *blob = comp_get_data_blob(module_get_private_data(mod), &size, NULL);

	/* as SOF's message box: a structure fits in, and nothing of the caller's is there */
	if ((uintptr_t)fragment % sizeof(uint32_t) || fragment[0])
		return -EIO;
	if (size > fragment_size)
		return -ENOSPC;
	if (blob)
		memcpy(fragment, blob, size);
	*data_offset_size = (uint32_t)size;
	return 0;
}

static int blob_free(struct processing_module *mod)
{
	mod_data_blob_handler_free(mod, module_get_private_data(mod));
	return 0;
}

static int blob_set_param(struct processing_module *mod, uint32_t param)
{
	return param == 0x10007 ? 0 : -EINVAL;
}

static int blob_get_param(struct processing_module *mod, uint32_t *param)
{
	*param = (*param & 0x3fff0000) | 42;
	return 0;
}

static int greedy_init(struct processing_module *mod)
{
	static const uint32_t table[4] = { 1, 2, 3, 4 };
	const uint32_t *copy = mod_fast_get(mod, table, sizeof(table));
	void *first = mod_zalloc(mod, 100), *second = mod_balloc(mod, 1000);

	if (!copy || copy[3] != 4 || !first || !second)
		return -ENOMEM;
	if (mod_free(mod, first) || mod_free(mod, first) != -EINVAL)
		return -EIO;
	/* the rest stays: it goes with the instance */
	return blob_init(mod);
}

static int badinit_init(struct processing_module *mod)
{
	mod_alloc(mod, 64);
	fault();
	return 0;
}

const uint8_t probe_table[3][4096] = { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } };
APP_TASK_BSS const void *probe_copy;
APP_TASK_BSS uint32_t probe_shared;
uint32_t probe_global;

__attribute__((no_sanitize("undefined", "address", "thread"))) static void
probe_access(uint64_t address, bool write)
{
	volatile uint8_t *at = (volatile uint8_t *)(uintptr_t)address;

	if (write)
		*at = 0x5a;
	else
		(void)*at;
}

static int probe_set(struct processing_module *mod, uint32_t config_id,
		     enum module_cfg_fragment_position pos, uint32_t data_offset_size,
		     const uint8_t *fragment, size_t fragment_size, uint8_t *response,
		     size_t response_size)
{
	struct probe_order order;

	if (fragment_size != sizeof(order))
		return -EINVAL;
	memcpy(&order, fragment, sizeof(order));
	switch (order.what) {
	case PROBE_READ:
	case PROBE_WRITE:
		probe_access(order.address, order.what == PROBE_WRITE);
		return 0;
	case PROBE_GET:
		probe_copy = mod_fast_get(mod, (const void *)(uintptr_t)order.address, order.value);
		return probe_copy ? 0 : -ENOMEM;
	case PROBE_PUT:
		mod_fast_put(mod, (const void *)(uintptr_t)order.address);
		return 0;
	case PROBE_ALLOC:
		probe_copy = mod_alloc(mod, order.value);
		return probe_copy ? 0 : -ENOMEM;
	case PROBE_HEAP_ALLOC:
		probe_copy = sof_heap_alloc(mod->priv.resources.alloc->heap, SOF_MEM_FLAG_USER,
					    order.value, 0);
		return probe_copy ? 0 : -ENOMEM;
	case PROBE_GLOBAL:
		probe_access((uintptr_t)&probe_global, true);
		return 0;
	case PROBE_SHARED:
		probe_access((uintptr_t)&probe_shared, true);
		return 0;
	default:
		return -(int)order.value;
	}
}

static const struct module_interface probe_ops = { .init = nothing_init,
						   .process = copy_process,
						   .set_configuration = probe_set };
static const struct module_interface feed_ops = { .init = endpoint_init, .process = feed_process };
static const struct module_interface collect_ops = { .init = endpoint_init,
						     .process = collect_process };
static const struct module_interface copy_ops = { .init = nothing_init, .process = copy_process };
static const struct module_interface slow_ops = { .init = nothing_init,
						  .is_ready_to_process = slow_ready,
						  .process = slow_process };
static const struct module_interface crash_ops = { .init = counter_init, .process = crash_process };
static const struct module_interface fail_ops = { .init = counter_init, .process = fail_process };
static const struct module_interface scribble_ops = { .init = counter_init,
						      .process = scribble_process };
static const struct module_interface blob_ops = { .init = blob_init,
						  .process = copy_process,
						  .set_configuration = blob_set,
						  .get_configuration = blob_get,
						  .set_config_param = blob_set_param,
						  .get_config_param = blob_get_param,
						  .free = blob_free };
static const struct module_interface greedy_ops = { .init = greedy_init, .process = copy_process };
static const struct module_interface badinit_ops = { .init = badinit_init,
						     .process = copy_process };

void fixture_modules_register(void)
{
	static const struct {
		const char *name;
		const struct module_interface *ops;
		bool endpoint;
	} modules[] = {
		{ "feed", &feed_ops, true },	    { "collect", &collect_ops, true },
		{ "copy", &copy_ops, false },	    { "slow", &slow_ops, false },
		{ "crash", &crash_ops, false },	    { "scribble", &scribble_ops, false },
		{ "blob", &blob_ops, false },	    { "greedy", &greedy_ops, false },
		{ "badinit", &badinit_ops, false }, { "probe", &probe_ops, false },
		{ "probe2", &probe_ops, false },    { "fail", &fail_ops, false },
	};

	for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++) {
		struct sof_module_desc desc = { .name = modules[i].name,
						.ops = modules[i].ops,
						.uuid = { (uint8_t)(i + 1) },
						.endpoint = modules[i].endpoint };

		sof_module_register(&desc);
	}
}
