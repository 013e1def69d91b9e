/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file user/trace.h
 * \brief Log levels: a smaller number is graver.
 */
#ifndef USER_TRACE_H
#define USER_TRACE_H

#define LOG_LEVEL_CRITICAL 1
#define LOG_LEVEL_ERROR	   LOG_LEVEL_CRITICAL
#define LOG_LEVEL_WARNING  2
#define LOG_LEVEL_INFO	   3
#define LOG_LEVEL_DEBUG	   4
#define LOG_LEVEL_VERBOSE  LOG_LEVEL_DEBUG

#define LOG_ENABLE  1
#define LOG_DISABLE 0

#endif /* USER_TRACE_H */
