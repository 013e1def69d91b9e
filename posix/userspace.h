/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file userspace.h
 * \brief Start and stop of what rtos/userspace_helper.h gives out.
 */
#ifndef POSIX_USERSPACE_H
#define POSIX_USERSPACE_H

int userspace_init(void);
/** Module heaps that are left go too. */
void userspace_exit(void);

#endif /* POSIX_USERSPACE_H */
