/* SPDX-License-Identifier: BSD-3-Clause */
#include "fault_at_once.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fault_record.h"
#include "report.h"

#define WHY                                                                                        \
	"it faulted inside the host's C library, whose locks it may hold: the run can't go on, "   \
	"and "                                                                                     \
	"names and lines are not looked up"

/* No locale, no float, no long field: such formats need no allocation. */
static char text[4096];
static struct fault_record record;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const bool checker = true;
#else
static const bool checker;
#endif

bool fault_holds_locks(const struct host_fault *fault, const struct options *options)
{
	/* an LL module's calls run in supervisor mode */
	const bool of_module = fault->user_mode || fault->owner[0];

	return of_module && fault->in_host_library && (options->allow_host_calls || checker);
}

static void write_all(int fd, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t ret = write(fd, text + done, size - done);

		if (ret <= 0)
			return;
		done += (size_t)ret;
	}
}

static size_t limit(int length)
{
	if (length < 0)
		return 0;
	return (size_t)length < sizeof(text) ? (size_t)length : sizeof(text) - 1;
}

/* Replace characters that JSON would have to escape. */
static void plain(char *word)
{
	for (; *word; word++)
		if (!isprint((unsigned char)*word) || *word == '"' || *word == '\\')
			*word = '?';
}

static void write_report(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	if (fd < 0)
		return;
	plain(record.module);
	plain(record.instance);
	plain(record.what);
	plain(record.where);
	write_all(fd, limit(snprintf(
			      text, sizeof(text),
			      "{\"report_version\": %d, \"exit_code\": %d, \"output_written\": "
			      "false, \"error\": "
			      "\"%s\", \"fault_count\": 1, \"faults\": [{\"module\": \"%s\", "
			      "\"instance\": \"%s\", \"kind\": \"%s\", \"access\": \"%s\", "
			      "\"what\": \"%s\", \"where\": \"%s\"}]}\n",
			      REPORT_VERSION, EXIT_FAULT, WHY, record.module, record.instance,
			      fault_kind_name(record.fault.kind),
			      fault_access_name(record.fault.access), record.what, record.where)));
	close(fd);
}

void fault_end_at_once(const struct host_fault *fault, const struct options *options)
{
	fault_record_fill(&record, fault, NULL);
	write_all(STDERR_FILENO,
		  limit(snprintf(text, sizeof(text),
				 "\n== fault 1: %s%s%s, instance %s ==\n"
				 "  what     %s\n  where    %s\n  note     %s\n"
				 "  debug    run it in gdb: it stops where the fault is\n\n",
				 fault_kind_name(fault->kind),
				 record.module[0] ? " in module " : " in thread ",
				 record.module[0] ? record.module : record.fault.thread_name,
				 record.instance[0] ? record.instance : "unknown", record.what,
				 record.where[0] ? record.where : "no address", WHY)));
	if (options->report && strcmp(options->report, "-"))
		write_report(options->report);
	_exit(EXIT_FAULT);
}
