/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "golden.h"
#include "random.h"
#include "saturation.h"

#include <math.h>
#include <stdlib.h>

#include "../../modules/tdfb/tdfb.c"

#include <ipc4/module.h>
#include <ipc4/notification.h>

static const struct harness_format stereo = { SOF_IPC_FRAME_S32_LE, 2, 48000 };
static const enum sof_ipc_frame formats[] = { SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S24_4LE,
					      SOF_IPC_FRAME_S32_LE };

enum { FRAMES = 2400 };

/* ---- messages to the host ---- */

static struct {
	unsigned int live, sent;
	bool fails;
	uint32_t header;
	struct sof_ipc4_notify_module_data module;
	struct sof_ipc4_control_msg_payload control;
	struct sof_ipc4_ctrl_value_chan value;
} host;

struct ipc_msg *ipc_msg_w_ext_init(uint32_t header, uint32_t extension, uint32_t size)
{
	struct ipc_msg *msg = host.fails ? NULL : calloc(1, sizeof(*msg));

	if (!msg)
		return NULL;
	msg->header = header;
	msg->tx_size = size;
	msg->tx_data = calloc(1, size);
	assert_non_null(msg->tx_data);
	host.live++;
	return msg;
}

void ipc_msg_free(struct ipc_msg *msg)
{
	if (!msg)
		return;
	host.live--;
	free(msg->tx_data);
	free(msg);
}

void ipc_msg_send(struct ipc_msg *msg, void *data, bool high_priority)
{
	const char *at = msg->tx_data;

	assert_null(data);
	assert_false(high_priority);
	assert_int_equal(msg->tx_size,
			 sizeof(host.module) + sizeof(host.control) + sizeof(host.value));
	host.sent++;
	host.header = msg->header;
	memcpy(&host.module, at, sizeof(host.module));
	memcpy(&host.control, at + sizeof(host.module), sizeof(host.control));
	memcpy(&host.value, at + sizeof(host.module) + sizeof(host.control), sizeof(host.value));
}

/* ---- blobs ---- */

/* What a blob is made of; each filter of each angle has taps of its own. */
struct parts {
	unsigned int filters, outputs, angles, mics;
	bool off;
	int taps, step, offset;
	int16_t select[SOF_TDFB_FIR_MAX_COUNT], mix[SOF_TDFB_FIR_MAX_COUNT];
	int16_t mix_off[SOF_TDFB_FIR_MAX_COUNT];
	int16_t azimuth[8];
	struct sof_tdfb_mic_location mic[SOF_TDFB_MAX_MICROPHONES];
	/* the first coefficient of all filters of an angle, when not 0; else they are random */
	int16_t first[9];
	bool loud; /* all coefficients are the highest */
};

union blob {
	struct sof_tdfb_config config;
	uint16_t words[SOF_TDFB_MAX_SIZE / 2 + 8];
};

static int16_t coefficient(const struct parts *p, unsigned int angle, int tap, uint64_t *seed)
{
	if (p->loud)
		return INT16_MAX;
	if (p->first[angle])
		return tap ? 0 : p->first[angle];
	return (int16_t)((int)random_below(seed, 1000) - 500);
}

static uint32_t make_blob(union blob *blob, const struct parts *p)
{
	const unsigned int banks = p->angles + p->off;
	uint16_t *at = blob->words + sizeof(blob->config) / 2;
	uint64_t seed = 7;

	memset(blob, 0, sizeof(*blob));
	for (unsigned int i = 0; i < p->filters * banks; i++) {
		*at++ = (uint16_t)p->taps;
		at += SOF_FIR_COEF_NHEADER - 1;
		for (int tap = 0; tap < p->taps; tap++)
			*at++ = (uint16_t)coefficient(p, i / p->filters, tap, &seed);
	}
	for (unsigned int i = 0; i < p->filters; i++)
		*at++ = (uint16_t)p->select[i];
	for (unsigned int i = 0; i < p->filters; i++)
		*at++ = (uint16_t)p->mix[i];
	at += p->filters;
	for (unsigned int i = 0; p->off && i < p->filters; i++)
		*at++ = (uint16_t)p->mix_off[i];
	for (unsigned int i = 0; i < p->angles; i++) {
		*at++ = (uint16_t)p->azimuth[i];
		at++;
		*at++ = (uint16_t)(i * p->filters);
		at++;
	}
	memcpy(at, p->mic, p->mics * sizeof(p->mic[0]));
	at += p->mics * sizeof(p->mic[0]) / 2;
	blob->config.size = (uint32_t)((char *)at - (char *)blob);
	blob->config.num_filters = (uint16_t)p->filters;
	blob->config.num_output_channels = (uint16_t)p->outputs;
	blob->config.num_output_streams = 1;
	blob->config.num_mic_locations = (uint16_t)p->mics;
	blob->config.num_angles = (uint16_t)p->angles;
	blob->config.beam_off_defined = p->off;
	blob->config.angle_enum_mult = (int16_t)p->step;
	blob->config.angle_enum_offs = (int16_t)p->offset;
	return blob->config.size;
}

/* Two filters a channel, crosswise. */
static const struct parts crosswise = {
	.filters = 4,
	.outputs = 2,
	.angles = 1,
	.taps = 12,
	.step = 15,
	.select = { 0, 1, 0, 1 },
	.mix = { 1, 1, 2, 2 },
};

