/* SPDX-License-Identifier: BSD-3-Clause */
/* Strings, characters, numbers from text and text from numbers. */
#define _GNU_SOURCE
#include "tally.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOM sizeof(((struct tally *)0)->bytes[0])

/* Of compilers and newer headers. */
char *__stpcpy_chk(char *to, const char *from, size_t room);
char *__strcat_chk(char *to, const char *from, size_t room);
char *__strcpy_chk(char *to, const char *from, size_t room);
char *__strncat_chk(char *to, const char *from, size_t size, size_t room);
char *__strncpy_chk(char *to, const char *from, size_t size, size_t room);
int __snprintf_chk(char *to, size_t size, int flag, size_t room, const char *format, ...);
int __vsnprintf_chk(char *to, size_t size, int flag, size_t room, const char *format, va_list args);
/* Newer headers redirect these names to the ones below; older objects call them as they are. */
long plain_strtol(const char *text, char **end, int base) __asm__("strtol");
long long plain_strtoll(const char *text, char **end, int base) __asm__("strtoll");
unsigned long plain_strtoul(const char *text, char **end, int base) __asm__("strtoul");
unsigned long long plain_strtoull(const char *text, char **end, int base) __asm__("strtoull");
long __isoc23_strtol(const char *text, char **end, int base) __attribute__((weak));
long long __isoc23_strtoll(const char *text, char **end, int base) __attribute__((weak));
unsigned long __isoc23_strtoul(const char *text, char **end, int base) __attribute__((weak));
unsigned long long __isoc23_strtoull(const char *text, char **end, int base) __attribute__((weak));

static void call_strings(struct tally *tally, size_t size)
{
	char *text = (char *)tally->bytes[0], *other = (char *)tally->bytes[1];
	char *(*volatile copy)(char *, const char *) = strcpy;
	char *(*volatile copy_to_end)(char *, const char *) = stpcpy;
	char *(*volatile copy_some)(char *, const char *, size_t) = strncpy;
	char *(*volatile append)(char *, const char *) = strcat;
	char *(*volatile append_some)(char *, const char *, size_t) = strncat;
	char *(*volatile append_chk)(char *, const char *, size_t, size_t) = __strncat_chk;
	char *(*volatile copy_chk)(char *, const char *, size_t, size_t) = __strncpy_chk;
	size_t (*volatile length)(const char *) = strlen;
	size_t (*volatile length_some)(const char *, size_t) = strnlen;

	memset(text, 'a', size);
	text[size] = 0;
	TALLY_CHECK(tally, length(text) == size && length_some(text, size + 9) == size);
	TALLY_CHECK(tally, length_some(text, size / 2) == size / 2);
	TALLY_CHECK(tally, copy(other, text) == other && length(other) == size);
	TALLY_CHECK(tally, copy_to_end(other, text) == other + size);
	TALLY_CHECK(tally, append(other, "bc") == other && other[size + 1] == 'c');
	TALLY_CHECK(tally, append_some(other, "defg", 2) == other && length(other) == size + 4);
	TALLY_CHECK(tally, copy_some(other, text, size + 5) == other && !other[size + 4]);
	TALLY_CHECK(tally, __strcpy_chk(other, text, ROOM) == other);
	TALLY_CHECK(tally, __stpcpy_chk(other, text, ROOM) == other + size);
	TALLY_CHECK(tally, __strcat_chk(other, "bc", ROOM) == other);
	TALLY_CHECK(tally, append_chk(other, "defg", 2, ROOM) == other);
	TALLY_CHECK(tally, length(other) == size + 4);
	TALLY_CHECK(tally, copy_chk(other, text, size + 5, ROOM) == other);
}

static void call_compare(struct tally *tally, size_t size)
{
	char *text = (char *)tally->bytes[0], *other = (char *)tally->bytes[1];
	int (*volatile compare)(const char *, const char *) = strcmp;
	int (*volatile compare_some)(const char *, const char *, size_t) = strncmp;
	int (*volatile compare_case)(const char *, const char *) = strcasecmp;
	int (*volatile compare_some_case)(const char *, const char *, size_t) = strncasecmp;

	memset(text, 'a', size);
	memcpy(text + size, "xy", 3);
	memset(other, 'A', size);
	memcpy(other + size, "Xz", 3);
	TALLY_CHECK(tally, (size ? compare(text, other) : 1) > 0 && compare(text, text) == 0);
	TALLY_CHECK(tally, compare_some(text, text, size) == 0);
	TALLY_CHECK(tally, compare_case(text, other) < 0);
	TALLY_CHECK(tally, compare_some_case(text, other, size + 1) == 0);
}

