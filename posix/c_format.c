/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * snprintf() and vsnprintf() in user mode. The host's allocates memory for long fields, which a user
 * thread can't. Supervisor code still gets the host's.
 *
 * Everything of ISO C is here; of the extensions only %m and arguments by number (%1$d) are missing,
 * which the board does not have either, and they are printed as they stand. Digits of floating-point
 * numbers come from the host's function, which allocates nothing for fields that are not longer than
 * REAL_BYTES; the rest of a longer field is zeros or spaces, which are added here.
 */
#include "board.h"
#include "fault.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* A double has at most 1074 digits behind the point and 309 before it. */
#define REAL_PRECISION_MAX 1100
#define REAL_BYTES	   1536
#define INTEGER_DIGITS_MAX 22 /* 64 bits, octal */

enum size { SIZE_INT, SIZE_CHAR, SIZE_SHORT, SIZE_LONG, SIZE_LONG_DOUBLE };

struct conversion {
	bool left, plus, space, alternate, zero;
	size_t width;
	bool has_precision;
	size_t precision;
	enum size size;
	char kind;
};

struct output {
	char *to;
	size_t size;   /* of the buffer */
	size_t length; /* of the text, whether it fits or not */
};

/* The C library's internal name; the plain name is defined below. */
int __vsnprintf(char *to, size_t size, const char *format, va_list args);
int __snprintf_chk(char *to, size_t size, int flag, size_t room, const char *format, ...);
int __vsnprintf_chk(char *to, size_t size, int flag, size_t room, const char *format, va_list args);

/* One byte of the buffer stays free for the NUL. */
static size_t room_left(const struct output *output)
{
	return output->length + 1 < output->size ? output->size - output->length - 1 : 0;
}

static void put(struct output *output, const char *text, size_t length)
{
	size_t fitting = MIN(length, room_left(output));

	if (fitting)
		memcpy(output->to + output->length, text, fitting);
	output->length += length;
}

static void pad(struct output *output, char with, size_t length)
{
	size_t fitting = MIN(length, room_left(output));

	if (fitting)
		memset(output->to + output->length, with, fitting);
	output->length += length;
}

/* Parts of a field, from left to right. */
struct field {
	const char *prefix;
	size_t prefix_length;
	size_t zeros;
	const char *body;
	size_t body_length;
	size_t inner_zeros; /* behind the body */
	const char *tail;
	size_t tail_length;
};

static void put_field(struct output *output, const struct conversion *conversion,
		      struct field field, bool zero)
{
	size_t length = field.prefix_length + field.zeros + field.body_length + field.inner_zeros +
			field.tail_length;
	size_t padding = conversion->width > length ? conversion->width - length : 0;

	if (!conversion->left && zero)
		field.zeros += padding;
	else if (!conversion->left)
		pad(output, ' ', padding);
	put(output, field.prefix, field.prefix_length);
	pad(output, '0', field.zeros);
	put(output, field.body, field.body_length);
	pad(output, '0', field.inner_zeros);
	put(output, field.tail, field.tail_length);
	if (conversion->left)
		pad(output, ' ', padding);
}

static void put_text(struct output *output, const struct conversion *conversion, const char *text,
		     size_t length)
{
	put_field(output, conversion,
		  (struct field){ .prefix = "", .body = text, .body_length = length, .tail = "" },
		  false);
}

static void put_integer(struct output *output, const struct conversion *conversion,
			unsigned long long value, const char *prefix)
{
	const char *digits = conversion->kind == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
	unsigned int base = conversion->kind == 'o'			       ? 8 :
			    conversion->kind == 'd' || conversion->kind == 'u' ? 10 :
										 16;
	size_t wanted = conversion->has_precision ? conversion->precision : 1, count = 0;
	char text[INTEGER_DIGITS_MAX];
	struct field field = { .prefix = prefix, .prefix_length = strlen(prefix), .tail = "" };

	for (; value; value /= base)
		text[sizeof(text) - ++count] = digits[value % base];
	if (conversion->kind == 'o' && conversion->alternate && wanted <= count)
		wanted = count + 1;
	field.zeros = wanted > count ? wanted - count : 0;
	field.body = text + sizeof(text) - count;
	field.body_length = count;
	put_field(output, conversion, field, conversion->zero && !conversion->has_precision);
}

