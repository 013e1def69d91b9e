/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "harness.h"
#include "random.h"

#include "../../modules/mux/mux.c"

#define FRAMES 300

static const enum sof_ipc_frame formats[] = { SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S24_4LE,
					      SOF_IPC_FRAME_S32_LE };
static const struct sof_man_module_manifest *const mux_manifest = &mod_manifest[0];
static const struct sof_man_module_manifest *const demux_manifest = &mod_manifest[1];

static struct harness_format s32(unsigned int channels)
{
	return (struct harness_format){ SOF_IPC_FRAME_S32_LE, channels, 48000 };
}

static struct ipc4_audio_format ipc4_s32(unsigned int channels)
{
	return (struct ipc4_audio_format){
		.sampling_frequency = IPC4_FS_48000HZ,
		.depth = IPC4_DEPTH_32BIT,
		.valid_bit_depth = 32,
		.channels_count = channels,
	};
}

/* Ends of a mux: two inputs and the output. */
static struct mux_data ends_told(unsigned int first, unsigned int second, unsigned int all)
{
	return (struct mux_data){ .base_cfg.audio_fmt = ipc4_s32(first),
				  .reference_format = ipc4_s32(second),
				  .output_format = ipc4_s32(all) };
}

/* The harness puts a base configuration of its own in front. */
static struct harness *made(const struct sof_man_module_manifest *manifest,
			    const struct mux_data *told)
{
	const struct harness_format format = s32(2);
	struct harness *h;

	assert_int_equal(harness_new(&h, manifest, &format, NULL, 0), 0);
	if (told)
		assert_int_equal(harness_configure(h, 0, told, sizeof(*told)), 0);
	return h;
}

static void move(struct harness *h, unsigned int input, const char *from, size_t *at, size_t end)
{
	*at += harness_put(h, input, from + *at, end - *at);
}

static void a_mux_puts_channels_side_by_side(void **state)
{
	static char in[2][FRAMES * 32], out[FRAMES * 32];
	uint64_t seed = 0x6d7578;

	for (unsigned int round = 0; round < 84; round++) {
		const enum sof_ipc_frame fmt = formats[round % 3];
		const unsigned int first = round / 3 % 7 + 1;
		const unsigned int second = random_below(&seed, 8 - first) + 1;
		const unsigned int channels[2] = { first, second };
		const struct harness_format ends[2] = { { fmt, first, 48000 },
							{ fmt, second, 48000 } };
		const struct harness_format turned[2] = { ends[1], ends[0] };
		const struct harness_format both = { fmt, first + second, 48000 };
		const size_t bytes = get_sample_bytes(fmt);
		size_t put[2] = { 0 }, got = 0;
		struct harness *h = made(mux_manifest, NULL);

		for (int i = 0; i < 2; i++)
			random_audio(&seed, fmt, in[i], FRAMES * channels[i]);
		/* the queue's number tells which is which, not the place */
		harness_ports(h, 2, round & 1 ? turned : ends, 1, &both);
		harness_source_queue(h, round & 1, 0);
		harness_source_queue(h, !(round & 1), 1);
		assert_int_equal(harness_prepare(h, 1004, 1500), 0);
		while (got < FRAMES * get_frame_bytes(fmt, first + second)) {
			for (unsigned int q = 0; q < 2; q++) {
				const size_t all = FRAMES * channels[q] * bytes;
				const size_t more = put[q] + random_below(&seed, 300) * bytes;

				move(h, q ^ (round & 1), in[q], &put[q], MIN(more, all));
			}
			assert_int_equal(harness_call(h), 0);
			got += harness_take(h, 0, out + got, random_below(&seed, 400) * bytes);
		}
		for (size_t i = 0; i < FRAMES * both.channels; i++) {
			const size_t frame = i / both.channels, ch = i % both.channels;
			const int32_t expected =
				ch < first ? sample_at(fmt, in[0], frame * first + ch) :
					     sample_at(fmt, in[1], frame * second + ch - first);

			assert_int_equal(sample_at(fmt, out, i), expected);
		}
		assert_int_equal(harness_free(&h), 0);
	}
}

