/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/ipc/stream.h
 * \brief Sample formats. The numbers are part of the IPC.
 */
#ifndef MODULE_IPC_STREAM_H
#define MODULE_IPC_STREAM_H

#define SOF_IPC_MAX_CHANNELS 8

enum sof_ipc_frame {
	SOF_IPC_FRAME_S16_LE = 0,
	SOF_IPC_FRAME_S24_4LE, /**< 24 bits in the low end of 32; the top byte is not defined */
	SOF_IPC_FRAME_S32_LE,
	SOF_IPC_FRAME_FLOAT,
	SOF_IPC_FRAME_S24_3LE,
	SOF_IPC_FRAME_S24_4LE_MSB, /**< 24 bits in the high end of 32 */
	SOF_IPC_FRAME_U8,
	SOF_IPC_FRAME_S16_4LE,
	SOF_IPC_FRAME_A_LAW,
	SOF_IPC_FRAME_MU_LAW,
	SOF_IPC_FRAME_INVALID,
};

#endif /* MODULE_IPC_STREAM_H */
