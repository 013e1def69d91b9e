/* SPDX-License-Identifier: BSD-3-Clause */
/* Headers that other programs leave, lengths that are not told, and the order of channels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audio_file.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define FRAMES	     100

static char folder[] = "/tmp/audio-header-XXXXXX";

/* LeakSanitizer asks for it. libvorbisenc 1.3.7 loses its set-up of six channels: its defect. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libvorbisenc\n";
}

static int enter_folder(void **state)
{
	return !mkdtemp(folder) || chdir(folder);
}

static int leave_folder(void **state)
{
	return chdir("..") || system("rm -rf audio-header-??????");
}

/* A file in the making. */
static unsigned char made[1 << 16];
static size_t made_bytes;

static void put(uint64_t value, size_t bytes, bool big)
{
	size_t i;

	for (i = 0; i < bytes; i++)
		made[made_bytes++] = (unsigned char)(value >> 8 * (big ? bytes - 1 - i : i));
}

static void put_name(const char *name)
{
	memcpy(made + made_bytes, name, 4);
	made_bytes += 4;
}

static void start(void)
{
	made_bytes = 0;
}

static void save(const char *path)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(made, 1, made_bytes, file), made_bytes);
	assert_int_equal(fclose(file), 0);
}

static void put_wave(uint32_t riff, uint32_t tag, uint32_t channels, uint32_t align, uint32_t bits,
		     uint32_t data)
{
	start();
	put_name("RIFF");
	put(riff, 4, false);
	put_name("WAVE");
	put_name("fmt ");
	put(16, 4, false);
	put(tag, 2, false);
	put(channels, 2, false);
	put(48000, 4, false);
	put(48000 * align, 4, false);
	put(align, 2, false);
	put(bits, 2, false);
	put_name("data");
	put(data, 4, false);
}

static int16_t ramp(int i)
{
	return (int16_t)(i * 331 - 12345);
}

static void put_ramp(int samples, bool big)
{
	int i;

	for (i = 0; i < samples; i++)
		put((uint16_t)ramp(i), 2, big);
}

/* All of the ramp must come out, and nothing else. */
static void expect_ramp(const char *path, int samples, unsigned int channels)
{
	struct problem why = { 0 };
	struct audio_input *input;
	int16_t data[4 * FRAMES];
	int i;

	if (audio_input_open(path, &input, &why))
		fail_msg("%s", why.text);
	assert_int_equal(audio_input_format(input)->sample, AUDIO_S16);
	assert_int_equal(audio_input_format(input)->channels, channels);
	assert_int_equal(audio_input_frames(input), samples / (int)channels);
	assert_int_equal(audio_input_read(input, data, 2 * FRAMES, &why), samples / (int)channels);
	for (i = 0; i < samples; i++)
		assert_int_equal(data[i], ramp(i));
	audio_input_close(&input);
}

static void sizes_that_were_never_filled_in(void **state)
{
	/* RIFF and data. */
	static const uint32_t sizes[][2] = {
		{ 0, 0 },
		{ 36, 0 },
		{ 0x80000024, 0x80000000 },
		{ 0xffffffff, 0xffffffff },
		{ 0xffffffff, 0xffffffff - 36 },
		{ 0x7ffff024, 0x7ffff000 },
		{ 0x7f000024, 0x7f000000 },
	};
	static const uint32_t aiff[][3] = {
		/* FORM, frames, SSND */
		{ 0x7f00002e, 0x7f000000 / 4, 0x7f000008 },
		{ 0, 0, 0 },
		{ 46, 0, 8 },
	};
	static const uint32_t au[] = { 0, 0xffffffff, 0x7ffff000 };
	size_t i;

	for (i = 0; i < COUNT(sizes); i++) {
		put_wave(sizes[i][0], 1, 2, 4, 16, sizes[i][1]);
		put_ramp(2 * FRAMES, false);
		save("a.wav");
		expect_ramp("a.wav", 2 * FRAMES, 2);
	}
	for (i = 0; i < COUNT(aiff); i++) {
		start();
		put_name("FORM");
		put(aiff[i][0], 4, true);
		put_name("AIFF");
		put_name("COMM");
		put(18, 4, true);
		put(2, 2, true);
		put(aiff[i][1], 4, true);
		put(16, 2, true);
		put(0x400ebb8000000000, 8, true);
		put(0, 2, true);
		put_name("SSND");
		put(aiff[i][2], 4, true);
		put(0, 8, true);
		put_ramp(2 * FRAMES, true);
		save("a.aiff");
		expect_ramp("a.aiff", 2 * FRAMES, 2);
	}
	for (i = 0; i < COUNT(au); i++) {
		start();
		put_name(".snd");
		put(24, 4, true);
		put(au[i], 4, true);
		put(3, 4, true);
		put(48000, 4, true);
		put(2, 4, true);
		put_ramp(2 * FRAMES, true);
		save("a.au");
		expect_ramp("a.au", 2 * FRAMES, 2);
	}
}

