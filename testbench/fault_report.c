/* SPDX-License-Identifier: BSD-3-Clause */
#include "fault_report.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fault_short.h"
#include "fault_text.h"
#include "libdw_calls.h"
#include "reporter.h"

enum order { ORDER_REPORT, ORDER_CONCLUDE, ORDER_FIRMWARE_DAMAGED };

/* Program data: it can be read while host memory is closed. The reporter fetches it. */
static struct {
	const struct options *options;
	const struct fault_report_ending *ending;
	/* FAULT_RECORDS_MAX and one that is not kept; mapped for this process and the reporter */
	struct fault_record *records;
	size_t told, kept, let_through;
	char why_ended[200];
} history;

#define RECORDS_BYTES ((FAULT_RECORDS_MAX + 1) * sizeof(struct fault_record))

/* Not on a stack: the fault stack is small. */
static char text[64 << 10];

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const bool checker = true;
#else
static const bool checker;
#endif

static struct fault_record *newest(void)
{
	return &history.records[history.kept];
}

/* Nobody in this process can take the locks that its thread may hold. */
static bool ends_run(const struct fault_record *record)
{
	const struct host_fault *fault = &record->fault;
	/* an LL module's calls run in supervisor mode */
	const bool of_module = fault->user_mode || fault->owner[0];

	if (history.options->board.on_fault == HOST_ON_FAULT_ABORT)
		return false;
	if (fault->kind == HOST_FAULT_CHECKER ||
	    (fault->kind == HOST_FAULT_ABORT && fault->in_host_library))
		return true;
	return of_module && record->inside_library &&
	       (history.options->allow_host_calls || checker);
}

static void write_all(const char *at, size_t size)
{
	while (size) {
		const ssize_t ret = write(STDERR_FILENO, at, size);

		if (ret < 0 && errno == EINTR)
			continue;
		if (ret <= 0)
			return;
		at += ret;
		size -= (size_t)ret;
	}
}

/* In the reporter, and without symbols in this process. */
static void complete(struct fault_record *record, struct symbols *symbols, const char *missing)
{
	size_t length;

	fault_record_explain(record, symbols);
	length = fault_text(text, sizeof(text), record, history.told, history.options, missing);
	/* One write, so that the lines stay together. */
	write_all(text, length);
}

/* Why names and lines can't be looked up; NULL: they can. */
static const char *open_symbols(FILE *maps, struct symbols **symbols)
{
	static struct problem why;

	*symbols = NULL;
	if (libdw_load(&why))
		return why.text;
	if (maps)
		*symbols = symbols_open(getppid(), reporter_memory(), maps);
	return *symbols ? NULL : "memory is out";
}

static size_t filled_records(void)
{
	size_t count = 0;

	while (count < FAULT_RECORDS_MAX && history.records[count].what[0])
		count++;
	return count;
}

/* In the reporter. The other process has no data left; this one's are those of its start, and the
 * records. */
static int report_damage(const char *instance)
{
	struct host_fault fault = { .kind = HOST_FAULT_FIRMWARE,
				    .access = HOST_ACCESS_NONE,
				    .thread_name = "supervisor",
				    .suspects = "",
				    .refusal = "",
				    .call = "" };
	char found[120];

	if (instance[0])
		snprintf(found, sizeof(found), "found while the LL module %s ran", instance);
	else
		snprintf(found, sizeof(found), "found after the fault of an LL module");
	fault.text = found;
	history.kept = filled_records();
	history.told = history.kept + 1;
	fault_record_note(newest(), &fault);
	complete(newest(), NULL, NULL);
	snprintf(history.why_ended, sizeof(history.why_ended), "the firmware's memory is damaged");
	if (history.options->report && strcmp(history.options->report, "-"))
		fault_short_write(history.options->report, EXIT_FAULT, history.why_ended,
				  history.told, history.records, history.told);
	return EXIT_FAULT;
}

/* In the reporter. */
static int serve(int order, const char *about)
{
	struct symbols *symbols;
	const char *missing;
	FILE *maps;

	if (order == ORDER_FIRMWARE_DAMAGED)
		return report_damage(about);
	if (reporter_fetch(&history, sizeof(history)) || widget_names_fetch(reporter_fetch))
		return -EIO;
	if (order == ORDER_CONCLUDE)
		return history.ending->conclude(history.why_ended);
	maps = reporter_maps();
	missing = open_symbols(maps, &symbols);
	complete(newest(), symbols, missing);
	symbols_close(&symbols);
	if (maps)
		fclose(maps);
	return 0;
}

static void count_times(void)
{
	size_t i;

	for (i = 0; i < history.kept; i++)
		fault_record_count(&history.records[i]);
}

/* It holds locks of a library that this process needs to go on, and to end as it usually does. */
static void end_run(const struct fault_record *record)
{
	int code;

	snprintf(history.why_ended, sizeof(history.why_ended),
		 "%s: the run can't go on after %s, whose locks it may hold",
		 record->instance[0] ? widget_names_with(record->instance) :
				       record->fault.thread_name,
		 record->fault.kind == HOST_FAULT_CHECKER ? "an error that a sanitizer found" :
							    "a fault inside the host's C library");
	if (history.ending)
		history.ending->settle(record);
	count_times();
	code = history.ending ? reporter_ask(ORDER_CONCLUDE) : -ENOSYS;
	if (code < 0) {
		code = fault_exit_code(history.records[0].fault.kind);
		write_all(text, (size_t)snprintf(text, sizeof(text), "sof-testbench: %s\n",
						 history.why_ended));
		if (history.options->report && strcmp(history.options->report, "-"))
			fault_short_write(history.options->report, code, history.why_ended,
					  history.told, history.records, history.kept);
	}
	reporter_stop();
	_exit(code);
}

/* May hold the C library's locks: allocates nothing and takes none. */
static void on_fault(const struct host_fault *fault, void *arg)
{
	struct fault_record *record = newest();

	fault_record_note(record, fault);
	history.told++;
	history.let_through += fault->let_through;
	if (reporter_ask(ORDER_REPORT) < 0) {
		/* It may have got half-way. */
		fault_record_note(record, fault);
		complete(record, NULL, reporter_missing());
	}
	if (history.kept < FAULT_RECORDS_MAX)
		history.kept++;
	if (ends_run(record))
		end_run(record);
}

int fault_report_start(const struct options *options)
{
	memset(&history, 0, sizeof(history));
	history.options = options;
	history.records = mmap(NULL, RECORDS_BYTES, PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (history.records == MAP_FAILED) {
		history.records = NULL;
		return -ENOMEM;
	}
	host_fault_handler_set(on_fault, NULL);
	return 0;
}

void fault_report_arm(const struct fault_report_ending *ending)
{
	history.ending = ending;
	reporter_start(serve);
	host_fault_last_report_set(reporter_socket(), ORDER_FIRMWARE_DAMAGED);
}

void fault_report_disarm(void)
{
	count_times();
	reporter_stop();
}

void fault_report_stop(void)
{
	host_fault_handler_set(NULL, NULL);
	reporter_stop();
	if (history.records)
		munmap(history.records, RECORDS_BYTES);
	memset(&history, 0, sizeof(history));
}

size_t fault_report_count(void)
{
	return history.told;
}

size_t fault_report_let_through(void)
{
	return history.let_through;
}

const struct fault_record *fault_report_at(size_t index)
{
	return index < history.kept ? &history.records[index] : NULL;
}