static void call_find(struct tally *tally, size_t size)
{
	char *text = (char *)tally->bytes[0];
	char *(*volatile find)(const char *, int) = strchr;
	char *(*volatile find_last)(const char *, int) = strrchr;
	char *(*volatile find_text)(const char *, const char *) = strstr;
	char *(*volatile find_any)(const char *, const char *) = strpbrk;
	size_t (*volatile span)(const char *, const char *) = strspn;
	size_t (*volatile span_not)(const char *, const char *) = strcspn;
	char *(*volatile token)(char *, const char *, char **) = strtok_r;
	char *rest = NULL;

	memset(text, 'a', size);
	memcpy(text + size, "xyx", 4);
	TALLY_CHECK(tally, find(text, 'x') == text + size && !find(text, 'q'));
	TALLY_CHECK(tally, find_last(text, 'x') == text + size + 2);
	TALLY_CHECK(tally, find_text(text, "yx") == text + size + 1 && !find_text(text, "zz"));
	TALLY_CHECK(tally, find_any(text, "zyx") == text + size);
	TALLY_CHECK(tally, span(text, "ab") == size && span_not(text, "yx") == size);
	TALLY_CHECK(tally, token(text, "y", &rest) == text && !strcmp(rest, "x"));
	TALLY_CHECK(tally, token(NULL, "y", &rest)[0] == 'x' && !token(NULL, "y", &rest));
}

static void call_characters(struct tally *tally)
{
	int (*volatile kinds[])(int) = { isalnum, isalpha,  isblank, iscntrl, isdigit,
					 isgraph, islower,  isprint, ispunct, isspace,
					 isupper, isxdigit, tolower, toupper };

	for (size_t kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++) {
		for (int c = -1; c < 256; c++) {
			int is = kinds[kind](c);

			is = kind < 12 ? !!is : is;
			tally_add(tally, &is, sizeof(is));
		}
	}
	TALLY_CHECK(tally, kinds[4]('7') && !kinds[4]('a') && kinds[13]('q') == 'Q');
	TALLY_CHECK(tally, (*__ctype_b_loc())['7'] & (unsigned short)_ISdigit);
	TALLY_CHECK(tally, (*__ctype_tolower_loc())['Q'] == 'q');
	TALLY_CHECK(tally, (*__ctype_toupper_loc())['q'] == 'Q');
}

static void call_parse(struct tally *tally)
{
	char *text = (char *)tally->bytes[0];
	long (*volatile to_long)(const char *, char **, int) = plain_strtol;
	long long (*volatile to_llong)(const char *, char **, int) = plain_strtoll;
	unsigned long (*volatile to_ulong)(const char *, char **, int) = plain_strtoul;
	unsigned long long (*volatile to_ullong)(const char *, char **, int) = plain_strtoull;
	int (*volatile to_int)(const char *) = atoi;
	long (*volatile to_long_only)(const char *) = atol;
	long long (*volatile to_llong_only)(const char *) = atoll;
	char *end;

	TALLY_CHECK(tally, to_long(" -0x1fg", &end, 0) == -31 && *end == 'g');
	errno = 0;
	TALLY_CHECK(tally, to_long("99999999999999999999", NULL, 10) == LONG_MAX);
	TALLY_CHECK(tally, errno == ERANGE);
	TALLY_CHECK(tally, to_llong("-z", &end, 36) == -35 && to_ulong("0777", NULL, 0) == 511);
	TALLY_CHECK(tally, to_ullong("18446744073709551615", NULL, 10) == ULLONG_MAX);
	memset(text, '0', LONG);
	memcpy(text + LONG, "17", 3);
	TALLY_CHECK(tally, to_long(text, NULL, 10) == 17 && to_int(text) == 17);
	TALLY_CHECK(tally, to_int("-12x") == -12 && to_long_only("13") == 13 &&
				   to_llong_only("-14") == -14);
	if (__isoc23_strtol)
		TALLY_CHECK(tally, __isoc23_strtol("0b11", NULL, 0) == 3);
	if (__isoc23_strtoll)
		TALLY_CHECK(tally, __isoc23_strtoll("0b11", NULL, 0) == 3);
	if (__isoc23_strtoul)
		TALLY_CHECK(tally, __isoc23_strtoul("0b11", NULL, 0) == 3);
	if (__isoc23_strtoull)
		TALLY_CHECK(tally, __isoc23_strtoull("0b11", NULL, 0) == 3);
}

