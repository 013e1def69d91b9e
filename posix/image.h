/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file image.h
 * \brief The program's own data and the kernel heap behind it, as one mapping on huge pages.
 *
 * The loader maps them as several, and small pages. Closing costs by the mapping and by the page.
 */
#ifndef POSIX_IMAGE_H
#define POSIX_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

/**
 * Before there is a second thread and before the kernel heap is used. With \p closing false nothing
 * will be closed, and the mappings stay as they are.
 */
int image_init(bool closing);
/** \p address lies in the program's writable memory, closed or not. */
bool image_contains(uintptr_t address);
/** The kernel heap has grown: its memory from \p from to \p to is in use now. */
void image_extend(uintptr_t from, uintptr_t to);

#endif /* POSIX_IMAGE_H */
