/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file script_words.h
 * \brief The words of a shell script's lines, for the little of the shell that scripts here need.
 *
 * Blanks, quotes, backslashes and comments are the shell's. What would make the shell do more
 * (several commands, redirections, variables, patterns) is trouble, not a word.
 */
#ifndef TESTBENCH_CONTROL_SCRIPT_WORDS_H
#define TESTBENCH_CONTROL_SCRIPT_WORDS_H

#include <stddef.h>

#define SCRIPT_WORDS_MAX 32

struct script_words {
	char *at[SCRIPT_WORDS_MAX];
	size_t count;	     /**< 0: the script has ended */
	unsigned int line;   /**< where the words begin, from 1 */
	const char *trouble; /**< what can't be understood there; NULL: nothing */
	/** \name Own @{ */
	const char *next, *end;
	unsigned int next_line;
	char *memory, *put;
	/** @} */
};

/** Begin with \p data, which must stay. 0, -ENOMEM. */
int script_words_start(struct script_words *words, const void *data, size_t size);
/** The next line that has words. 0; -EINVAL with trouble set. */
int script_words_next(struct script_words *words);
/** Also good for all zero. */
void script_words_free(struct script_words *words);

#endif /* TESTBENCH_CONTROL_SCRIPT_WORDS_H */
