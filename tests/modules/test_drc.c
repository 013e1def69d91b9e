/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "golden.h"
#include "random.h"
#include "saturation.h"

#include <math.h>
#include <stdlib.h>

#include "../../modules/drc/drc.c"

static const struct harness_format stereo = { SOF_IPC_FRAME_S32_LE, 2, 48000 };

/* ---- the algorithm in real numbers ---- */

static double from_db(double db)
{
	return pow(10, db / 20);
}

/* What drc_user.h names, and how long things last in frames. */
struct curve {
	double linear_threshold, slope, k, knee_threshold, master;
	double attack, saturated_release, release[5], spacing_db;
	unsigned int delay;
};

static const struct curve speaker = {
	.linear_threshold = 0.0631, /* -24 dB */
	.slope = 0.1,
	.k = 6,
	.knee_threshold = 0.5,
	.master = 1.5,
	.attack = 0.003 * 48000,
	.saturated_release = 0.0025 * 48000,
	.release = { 1080, 72, 605, 152, 11.35 },
	.spacing_db = 5,
	.delay = 288, /* 6 ms */
};

static double knee(const struct curve *c, double x)
{
	return c->linear_threshold + (1 - exp(-c->k * (x - c->linear_threshold))) / c->k;
}

/* Output over input. */
static double wanted_gain(const struct curve *c, double x)
{
	if (x < c->linear_threshold)
		return 1;
	if (x < c->knee_threshold)
		return knee(c, x) / x;
	return knee(c, c->knee_threshold) * pow(x / c->knee_threshold, c->slope) / x;
}

static double detect_one(const struct curve *c, double now, double x)
{
	const double gain = wanted_gain(c, x);
	double decibels;

	if (gain <= now)
		return gain;
	decibels = gain > from_db(-2) ? 2 : -20 * log10(gain);
	return fmin(1, now + (gain - now) * (from_db(decibels / c->saturated_release) - 1));
}

struct model {
	double detector, gain, attack_max;
};

/* How fast the envelope moves, and where to. */
static double envelope_of(const struct curve *c, struct model *m, double *target)
{
	double difference, r, frames;

	*target = M_2_PI * asin(m->detector);
	difference = 20 * log10(m->gain / *target);
	if (*target > m->gain) {
		if (m->detector == 0)
			difference = -1;
		m->attack_max = 0;
		r = (fmax(-12, fmin(0, difference)) + 12) / 4;
		frames = c->release[0];
		for (int i = 1; i < 5; i++)
			frames += c->release[i] * pow(r, i);
		return from_db(c->spacing_db / frames);
	}
	if (*target == 0)
		difference = 1;
	m->attack_max = fmax(m->attack_max, difference);
	return 1 - pow(0.25 / fmax(0.5, m->attack_max), 1 / c->attack);
}

/* One division: its gains, after the detector went over the one that came in last. */
static void model_division(const struct curve *c, struct model *m, const double *peaks, double *out)
{
	double target, rate;

	for (int i = 0; peaks && i < COMPRESSOR_DIVISION; i++)
		m->detector = detect_one(c, m->detector, peaks[i]);
	/* Q2.30 */
	rate = fmin(2, envelope_of(c, m, &target));
	for (int i = 0; i < COMPRESSOR_DIVISION; i++) {
		if (rate < 1)
			m->gain = target + (m->gain - target) * (1 - rate);
		else
			m->gain = i < 4 ? m->gain * rate : fmin(1, m->gain * rate);
		out[i] = c->master * sin(M_PI_2 * m->gain);
	}
}

static double *model_gains(const struct curve *c, const double *peaks, size_t frames)
{
	const size_t most = frames + c->delay + COMPRESSOR_DIVISION;
	double *const gains = calloc(most, sizeof(*gains));
	struct model m = { .gain = 1 };

	assert_non_null(gains);
	model_division(c, &m, NULL, gains);
	for (size_t at = COMPRESSOR_DIVISION; at <= frames; at += COMPRESSOR_DIVISION)
		model_division(c, &m, peaks + at - COMPRESSOR_DIVISION, gains + at);
	return gains;
}

static int32_t fixed(double x, int bits)
{
	return sat_int32((int64_t)llround(ldexp(x, bits)));
}

static struct sof_drc_config config_of(const struct curve *c)
{
	const double x0 = c->knee_threshold;

