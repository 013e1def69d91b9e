/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc/header.h
 * \brief Headers common to messages and configuration structures, little endian, in 32-bit words.
 *
 * The messages themselves are IPC4's (ipc4/header.h). What is left of IPC3 here are the headers
 * that configuration structures shared by both still begin with.
 */
#ifndef IPC_HEADER_H
#define IPC_HEADER_H

#include <ipc4/header.h>
#include <stdint.h>

/** Opaque: the header of a message, whatever the IPC version. */
struct ipc_cmd_hdr;
#define ipc_to_hdr(x) ((struct ipc_cmd_hdr *)(x))

/** Mailbox size in bytes. */
#define SOF_IPC_MSG_MAX_SIZE 0x1000

/** \p size counts the whole structure, what follows its fixed part included. */
struct sof_ipc_hdr {
	uint32_t size;
} __attribute__((packed, aligned(4)));

struct sof_ipc_cmd_hdr {
	uint32_t size;
	uint32_t cmd;
} __attribute__((packed, aligned(4)));

struct sof_ipc_reply {
	struct sof_ipc_cmd_hdr hdr;
	int32_t error; /**< negative errno, 0 for success */
} __attribute__((packed, aligned(4)));

#endif /* IPC_HEADER_H */