static long long take_signed(enum size size, va_list *args)
{
	switch (size) {
	case SIZE_CHAR:
		return (signed char)va_arg(*args, int);
	case SIZE_SHORT:
		return (short)va_arg(*args, int);
	case SIZE_INT:
		return va_arg(*args, int);
	default:
		return va_arg(*args, long long);
	}
}

static unsigned long long take_unsigned(enum size size, va_list *args)
{
	switch (size) {
	case SIZE_CHAR:
		return (unsigned char)va_arg(*args, unsigned int);
	case SIZE_SHORT:
		return (unsigned short)va_arg(*args, unsigned int);
	case SIZE_INT:
		return va_arg(*args, unsigned int);
	default:
		return va_arg(*args, unsigned long long);
	}
}

static void format_signed(struct output *output, const struct conversion *conversion, va_list *args)
{
	long long value = take_signed(conversion->size, args);
	unsigned long long magnitude =
		value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value;

	put_integer(output, conversion, magnitude,
		    value < 0	      ? "-" :
		    conversion->plus  ? "+" :
		    conversion->space ? " " :
					"");
}

static void format_unsigned(struct output *output, const struct conversion *conversion,
			    va_list *args)
{
	unsigned long long value = take_unsigned(conversion->size, args);
	const char *prefix = "";

	if (conversion->alternate && value && conversion->kind == 'x')
		prefix = "0x";
	if (conversion->alternate && value && conversion->kind == 'X')
		prefix = "0X";
	put_integer(output, conversion, value, prefix);
}

static void format_pointer(struct output *output, struct conversion *conversion, va_list *args)
{
	uintptr_t value = (uintptr_t)va_arg(*args, void *);

	conversion->kind = 'x';
	if (value)
		put_integer(output, conversion, value, "0x");
	else
		put_text(output, conversion, "(nil)", 5);
}

static void format_string(struct output *output, const struct conversion *conversion, va_list *args)
{
	size_t most = conversion->has_precision ? conversion->precision : SIZE_MAX;
	const char *text = va_arg(*args, const char *);

	if (!text)
		text = most >= 6 ? "(null)" : "";
	put_text(output, conversion, text, most == SIZE_MAX ? strlen(text) : strnlen(text, most));
}

/* In the C locale, which is the only one: each character is one byte, or none. 0 or -EILSEQ. */
static int format_wide(struct output *output, const struct conversion *conversion,
		       const wchar_t *text, size_t most)
{
	size_t length = 0;

	while (length < most && text[length]) {
		if ((unsigned int)text[length] > 127)
			return -EILSEQ;
		length++;
	}
	if (!conversion->left)
		pad(output, ' ', conversion->width > length ? conversion->width - length : 0);
	for (size_t i = 0; i < length; i++)
		put(output, &(char){ (char)text[i] }, 1);
	if (conversion->left)
		pad(output, ' ', conversion->width > length ? conversion->width - length : 0);
	return 0;
}

static int format_character(struct output *output, const struct conversion *conversion,
			    va_list *args)
{
	int character = va_arg(*args, int);

	if (conversion->size == SIZE_LONG)
		return format_wide(output, conversion, (const wchar_t[]){ character, 0 }, 1);
	put_text(output, conversion, &(char){ (char)character }, 1);
	return 0;
}

static int format_text(struct output *output, const struct conversion *conversion, va_list *args)
{
	if (conversion->size == SIZE_LONG)
		return format_wide(output, conversion, va_arg(*args, const wchar_t *),
				   conversion->has_precision ? conversion->precision : SIZE_MAX);
	format_string(output, conversion, args);
	return 0;
}

static int print_host(char *to, size_t size, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = __vsnprintf(to, size, format, args);
	va_end(args);
	return length;
}

