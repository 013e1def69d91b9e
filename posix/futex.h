/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file futex.h
 * \brief What the board asks of futexes and of mutexes in user memory.
 *
 * Calling mode: supervisor.
 */
#ifndef POSIX_FUTEX_H
#define POSIX_FUTEX_H

/** The board starts: nobody waits. */
void futex_forget(void);
/** The board starts: no sys_mutex is locked. */
void sys_mutex_forget(void);

#endif /* POSIX_FUTEX_H */
