/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file host_library.h
 * \brief Shared libraries of the host whose code runs in user mode.
 *
 * What user threads may do with a library's writable data follows from what the library is for:
 *
 *   C library, dynamic linker   read and write: the supervisor's own code writes there at each step
 *   arithmetic (libm, libmvec)  read only, for everybody, once host_libraries_bind() has run
 *   any other                   nothing
 *
 * Read-only data is enough for arithmetic: its results, errno included, lie on the caller's stack
 * and in the caller's thread-local storage. The one variable it writes, signgam, is the program's
 * (c_library.c).
 */
#ifndef POSIX_HOST_LIBRARY_H
#define POSIX_HOST_LIBRARY_H

#include <stdint.h>

enum host_library_kind {
	HOST_LIBRARY_CORE,	 /**< C library, dynamic linker, run-time of a sanitizer */
	HOST_LIBRARY_ARITHMETIC, /**< functions of their arguments only */
	HOST_LIBRARY_OTHER
};

/** Kind of the library, from its path alone. */
enum host_library_kind host_library_kind(const char *path);

/**
 * Resolve every function that arithmetic libraries call, as LD_BIND_NOW does. A library that is
 * bound lazily writes into its own data when it first calls a function of another one; afterwards
 * its data can be made read-only. Supervisor mode, before the first user thread.
 */
void host_libraries_bind(void);

/** First byte behind the memory of the arithmetic library around \p address; 0 if there is none.
 * After host_libraries_bind(). */
uintptr_t host_library_end(uintptr_t address);

#endif /* POSIX_HOST_LIBRARY_H */
