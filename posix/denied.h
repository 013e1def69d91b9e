/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file denied.h
 * \brief What the host denied the board, in kernel memory. Supervisor mode.
 */
#ifndef POSIX_DENIED_H
#define POSIX_DENIED_H

#include <host/platform.h>

extern struct host_denied denied;

#endif /* POSIX_DENIED_H */
