/* SPDX-License-Identifier: BSD-3-Clause */
/* Good configurations: our topologies bring few. */
#include <module/ipc4/base-config.h>
#include <string.h>

#include "blob_case.h"
#include "topology/topology.h"

#define TDFB_FILTERS 4
#define TDFB_TAPS    12
#define TDFB_ANGLES  2

static size_t put_half(uint8_t *to, size_t at, int value)
{
	memcpy(to + at, &(int16_t){ (int16_t)value }, 2);
	return at + 2;
}

static size_t put_word(uint8_t *to, size_t at, uint32_t value)
{
	memcpy(to + at, &value, 4);
	return at + 4;
}

/* Layout: modules/tdfb/tdfb_user.h. Two channels to two, a filter from each to each. */
static size_t make_tdfb(const struct blob_head *head, uint8_t *to)
{
	const int halves[] = { TDFB_FILTERS, 2, 1, 2, TDFB_ANGLES, 1, 0, 15, 0, 0, 0, 0 };
	const int input[] = { 0, 0, 1, 1 }, output[] = { 1, 2, 1, 2 };
	const int angles[] = { -90, 0, 0, 0, 90, 0, TDFB_FILTERS, 0 };
	const int mics[] = { 100, 0, 0, 0, -100, 0, 0, 0 };
	size_t at = 4, i, tap;

	for (i = 0; i < 12; i++)
		at = put_half(to, at, halves[i]);
	for (i = 0; i < (TDFB_ANGLES + 1) * TDFB_FILTERS; i++) {
		at = put_half(to, at, TDFB_TAPS);
		for (tap = 0; tap < 9; tap++)
			at = put_half(to, at, 0);
		for (tap = 0; tap < TDFB_TAPS; tap++)
			at = put_half(to, at, (int)(3000 - 700 * i + 500 * tap));
	}
	for (i = 0; i < TDFB_FILTERS; i++)
		at = put_half(to, at, input[i]);
	for (i = 0; i < TDFB_FILTERS; i++)
		at = put_half(to, at, output[i]);
	for (i = 0; i < TDFB_FILTERS; i++)
		at = put_half(to, at, 0);
	for (i = 0; i < TDFB_FILTERS; i++)
		at = put_half(to, at, output[i]);
	for (i = 0; i < 8; i++)
		at = put_half(to, at, angles[i]);
	for (i = 0; i < 8; i++)
		at = put_half(to, at, mics[i]);
	put_word(to, 0, (uint32_t)at);
	return at;
}

/* Layout: modules/micsel/profiles.h. Profiles that mix, the first for what it is connected to. */
static size_t put_profiles(const struct blob_head *head, uint8_t *to, int count)
{
	size_t at = 0;
	int i, k;

	for (i = 0; i < count; i++) {
		at = put_half(to, at,
			      i ? i | (9 - i) << 8 :
				  head->in[0].channels | head->out[0].channels << 8);
		at = put_half(to, at, 0);
		for (k = 0; k < 64; k++)
			at = put_half(to, at, 100 * k - 3000);
	}
	return at;
}

static size_t make_selector(const struct blob_head *head, uint8_t *to)
{
	return put_profiles(head, to, 1);
}

static size_t make_selectors(const struct blob_head *head, uint8_t *to)
{
	return put_profiles(head, to, 8);
}

/* Layout: struct mux_data of modules/mux/ends.h. */
static size_t make_mux(const struct blob_head *head, uint8_t *to)
{
	const bool several = head->n_in > 1;
	const struct ipc4_audio_format reference =
		blob_format(several ? &head->in[1] : &head->out[1]);
	const struct ipc4_audio_format output = blob_format(&head->out[0]);
	struct ipc4_base_module_cfg base = { 0 };

	base.audio_fmt = blob_format(&head->in[0]);
	memcpy(to, &base, sizeof(base));
	memcpy(to + sizeof(base), &reference, sizeof(reference));
	memcpy(to + sizeof(base) + sizeof(reference), &output, sizeof(output));
	return sizeof(base) + sizeof(reference) + sizeof(output);
}

/* Layout: modules/mixin/mixin.h. One way straight and softer, one remapped. */
static size_t make_mixin(const struct blob_head *head, uint8_t *to)
{
	const uint32_t words[] = { 2, 0, 0, 0, 0, 512, 1, 1, 2, 0x01, 1024 };

	memcpy(to, words, sizeof(words));
	return sizeof(words);
}

static size_t make_map(const struct blob_head *head, uint8_t *to)
{
	return put_word(to, 0, 0x76543201);
}

static size_t make_small(const struct blob_head *head, uint8_t *to)
{
	return put_word(to, 0, 5);
}

/* Layout: include/user/eq.h. Two responses, one a channel. */
static size_t make_eqfir(const struct blob_head *head, uint8_t *to)
{
	const int taps[] = { 16, 12 };
	size_t at = 4, i;
	int tap;

	at = put_half(to, at, 2);
	at = put_half(to, at, 2);
	for (i = 0; i < 4; i++)
		at = put_word(to, at, 0);
	at = put_half(to, at, 0);
	at = put_half(to, at, 1);
	for (i = 0; i < 2; i++) {
		at = put_half(to, at, taps[i]);
		for (tap = 0; tap < 9; tap++)
			at = put_half(to, at, 0);
		for (tap = 0; tap < taps[i]; tap++)
			at = put_half(to, at, 9000 - 1500 * tap);
	}
	put_word(to, 0, (uint32_t)at);
	return at;
}

