/* SPDX-License-Identifier: BSD-3-Clause */
/* Passes audio on unchanged: the least a module can be. */
#include <module/audio/one_rate.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(passthrough, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(passthrough);

static int passthrough_init(struct processing_module *mod)
{
	comp_dbg(mod->dev, "init");
	return 0;
}

static int passthrough_prepare(struct processing_module *mod, struct sof_source **sources,
			       int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	if (num_of_sources != 1 || num_of_sinks != 1) {
		comp_err(mod->dev, "%d sources and %d sinks, one of each is needed", num_of_sources,
			 num_of_sinks);
		return -EINVAL;
	}
	if (source_get_frame_bytes(sources[0]) != sink_get_frame_bytes(sinks[0])) {
		comp_err(mod->dev, "source and sink differ in format");
		return -EINVAL;
	}
	if (one_rate_check(mod, sources, num_of_sources, sinks, num_of_sinks))
		return -EINVAL;
	return 0;
}

static int passthrough_process(struct processing_module *mod, struct sof_source **sources,
			       int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const size_t frames =
		MIN(source_get_data_frames_available(sources[0]), sink_get_free_frames(sinks[0]));

	if (!frames)
		return 0;
	return source_to_sink_copy(sources[0], sinks[0], true,
				   frames * source_get_frame_bytes(sources[0]));
}

static int passthrough_free(struct processing_module *mod)
{
	return 0;
}

static const struct module_interface passthrough_interface = {
	.init = passthrough_init,
	.free = passthrough_free,
	.prepare = passthrough_prepare,
	.process = passthrough_process,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("PASSTHROUGH", &passthrough_interface, 1,
				  SOF_REG_UUID(passthrough), 40, 1);

SOF_LLEXT_BUILDINFO;
