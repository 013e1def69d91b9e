/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "harness.h"
#include "random.h"

#include "../../modules/mixin/mixin.c"

#include <math.h>

#define FRAMES 300

static const enum sof_ipc_frame formats[] = { SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S24_4LE,
					      SOF_IPC_FRAME_S32_LE };

static struct harness_format s32(unsigned int channels)
{
	return (struct harness_format){ SOF_IPC_FRAME_S32_LE, channels, 48000 };
}

/* The message, for up to three outputs. */
struct message {
	uint32_t count;
	struct ipc4_mixer_mode_sink_config sink[4];
};

static int configure(struct harness *h, const struct message *message)
{
	return harness_configure(h, IPC4_MIXER_MODE, message,
				 sizeof(message->count) +
					 MIN(message->count, 4) * sizeof(message->sink[0]));
}

static struct message gain_of(uint32_t queue, uint16_t gain)
{
	return (struct message){ 1, { { .output_queue_id = queue, .gain = gain } } };
}

static struct harness *made(const struct harness_format *in, unsigned int sinks,
			    const struct harness_format *out)
{
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, in, NULL, 0), 0);
	harness_ports(h, 1, in, sinks, out);
	return h;
}

/* By the formula, which doubles hold exactly. */
static int32_t by_definition(int32_t x, unsigned int gain)
{
	return (int32_t)floor((double)x * MIN(gain, 1024) / 1024);
}

static void every_output_gets_its_channels_at_its_gain(void **state)
{
	static char in[FRAMES * 32], out[3][FRAMES * 32];
	uint64_t seed = 0x6d6978696e;

	for (unsigned int round = 0; round < 96; round++) {
		const enum sof_ipc_frame fmt = formats[round % 3];
		const struct harness_format from = { fmt, round / 3 % 8 + 1, 48000 };
		const size_t bytes = get_sample_bytes(fmt);
		struct harness_format to[3];
		struct message message = { 3, { { 0 } } };
		struct harness *h;
		size_t put = 0, got[3] = { 0 };

		for (unsigned int i = 0; i < 3; i++) {
			struct ipc4_mixer_mode_sink_config *sink = &message.sink[i];

			sink->output_queue_id = i;
			sink->gain = (uint16_t)(i ? random_below(&seed, 1100) : 1024);
			sink->mixer_mode =
				i ? IPC4_MIXER_CHANNEL_REMAPPING_MODE : IPC4_MIXER_NORMAL_MODE;
			sink->output_channel_count = random_below(&seed, 8) + 1;
			for (unsigned int k = 0; k < 8; k++)
				sink->output_channel_map |=
					(random_below(&seed, 4) ?
						 random_below(&seed, from.channels) :
						 MIXIN_NO_CHANNEL)
					<< 4 * k;
			to[i] = (struct harness_format){ fmt, random_below(&seed, 8) + 1, 48000 };
		}
		random_audio(&seed, fmt, in, FRAMES * from.channels);
		h = made(&from, 3, to);
		assert_int_equal(configure(h, &message), 0);
		assert_int_equal(harness_prepare(h, 1004, 1012), 0);
		while (got[0] < FRAMES * to[0].channels * bytes) {
			const size_t more = random_below(&seed, 400) * bytes;

			put += harness_put(h, 0, in + put,
					   MIN(more, FRAMES * from.channels * bytes - put));
			assert_int_equal(harness_call(h), 0);
			for (unsigned int i = 0; i < 3; i++)
				got[i] += harness_take(h, i, out[i] + got[i], sizeof(out[i]));
		}
		for (unsigned int i = 0; i < 3; i++) {
			const struct ipc4_mixer_mode_sink_config *sink = &message.sink[i];

			assert_int_equal(got[i], FRAMES * to[i].channels * bytes);
			for (size_t k = 0; k < FRAMES * to[i].channels; k++) {
				const size_t frame = k / to[i].channels, ch = k % to[i].channels;
				unsigned int input = (unsigned int)ch;

				if (sink->mixer_mode == IPC4_MIXER_CHANNEL_REMAPPING_MODE)
					input = ch < sink->output_channel_count ?
							sink->output_channel_map >> 4 * ch & 0xf :
							MIXIN_NO_CHANNEL;
				assert_int_equal(
					sample_at(fmt, out[i], k),
					input < from.channels ?
						by_definition(
							sample_at(fmt, in,
								  frame * from.channels + input),
							sink->gain) :
						0);
			}
		}
		assert_int_equal(harness_free(&h), 0);
	}
}

