/* SPDX-License-Identifier: BSD-3-Clause */
/* a32d983e89, 1abeaa23ac: more state than the heap is made for. */
#include "../rogue/rogue.h"

static const enum rogue_moment rogue_moment = AT_INIT;

static void misbehave(struct rogue_call *call)
{
}

#ifdef TWIN
#define STATE_BYTES 20000
#else
#define STATE_BYTES 40000
#endif

static int large_init(struct processing_module *mod)
{
	int err = rogue_init(mod);

	if (!err && !mod_alloc(mod, STATE_BYTES))
		err = -ENOMEM;
	return err;
}

static int all_free(struct processing_module *mod)
{
	mod_free_all(mod);
	return 0;
}

static const struct module_interface own_interface = {
	.init = large_init,
	.process = rogue_process,
	.free = all_free,
};

static const struct sof_man_module_manifest own_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("heap-hungry", &own_interface, 1,
				  _UUID_INIT(0xbadc0de0, 0x5096, 0x4d1c, 0x8b, 0x1e, 0x52, 0x6f,
					     0x67, 0x75, 0x65, 211),
				  8, 1);
SOF_LLEXT_BUILDINFO;
