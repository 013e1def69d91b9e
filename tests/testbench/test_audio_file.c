/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio_file.h"
#include "audio_format.h"

#define FRAMES 1000

static char folder[] = "audio-file-XXXXXX";

static int enter_folder(void **state)
{
	return !mkdtemp(folder) || chdir(folder);
}

static int leave_folder(void **state)
{
	return chdir("..") || system("rm -rf audio-file-??????");
}

/* Files in the folder, hidden ones too. */
static unsigned int file_count(void)
{
	DIR *dir = opendir(".");
	struct dirent *entry;
	unsigned int count = 0;

	while ((entry = readdir(dir)))
		count += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
	closedir(dir);
	return count;
}

static unsigned int descriptor_count(void)
{
	unsigned int count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

/* Every sample of a format's full range, more or less, in its upper bits. */
static void make_file(const char *path, int format, int rate, int channels, int frames)
{
	SF_INFO info = { .samplerate = rate, .channels = channels, .format = format };
	SNDFILE *file = sf_open(path, SFM_WRITE, &info);
	int32_t frame[16];
	int i, c;

	assert_non_null(file);
	sf_command(file, SFC_SET_SCALE_INT_FLOAT_WRITE, NULL, SF_TRUE);
	for (i = 0; i < frames; i++) {
		for (c = 0; c < channels; c++)
			frame[c] = (int32_t)((uint32_t)(i * channels + c) * 2654435761u) & ~0xff;
		assert_int_equal(sf_writef_int(file, frame, 1), 1);
	}
	sf_close(file);
}

static void copy_file(const char *from, const char *to)
{
	struct problem why = { 0 };
	struct audio_input *input;
	struct audio_output *output;
	int32_t data[FRAMES * 8];
	long got;

	assert_int_equal(audio_input_open(from, &input, &why), 0);
	assert_int_equal(audio_output_open(to, audio_input_format(input), &output, &why), 0);
	while ((got = audio_input_read(input, data, 300, &why)) > 0)
		assert_int_equal(audio_output_write(output, data, (size_t)got, &why), 0);
	assert_int_equal(got, 0);
	assert_int_equal(audio_output_frames(output), audio_input_frames(input));
	assert_int_equal(audio_output_commit(&output, &why), 0);
	audio_input_close(&input);
}

static void expect_same(const char *a, const char *b, int frames, int channels, int format)
{
	SF_INFO ia = { 0 }, ib = { 0 };
	SNDFILE *fa = sf_open(a, SFM_READ, &ia), *fb = sf_open(b, SFM_READ, &ib);
	static double da[FRAMES * 8], db[FRAMES * 8];

	assert_non_null(fa);
	assert_non_null(fb);
	assert_int_equal(ib.frames, frames);
	assert_int_equal(ib.channels, channels);
	assert_int_equal(ib.samplerate, ia.samplerate);
	assert_int_equal(ib.format & (SF_FORMAT_TYPEMASK | SF_FORMAT_SUBMASK), format);
	assert_int_equal(sf_readf_double(fa, da, frames), frames);
	assert_int_equal(sf_readf_double(fb, db, frames), frames);
	assert_memory_equal(da, db, sizeof(double) * (size_t)(frames * channels));
	sf_close(fa);
	sf_close(fb);
}

static void copies_are_exact_in_every_format(void **state)
{
	static const struct {
		const char *in, *out;
		int format, out_format;
	} cases[] = {
		{ "a.wav", "b.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_U8, 0 },
		{ "a.wav", "b.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 0 },
		{ "a.wav", "b.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_24, 0 },
		{ "a.wav", "b.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_32, 0 },
		{ "a.wav", "b.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 0 },
		{ "a.wav", "b.wav", SF_FORMAT_WAV | SF_FORMAT_DOUBLE, 0 },
		{ "a.wav", "b.wav", SF_FORMAT_WAVEX | SF_FORMAT_PCM_24, 0 },
		{ "a.flac", "b.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 0 },
		{ "a.aiff", "b.aif", SF_FORMAT_AIFF | SF_FORMAT_PCM_S8, 0 },
		{ "a.w64", "b.w64", SF_FORMAT_W64 | SF_FORMAT_PCM_16, 0 },
		{ "a.caf", "b", SF_FORMAT_CAF | SF_FORMAT_PCM_32, 0 },
		{ "a.wav", "b.aiff", SF_FORMAT_WAV | SF_FORMAT_PCM_U8,
		  SF_FORMAT_AIFF | SF_FORMAT_PCM_U8 },
		{ "a.wav", "b.flac", SF_FORMAT_WAV | SF_FORMAT_PCM_U8,
		  SF_FORMAT_FLAC | SF_FORMAT_PCM_S8 },
		{ "a.flac", "b.WAV", SF_FORMAT_FLAC | SF_FORMAT_PCM_S8,
		  SF_FORMAT_WAV | SF_FORMAT_PCM_U8 },
		{ "a.au", "b.wav", SF_FORMAT_AU | SF_FORMAT_PCM_24,
		  SF_FORMAT_WAV | SF_FORMAT_PCM_24 },
	};
	size_t i;
	int channels;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (channels = 1; channels <= 6; channels += channels == 2 ? 4 : 1) {
			make_file(cases[i].in, cases[i].format, 44100, channels, FRAMES);
			copy_file(cases[i].in, cases[i].out);
			expect_same(cases[i].in, cases[i].out, FRAMES, channels,
				    cases[i].out_format ? cases[i].out_format : cases[i].format);
			unlink(cases[i].in);
			unlink(cases[i].out);
			assert_int_equal(file_count(), 0);
		}
}

static void samples_are_rounded_and_saturated(void **state)
{
	static const int32_t in[] = { 0x7fffffff, -0x7fffffff - 1, 0x7f, 0x80, -0x80, -0x81 };
	static const int32_t expected[] = { 0x7fffff00, -0x7fffffff - 1, 0, 0x100, 0, -0x100 };
	struct audio_format format = { .rate = 48000,
				       .channels = 1,
				       .sample = AUDIO_S32,
				       .sample_bytes = 4,
				       .frame_bytes = 4,
				       .sndfile_format = SF_FORMAT_FLAC | SF_FORMAT_PCM_24 };
	struct problem why = { 0 };
	struct audio_output *output;
	SF_INFO info = { 0 };
	int32_t out[6];
	SNDFILE *file;

	assert_int_equal(audio_output_open("r.flac", &format, &output, &why), 0);
	assert_int_equal(audio_output_write(output, in, 6, &why), 0);
	assert_int_equal(audio_output_commit(&output, &why), 0);
	file = sf_open("r.flac", SFM_READ, &info);
	assert_int_equal(sf_read_int(file, out, 6), 6);
	sf_close(file);
	assert_memory_equal(out, expected, sizeof(expected));
	unlink("r.flac");
}

static void floats_beyond_full_scale_saturate(void **state)
{
	static const float in[] = { 1.0f, -1.0f, 2.0f, -2.0f, 0.5f };
	static const int32_t expected[] = { INT32_MAX, INT32_MIN, INT32_MAX, INT32_MIN, 1 << 30 };
	SF_INFO info = { .samplerate = 8000,
			 .channels = 1,
			 .format = SF_FORMAT_WAV | SF_FORMAT_FLOAT };
	SNDFILE *file = sf_open("f.wav", SFM_WRITE, &info);
	struct problem why = { 0 };
	struct audio_input *input;
	int32_t out[5];

	sf_write_float(file, in, 5);
	sf_close(file);
	assert_int_equal(audio_input_open("f.wav", &input, &why), 0);
	assert_int_equal(audio_input_format(input)->sample, AUDIO_S32);
	assert_int_equal(audio_input_read(input, out, 5, &why), 5);
	assert_memory_equal(out, expected, sizeof(expected));
	audio_input_close(&input);
	unlink("f.wav");
}

static void refused(const char *path, const char *part)
{
	struct problem why = { 0 };
	struct audio_input *input;

	assert_true(audio_input_open(path, &input, &why) < 0);
	assert_null(input);
	assert_int_equal(why.code, EXIT_BAD_INPUT);
	if (!strstr(why.text, part) || !strstr(why.text, path))
		fail_msg("'%s' lacks '%s'", why.text, part);
}

static void bad_inputs_are_named(void **state)
{
	int fd = open("empty.wav", O_CREAT | O_WRONLY, 0600);

	close(fd);
	refused("missing.wav", "No such file");
	refused("empty.wav", "is empty");
	refused(".", "is a directory");
	fd = open("text.wav", O_CREAT | O_WRONLY, 0600);
	assert_int_equal(write(fd, "this is no audio file at all, it is text\n", 41), 41);
	close(fd);
	refused("text.wav", "no audio file");
	make_file("nine.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48000, 9, 10);
	refused("nine.wav", "has 9 channels");
	make_file("none.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48000, 2, 0);
	refused("none.wav", "no frames");
}

static void truncated_files_say_how_many_frames(void **state)
{
	make_file("t.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48000, 2, FRAMES);
	assert_int_equal(truncate("t.wav", 44 + 400 * 4), 0);
	refused("t.wav", "promises 1000 frames, the file holds 400");
	assert_int_equal(truncate("t.wav", 44), 0);
	refused("t.wav", "promises 1000 frames");
	make_file("t.aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_24, 48000, 1, FRAMES);
	assert_int_equal(truncate("t.aiff", 1500), 0);
	refused("t.aiff", "promises 1000 frames");
	make_file("t.au", SF_FORMAT_AU | SF_FORMAT_PCM_16, 48000, 1, FRAMES);
	assert_int_equal(truncate("t.au", 1000), 0);
	refused("t.au", "promises 1000 frames");
}

static void a_truncated_flac_fails_while_it_is_read(void **state)
{
	static int32_t data[48000];
	struct problem why = { 0 };
	struct audio_input *input;
	struct stat st;
	long got;

	make_file("t.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 48000, 1, 48000);
	assert_int_equal(stat("t.flac", &st), 0);
	assert_int_equal(truncate("t.flac", st.st_size / 2), 0);
	assert_int_equal(audio_input_open("t.flac", &input, &why), 0);
	do {
		got = audio_input_read(input, data, 4096, &why);
	} while (got > 0);
	assert_int_equal(got, -EIO);
	assert_non_null(strstr(why.text, "truncated: its header promises 48000 frames"));
	audio_input_close(&input);
}

static void a_dropped_output_leaves_the_old_file(void **state)
{
	struct audio_format format = { .rate = 48000,
				       .channels = 1,
				       .sample = AUDIO_S16,
				       .sample_bytes = 2,
				       .frame_bytes = 2,
				       .sndfile_format = SF_FORMAT_WAV | SF_FORMAT_PCM_16 };
	unsigned int files = file_count(), descriptors = descriptor_count();
	struct problem why = { 0 };
	struct audio_output *output;
	int16_t zeros[64] = { 0 };
	struct stat st;

	assert_int_equal(audio_output_open("d.wav", &format, &output, &why), 0);
	assert_int_equal(audio_output_write(output, zeros, 64, &why), 0);
	assert_int_not_equal(access("d.wav", F_OK), 0);
	audio_output_discard(&output);
	assert_null(output);
	assert_int_equal(file_count(), files);
	assert_int_equal(descriptor_count(), descriptors);

	make_file("d.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48000, 1, 10);
	assert_int_equal(chmod("d.wav", 0640), 0);
	assert_int_equal(audio_output_open("d.wav", &format, &output, &why), 0);
	audio_output_discard(&output);
	assert_int_equal(file_count(), files + 1);
	assert_int_equal(audio_output_open("d.wav", &format, &output, &why), 0);
	assert_int_equal(audio_output_write(output, zeros, 64, &why), 0);
	assert_int_equal(audio_output_commit(&output, &why), 0);
	assert_int_equal(stat("d.wav", &st), 0);
	assert_int_equal(st.st_size, 44 + 128);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(file_count(), files + 1);
	assert_int_equal(descriptor_count(), descriptors);
}

static void outputs_that_cannot_be_are_named(void **state)
{
	static const struct {
		const char *path, *part;
	} cases[] = {
		{ "missing/x.wav", "directory missing" },
		{ ".", "is a directory" },
		{ "", "no file name" },
		{ "x/", "no file name" },
		{ "/dev/full", "" },
	};
	struct audio_format format = { .rate = 48000,
				       .channels = 1,
				       .sample = AUDIO_S16,
				       .sample_bytes = 2,
				       .frame_bytes = 2,
				       .sndfile_format = SF_FORMAT_WAV | SF_FORMAT_PCM_16 };
	const unsigned int descriptors = descriptor_count();
	struct audio_output *output;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct problem why = { 0 };
		int16_t zero = 0;
		int ret = audio_output_open(cases[i].path, &format, &output, &why);

		if (!ret)
			ret = audio_output_write(output, &zero, 1, &why);
		if (!ret)
			ret = audio_output_commit(&output, &why);
		else
			audio_output_discard(&output);
		assert_true(ret < 0);
		assert_true(why.code == EXIT_BAD_INPUT || why.code == EXIT_RUN_FAILED);
		if (!strstr(why.text, cases[i].part))
			fail_msg("'%s' lacks '%s'", why.text, cases[i].part);
		assert_int_equal(descriptor_count(), descriptors);
	}
}

/* An ending that names no container is an error, a name without one is not. */
static void names_tell_the_form(void **state)
{
	static const struct {
		const char *path;
		enum audio_form form;
	} cases[] = {
		{ "a.txt", AUDIO_FORM_TEXT },	       { "a.raw", AUDIO_FORM_RAW },
		{ "a.TXT", AUDIO_FORM_TEXT },	       { "a.Raw", AUDIO_FORM_RAW },
		{ "a.wav", AUDIO_FORM_CONTAINER },     { "a.FLAC", AUDIO_FORM_CONTAINER },
		{ "a.b.wav", AUDIO_FORM_CONTAINER },   { "a.wav.xyz", AUDIO_FORM_UNKNOWN },
		{ "a.xyz", AUDIO_FORM_UNKNOWN },       { "d.d/a.xyz", AUDIO_FORM_UNKNOWN },
		{ "a.", AUDIO_FORM_UNKNOWN },	       { "a", AUDIO_FORM_NONE },
		{ "d.wav/a", AUDIO_FORM_NONE },	       { ".hidden", AUDIO_FORM_NONE },
		{ "d/.hidden", AUDIO_FORM_NONE },      { ".hidden.wav", AUDIO_FORM_CONTAINER },
		{ ".hidden.xyz", AUDIO_FORM_UNKNOWN },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (audio_form_of_name(cases[i].path) != cases[i].form)
			fail_msg("%s: form %d", cases[i].path, audio_form_of_name(cases[i].path));
	assert_int_equal(audio_container_of_name("a.wav"), SF_FORMAT_WAV);
	assert_int_equal(audio_container_of_name("a.flac"), SF_FORMAT_FLAC);
	assert_int_equal(audio_container_of_name("a.txt"), 0);
}

static void a_device_is_written_directly(void **state)
{
	make_file("n.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48000, 2, FRAMES);
	copy_file("n.wav", "/dev/null");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies_are_exact_in_every_format),
		cmocka_unit_test(samples_are_rounded_and_saturated),
		cmocka_unit_test(floats_beyond_full_scale_saturate),
		cmocka_unit_test(bad_inputs_are_named),
		cmocka_unit_test(truncated_files_say_how_many_frames),
		cmocka_unit_test(a_truncated_flac_fails_while_it_is_read),
		cmocka_unit_test(a_dropped_output_leaves_the_old_file),
		cmocka_unit_test(outputs_that_cannot_be_are_named),
		cmocka_unit_test(names_tell_the_form),
		cmocka_unit_test(a_device_is_written_directly),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
