/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file futex.h
 * \brief What the board asks of futexes.
 *
 * Calling mode: supervisor.
 */
#ifndef POSIX_FUTEX_H
#define POSIX_FUTEX_H

/** The board starts: nobody waits. */
void futex_forget(void);

#endif /* POSIX_FUTEX_H */
