/* SPDX-License-Identifier: BSD-3-Clause */
#include "failure_words.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fault_report.h"

/* Linux uses no larger errno: see ERR_PTR(). */
#define ERRNO_MAX 4095

/* "-32 (Broken pipe)"; of a number that is no errno the number alone. */
static void error_words(int error, char *text, size_t size)
{
	if (error < 0 && error >= -ERRNO_MAX)
		snprintf(text, size, "%d (%s)", error, strerror(-error));
	else
		snprintf(text, size, "%d", error);
}

static void describe(struct failure_text *text)
{
	const struct sof_failure *failure = &text->failure;
	char error[80];

	error_words(failure->error, error, sizeof(error));
	snprintf(text->words, sizeof(text->words), "%s %s %s", failure->call,
		 failure->returned ? "returned" : "failed:", error);
	if (failure->last_error.text[0])
		snprintf(text->last_error, sizeof(text->last_error), "; %s logged last: %s",
			 failure->instance, failure->last_error.text);
}

static void describe_shortage(const struct options *options, const struct host_heap_shortage *from,
			      struct failure_text *text)
{
	char *out = text->shortage;
	size_t size = sizeof(text->shortage);

	switch (from->kind) {
	case HOST_HEAP_MODULE:
		text->asked_for = options->heap_bytes || options->stack_bytes;
		snprintf(out, size,
			 "its heap of %zu bytes is too small, %zu or more are needed "
			 "(--heap-bytes): %zu bytes were asked for, %zu are free",
			 from->size, from->needed, from->asked, from->available);
		break;
	case HOST_HEAP_SHARED:
		snprintf(out, size,
			 "the shared-buffer heap of %zu bytes is full: %zu bytes were asked "
			 "for, %zu are free (--share grant gives each buffer memory of its own)",
			 from->size, from->asked, from->available);
		break;
	case HOST_HEAP_KERNEL:
		snprintf(out, size,
			 "the kernel heap of %zu bytes is full: %zu bytes were asked for, %zu "
			 "are free (a shorter --dp-period, or fewer modules, need less)",
			 from->size, from->asked, from->available);
		break;
	case HOST_HEAP_BOARD:
		snprintf(out, size,
			 "there is no memory for %s: %zu bytes were asked for, %zu of the "
			 "board's %zu are free, as far as the host has as much",
			 from->name, from->asked, from->available, from->size);
		break;
	}
}

bool failure_take(struct run *run, int error, struct failure_text *text)
{
	struct host_heap_shortage shortage;

	host_memory_open();
	memset(text, 0, sizeof(*text));
	if (sof_failure(&text->failure)) {
		if (run->why->code == EXIT_DONE)
			run->outcome->failure = text->failure;
		if (text->failure.told)
			return true;
		describe(text);
	} else {
		error_words(error, text->words, sizeof(text->words));
	}
	/* damage caused by one of several instances */
	if (!text->failure.call && error == -EFAULT && fault_report_count())
		return true;
	if (host_heap_shortage(&shortage)) {
		if (run->why->code == EXIT_DONE)
			run->outcome->shortage = shortage;
		describe_shortage(run->options, &shortage, text);
	}
	return false;
}
