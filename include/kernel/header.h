/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file kernel/header.h
 * \brief The header that tools put in front of a module's configuration data.
 *
 * The driver strips it under IPC4: a module sees data[] only.
 */
#ifndef KERNEL_HEADER_H
#define KERNEL_HEADER_H

#include <stdint.h>

struct sof_abi_hdr {
	uint32_t magic; /**< SOF_ABI_MAGIC or SOF_IPC4_ABI_MAGIC, kernel/abi.h */
	uint32_t type;	/**< IPC4: configuration id (param_id) */
	uint32_t size;	/**< bytes of data[] */
	uint32_t abi;	/**< SOF_ABI_VERSION of its maker */
	uint32_t reserved[4];
	uint32_t data[];
} __attribute__((packed));

#endif /* KERNEL_HEADER_H */