	return (struct sof_drc_config){
		.size = sizeof(struct sof_drc_config),
		.params = {
			.enabled = 1,
			.pre_delay_time = fixed((c->delay + 1) / 48000.0, 30),
			.linear_threshold = fixed(c->linear_threshold, 30),
			.slope = fixed(c->slope, 30),
			.K = fixed(c->k, 20),
			.knee_alpha = fixed(c->linear_threshold + 1 / c->k, 24),
			.knee_beta = fixed(-exp(c->k * c->linear_threshold) / c->k, 24),
			.knee_threshold = fixed(x0, 24),
			.ratio_base = fixed(knee(c, x0) * pow(x0, -c->slope), 30),
			.master_linear_gain = fixed(c->master, 24),
			.one_over_attack_frames = fixed(1 / c->attack, 30),
			.sat_release_frames_inv_neg = fixed(-1 / c->saturated_release, 30),
			.sat_release_rate_at_neg_two_db =
				fixed(from_db(2 / c->saturated_release) - 1, 30),
			.kSpacingDb = (int32_t)c->spacing_db,
			.kA = fixed(c->release[0], 12),
			.kB = fixed(c->release[1], 12),
			.kC = fixed(c->release[2], 12),
			.kD = fixed(c->release[3], 12),
			.kE = fixed(c->release[4], 12),
		},
	};
}

/* ---- signals and runs ---- */

enum { FRAMES = 9600, WORDS = 2 * FRAMES };

/* Tones whose level jumps, two channels of 32 bits. */
static void jumping_tones(int32_t *x)
{
	static const double level[] = { 0.02, 0.9, 0.1, 0.5, 0.001, 0.99 };

	for (int i = 0; i < FRAMES; i++) {
		const double a = level[i / (FRAMES / 6) % 6];

		x[2 * i] = fixed(a * sin(0.1 * i), 31);
		x[2 * i + 1] = fixed(0.5 * a * sin(0.037 * i), 31);
	}
}

static struct harness *drc_new(const struct harness_format *format, const void *blob, size_t size)
{
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, format, NULL, 0), 0);
	if (blob)
		assert_int_equal(harness_configure(h, 0, blob, size), 0);
	return h;
}

static void run(const struct harness_format *format, const struct sof_drc_config *config,
		const void *in, void *out, size_t frames, size_t block)
{
	struct harness *h = drc_new(format, config, sizeof(*config));

	assert_int_equal(harness_prepare(h, 8192, 8196), 0);
	assert_int_equal(harness_process(h, in, out, frames, block), 0);
	assert_int_equal(harness_free(&h), 0);
}

static int set_switch(struct harness *h, uint16_t id, uint16_t elements, uint32_t value)
{
	struct {
		struct sof_ipc4_control_msg_payload head;
		struct sof_ipc4_ctrl_value_chan value;
	} message = { { .id = id, .num_elems = elements }, { 0, value } };

	return harness_configure(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, &message, sizeof(message));
}

/* ---- tests ---- */

static void s16_equals_sof(void **state)
{
	golden_check(&mod_manifest, "drc", 16, "drc.blob0.bin");
}

static void s32_equals_sof(void **state)
{
	golden_check(&mod_manifest, "drc", 32, "drc.blob0.bin");
}

/* 10 dB a frame are more than the envelope's rate, Q2.30, can be. The first four frames of a division
 * follow the rate; the later ones follow its fourth power, which has no room in SOF either. */
static void a_release_beyond_its_format_is_limited(void **state)
{
	enum { SHORT = 40 * COMPRESSOR_DIVISION };
	static int32_t in[2 * SHORT], out[2 * SHORT];
	static double peaks[SHORT];
	struct curve fast = speaker;
	struct sof_drc_config config;
	double *gains;

	for (int i = 0; i < SHORT; i++) {
		in[2 * i] = 1 << 24;
		in[2 * i + 1] = 0;
		peaks[i] = ldexp(1, 24 - 31);
	}
	fast.saturated_release = 480;
	fast.delay = COMPRESSOR_DIVISION;
	memcpy(fast.release, (double[5]){ 0.5 }, sizeof(fast.release));
	config = config_of(&fast);
	gains = model_gains(&fast, peaks, SHORT);
	run(&stereo, &config, in, out, SHORT, 48);
	for (int i = COMPRESSOR_DIVISION; i < 5 * COMPRESSOR_DIVISION + 4; i++) {
		if (fabs(ldexp(out[2 * i], -24) - gains[i]) > 0.02 * gains[i])
			fail_msg("frame %d: %g instead of %g", i, ldexp(out[2 * i], -24), gains[i]);
	}
	free(gains);
}

