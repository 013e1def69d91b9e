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

/** \p fn returns true for each partition that has variables. Stops at the first for which not. */
bool app_partitions_all(bool (*fn)(uintptr_t start, size_t size));

#endif /* POSIX_APP_PARTITION_H */