/* Angles that are known by their gain: 1/8 and up, 7/8 with the beam off. */
static const struct parts by_gain = {
	.filters = 2,
	.outputs = 2,
	.angles = 4,
	.off = true,
	.taps = 4,
	.step = 15,
	.offset = -90,
	.select = { 0, 1 },
	.mix = { 1, 2 },
	.mix_off = { 1, 2 },
	.azimuth = { -90, 0, 90, 180 },
	.first = { 1 << 12, 2 << 12, 3 << 12, 4 << 12, 7 << 12 },
};

/* ---- runs ---- */

static struct harness *tdfb_new(const struct harness_format *in, const struct harness_format *out,
				const union blob *blob)
{
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, in, NULL, 0), 0);
	harness_ports(h, 1, in, 1, out);
	if (blob)
		assert_int_equal(harness_configure(h, 0, blob, blob->config.size), 0);
	return h;
}

static int control(struct harness *h, uint32_t kind, uint16_t index, uint16_t elements,
		   uint32_t value)
{
	struct {
		struct sof_ipc4_control_msg_payload head;
		struct sof_ipc4_ctrl_value_chan value;
	} message = { { .id = index, .num_elems = elements }, { 0, value } };

	return harness_configure(h, kind, &message, sizeof(message));
}

static void set_beam(struct harness *h, bool on)
{
	assert_int_equal(control(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, 0, 1, on), 0);
}

static void set_tracking(struct harness *h, bool on)
{
	assert_int_equal(control(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, 1, 1, on), 0);
}

static void set_azimuth(struct harness *h, uint32_t value)
{
	assert_int_equal(control(h, SOF_IPC4_ENUM_CONTROL_PARAM_ID, 0, 1, value), 0);
}

static void run(const struct harness_format *in_format, const struct harness_format *out_format,
		const union blob *blob, const void *in, void *out, size_t frames, size_t block)
{
	struct harness *h = tdfb_new(in_format, out_format, blob);

	assert_int_equal(harness_prepare(h, 8192, 8196), 0);
	assert_int_equal(harness_process(h, in, out, frames, block), 0);
	assert_int_equal(harness_free(&h), 0);
}

static void noise(int32_t *x, size_t samples, int shift)
{
	uint64_t seed = 1;

	for (size_t i = 0; i < samples; i++)
		x[i] = (int32_t)random_next(&seed) >> shift;
}

/* The gain of one frame, in eighths of full scale. */
static int eighths(struct harness *h)
{
	const int32_t in[2] = { 1 << 28, 1 << 28 };
	int32_t out[2];

	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_int_equal(out[0], out[1]);
	return out[0] >> 25;
}

/* ---- filters ---- */

static void s16_equals_sof(void **state)
{
	golden_check(&mod_manifest, "tdfb", 16, "tdfb.blob0.bin");
}

static void s32_equals_sof(void **state)
{
	golden_check(&mod_manifest, "tdfb", 32, "tdfb.blob0.bin");
}

/* Each filter is cut off twice, to 31 and to 27 bits behind the point. */
static void sums_are_those_of_the_definition(void **state)
{
	const struct harness_format four = { SOF_IPC_FRAME_S32_LE, 4, 48000 };
	const struct harness_format three = { SOF_IPC_FRAME_S32_LE, 3, 48000 };
	const double ulp = ldexp(1, -27) + ldexp(1, -31);
	struct parts p = { .filters = 7,
			   .outputs = 3,
			   .angles = 1,
			   .taps = 64,
			   .step = 1,
			   .select = { 0, 1, 2, 3, 0, 2, 3 },
			   .mix = { 1, 2, 4, 7, 6, 3, 0 } };
	static int32_t in[4 * FRAMES], out[3 * FRAMES];
	static union blob blob;

	noise(in, ARRAY_SIZE(in), 1);
	make_blob(&blob, &p);
	run(&four, &three, &blob, in, out, FRAMES, 48);
	for (int i = 0; i < FRAMES; i++) {
		double sum[3] = { 0 };
		int terms[3] = { 0 };

		for (unsigned int f = 0; f < p.filters; f++) {
			const struct tdfb_blob read = { .config = &blob.config };
			const struct sof_fir_coef_data *filter = tdfb_blob_filter(&read, f);
			double y = 0;

			for (int tap = 0; tap < p.taps && tap <= i; tap++)
				y += ldexp(filter->coef[tap], -15) *
				     ldexp(in[4 * (i - tap) + p.select[f]], -31);
			for (int ch = 0; ch < 3; ch++) {
				if (p.mix[f] & 1 << ch) {
					sum[ch] += y;
					terms[ch]++;
				}
			}
		}
		for (int ch = 0; ch < 3; ch++) {
			const double below = sum[ch] - ldexp(out[3 * i + ch], -31);

			if (below < 0 || below > terms[ch] * ulp)
				fail_msg("frame %d, channel %d: %g below", i, ch, below);
		}
	}
}

static void sums_saturate(void **state)
{
	struct parts p = by_gain;
	static int32_t in[2 * 64], out[2 * 64];
	static union blob blob;

	p.off = false;
	p.filters = 16;
	for (int i = 0; i < 16; i++) {
		p.select[i] = 0;
		p.mix[i] = 3;
	}
	p.first[0] = INT16_MAX;
	make_blob(&blob, &p);
	for (int i = 0; i < 64; i++)
		in[2 * i] = i & 1 ? INT32_MAX : INT32_MIN;
	run(&stereo, &stereo, &blob, in, out, 64, 48);
	for (int i = 0; i < 64; i++)
		assert_int_equal(out[2 * i + 1], i & 1 ? INT32_MAX : INT32_MIN);
}

