/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fault_record.h
 * \brief The facts of a fault turned into words and source lines, for screen and report.
 */
#ifndef TESTBENCH_FAULT_RECORD_H
#define TESTBENCH_FAULT_RECORD_H

#include <host/fault.h>
#include <stdbool.h>
#include <stddef.h>

#include "problem.h"
#include "symbols.h"
#include "widget_names.h"

#define FAULT_FRAMES_MAX  24
#define FAULT_RECORDS_MAX 32

struct fault_record {
	struct host_fault fault; /**< its texts point to reason and last_error below */
	char last_error[256];	 /**< that the instance logged */
	char reason[160];
	char module[48];   /**< "eqiir" of instance "eqiir.1", "" when it is no instance */
	char instance[48]; /**< "eqiir.1" */
	char widget
		[WIDGET_NAME_SIZE]; /**< its widget in the topology; "": a chain, or no instance */
	char writers
		[HOST_SUSPECTS_BYTES]; /**< instances that were allowed to write to its memory */
	char suspects
		[HOST_SUSPECTS_BYTES]; /**< instances one of which caused it; "" when it is known */
	char what[300];		       /**< "wrote to 0x7f..." */
	char where[300];	       /**< what lies there; "" when no address is concerned */
	char symbol[160];	       /**< variable or function at the address, "" when none */
	struct source_frame frames[FAULT_FRAMES_MAX];
	size_t frame_count;
	/** Frame that shows the defect: the first in a source file that can be told; SIZE_MAX: none. */
	size_t culprit;
	char source_line[160]; /**< its text, "" when the file can't be read */
	bool inside_library;   /**< module code has called a host library and is not back */
	unsigned long times;   /**< more than 1 only where faults are let through */
};

/** Of a run whose first fault is of this kind. */
enum exit_code fault_exit_code(enum host_fault_kind kind);
/** Kind in one word, for reports: "access", "oops", ... */
const char *fault_kind_name(enum host_fault_kind kind);
/** "read", "write", "execute" or "none". */
const char *fault_access_name(enum host_access access);

/** Copy the facts, texts included. For the handler of host_fault_handler_set(); it allocates nothing
 * and takes no lock. */
void fault_record_note(struct fault_record *record, const struct host_fault *fault);

/**
 * Work out the words from the facts.
 *
 * \param symbols in the reporter (reporter.h); NULL: names, lines and frames stay empty. Then it
 *                allocates nothing and takes no lock
 */
void fault_record_explain(struct fault_record *record, struct symbols *symbols);

/** Update record.times from the board's count, while the board is there. */
void fault_record_count(struct fault_record *record);

#endif /* TESTBENCH_FAULT_RECORD_H */