/* The gain is within 0.6 % of the definition's; most of that is the arc sine's polynomial. */
static void gain_is_that_of_the_definition(void **state)
{
	const struct sof_drc_config config = config_of(&speaker);
	static int32_t in[WORDS], out[WORDS];
	static double peaks[FRAMES];
	double *gains;

	jumping_tones(in);
	for (int i = 0; i < FRAMES; i++)
		peaks[i] = fmax(fabs(ldexp(in[2 * i], -31)), fabs(ldexp(in[2 * i + 1], -31)));
	gains = model_gains(&speaker, peaks, FRAMES);
	run(&stereo, &config, in, out, FRAMES, 48);
	for (int i = (int)speaker.delay; i < FRAMES; i++) {
		const double expected = gains[i] * in[2 * (i - (int)speaker.delay)];
		const double bound = 0.006 * fabs(expected) + 256;

		if (fabs(out[2 * i] - fmax(INT32_MIN, fmin(INT32_MAX, expected))) > bound)
			fail_msg("frame %d: %d instead of %.0f", i, out[2 * i], expected);
	}
	free(gains);
}

/* Thresholds above full scale: their fixed-point forms are limited, too, and the master gain is
 * all that is left once the envelope has risen. */
static void a_gain_above_1_saturates_in_every_format(void **state)
{
	enum { CHANNELS = 3 };
	struct curve loud = speaker;
	struct sof_drc_config config;
	static int32_t in[CHANNELS * FRAMES], out[CHANNELS * FRAMES];
	static double peaks[FRAMES], ideal[CHANNELS * FRAMES];

	loud.linear_threshold = 1.25;
	loud.knee_threshold = 1.5;
	loud.master = 4;
	config = config_of(&loud);
	for (size_t f = 0; f < ARRAY_SIZE(saturation_formats); f++) {
		const struct harness_format format = { saturation_formats[f], CHANNELS, 48000 };
		const int first = (int)loud.delay * CHANNELS;
		double *gains;

		saturation_audio(format.fmt, in, FRAMES, CHANNELS);
		for (int i = 0; i < FRAMES * CHANNELS; i++)
			peaks[i / CHANNELS] = fmax(peaks[i / CHANNELS],
						   fabs(sample_value(format.fmt, in, (size_t)i)));
		gains = model_gains(&loud, peaks, FRAMES);
		for (int i = first; i < FRAMES * CHANNELS; i++)
			ideal[i] = gains[i / CHANNELS] *
				   sample_value(format.fmt, in, (size_t)(i - first));
		run(&format, &config, in, out, FRAMES, 48);
		saturation_check(format.fmt, out, ideal, FRAMES * CHANNELS, 0.025);
		/* the last master gain, in the last place but a few */
		for (int i = CHANNELS * (FRAMES - 64); i < CHANNELS * FRAMES; i++) {
			if (fabs(ideal[i]) < 1)
				assert_true(fabs(ideal[i] -
						 sample_value(format.fmt, out, (size_t)i)) < 1e-3);
		}
		free(gains);
	}
}

static void delay_is_in_whole_divisions(void **state)
{
	static const struct {
		int32_t time;
		unsigned int frames;
	} delays[] = {
		{ 0, 32 }, { 1 << 20, 32 }, { 1431655, 64 }, { 1 << 30, 480 }, { INT32_MAX, 480 },
	};
	struct sof_drc_config config = config_of(&speaker);
	int32_t in[2 * 600] = { 1 << 20, 1 << 20 }, out[2 * 600];

	for (size_t i = 0; i < ARRAY_SIZE(delays); i++) {
		config.params.pre_delay_time = delays[i].time;
		run(&stereo, &config, in, out, 600, 7);
		for (unsigned int k = 0; k < 600; k++)
			assert_int_equal(out[2 * k] != 0, k == delays[i].frames);
	}
}