static void without_a_configuration_audio_is_copied(void **state)
{
	const struct harness_format s24 = { SOF_IPC_FRAME_S24_4LE, 2, 48000 };
	const struct harness_format ends[2] = { s24, s24 };
	/* the top byte too */
	const int32_t in[4] = { 0x7fffffff, -1, 0x12345678, 5 };
	struct harness *h = made(&s24, 2, ends);
	int32_t out[4];

	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_put(h, 0, in, sizeof(in)), sizeof(in));
	assert_int_equal(harness_call(h), 0);
	for (unsigned int i = 0; i < 2; i++) {
		assert_int_equal(harness_take(h, i, out, sizeof(out)), sizeof(out));
		assert_memory_equal(out, in, sizeof(in));
	}
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 0);
	assert_int_equal(harness_free(&h), 0);
}

static void a_full_sink_holds_the_others_up(void **state)
{
	const struct harness_format one[2] = { s32(1), s32(1) };
	const int32_t in[4] = { 1, 2, 3, 4 };
	struct harness *h = made(one, 2, one);
	int32_t out[4];

	assert_int_equal(harness_prepare(h, 64, 8), 0);
	assert_int_equal(harness_put(h, 0, in, sizeof(in)), sizeof(in));
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 8);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 0);
	assert_int_equal(harness_take(h, 1, out, 4), 4);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 4);
	assert_int_equal(out[0], 3);
	assert_int_equal(harness_free(&h), 0);
}

static void the_queue_tells_which_gain(void **state)
{
	const struct harness_format one = s32(1);
	const struct message half = gain_of(2, 512);
	const struct message loud = gain_of(2, 65535);
	struct harness *h = made(&one, 1, &one);
	const int32_t in = 1000;
	int32_t out;

	harness_sink_queue(h, 0, 2);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, &in, &out, 1, 1), 0);
	assert_int_equal(out, 1000);
	assert_int_equal(configure(h, &half), 0);
	assert_int_equal(harness_process(h, &in, &out, 1, 1), 0);
	assert_int_equal(out, 500);
	/* more than 1 is 1 */
	assert_int_equal(configure(h, &loud), 0);
	assert_int_equal(harness_process(h, &in, &out, 1, 1), 0);
	assert_int_equal(out, 1000);
	/* it stays over a stop */
	assert_int_equal(configure(h, &half), 0);
	assert_int_equal(harness_reset(h), 0);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, &in, &out, 1, 1), 0);
	assert_int_equal(out, 500);
	assert_int_equal(harness_free(&h), 0);
}

