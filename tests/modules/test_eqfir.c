/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "golden.h"
#include "random.h"

#include "../../modules/eqfir/eqfir.c"

#define FRAMES 700

static const enum sof_ipc_frame formats[] = { SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S24_4LE,
					      SOF_IPC_FRAME_S32_LE };
static const struct harness_format stereo = { SOF_IPC_FRAME_S32_LE, 2, 48000 };

#define HEAD_WORDS (sizeof(struct sof_eq_fir_config) / sizeof(int16_t))

/* A blob under construction, in words of 16 bits. */
struct blob {
	int16_t word[SOF_EQ_FIR_MAX_SIZE / sizeof(int16_t)];
	size_t words;
};

static void blob_begin(struct blob *blob, unsigned int channels, const int16_t *responses)
{
	memset(blob, 0, sizeof(*blob));
	blob->word[2] = (int16_t)channels;
	memcpy(blob->word + HEAD_WORDS, responses, channels * sizeof(*responses));
	blob->words = HEAD_WORDS + channels;
}

static int16_t *blob_response(struct blob *blob, unsigned int taps, int shift)
{
	int16_t *const head = blob->word + blob->words;

	blob->word[3]++;
	head[0] = (int16_t)taps;
	head[1] = (int16_t)shift;
	blob->words += SOF_FIR_COEF_NHEADER + taps;
	return head + SOF_FIR_COEF_NHEADER;
}

static size_t blob_end(struct blob *blob)
{
	const uint32_t bytes = (uint32_t)(blob->words * sizeof(blob->word[0]));

	memcpy(blob->word, &bytes, sizeof(bytes));
	return bytes;
}

/* Two responses of four taps: half, and the sample before. */
static size_t small_blob(struct blob *blob)
{
	static const int16_t both[2] = { 0, 1 };

	blob_begin(blob, 2, both);
	blob_response(blob, 4, 0)[0] = 1 << 14;
	blob_response(blob, 4, -1)[1] = 1 << 14;
	return blob_end(blob);
}

static void s16_equals_sof(void **state)
{
	golden_check(&mod_manifest, "eqfir", 16, "eqfir.blob0.bin");
}

static void s32_equals_sof(void **state)
{
	golden_check(&mod_manifest, "eqfir", 32, "eqfir.blob0.bin");
}

/* The equation, one product after the other. */
static int32_t by_definition(enum sof_ipc_frame fmt, const void *in, size_t frame, size_t channel,
			     size_t channels, const int16_t *coeffs, size_t taps, int shift)
{
	const int unit = fmt == SOF_IPC_FRAME_S16_LE ? 16 : fmt == SOF_IPC_FRAME_S24_4LE ? 8 : 0;
	int64_t sum = 0, y;

	for (size_t k = 0; k < taps && k <= frame; k++)
		sum += (int64_t)coeffs[k] * sample_at(fmt, in, (frame - k) * channels + channel) *
		       (1 << unit);
	y = sat_int32(sum >> (15 + shift));
	if (!unit)
		return (int32_t)y;
	y = ((y >> (unit - 1)) + 1) >> 1;
	return fmt == SOF_IPC_FRAME_S16_LE ? sat_int16((int32_t)y) : sat_int24((int32_t)y);
}

/* From those whose sums fit into 32 bits to those of which two coefficients do not. */
static int16_t random_coefficient(uint64_t *seed, unsigned int kind)
{
	const int16_t any = (int16_t)random_next(seed);

	if (kind == 0)
		return any < 0 ? INT16_MIN : INT16_MAX;
	return (int16_t)(any >> (kind * 2));
}

