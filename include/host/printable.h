/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file host/printable.h
 * \brief Text of modules, topologies and files on its way to a terminal: one line, no controls.
 *
 * Control characters, C1 controls and bytes that are not UTF-8 become \\n, \\t, \\e or \\xNN. Any
 * thread, any mode; arguments only.
 */
#ifndef HOST_PRINTABLE_H
#define HOST_PRINTABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define HOST_PRINTABLE_PIECE 5 /* longest escape or UTF-8 character, with its 0 */

/** Bytes of the UTF-8 character at \p c, which is printable; 0: escape the byte. */
static inline size_t host_printable_length(const unsigned char *c)
{
	size_t length = *c < 0x80 ? 1 :
			*c < 0xc2 ? 0 :
			*c < 0xe0 ? 2 :
			*c < 0xf0 ? 3 :
			*c < 0xf5 ? 4 :
				    0;

	if (*c < ' ' || *c == 0x7f)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((c[i] & 0xc0) != 0x80)
			return 0;
	/* U+0080 to U+009F; overlong forms; surrogates; beyond U+10FFFF */
	if ((c[0] == 0xc2 && c[1] < 0xa0) || (c[0] == 0xe0 && c[1] < 0xa0) ||
	    (c[0] == 0xed && c[1] >= 0xa0) || (c[0] == 0xf0 && c[1] < 0x90) ||
	    (c[0] == 0xf4 && c[1] >= 0x90))
		return 0;
	return length;
}

/** The printable form of the character at \p from; returns where the next one is. */
static inline const char *host_printable_next(const char *from, char piece[HOST_PRINTABLE_PIECE])
{
	static const char escaped[] = "\a\b\t\n\v\f\r\033", letters[] = "abtnvfre";
	const char *simple = (const char *)memchr(escaped, *from, sizeof(escaped) - 1);
	size_t length = host_printable_length((const unsigned char *)from);

	if (length) {
		memcpy(piece, from, length);
		piece[length] = 0;
		return from + length;
	}
	if (simple)
		snprintf(piece, HOST_PRINTABLE_PIECE, "\\%c", letters[simple - escaped]);
	else
		snprintf(piece, HOST_PRINTABLE_PIECE, "\\x%02x", (unsigned char)*from);
	return from + 1;
}

/** Write the printable form of \p from to \p to, cut to whole characters. \return its length */
static inline size_t host_printable(char *to, size_t size, const char *from)
{
	char piece[HOST_PRINTABLE_PIECE];
	size_t at = 0;

	while (*from) {
		from = host_printable_next(from, piece);
		if (at + strlen(piece) >= size)
			break;
		memcpy(to + at, piece, strlen(piece));
		at += strlen(piece);
	}
	to[at] = 0;
	return at;
}

/** Write the printable form to a stream. */
static inline void host_printable_put(FILE *out, const char *from)
{
	char piece[HOST_PRINTABLE_PIECE];

	while (*from) {
		from = host_printable_next(from, piece);
		fputs(piece, out);
	}
}

#endif /* HOST_PRINTABLE_H */
