/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "harness.h"
#include "random.h"

#include "../../modules/copier/copier.c"

#include <math.h>
#include <stdlib.h>

#define FRAMES 300

/* Every width there is. */
static const struct {
	enum sof_ipc_frame container, valid;
	int bits;
} widths[] = {
	{ SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S16_LE, 16 },
	{ SOF_IPC_FRAME_S32_LE, SOF_IPC_FRAME_S16_LE, 16 },
	{ SOF_IPC_FRAME_S32_LE, SOF_IPC_FRAME_S24_4LE, 24 },
	{ SOF_IPC_FRAME_S24_4LE, SOF_IPC_FRAME_S24_4LE, 24 },
	{ SOF_IPC_FRAME_S32_LE, SOF_IPC_FRAME_S32_LE, 32 },
};
#define WIDTHS ARRAY_SIZE(widths)

static struct harness_format of_width(size_t width, unsigned int channels)
{
	return (struct harness_format){ widths[width].valid, channels, 48000 };
}

static struct ipc4_audio_format ipc4_format(unsigned int depth, unsigned int valid,
					    unsigned int channels)
{
	return (struct ipc4_audio_format){
		.sampling_frequency = IPC4_FS_48000HZ,
		.depth = (enum ipc4_bit_depth)depth,
		.valid_bit_depth = valid & 0xff,
		.channels_count = channels & 0xff,
	};
}

/* What the harness's base configuration says of s32 and two channels. */
static struct ipc4_audio_format harness_s32(void)
{
	return ipc4_format(32, 32, 2);
}

static const struct harness_format stereo = { SOF_IPC_FRAME_S32_LE, 2, 48000 };

static struct harness *made(void)
{
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	return h;
}

static size_t container_bytes(size_t width)
{
	return get_sample_bytes(widths[width].container);
}

static int32_t value_at(size_t width, const void *data, size_t i)
{
	return sample_at(widths[width].container, data, i);
}

static void random_samples(uint64_t *seed, size_t width, void *data, size_t samples)
{
	random_audio(seed, widths[width].valid, data, samples);
	if (widths[width].container == SOF_IPC_FRAME_S32_LE && widths[width].bits == 16) {
		/* spread them out, from the last on */
		for (size_t i = samples; i-- > 0;)
			((int32_t *)data)[i] = ((int16_t *)data)[i];
	}
}

/* By the formula, which doubles hold exactly. */
static int32_t by_definition(int32_t x, int from_bits, int to_bits, bool round)
{
	const double top = ldexp(1, to_bits - 1) - 1;
	double y = ldexp(x, to_bits - from_bits);

	y = floor(round ? y + 0.5 : y);
	return (int32_t)(y > top ? top : y);
}

/* Play FRAMES frames to every output, in pieces; the outputs' containers are those of widths. */
static void play(struct harness *h, uint64_t *seed, const char *in, size_t in_bytes, size_t outputs,
		 char out[][FRAMES * 32], const size_t *out_bytes)
{
	size_t put = 0, got[OUTPUTS] = { 0 };

	assert_int_equal(harness_prepare(h, 1004, 1012), 0);
	while (got[0] < out_bytes[0]) {
		const size_t more = random_below(seed, 200) * 4;

		put += harness_put(h, 0, in + put, MIN(more, in_bytes - put));
		assert_int_equal(harness_call(h), 0);
		for (unsigned int i = 0; i < outputs; i++)
			got[i] += harness_take(h, i, out[i] + got[i], FRAMES * 32);
	}
	for (unsigned int i = 0; i < outputs; i++)
		assert_int_equal(got[i], out_bytes[i]);
}

static void every_width_becomes_every_other_rounded_and_saturated(void **state)
{
	static char in[FRAMES * 32], out[OUTPUTS][FRAMES * 32];
	uint64_t seed = 0x636f70696572;

	for (size_t from = 0; from < WIDTHS; from++) {
		for (size_t first = 0; first < WIDTHS; first++) {
			const unsigned int channels = (unsigned int)(from + first) % 8 + 1;
			const struct harness_format source = of_width(from, channels);
			struct harness_format sinks[OUTPUTS];
			size_t out_bytes[OUTPUTS];
			struct harness *h = made();

			for (size_t i = 0; i < OUTPUTS; i++)
				sinks[i] = of_width((first + i) % WIDTHS, channels);
			harness_ports(h, 1, &source, OUTPUTS, sinks);
			harness_source_container(h, 0, widths[from].container);
			for (unsigned int i = 0; i < OUTPUTS; i++) {
				const size_t to = (first + i) % WIDTHS;

				harness_sink_container(h, i, widths[to].container);
				out_bytes[i] = FRAMES * channels * container_bytes(to);
			}
			random_samples(&seed, from, in, FRAMES * channels);
			play(h, &seed, in, FRAMES * channels * container_bytes(from), OUTPUTS, out,
			     out_bytes);
			for (size_t i = 0; i < OUTPUTS; i++) {
				const size_t to = (first + i) % WIDTHS;

				for (size_t k = 0; k < FRAMES * channels; k++)
					assert_int_equal(value_at(to, out[i], k),
							 by_definition(value_at(from, in, k),
								       widths[from].bits,
								       widths[to].bits, true));
			}
			assert_int_equal(harness_free(&h), 0);
		}
	}
}

