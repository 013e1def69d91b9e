/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fault_report.h
 * \brief Tells of each fault on stderr as it happens, and keeps its record for the JSON report.
 */
#ifndef TESTBENCH_FAULT_REPORT_H
#define TESTBENCH_FAULT_REPORT_H

#include <stddef.h>

#include "fault_record.h"
#include "options.h"

/** Begin to listen. Main thread, before host_run(); \p options must stay. 0 or -ENOMEM. */
int fault_report_start(const struct options *options);
/**
 * With isolation, between host_init() and host_run(): load what reports need, as libraries that come
 * later would not be closed to user threads. Without, the first report does. When it can't be had,
 * one warning says so, and faults are told without names and lines.
 */
void fault_report_prepare(void);
/** Stop, and drop the records. */
void fault_report_stop(void);

/** Faults told so far; main thread or with host memory open. */
size_t fault_report_count(void);
/** Number of faults that did not end the faulting thread (--on-fault continue). */
size_t fault_report_let_through(void);
/** Record \p index of the first FAULT_RECORDS_MAX, or NULL. */
const struct fault_record *fault_report_at(size_t index);

#endif /* TESTBENCH_FAULT_REPORT_H */
