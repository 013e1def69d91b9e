/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audio_file.h"

static char folder[] = "audio-plain-XXXXXX";
static struct problem why;

static int enter_folder(void **state)
{
	return !mkdtemp(folder) || chdir(folder);
}

static int leave_folder(void **state)
{
	return chdir("..") || system("rm -rf audio-plain-??????");
}

static void write_file(const char *path, const void *data, size_t size)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

static void holds(const char *path, const void *data, size_t size)
{
	char got[400];
	FILE *file = fopen(path, "rb");

	assert_non_null(file);
	assert_int_equal(fread(got, 1, sizeof(got), file), size);
	fclose(file);
	assert_memory_equal(got, data, size);
}

static struct audio_input *open_as(const char *path, enum audio_sample sample,
				   unsigned int channels)
{
	struct audio_plain plain = { true, sample, 48000, channels };
	struct audio_input *input;

	memset(&why, 0, sizeof(why));
	audio_input_open_as(path, &plain, &input, &why);
	return input;
}

static void refused(const char *path, enum audio_sample sample, unsigned int channels,
		    const char *part)
{
	assert_null(open_as(path, sample, channels));
	assert_int_equal(why.code, EXIT_BAD_INPUT);
	if (!strstr(why.text, part))
		fail_msg("%s: '%s' lacks '%s'", path, why.text, part);
}

/* From one file to another as it comes. */
static void copy(const char *from, enum audio_sample sample, unsigned int channels, const char *to)
{
	struct audio_input *input = open_as(from, sample, channels);
	struct audio_output *output;
	int32_t data[64];
	long got;

	assert_non_null(input);
	assert_int_equal(audio_output_open(to, audio_input_format(input), &output, &why), 0);
	while ((got = audio_input_read(input, data, 3, &why)) > 0)
		assert_int_equal(audio_output_write(output, data, (size_t)got, &why), 0);
	assert_int_equal(got, 0);
	assert_int_equal(audio_output_frames(output), audio_input_frames(input));
	assert_int_equal(audio_output_commit(&output, &why), 0);
	audio_input_close(&input);
}

static void samples_pass_as_they_are(void **state)
{
	static const int16_t halves[] = { 0, -1, 32767, -32768, 5, 6, 7, 8 };
	static const int32_t words[] = { 0, -1, INT32_MAX, INT32_MIN, 5, 6 };
	static const char halves_text[] = "0\n-1\n32767\n-32768\n5\n6\n7\n8\n";
	static const char words_text[] = "0\n-1\n2147483647\n-2147483648\n5\n6\n";

	write_file("halves.raw", halves, sizeof(halves));
	write_file("words", words, sizeof(words));
	copy("halves.raw", AUDIO_S16, 2, "out.raw");
	holds("out.raw", halves, sizeof(halves));
	copy("halves.raw", AUDIO_S16, 2, "out.txt");
	holds("out.txt", halves_text, strlen(halves_text));
	copy("out.txt", AUDIO_S16, 4, "again.TXT");
	holds("again.TXT", halves_text, strlen(halves_text));
	copy("again.TXT", AUDIO_S16, 4, "again");
	holds("again", halves, sizeof(halves));
	copy("words", AUDIO_S32, 3, "words.txt");
	holds("words.txt", words_text, strlen(words_text));
	copy("words.txt", AUDIO_S32, 1, "words.raw");
	holds("words.raw", words, sizeof(words));
}

static void of_a_24_bit_word_the_upper_byte_does_not_count(void **state)
{
	static const uint32_t words[] = { 0x00ffffff, 0x12000001, 0x00800000, 0xff7fffff };
	static const int32_t samples[] = { -1, 1, -8388608, 8388607 };

	write_file("s24.raw", words, sizeof(words));
	copy("s24.raw", AUDIO_S24, 2, "s24-out.raw");
	holds("s24-out.raw", samples, sizeof(samples));
	copy("s24.raw", AUDIO_S24, 1, "s24.txt");
	holds("s24.txt", "-1\n1\n-8388608\n8388607\n", 22);
}

