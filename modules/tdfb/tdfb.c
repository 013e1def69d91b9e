/* SPDX-License-Identifier: BSD-3-Clause */
/* Time domain fixed beamformer: filters and sums, controls, and where the sound comes from. */
#include "beam.h"
#include "blob.h"
#include "direction.h"
#include "notice.h"

#include <module/audio/one_rate.h>
#include <ipc4/header.h>
#include <module/audio/frame_ports.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/data_blob.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/ipc/msg.h>
#include <sof/lib/uuid.h>
#include <sof/platform.h>
#include <sof/trace/trace.h>

LOG_MODULE_REGISTER(tdfb, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(tdfb);

struct tdfb_data {
	struct beam beam;
	struct direction direction;
	struct tdfb_blob blob; /* in the handler's memory; valid from prepare to reset */
	struct comp_data_blob_handler *model_handler;
	struct ipc_msg *notice; /* from when tracking is first switched on */
	int32_t *delay;
	int16_t *ring;
	int32_t *lags;
	/* 0: none is prepared */
	unsigned int source_channels;
	unsigned int sink_channels;
	int azimuth; /* both as the control's value */
	int estimate;
	bool beam_on;
	bool tracking;
	bool aim;    /* the beam has been switched or turned */
	bool passes; /* no filters */
};

static int tdfb_validate(struct comp_dev *dev, void *new_data, uint32_t new_data_size)
{
	const struct tdfb_data *td = module_get_private_data(dev->mod);
	struct tdfb_blob blob;

	return tdfb_blob_read(dev, new_data, new_data_size, td->source_channels, td->sink_channels,
			      &blob);
}

static int tdfb_take_blob(struct comp_dev *dev, struct tdfb_data *td)
{
	size_t size;
	void *config = comp_get_data_blob(td->model_handler, &size, NULL);

	if (!config) {
		comp_err(dev, "there is no configuration");
		return -EINVAL;
	}
	return tdfb_blob_read(dev, config, size, td->source_channels, td->sink_channels, &td->blob);
}

static int tdfb_init(struct processing_module *mod)
{
	struct tdfb_data *td = mod_zalloc(mod, sizeof(*td));

	if (!td)
		return -ENOMEM;
	td->model_handler = mod_data_blob_handler_new(mod);
	if (!td->model_handler) {
		mod_free(mod, td);
		return -ENOMEM;
	}
	comp_data_blob_set_validator(td->model_handler, tdfb_validate);
	module_set_private_data(mod, td);
	return 0;
}

static void tdfb_forget(struct processing_module *mod)
{
	struct tdfb_data *td = module_get_private_data(mod);

	mod_free(mod, td->delay);
	mod_free(mod, td->ring);
	mod_free(mod, td->lags);
	td->delay = NULL;
	td->ring = NULL;
	td->lags = NULL;
	td->source_channels = 0;
	td->sink_channels = 0;
}

static int tdfb_check_streams(struct tdfb_data *td, struct sof_source *source,
			      struct sof_sink *sink)
{
	const enum sof_ipc_frame fmt = source_get_frm_fmt(source);

	td->source_channels = source_get_channels(source);
	td->sink_channels = sink_get_channels(sink);
	if (fmt != SOF_IPC_FRAME_S16_LE && fmt != SOF_IPC_FRAME_S24_4LE &&
	    fmt != SOF_IPC_FRAME_S32_LE)
		return -EINVAL;
	if (td->source_channels == 0 || td->source_channels > PLATFORM_MAX_CHANNELS ||
	    td->sink_channels == 0 || td->sink_channels > PLATFORM_MAX_CHANNELS ||
	    sink_get_frm_fmt(sink) != fmt ||
	    source_get_frame_bytes(source) != get_frame_bytes(fmt, td->source_channels) ||
	    sink_get_frame_bytes(sink) != get_frame_bytes(fmt, td->sink_channels))
		return -EINVAL;
	return 0;
}

static int tdfb_allocate(struct processing_module *mod, unsigned int rate)
{
	struct tdfb_data *td = module_get_private_data(mod);
	size_t ring, lags;

	direction_bytes(&td->blob, rate, td->source_channels, &ring, &lags);
	/* for the most filters that there may be, so that a new blob needs no memory on the way */
	td->delay = mod_alloc(mod, BEAM_DELAY_WORDS * sizeof(*td->delay));
	td->ring = mod_alloc(mod, ring);
	td->lags = mod_alloc(mod, lags);
	return td->delay && td->ring && td->lags ? 0 : -ENOMEM;
}

static int tdfb_prepare(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct tdfb_data *td = module_get_private_data(mod);
	unsigned int rate;
	int ret;

	if (num_of_sources != 1 || num_of_sinks != 1) {
		comp_err(mod->dev, "%d sources and %d sinks, one of each is needed", num_of_sources,
			 num_of_sinks);
		return -EINVAL;
	}
	if (one_rate_check(mod, sources, num_of_sources, sinks, num_of_sinks))
		return -EINVAL;
	tdfb_forget(mod);
	ret = tdfb_check_streams(td, sources[0], sinks[0]);
	if (ret) {
		comp_err(mod->dev, "format %d with %u channels is not supported",
			 source_get_frm_fmt(sources[0]), td->source_channels);
		goto forget;
	}
	ret = tdfb_take_blob(mod->dev, td);
	if (ret)
		goto forget;
	rate = source_get_rate(sources[0]);
	ret = tdfb_allocate(mod, rate);
	if (ret)
		goto forget;
	ret = direction_start(&td->direction, &td->blob, rate, td->source_channels, td->ring,
			      td->lags);
	if (ret) {
		comp_err(mod->dev, "rate %u, 16000 or 48000 is needed", rate);
		goto forget;
	}
	beam_start(&td->beam, source_get_frm_fmt(sources[0]), td->source_channels,
		   td->sink_channels, td->delay);
	beam_aim(&td->beam, &td->blob, td->azimuth, td->beam_on);
	/* filters are left out only when the beam is switched off while it runs */
	td->passes = false;
	return 0;

forget:
	tdfb_forget(mod);
	return ret;
}

/* Rows of Q1.31 from interleaved samples. */
static void load(const struct tdfb_data *td, int32_t to[][BEAM_BLOCK], const void *from,
		 size_t frames)
{
	const unsigned int shift = td->beam.fmt == SOF_IPC_FRAME_S24_4LE ? 8 : 0;
	const size_t step = td->source_channels;

	for (size_t ch = 0; ch < step; ch++) {
		const int16_t *const narrow = (const int16_t *)from + ch;
		const int32_t *const wide = (const int32_t *)from + ch;

		for (size_t i = 0; i < frames; i++) {
			if (td->beam.fmt == SOF_IPC_FRAME_S16_LE)
				to[ch][i] = narrow[i * step] * 65536;
			else
				to[ch][i] = (int32_t)((uint32_t)wide[i * step] << shift);
		}
	}
}

static void tdfb_block(struct tdfb_data *td, void *y, const void *x, size_t frames)
{
	int32_t rows[PLATFORM_MAX_CHANNELS][BEAM_BLOCK];

	if (!td->passes || td->tracking)
		load(td, rows, x, frames);
	if (td->passes)
		beam_pass(&td->beam, y, x, frames);
	else
		beam_run(&td->beam, y, rows, frames);
	if (!td->tracking)
		return;
	for (unsigned int ch = 0; ch < td->source_channels; ch++)
		direction_hear(&td->direction, ch, rows[ch], frames);
	if (direction_advance(&td->direction, &td->blob, frames, &td->estimate))
		notice_send(td->notice, (uint32_t)td->estimate);
}

static void tdfb_run(struct tdfb_data *td, char *y, const char *x, size_t frames)
{
	const size_t sample = get_sample_bytes(td->beam.fmt);

	while (frames) {
		size_t n = MIN(frames, BEAM_BLOCK);

		if (td->tracking)
			n = MIN(n, direction_room(&td->direction));
		tdfb_block(td, y, x, n);
		x += n * td->source_channels * sample;
		y += n * td->sink_channels * sample;
		frames -= n;
	}
}

static int tdfb_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct tdfb_data *td = module_get_private_data(mod);
	const size_t frames =
		MIN(source_get_data_frames_available(sources[0]), sink_get_free_frames(sinks[0]));
	struct frame_port ports[2];
	size_t n;
	int ret;

	if (comp_is_new_data_blob_available(td->model_handler)) {
		ret = tdfb_take_blob(mod->dev, td);
		if (ret)
			return ret;
		td->aim = true;
	}
	if (td->aim) {
		td->aim = false;
		td->passes = !td->beam_on;
		beam_aim(&td->beam, &td->blob, td->azimuth, td->beam_on);
	}
	if (!frames)
		return 0;
	frame_port_of_source(&ports[0], sources[0]);
	frame_port_of_sink(&ports[1], sinks[0]);
	ret = frame_ports_open(ports, 2, frames);
	if (ret)
		return ret;
	while ((n = frame_ports_next(ports, 2)))
		tdfb_run(td, ports[1].data, ports[0].data, n);
	return frame_ports_close(ports, 2);
}