static void blocks_of_any_size_give_the_same_bytes(void **state)
{
	static const enum sof_ipc_frame formats[] = { SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S24_4LE,
						      SOF_IPC_FRAME_S32_LE };
	static const size_t blocks[] = { 1, 31, 32, 33, 0 };
	const struct sof_drc_config config = config_of(&speaker);
	static int32_t in[5 * 2000], expected[5 * 2000], out[5 * 2000];
	uint64_t seed = 1;

	for (size_t f = 0; f < ARRAY_SIZE(formats); f++) {
		for (unsigned int channels = 1; channels <= 5; channels++) {
			const struct harness_format format = { formats[f], channels, 48000 };
			const size_t bytes = 2000 * get_frame_bytes(formats[f], channels);

			random_audio(&seed, formats[f], in, 2000 * (size_t)channels);
			run(&format, &config, in, expected, 2000, 48);
			for (size_t b = 0; b < ARRAY_SIZE(blocks); b++) {
				run(&format, &config, in, out, 2000, blocks[b]);
				assert_memory_equal(out, expected, bytes);
			}
		}
	}
}

/* 24 bits are the upper ones of 32. */
static void s24_is_s32_rounded(void **state)
{
	const struct harness_format format = { SOF_IPC_FRAME_S24_4LE, 2, 48000 };
	const struct sof_drc_config config = config_of(&speaker);
	static int32_t in[WORDS], wide[WORDS], expected[WORDS], out[WORDS];

	jumping_tones(wide);
	for (int i = 0; i < WORDS; i++) {
		in[i] = wide[i] >> 8;
		wide[i] = (int32_t)((uint32_t)in[i] << 8);
		/* the top byte says nothing */
		in[i] ^= i % 3 ? 0 : (int32_t)0xff000000;
	}
	run(&stereo, &config, wide, expected, FRAMES, 48);
	run(&format, &config, in, out, FRAMES, 48);
	for (int i = 0; i < WORDS; i++)
		assert_int_equal(out[i], sat_int24(Q_SHIFT_RND(expected[i], 31, 23)));
}

/* As in SOF: its magnitude has no room in 32 bits. */
static void the_lowest_number_is_not_detected(void **state)
{
	const struct sof_drc_config config = config_of(&speaker);
	static int32_t low[WORDS], out[WORDS];

	for (int i = 0; i < WORDS; i++)
		low[i] = INT32_MIN;
	run(&stereo, &config, low, out, FRAMES, 48);
	assert_int_equal(out[WORDS - 1], INT32_MIN);
}

static void without_a_blob_or_with_a_disabled_one_audio_passes(void **state)
{
	struct sof_drc_config config = config_of(&speaker);
	static int32_t in[WORDS], out[WORDS];
	struct harness *h;

	jumping_tones(in);
	config.params.enabled = 0;
	for (int with = 0; with < 2; with++) {
		h = drc_new(&stereo, with ? &config : NULL, sizeof(config));
		assert_int_equal(harness_prepare(h, 4096, 4096), 0);
		assert_int_equal(harness_process(h, in, out, FRAMES, 0), 0);
		assert_memory_equal(in, out, sizeof(in));
		assert_int_equal(harness_free(&h), 0);
	}
}

static void switched_off_audio_is_only_delayed(void **state)
{
	static const enum sof_ipc_frame formats[] = { SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S24_4LE,
						      SOF_IPC_FRAME_S32_LE };
	const struct sof_drc_config config = config_of(&speaker);
	static int32_t in[WORDS], out[WORDS];
	uint64_t seed = 2;

	for (size_t f = 0; f < ARRAY_SIZE(formats); f++) {
		const struct harness_format format = { formats[f], 2, 48000 };
		const size_t frame = get_frame_bytes(formats[f], 2);
		struct harness *h = drc_new(&format, &config, sizeof(config));

		random_audio(&seed, formats[f], in, WORDS);
		assert_int_equal(set_switch(h, 0, 1, 0), 0);
		assert_int_equal(harness_prepare(h, 4096, 4096), 0);
		assert_int_equal(harness_process(h, in, out, FRAMES, 0), 0);
		assert_memory_equal((char *)out + speaker.delay * frame, in,
				    (FRAMES - speaker.delay) * frame);
		/* and on again: what is in the delay is turned down from there on */
		assert_int_equal(set_switch(h, 0, 1, 1), 0);
		assert_int_equal(harness_process(h, in, out, FRAMES, 0), 0);
		assert_memory_not_equal((char *)out + speaker.delay * frame, in,
					(FRAMES - speaker.delay) * frame);
		assert_int_equal(harness_free(&h), 0);
	}
}

