/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Copies, and logs in every operation, from stack frames of different sizes. With OVERREAD it also
 * reads one byte behind a block of its heap, which only Memcheck notices.
 */
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <rtos/alloc.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>
#include <string.h>

LOG_MODULE_REGISTER(chatter, CONFIG_SOF_LOG_LEVEL);

#define BLOCK_BYTES 20

/* The frame is as large as the caller wants it, and stays in use across the message. */
static void __attribute__((noinline)) say(const char *what, size_t bytes)
{
	char *text = __builtin_alloca(bytes);

	memset(text, 'x', bytes - 1);
	text[bytes - 1] = 0;
	LOG_ERR("%s: %zu bytes, %d, %.3f, %.8s", what, bytes, -1, 0.125, text);
	if (strlen(text) != bytes - 1)
		LOG_ERR("the frame was overwritten");
}

static int chatter_init(struct processing_module *mod)
{
	char *block = mod_zalloc(mod, BLOCK_BYTES);

	if (!block)
		return -ENOMEM;
	module_set_private_data(mod, block);
	say("init", 5000);
	return 0;
}

static int chatter_prepare(struct processing_module *mod, struct sof_source **sources,
			   int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	say("prepare", 16);
	return 0;
}

static int chatter_process(struct processing_module *mod, struct sof_source **sources,
			   int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	size_t available = source_get_data_available(sources[0]);
	size_t room = sink_get_free_size(sinks[0]);

#ifdef OVERREAD
	volatile const char *block = module_get_private_data(mod);
	char behind = block[BLOCK_BYTES]; /* ERROR HERE */

	(void)behind;
#endif
	say("process", 300 + available);
	return source_to_sink_copy(sources[0], sinks[0], true, available < room ? available : room);
}

static int chatter_reset(struct processing_module *mod)
{
	say("reset", 4000);
	return 0;
}

static int chatter_free(struct processing_module *mod)
{
	say("free", 64);
	mod_free(mod, module_get_private_data(mod));
	return 0;
}

static const struct module_interface chatter_interface = {
	.init = chatter_init,
	.prepare = chatter_prepare,
	.process = chatter_process,
	.reset = chatter_reset,
	.free = chatter_free,
};

static const struct sof_man_module_manifest chatter_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST(NAME, &chatter_interface, 1,
				  _UUID_INIT(0xc4a77e50, 0x1c5d, 0x4b7e, 0x9a, 0x31, 0x6e, 0x0f,
					     0x52, 0xd8, 0x41, NUMBER),
				  8, 1);
SOF_LLEXT_BUILDINFO;
