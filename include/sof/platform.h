/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/platform.h
 * \brief Limits of the host "board".
 */
#ifndef SOF_PLATFORM_H
#define SOF_PLATFORM_H

#include <autoconf.h>
#include <module/ipc/stream.h>

#define PLATFORM_NAME		 "testbench"
#define PLATFORM_MAX_CHANNELS	 SOF_IPC_MAX_CHANNELS
#define PLATFORM_MAX_STREAMS	 16
#define PLATFORM_CORE_COUNT	 CONFIG_CORE_COUNT
#define PLATFORM_PRIMARY_CORE_ID 0
#define PLATFORM_DEFAULT_DELAY	 12
#define HOST_PAGE_SIZE		 4096

#ifndef PLATFORM_DCACHE_ALIGN
#define PLATFORM_DCACHE_ALIGN 64
#endif

#endif /* SOF_PLATFORM_H */
