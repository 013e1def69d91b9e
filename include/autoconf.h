/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file autoconf.h
 * \brief The one place for CONFIG_ symbols: IPC version 4, generic C variants, user space on.
 */
#ifndef AUTOCONF_H
#define AUTOCONF_H

#define CONFIG_IPC_MAJOR_4	      1
#define CONFIG_LIBRARY		      1
#define CONFIG_FORMAT_S16LE	      1
#define CONFIG_FORMAT_S24LE	      1
#define CONFIG_FORMAT_S32LE	      1
#define CONFIG_COMP_BLOB	      1
#define CONFIG_CORE_COUNT	      1
#define CONFIG_SOF_LOG_LEVEL	      3
#define CONFIG_MODULE_MAX_CONNECTIONS 8

/* Zephyr */
#define CONFIG_USERSPACE			     1
#define CONFIG_MAX_DOMAIN_PARTITIONS		     32 /* SOF raised it to 32 after it ran out (1c5a42449a) */
#define CONFIG_MAX_THREAD_BYTES			     16
#define CONFIG_THREAD_MAX_NAME_LEN		     32
#define CONFIG_NUM_COOP_PRIORITIES		     16
#define CONFIG_NUM_PREEMPT_PRIORITIES		     15
#define CONFIG_MP_MAX_NUM_CPUS			     1
#define CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC	     1000000 /* virtual time counts microseconds */
#define CONFIG_SYS_CLOCK_TICKS_PER_SEC		     1000000
#define CONFIG_DYNAMIC_THREAD_POOL_SIZE		     4 /* stacks that user threads may allocate */
#define CONFIG_DYNAMIC_THREAD_STACK_SIZE	     16384
#define CONFIG_MM_DRV_PAGE_SIZE			     4096
#define CONFIG_MMU_PAGE_SIZE			     4096
#define CONFIG_SOF_ZEPHYR_USERSPACE_MODULE_HEAP_SIZE 49152
#define CONFIG_SOF_STACK_SIZE			     16384

#endif /* AUTOCONF_H */
