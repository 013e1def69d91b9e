/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file virtual_time.h
 * \brief The board's clock: it stands still while threads compute, and moves when all of them wait.
 */
#ifndef POSIX_VIRTUAL_TIME_H
#define POSIX_VIRTUAL_TIME_H

#include <stdbool.h>

/**
 * Everybody waits: move time until somebody is ready. False when that will never be, as far as can
 * be told. Supervisor mode.
 */
bool virtual_time_advance(void);

/** Called when interrupts are unlocked: expire timers that became due meanwhile. True if any was
 * due: reschedule then, as after any interrupt. Supervisor mode. */
bool virtual_time_catch_up(void);

#endif /* POSIX_VIRTUAL_TIME_H */