/* The number without padding. A long double that is longer than any double comes with an exponent. */
static size_t print_real(char *text, const struct conversion *conversion, size_t precision,
			 va_list *args)
{
	const bool is_long = conversion->size == SIZE_LONG_DOUBLE;
	char format[12], kind = conversion->kind;
	int length;

	for (long double value = is_long ? va_arg(*args, long double) : va_arg(*args, double);;
	     kind = kind == 'F' ? 'E' : 'e') {
		snprintf(format, sizeof(format), "%%%s%s%s%s%s%c", conversion->plus ? "+" : "",
			 conversion->space ? " " : "", conversion->alternate ? "#" : "",
			 conversion->has_precision ? ".*" : "", is_long ? "L" : "", kind);
		if (conversion->has_precision && is_long)
			length = print_host(text, REAL_BYTES, format, (int)precision, value);
		else if (conversion->has_precision)
			length =
				print_host(text, REAL_BYTES, format, (int)precision, (double)value);
		else if (is_long)
			length = print_host(text, REAL_BYTES, format, value);
		else
			length = print_host(text, REAL_BYTES, format, (double)value);
		if (length < REAL_BYTES)
			return length < 0 ? 0 : (size_t)length;
	}
}

/* The zeros that were cut off belong before the exponent, or at the end. */
static void add_precision(struct field *field, const struct conversion *conversion, size_t missing)
{
	const char *end = field->body + field->body_length;
	const char *at = field->body;
	const char *exponent = conversion->kind == 'a' || conversion->kind == 'A' ? "pP" : "eE";

	if ((conversion->kind == 'g' || conversion->kind == 'G') && !conversion->alternate)
		return;
	while (at < end && !strchr(exponent, *at))
		at++;
	field->inner_zeros = missing;
	field->tail = at;
	field->tail_length = (size_t)(end - at);
	field->body_length = (size_t)(at - field->body);
}

static __attribute__((noinline)) void
format_real(struct output *output, const struct conversion *conversion, va_list *args)
{
	size_t precision = MIN(conversion->precision, REAL_PRECISION_MAX);
	char text[REAL_BYTES];
	size_t length = print_real(text, conversion, precision, args);
	struct field field = { .prefix = text, .tail = "" };
	bool is_number;

	if (length && strchr("+- ", text[0]))
		field.prefix_length = 1;
	is_number = length > field.prefix_length && text[field.prefix_length] <= '9';
	if (is_number && strchr("aA", conversion->kind))
		field.prefix_length += 2; /* 0x */
	field.body = text + field.prefix_length;
	field.body_length = length - field.prefix_length;
	if (is_number && conversion->precision > precision)
		add_precision(&field, conversion, conversion->precision - precision);
	put_field(output, conversion, field, conversion->zero && is_number);
}

static void store_length(const struct output *output, enum size size, va_list *args)
{
	switch (size) {
	case SIZE_CHAR:
		*va_arg(*args, signed char *) = (signed char)output->length;
		break;
	case SIZE_SHORT:
		*va_arg(*args, short *) = (short)output->length;
		break;
	case SIZE_INT:
		*va_arg(*args, int *) = (int)output->length;
		break;
	default:
		*va_arg(*args, long long *) = (long long)output->length;
	}
}

static const char *parse_flags(const char *at, struct conversion *conversion)
{
	for (;; at++) {
		switch (*at) {
		case '-':
			conversion->left = true;
			break;
		case '+':
			conversion->plus = true;
			break;
		case ' ':
			conversion->space = true;
			break;
		case '#':
			conversion->alternate = true;
			break;
		case '0':
			conversion->zero = true;
			break;
		default:
			return at;
		}
	}
}

static const char *parse_number(const char *at, size_t *number)
{
	for (*number = 0; *at >= '0' && *at <= '9'; at++)
		*number = MIN(*number * 10 + (size_t)(*at - '0'), (size_t)INT_MAX);
	return at;
}

static const char *parse_width(const char *at, struct conversion *conversion, va_list *args)
{
	int width;

	if (*at != '*')
		return parse_number(at, &conversion->width);
	width = va_arg(*args, int);
	conversion->left |= width < 0;
	conversion->width = width < 0 ? 0 - (size_t)width : (size_t)width;
	return at + 1;
}