/* Two sizes that agree are right, even if they are 0. */
static void no_data_is_no_data(void **state)
{
	struct problem why = { 0 };
	struct audio_input *input;

	put_wave(36 + 16, 1, 2, 4, 16, 0);
	put_name("LIST");
	put(8, 4, false);
	put(0x1234567812345678, 8, false);
	save("none.wav");
	assert_int_equal(audio_input_open("none.wav", &input, &why), -EINVAL);
	assert_non_null(strstr(why.text, "holds no frames"));
}

/* The file is sparse: 4 GiB and 400 bytes of audio, of which the header tells 400 bytes. */
static void a_size_that_wrapped(void **state)
{
	struct problem why = { 0 };
	struct audio_input *input;
	int16_t data[2];

	put_wave(36 + 400, 1, 2, 4, 16, 400);
	put_ramp(2, false);
	save("wrapped.wav");
	assert_int_equal(truncate("wrapped.wav", 44 + 400 + (off_t)0x100000000), 0);
	if (audio_input_open("wrapped.wav", &input, &why))
		fail_msg("%s", why.text);
	assert_true(audio_input_frames(input) == 100 + 0x40000000u);
	assert_non_null(audio_input_note(input));
	assert_non_null(strstr(audio_input_note(input), "tells of 400 bytes"));
	assert_int_equal(audio_input_read(input, data, 1, &why), 1);
	assert_int_equal(data[1], ramp(1));
	assert_int_equal(audio_input_format(input)->sndfile_format & SF_FORMAT_TYPEMASK,
			 SF_FORMAT_WAV);
	audio_input_close(&input);
	unlink("wrapped.wav");
}

/* As arecord writes S24_LE and S20_LE; the upper byte may be anything. */
static void narrow_samples_in_wide_words(void **state)
{
	static const struct {
		unsigned int bits;
		int32_t scale;
	} cases[] = { { 24, 1 }, { 20, 16 } };
	struct problem why = { 0 };
	struct audio_input *input;
	int32_t data[FRAMES], most;
	size_t i;
	int k;

	for (i = 0; i < COUNT(cases); i++) {
		most = (1 << (cases[i].bits - 1)) - 1;
		put_wave(36 + 4 * FRAMES, 1, 1, 4, cases[i].bits, 4 * FRAMES);
		for (k = 0; k < FRAMES; k++) {
			int32_t value = k == 0 ? most : k == 1 ? -most - 1 : k - 50;

			put((uint32_t)value & (k & 2 ? UINT32_MAX : 0xffffff), 4, false);
		}
		save("narrow.wav");
		if (audio_input_open("narrow.wav", &input, &why))
			fail_msg("%s", why.text);
		assert_int_equal(audio_input_format(input)->sample, AUDIO_S24);
		assert_int_equal(audio_input_format(input)->sndfile_format,
				 SF_FORMAT_WAV | SF_FORMAT_PCM_24);
		assert_int_equal(audio_input_frames(input), FRAMES);
		assert_int_equal(audio_input_read(input, data, FRAMES, &why), FRAMES);
		assert_int_equal(data[0], most * cases[i].scale);
		assert_int_equal(data[1], (-most - 1) * cases[i].scale);
		for (k = 2; k < FRAMES; k++)
			assert_int_equal(data[k], (k - 50) * cases[i].scale);
		audio_input_close(&input);
	}
}