static void call_parse_real(struct tally *tally)
{
	char *text = (char *)tally->bytes[0];
	static const char *const numbers[] = {
		"0",
		"-1.5",
		"1e308",
		"1e309",
		"4.9e-324",
		"1e-5000",
		"1.1754943508222875e-38",
		"0x1.8p3",
		"inf",
		"nan(123)",
		"x",
		"123456789012345678901234567890.5e-20",
	};
	double (*volatile to_double)(const char *, char **) = strtod;
	float (*volatile to_float)(const char *, char **) = strtof;
	double (*volatile to_double_only)(const char *) = atof;
	char *end;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		double d = to_double(numbers[i], &end);
		float f = to_float(numbers[i], &end);

		tally_add(tally, &d, sizeof(d));
		tally_add(tally, &f, sizeof(f));
		TALLY_CHECK(tally, d != d || to_double_only(numbers[i]) == d);
	}
	/* As many digits as fit: the result needs them all. */
	memset(text, '9', LONG);
	memcpy(text + LONG, "e-2999", 7);
	TALLY_CHECK(tally, to_double(text, &end) == 10.0 && !*end && to_float(text, NULL) == 10.0f);
}

static int format_list(char *to, size_t size, const char *format, ...)
{
	int (*volatile print)(char *, size_t, const char *, va_list) = vsnprintf;
	va_list args;
	int length;

	va_start(args, format);
	length = print(to, size, format, args);
	va_end(args);
	return length;
}

static int format_list_checked(char *to, size_t size, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = __vsnprintf_chk(to, size, 1, size, format, args);
	va_end(args);
	return length;
}

#define PRINTS(expected, ...)                                                                      \
	do {                                                                                       \
		int length = print(text, ROOM, __VA_ARGS__);                                       \
                                                                                                   \
		TALLY_CHECK(tally, length == (int)strlen(expected) && !strcmp(text, expected));    \
	} while (0)

static void call_format(struct tally *tally)
{
	char *text = (char *)tally->bytes[0];
	int (*volatile print)(char *, size_t, const char *, ...) = snprintf;
	int count = 0;

	PRINTS("plain 100%", "plain %d%%", 100);
	PRINTS("[   -7|-7   |-0007|+7| 7]", "[%5d|%-5d|%05d|%+d|% d]", -7, -7, -7, 7, 7);
	PRINTS("[00012|   00012|]", "[%.5d|%8.5d|%.0d]", 12, 12, 0);
	PRINTS("[ff|0XFF|0x00ff|017|0]", "[%x|%#X|%#06x|%#o|%#x]", 255, 255, 255, 15, 0);
	PRINTS("[-1|255|65535|-1]", "[%hhd|%hhu|%hu|%hd]", 255, 255, 65535, 65535);
	PRINTS("-9223372036854775808 18446744073709551615", "%lld %llu", LLONG_MIN, ULLONG_MAX);
	PRINTS("-5 5 6 7", "%jd %zu %td %lu", (intmax_t)-5, (size_t)5, (ptrdiff_t)6, 7ul);
	PRINTS("[abc|  abc|abc  |ab|]", "[%s|%5s|%-5s|%.2s|%.0s]", "abc", "abc", "abc", "abc",
	       "abc");
	PRINTS("[x|  x|x  ]", "[%c|%3c|%-3c]", 'x', 'x', 'x');
	PRINTS("[    7|7    |007]", "[%*d|%*d|%.*d]", 5, 7, -5, 7, 3, 7);
	PRINTS("(nil) 0x10", "%p %p", NULL, (void *)16);
	PRINTS("ab", "a%nb", &count);
	TALLY_CHECK(tally, count == 1);
	TALLY_CHECK(tally, print(text, 4, "%d", 123456) == 6 && !strcmp(text, "123"));
	TALLY_CHECK(tally, print(NULL, 0, "%s %d", "abc", 7) == 5);
	TALLY_CHECK(tally, format_list(text, ROOM, "%d %s", 1, "two") == 5);
	TALLY_CHECK(tally, format_list_checked(text, ROOM, "%d %s", 1, "two") == 5);
	TALLY_CHECK(tally, __snprintf_chk(text, 20, 1, ROOM, "%d", 9) == 1);
}

