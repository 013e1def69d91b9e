/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file app_partition.h
 * \brief Partitions made of the program's variables (zephyr/app_memory/app_memdomain.h).
 *
 * Calling mode: supervisor.
 */
#ifndef POSIX_APP_PARTITION_H
#define POSIX_APP_PARTITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Call \p fn for each partition that has variables, until it returns false. */
bool app_partitions_all(bool (*fn)(uintptr_t start, size_t size));

#endif /* POSIX_APP_PARTITION_H */