static void a_new_blob_begins_with_silence(void **state)
{
	struct sof_drc_config config = config_of(&speaker);
	static int32_t in[WORDS], expected[2][WORDS], out[WORDS];
	struct harness *h;

	jumping_tones(in);
	for (int i = 0; i < 2; i++) {
		config.params.master_linear_gain = (i + 1) << 23;
		run(&stereo, &config, in, expected[i], FRAMES, 48);
	}
	h = drc_new(&stereo, NULL, 0);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	assert_int_equal(harness_process(h, in, out, 100, 48), 0);
	assert_memory_equal(in, out, 100 * 8);
	/* the first one takes its place at once, the second waits for its turn */
	for (int i = 0; i < 2; i++) {
		config.params.master_linear_gain = (i + 1) << 23;
		assert_int_equal(harness_configure(h, 0, &config, sizeof(config)), 0);
		assert_int_equal(harness_process(h, in, out, FRAMES, 48), 0);
		assert_memory_equal(out, expected[i], sizeof(out));
	}
	config.params.enabled = 0;
	assert_int_equal(harness_configure(h, 0, &config, sizeof(config)), 0);
	assert_int_equal(harness_process(h, in, out, FRAMES, 48), 0);
	assert_memory_equal(out, in, sizeof(out));
	/* a start begins anew too */
	assert_int_equal(harness_reset(h), 0);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	assert_int_equal(harness_process(h, in, out, FRAMES, 48), 0);
	assert_memory_equal(out, in, sizeof(out));
	assert_int_equal(harness_free(&h), 0);
}

/* And what was in use goes on. */
static void malformed_blobs_are_refused(void **state)
{
	const struct sof_drc_config good = config_of(&speaker);
	struct sof_drc_config bad = good;
	char longer[sizeof(good) + 4] = { 0 };
	static int32_t in[WORDS], expected[WORDS], out[WORDS];
	struct harness *h;

	jumping_tones(in);
	run(&stereo, &good, in, expected, FRAMES, 48);
	h = drc_new(&stereo, &good, sizeof(good));
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	assert_int_equal(harness_process(h, in, out, FRAMES / 2, 48), 0);
	for (uint32_t size = 1; size < sizeof(bad); size++) {
		bad.size = sizeof(bad);
		assert_int_equal(harness_configure(h, 0, &bad, size), -EINVAL);
		bad.size = size;
		assert_int_equal(harness_configure(h, 0, &bad, size), -EINVAL);
		assert_int_equal(harness_configure(h, 0, &bad, sizeof(bad)), -EINVAL);
	}
	memcpy(longer, &good, sizeof(good));
	assert_int_equal(harness_configure(h, 0, longer, sizeof(longer)), -EINVAL);
	bad = good;
	bad.params.pre_delay_time = -1;
	assert_int_equal(harness_configure(h, 0, &bad, sizeof(bad)), -EINVAL);
	assert_int_equal(harness_process(h, in + WORDS / 2, out + WORDS / 2, FRAMES / 2, 48), 0);
	assert_memory_equal(out, expected, sizeof(out));
	assert_int_equal(harness_free(&h), 0);
}

