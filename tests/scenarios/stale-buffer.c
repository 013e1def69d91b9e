/* SPDX-License-Identifier: BSD-3-Clause */
/* Keeps the address of a buffer and looks into it when the connection has gone. */
#include "../rogue/rogue.h"

static const enum rogue_moment rogue_moment = AT_INIT;

static void misbehave(struct rogue_call *call)
{
}

static int keep_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct rogue_state *state = module_get_private_data(mod);

	state->kept = sinks[0];
	return rogue_process(mod, sources, num_of_sources, sinks, num_of_sinks);
}

static int look_free(struct processing_module *mod)
{
	struct rogue_state *state = module_get_private_data(mod);

#ifdef TWIN
	state->kept = state;
#endif
	state->calls += *(volatile uint8_t *)state->kept; /* FAULT HERE */
	return rogue_free(mod);
}

static const struct module_interface own_interface = {
	.init = rogue_init,
	.process = keep_process,
	.free = look_free,
};

static const struct sof_man_module_manifest own_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("stale-buffer", &own_interface, 1,
				  _UUID_INIT(0xbadc0de0, 0x5096, 0x4d1c, 0x8b, 0x1e, 0x52, 0x6f,
					     0x67, 0x75, 0x65, 205),
				  8, 1);
SOF_LLEXT_BUILDINFO;
