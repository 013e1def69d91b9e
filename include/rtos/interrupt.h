/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/interrupt.h
 * \brief Interrupts: there are none, so there is nothing to mask. Any mode.
 */
#ifndef RTOS_INTERRUPT_H
#define RTOS_INTERRUPT_H

#include <stdint.h>

static inline void irq_local_disable_(uint32_t *flags)
{
	*flags = 0;
}

static inline void irq_local_enable_(uint32_t flags)
{
}

#define irq_local_disable(flags) irq_local_disable_(&(flags))
#define irq_local_enable(flags)	 irq_local_enable_(flags)

#endif /* RTOS_INTERRUPT_H */
