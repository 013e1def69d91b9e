/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file suggest.h
 * \brief "Did you mean": the nearest of several names.
 */
#ifndef TESTBENCH_SUGGEST_H
#define TESTBENCH_SUGGEST_H

#include <stddef.h>

/** Search state; start with all zero but \p wanted. */
struct suggestion {
	const char *wanted;
	const char *best;      /**< nearest name so far, NULL when none is near */
	unsigned int distance; /**< its edit distance */
};

/**
 * Offer \p name, which must outlive the search. It counts as near when at most a third of the
 * letters (at least one, so "gian" finds "gain") were inserted, dropped, replaced or swapped with
 * their neighbour, or when it begins with what was wanted.
 */
void suggestion_offer(struct suggestion *search, const char *name);

/** The same for \p count names. \return the nearest or NULL */
const char *suggest(const char *wanted, const char *const *names, size_t count);

#endif /* TESTBENCH_SUGGEST_H */
