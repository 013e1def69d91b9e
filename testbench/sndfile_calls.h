/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sndfile_calls.h
 * \brief libsndfile, loaded when a file with a header is first opened.
 */
#ifndef TESTBENCH_SNDFILE_CALLS_H
#define TESTBENCH_SNDFILE_CALLS_H

#include <sndfile.h>

#include "problem.h"

#define SNDFILE_CALLS(CALL)                                                                        \
	CALL(close)                                                                                \
	CALL(command)                                                                              \
	CALL(format_check)                                                                         \
	CALL(open_fd)                                                                              \
	CALL(open_virtual)                                                                         \
	CALL(readf_double)                                                                         \
	CALL(readf_int)                                                                            \
	CALL(readf_short)                                                                          \
	CALL(strerror)                                                                             \
	CALL(writef_double)                                                                        \
	CALL(writef_int)                                                                           \
	CALL(writef_short)

/** sndfile.close() is sf_close(), and so on; NULL until sndfile_load(). */
struct sndfile_calls {
#define SNDFILE_MEMBER(name) __typeof__(&sf_##name) name;
	SNDFILE_CALLS(SNDFILE_MEMBER)
#undef SNDFILE_MEMBER
};

extern struct sndfile_calls sndfile;

/** late_library_load() of it; once is enough, again does no harm. */
int sndfile_load(struct problem *why);

#endif /* TESTBENCH_SNDFILE_CALLS_H */