static void channels_in_another_order_or_number_are_cut_off(void **state)
{
	static char in[FRAMES * 32], out[OUTPUTS][FRAMES * 32];
	uint64_t seed = 0x6d6170;

	for (size_t round = 0; round < 2 * WIDTHS * WIDTHS; round++) {
		const size_t from = round % WIDTHS, to = round / WIDTHS % WIDTHS;
		const unsigned int inputs = random_below(&seed, 8) + 1;
		/* as many in the second half: there the map alone makes the difference */
		const unsigned int outputs = round < WIDTHS * WIDTHS ? inputs % 8 + 1 : inputs;
		const struct harness_format source = of_width(from, inputs);
		const struct harness_format sink = of_width(to, outputs);
		const size_t out_bytes = FRAMES * outputs * container_bytes(to);
		uint32_t map = round < WIDTHS * WIDTHS ? COPIER_MAP_STRAIGHT : random_next(&seed);
		struct harness *h = made();

		/* not straight, whatever came */
		if (round >= WIDTHS * WIDTHS)
			map |= 0xf;
		harness_ports(h, 1, &source, 1, &sink);
		harness_source_container(h, 0, widths[from].container);
		harness_sink_container(h, 0, widths[to].container);
		assert_int_equal(harness_configure(h, 7, &map, sizeof(map)), 0);
		random_samples(&seed, from, in, FRAMES * inputs);
		play(h, &seed, in, FRAMES * inputs * container_bytes(from), 1, out, &out_bytes);
		for (size_t k = 0; k < FRAMES * outputs; k++) {
			const unsigned int ch = map >> 4 * (k % outputs) & 0xf;

			assert_int_equal(
				value_at(to, out[0], k),
				ch < inputs ?
					by_definition(value_at(from, in, k / outputs * inputs + ch),
						      widths[from].bits, widths[to].bits, false) :
					0);
		}
		assert_int_equal(harness_free(&h), 0);
	}
}

static void the_top_byte_of_24_bits_says_nothing(void **state)
{
	const struct harness_format s24 = { SOF_IPC_FRAME_S24_4LE, 1, 48000 };
	const struct harness_format ends[3] = { { SOF_IPC_FRAME_S16_LE, 1, 48000 },
						{ SOF_IPC_FRAME_S32_LE, 1, 48000 },
						{ SOF_IPC_FRAME_S24_4LE, 1, 48000 } };
	const int32_t in = 0x55fffe00;
	struct harness *h = made();
	int16_t s16;
	int32_t s32;

	harness_ports(h, 1, &s24, 3, ends);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	harness_put(h, 0, &in, 4);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, &s16, 2), 2);
	assert_int_equal(s16, -2);
	assert_int_equal(harness_take(h, 1, &s32, 4), 4);
	assert_int_equal(s32, -0x20000);
	/* a copy is a copy */
	assert_int_equal(harness_take(h, 2, &s32, 4), 4);
	assert_int_equal(s32, in);
	assert_int_equal(harness_free(&h), 0);
}

/* The message behind the base configuration, with two words of a gateway. */
struct more {
	struct ipc4_audio_format out_fmt;
	uint32_t features, node_id, buffer_size, words, word[2];
};

static struct more more_of(unsigned int depth, unsigned int valid, unsigned int channels)
{
	return (struct more){ .out_fmt = ipc4_format(depth, valid, channels),
			      .node_id = IPC4_INVALID_NODE_ID,
			      .words = 2 };
}

