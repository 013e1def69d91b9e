/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fault_text.h
 * \brief A fault's record as the text on the screen.
 *
 * Allocates nothing and takes no lock: it is called in the reporter (reporter.h) and, where that is
 * missing, by the thread that faulted.
 */
#ifndef TESTBENCH_FAULT_TEXT_H
#define TESTBENCH_FAULT_TEXT_H

#include <stddef.h>

#include "fault_record.h"
#include "options.h"

/**
 * Write the report of \p record to \p text, cut to \p size bytes.
 *
 * \param number  of the fault, from 1
 * \param missing why it has no names and lines; NULL: it has them
 * \return bytes written, without the 0 at the end
 */
size_t fault_text(char *text, size_t size, const struct fault_record *record, size_t number,
		  const struct options *options, const char *missing);

#endif /* TESTBENCH_FAULT_TEXT_H */
