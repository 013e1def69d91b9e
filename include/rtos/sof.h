/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/sof.h
 * \brief The firmware's root structure. Supervisor mode.
 */
#ifndef RTOS_SOF_H
#define RTOS_SOF_H

#include <rtos/spinlock.h>
#include <sof/common.h>

struct comp_driver_list;
struct ipc;

struct sof {
	struct ipc *ipc;
	struct comp_driver_list *comp_drivers;
};

/** The one there is. */
struct sof *sof_get(void);

#endif /* RTOS_SOF_H */
