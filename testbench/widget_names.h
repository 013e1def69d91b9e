/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file widget_names.h
 * \brief The topology widget that a module instance stands for.
 *
 * The firmware names an instance after its module, "gain.1"; a topology names it after its widget,
 * "gain.2.1", and only that name is in its file. In a chain the two are the same, and nothing is kept.
 *
 * Memory: the C heap, reserved before the run. On the virtual core, call these functions with host
 * memory open.
 */
#ifndef TESTBENCH_WIDGET_NAMES_H
#define TESTBENCH_WIDGET_NAMES_H

#include <stddef.h>

#define WIDGET_NAME_SIZE 180 /**< of a name with all its characters escaped */

/** Room for so many names, and none in it. 0; -ENOMEM. */
int widget_names_reserve(size_t count);
void widget_names_free(void);

/** Keep the name, escaped for printing, if it differs from the instance's. */
void widget_names_add(const char *instance, const char *widget);

/** The widget of an instance; "": none. */
const char *widget_names_find(const char *instance);

/** "gain.1 (widget gain.2.1)" or "gain.1", in one of four static buffers that take turns. */
const char *widget_names_with(const char *instance);

/**
 * In the reporter: take the names of the other process, with reporter_fetch() (reporter.h).
 * 0 or a negative errno.
 */
int widget_names_fetch(int (*fetch)(void *at, size_t size));

#endif /* TESTBENCH_WIDGET_NAMES_H */
