/* SPDX-License-Identifier: BSD-3-Clause */
/* Passes audio on and tells the host of every call, in a message that it made in init(). */
#include <ipc4/notification.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/sink_source_utils.h>
#include <sof/ipc/msg.h>
#include <sof/lib/uuid.h>

struct herald_data {
	struct ipc_msg message;
	struct sof_ipc4_notify_module_data payload;
};

static int herald_init(struct processing_module *mod)
{
	struct herald_data *hd = mod_zalloc(mod, sizeof(*hd));

	if (!hd)
		return -ENOMEM;
	hd->payload.module_id = IPC4_MOD_ID(mod->dev->ipc_config.id) & 0xffff;
	hd->payload.instance_id = IPC4_INST_ID(mod->dev->ipc_config.id) & 0xffff;
	hd->payload.event_id = 0x77;
	hd->message.header = SOF_IPC4_NOTIF_HEADER(SOF_IPC4_MODULE_NOTIFICATION);
	hd->message.tx_size = sizeof(hd->payload);
	hd->message.tx_data = &hd->payload;
	list_init(&hd->message.list);
	module_set_private_data(mod, hd);
	return 0;
}

static int herald_process(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct herald_data *hd = module_get_private_data(mod);
	const size_t frames = source_sink_avail_frames_aligned(sources[0], sinks[0]);

	if (frames)
		ipc_msg_send(&hd->message, NULL, false);
	return source_to_sink_copy(sources[0], sinks[0], true,
				   frames * source_get_frame_bytes(sources[0]));
}

static int herald_free(struct processing_module *mod)
{
	return mod_free(mod, module_get_private_data(mod));
}

static const struct module_interface herald_interface = {
	.init = herald_init,
	.process = herald_process,
	.free = herald_free,
};

#define HERALD_UUID                                                                                \
	_UUID_INIT(0x6b0f7e21, 0x52d4, 0x4c9a, 0x8e, 0x13, 0x68, 0x65, 0x72, 0x61, 0x6c, 0x05)

static const struct sof_man_module_manifest manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("HERALD", &herald_interface, 1, HERALD_UUID, 40, 1);
SOF_LLEXT_BUILDINFO;