static const char *parse_precision(const char *at, struct conversion *conversion, va_list *args)
{
	int precision;

	if (*at != '.')
		return at;
	at++;
	conversion->has_precision = true;
	if (*at != '*')
		return parse_number(at, &conversion->precision);
	precision = va_arg(*args, int);
	conversion->has_precision = precision >= 0;
	conversion->precision = precision >= 0 ? (size_t)precision : 0;
	return at + 1;
}

static const char *parse_size(const char *at, struct conversion *conversion)
{
	switch (*at) {
	case 'h':
		conversion->size = at[1] == 'h' ? SIZE_CHAR : SIZE_SHORT;
		return at + 1 + (at[1] == 'h');
	case 'l':
		conversion->size = SIZE_LONG;
		return at + 1 + (at[1] == 'l');
	case 'j':
	case 'z':
	case 't':
		conversion->size = SIZE_LONG;
		return at + 1;
	case 'L':
		conversion->size = SIZE_LONG_DOUBLE;
		return at + 1;
	}
	return at;
}

/* \p at is the letter of the conversion, \p start its percent sign. 0 or -EILSEQ. */
static int format_one(struct output *output, struct conversion *conversion, const char *start,
		      const char *at, va_list *args)
{
	conversion->kind = *at == 'i' ? 'd' : *at;
	switch (*at) {
	case 'd':
	case 'i':
		format_signed(output, conversion, args);
		return 0;
	case 'o':
	case 'u':
	case 'x':
	case 'X':
		format_unsigned(output, conversion, args);
		return 0;
	case 'a':
	case 'A':
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G':
		format_real(output, conversion, args);
		return 0;
	case 'c':
		return format_character(output, conversion, args);
	case 's':
		return format_text(output, conversion, args);
	case 'p':
		format_pointer(output, conversion, args);
		return 0;
	case 'n':
		store_length(output, conversion->size, args);
		return 0;
	case '%':
		put(output, "%", 1);
		return 0;
	}
	put(output, start, (size_t)(at - start) + (*at != 0));
	return 0;
}

static int format_all(struct output *output, const char *format, va_list *args)
{
	while (*format) {
		size_t plain = strcspn(format, "%");
		struct conversion conversion = { 0 };
		const char *at = format + plain;
		int ret;

		put(output, format, plain);
		if (!*at)
			break;
		format = at;
		at = parse_flags(at + 1, &conversion);
		at = parse_width(at, &conversion, args);
		at = parse_precision(at, &conversion, args);
		at = parse_size(at, &conversion);
		ret = format_one(output, &conversion, format, at, args);
		if (ret)
			return ret;
		format = at + (*at != 0);
	}
	return 0;
}

int vsnprintf(char *to, size_t size, const char *format, va_list args)
{
	struct output output = { .to = to, .size = size };
	va_list own;
	int ret;

	if (!z_tls_user)
		return __vsnprintf(to, size, format, args);
	va_copy(own, args);
	ret = format_all(&output, format, &own);
	va_end(own);
	if (size)
		to[MIN(output.length, size - 1)] = 0;
	if (!ret && output.length > INT_MAX)
		ret = -EOVERFLOW;
	if (!ret)
		return (int)output.length;
	errno = -ret;
	return -1;
}

int snprintf(char *to, size_t size, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(to, size, format, args);
	va_end(args);
	return length;
}

/* Fortified calls: the compiler knows that the buffer has \p room bytes. */
int __vsnprintf_chk(char *to, size_t size, int flag, size_t room, const char *format, va_list args)
{
	if (size <= room)
		return vsnprintf(to, size, format, args);
	if (z_tls_user)
		z_fatal(FAULT_REASON_ABORT, "snprintf() with more bytes than its buffer has");
	abort();
}

int __snprintf_chk(char *to, size_t size, int flag, size_t room, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = __vsnprintf_chk(to, size, flag, room, format, args);
	va_end(args);
	return length;
}