static int tdfb_track(struct processing_module *mod, bool on)
{
	struct tdfb_data *td = module_get_private_data(mod);

	if (on && !td->notice)
		td->notice = notice_new(mod->dev, SOF_TDFB_CTRL_INDEX_AZIMUTH_ESTIMATE);
	if (on && !td->notice)
		return -ENOMEM;
	td->tracking = on;
	return 0;
}

static int tdfb_set_switch(struct processing_module *mod, uint16_t index, uint32_t value)
{
	struct tdfb_data *td = module_get_private_data(mod);

	switch (index) {
	case SOF_TDFB_CTRL_INDEX_PROCESS:
		td->beam_on = value != 0;
		td->aim = true;
		return 0;
	case SOF_TDFB_CTRL_INDEX_DIRECTION:
		return tdfb_track(mod, value != 0);
	default:
		comp_err(mod->dev, "there is no switch %u", index);
		return -EINVAL;
	}
}

static int tdfb_set_enum(struct processing_module *mod, uint16_t index, uint32_t value)
{
	struct tdfb_data *td = module_get_private_data(mod);

	if (value > SOF_TDFB_MAX_ANGLES || index > SOF_TDFB_CTRL_INDEX_AZIMUTH_ESTIMATE) {
		comp_err(mod->dev, "value %u of azimuth control %u", value, index);
		return -EINVAL;
	}
	if (index == SOF_TDFB_CTRL_INDEX_AZIMUTH) {
		td->azimuth = (int)value;
		td->aim = true;
	} else {
		td->estimate = (int)value;
	}
	return 0;
}