static void sinks_get_the_formats_that_messages_told(void **state)
{
	const struct more more = more_of(32, 24, 1);
	const struct ipc4_copier_config_set_sink_format second = { 1, harness_s32(),
								   ipc4_format(16, 16, 2) };
	const struct harness_format wrong[2] = { stereo, stereo };
	const int32_t in[2] = { 0x12345680, -0x100 };
	struct harness *h;
	int32_t s24;
	int16_t s16[2];

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, &more, sizeof(more)), 0);
	assert_int_equal(harness_configure(h, 2, &second, sizeof(second)), 0);
	harness_ports(h, 1, &stereo, 2, wrong);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_put(h, 0, in, 8), 8);
	assert_int_equal(harness_call(h), 0);
	/* one channel of two: cut off */
	assert_int_equal(harness_take(h, 0, &s24, 8), 4);
	assert_int_equal(s24, 0x123456);
	assert_int_equal(harness_take(h, 1, s16, 8), 4);
	assert_int_equal(s16[0], 0x1234);
	assert_int_equal(s16[1], 0);
	assert_int_equal(sink_get_channels(harness_sink(h, 0)), 1);
	assert_int_equal(sink_get_valid_fmt(harness_sink(h, 0)), SOF_IPC_FRAME_S24_4LE);
	assert_int_equal(sink_get_frm_fmt(harness_sink(h, 1)), SOF_IPC_FRAME_S16_LE);
	assert_int_equal(harness_free(&h), 0);
}

static void the_queue_tells_which_format(void **state)
{
	const struct ipc4_copier_config_set_sink_format third = { 3, harness_s32(),
								  ipc4_format(32, 16, 2) };
	const int32_t in[2] = { 0x7fffffff, -0x8000 };
	struct harness *h = made();
	int32_t out[2];

	assert_int_equal(harness_configure(h, 2, &third, sizeof(third)), 0);
	harness_sink_queue(h, 0, 3);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_int_equal(out[0], 0x7fff);
	assert_int_equal(out[1], 0);
	assert_int_equal(harness_free(&h), 0);
}

static void a_channel_map_counts_at_once(void **state)
{
	const uint32_t turned = 0x01, straight = COPIER_MAP_STRAIGHT;
	const int32_t in[2] = { 1, 2 }, round[2] = { 2, 1 };
	struct harness *h = made();
	int32_t out[2];

	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_configure(h, 7, &turned, 4), 0);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_memory_equal(out, round, 8);
	assert_int_equal(harness_configure(h, 7, &straight, 3), -EINVAL);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_memory_equal(out, round, 8);
	assert_int_equal(harness_configure(h, 7, &straight, 4), 0);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_memory_equal(out, in, 8);
	assert_int_equal(harness_free(&h), 0);
}

