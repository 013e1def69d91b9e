/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "blob.h"

static int parse(const void *data, size_t size, struct blob *blob, struct problem *why)
{
	memset(why, 0, sizeof(*why));
	return blob_parse("x.txt", data, size, blob, why);
}

static void expect_payload(const void *data, size_t size, uint32_t param_id, const uint8_t *payload,
			   size_t payload_size)
{
	struct problem why;
	struct blob blob;

	assert_int_equal(parse(data, size, &blob, &why), 0);
	assert_int_equal(blob.param_id, param_id);
	assert_int_equal(blob.size, payload_size);
	assert_memory_equal(blob.payload, payload, payload_size);
	blob_free(&blob);
}

static void expect_refusal(const void *data, size_t size, const char *part)
{
	struct problem why;
	struct blob blob;

	assert_int_equal(parse(data, size, &blob, &why), -EINVAL);
	assert_int_equal(why.code, EXIT_BAD_INPUT);
	assert_null(blob.memory);
	if (!strstr(why.text, part))
		fail_msg("'%s' lacks '%s'", why.text, part);
}

#define TEXT(text) text, sizeof(text) - 1

static const uint8_t payload8[] = { 8, 0, 0, 0, 0xff, 0xff, 0xff, 0xff };

static void text_with_both_headers(void **state)
{
	expect_payload(TEXT("3,40,877023059,0,8,50450433,0,0,0,0,8,4294967295\n"), 0, payload8,
		       sizeof(payload8));
}

static void text_with_abi_header_and_parameter_id(void **state)
{
	expect_payload(TEXT("877023059,7,8,50450433,0,0,0,0,8,0xFFFFFFFF,"), 7, payload8,
		       sizeof(payload8));
}

static void text_with_ipc3_magic(void **state)
{
	expect_payload(TEXT("4607827,0,8,50450433,0,0,0,0,8,4294967295"), 0, payload8,
		       sizeof(payload8));
}

static void text_of_payload_alone(void **state)
{
	expect_payload(TEXT(" 8 ,\r\n 4294967295 "), 0, payload8, sizeof(payload8));
}

static void binary_with_headers(void **state)
{
	static const uint32_t words[] = { 3, 40, 0x34464f53, 2, 8, 0, 0, 0, 0, 0, 8, 0xffffffff };

	expect_payload(words, sizeof(words), 2, payload8, sizeof(payload8));
	expect_payload(words + 2, sizeof(words) - 8, 2, payload8, sizeof(payload8));
}

static void binary_of_payload_alone(void **state)
{
	expect_payload(payload8, sizeof(payload8), 0, payload8, sizeof(payload8));
	/* A payload's size needs not be a multiple of a word. */
	expect_payload(payload8, 5, 0, payload8, 5);
}

static void expect_bytes(const char *name, const char *data, size_t size)
{
	struct problem why = { 0 };
	struct blob blob;

	assert_int_equal(blob_parse(name, data, strlen(data), &blob, &why), 0);
	assert_int_equal(blob.size, size);
	if (size == strlen(data))
		assert_memory_equal(blob.payload, data, size);
	blob_free(&blob);
}

/* Q1.31 of 0.8 and 0.4 is "ffff3333". */
static void payload_that_is_printable(void **state)
{
	struct problem why = { 0 };
	struct blob blob;

	expect_bytes("gains", "ffff3333", 8);
	expect_bytes("gains.bin", "ffff3333", 8);
	expect_bytes("gains.raw", "3333ffff", 8);
	expect_bytes("gains", "3, 4 and more", 13);
	expect_bytes("gains", "    ", 4);
	/* A list of numbers is text, unless the name says otherwise. */
	expect_bytes("gains", "33333333", 4);
	expect_bytes("gains", "1,2,3", 12);
	expect_bytes("gains.BIN", "1,2,3", 5);
	assert_int_equal(blob_parse("gains.txt", "ffff3333", 8, &blob, &why), -EINVAL);
	assert_non_null(strstr(why.text, "line 1 column 1: 'f'"));
}

/* As sof-ctl writes 6 bytes: the last word is padded, and headers tell 6. */
static void text_whose_size_is_no_multiple_of_4(void **state)
{
	static const uint8_t six[] = { 1, 2, 3, 4, 5, 6 };

	expect_payload(TEXT("3,38,877023059,0,6,50450433,0,0,0,0,67305985,1541"), 0, six, 6);
	expect_payload(TEXT("877023059,0,6,50450433,0,0,0,0,67305985,1541"), 0, six, 6);
	expect_refusal(TEXT("877023059,0,4,50450433,0,0,0,0,67305985,1541"), "tells of 4");
	expect_refusal(TEXT("877023059,0,9,50450433,0,0,0,0,67305985,1541"), "tells of 9");
}

static void refuses_empty(void **state)
{
	expect_refusal("", 0, "empty");
}

static void refuses_text_that_is_no_number(void **state)
{
	expect_refusal(TEXT("3,40,\n877023059,x"), "line 2 column 11: 'x'");
	expect_refusal(TEXT("1,-2"), "'-'");
	expect_refusal(TEXT("1,,2"), "','");
	expect_refusal(TEXT("1;2"), "comma");
	expect_refusal(TEXT("4294967296"), "32 bits");
	expect_refusal(TEXT("0x"), "'x'");
}

static void refuses_sizes_that_do_not_match(void **state)
{
	expect_refusal(TEXT("3,44,877023059,0,8,0,0,0,0,0,8,1"), "TLV header tells of 44");
	expect_refusal(TEXT("3,40,877023059,0,9,0,0,0,0,0,8,1"), "ABI header tells of 9");
	expect_refusal(TEXT("877023059,0,8,0,0,0,0,0,8"), "4 follow");
	expect_refusal(TEXT("877023059,0,8"), "cut short");
	expect_refusal(TEXT("877023059,0,0,0,0,0,0,0"), "no payload");
	expect_refusal(TEXT("877023059,256,4,0,0,0,0,0,1"), "parameter id 256");
}

static void every_shortening_of_a_good_binary_is_refused(void **state)
{
	static const uint32_t words[] = { 3, 40, 0x34464f53, 2, 8, 0, 0, 0, 0, 0, 8, 0xffffffff };
	struct problem why;
	struct blob blob;
	size_t size;

	/* Below 12 bytes nothing tells it from a payload. */
	for (size = 12; size < sizeof(words); size++)
		assert_int_equal(parse(words, size, &blob, &why), -EINVAL);
}

static void a_missing_file_is_named(void **state)
{
	struct problem why = { 0 };
	struct blob blob;

	assert_int_equal(blob_read("no-such-file.txt", &blob, &why), -ENOENT);
	assert_non_null(strstr(why.text, "no-such-file.txt"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_with_both_headers),
		cmocka_unit_test(text_with_abi_header_and_parameter_id),
		cmocka_unit_test(text_with_ipc3_magic),
		cmocka_unit_test(text_of_payload_alone),
		cmocka_unit_test(binary_with_headers),
		cmocka_unit_test(binary_of_payload_alone),
		cmocka_unit_test(payload_that_is_printable),
		cmocka_unit_test(text_whose_size_is_no_multiple_of_4),
		cmocka_unit_test(refuses_empty),
		cmocka_unit_test(refuses_text_that_is_no_number),
		cmocka_unit_test(refuses_sizes_that_do_not_match),
		cmocka_unit_test(every_shortening_of_a_good_binary_is_refused),
		cmocka_unit_test(a_missing_file_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
