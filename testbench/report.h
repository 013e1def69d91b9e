/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file report.h
 * \brief The run as JSON, for --report. testbench/REPORT.md describes the members.
 */
#ifndef TESTBENCH_REPORT_H
#define TESTBENCH_REPORT_H

#define REPORT_VERSION 1

#include "options.h"
#include "outcome.h"
#include "output_place.h"

/**
 * Write the report into \p place and give it its name. Main thread, after the run.
 * \p place is set to NULL in any case.
 *
 * \return 0; -ENOMEM, or the errno of what could not be written, with \p why filled
 */
int report_write(struct output_place **place, const struct options *options,
		 const struct outcome *outcome, enum exit_code code, const char *error,
		 struct problem *why);

#endif /* TESTBENCH_REPORT_H */
