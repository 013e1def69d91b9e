/* SPDX-License-Identifier: BSD-3-Clause */
/* d01a028496: is run again and again and neither takes nor gives. */
#include "../rogue/rogue.h"

static const enum rogue_moment rogue_moment = AT_INIT;

static void misbehave(struct rogue_call *call)
{
}

static int still_process(struct processing_module *mod, struct sof_source **sources,
			 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
#ifdef TWIN
	return rogue_process(mod, sources, num_of_sources, sinks, num_of_sinks);
#else
	return 0;
#endif
}

static const struct module_interface own_interface = {
	.init = rogue_init,
	.process = still_process,
	.free = rogue_free,
};

static const struct sof_man_module_manifest own_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("never-moves", &own_interface, 1,
				  _UUID_INIT(0xbadc0de0, 0x5096, 0x4d1c, 0x8b, 0x1e, 0x52, 0x6f,
					     0x67, 0x75, 0x65, 212),
				  8, 1);
SOF_LLEXT_BUILDINFO;