static void every_sample_is_the_sum_of_products(void **state)
{
	static int32_t in[FRAMES * 8], out[FRAMES * 8];
	static struct blob blob;
	uint64_t seed = 0x6571666972;

	for (unsigned int round = 0; round < 150; round++) {
		const struct harness_format format = { formats[round % 3], round / 3 % 8 + 1,
						       48000 };
		const unsigned int taps[2] = { (round * 4) % 256 + 4,
					       4 * random_below(&seed, 64) + 4 };
		const int shift[2] = { (int)random_below(&seed, 12) - 4, 0 };
		/* more channels than the blob names, and fewer */
		const int16_t responses[4] = { 1, -1, 0, 1 };
		int16_t *coeffs[2];
		struct harness *h;

		blob_begin(&blob, 4, responses);
		for (unsigned int i = 0; i < 2; i++) {
			coeffs[i] = blob_response(&blob, taps[i], shift[i]);
			for (unsigned int k = 0; k < taps[i]; k++)
				coeffs[i][k] = random_coefficient(&seed, round % 5);
		}
		random_audio(&seed, format.fmt, in, FRAMES * format.channels);
		assert_int_equal(harness_new(&h, &mod_manifest, &format, NULL, 0), 0);
		assert_int_equal(harness_configure(h, 0, blob.word, blob_end(&blob)), 0);
		assert_int_equal(harness_prepare(h, 4004, 3012), 0);
		assert_int_equal(harness_process(h, in, out, FRAMES, round % 4 * 33), 0);
		for (size_t i = 0; i < FRAMES * format.channels; i++) {
			const size_t frame = i / format.channels, ch = i % format.channels;
			const int response = responses[MIN(ch, 3)];
			const int32_t expected =
				response < 0 ? sample_at(format.fmt, in, i) :
					       by_definition(format.fmt, in, frame, ch,
							     format.channels, coeffs[response],
							     taps[response], shift[response]);

			if (sample_at(format.fmt, out, i) != expected)
				fail_msg("round %u frame %zu channel %zu: %d instead of %d", round,
					 frame, ch, sample_at(format.fmt, out, i), expected);
		}
		assert_int_equal(harness_free(&h), 0);
	}
}

static void without_a_blob_and_with_all_channels_passing_audio_is_copied(void **state)
{
	static const int16_t none[2] = { -1, -1 };
	const int32_t in[8] = { 1, -1, INT32_MAX, INT32_MIN, 5, 6, 7, 8 };
	struct blob blob;
	struct harness *h;
	int32_t out[8];

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	assert_int_equal(harness_prepare(h, 36, 20), 0);
	assert_int_equal(harness_process(h, in, out, 4, 1), 0);
	assert_memory_equal(in, out, sizeof(in));
	blob_begin(&blob, 2, none);
	assert_int_equal(harness_configure(h, 0, blob.word, blob_end(&blob)), 0);
	assert_int_equal(harness_process(h, in, out, 4, 2), 0);
	assert_memory_equal(in, out, sizeof(in));
	assert_int_equal(harness_free(&h), 0);
}

static void a_new_blob_counts_from_the_next_call_and_starts_from_silence(void **state)
{
	const int32_t in[2] = { 1000, 1000 };
	struct blob blob;
	struct harness *h;
	int32_t out[2];

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_memory_equal(in, out, sizeof(in));
	for (int turn = 0; turn < 2; turn++) {
		assert_int_equal(harness_configure(h, 0, blob.word, small_blob(&blob)), 0);
		assert_int_equal(harness_process(h, in, out, 1, 1), 0);
		assert_int_equal(out[0], 500);
		assert_int_equal(out[1], 0);
		assert_int_equal(harness_process(h, in, out, 1, 1), 0);
		assert_int_equal(out[1], 1000);
	}
	/* a bad one changes nothing */
	small_blob(&blob);
	blob.word[2] = 1;
	assert_int_equal(harness_configure(h, 0, blob.word, blob.words * 2), -EINVAL);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_int_equal(out[0], 500);
	assert_int_equal(out[1], 1000);
	/* stopped and started it is silent again, and the blob is the same */
	assert_int_equal(harness_reset(h), 0);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_int_equal(out[0], 500);
	assert_int_equal(out[1], 0);
	assert_int_equal(harness_free(&h), 0);
}

