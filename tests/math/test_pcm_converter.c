/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* keep order: cmocka needs those above */
#include <cmocka.h>

#include <math.h>
#include <sof/audio/pcm_converter.h>
#include <string.h>

#define S16	SOF_IPC_FRAME_S16_LE
#define S24	SOF_IPC_FRAME_S24_4LE
#define S24_MSB SOF_IPC_FRAME_S24_4LE_MSB
#define S24_3	SOF_IPC_FRAME_S24_3LE
#define S32	SOF_IPC_FRAME_S32_LE

/* Container bytes, valid bits, and bits below them. */
struct layout {
	size_t bytes;
	int bits, below;
};

static struct layout layout_of(enum sof_ipc_frame container, enum sof_ipc_frame valid)
{
	const size_t bytes = container == S16 ? 2 : container == S24_3 ? 3 : 4;
	const int bits = valid == S16 ? 16 : valid == S32 ? 32 : 24;

	return (struct layout){ bytes, bits, valid == S24_MSB ? 8 : 0 };
}

/* Samples to try: the ends, the middle, and what lies half way between two of a shorter kind. */
static const int32_t values[] = { 0,	      1,	 -1,	     127,	  128,
				  -128,	      -129,	 0x7f,	     0x7fff,	  0x8000,
				  -0x8000,    -0x8001,	 0x7f80,     0x7fff7f,	  0x7fff80,
				  0x7fffff,   -0x800000, 0x7fff7fff, 0x7fff8000,  0x7fffff7f,
				  0x7fffff80, INT32_MAX, INT32_MIN,  -0x7fffff80, 0x12345678 };
#define COUNT (sizeof(values) / sizeof(values[0]))

static void put(uint8_t *at, struct layout layout, int32_t value)
{
	const uint32_t raw = (uint32_t)(value >> (32 - layout.bits)) << layout.below;

	memcpy(at, &raw, layout.bytes);
}

static double get(const uint8_t *at, struct layout layout)
{
	uint32_t raw = 0;

	memcpy(&raw, at, layout.bytes);
	raw <<= 32 - layout.bits - layout.below;
	return (int32_t)raw / pow(2, 32 - layout.bits);
}

/* What comes out is what went in, rounded half up to the shorter of the two and kept in range. */
static void check(pcm_converter_func convert, struct layout in, struct layout out)
{
	/* both rings wrap in the middle, in different places */
	uint8_t from[COUNT * 4 + 40], to[COUNT * 4 + 40];
	const size_t from_at = 7, to_at = 3, from_all = COUNT + 2, to_all = COUNT + 5;
	struct cir_buf_source source = { from, from + from_all * in.bytes,
					 from + from_at * in.bytes };
	struct cir_buf_sink sink = { to, to + to_all * out.bytes, to + to_at * out.bytes };

	memset(to, 0xaa, sizeof(to));
	for (size_t i = 0; i < COUNT; i++)
		put(from + (from_at + i) % from_all * in.bytes, in, values[i]);
	assert_int_equal(convert(&source, 2, &sink, 2, COUNT, DUMMY_CHMAP), COUNT);
	for (size_t i = 0; i < COUNT; i++) {
		const double x = get(from + (from_at + i) % from_all * in.bytes, in);
		const double full = pow(2, out.bits - 1);
		const double exact = x * pow(2, out.bits - in.bits);
		const double expected = fmin(floor(exact + 0.5), full - 1);
		const double y = get(to + (to_at + i) % to_all * out.bytes, out);

		if (y != expected)
			print_message("%d bits to %d: %#x\n", in.bits, out.bits,
				      (unsigned int)values[i]);
		assert_true(y == expected);
	}
	for (size_t i = to_all * out.bytes; i < sizeof(to); i++)
		assert_int_equal(to[i], 0xaa);
}

static void formats_convert(void **state)
{
	for (size_t i = 0; i < pcm_func_count; i++) {
		const struct pcm_func_map *it = &pcm_func_map[i];

		assert_ptr_equal(pcm_get_conversion_function(it->source, it->sink), it->func);
		check(it->func, layout_of(it->source, it->source), layout_of(it->sink, it->sink));
	}
	assert_true(pcm_func_count >= 12);
}

static void containers_convert(void **state)
{
	for (size_t i = 0; i < pcm_func_vc_count; i++) {
		const struct pcm_func_vc_map *it = &pcm_func_vc_map[i];

		assert_ptr_equal(pcm_get_conversion_vc_function(it->source, it->valid_src_bits,
								it->sink, it->valid_sink_bits,
								ipc4_gtw_host, ipc4_playback),
				 it->func);
		check(it->func, layout_of(it->source, it->valid_src_bits),
		      layout_of(it->sink, it->valid_sink_bits));
	}
	assert_true(pcm_func_vc_count >= 21);
}

static void the_undefined_top_byte_of_24_bits_says_nothing(void **state)
{
	const int32_t in[2] = { 0x55001234, (int32_t)0xaaff8000 };
	int32_t wide[2];
	int16_t narrow[2];
	struct cir_buf_source source = { in, in + 2, in };

	pcm_get_conversion_function(S24, S32)(
		&source, 1, &(struct cir_buf_sink){ wide, wide + 2, wide }, 1, 2, 0);
	pcm_get_conversion_function(S24, S16)(
		&source, 1, &(struct cir_buf_sink){ narrow, narrow + 2, narrow }, 1, 2, 0);
	assert_int_equal(wide[0], 0x00123400);
	assert_int_equal(wide[1], -0x800000);
	assert_int_equal(narrow[0], 0x12);
	assert_int_equal(narrow[1], -128);
}

static void bytes_are_copied(void **state)
{
	const uint8_t in[5] = { 1, 2, 3, 4, 5 };
	uint8_t out[4] = { 0 };
	struct cir_buf_source source = { in, in + 5, in + 3 };
	struct cir_buf_sink sink = { out, out + 4, out + 2 };

	assert_int_equal(just_copy_1b(&source, 1, &sink, 1, 4, 0), 4);
	assert_memory_equal(out, ((uint8_t[]){ 1, 2, 4, 5 }), 4);
}

static void what_there_is_not_is_null(void **state)
{
	assert_null(pcm_get_conversion_function(SOF_IPC_FRAME_FLOAT, S16));
	assert_null(
		pcm_get_conversion_vc_function(S16, S16, S16, S16, ipc4_gtw_all, ipc4_bidirection));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_convert),
		cmocka_unit_test(containers_convert),
		cmocka_unit_test(the_undefined_top_byte_of_24_bits_says_nothing),
		cmocka_unit_test(bytes_are_copied),
		cmocka_unit_test(what_there_is_not_is_null),
	};

	return cmocka_run_group_tests_name("PCM converters", tests, NULL, NULL);
}