/* WAVE_FORMAT_EXTENSIBLE tells 24 valid bits of 32, which are the upper ones. */
static void valid_bits_are_left_justified(void **state)
{
	static const unsigned char pcm[] = { 0x00, 0x00, 0x10, 0x00, 0x80, 0x00,
					     0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71 };
	struct problem why = { 0 };
	struct audio_input *input;
	int32_t data[2];

	start();
	put_name("RIFF");
	put(60 + 8, 4, false);
	put_name("WAVE");
	put_name("fmt ");
	put(40, 4, false);
	put(0xfffe, 2, false);
	put(1, 2, false);
	put(48000, 4, false);
	put(192000, 4, false);
	put(4, 2, false);
	put(32, 2, false);
	put(22, 2, false);
	put(24, 2, false);
	put(4, 4, false);
	put(1, 4, false);
	memcpy(made + made_bytes, pcm, sizeof(pcm));
	made_bytes += sizeof(pcm);
	put_name("data");
	put(8, 4, false);
	put(0x12345600, 4, false);
	put(0x80000000, 4, false);
	save("valid.wav");
	if (audio_input_open("valid.wav", &input, &why))
		fail_msg("%s", why.text);
	assert_int_equal(audio_input_format(input)->sample, AUDIO_S32);
	assert_int_equal(audio_input_format(input)->channel_mask, 4);
	assert_int_equal(audio_input_read(input, data, 2, &why), 2);
	assert_int_equal(data[0], 0x12345600);
	assert_true(data[1] == INT32_MIN);
	audio_input_close(&input);
}

/* Silence first: who takes the bit rate of the first frames for all guesses far too few frames. */
static void make_mp3(const char *path, sf_count_t frames)
{
	SF_INFO info = { .samplerate = 44100,
			 .channels = 2,
			 .format = SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III };
	SNDFILE *file = sf_open(path, SFM_WRITE, &info);
	int mode = SF_BITRATE_MODE_VARIABLE;
	uint32_t seed = 1;
	sf_count_t i;

	assert_non_null(file);
	sf_command(file, SFC_SET_BITRATE_MODE, &mode, sizeof(mode));
	for (i = 0; i < frames; i++) {
		short frame[2] = { 0, 0 };

		seed = seed * 1664525 + 1013904223;
		if (i > frames / 3)
			frame[0] = frame[1] = (short)(seed >> 17);
		assert_int_equal(sf_writef_short(file, frame, 1), 1);
	}
	sf_close(file);
}

/* MPEG 1 layer III: the frame with the Xing header is the first. */
static void drop_xing(const char *path)
{
	static const int bit_rates[] = { 0,   32,  40,	48,  56,  64,  80, 96,
					 112, 128, 160, 192, 224, 256, 320 };
	FILE *file = fopen(path, "rb");
	size_t frame;

	made_bytes = fread(made, 1, sizeof(made), file);
	fclose(file);
	assert_true(made_bytes < sizeof(made));
	assert_non_null(memmem(made, 64, "Xing", 4));
	frame = (size_t)(144000 * bit_rates[made[2] >> 4] / 44100) + (made[2] >> 1 & 1);
	memmove(made, made + frame, made_bytes - frame);
	made_bytes -= frame;
	save(path);
}

static void all_of_an_mp3_is_played(void **state)
{
	struct problem why = { 0 };
	struct audio_input *input;
	static int32_t data[2 * 4096];
	sf_count_t frames = 88200, done = 0;
	long got;

	make_mp3("a.mp3", frames);
	if (audio_input_open("a.mp3", &input, &why))
		fail_msg("%s", why.text);
	assert_int_equal(audio_input_frames(input), frames);
	audio_input_close(&input);
	drop_xing("a.mp3");
	if (audio_input_open("a.mp3", &input, &why))
		fail_msg("%s", why.text);
	while ((got = audio_input_read(input, data, 4096, &why)) > 0)
		done += got;
	assert_int_equal(got, 0);
	assert_true(done >= frames && done < frames + 4 * 1152);
	assert_int_equal(audio_input_frames(input), done);
	audio_input_close(&input);
}

