/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/trace/trace.h
 * \brief Messages of firmware code: LOG_*, tr_* and comp_*.
 *
 * A level that is filtered out costs one call that reads a word: no argument is evaluated, nothing
 * is formatted. Any mode, also from user threads; not from a signal handler.
 *
 * Each source file names its module once, LOG_MODULE_REGISTER() in the first and
 * LOG_MODULE_DECLARE() in the others; without, the module is "".
 */
#ifndef SOF_TRACE_TRACE_H
#define SOF_TRACE_TRACE_H

#include <autoconf.h>
#include <sof/common.h>
#include <sof/platform.h>
#include <stdbool.h>
#include <stdint.h>
#include <user/trace.h>

#ifdef __cplusplus
extern "C" {
#endif

/** \name What the board provides @{ */
/** One line, without a newline at its end. \p level: LOG_LEVEL_*; \p module: never NULL. */
void sof_log(int level, const char *module, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool sof_log_enabled(int level);
/** @} */

#ifdef __cplusplus
}
#define SOF_LOG_MODULE		       ""
#define LOG_MODULE_REGISTER(name, ...) extern "C" const char sof_log_module_##name[]
#else
/* A tentative definition: it holds NULL unless the file defines it for good further down. */
static const char *const sof_log_module __attribute__((unused));
#define SOF_LOG_MODULE (sof_log_module ? sof_log_module : "")
#define LOG_MODULE_REGISTER(name, ...)                                                             \
	static const char *const sof_log_module __attribute__((unused)) = #name
#endif
#define LOG_MODULE_DECLARE(name, ...) LOG_MODULE_REGISTER(name)

#define SOF_LOG(level, ...)                                                                        \
	do {                                                                                       \
		if (sof_log_enabled(level))                                                        \
			sof_log(level, SOF_LOG_MODULE, __VA_ARGS__);                               \
	} while (0)

#define LOG_ERR(...) SOF_LOG(LOG_LEVEL_ERROR, __VA_ARGS__)
#define LOG_WRN(...) SOF_LOG(LOG_LEVEL_WARNING, __VA_ARGS__)
#define LOG_INF(...) SOF_LOG(LOG_LEVEL_INFO, __VA_ARGS__)
#define LOG_DBG(...) SOF_LOG(LOG_LEVEL_DEBUG, __VA_ARGS__)

struct sof_uuid_entry;

/** Who speaks, in the older style. The host tells senders apart by SOF_LOG_MODULE. */
struct tr_ctx {
	const struct sof_uuid_entry *uuid_p;
	uint32_t level;
};

/* Firmware headers declare contexts without const, so the type is not; the section, which is
 * read-only once the object is relocated, makes up for it: nothing of it lies in a domain. */
#define DECLARE_TR_CTX(ctx_name, uuid, default_log_level)                                          \
	struct tr_ctx ctx_name                                                                     \
		__attribute__((unused, section(".data.rel.ro.tr_ctx"))) = { uuid,                  \
									    default_log_level }

#define tr_err(ctx, ...)  SOF_LOG(LOG_LEVEL_ERROR, __VA_ARGS__)
#define tr_warn(ctx, ...) SOF_LOG(LOG_LEVEL_WARNING, __VA_ARGS__)
#define tr_info(ctx, ...) SOF_LOG(LOG_LEVEL_INFO, __VA_ARGS__)
#define tr_dbg(ctx, ...)  SOF_LOG(LOG_LEVEL_DEBUG, __VA_ARGS__)

/* A component's messages begin with its pipeline and id. Files that use these include
 * sof/audio/component.h, which has dev_comp_pipe_id() and dev_comp_id(). */
#define SOF_LOG_COMP(level, dev, format, ...)                                                      \
	SOF_LOG(level, "comp:%u %#x " format, (unsigned int)dev_comp_pipe_id(dev),                 \
		(unsigned int)dev_comp_id(dev), ##__VA_ARGS__)

#define comp_err(dev, ...)  SOF_LOG_COMP(LOG_LEVEL_ERROR, dev, __VA_ARGS__)
#define comp_warn(dev, ...) SOF_LOG_COMP(LOG_LEVEL_WARNING, dev, __VA_ARGS__)
#define comp_info(dev, ...) SOF_LOG_COMP(LOG_LEVEL_INFO, dev, __VA_ARGS__)
#define comp_dbg(dev, ...)  SOF_LOG_COMP(LOG_LEVEL_DEBUG, dev, __VA_ARGS__)

/* Of a kind of component, before there is an instance. */
#define comp_cl_err(drv, ...)  SOF_LOG(LOG_LEVEL_ERROR, __VA_ARGS__)
#define comp_cl_warn(drv, ...) SOF_LOG(LOG_LEVEL_WARNING, __VA_ARGS__)
#define comp_cl_info(drv, ...) SOF_LOG(LOG_LEVEL_INFO, __VA_ARGS__)
#define comp_cl_dbg(drv, ...)  SOF_LOG(LOG_LEVEL_DEBUG, __VA_ARGS__)

#endif /* SOF_TRACE_TRACE_H */