static void wrong_controls_are_refused(void **state)
{
	struct harness *h = drc_new(&stereo, NULL, 0);
	struct sof_ipc4_control_msg_payload head = { .num_elems = 1 };
	char reply[8];

	assert_int_equal(set_switch(h, 1, 1, 0), -EINVAL);
	assert_int_equal(set_switch(h, 0, 0, 0), -EINVAL);
	assert_int_equal(set_switch(h, 0, 2, 0), -EINVAL);
	assert_int_equal(
		harness_configure(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, &head, sizeof(head)),
		-EINVAL);
	assert_int_equal(harness_configure(h, SOF_IPC4_ENUM_CONTROL_PARAM_ID, &head, sizeof(head)),
			 -EINVAL);
	assert_int_equal(drc_interface.get_configuration(harness_module(h), 0, NULL,
							 (uint8_t *)reply, sizeof(reply)),
			 -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static void other_formats_are_refused(void **state)
{
	const struct harness_format two[] = { stereo, stereo };
	const struct harness_format none = { SOF_IPC_FRAME_S32_LE, 0, 48000 };
	const struct harness_format nine = { SOF_IPC_FRAME_S32_LE, 9, 48000 };
	const struct harness_format real = { SOF_IPC_FRAME_FLOAT, 2, 48000 };
	const struct harness_format narrow = { SOF_IPC_FRAME_S16_LE, 2, 48000 };
	const struct harness_format mono = { SOF_IPC_FRAME_S32_LE, 1, 48000 };
	const struct {
		unsigned int n_in;
		const struct harness_format *in;
		unsigned int n_out;
		const struct harness_format *out;
	} wrong[] = {
		{ 2, two, 1, two },	  { 1, two, 2, two },	  { 1, &none, 1, &none },
		{ 1, &nine, 1, &nine },	  { 1, &real, 1, &real }, { 1, &stereo, 1, &narrow },
		{ 1, &stereo, 1, &mono },
	};

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct harness *h = drc_new(&stereo, NULL, 0);

		harness_ports(h, wrong[i].n_in, wrong[i].in, wrong[i].n_out, wrong[i].out);
		assert_int_equal(harness_prepare(h, 4096, 4096), -EINVAL);
		assert_int_equal(harness_free(&h), 0);
	}
}

/* For the sanitizers: nothing here makes sense, and nothing of it may be undefined. */
static void parameters_far_too_large_harm_nobody(void **state)
{
	static const int32_t values[] = { 0, 1, -1, INT32_MAX, INT32_MIN, 1 << 30, -(1 << 30) };
	struct sof_drc_config config;
	static int32_t in[2 * 640], out[2 * 640];
	uint64_t seed = 3;

	random_audio(&seed, SOF_IPC_FRAME_S32_LE, in, 2 * 640);
	for (int round = 0; round < 2000; round++) {
		int32_t words[sizeof(config) / 4];

		config = config_of(&speaker);
		memcpy(words, &config, sizeof(config));
		for (size_t i = 5; i < ARRAY_SIZE(words); i++) {
			if (random_below(&seed, 3) == 0)
				words[i] = values[random_below(&seed, ARRAY_SIZE(values))];
			else if (random_below(&seed, 3) == 0)
				words[i] = (int32_t)random_next(&seed);
		}
		memcpy(&config, words, sizeof(config));
		config.params.enabled = 1;
		config.params.pre_delay_time &= INT32_MAX;
		run(&stereo, &config, in, out, 640, 160);
	}
}

static void no_memory_is_an_error_and_leaves_nothing(void **state)
{
	const struct sof_drc_config config = config_of(&speaker);
	struct harness *h;
	int n = 0;

	for (;; n++) {
		harness_fail_allocation(n);
		if (harness_new(&h, &mod_manifest, &stereo, NULL, 0) == 0)
			break;
		assert_null(h);
		assert_int_equal(harness_free(&h), 0);
	}
	assert_true(n > 0);
	harness_fail_allocation(0);
	assert_int_equal(harness_configure(h, 0, &config, sizeof(config)), -ENOMEM);
	assert_int_equal(harness_prepare(h, 4096, 4096), -ENOMEM);
	harness_fail_allocation(-1);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	assert_int_equal(harness_free(&h), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s16_equals_sof),
		cmocka_unit_test(s32_equals_sof),
		cmocka_unit_test(a_release_beyond_its_format_is_limited),
		cmocka_unit_test(gain_is_that_of_the_definition),
		cmocka_unit_test(a_gain_above_1_saturates_in_every_format),
		cmocka_unit_test(delay_is_in_whole_divisions),
		cmocka_unit_test(blocks_of_any_size_give_the_same_bytes),
		cmocka_unit_test(s24_is_s32_rounded),
		cmocka_unit_test(the_lowest_number_is_not_detected),
		cmocka_unit_test(without_a_blob_or_with_a_disabled_one_audio_passes),
		cmocka_unit_test(switched_off_audio_is_only_delayed),
		cmocka_unit_test(a_new_blob_begins_with_silence),
		cmocka_unit_test(malformed_blobs_are_refused),
		cmocka_unit_test(wrong_controls_are_refused),
		cmocka_unit_test(other_formats_are_refused),
		cmocka_unit_test(parameters_far_too_large_harm_nobody),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
