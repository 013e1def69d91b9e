/* SPDX-License-Identifier: BSD-3-Clause */
/* Asynchronous sample rate converter: a filter at any time between two samples, a ratio that drifts. */
#include "asrc.h"

#include <module/audio/fir16_ports.h>
#include <module/module/api_ver.h>
#include <module/module/llext.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/audio_stream.h>
#include <sof/audio/format.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/lib/uuid.h>
#include <sof/platform.h>
#include <sof/trace/trace.h>

#include "drift.h"
#include "farrow.h"

LOG_MODULE_REGISTER(asrc, CONFIG_SOF_LOG_LEVEL);

SOF_DEFINE_REG_UUID(asrc4);

#define RATE_MIN	 8000
#define RATE_MAX	 192000
#define FRAMES_AHEAD	 256
#define FRAMES_AT_A_TIME 128

struct asrc_data {
	struct ipc4_asrc_module_cfg config;
	bool push; /* step by the ratio of input to output, else by that of output to input */
	const struct farrow *farrow;
	enum sof_ipc_frame fmt;
	struct asrc_drift drift;
	struct fir16_line line; /* its history is a filter's length: what has been consumed */
	void *samples;
	int32_t *out; /* channels times FRAMES_AT_A_TIME */
	int16_t *row;

	/* As FARROW_TIME_BITS. Push: time since the newest sample, an output is due below 1. Pull: time is the same
	 * and owed counts outputs, one is due from 1 on. */
	uint64_t time, owed;
	uint64_t step; /* input frames of an output */
	uint64_t gain; /* output frames of an input */
};

static uint32_t rate_in(const struct asrc_data *ad)
{
	return ad->config.base.audio_fmt.sampling_frequency;
}

static uint32_t rate_out(const struct asrc_data *ad)
{
	return ad->config.out_freq;
}

static uint64_t times_q30(uint64_t x, uint64_t factor)
{
	return (uint64_t)(((unsigned __int128)x * factor) >> 30);
}

/* The skew is that of the device: at the output when pushing, at the input when pulling. */
static void set_ratio(struct asrc_data *ad)
{
	const uint64_t skew = ad->drift.skew;

	ad->step = ((uint64_t)rate_in(ad) << FARROW_TIME_BITS) / rate_out(ad);
	if (ad->push) {
		ad->step = times_q30(ad->step, skew);
		return;
	}
	ad->gain = times_q30(((uint64_t)rate_out(ad) << FARROW_TIME_BITS) / rate_in(ad), skew);
	ad->step = times_q30(ad->step, (1ull << 60) / skew);
}

static int asrc_init(struct processing_module *mod)
{
	const struct module_config *cfg = &mod->priv.cfg;
	struct ipc4_asrc_module_cfg config;
	struct asrc_data *ad;
	uint32_t in, out;

	if (!cfg->init_data || cfg->size != sizeof(config)) {
		comp_err(mod->dev, "init payload of %zu bytes, %zu are needed", cfg->size,
			 sizeof(config));
		return -EINVAL;
	}
	memcpy(&config, cfg->init_data, sizeof(config));
	in = config.base.audio_fmt.sampling_frequency;
	out = config.out_freq;
	if (in < RATE_MIN || in > RATE_MAX || out < RATE_MIN || out > RATE_MAX ||
	    !farrow_find(in, out)) {
		comp_err(mod->dev, "%u Hz are not converted into %u Hz", in, out);
		return -EINVAL;
	}
	ad = mod_zalloc(mod, sizeof(*ad));
	if (!ad)
		return -ENOMEM;
	ad->config = config;
	ad->push = config.asrc_mode & (1u << IPC4_MOD_ASRC_PUSH_MODE);
	ad->farrow = farrow_find(in, out);
	asrc_drift_init(&ad->drift);
	set_ratio(ad);
	module_set_private_data(mod, ad);
	return 0;
}

static void release(struct processing_module *mod, struct asrc_data *ad)
{
	mod_free(mod, ad->samples);
	mod_free(mod, ad->out);
	mod_free(mod, ad->row);
	ad->samples = NULL;
	ad->out = NULL;
	ad->row = NULL;
}

