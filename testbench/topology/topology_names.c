/* SPDX-License-Identifier: BSD-3-Clause */
#include <sof/lib/uuid.h>
#include <stdio.h>
#include <string.h>

#include "topology.h"

struct named_uuid {
	const char *name;
	struct sof_uuid uuid;
};

/* clang-format off */
static const struct named_uuid named[] = {
	{ "aria", SOF_REG_UUID(aria) },
	{ "asrc", SOF_REG_UUID(asrc4) },
	{ "copier", SOF_REG_UUID(copier) },
	{ "crossover", SOF_REG_UUID(crossover) },
	{ "dcblock", SOF_REG_UUID(dcblock) },
	{ "demux", SOF_REG_UUID(demux) },
	{ "drc", SOF_REG_UUID(drc) },
	{ "eq_fir", SOF_REG_UUID(eq_fir) },
	{ "eq_iir", SOF_REG_UUID(eq_iir) },
	{ "gain", SOF_REG_UUID(gain) },
	{ "google_ctc_audio_processing", SOF_REG_UUID(google_ctc_audio_processing) },
	{ "google_hotword", SOF_REG_UUID(google_hotword) },
	{ "google_rtc_audio_processing", SOF_REG_UUID(google_rtc_audio_processing) },
	{ "igo_nr", SOF_REG_UUID(igo_nr) },
	{ "kpb", SOF_REG_UUID(kpb) },
	{ "kpb4", SOF_REG_UUID(kpb4) },
	{ "level_multiplier", SOF_REG_UUID(level_multiplier) },
	{ "mfcc", SOF_REG_UUID(mfcc) },
	{ "mixin", SOF_REG_UUID(mixin) },
	{ "mixout", SOF_REG_UUID(mixout) },
	{ "multiband_drc", SOF_REG_UUID(multiband_drc) },
	{ "mux", SOF_REG_UUID(mux4) },
	{ "passthrough", SOF_REG_UUID(passthrough) },
	{ "phase_vocoder", SOF_REG_UUID(phase_vocoder) },
	{ "rtnr", SOF_REG_UUID(rtnr) },
	{ "selector", SOF_REG_UUID(selector4) },
	{ "smart_amp_test", SOF_REG_UUID(smart_amp_test) },
	{ "sound_dose", SOF_REG_UUID(sound_dose) },
	{ "src", SOF_REG_UUID(src4) },
	{ "src_lite", SOF_REG_UUID(src_lite) },
	{ "stft_process", SOF_REG_UUID(stft_process) },
	{ "tdfb", SOF_REG_UUID(tdfb) },
	{ "template", SOF_REG_UUID(template) },
	{ "tflmcly", SOF_REG_UUID(tflmcly) },
	{ "tone", SOF_REG_UUID(tone) },
	{ "up_down_mixer", SOF_REG_UUID(up_down_mixer) },
	{ "volume", SOF_REG_UUID(volume4) },
	/* Not in the registry here: no module of ours refers to them. */
	{ "cadence_codec",
	  _UUID_INIT(0xd8218443, 0x5ff3, 0x4a4c, 0xb3, 0x88, 0x6c, 0xfe, 0x07, 0xb9, 0x56, 0xaa) },
	{ "dolby_dax_audio_processing",
	  _UUID_INIT(0x40f66c8b, 0x5aa5, 0x4345, 0x89, 0x19, 0x53, 0xec, 0x43, 0x1a, 0xaa, 0x98) },
	{ "passthru_smart_amp",
	  _UUID_INIT(0x64a794f0, 0x55d3, 0x4bca, 0x9d, 0x5b, 0x7b, 0x58, 0x8b, 0xad, 0xd0, 0x37) },
	{ "dts",
	  _UUID_INIT(0xd95fc34f, 0x370f, 0x4ac7, 0xbc, 0x86, 0xbf, 0xdc, 0x5b, 0xe2, 0x41, 0xe6) },
};
/* clang-format on */

const char *topology_uuid_name(const uint8_t uuid[16])
{
	size_t i;

	for (i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (!memcmp(&named[i].uuid, uuid, sizeof(named[i].uuid)))
			return named[i].name;
	return NULL;
}

const char *topology_uuid_text(const uint8_t uuid[16], char text[40])
{
	struct sof_uuid id;

	memcpy(&id, uuid, sizeof(id));
	snprintf(text, 40, "%08x-%04x-%04x-%02x%02x%02x%02x%02x%02x%02x%02x", id.a, id.b, id.c,
		 id.d[0], id.d[1], id.d[2], id.d[3], id.d[4], id.d[5], id.d[6], id.d[7]);
	return text;
}

const char *topology_kind_name(enum topology_kind kind)
{
	static const char *const names[] = {
		[TOPOLOGY_VIRTUAL] = "virtual", [TOPOLOGY_HOST] = "host",
		[TOPOLOGY_DAI] = "dai",		[TOPOLOGY_COPIER] = "copier",
		[TOPOLOGY_GAIN] = "gain",	[TOPOLOGY_MIXER] = "mixer",
		[TOPOLOGY_SRC] = "src",		[TOPOLOGY_ASRC] = "asrc",
		[TOPOLOGY_PROCESS] = "process",
	};

	return names[kind];
}

const char *topology_format_text(const struct ipc4_audio_format *audio, char text[64])
{
	unsigned int depth = (unsigned int)audio->depth, valid = audio->valid_bit_depth;

	if (audio->s_type == IPC4_TYPE_FLOAT)
		snprintf(text, 64, "%u Hz %u ch FLOAT%u", (unsigned int)audio->sampling_frequency,
			 audio->channels_count, depth);
	else if (depth == valid)
		snprintf(text, 64, "%u Hz %u ch S%u", (unsigned int)audio->sampling_frequency,
			 audio->channels_count, depth);
	else
		snprintf(text, 64, "%u Hz %u ch S%u in %u", (unsigned int)audio->sampling_frequency,
			 audio->channels_count, valid, depth);
	return text;
}
