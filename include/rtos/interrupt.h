/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/interrupt.h
 * \brief Interrupts: there are none, so there is nothing to mask. Any mode.
 */
#ifndef RTOS_INTERRUPT_H
#define RTOS_INTERRUPT_H

#include <errno.h>
#include <stdint.h>
#include <zephyr/device.h>
#include <zephyr/kernel.h>

static inline void irq_local_disable_(uint32_t *flags)
{
	*flags = 0;
}

static inline void irq_local_enable_(uint32_t flags)
{
	(void)flags;
}

#define irq_local_disable(flags) irq_local_disable_(&(flags))
#define irq_local_enable(flags)	 irq_local_enable_(flags)

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
