/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file failure_words.h
 * \brief A failure of one instance in words: who, in which function, with what, and what it logged.
 */
#ifndef TESTBENCH_FAILURE_WORDS_H
#define TESTBENCH_FAILURE_WORDS_H

#include <host/audio.h>
#include <stddef.h>

#include "run.h"

/** Pieces of the line. */
struct failure_text {
	struct sof_failure failure; /**< call NULL: nobody in particular failed */
	/** "prepare() returned -22 (Invalid argument)", of nobody "-22 (Invalid argument)" */
	char words[150];
	char last_error[320]; /**< "; gain.1 logged last: ..."; "" when it logged no error */
	/** The heap that was too small, by how much, and what helps; "" when none was. */
	char shortage[400];
	bool asked_for; /**< its size was an option's */
};

/**
 * Who failed in the last message or tick, which came to \p error, in words, and note it in the
 * outcome. Opens host memory.
 *
 * \return true when a fault report has told of it already: there is no more to say
 */
bool failure_take(struct run *run, int error, struct failure_text *text);

#endif /* TESTBENCH_FAILURE_WORDS_H */
