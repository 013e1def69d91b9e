/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Passes audio on and gives back what it was configured with, every byte plus the parameter's number,
 * in as many fragments as it takes. Parameter 9 is answered with no size, 10 with more bytes than
 * anybody has room for, 11 by a read of what is not there.
 */
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/data_blob.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/lib/uuid.h>

struct echo_data {
	struct comp_data_blob_handler *blob;
	size_t at; /* bytes given back so far */
};

static int echo_init(struct processing_module *mod)
{
	struct echo_data *ed = mod_zalloc(mod, sizeof(*ed));

	if (!ed)
		return -ENOMEM;
	module_set_private_data(mod, ed);
	ed->blob = mod_data_blob_handler_new(mod);
	return ed->blob ? 0 : -ENOMEM;
}

static int echo_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const size_t frames = source_sink_avail_frames_aligned(sources[0], sinks[0]);

	return source_to_sink_copy(sources[0], sinks[0], true,
				   frames * source_get_frame_bytes(sources[0]));
}

static int echo_set_configuration(struct processing_module *mod, uint32_t param_id,
				  enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				  const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				  size_t response_size)
{
	struct echo_data *ed = module_get_private_data(mod);

	return comp_data_blob_set(ed->blob, pos, data_offset_size, fragment, fragment_size);
}

static int echo_get_configuration(struct processing_module *mod, uint32_t param_id,
				  uint32_t *data_offset_size, uint8_t *fragment,
				  size_t fragment_size)
{
	struct echo_data *ed = module_get_private_data(mod);
	const uint8_t *volatile nothing = (const uint8_t *)(uintptr_t)64; /* nobody has that */
	const uint8_t *bytes;
	size_t size, i;

	bytes = comp_get_data_blob(ed->blob, &size, NULL);
	if (param_id == 9)
		return 0;
	if (param_id == 10) {
		*data_offset_size = 0xfffff;
		return 0;
	}
	if (param_id == 11)
		return *nothing;
	if (!bytes)
		return -ENODATA;
	if (!ed->at)
		*data_offset_size = (uint32_t)size;
	for (i = 0; i < fragment_size && ed->at < size; i++)
		fragment[i] = (uint8_t)(bytes[ed->at++] + param_id);
	if (ed->at == size)
		ed->at = 0;
	return 0;
}

static int echo_free(struct processing_module *mod)
{
	struct echo_data *ed = module_get_private_data(mod);

	mod_data_blob_handler_free(mod, ed->blob);
	return mod_free(mod, ed);
}

static const struct module_interface echo_interface = {
	.init = echo_init,
	.process = echo_process,
	.set_configuration = echo_set_configuration,
	.get_configuration = echo_get_configuration,
	.free = echo_free,
};

#define ECHO_UUID                                                                                  \
	_UUID_INIT(0x2f1d6a83, 0x7c50, 0x4be2, 0x91, 0x0a, 0x65, 0x63, 0x68, 0x6f, 0x00, 0x05)

static const struct sof_man_module_manifest manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("ECHO", &echo_interface, 1, ECHO_UUID, 8, 1);

SOF_LLEXT_BUILDINFO;
