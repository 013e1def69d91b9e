/* SPDX-License-Identifier: BSD-3-Clause */
/* A loadable object with something in each of its sections. No instance of it is ever made. */
#include "object.h"

#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>

static volatile uint8_t variable[64] = { 1 };
static volatile uint8_t zeroed[64];
static const uint8_t constants[64] = { 2 };

static int code(void)
{
	return 0;
}

static int init(struct processing_module *mod)
{
	return 0;
}

static int process(struct processing_module *mod, struct sof_source **sources, int num_of_sources,
		   struct sof_sink **sinks, int num_of_sinks)
{
	return 0;
}

static const struct matrix_object object = {
	.interface = { .init = init, .process = process },
	.data = variable,
	.bss = zeroed,
	.constants = constants,
	.code = code,
};

static const struct sof_man_module_manifest manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("MATRIX", &object.interface, 1,
				  _UUID_INIT(0x3a7c1e40, 0x7a11, 0x4b0c, 0x9d, 0x35, 0x11, 0x4d,
					     0x61, 0x74, 0x72, 0x78),
				  1, 1);

SOF_LLEXT_BUILDINFO;