static int make_line(struct processing_module *mod, struct asrc_data *ad, unsigned int channels)
{
	const unsigned int taps = ad->farrow->taps;

	ad->samples = mod_alloc_align(mod, fir16_line_bytes(taps, FRAMES_AHEAD, channels), 16);
	ad->out = mod_alloc(mod, sizeof(*ad->out) * channels * FRAMES_AT_A_TIME);
	ad->row = mod_alloc_align(mod, sizeof(*ad->row) * 2 * taps, 16);
	if (!ad->samples || !ad->out || !ad->row) {
		comp_err(mod->dev, "no memory for %zu bytes of delay line",
			 fir16_line_bytes(taps, FRAMES_AHEAD, channels));
		release(mod, ad);
		return -ENOMEM;
	}
	fir16_line_init(&ad->line, ad->samples, taps, FRAMES_AHEAD, channels, ad->farrow->fine_bits,
			ad->fmt == SOF_IPC_FRAME_S16_LE);
	ad->time = 0;
	ad->owed = 0;
	return 0;
}

/* The sink is what the source is, but for its rate, which only this module knows. */
static int set_sink(const struct asrc_data *ad, struct sof_source *source, struct sof_sink *sink)
{
	int ret = sink_set_frm_fmt(sink, source_get_frm_fmt(source));

	if (!ret)
		ret = sink_set_valid_fmt(sink, ad->fmt);
	if (!ret)
		ret = sink_set_channels(sink, source_get_channels(source));
	if (!ret)
		ret = sink_set_buffer_fmt(sink, ad->config.base.audio_fmt.interleaving_style);
	return ret ? ret : sink_set_rate(sink, rate_out(ad));
}

static int asrc_prepare(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct asrc_data *ad = module_get_private_data(mod);
	unsigned int channels;
	int ret;

	if (num_of_sources != 1 || num_of_sinks != 1) {
		comp_err(mod->dev, "%d sources and %d sinks, one of each is needed", num_of_sources,
			 num_of_sinks);
		return -EINVAL;
	}
	release(mod, ad);
	ad->fmt = source_get_valid_fmt(sources[0]);
	channels = source_get_channels(sources[0]);
	if (!fir16_ports_format_known(ad->fmt) || channels == 0 ||
	    channels > PLATFORM_MAX_CHANNELS ||
	    source_get_frame_bytes(sources[0]) != get_frame_bytes(ad->fmt, channels) ||
	    source_get_rate(sources[0]) != rate_in(ad)) {
		comp_err(mod->dev, "format %d with %u channels at %u Hz is not what was announced",
			 ad->fmt, channels, source_get_rate(sources[0]));
		return -EINVAL;
	}
	ret = set_sink(ad, sources[0], sinks[0]);
	if (ret)
		return ret;
	return make_line(mod, ad, channels);
}

/* Output number n of all channels. */
static void output(struct asrc_data *ad, unsigned int n)
{
	const struct farrow *farrow = ad->farrow;
	const struct fir16_line *line = &ad->line;
	const size_t lower = line->capacity, stride = FRAMES_AT_A_TIME;
	unsigned int ch = 0;

	farrow_row(farrow, MIN(ad->time, FARROW_ONE - 1), ad->row);
	for (; ch + 1 < line->channels; ch += 2) {
		const int16_t *x = fir16_line_channel(line, ch);
		int32_t *y = ad->out + ch * stride + n;

		if (line->upper_only)
			fir16_outputs(ad->row, farrow->taps, x, lower, 2 * lower, farrow->fine_bits,
				      true, true, y, stride);
		else
			fir16_outputs(ad->row, farrow->taps, x, lower, 2 * lower, farrow->fine_bits,
				      true, false, y, stride);
	}
	if (ch < line->channels)
		fir16_outputs(ad->row, farrow->taps, fir16_line_channel(line, ch), lower, 0,
			      farrow->fine_bits, false, line->upper_only, ad->out + ch * stride + n,
			      stride);
}

/* Is an output due before another frame is consumed? */
static bool is_due(const struct asrc_data *ad)
{
	return ad->push ? ad->line.pending && ad->time < FARROW_ONE : ad->owed >= FARROW_ONE;
}

