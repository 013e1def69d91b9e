/* SPDX-License-Identifier: BSD-3-Clause */
#include "fault_short.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "report.h"

/* No locale, no float, no long field: such formats need no allocation. dprintf() takes a lock. */
static char text[4096];

static void put(int fd, int length)
{
	if (length > 0 && write(fd, text, strlen(text)) < 0)
		return;
}

/* Replace characters that JSON would have to escape. */
static char *plain(char *word)
{
	char *c;

	for (c = word; *c; c++)
		if (*c < ' ' || *c > '~' || *c == '"' || *c == '\\')
			*c = '?';
	return word;
}

static void put_fault(int fd, struct fault_record *record, const char *separator)
{
	const struct host_fault *fault = &record->fault;

	put(fd, snprintf(text, sizeof(text),
			 "%s{\"module\": \"%s\", \"instance\": \"%s\", \"kind\": \"%s\", "
			 "\"access\": \"%s\", \"what\": \"%s\", \"where\": \"%s\"}",
			 separator, plain(record->module), plain(record->instance),
			 fault_kind_name(fault->kind), fault_access_name(fault->access),
			 plain(record->what), plain(record->where)));
}

static void put_all(int fd, int exit_code, char *error, size_t told, struct fault_record *records,
		    size_t kept)
{
	size_t i;

	put(fd, snprintf(text, sizeof(text),
			 "{\"report_version\": %d, \"exit_code\": %d, \"output_written\": false, "
			 "\"error\": \"%s\", \"fault_count\": %zu, \"faults\": [",
			 REPORT_VERSION, exit_code, plain(error), told));
	for (i = 0; i < kept; i++)
		put_fault(fd, &records[i], i ? ", " : "");
	put(fd, snprintf(text, sizeof(text), "]}\n"));
}

void fault_short_write(const char *path, int exit_code, char *error, size_t told,
		       struct fault_record *records, size_t kept)
{
	const char *slash = strrchr(path, '/');
	char name[PATH_MAX];
	int fd;

	snprintf(name, sizeof(name), "%.*s.sof-%d", slash ? (int)(slash - path + 1) : 0, path,
		 (int)getpid());
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return;
	put_all(fd, exit_code, error, told, records, kept);
	close(fd);
	if (rename(name, path))
		unlink(name);
}
