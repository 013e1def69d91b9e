/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/kernel/timer.h
 * \brief Timers in virtual time. Included by zephyr/kernel.h.
 *
 * Expiry functions run in supervisor mode on a stack of their own, as on the board from an
 * interrupt: k_is_in_isr() is true and they must not wait. They run when time moves, so never
 * while a thread computes.
 */
#ifndef ZEPHYR_KERNEL_TIMER_H
#define ZEPHYR_KERNEL_TIMER_H

#include <stdbool.h>
#include <stdint.h>
#include <zephyr/kernel/thread.h>
#include <zephyr/sys/iterable_sections.h>

struct k_timer;
typedef void (*k_timer_expiry_t)(struct k_timer *timer);
typedef void (*k_timer_stop_t)(struct k_timer *timer);

struct k_timer {
	k_timer_expiry_t expiry_fn; /**< NULL: none */
	k_timer_stop_t stop_fn;	    /**< NULL: none */
	struct k_wait_q wait_q;
	k_ticks_t expires, period;
	uint32_t status;
	void *user_data;
	bool running;
	struct k_timer *next; /**< among those that run, soonest first */
};

#define Z_TIMER_INITIALIZER(obj, expiry, stop)                                                     \
	{                                                                                          \
		.expiry_fn = (expiry), .stop_fn = (stop)                                           \
	}
#define K_TIMER_DEFINE(name, expiry, stop)                                                         \
	STRUCT_SECTION_ITERABLE(k_timer, name) = Z_TIMER_INITIALIZER(name, expiry, stop)

/** Supervisor mode. A timer that runs must be stopped before its memory goes. */
void k_timer_init(struct k_timer *timer, k_timer_expiry_t expiry_fn, k_timer_stop_t stop_fn);
/** Start, or start over: status 0, first expiry after \p duration, then each \p period; K_NO_WAIT
 * or K_FOREVER there: only once. \p duration K_FOREVER: nothing happens. (syscall) */
void k_timer_start(struct k_timer *timer, k_timeout_t duration, k_timeout_t period);
/** Calls the stop function and ends a k_timer_status_sync(). No-op when it is stopped. (syscall) */
void k_timer_stop(struct k_timer *timer);
/** Expiries since it was last read, which this does. (syscall) */
uint32_t k_timer_status_get(struct k_timer *timer);
/** The same, and while there is none and the timer runs wait for one. (syscall) */
uint32_t k_timer_status_sync(struct k_timer *timer);
/** Ticks until it expires next; 0 when it is stopped. (syscall) */
k_ticks_t k_timer_remaining_ticks(const struct k_timer *timer);
/** Virtual time of that; now when it is stopped. (syscall) */
k_ticks_t k_timer_expires_ticks(const struct k_timer *timer);
/** In milliseconds, rounded down. (syscall) */
static inline uint32_t k_timer_remaining_get(struct k_timer *timer)
{
	return (uint32_t)k_ticks_to_ms_floor64((uint64_t)k_timer_remaining_ticks(timer));
}
/** (syscall) */
void k_timer_user_data_set(struct k_timer *timer, void *user_data);
void *k_timer_user_data_get(const struct k_timer *timer);

#endif /* ZEPHYR_KERNEL_TIMER_H */
