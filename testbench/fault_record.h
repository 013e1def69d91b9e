/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fault_record.h
 * \brief The facts of a fault turned into words and source lines, for screen and report.
 */
#ifndef TESTBENCH_FAULT_RECORD_H
#define TESTBENCH_FAULT_RECORD_H

#include <host/fault.h>
#include <stddef.h>

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
};

/** Kind in one word, for reports: "access", "oops", ... */
const char *fault_kind_name(enum host_fault_kind kind);
/** "read", "write", "execute" or "none". */
const char *fault_access_name(enum host_access access);

/**
 * Work out the words. For the handler of host_fault_handler_set(), with all memory open.
 *
 * \param symbols NULL when debug information can't be had: frames stay empty
 */
void fault_record_fill(struct fault_record *record, const struct host_fault *fault,
		       struct symbols *symbols);

/** How often it happened: more than once only where faults are let through. */
unsigned long fault_record_times(const struct fault_record *record);

#endif /* TESTBENCH_FAULT_RECORD_H */
