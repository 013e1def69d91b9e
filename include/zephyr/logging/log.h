/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/logging/log.h
 * \brief LOG_ERR() and kin, LOG_MODULE_REGISTER(): see sof/trace/trace.h.
 */
#ifndef ZEPHYR_LOGGING_LOG_H
#define ZEPHYR_LOGGING_LOG_H

#include <sof/trace/trace.h>

/** Zephyr's names of levels. */
#define LOG_LEVEL_NONE 0U
#define LOG_LEVEL_ERR  1U
#define LOG_LEVEL_WRN  2U
#define LOG_LEVEL_INF  3U
#define LOG_LEVEL_DBG  4U

#endif /* ZEPHYR_LOGGING_LOG_H */
