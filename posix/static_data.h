/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file static_data.h
 * \brief Variables that a board finds, each time it starts, as the program's image has them: kernel
 * objects, partitions and stacks that were defined as variables.
 *
 * Calling mode: host_init() and host_exit(); supervisor.
 */
#ifndef POSIX_STATIC_DATA_H
#define POSIX_STATIC_DATA_H

#include <stddef.h>
#include <zephyr/kernel.h>

/** First of all: give the variables their initial values. 0 or -ENOMEM. */
int static_data_restore(void);

/** Enter the objects and stacks into the table, make the heaps. 0 or -ENOMEM. */
int static_objects_init(void);
void static_objects_exit(void);

/** Close the partitions of variables and fill in what describes them. 0 or -ENOMEM. */
int app_partitions_init(void);
void app_partitions_exit(void);

/** Size of a stack variable, also of one in an array; 0 when \p low is none. \p user: a user thread
 * may run on it. */
size_t static_stack_size(const k_thread_stack_t *low, bool *user);

#endif /* POSIX_STATIC_DATA_H */