static void call_format_real(struct tally *tally)
{
	char *text = (char *)tally->bytes[0];
	int (*volatile print)(char *, size_t, const char *, ...) = snprintf;

	PRINTS("[1.500000|  -0.25|1.3e+10|1.25E-07]", "[%f|%7.2f|%.1e|%.2E]", 1.5, -0.25, 1.3e10,
	       1.25e-7);
	PRINTS("[0.1|1e+20|100000|1.00000]", "[%g|%g|%g|%#g]", 0.1, 1e20, 1e5, 1.0);
	PRINTS("[inf|-INF|nan|  inf|0x1.8p+1]", "[%f|%F|%e|%05f|%a]", INFINITY, -INFINITY,
	       (double)NAN, INFINITY, 3.0);
	PRINTS("[00001.50|+1.5|1.50    |1.|0x1p+0]", "[%08.2f|%+.1f|%-8.2f|%#.0f|%.0a]", 1.5, 1.5,
	       1.5, 1.0, 1.0);
	PRINTS("[1.5|2.5]", "[%.1Lf|%Lg]", 1.5L, 2.5L);
	TALLY_CHECK(tally, print(text, ROOM, "%f", 1.7e308) == 316 && text[308] != '.');
}

/* Longer than what a C library keeps on its stack. */
static void call_format_long(struct tally *tally)
{
	char *text = (char *)tally->bytes[0], *other = (char *)tally->bytes[1];
	int (*volatile print)(char *, size_t, const char *, ...) = snprintf;

	TALLY_CHECK(tally, print(text, ROOM, "%2500d", 7) == 2500 && text[2499] == '7');
	TALLY_CHECK(tally, print(text, ROOM, "%.2500d", 7) == 2500 && text[0] == '0');
	TALLY_CHECK(tally, print(text, ROOM, "%-2500d|", 7) == 2501 && text[2500] == '|');
	TALLY_CHECK(tally, print(text, ROOM, "%2500s", "x") == 2500 && text[0] == ' ');
	TALLY_CHECK(tally, print(text, ROOM, "%2500.3f", 0.5) == 2500 && text[2499] == '0');
	TALLY_CHECK(tally, print(text, ROOM, "%.2500f", 0.1) == 2502 && text[2501] == '0');
	TALLY_CHECK(tally, !memcmp(text,
				   "0.1000000000000000055511151231257827021181583404541015625"
				   "000000000000",
				   69));
	TALLY_CHECK(tally, print(text, ROOM, "%.2500e", 0.5) == 2506);
	TALLY_CHECK(tally, !strcmp(text + 2498, "0000e-01"));
	TALLY_CHECK(tally, print(text, ROOM, "%.2500g", 0.5) == 3 && !strcmp(text, "0.5"));
	TALLY_CHECK(tally, print(text, ROOM, "%#.2500g", 0.5) == 2502 && text[2501] == '0');
	TALLY_CHECK(tally, print(text, ROOM, "%.2500a", 1.0) == 2507);
	TALLY_CHECK(tally, !strcmp(text + 2500, "0000p+0"));
	TALLY_CHECK(tally, print(text, ROOM, "%.1f", 1.7e308) == 311);
	TALLY_CHECK(tally, print(text, 20, "%.20000f|%s", 1.5, "end") == 20006);
	memset(other, 's', LONG);
	other[LONG] = 0;
	TALLY_CHECK(tally, print(text, ROOM, "%s%d", other, 12345) == LONG + 5);
}

void call_text(struct tally *tally)
{
	static const size_t sizes[] = { 0, 1, 15, 200, LONG };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		call_strings(tally, sizes[i]);
		call_compare(tally, sizes[i]);
		call_find(tally, sizes[i]);
	}
	call_characters(tally);
	call_parse(tally);
	call_parse_real(tally);
	call_format(tally);
	call_format_real(tally);
	call_format_long(tally);
}