/* Filters and their sums: with 4 taps in the loops for it, with 12 in those for all. */
static void filters_saturate_in_every_format(void **state)
{
	enum { SHORT = 203 };
	static int32_t in[2 * SHORT], out[2 * SHORT];
	static double ideal[2 * SHORT];
	static union blob blob;
	struct parts p = crosswise;

	p.loud = true;
	for (int i = 0; i < 4; i++)
		p.select[i] = (int16_t)(i / 2);
	for (p.taps = 4; p.taps <= 12; p.taps += 8) {
		make_blob(&blob, &p);
		for (size_t f = 0; f < ARRAY_SIZE(saturation_formats); f++) {
			const struct harness_format format = { saturation_formats[f], 2, 48000 };

			saturation_audio(format.fmt, in, SHORT, 2);
			for (int i = 0; i < 2 * SHORT; i++) {
				double sum = 0;

				for (int tap = 0; tap < p.taps && 2 * tap <= i; tap++)
					sum += sample_value(format.fmt, in, (size_t)(i - 2 * tap));
				ideal[i] = 2 * full_scale(sum * INT16_MAX / 32768);
			}
			/* pairs of samples, and the odd one */
			run(&format, &format, &blob, in, out, SHORT, 7);
			saturation_check(format.fmt, out, ideal, 2 * SHORT, 1e-7);
		}
	}
}

static void blocks_of_any_size_give_the_same_bytes(void **state)
{
	static const size_t blocks[] = { 1, 7, 47, 0 };
	static int32_t in[2 * FRAMES], expected[2 * FRAMES], out[2 * FRAMES];
	static union blob blob;
	uint64_t seed = 1;

	make_blob(&blob, &crosswise);
	for (size_t f = 0; f < ARRAY_SIZE(formats); f++) {
		const struct harness_format format = { formats[f], 2, 16000 };

		random_audio(&seed, formats[f], in, ARRAY_SIZE(in));
		run(&format, &format, &blob, in, expected, FRAMES, 48);
		for (size_t b = 0; b < ARRAY_SIZE(blocks); b++) {
			run(&format, &format, &blob, in, out, FRAMES, blocks[b]);
			assert_memory_equal(out, expected, FRAMES * get_frame_bytes(formats[f], 2));
		}
	}
}

/* Full precision inside, whatever the width outside. */
static void other_widths_are_32_bits_rounded(void **state)
{
	static int32_t wide[2 * FRAMES], in[2 * FRAMES], expected[2 * FRAMES], out[2 * FRAMES];
	static union blob blob;

	make_blob(&blob, &crosswise);
	for (int narrow = 0; narrow < 2; narrow++) {
		const struct harness_format format = { formats[narrow ? 0 : 1], 2, 48000 };
		const int drop = narrow ? 16 : 8;

		noise(wide, ARRAY_SIZE(wide), 1);
		for (int i = 0; i < 2 * FRAMES; i++) {
			wide[i] = (int32_t)((uint32_t)(wide[i] >> drop) << drop);
			if (narrow)
				((int16_t *)in)[i] = (int16_t)(wide[i] >> 16);
			else
				in[i] = wide[i] >> 8 ^ (i % 3 ? 0 : (int32_t)0xff000000);
		}
		run(&stereo, &stereo, &blob, wide, expected, FRAMES, 48);
		run(&format, &format, &blob, in, out, FRAMES, 48);
		for (size_t i = 0; i < 2 * FRAMES; i++)
			assert_int_equal(sample_at(format.fmt, out, i),
					 narrow ? sat_int16(Q_SHIFT_RND(expected[i], 31, 15)) :
						  sat_int24(Q_SHIFT_RND(expected[i], 31, 23)));
	}
}

/* ---- controls ---- */

static void the_angle_next_to_the_azimuth_is_taken(void **state)
{
	/* degrees are 15 * value - 90 */
	static const struct {
		uint32_t value;
		int eighths;
	} turns[] = { { 0, 1 },	 { 2, 1 },  { 4, 2 },  { 6, 2 },  { 9, 2 },  { 10, 3 },
		      { 12, 3 }, { 16, 4 }, { 18, 4 }, { 20, 1 }, { 24, 1 }, { 30, 2 } };
	struct harness *h;
	static union blob blob;

	make_blob(&blob, &by_gain);
	h = tdfb_new(&stereo, &stereo, &blob);
	set_beam(h, true);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	for (size_t i = 0; i < ARRAY_SIZE(turns); i++) {
		set_azimuth(h, turns[i].value);
		if (eighths(h) != turns[i].eighths)
			fail_msg("azimuth %u", turns[i].value);
	}
	assert_int_equal(harness_free(&h), 0);
}

/* As on the board, filters for beam off are in use only until the beam was switched. */
static void a_beam_switched_off_passes_audio(void **state)
{
	struct harness *h;
	static union blob blob;

	make_blob(&blob, &by_gain);
	h = tdfb_new(&stereo, &stereo, &blob);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	assert_int_equal(eighths(h), 7);
	set_beam(h, true);
	assert_int_equal(eighths(h), 1);
	set_beam(h, false);
	assert_int_equal(eighths(h), 8);
	set_azimuth(h, 6);
	assert_int_equal(eighths(h), 8);
	set_beam(h, true);
	assert_int_equal(eighths(h), 2);
	assert_int_equal(harness_free(&h), 0);
}

