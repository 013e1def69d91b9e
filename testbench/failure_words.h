/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file failure_words.h
 * \brief Text for the failure of an instance: its name, function, error and last logged error.
 */
#ifndef TESTBENCH_FAILURE_WORDS_H
#define TESTBENCH_FAILURE_WORDS_H

#include <host/audio.h>
#include <stddef.h>

#include "run.h"

/** Parts of the error line. */
struct failure_text {
	struct sof_failure failure; /**< call NULL: no instance is known to have failed */
	/** "prepare() returned -22 (Invalid argument)", without an instance "-22 (Invalid
	 * argument)" */
	char words[150];
	char last_error[320]; /**< "; gain.1 logged last: ..."; "" when it logged no error */
	/** The heap that was too small, the missing bytes and the option to change; "": none. */
	char shortage[400];
	bool asked_for; /**< its size was set by an option */
};

/**
 * Describe the failure, \p error, of the last message or tick, and record it in the outcome. Opens
 * host memory.
 *
 * \return true: a fault report already covers the failure, so no error line is needed
 */
bool failure_take(struct run *run, int error, struct failure_text *text);

#endif /* TESTBENCH_FAILURE_WORDS_H */
