/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fault_short.h
 * \brief The JSON report of a run that ends at a fault while there is no reporter to write it.
 */
#ifndef TESTBENCH_FAULT_SHORT_H
#define TESTBENCH_FAULT_SHORT_H

#include <stddef.h>

#include "fault_record.h"

/**
 * Replace the file \p path by a report with little more than the faults. Allocates nothing and takes
 * no lock. A file that can't be written is left as it is.
 *
 * \param error   why the run ended
 * \param told    number of faults
 * \param records of the first \p kept of them. In these and in \p error, characters that JSON would
 *                have to escape become '?'
 */
void fault_short_write(const char *path, int exit_code, char *error, size_t told,
		       struct fault_record *records, size_t kept);

#endif /* TESTBENCH_FAULT_SHORT_H */