static void without_filters_for_beam_off_the_angles_are_used(void **state)
{
	struct parts p = by_gain;
	struct harness *h;
	static union blob blob;

	p.off = false;
	p.offset = 0;
	make_blob(&blob, &p);
	h = tdfb_new(&stereo, &stereo, &blob);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	assert_int_equal(eighths(h), 2);
	assert_int_equal(harness_free(&h), 0);
}

static void passing_audio_goes_where_the_filters_would(void **state)
{
	static const struct parts p = { .filters = 3,
					.outputs = 4,
					.angles = 1,
					.taps = 4,
					.step = 15,
					.select = { 0, 1, 2 },
					.mix = { 1, 2 | 8, 8 } };
	static int32_t in[3 * 64], out[4 * 64];
	static union blob blob;

	make_blob(&blob, &p);
	for (size_t f = 0; f < ARRAY_SIZE(formats); f++) {
		const struct harness_format three = { formats[f], 3, 48000 };
		const struct harness_format four = { formats[f], 4, 48000 };
		struct harness *h = tdfb_new(&three, &four, &blob);
		uint64_t seed = 1;

		random_audio(&seed, formats[f], in, ARRAY_SIZE(in));
		assert_int_equal(harness_prepare(h, 4096, 4096), 0);
		set_beam(h, false);
		assert_int_equal(harness_process(h, in, out, 64, 9), 0);
		for (size_t i = 0; i < 64; i++) {
			const int32_t first = sample_at(formats[f], in, 3 * i);

			assert_int_equal(sample_at(formats[f], out, 4 * i), first);
			assert_int_equal(sample_at(formats[f], out, 4 * i + 1),
					 sample_at(formats[f], in, 3 * i + 1));
			assert_int_equal(sample_at(formats[f], out, 4 * i + 2), 0);
			assert_int_equal(sample_at(formats[f], out, 4 * i + 3),
					 sample_at(formats[f], in, 3 * i + 2));
		}
		assert_int_equal(harness_free(&h), 0);
	}
}

