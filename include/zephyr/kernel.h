/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/kernel.h
 * \brief The kernel's API, with Zephyr's names and results; one header a topic.
 *
 * A virtual core runs one thread at a time. A thread runs until it blocks, yields or ends, or, if its
 * priority is a preemptible one, until a call of its own makes a better thread ready (not while it
 * has locked the scheduler or interrupts). Then the ready thread of best priority runs, among equals
 * the one of earliest deadline, then the one that waited longest. Time is virtual: it stands still while threads run, and moves on to the
 * next timeout when all are blocked (k_sleep(), a wait with a timeout, a timer).
 *
 * Calling mode: "syscall" marks calls a user thread may make; its arguments are then verified, and
 * a bad one is an oops that ends the thread. All others are for supervisor mode.
 */
#ifndef ZEPHYR_KERNEL_H
#define ZEPHYR_KERNEL_H

#include <autoconf.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zephyr/app_memory/mem_domain.h>
#include <zephyr/cache.h>
#include <zephyr/fatal.h>
#include <zephyr/irq.h>
#include <zephyr/kernel/clock.h>
#include <zephyr/kernel/futex.h>
#include <zephyr/kernel/heap.h>
#include <zephyr/kernel/mm.h>
#include <zephyr/kernel/object.h>
#include <zephyr/kernel/sync.h>
#include <zephyr/kernel/thread.h>
#include <zephyr/kernel/timer.h>
#include <zephyr/kernel/work.h>
#include <zephyr/spinlock.h>
#include <zephyr/sys/util.h>

#endif /* ZEPHYR_KERNEL_H */