static void a_demux_gives_each_sink_its_channels(void **state)
{
	const struct mux_data told = { .base_cfg.audio_fmt = ipc4_s32(5),
				       .output_format = ipc4_s32(2),
				       .reference_format = ipc4_s32(3) };
	const struct harness_format five = s32(5);
	/* of other channels than told: they are set right */
	const struct harness_format out_formats[2] = { s32(4), s32(1) };
	int32_t in[50], first[20] = { 0 }, second[30] = { 0 };
	struct harness *h = made(demux_manifest, &told);

	for (int i = 0; i < 50; i++)
		in[i] = i + 1;
	harness_ports(h, 1, &five, 2, out_formats);
	assert_int_equal(harness_prepare(h, 204, 100), 0);
	assert_int_equal(harness_put(h, 0, in, sizeof(in)), 200);
	/* the sink with less room says how much: eight frames of 12 bytes */
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, first, sizeof(first)), 64);
	assert_int_equal(harness_take(h, 1, second, sizeof(second)), 96);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, first + 16, sizeof(first)), 16);
	assert_int_equal(harness_take(h, 1, second + 24, sizeof(second)), 24);
	for (int i = 0; i < 10; i++) {
		assert_memory_equal(first + 2 * i, in + 5 * i, 8);
		assert_memory_equal(second + 3 * i, in + 5 * i + 2, 12);
	}
	assert_int_equal(harness_free(&h), 0);
}

static void a_demux_of_one_sink_drops_the_other_ones_channels(void **state)
{
	const struct mux_data told = { .base_cfg.audio_fmt = ipc4_s32(3),
				       .output_format = ipc4_s32(2),
				       .reference_format = ipc4_s32(1) };
	const struct harness_format three = s32(3), one = s32(1);
	const int32_t in[6] = { 1, 2, 3, 4, 5, 6 };
	struct harness *h = made(demux_manifest, &told);
	int32_t out[2];

	harness_ports(h, 1, &three, 1, &one);
	harness_sink_queue(h, 0, 1);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 2, 2), 0);
	assert_int_equal(out[0], 3);
	assert_int_equal(out[1], 6);
	assert_int_equal(harness_free(&h), 0);
}

static void a_demux_that_was_told_nothing_copies(void **state)
{
	const struct harness_format two[2] = { s32(2), s32(2) };
	const struct harness_format other[2] = { s32(2), s32(1) };
	const int32_t in[4] = { 1, 2, 3, 4 };
	struct harness *h = made(demux_manifest, NULL);
	int32_t out[4];

	harness_ports(h, 1, two, 2, two);
	assert_int_equal(harness_prepare(h, 28, 36), 0);
	for (int turn = 0; turn < 4; turn++) {
		assert_int_equal(harness_put(h, 0, in, sizeof(in)), sizeof(in));
		assert_int_equal(harness_call(h), 0);
		for (unsigned int i = 0; i < 2; i++) {
			assert_int_equal(harness_take(h, i, out, sizeof(out)), sizeof(out));
			assert_memory_equal(out, in, sizeof(in));
		}
	}
	harness_ports(h, 1, two, 2, other);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static void a_source_that_ended_is_silent_and_one_that_did_not_is_waited_for(void **state)
{
	const struct harness_format one[2] = { s32(1), s32(1) };
	const struct harness_format two = s32(2);
	const int32_t in[3] = { 1, 2, 3 };
	const int32_t expected[6] = { 1, 1, 2, 2, 0, 3 };
	struct harness *h = made(mux_manifest, NULL);
	int32_t out[6];

	harness_ports(h, 2, one, 1, &two);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	harness_put(h, 1, in, 12);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 0);
	harness_put(h, 0, in, 8);
	harness_end(h, 0);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 16);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out + 4, sizeof(out)), 8);
	assert_memory_equal(out, expected, sizeof(expected));
	/* both at their end: nothing more comes */
	harness_end(h, 1);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 0);
	assert_int_equal(harness_free(&h), 0);
}

static void an_input_told_of_but_not_connected_is_silent(void **state)
{
	const struct mux_data told = ends_told(1, 2, 3);
	const struct harness_format two = s32(2);
	/* has the wrong number of channels */
	const struct harness_format out_format = s32(2);
	const int32_t in[4] = { 1, 2, 3, 4 };
	const int32_t expected[6] = { 0, 1, 2, 0, 3, 4 };
	struct harness *h = made(mux_manifest, &told);
	int32_t out[6];

	harness_ports(h, 1, &two, 1, &out_format);
	harness_source_queue(h, 0, 1);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 2, 1), 0);
	assert_memory_equal(out, expected, sizeof(expected));
	assert_int_equal(harness_free(&h), 0);
}