static void wrong_controls_are_refused(void **state)
{
	const uint32_t toggle = SOF_IPC4_SWITCH_CONTROL_PARAM_ID;
	const uint32_t choice = SOF_IPC4_ENUM_CONTROL_PARAM_ID;
	struct sof_ipc4_control_msg_payload head = { .num_elems = 1 };
	struct harness *h = tdfb_new(&stereo, &stereo, NULL);
	uint8_t reply[64];

	assert_int_equal(control(h, toggle, 2, 1, 1), -EINVAL);
	assert_int_equal(control(h, toggle, 0, 0, 1), -EINVAL);
	assert_int_equal(control(h, toggle, 0, 2, 1), -EINVAL);
	assert_int_equal(control(h, choice, 2, 1, 1), -EINVAL);
	assert_int_equal(control(h, choice, 0, 2, 1), -EINVAL);
	assert_int_equal(control(h, choice, 0, 1, 361), -EINVAL);
	assert_int_equal(control(h, choice, 1, 1, UINT32_MAX), -EINVAL);
	assert_int_equal(control(h, choice, 1, 1, 360), 0);
	assert_int_equal(harness_configure(h, toggle, &head, sizeof(head)), -EINVAL);
	assert_int_equal(
		tdfb_interface.get_configuration(harness_module(h), 0, NULL, reply, sizeof(reply)),
		-EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

/* ---- blobs ---- */

static void a_new_blob_counts_from_the_next_call(void **state)
{
	struct parts p = by_gain;
	struct harness *h;
	static union blob blob;

	make_blob(&blob, &by_gain);
	h = tdfb_new(&stereo, &stereo, &blob);
	set_beam(h, true);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	assert_int_equal(eighths(h), 1);
	p.first[0] = 5 << 12;
	make_blob(&blob, &p);
	assert_int_equal(harness_configure(h, 0, &blob, blob.config.size), 0);
	assert_int_equal(eighths(h), 5);
	assert_int_equal(harness_reset(h), 0);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	assert_int_equal(eighths(h), 5);
	assert_int_equal(harness_free(&h), 0);
}

enum {
	HEAD = sizeof(struct sof_tdfb_config) / 2,
	FILTER = SOF_FIR_COEF_NHEADER + 4, /* of four taps */
	BY_GAIN_TAIL = HEAD + 10 * FILTER,
	BY_GAIN_ANGLES = BY_GAIN_TAIL + 8,
};

static void malformed_blobs_are_refused(void **state)
{
	static const struct {
		unsigned int word;
		uint16_t value;
	} hostile[] = {
		/* size, filters, outputs */
		{ 0, 0 },
		{ 1, 1 },
		{ 2, 0 },
		{ 2, 1 },
		{ 2, 3 },
		{ 2, 17 },
		{ 2, 0xffff },
		{ 3, 0 },
		{ 3, 1 },
		{ 3, 9 },
		{ 3, 0xffff },
		/* microphones, angles, off, step */
		{ 5, 1 },
		{ 5, 9 },
		{ 5, 0xffff },
		{ 6, 0 },
		{ 6, 3 },
		{ 6, 5 },
		{ 6, 361 },
		{ 6, 0xffff },
		{ 7, 0 },
		{ 7, 2 },
		{ 7, 0xffff },
		{ 9, 0 },
		/* filters: taps and shift */
		{ HEAD, 0 },
		{ HEAD, 3 },
		{ HEAD, 8 },
		{ HEAD, 260 },
		{ HEAD, 0x8000 },
		{ HEAD, 0xfffc },
		{ HEAD + 1, 49 },
		{ HEAD + 1, 0xfff0 },
		{ HEAD + 9 * FILTER, 8 },
		{ HEAD + 9 * FILTER, 256 },
		/* input, angles' first filters */
		{ BY_GAIN_TAIL, 2 },
		{ BY_GAIN_TAIL + 1, 0xffff },
		{ BY_GAIN_ANGLES + 2, 9 },
		{ BY_GAIN_ANGLES + 4 * 3 + 2, 0xffff },
		{ BY_GAIN_ANGLES + 4 * 3 + 2, 0x7fff },
	};
	static union blob good, bad;
	struct harness *h;
	uint32_t size;

	size = make_blob(&good, &by_gain);
	h = tdfb_new(&stereo, &stereo, &good);
	set_beam(h, true);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	assert_int_equal(eighths(h), 1);
	for (size_t i = 0; i < ARRAY_SIZE(hostile); i++) {
		bad = good;
		bad.words[hostile[i].word] = hostile[i].value;
		if (harness_configure(h, 0, &bad, size) != -EINVAL)
			fail_msg("word %u = %#x was taken", hostile[i].word, hostile[i].value);
	}
	for (uint32_t bytes = 1; bytes <= size + 8; bytes++) {
		if (bytes == size)
			continue;
		bad = good;
		assert_int_equal(harness_configure(h, 0, &bad, bytes), -EINVAL);
		bad.config.size = bytes;
		assert_int_equal(harness_configure(h, 0, &bad, bytes), -EINVAL);
	}
	bad = good;
	bad.config.size = SOF_TDFB_MAX_SIZE + 4;
	assert_int_equal(harness_configure(h, 0, &bad, SOF_TDFB_MAX_SIZE + 4), -EINVAL);
	set_azimuth(h, 6);
	assert_int_equal(eighths(h), 2);
	assert_int_equal(harness_free(&h), 0);
}

/* Everything else in these blobs agrees, and no stream says how many channels there are. */
static void numbers_out_of_range_are_refused_by_themselves(void **state)
{
	static const struct {
		unsigned int filters, outputs, angles;
		int refused;
	} blobs[] = {
		{ 2, 2, 1, 0 },
		{ 16, PLATFORM_MAX_CHANNELS, 2, 0 },
		{ 0, 2, 1, -EINVAL },
		{ 2, 0, 1, -EINVAL },
		{ 2, PLATFORM_MAX_CHANNELS + 1, 1, -EINVAL },
		{ 2, 2, 0, -EINVAL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(blobs); i++) {
		static union blob blob;
		struct parts p = by_gain;
		struct harness *h;

		p.off = false;
		p.filters = blobs[i].filters;
		p.outputs = blobs[i].outputs;
		p.angles = blobs[i].angles;
		make_blob(&blob, &p);
		h = tdfb_new(&stereo, &stereo, NULL);
		assert_int_equal(harness_configure(h, 0, &blob, blob.config.size),
				 blobs[i].refused);
		assert_int_equal(harness_free(&h), 0);
	}
	for (int which = 0; which < 4; which++) {
		static union blob blob;
		struct parts p = by_gain;
		struct harness *h;

		p.angles = 2;
		p.mics = which < 2 ? 0 : SOF_TDFB_MAX_MICROPHONES;
		make_blob(&blob, &p);
		if (which == 1) {
			/* one angle less, and the beam switched off twice */
			blob.config.num_angles--;
			blob.config.beam_off_defined++;
			blob.config.size -= (uint32_t)sizeof(struct sof_tdfb_angle);
		} else if (which == 3) {
			blob.config.num_mic_locations++;
			blob.config.size += (uint32_t)sizeof(struct sof_tdfb_mic_location);
		}
		h = tdfb_new(&stereo, &stereo, NULL);
		assert_int_equal(harness_configure(h, 0, &blob, blob.config.size),
				 which % 2 ? -EINVAL : 0);
		assert_int_equal(harness_free(&h), 0);
	}
}

static void a_blob_that_does_not_fit_the_streams_is_refused(void **state)
{
	const struct harness_format mono = { SOF_IPC_FRAME_S32_LE, 1, 48000 };
	struct harness *h;
	static union blob blob;

	make_blob(&blob, &by_gain);
	h = tdfb_new(&mono, &stereo, &blob);
	assert_int_equal(harness_prepare(h, 4096, 4096), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
	h = tdfb_new(&stereo, &mono, &blob);
	assert_int_equal(harness_prepare(h, 4096, 4096), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static void other_formats_are_refused(void **state)
{
	const struct harness_format two[] = { stereo, stereo };
	const struct harness_format none = { SOF_IPC_FRAME_S32_LE, 0, 48000 };
	const struct harness_format nine = { SOF_IPC_FRAME_S32_LE, 9, 48000 };
	const struct harness_format real = { SOF_IPC_FRAME_FLOAT, 2, 48000 };
	const struct harness_format narrow = { SOF_IPC_FRAME_S16_LE, 2, 48000 };
	const struct harness_format rate = { SOF_IPC_FRAME_S32_LE, 2, 44100 };
	const struct {
		unsigned int n_in;
		const struct harness_format *in;
		unsigned int n_out;
		const struct harness_format *out;
	} wrong[] = {
		{ 2, two, 1, two },	{ 1, two, 2, two },	    { 1, &none, 1, &stereo },
		{ 1, two, 1, &none },	{ 1, &nine, 1, &stereo },   { 1, two, 1, &nine },
		{ 1, &real, 1, &real }, { 1, &stereo, 1, &narrow }, { 1, &rate, 1, &rate },
	};
	struct harness *h;
	static union blob blob;

	make_blob(&blob, &by_gain);
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		h = tdfb_new(&stereo, &stereo, &blob);
		harness_ports(h, wrong[i].n_in, wrong[i].in, wrong[i].n_out, wrong[i].out);
		assert_int_equal(harness_prepare(h, 4096, 4096), -EINVAL);
		assert_int_equal(harness_free(&h), 0);
	}
	/* and no configuration at all */
	h = tdfb_new(&stereo, &stereo, NULL);
	assert_int_equal(harness_prepare(h, 4096, 4096), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

/* ---- direction ---- */

enum { MICS = 4 };

/* A square with sides of 10 cm, or two microphones 10 cm apart on the y axis. */
static void array_of(struct parts *p, unsigned int mics)
{
	static const struct sof_tdfb_mic_location square[MICS] = {
		{ .x = 205, .y = 205 },
		{ .x = -205, .y = 205 },
		{ .x = -205, .y = -205 },
		{ .x = 205, .y = -205 },
	};
	static const struct sof_tdfb_mic_location line[2] = { { .y = 205 }, { .y = -205 } };

	*p = crosswise;
	p->mics = mics;
	memcpy(p->mic, mics == 2 ? line : square, mics * sizeof(p->mic[0]));
}

/* Noise from far away, in parts of a second of sound and of near silence. */
static void sound_from(double degrees, const struct parts *p, double rate, int32_t *x,
		       size_t frames)
{
	uint64_t seed = 5;
	double *const source = calloc(frames + 200, sizeof(*source));

	assert_non_null(source);
	for (size_t i = 0; i < frames + 200; i++)
		source[i] = (int32_t)random_next(&seed) * ldexp(i / 9600 % 2 ? 0.3 : 0.0005, -31);
	for (size_t i = 0; i < frames; i++) {
		for (unsigned int m = 0; m < p->mics; m++) {
			const double radians = degrees * M_PI / 180;
			const double nearer =
				(p->mic[m].x * cos(radians) + p->mic[m].y * sin(radians)) / 4096 /
				343 * rate;
			const double at = (double)i + 100 + nearer;
			const size_t whole = (size_t)at;
			const double part = at - (double)whole;

			x[i * p->mics + m] = (int32_t)ldexp(
				source[whole] * (1 - part) + source[whole + 1] * part, 31);
		}
	}
	free(source);
}

/* Where it was said to come from at last, as the control's value. */
static int track(const struct parts *p, unsigned int rate, const int32_t *x, int32_t *out,
		 size_t frames, size_t block)
{
	const struct harness_format in = { SOF_IPC_FRAME_S32_LE, p->mics, rate };
	const struct harness_format two = { SOF_IPC_FRAME_S32_LE, 2, rate };
	struct harness *h;
	static union blob blob;

	make_blob(&blob, p);
	memset(&host.module, 0, sizeof(host.module));
	host.sent = 0;
	h = tdfb_new(&in, &two, &blob);
	harness_module(h)->dev->ipc_config.id = IPC4_COMP_ID(17, 3);
	set_beam(h, true);
	set_tracking(h, true);
	assert_int_equal(host.live, 1);
	assert_int_equal(harness_prepare(h, 16384, 16384), 0);
	assert_int_equal(harness_process(h, x, out, frames, block), 0);
	assert_int_equal(harness_free(&h), 0);
	assert_int_equal(host.live, 0);
	return host.sent ? (int)host.value.value : -1;
}

static int32_t heard[MICS * 96000], beamed[2 * 96000];

/* In steps of 15 degrees, to the next one or its neighbour. */
static void the_direction_of_a_sound_is_found(void **state)
{
	static const int degrees[] = { 30, 75, 120, -45, -150 };
	struct parts p;

	for (unsigned int k = 0; k < ARRAY_SIZE(degrees); k++) {
		int value, away;

		array_of(&p, MICS);
		p.offset = -180;
		sound_from(degrees[k], &p, 48000, heard, 96000);
		value = track(&p, 48000, heard, beamed, 96000, 48);
		assert_true(host.sent > 0);
		away = abs(15 * value - 180 - degrees[k]);
		if (away > 20)
			fail_msg("%d degrees are taken for %d", degrees[k], 15 * value - 180);
	}
	/* a line knows no behind */
	array_of(&p, 2);
	p.offset = -90;
	sound_from(120, &p, 16000, heard, 32000);
	assert_true(abs(15 * track(&p, 16000, heard, beamed, 32000, 16) - 90 - 60) <= 20);
}

/* The ring of 16 bits has 18 dB more than the input: a tone at full scale is limited in it. */
static void what_is_heard_is_limited_at_both_ends(void **state)
{
	enum { PERIOD = 48, QUIET = 64 };
	static union blob blob;
	const struct tdfb_blob read = { .config = &blob.config };
	int16_t ring[2][2048];
	int32_t lags[256], x[2][PERIOD];
	unsigned int highest = 0, lowest = 0;
	struct direction d[2];
	struct parts p = crosswise;

	make_blob(&blob, &p);
	for (int k = 0; k < 2; k++)
		assert_int_equal(direction_start(&d[k], &read, 48000, 2, ring[k], lags), 0);
	assert_int_equal(d[0].period, PERIOD);
	/* 2 kHz: every period is the same once the band pass has settled */
	for (int i = 0; i < PERIOD; i++) {
		x[0][i] = (int32_t)(0.9 * INT32_MAX * sin(2 * M_PI * i / 24));
		x[1][i] = x[0][i] / QUIET;
	}
	for (int times = 0; times < 8; times++) {
		for (int k = 0; k < 2; k++)
			direction_hear(&d[k], 1, x[k], PERIOD);
	}
	for (unsigned int i = 0; i < d[0].words; i++) {
		const int32_t ideal = QUIET * ring[1][i];

		if (ideal > INT16_MAX + 2 * QUIET)
			assert_int_equal(ring[0][i], INT16_MAX);
		else if (ideal < INT16_MIN - 2 * QUIET)
			assert_int_equal(ring[0][i], INT16_MIN);
		else
			assert_true(abs(ring[0][i] - ideal) <= 2 * QUIET);
		highest += ring[0][i] == INT16_MAX;
		lowest += ring[0][i] == INT16_MIN;
	}
	assert_true(highest > 10 && lowest > 10);
}

/* Only then azimuths behind the array are taken for those before it. */
static void microphones_on_a_line_are_told_from_others(void **state)
{
	static const struct {
		unsigned int mics;
		struct sof_tdfb_mic_location mic[4];
		bool line;
	} arrays[] = {
		{ 2, { { .y = 205 }, { .y = -205 } }, true },
		{ 3, { { .x = 100, .y = 50 }, { 0 }, { .x = -200, .y = -100 } }, true },
		{ 4, { { .z = 3 }, { .z = 300 }, { .z = -20 }, { .z = 7 } }, true },
		{ 3, { { .x = 100 }, { 0 }, { .x = -100, .y = 1 } }, false },
		{ 3, { { .x = 100 }, { 0 }, { .x = -100, .z = -1 } }, false },
		{ 3, { { .z = 100 }, { 0 }, { .z = -100, .y = 1 } }, false },
		{ 4, { { .x = 1 }, { .x = 2 }, { .x = 3 }, { .y = 200 } }, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(arrays); i++) {
		static union blob blob;
		const struct tdfb_blob read = { .config = &blob.config,
						.mics = (void *)arrays[i].mic };
		static int16_t ring[1 << 16];
		static int32_t lags[1 << 12];
		struct direction d;

		blob.config.num_mic_locations = (uint16_t)arrays[i].mics;
		assert_int_equal(direction_start(&d, &read, 48000, arrays[i].mics, ring, lags), 0);
		assert_int_equal(d.line_array, arrays[i].line);
	}
}

static void a_notification_says_whose_and_what(void **state)
{
	union ipc4_notification_header header;
	struct parts p;

	array_of(&p, MICS);
	sound_from(90, &p, 48000, heard, 48000);
	assert_true(track(&p, 48000, heard, beamed, 48000, 48) > 0);
	header.dat = host.header;
	assert_int_equal(header.r.notif_type, SOF_IPC4_MODULE_NOTIFICATION);
	assert_int_equal(header.r.type, SOF_IPC4_GLB_NOTIFICATION);
	assert_int_equal(header.r.rsp, SOF_IPC4_MESSAGE_DIR_MSG_REQUEST);
	assert_int_equal(header.r.msg_tgt, SOF_IPC4_MESSAGE_TARGET_FW_GEN_MSG);
	assert_int_equal(host.module.module_id, 17);
	assert_int_equal(host.module.instance_id, 3);
	assert_int_equal(host.module.event_id, SOF_IPC4_NOTIFY_MODULE_EVENTID_ALSA_MAGIC_VAL |
						       SOF_IPC4_ENUM_CONTROL_PARAM_ID);
	assert_int_equal(host.module.event_data_size, sizeof(host.control) + sizeof(host.value));
	assert_int_equal(host.control.id, SOF_TDFB_CTRL_INDEX_AZIMUTH_ESTIMATE);
	assert_int_equal(host.control.num_elems, 1);
	assert_int_equal(host.value.channel, 0);
	/* one in 200 ms at most */
	assert_in_range(host.sent, 1, 4);
}

static void tracking_does_not_change_the_audio_nor_blocks_the_track(void **state)
{
	static int32_t plain[2 * 48000];
	const struct harness_format in = { SOF_IPC_FRAME_S32_LE, MICS, 48000 };
	const struct harness_format two = { SOF_IPC_FRAME_S32_LE, 2, 48000 };
	static union blob blob;
	unsigned int sent;
	struct parts p;
	int value;

	array_of(&p, MICS);
	sound_from(-30, &p, 48000, heard, 48000);
	make_blob(&blob, &p);
	run(&in, &two, &blob, heard, plain, 48000, 48);
	value = track(&p, 48000, heard, beamed, 48000, 48);
	sent = host.sent;
	assert_memory_equal(plain, beamed, sizeof(plain));
	assert_int_equal(track(&p, 48000, heard, beamed, 48000, 0), value);
	assert_int_equal(host.sent, sent);
	assert_memory_equal(plain, beamed, sizeof(plain));
}

static void near_silence_and_tracking_off_tell_nothing(void **state)
{
	struct harness *h;
	static union blob blob;
	struct parts p;

	array_of(&p, MICS);
	sound_from(90, &p, 48000, heard, 9600);
	assert_int_equal(track(&p, 48000, heard, beamed, 9600, 48), -1);
	/* off again: nothing is told of what is loud */
	sound_from(90, &p, 48000, heard, 48000);
	make_blob(&blob, &p);
	{
		const struct harness_format in = { SOF_IPC_FRAME_S32_LE, MICS, 48000 };

		h = tdfb_new(&in, &stereo, &blob);
	}
	host.sent = 0;
	set_tracking(h, true);
	set_tracking(h, false);
	assert_int_equal(harness_prepare(h, 16384, 16384), 0);
	assert_int_equal(harness_process(h, heard, beamed, 48000, 48), 0);
	assert_int_equal(host.sent, 0);
	/* the beam passes, and the direction is followed all the same */
	set_tracking(h, true);
	set_beam(h, false);
	assert_int_equal(harness_process(h, heard, beamed, 48000, 48), 0);
	assert_true(host.sent > 0);
	assert_int_equal(harness_free(&h), 0);
}

/* For the sanitizers: the longest lags, all microphones in one place, numbers at their ends. */
static void arrays_of_any_shape_harm_nobody(void **state)
{
	static const int16_t ends[] = { INT16_MIN, INT16_MAX, 0, 1, -1, 4096 };
	static int32_t in[8 * 480], out[2 * 480];
	static union blob blob;
	uint64_t seed = 9;

	random_audio(&seed, SOF_IPC_FRAME_S32_LE, in, ARRAY_SIZE(in));
	for (unsigned int round = 0; round < 40; round++) {
		const struct harness_format format = { SOF_IPC_FRAME_S32_LE, 1 + round % 8, 48000 };
		struct parts p = crosswise;
		struct harness *h;

		p.mics = round % 9;
		p.select[1] = 0;
		p.select[3] = 0;
		p.step = ends[round % 2];
		p.offset = ends[random_below(&seed, 6)];
		for (unsigned int i = 0; i < p.mics; i++) {
			p.mic[i].x = ends[random_below(&seed, 6)];
			p.mic[i].y = ends[random_below(&seed, 6)];
			p.mic[i].z = ends[random_below(&seed, 6)];
		}
		make_blob(&blob, &p);
		h = tdfb_new(&format, &stereo, &blob);
		set_tracking(h, true);
		set_azimuth(h, 360);
		assert_int_equal(harness_prepare(h, 16384, 16384), 0);
		assert_int_equal(harness_process(h, in, out, 480, 48), 0);
		assert_int_equal(harness_free(&h), 0);
	}
}

static void no_memory_is_an_error_and_leaves_nothing(void **state)
{
	struct harness *h;
	static union blob blob;
	int n = 0;

	make_blob(&blob, &by_gain);
	for (;; n++) {
		harness_fail_allocation(n);
		if (harness_new(&h, &mod_manifest, &stereo, NULL, 0) == 0)
			break;
		assert_null(h);
		assert_int_equal(harness_free(&h), 0);
	}
	assert_true(n > 0);
	harness_fail_allocation(0);
	assert_int_equal(harness_configure(h, 0, &blob, blob.config.size), -ENOMEM);
	harness_fail_allocation(-1);
	assert_int_equal(harness_configure(h, 0, &blob, blob.config.size), 0);
	for (int i = 0; i < 3; i++) {
		harness_fail_allocation(i);
		assert_int_equal(harness_prepare(h, 4096, 4096), -ENOMEM);
	}
	harness_fail_allocation(-1);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	assert_int_equal(eighths(h), 7);
	host.fails = true;
	assert_int_equal(control(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, 1, 1, 1), -ENOMEM);
	host.fails = false;
	assert_int_equal(eighths(h), 7);
	assert_int_equal(harness_free(&h), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s16_equals_sof),
		cmocka_unit_test(s32_equals_sof),
		cmocka_unit_test(sums_are_those_of_the_definition),
		cmocka_unit_test(sums_saturate),
		cmocka_unit_test(filters_saturate_in_every_format),
		cmocka_unit_test(blocks_of_any_size_give_the_same_bytes),
		cmocka_unit_test(other_widths_are_32_bits_rounded),
		cmocka_unit_test(the_angle_next_to_the_azimuth_is_taken),
		cmocka_unit_test(a_beam_switched_off_passes_audio),
		cmocka_unit_test(without_filters_for_beam_off_the_angles_are_used),
		cmocka_unit_test(passing_audio_goes_where_the_filters_would),
		cmocka_unit_test(wrong_controls_are_refused),
		cmocka_unit_test(a_new_blob_counts_from_the_next_call),
		cmocka_unit_test(malformed_blobs_are_refused),
		cmocka_unit_test(numbers_out_of_range_are_refused_by_themselves),
		cmocka_unit_test(a_blob_that_does_not_fit_the_streams_is_refused),
		cmocka_unit_test(other_formats_are_refused),
		cmocka_unit_test(the_direction_of_a_sound_is_found),
		cmocka_unit_test(what_is_heard_is_limited_at_both_ends),
		cmocka_unit_test(microphones_on_a_line_are_told_from_others),
		cmocka_unit_test(a_notification_says_whose_and_what),
		cmocka_unit_test(tracking_does_not_change_the_audio_nor_blocks_the_track),
		cmocka_unit_test(near_silence_and_tracking_off_tell_nothing),
		cmocka_unit_test(arrays_of_any_shape_harm_nobody),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