static int tdfb_set_control(struct processing_module *mod, uint32_t config_id,
			    enum module_cfg_fragment_position pos, const uint8_t *data, size_t size)
{
	struct sof_ipc4_control_msg_payload head;
	struct sof_ipc4_ctrl_value_chan value;

	if (pos != MODULE_CFG_FRAGMENT_SINGLE || size < sizeof(head) + sizeof(value)) {
		comp_err(mod->dev, "control in %zu bytes", size);
		return -EINVAL;
	}
	memcpy(&head, data, sizeof(head));
	memcpy(&value, data + sizeof(head), sizeof(value));
	if (head.num_elems != 1) {
		comp_err(mod->dev, "control of %u values, one is needed", head.num_elems);
		return -EINVAL;
	}
	return config_id == SOF_IPC4_SWITCH_CONTROL_PARAM_ID ?
		       tdfb_set_switch(mod, head.id, value.value) :
		       tdfb_set_enum(mod, head.id, value.value);
}

static int tdfb_set_configuration(struct processing_module *mod, uint32_t config_id,
				  enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				  const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				  size_t response_size)
{
	struct tdfb_data *td = module_get_private_data(mod);

	if (config_id == SOF_IPC4_SWITCH_CONTROL_PARAM_ID ||
	    config_id == SOF_IPC4_ENUM_CONTROL_PARAM_ID)
		return tdfb_set_control(mod, config_id, pos, fragment, fragment_size);
	return comp_data_blob_set(td->model_handler, pos, data_offset_size, fragment,
				  fragment_size);
}

static int tdfb_get_configuration(struct processing_module *mod, uint32_t config_id,
				  uint32_t *data_offset_size, uint8_t *fragment,
				  size_t fragment_size)
{
	comp_err(mod->dev, "nothing can be read back");
	return -EINVAL;
}

static int tdfb_reset(struct processing_module *mod)
{
	tdfb_forget(mod);
	return 0;
}

static int tdfb_free(struct processing_module *mod)
{
	struct tdfb_data *td = module_get_private_data(mod);

	tdfb_forget(mod);
	ipc_msg_free(td->notice);
	mod_data_blob_handler_free(mod, td->model_handler);
	mod_free(mod, td);
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface tdfb_interface = {
	.init = tdfb_init,
	.free = tdfb_free,
	.prepare = tdfb_prepare,
	.reset = tdfb_reset,
	.process = tdfb_process,
	.set_configuration = tdfb_set_configuration,
	.get_configuration = tdfb_get_configuration,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("TDFB", &tdfb_interface, 1, SOF_REG_UUID(tdfb), 40, 1);

SOF_LLEXT_BUILDINFO;