static void headers_are_written_and_held_against_what_is_said(void **state)
{
	static const int16_t halves[] = { 1, 2, 3, 4 };
	struct audio_plain plain = { .rate = 44100 };
	struct audio_input *input;

	write_file("in.raw", halves, sizeof(halves));
	copy("in.raw", AUDIO_S16, 2, "out.wav");
	copy("out.wav", AUDIO_S16, 2, "back.raw");
	holds("back.raw", halves, sizeof(halves));
	refused("out.wav", AUDIO_S32, 2, "its header says S16, 48000 Hz, 2 channels");
	refused("out.wav", AUDIO_S16, 3, "-b, -r and -c say otherwise");
	assert_int_not_equal(audio_input_open_as("out.wav", &plain, &input, &why), 0);
	assert_null(input);
	plain.rate = 0;
	assert_int_equal(audio_input_open_as("out.wav", &plain, &input, &why), 0);
	audio_input_close(&input);
}

static void what_is_wrong_is_told(void **state)
{
	struct audio_plain nothing = { 0 };
	struct audio_input *input;

	write_file("odd.raw", "abcdefghij", 10);
	write_file("empty.txt", " \n", 2);
	write_file("word.txt", "1\n2\nthree\n", 10);
	write_file("large.txt", "1 2\n\n40000", 10);
	write_file("dot.txt", "1.5", 3);
	write_file("minus.txt", "1 -", 3);
	write_file("huge.txt", "99999999999999999999999999", 26);
	write_file("three.txt", "1 2 3", 5);
	refused("odd.raw", AUDIO_S16, 2, "10 bytes are no whole number of frames of 2 S16");
	refused("odd.raw", AUDIO_S32, 9, "up to 768000 Hz and 8 channels");
	refused("empty.txt", AUDIO_S16, 2, "holds no frames");
	refused("word.txt", AUDIO_S16, 2, "word.txt: line 3: a whole number from -32768 to 32767");
	refused("large.txt", AUDIO_S16, 2, "line 3: a whole number");
	refused("dot.txt", AUDIO_S32, 1, "line 1: a whole number");
	refused("minus.txt", AUDIO_S24, 1, "from -8388608 to 8388607");
	refused("huge.txt", AUDIO_S32, 1, "from -2147483648 to 2147483647");
	refused("three.txt", AUDIO_S16, 2, "3 samples are no whole number of frames of 2");
	refused("missing.raw", AUDIO_S16, 2, "No such file");
	refused(".", AUDIO_S16, 2, "is a directory");
	refused("/dev/null", AUDIO_S16, 2, "is empty");
	memset(&why, 0, sizeof(why));
	assert_int_not_equal(audio_input_open_as("odd.raw", &nothing, &input, &why), 0);
	assert_non_null(strstr(why.text, "has no header: -b S16_LE, S24_LE or S32_LE and -r RATE"));
}

static void a_full_disk_is_told(void **state)
{
	struct audio_format format = { 48000, 2, AUDIO_S16, 2, 4, 0, 0 };
	static int16_t data[200000];
	struct audio_input *input;
	struct audio_output *output;
	int ret;

	write_file("in.raw", data, 400);
	input = open_as("in.raw", AUDIO_S16, 2);
	assert_non_null(input);
	format = *audio_input_format(input);
	audio_input_close(&input);
	assert_int_equal(audio_output_open("/dev/full", &format, &output, &why), 0);
	ret = audio_output_write(output, data, 100000, &why);
	if (ret)
		audio_output_discard(&output);
	else
		ret = audio_output_commit(&output, &why);
	assert_int_not_equal(ret, 0);
	assert_int_equal(why.code, EXIT_RUN_FAILED);
	assert_non_null(strstr(why.text, "No space left"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_pass_as_they_are),
		cmocka_unit_test(of_a_24_bit_word_the_upper_byte_does_not_count),
		cmocka_unit_test(headers_are_written_and_held_against_what_is_said),
		cmocka_unit_test(what_is_wrong_is_told),
		cmocka_unit_test(a_full_disk_is_told),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
