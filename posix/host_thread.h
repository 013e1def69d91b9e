/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file host_thread.h
 * \brief Making the host thread that runs a board thread.
 *
 * thread_end(), thread_abandon() and thread_prepare_to_wait() of thread.h are in the same file:
 * they are what a board thread does to its own host thread.
 */
#ifndef POSIX_HOST_THREAD_H
#define POSIX_HOST_THREAD_H

struct z_thread_arch;

/** Make it, and wait until it waits for its baton. All of a thread's record but \c host is set.
 * 0 or -errno. */
int host_thread_create(struct z_thread_arch *arch);

#endif /* POSIX_HOST_THREAD_H */
