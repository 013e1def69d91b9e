/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file counters.h
 * \brief Event counts of the board, in kernel memory.
 */
#ifndef POSIX_COUNTERS_H
#define POSIX_COUNTERS_H

#include <host/platform.h>

extern struct host_counters counters;

#endif /* POSIX_COUNTERS_H */
