/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fault_report.h
 * \brief Tells of each fault on stderr as it happens, and keeps its record for the JSON report.
 *
 * The thread that faults only copies the facts into memory that it shares with the reporter
 * (reporter.h), and waits. The reporter looks up names and lines and writes the text. Without a
 * reporter the thread does that itself: names and lines are then missing, and the report says why.
 *
 * A fault inside a host library (--allow-host-calls, AddressSanitizer) may leave its locks held, and
 * the run can't go on, whatever --on-fault says. The reporter then writes the JSON report and the
 * summary as well, and this process ends.
 */
#ifndef TESTBENCH_FAULT_REPORT_H
#define TESTBENCH_FAULT_REPORT_H

#include <stddef.h>

#include "fault_record.h"
#include "options.h"

/** What the program has to do where a run ends at a fault. */
struct fault_report_ending {
	/** In this process: note what is known of the run, ended by \p last. No allocation, no lock.
	 */
	void (*settle)(const struct fault_record *last);
	/** In the reporter: write what the end of a run writes, \p why being why it ended. Returns
	 * the exit code. */
	int (*conclude)(const char *why);
};

/** Begin to listen. Main thread, before host_run(); \p options must stay. 0 or -ENOMEM. */
int fault_report_start(const struct options *options);
/**
 * Start the reporter. Main thread, when everything is open that \p ending needs, which must stay, and
 * before host_init(): a fork splits the huge pages that the board is on. Where the host refuses,
 * fault reports say so.
 */
void fault_report_arm(const struct fault_report_ending *ending);
/** After host_run(), before host_exit(): update how often each fault happened; end the reporter. */
void fault_report_disarm(void);
/** Stop, end the reporter, and drop the records. */
void fault_report_stop(void);

/** Faults told so far; main thread or with host memory open. */
size_t fault_report_count(void);
/** Number of faults that did not end the faulting thread (--on-fault continue). */
size_t fault_report_let_through(void);
/** Record \p index of the first FAULT_RECORDS_MAX, or NULL. */
const struct fault_record *fault_report_at(size_t index);

#endif /* TESTBENCH_FAULT_REPORT_H */