static int made_with(const struct sof_man_module_manifest *manifest, const void *init, size_t size)
{
	const struct harness_format format = s32(2);
	struct harness *h;
	const int ret = harness_new(&h, manifest, &format, init, size);

	assert_int_equal(harness_free(&h), 0);
	return ret;
}

static void init_messages_tell_the_ends_or_are_refused(void **state)
{
	struct {
		struct ipc4_base_module_cfg_ext head;
		struct ipc4_input_pin_format pin[4];
	} pins = { .head = { .nb_input_pins = 2, .nb_output_pins = 1 } };
	struct ipc4_audio_format rest[2] = { ipc4_s32(3), ipc4_s32(5) };

	/* the harness's own configuration has two channels */
	assert_int_equal(made_with(mux_manifest, rest, sizeof(rest)), 0);
	rest[1] = ipc4_s32(4);
	assert_int_equal(made_with(mux_manifest, rest, sizeof(rest)), -EINVAL);
	rest[0] = ipc4_s32(1);
	rest[1] = ipc4_s32(1);
	assert_int_equal(made_with(demux_manifest, rest, sizeof(rest)), 0);
	rest[1] = ipc4_s32(2);
	assert_int_equal(made_with(demux_manifest, rest, sizeof(rest)), -EINVAL);
	rest[0] = ipc4_s32(7);
	rest[1] = ipc4_s32(9);
	assert_int_equal(made_with(mux_manifest, rest, sizeof(rest)), -EINVAL);

	pins.pin[0].audio_fmt = ipc4_s32(1);
	pins.pin[1].audio_fmt = ipc4_s32(2);
	pins.pin[1].pin_index = 1;
	pins.pin[2].audio_fmt = ipc4_s32(3);
	for (size_t size = 1; size < sizeof(pins); size++)
		assert_int_equal(made_with(mux_manifest, &pins, size),
				 size == sizeof(pins) - sizeof(pins.pin[0]) ? 0 : -EINVAL);
	assert_int_equal(made_with(demux_manifest, &pins, sizeof(pins) - sizeof(pins.pin[0])),
			 -EINVAL);
	pins.pin[1].pin_index = 2;
	assert_int_equal(made_with(mux_manifest, &pins, sizeof(pins) - sizeof(pins.pin[0])),
			 -EINVAL);
	pins.pin[1].pin_index = 1;
	pins.pin[2].pin_index = 1;
	assert_int_equal(made_with(mux_manifest, &pins, sizeof(pins) - sizeof(pins.pin[0])),
			 -EINVAL);
	pins.pin[2].pin_index = 0;
	pins.head.nb_input_pins = 3;
	assert_int_equal(made_with(mux_manifest, &pins, sizeof(pins)), -EINVAL);
	pins.head = (struct ipc4_base_module_cfg_ext){ .nb_input_pins = 1, .nb_output_pins = 2 };
	pins.pin[0].audio_fmt = ipc4_s32(5);
	pins.pin[1] = (struct ipc4_input_pin_format){ 1, 0, ipc4_s32(3) };
	pins.pin[2] = (struct ipc4_input_pin_format){ 0, 0, ipc4_s32(2) };
	assert_int_equal(made_with(demux_manifest, &pins, sizeof(pins) - sizeof(pins.pin[0])), 0);
	pins.head.nb_input_pins = UINT16_MAX;
	assert_int_equal(made_with(demux_manifest, &pins, sizeof(pins)), -EINVAL);
}

static void configurations_that_do_not_add_up_are_refused(void **state)
{
	const struct mux_data good = ends_told(2, 1, 3);
	const struct mux_data bad[] = { ends_told(2, 1, 2), ends_told(0, 0, 0), ends_told(8, 1, 9),
					ends_told(200, 100, 44) };
	const struct harness_format ends[2] = { s32(2), s32(1) };
	const struct harness_format three = s32(3);

	for (int which = 0; which < 2; which++) {
		const struct mux_data good_demux = { .base_cfg.audio_fmt = ipc4_s32(3),
						     .output_format = ipc4_s32(2),
						     .reference_format = ipc4_s32(1) };
		const struct mux_data *const told = which ? &good_demux : &good;
		struct harness *h = made(which ? demux_manifest : mux_manifest, told);

		for (size_t size = 0; size < sizeof(*told); size++)
			assert_int_equal(harness_configure(h, 0, told, size), -EINVAL);
		for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
			assert_int_equal(harness_configure(h, 0, &bad[i], sizeof(bad[i])), -EINVAL);
		assert_int_equal(harness_configure_part(h, 0, MODULE_CFG_FRAGMENT_FIRST,
							sizeof(*told), told, sizeof(*told)),
				 -EINVAL);
		assert_int_equal(harness_configure_part(h, 0, MODULE_CFG_FRAGMENT_SINGLE, 87, told,
							sizeof(*told)),
				 -EINVAL);
		/* the good one still holds */
		harness_ports(h, which ? 1 : 2, which ? &three : ends, which ? 2 : 1,
			      which ? ends : &three);
		assert_int_equal(harness_prepare(h, 64, 64), 0);
		assert_int_equal(harness_free(&h), 0);
	}
}

