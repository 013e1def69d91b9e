/* SPDX-License-Identifier: BSD-3-Clause */
/* A built-in module whose function others use. */
#include <rtos/init.h>
#include <sof/audio/component.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>

char mask_byte(char byte);

SOF_DEFINE_UUID("mask", mask_uuid, 0x3a5c0000, 0x0f7e, 0x4bee, 0x9a, 0x5c, 0x69, 0x6e, 0x76, 0x65,
		0x72, 0x75);
DECLARE_TR_CTX(mask_tr, SOF_UUID(mask_uuid), LOG_LEVEL_INFO);

char mask_byte(char byte)
{
	return byte;
}

static int mask_init(struct processing_module *mod)
{
	return 0;
}

static int mask_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	return 0;
}

static const struct module_interface mask_interface = {
	.init = mask_init,
	.process = mask_process,
};

DECLARE_MODULE_ADAPTER(mask_interface, mask_uuid, mask_tr);
SOF_MODULE_INIT(mask, sys_comp_module_mask_interface_init);
