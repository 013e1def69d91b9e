/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The well-behaved part of a module that misbehaves once. A rogue defines
 *
 *	static void misbehave(struct rogue_call *call) { ... }
 *	ROGUE("name", number, AT_PROCESS);
 *
 * and is a module that copies, and calls misbehave() at the moment it names. In process() that is
 * not the first call but the third, so that audio flows by then and switches have happened.
 */
#ifndef TESTS_ROGUE_H
#define TESTS_ROGUE_H

#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <rtos/alloc.h>
#include <rtos/panic.h>
#include <sof/audio/audio_buffer.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/common.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>
#include <zephyr/kernel.h>

LOG_MODULE_REGISTER(rogue, CONFIG_SOF_LOG_LEVEL);

enum rogue_moment {
	AT_INIT,
	AT_PREPARE,
	AT_CONFIGURE,
	AT_PROCESS,
	AFTER_PROCESS, /* the audio is copied, and the buffers are not used any more */
	AT_RESET,
	AT_FREE
};

#ifndef ROGUE_CALLS_BEFORE
#define ROGUE_CALLS_BEFORE 2
#endif

struct rogue_call {
	struct processing_module *mod;
	struct sof_source *source; /* in prepare() and process(), else NULL */
	struct sof_sink *sink;
	const uint8_t *fragment; /* in set_configuration() */
	size_t size;
};

struct rogue_state {
	unsigned int calls;
	void *kept; /* from one call to a later one */
	uint8_t plan[16]; /* the beginning of its configuration */
};

static const enum rogue_moment rogue_moment;
static void misbehave(struct rogue_call *call);

static inline struct rogue_state *rogue_state(const struct rogue_call *call)
{
	return module_get_private_data(call->mod);
}

/* The module behind the sink, or before the source. Its address stands in the shared buffer that
 * both use, so any module can come by it. */
static inline struct processing_module *rogue_next(const struct rogue_call *call)
{
	return container_of(call->sink, struct sof_audio_buffer, _sink_api)->_source_api.bound_module;
}

static inline struct processing_module *rogue_previous(const struct rogue_call *call)
{
	return container_of(call->source, struct sof_audio_buffer,
			    _source_api)->_sink_api.bound_module;
}

/* Hide from the compiler where a pointer points to: it would refuse much of what follows. */
static inline void *rogue_pointer(uintptr_t address)
{
	__asm__ volatile("" : "+r"(address));
	return (void *)address;
}

static int rogue_init(struct processing_module *mod)
{
	struct rogue_call call = { .mod = mod };
	struct rogue_state *state = mod_zalloc(mod, sizeof(*state));

	if (!state)
		return -ENOMEM;
	module_set_private_data(mod, state);
	if (rogue_moment == AT_INIT)
		misbehave(&call);
	return 0;
}

static int rogue_prepare(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct rogue_call call = { .mod = mod, .source = sources[0], .sink = sinks[0] };

	if (rogue_moment == AT_PREPARE)
		misbehave(&call);
	return 0;
}

static int rogue_process(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct rogue_call call = { .mod = mod, .source = sources[0], .sink = sinks[0] };
	bool now = rogue_state(&call)->calls++ >= ROGUE_CALLS_BEFORE;
	size_t available, room;
	int ret;

	if (now && rogue_moment == AT_PROCESS)
		misbehave(&call);
	available = source_get_data_available(sources[0]);
	room = sink_get_free_size(sinks[0]);
	ret = source_to_sink_copy(sources[0], sinks[0], true, available < room ? available : room);
	if (now && rogue_moment == AFTER_PROCESS)
		misbehave(&call);
	return ret;
}

static int rogue_configure(struct processing_module *mod, uint32_t config_id,
			   enum module_cfg_fragment_position pos, uint32_t data_offset_size,
			   const uint8_t *fragment, size_t fragment_size, uint8_t *response,
			   size_t response_size)
{
	struct rogue_call call = { .mod = mod, .fragment = fragment, .size = fragment_size };

	rogue_state(&call)->kept = (void *)(uintptr_t)fragment;
	memcpy(rogue_state(&call)->plan, fragment,
	       fragment_size < sizeof(rogue_state(&call)->plan) ?
		       fragment_size :
		       sizeof(rogue_state(&call)->plan));
	if (rogue_moment == AT_CONFIGURE)
		misbehave(&call);
	return 0;
}

static int rogue_reset(struct processing_module *mod)
{
	struct rogue_call call = { .mod = mod };

	if (rogue_moment == AT_RESET)
		misbehave(&call);
	return 0;
}

static int rogue_free(struct processing_module *mod)
{
	struct rogue_call call = { .mod = mod };

	if (rogue_moment == AT_FREE)
		misbehave(&call);
	mod_free(mod, module_get_private_data(mod));
	return 0;
}

#ifdef ROGUE_ANSWERS /* it has a get_configuration() of this name */
static int rogue_answer(struct processing_module *mod, uint32_t config_id,
			uint32_t *data_offset_size, uint8_t *fragment, size_t fragment_size);
#endif

static const struct module_interface rogue_interface = {
#ifdef ROGUE_ANSWERS
	.get_configuration = rogue_answer,
#endif
	.init = rogue_init,
	.prepare = rogue_prepare,
	.process = rogue_process,
	.set_configuration = rogue_configure,
	.reset = rogue_reset,
	.free = rogue_free,
};

/* number: its own among all rogues, for the UUID. */
#define ROGUE(name, number, moment)                                                                \
	static const enum rogue_moment rogue_moment = (moment);                                    \
	static const struct sof_man_module_manifest rogue_manifest __section(".module") __used =   \
		SOF_LLEXT_MODULE_MANIFEST(name, &rogue_interface, 1,                               \
					  _UUID_INIT(0xbadc0de0, 0x5096, 0x4d1c, 0x8b, 0x1e, 0x52, \
						     0x6f, 0x67, 0x75, 0x65, (number)),            \
					  8, 1);                                                   \
	SOF_LLEXT_BUILDINFO

#endif /* TESTS_ROGUE_H */
