/* SPDX-License-Identifier: BSD-3-Clause */
#include "widget_names.h"

#include <errno.h>
#include <host/printable.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
	char instance[48], widget[WIDGET_NAME_SIZE];
};

static struct {
	struct entry *entries;
	size_t count, room;
} names;

int widget_names_reserve(size_t count)
{
	widget_names_free();
	names.entries = calloc(count + 1, sizeof(*names.entries));
	names.room = names.entries ? count : 0;
	return names.entries ? 0 : -ENOMEM;
}

void widget_names_free(void)
{
	free(names.entries);
	memset(&names, 0, sizeof(names));
}

void widget_names_add(const char *instance, const char *widget)
{
	struct entry *entry;

	if (!strcmp(instance, widget) || names.count == names.room)
		return;
	entry = &names.entries[names.count++];
	host_printable(entry->instance, sizeof(entry->instance), instance);
	host_printable(entry->widget, sizeof(entry->widget), widget);
}

const char *widget_names_find(const char *instance)
{
	for (size_t i = 0; i < names.count; i++)
		if (!strcmp(names.entries[i].instance, instance))
			return names.entries[i].widget;
	return "";
}

const char *widget_names_with(const char *instance)
{
	static char texts[4][sizeof(struct entry) + 16];
	static unsigned int turn;
	const char *widget = widget_names_find(instance);
	char *text = texts[turn++ % 4];

	if (!*widget)
		return instance;
	snprintf(text, sizeof(texts[0]), "%s (widget %s)", instance, widget);
	return text;
}

int widget_names_fetch(int (*fetch)(void *at, size_t size))
{
	const int ret = fetch(&names, sizeof(names));

	return ret || !names.count ? ret :
				     fetch(names.entries, names.count * sizeof(names.entries[0]));
}