/* Poles at 0.8, of a low pass or a high pass; Q2.30. */
static size_t put_biquad(uint8_t *to, size_t at, bool high)
{
	const uint32_t words[] = { (uint32_t)-687194767,
				   1675037245,
				   21474836,
				   high ? (uint32_t)-42949672 : 42949672,
				   21474836,
				   0,
				   1 << 14 };

	memcpy(to + at, words, sizeof(words));
	return at + sizeof(words);
}

/* Layout: include/user/eq.h. Two in series, and two side by side. */
static size_t make_eqiir(const struct blob_head *head, uint8_t *to)
{
	size_t at = 4, i, k;

	at = put_word(to, at, 2);
	at = put_word(to, at, 2);
	for (i = 0; i < 4; i++)
		at = put_word(to, at, 0);
	at = put_word(to, at, 0);
	at = put_word(to, at, 1);
	for (i = 0; i < 2; i++) {
		at = put_word(to, at, 2);
		at = put_word(to, at, i ? 1 : 2);
		for (k = 0; k < 4; k++)
			at = put_word(to, at, 0);
		at = put_biquad(to, at, false);
		at = put_biquad(to, at, true);
	}
	put_word(to, 0, (uint32_t)at);
	return at;
}

/* Layout: struct sof_drc_params of modules/drc/drc_user.h. -24 dB, a soft knee, 12 to 1. */
static size_t put_drc(uint8_t *to, size_t at)
{
	const int32_t words[] = { 1,	    -402653184, 503316480, 201326592, 6442451, 67750989,
				  89478485, 10485760,	8388608,   5033165,   8388608, 322122547,
				  33554432, 7456540,	-8947849,  107374,    5,       29491200,
				  -4096000, 409600,	-40960,	   4096 };

	memcpy(to + at, words, sizeof(words));
	return at + sizeof(words);
}

static size_t make_drc(const struct blob_head *head, uint8_t *to)
{
	memset(to, 0, 20);
	put_word(to, 0, (uint32_t)put_drc(to, 20));
	return put_drc(to, 20);
}

/* Layout: modules/mb_drc/mb_drc_user.h. Three bands. */
static size_t make_multiband(const struct blob_head *head, uint8_t *to)
{
	size_t at = 44, i;

	memset(to, 0, at);
	put_word(to, 4, 3);
	put_word(to, 8, 1);
	for (i = 0; i < 10; i++)
		at = put_biquad(to, at, i & 1);
	for (i = 0; i < 3; i++)
		at = put_drc(to, at);
	put_word(to, 0, (uint32_t)at);
	return at;
}

/* Layout: modules/xover/crossover_user.h. */
static size_t put_crossover(const struct blob_head *head, uint8_t *to, unsigned int bands)
{
	size_t at = 40, i;

	memset(to, 0, at);
	put_word(to, 4, bands);
	for (i = 0; i < bands; i++)
		put_word(to, 24 + 4 * i, i < head->n_out ? head->out[i].queue : (uint32_t)i);
	for (i = 0; i < (bands == 2 ? 2 : 6); i++)
		at = put_biquad(to, at, i & 1);
	put_word(to, 0, (uint32_t)at);
	return at;
}

static size_t make_crossover(const struct blob_head *head, uint8_t *to)
{
	return put_crossover(head, to, 2);
}

static size_t make_crossover4(const struct blob_head *head, uint8_t *to)
{
	return put_crossover(head, to, 4);
}

/* Q2.30, one a channel. */
static size_t make_dcblock(const struct blob_head *head, uint8_t *to)
{
	size_t at = 0, i;

	for (i = 0; i < 8; i++)
		at = put_word(to, at, (uint32_t)(1063004406 - 1000000 * i));
	return at;
}

/* Layout: modules/asrc/README.md. */
static size_t make_drift(const struct blob_head *head, uint8_t *to)
{
	const uint32_t words[] = { 0, 0, 38400000 };

	memcpy(to, words, sizeof(words));
	return sizeof(words);
}

size_t blob_made(const struct blob_head *head, unsigned int number, uint8_t *to, uint8_t *param)
{
	static const struct {
		const char *name;
		uint8_t param;
		size_t (*make)(const struct blob_head *head, uint8_t *to);
	} all[] = {
		{ "tdfb", 0, make_tdfb },
		{ "selector", 0, make_selectors },
		{ "selector", 0, make_selector },
		{ "mux", 0, make_mux },
		{ "demux", 0, make_mux },
		{ "mixin", 1, make_mixin },
		{ "copier", 7, make_map },
		{ "copier", 6, make_small },
		{ "asrc", 1, make_drift },
		{ "gain", 1, make_small },
		{ "eq_fir", 0, make_eqfir },
		{ "eq_iir", 0, make_eqiir },
		{ "drc", 0, make_drc },
		{ "multiband_drc", 0, make_multiband },
		{ "crossover", 0, make_crossover4 },
		{ "crossover", 0, make_crossover },
		{ "dcblock", 0, make_dcblock },
		{ "level_multiplier", 0, make_map },
	};
	const char *name = topology_uuid_name(head->uuid);
	size_t i, length;

	for (i = 0; name && i < sizeof(all) / sizeof(all[0]); i++) {
		length = strlen(all[i].name);
		if (strncmp(name, all[i].name, length) ||
		    (name[length] && strcmp(name + length, "4")) || number--)
			continue;
		*param = all[i].param;
		return all[i].make(head, to);
	}
	return 0;
}
