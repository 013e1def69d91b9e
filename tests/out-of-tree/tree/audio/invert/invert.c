/* SPDX-License-Identifier: BSD-3-Clause */
/* A module folder in the shape of SOF's: parts by processor and IPC, a header in the tree's user/,
 * and a function of its neighbour's. Turns all bits over. */
#include "invert.h"

#include <module/audio/frame_runs.h>
#include <rtos/init.h>
#include <sof/audio/component.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(invert, CONFIG_SOF_LOG_LEVEL);
SOF_DEFINE_UUID("invert", invert_uuid, 0x1274e127, 0x0f7e, 0x4bee, 0x9a, 0x5c, 0x69, 0x6e, 0x76,
		0x65, 0x72, 0x74);
DECLARE_TR_CTX(invert_tr, SOF_UUID(invert_uuid), LOG_LEVEL_INFO);

static int invert_init(struct processing_module *mod)
{
	return invert_check(NULL, 0);
}

static int invert_process(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const size_t frame_bytes = source_get_frame_bytes(sources[0]);
	const size_t frames = frame_runs_possible(sources[0], sinks[0]);
	struct frame_runs runs;
	const void *x;
	void *y;
	size_t n;
	int ret;

	if (!frames)
		return 0;
	ret = frame_runs_begin(&runs, sources[0], sinks[0], frames);
	if (ret)
		return ret;
	while ((n = frame_runs_next(&runs, &x, &y)))
		invert_bytes(y, x, n * frame_bytes);
	return frame_runs_end(&runs);
}

static const struct module_interface invert_interface = {
	.init = invert_init,
	.process = invert_process,
};

#if CONFIG_COMP_INVERT_MODULE

#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("INVERT", &invert_interface, 1,
				  _UUID_INIT(0x1274e127, 0x0f7e, 0x4bee, 0x9a, 0x5c, 0x69, 0x6e,
					     0x76, 0x65, 0x72, 0x74),
				  40);

SOF_LLEXT_BUILDINFO;

#else

DECLARE_MODULE_ADAPTER(invert_interface, invert_uuid, invert_tr);
SOF_MODULE_INIT(invert, sys_comp_module_invert_interface_init);

#endif