static void consume(struct asrc_data *ad)
{
	fir16_line_advance(&ad->line, 1);
	if (ad->push) {
		ad->time -= FARROW_ONE;
		return;
	}
	/* the first output after it, a whole output's time after the last one */
	ad->time = times_q30(ad->step, (FARROW_ONE - ad->owed) >> (FARROW_TIME_BITS - 30));
	ad->owed += ad->gain;
}

/* Make and consume until frames or room are gone. \return frames made */
static unsigned int convert(struct asrc_data *ad, size_t room)
{
	unsigned int made = 0;

	for (;;) {
		if (is_due(ad)) {
			if (made == MIN(room, FRAMES_AT_A_TIME))
				return made;
			output(ad, made++);
			ad->time += ad->step;
			ad->owed -= ad->push ? 0 : FARROW_ONE;
		} else if (ad->line.pending) {
			consume(ad);
		} else {
			return made;
		}
	}
}

static int asrc_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct asrc_data *ad = module_get_private_data(mod);
	struct fir16_ports ports;
	unsigned int read, made;
	int ret;

	ret = fir16_ports_open(&ports, sources[0], sinks[0], ad->fmt, ad->line.channels);
	if (ret)
		return ret;
	do {
		read = fir16_ports_read(&ports, &ad->line);
		made = convert(ad, ports.room);
		fir16_ports_write(&ports, ad->out, FRAMES_AT_A_TIME, made);
	} while (read || made);
	return fir16_ports_close(&ports);
}

/* Is there anything that process() could do? */
static bool asrc_is_ready_to_process(struct processing_module *mod, struct sof_source **sources,
				     int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const struct asrc_data *ad = module_get_private_data(mod);

	return (source_get_data_frames_available(sources[0]) && fir16_line_room(&ad->line)) ||
	       (is_due(ad) && sink_get_free_frames(sinks[0]));
}

/* SOF takes timestamps from the device at the pipeline's end; here they come by message. */
static int asrc_set_configuration(struct processing_module *mod, uint32_t config_id,
				  enum module_cfg_fragment_position pos, uint32_t data_offset_size,
				  const uint8_t *fragment, size_t fragment_size, uint8_t *response,
				  size_t response_size)
{
	struct asrc_data *ad = module_get_private_data(mod);
	struct asrc_timestamp timestamp;
	int ret;

	if ((config_id != IPC4_MOD_ASRC_SAMPLE_DRIFT &&
	     config_id != (IPC4_MOD_ASRC_SAMPLE_DRIFT & 0xff)) ||
	    pos != MODULE_CFG_FRAGMENT_SINGLE || fragment_size != sizeof(timestamp)) {
		comp_err(mod->dev, "configuration %u of %zu bytes is not known", config_id,
			 fragment_size);
		return -EINVAL;
	}
	memcpy(&timestamp, fragment, sizeof(timestamp));
	ret = asrc_drift_update(&ad->drift, &timestamp, ad->push ? rate_out(ad) : rate_in(ad));
	if (ret) {
		comp_err(mod->dev, "a clock can't be at %u frames after %u ticks at %u Hz",
			 timestamp.frames, timestamp.ticks, timestamp.ticks_rate);
		return ret;
	}
	set_ratio(ad);
	return 0;
}

/* The device's clock stays what it is: the skew is kept, as SOF does. */
static int asrc_reset(struct processing_module *mod)
{
	struct asrc_data *ad = module_get_private_data(mod);

	release(mod, ad);
	ad->drift.begun = false;
	return 0;
}

static int asrc_free(struct processing_module *mod)
{
	struct asrc_data *ad = module_get_private_data(mod);

	release(mod, ad);
	mod_free(mod, ad);
	module_set_private_data(mod, NULL);
	return 0;
}

static const struct module_interface asrc_interface = {
	.init = asrc_init,
	.free = asrc_free,
	.prepare = asrc_prepare,
	.reset = asrc_reset,
	.process = asrc_process,
	.is_ready_to_process = asrc_is_ready_to_process,
	.set_configuration = asrc_set_configuration,
};

static const struct sof_man_module_manifest mod_manifest __section(".module") __used =
	SOF_LLEXT_MODULE_MANIFEST("ASRC", &asrc_interface, 1, SOF_REG_UUID(asrc4), 40, 1);

SOF_LLEXT_BUILDINFO;