static void truncated_blobs_are_refused(void **state)
{
	struct blob blob;
	const size_t whole = small_blob(&blob);
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	for (uint32_t size = 1; size < whole; size++) {
		small_blob(&blob);
		assert_int_not_equal(harness_configure(h, 0, blob.word, size), 0);
		memcpy(blob.word, &size, sizeof(size)); /* and one that tells its size right */
		assert_int_not_equal(harness_configure(h, 0, blob.word, size), 0);
	}
	assert_int_equal(harness_free(&h), 0);
}

/* Each word of size, count or index, by itself. */
static void hostile_words_are_refused(void **state)
{
	const unsigned int first = HEAD_WORDS + 2, second = first + SOF_FIR_COEF_NHEADER + 4;
	const struct {
		unsigned int word;
		int value;
	} hostile[] = {
		{ 0, 0 },
		{ 0, 16 },
		{ 1, 1 },
		{ 1, -1 },
		{ 2, 0 },
		{ 2, 1 },
		{ 2, 3 },
		{ 2, 8 },
		{ 2, 10 },
		{ 2, -1 },
		{ 3, 0 },
		{ 3, 1 },
		{ 3, 3 },
		{ 3, 9 },
		{ 3, -1 },
		{ HEAD_WORDS, 2 },
		{ HEAD_WORDS, 32767 },
		{ HEAD_WORDS + 1, 2 },
		{ first, 0 },
		{ first, 3 },
		{ first, 8 },
		{ first, 260 },
		{ first, -4 },
		{ first, INT16_MIN },
		{ first, 32764 },
		{ first + 1, -16 },
		{ first + 1, 49 },
		{ first + 1, INT16_MIN },
		{ second, 8 },
		{ second, 6 },
		{ second, -32768 },
		{ second + 1, 32767 },
	};
	struct blob blob;
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	for (size_t i = 0; i < ARRAY_SIZE(hostile); i++) {
		const size_t size = small_blob(&blob);

		blob.word[hostile[i].word] = (int16_t)hostile[i].value;
		if (harness_configure(h, 0, blob.word, size) != -EINVAL)
			fail_msg("word %u = %d was taken", hostile[i].word, hostile[i].value);
	}
	small_blob(&blob);
	assert_int_equal(harness_configure(h, 0, blob.word, SOF_EQ_FIR_MAX_SIZE + 2), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static void formats_it_can_not_filter_are_refused(void **state)
{
	const struct harness_format bad[] = { { SOF_IPC_FRAME_FLOAT, 2, 48000 },
					      { SOF_IPC_FRAME_S32_LE, 0, 48000 },
					      { SOF_IPC_FRAME_S32_LE, 9, 48000 },
					      { SOF_IPC_FRAME_S16_LE, 2, 48000 } };
	const struct harness_format two[2] = { stereo, stereo };
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		/* the last is one for the source and not for the sink */
		harness_ports(h, 1, &bad[i], 1, i == 3 ? &stereo : &bad[i]);
		assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	}
	harness_ports(h, 2, two, 1, two);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, two, 2, two);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static void no_memory_is_an_error_and_leaves_nothing(void **state)
{
	struct blob blob;
	const size_t size = small_blob(&blob);
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
	assert_int_equal(harness_configure(h, 0, blob.word, size), -ENOMEM);
	assert_int_equal(harness_prepare(h, 64, 64), -ENOMEM);
	harness_fail_allocation(-1);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_free(&h), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s16_equals_sof),
		cmocka_unit_test(s32_equals_sof),
		cmocka_unit_test(every_sample_is_the_sum_of_products),
		cmocka_unit_test(without_a_blob_and_with_all_channels_passing_audio_is_copied),
		cmocka_unit_test(a_new_blob_counts_from_the_next_call_and_starts_from_silence),
		cmocka_unit_test(truncated_blobs_are_refused),
		cmocka_unit_test(hostile_words_are_refused),
		cmocka_unit_test(formats_it_can_not_filter_are_refused),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
