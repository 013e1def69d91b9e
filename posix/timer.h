/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file timer.h
 * \brief What the scheduler asks of timers, and the interrupts they stand for.
 *
 * Calling mode: supervisor, on the thread that holds the baton.
 */
#ifndef POSIX_TIMER_H
#define POSIX_TIMER_H

#include <zephyr/kernel.h>

/** The board starts, or has gone: no timer runs. */
void timers_forget(void);
/** When the next timer expires; K_TICKS_FOREVER: never. */
k_ticks_t timers_next(void);
/** Expire all that are due now. */
void timers_run(void);
/** Out of an interrupt that will not return; only while k_is_in_isr(). */
void interrupt_leave(void) __attribute__((noreturn));
/** Its memory goes. */
void timer_forget(struct k_timer *timer);

#endif /* POSIX_TIMER_H */
