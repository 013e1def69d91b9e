/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file userspace.h
 * \brief Start and stop of what rtos/userspace_helper.h gives out.
 */
#ifndef POSIX_USERSPACE_H
#define POSIX_USERSPACE_H

#include <stdbool.h>

/** \p guard_heaps: module heaps keep each block against a closed page. */
int userspace_init(bool guard_heaps);
/** Module heaps that are left go too. */
void userspace_exit(void);

#endif /* POSIX_USERSPACE_H */
