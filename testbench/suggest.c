/* SPDX-License-Identifier: BSD-3-Clause */
#include "suggest.h"

#include <string.h>

#define LONGEST 64

static unsigned int least(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

/* Damerau's distance with three rows: two back are needed for a swap of neighbours. */
static unsigned int edit_distance(const char *a, const char *b)
{
	unsigned int rows[3][LONGEST + 1];
	size_t la = strlen(a), lb = strlen(b), i, j;

	if (la > LONGEST || lb > LONGEST)
		return LONGEST;
	for (j = 0; j <= lb; j++)
		rows[0][j] = (unsigned int)j;
	for (i = 1; i <= la; i++) {
		unsigned int *row = rows[i % 3], *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];

		row[0] = (unsigned int)i;
		for (j = 1; j <= lb; j++) {
			row[j] = least(least(up[j], row[j - 1]) + 1,
				       up[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], up2[j - 2] + 1);
		}
	}
	return rows[la % 3][lb];
}

void suggestion_offer(struct suggestion *search, const char *name)
{
	size_t letters = strlen(search->wanted);
	unsigned int limit = letters < 6 ? 1 : (unsigned int)(letters / 3);
	unsigned int distance = edit_distance(search->wanted, name);

	if (letters > 1 && !strncmp(search->wanted, name, letters))
		distance = 1;
	if (distance <= limit && (!search->best || distance < search->distance)) {
		search->best = name;
		search->distance = distance;
	}
}

const char *suggest(const char *wanted, const char *const *names, size_t count)
{
	struct suggestion search = { .wanted = wanted };
	size_t i;

	for (i = 0; i < count; i++)
		suggestion_offer(&search, names[i]);
	return search.best;
}