/* Vorbis has the center second and the low frequencies last, and libsndfile does not care. */
static void channels_keep_their_places(void **state)
{
	static const int places[9][8] = {
		[3] = { 0, 2, 1 },
		[4] = { 0, 1, 2, 3 },
		[5] = { 0, 2, 1, 3, 4 },
		[6] = { 0, 2, 1, 5, 3, 4 },
		[7] = { 0, 2, 1, 6, 5, 3, 4 },
		[8] = { 0, 2, 1, 7, 5, 6, 3, 4 },
	};
	static int16_t data[8 * 9600];
	static int32_t back[8 * 9600];
	static double raw[8 * 9600];
	struct problem why = { 0 };
	struct audio_output *output;
	struct audio_input *input;
	SF_INFO info = { 0 };
	SNDFILE *file;
	unsigned int channels, c, i, louder;

	for (channels = 3; channels <= 8; channels++) {
		struct audio_format format = { .rate = 48000,
					       .channels = channels,
					       .sample = AUDIO_S16,
					       .sample_bytes = 2,
					       .frame_bytes = 2 * channels,
					       .sndfile_format = SF_FORMAT_WAV | SF_FORMAT_PCM_16 };
		for (louder = 0; louder < channels; louder++) {
			/* One channel sounds, low enough for that of low frequencies. */
			memset(data, 0, sizeof(data));
			for (i = 0; i < 9600; i++)
				data[i * channels + louder] = i / 480 % 2 ? 8000 : -8000;
			assert_int_equal(audio_output_open("c.ogg", &format, &output, &why), 0);
			assert_int_equal(audio_output_write(output, data, 9600, &why), 0);
			assert_int_equal(audio_output_commit(&output, &why), 0);
			memset(&info, 0, sizeof(info));
			file = sf_open("c.ogg", SFM_READ, &info);
			assert_non_null(file);
			assert_int_equal(sf_readf_double(file, raw, 9600), 9600);
			sf_close(file);
			assert_int_equal(audio_input_open("c.ogg", &input, &why), 0);
			assert_int_equal(audio_input_read(input, back, 9600, &why), 9600);
			audio_input_close(&input);
			for (c = 0; c < channels; c++) {
				double sum = 0.0, raw_sum = 0.0;

				for (i = 0; i < 9600; i++) {
					double sample = back[i * channels + c] / 2147483648.0;

					sum += sample * sample;
					sample = raw[i * channels + c];
					raw_sum += sample * sample;
				}
				assert_int_equal(sum > 100.0, c == louder);
				assert_int_equal(raw_sum > 100.0,
						 (int)c == places[channels][louder]);
			}
		}
	}
}

/* What is foreseen decides, and a file that stays small has the sizes of 32 bits. */
static void a_long_wav_becomes_rf64(void **state)
{
	static int16_t data[2 * FRAMES];
	struct audio_format format = { .rate = 48000,
				       .channels = 2,
				       .sample = AUDIO_S16,
				       .sample_bytes = 2,
				       .frame_bytes = 4,
				       .sndfile_format = SF_FORMAT_WAV | SF_FORMAT_PCM_16 };
	static const struct {
		uint64_t frames;
		int container;
	} cases[] = {
		{ 0, SF_FORMAT_WAV },
		{ 0x3fe00000, SF_FORMAT_WAV },
		{ 0x40000000, SF_FORMAT_RF64 },
		{ 0x100000000, SF_FORMAT_RF64 },
	};
	struct problem why = { 0 };
	struct audio_output *output;
	struct audio_input *input;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		assert_int_equal(
			audio_output_open_for("l.wav", &format, cases[i].frames, &output, &why), 0);
		assert_int_equal(audio_output_sndfile_format(output),
				 cases[i].container | SF_FORMAT_PCM_16);
		assert_int_equal(audio_output_write(output, data, FRAMES, &why), 0);
		assert_int_equal(audio_output_commit(&output, &why), 0);
		assert_int_equal(audio_input_open("l.wav", &input, &why), 0);
		assert_int_equal(audio_input_frames(input), FRAMES);
		assert_int_not_equal(audio_input_format(input)->sndfile_format & SF_FORMAT_TYPEMASK,
				     SF_FORMAT_RF64);
		audio_input_close(&input);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_that_were_never_filled_in),
		cmocka_unit_test(no_data_is_no_data),
		cmocka_unit_test(a_size_that_wrapped),
		cmocka_unit_test(narrow_samples_in_wide_words),
		cmocka_unit_test(valid_bits_are_left_justified),
		cmocka_unit_test(all_of_an_mp3_is_played),
		cmocka_unit_test(channels_keep_their_places),
		cmocka_unit_test(a_long_wav_becomes_rf64),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
