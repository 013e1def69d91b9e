/* SPDX-License-Identifier: BSD-3-Clause */
/* cf8d4a02e5: state is made, and never set as the module's private data. */
#include "../rogue/rogue.h"

static const enum rogue_moment rogue_moment = AT_INIT;

static void misbehave(struct rogue_call *call)
{
}

static int forget_init(struct processing_module *mod)
{
	struct rogue_state *state = mod_zalloc(mod, sizeof(*state));

	if (!state)
		return -ENOMEM;
#ifdef TWIN
	module_set_private_data(mod, state);
#endif
	return 0;
}

static int count_process(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct rogue_state *state = module_get_private_data(mod);

	*(volatile unsigned int *)&state->calls = 1; /* FAULT HERE */
	return rogue_process(mod, sources, num_of_sources, sinks, num_of_sinks);
}

static const struct module_interface own_interface = {
	.init = forget_init,
	.process = count_process,
	.free = rogue_free,
};

static const struct sof_man_module_manifest own_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("no-private-data", &own_interface, 1,
				  _UUID_INIT(0xbadc0de0, 0x5096, 0x4d1c, 0x8b, 0x1e, 0x52, 0x6f,
					     0x67, 0x75, 0x65, 207),
				  8, 1);
SOF_LLEXT_BUILDINFO;