static void streams_that_do_not_fit_together_are_refused(void **state)
{
	const struct harness_format s16 = { SOF_IPC_FRAME_S16_LE, 1, 48000 };
	const struct harness_format real = { SOF_IPC_FRAME_FLOAT, 2, 48000 };
	const struct harness_format two[3] = { s32(1), s32(1), s32(1) };
	const struct harness_format mixed[2] = { s32(1), s16 };
	const struct harness_format out = s32(2), wide = s32(9), none = s32(0);
	struct mux_data odd = ends_told(1, 1, 2);
	struct harness *h = made(mux_manifest, NULL);

	harness_ports(h, 2, mixed, 1, &out);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 2, two, 1, &two[0]);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, &real, 1, &real);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, &wide, 1, &wide);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, &none, 1, &none);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 3, two, 1, &out);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 2, two, 2, two);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 2, two, 1, &out);
	harness_source_queue(h, 0, 1);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_source_queue(h, 0, 2);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	/* a format no stream can have */
	odd.base_cfg.audio_fmt.depth = IPC4_DEPTH_8BIT;
	assert_int_equal(harness_configure(h, 0, &odd, sizeof(odd)), 0);
	harness_ports(h, 2, two, 1, &out);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	assert_int_equal(harness_free(&h), 0);

	h = made(demux_manifest, NULL);
	harness_ports(h, 1, &two[0], 2, mixed);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, &real, 1, &real);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, &wide, 1, &wide);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 2, two, 1, &two[0]);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, two, 3, two);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, two, 2, two);
	harness_sink_queue(h, 1, 0);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_sink_queue(h, 1, 2);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static void a_held_end_is_an_error_and_holds_no_other(void **state)
{
	const struct harness_format two[2] = { s32(1), s32(1) };
	const struct harness_format both = s32(2);
	struct harness *h = made(mux_manifest, NULL);
	const int32_t in = 5;
	const void *data, *start;
	int32_t out[2];
	size_t size;

	harness_ports(h, 2, two, 1, &both);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	harness_put(h, 0, &in, 4);
	harness_put(h, 1, &in, 4);
	assert_int_equal(source_get_data(harness_source(h, 1), 4, &data, &start, &size), 0);
	assert_int_equal(harness_call(h), -EBUSY);
	assert_int_equal(source_release_data(harness_source(h, 1), 0), 0);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), sizeof(out));
	assert_int_equal(harness_free(&h), 0);
}

static void no_memory_is_an_error_and_leaves_nothing(void **state)
{
	const struct harness_format format = s32(2);
	struct harness *h;

	for (int i = 0; i < 2; i++) {
		harness_fail_allocation(0);
		assert_int_equal(harness_new(&h, &mod_manifest[i], &format, NULL, 0), -ENOMEM);
		assert_int_equal(harness_free(&h), 0);
		/* there is but one */
		harness_fail_allocation(1);
		assert_int_equal(harness_new(&h, &mod_manifest[i], &format, NULL, 0), 0);
		harness_fail_allocation(-1);
		assert_int_equal(harness_free(&h), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mux_puts_channels_side_by_side),
		cmocka_unit_test(a_demux_gives_each_sink_its_channels),
		cmocka_unit_test(a_demux_of_one_sink_drops_the_other_ones_channels),
		cmocka_unit_test(a_demux_that_was_told_nothing_copies),
		cmocka_unit_test(a_source_that_ended_is_silent_and_one_that_did_not_is_waited_for),
		cmocka_unit_test(an_input_told_of_but_not_connected_is_silent),
		cmocka_unit_test(init_messages_tell_the_ends_or_are_refused),
		cmocka_unit_test(configurations_that_do_not_add_up_are_refused),
		cmocka_unit_test(streams_that_do_not_fit_together_are_refused),
		cmocka_unit_test(a_held_end_is_an_error_and_holds_no_other),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
