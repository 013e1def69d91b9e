/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/module/logger.h
 * \brief Message priorities of the module API's system service.
 */
#ifndef MODULE_MODULE_LOGGER_H
#define MODULE_MODULE_LOGGER_H

enum log_priority {
	L_CRITICAL,
	L_ERROR,
	L_HIGH,
	L_WARNING,
	L_MEDIUM,
	L_LOW,
	L_INFO,
	L_VERBOSE,
	L_DEBUG,
	L_MAX,
};

/** Who sends a message. Opaque. */
struct log_handle;

#endif /* MODULE_MODULE_LOGGER_H */