static void bad_configurations_are_refused_as_a_whole(void **state)
{
	const struct harness_format two = s32(2);
	struct harness *h = made(&two, 1, &two);
	struct message message = gain_of(0, 512), remap = { 2, { { 0 } } };
	const int32_t in[2] = { 1000, 2000 };
	int32_t out[2];

	for (size_t size = 0; size < 24; size++)
		assert_int_equal(harness_configure(h, IPC4_MIXER_MODE, &message, size), -EINVAL);
	assert_int_equal(harness_configure(h, IPC4_MIXER_UNDERRUN_NOTIF_PERIOD, &message, 24),
			 -EINVAL);
	assert_int_equal(harness_configure_part(h, IPC4_MIXER_MODE, MODULE_CFG_FRAGMENT_FIRST, 24,
						&message, 24),
			 -EINVAL);
	assert_int_equal(harness_configure_part(h, IPC4_MIXER_MODE, MODULE_CFG_FRAGMENT_SINGLE, 24,
						&message, 23),
			 -EINVAL);
	message.count = 0;
	assert_int_equal(configure(h, &message), -EINVAL);
	message.count = 4;
	assert_int_equal(configure(h, &message), -EINVAL);
	message.count = UINT32_MAX;
	assert_int_equal(configure(h, &message), -EINVAL);

	/* the second is bad: the first does not count either */
	remap.sink[0] = gain_of(0, 1).sink[0];
	remap.sink[1] = (struct ipc4_mixer_mode_sink_config){ 3, 0, 0, 0, 1024, 0 };
	assert_int_equal(configure(h, &remap), -EINVAL);
	remap.sink[1] = (struct ipc4_mixer_mode_sink_config){ 1, 2, 0, 0, 1024, 0 };
	assert_int_equal(configure(h, &remap), -EINVAL);
	remap.sink[1] = (struct ipc4_mixer_mode_sink_config){ 1, 1, 0, 0, 1024, 0 };
	assert_int_equal(configure(h, &remap), -EINVAL);
	remap.sink[1] = (struct ipc4_mixer_mode_sink_config){ 1, 1, 9, 0, 1024, 0 };
	assert_int_equal(configure(h, &remap), -EINVAL);
	remap.sink[1] = (struct ipc4_mixer_mode_sink_config){ 1, 1, 2, 0x20, 1024, 0 };
	assert_int_equal(configure(h, &remap), -EINVAL);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_memory_equal(in, out, sizeof(in));
	/* what is behind the counted channels does not matter */
	remap.sink[1] = (struct ipc4_mixer_mode_sink_config){ 1, 1, 2, 0x7601, 1024, 0 };
	assert_int_equal(configure(h, &remap), 0);
	assert_int_equal(harness_free(&h), 0);
}

static void streams_it_can_not_mix_are_refused(void **state)
{
	const struct harness_format two = s32(2), none = s32(0), nine = s32(9);
	const struct harness_format real = { SOF_IPC_FRAME_FLOAT, 2, 48000 };
	const struct harness_format s16 = { SOF_IPC_FRAME_S16_LE, 2, 48000 };
	const struct harness_format four[4] = { two, two, two, two };
	const struct harness_format *const bad[][2] = { { &two, &none },  { &two, &nine },
							{ &none, &two },  { &nine, &two },
							{ &real, &real }, { &two, &s16 } };
	struct harness *h = made(&two, 1, &two);

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		harness_ports(h, 1, bad[i][0], 1, bad[i][1]);
		assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	}
	harness_ports(h, 2, four, 1, four);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, four, 4, four);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, four, 2, four);
	harness_sink_queue(h, 1, 3);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_sink_queue(h, 1, 0);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static void a_held_sink_is_an_error_and_holds_no_other_end(void **state)
{
	const struct harness_format one[2] = { s32(1), s32(1) };
	struct harness *h = made(one, 2, one);
	const int32_t in = 5;
	void *data, *start;
	int32_t out;
	size_t size;

	assert_int_equal(harness_prepare(h, 64, 64), 0);
	harness_put(h, 0, &in, 4);
	assert_int_equal(sink_get_buffer(harness_sink(h, 1), 4, &data, &start, &size), 0);
	assert_int_equal(harness_call(h), -EBUSY);
	assert_int_equal(sink_commit_buffer(harness_sink(h, 1), 0), 0);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, &out, sizeof(out)), sizeof(out));
	assert_int_equal(harness_free(&h), 0);
}

static void no_memory_is_an_error_and_leaves_nothing(void **state)
{
	const struct harness_format two = s32(2);
	struct harness *h;

	harness_fail_allocation(0);
	assert_int_equal(harness_new(&h, &mod_manifest, &two, NULL, 0), -ENOMEM);
	assert_int_equal(harness_free(&h), 0);
	/* there is but one */
	harness_fail_allocation(1);
	assert_int_equal(harness_new(&h, &mod_manifest, &two, NULL, 0), 0);
	harness_fail_allocation(-1);
	assert_int_equal(harness_free(&h), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_output_gets_its_channels_at_its_gain),
		cmocka_unit_test(without_a_configuration_audio_is_copied),
		cmocka_unit_test(a_full_sink_holds_the_others_up),
		cmocka_unit_test(the_queue_tells_which_gain),
		cmocka_unit_test(bad_configurations_are_refused_as_a_whole),
		cmocka_unit_test(streams_it_can_not_mix_are_refused),
		cmocka_unit_test(a_held_sink_is_an_error_and_holds_no_other_end),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
