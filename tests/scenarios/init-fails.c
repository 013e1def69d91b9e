/* SPDX-License-Identifier: BSD-3-Clause */
/* 44288b6660: init() fails half way and leaves what it has made so far. */
#include "../rogue/rogue.h"

static const enum rogue_moment rogue_moment = AT_INIT;

static void misbehave(struct rogue_call *call)
{
}

static const uint8_t table[4096] = { 1 };

static int half_init(struct processing_module *mod)
{
	int err = rogue_init(mod);

	mod_zalloc(mod, 1000);
	mod_fast_get(mod, table, sizeof(table));
	mod_data_blob_handler_new(mod);
#ifndef TWIN
	err = -EINVAL;
#endif
	return err;
}

static int all_free(struct processing_module *mod)
{
	mod_free_all(mod);
	return 0;
}

static const struct module_interface own_interface = {
	.init = half_init,
	.process = rogue_process,
	.free = all_free,
};

static const struct sof_man_module_manifest own_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("init-fails", &own_interface, 1,
				  _UUID_INIT(0xbadc0de0, 0x5096, 0x4d1c, 0x8b, 0x1e, 0x52, 0x6f,
					     0x67, 0x75, 0x65, 209),
				  8, 1);
SOF_LLEXT_BUILDINFO;
