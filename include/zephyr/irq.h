/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/irq.h
 * \brief Locked interrupts, a property of the thread that locked them.
 *
 * While its interrupts are locked, a supervisor thread is not switched out by what it makes ready
 * (k_sem_give(), k_thread_start() and so on), and no timer expires in its k_busy_wait(). It is
 * switched out when it waits or yields; its interrupts are locked again when it continues. Unlocking
 * does not reschedule; the next rescheduling call does. Timers that became due meanwhile
 * expire when the outermost lock is released.
 *
 * Calling mode: any. User threads cannot lock interrupts: for them both calls do nothing.
 */
#ifndef ZEPHYR_IRQ_H
#define ZEPHYR_IRQ_H

/** Returns the key for arch_irq_unlock(): the state before. Calls nest. */
unsigned int arch_irq_lock(void);
void arch_irq_unlock(unsigned int key);

#define irq_lock()	arch_irq_lock()
#define irq_unlock(key) arch_irq_unlock(key)

#endif /* ZEPHYR_IRQ_H */