static void attenuation_counts_for_32_bits_behind_the_host(void **state)
{
	const uint32_t three = 3, too_many = 32;
	const int32_t in[2] = { 1000, -1000 }, quiet[2] = { 125, -125 };
	struct more more = more_of(32, 32, 2);
	struct harness *h;
	int32_t out[2];

	for (int host = 0; host < 2; host++) {
		if (host)
			more.node_id = ipc4_hda_host_output_class << 8 | 1;
		assert_int_equal(harness_new(&h, &mod_manifest, &stereo, &more, sizeof(more)), 0);
		assert_int_equal(harness_configure(h, 6, &three, 4), 0);
		assert_int_equal(harness_configure(h, 6, &too_many, 4), -EINVAL);
		for (size_t size = 0; size < 4; size++)
			assert_int_equal(harness_configure(h, 6, &three, size), -EINVAL);
		assert_int_equal(harness_prepare(h, 64, 64), 0);
		assert_int_equal(harness_process(h, in, out, 1, 1), 0);
		assert_memory_equal(out, host ? quiet : in, 8);
		assert_int_equal(harness_free(&h), 0);
	}
	more = more_of(16, 16, 2);
	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, &more, sizeof(more)), 0);
	assert_int_equal(harness_configure(h, 6, &three, 4), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static int made_with(const void *init, size_t size)
{
	struct harness *h;
	const int ret = harness_new(&h, &mod_manifest, &stereo, init, size);

	assert_int_equal(harness_free(&h), 0);
	return ret;
}

static void init_messages_that_are_cut_off_or_make_no_sense_are_refused(void **state)
{
	struct more more = more_of(32, 32, 2);

	for (size_t size = 1; size <= sizeof(more); size++)
		assert_int_equal(made_with(&more, size), size == sizeof(more) ? 0 : -EINVAL);
	/* without data of a gateway */
	more.words = 0;
	assert_int_equal(made_with(&more, sizeof(more) - 8), 0);
	assert_int_equal(made_with(&more, sizeof(more)), 0);
	more.words = 3;
	assert_int_equal(made_with(&more, sizeof(more)), -EINVAL);
	more.words = UINT32_MAX;
	assert_int_equal(made_with(&more, sizeof(more)), -EINVAL);
	more.words = 0x40000001;
	assert_int_equal(made_with(&more, sizeof(more)), -EINVAL);
	more = more_of(32, 32, 0);
	assert_int_equal(made_with(&more, sizeof(more)), -EINVAL);
	more = more_of(32, 32, 9);
	assert_int_equal(made_with(&more, sizeof(more)), -EINVAL);
	more = more_of(8, 8, 2);
	assert_int_equal(made_with(&more, sizeof(more)), -EINVAL);
	more = more_of(24, 16, 2);
	assert_int_equal(made_with(&more, sizeof(more)), -EINVAL);
}

static void bad_configurations_are_refused(void **state)
{
	struct ipc4_copier_config_set_sink_format set = { 0, harness_s32(), harness_s32() };
	struct harness *h = made();

	for (size_t size = 0; size < sizeof(set); size++)
		assert_int_equal(harness_configure(h, 2, &set, size), -EINVAL);
	assert_int_equal(harness_configure(h, 2, &set, sizeof(set)), 0);
	set.sink_id = 4;
	assert_int_equal(harness_configure(h, 2, &set, sizeof(set)), -EINVAL);
	set.sink_id = 0;
	set.sink_fmt.channels_count = 0;
	assert_int_equal(harness_configure(h, 2, &set, sizeof(set)), -EINVAL);
	set.sink_fmt = harness_s32();
	set.source_fmt.channels_count = 1;
	assert_int_equal(harness_configure(h, 2, &set, sizeof(set)), -EINVAL);
	assert_int_equal(harness_configure(h, 1, &set, sizeof(set)), -EINVAL);
	assert_int_equal(harness_configure_part(h, 2, MODULE_CFG_FRAGMENT_FIRST, sizeof(set), &set,
						sizeof(set)),
			 -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static void streams_it_can_not_convert_are_refused(void **state)
{
	const struct harness_format real = { SOF_IPC_FRAME_FLOAT, 2, 48000 };
	const struct harness_format none = { SOF_IPC_FRAME_S32_LE, 0, 48000 };
	const struct harness_format nine = { SOF_IPC_FRAME_S32_LE, 9, 48000 };
	const struct harness_format other = { SOF_IPC_FRAME_S32_LE, 2, 44100 };
	const struct harness_format five[5] = { stereo, stereo, stereo, stereo, stereo };
	const struct harness_format *const bad[] = { &real, &none, &nine, &other };
	struct harness *h = made();

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		harness_ports(h, 1, bad[i], 1, five);
		assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
		harness_ports(h, 1, five, 1, bad[i]);
		assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	}
	harness_ports(h, 2, five, 1, five);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, five, 5, five);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, five, 2, five);
	harness_sink_queue(h, 0, 4);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_sink_queue(h, 0, 1);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	/* after a refusal it can still be had */
	harness_ports(h, 1, five, 4, five);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_reset(h), 0);
	assert_int_equal(harness_free(&h), 0);
}

static void a_held_sink_is_an_error_and_holds_no_other_end(void **state)
{
	const struct harness_format two[2] = { stereo, stereo };
	const int32_t in[2] = { 1, 2 };
	struct harness *h = made();
	void *data, *start;
	int32_t out[2];
	size_t size;

	harness_ports(h, 1, two, 2, two);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	harness_put(h, 0, in, 8);
	assert_int_equal(sink_get_buffer(harness_sink(h, 1), 8, &data, &start, &size), 0);
	assert_int_equal(harness_call(h), -EBUSY);
	assert_int_equal(sink_commit_buffer(harness_sink(h, 1), 0), 0);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, 8), 8);
	assert_int_equal(harness_take(h, 1, out, 8), 8);
	assert_int_equal(harness_free(&h), 0);
}

static void no_memory_is_an_error_and_leaves_nothing(void **state)
{
	struct harness *h;

	harness_fail_allocation(0);
	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), -ENOMEM);
	assert_int_equal(harness_free(&h), 0);
	/* there is but one */
	harness_fail_allocation(1);
	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	harness_fail_allocation(-1);
	assert_int_equal(harness_free(&h), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_width_becomes_every_other_rounded_and_saturated),
		cmocka_unit_test(channels_in_another_order_or_number_are_cut_off),
		cmocka_unit_test(the_top_byte_of_24_bits_says_nothing),
		cmocka_unit_test(sinks_get_the_formats_that_messages_told),
		cmocka_unit_test(the_queue_tells_which_format),
		cmocka_unit_test(a_channel_map_counts_at_once),
		cmocka_unit_test(attenuation_counts_for_32_bits_behind_the_host),
		cmocka_unit_test(init_messages_that_are_cut_off_or_make_no_sense_are_refused),
		cmocka_unit_test(bad_configurations_are_refused),
		cmocka_unit_test(streams_it_can_not_convert_are_refused),
		cmocka_unit_test(a_held_sink_is_an_error_and_holds_no_other_end),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
