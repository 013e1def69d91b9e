/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/interrupt.h
 * \brief Interrupts: only those of timers, so none can be registered. Any mode.
 */
#ifndef RTOS_INTERRUPT_H
#define RTOS_INTERRUPT_H

#include <errno.h>
#include <stdint.h>
#include <zephyr/device.h>
#include <zephyr/kernel.h>

#define irq_local_disable(flags) ((flags) = arch_irq_lock())
#define irq_local_enable(flags)	 arch_irq_unlock(flags)

/** -EOPNOTSUPP: no interrupt will ever come. */
static inline int interrupt_register(uint32_t irq, void (*handler)(void *arg), void *arg)
{
	(void)irq;
	(void)handler;
	(void)arg;
	return -EOPNOTSUPP;
}

static inline void interrupt_unregister(uint32_t irq, const void *arg)
{
	(void)irq;
	(void)arg;
}

static inline uint32_t interrupt_enable(uint32_t irq, void *arg)
{
	interrupt_unregister(irq, arg);
	return 0;
}

static inline uint32_t interrupt_disable(uint32_t irq, void *arg)
{
	interrupt_unregister(irq, arg);
	return 0;
}

#endif /* RTOS_INTERRUPT_H */
