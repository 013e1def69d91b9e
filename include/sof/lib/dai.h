/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/lib/dai.h
 * \brief Digital audio interfaces: the types that components hand round.
 *
 * The host has no interface of the kind; the program's file ends take its place. What an interface
 * would be asked (timestamps) is answered by the endpoint operations of module/module/interface.h.
 */
#ifndef SOF_LIB_DAI_H
#define SOF_LIB_DAI_H

#include <ipc/dai.h>
#include <rtos/bit.h>
#include <sof/lib/dma.h>
#include <stddef.h>
#include <stdint.h>

struct dai;
struct dai_data;

#define DAI_CLOCK_IN	  0
#define DAI_CLOCK_OUT	  1
#define DAI_DIR_PLAYBACK  0
#define DAI_DIR_CAPTURE	  1
#define DAI_INFO_TYPE	  0
#define DAI_INFO_DMA_CAPS 1
#define DAI_INFO_DMA_DEV  2
#define DAI_FLAGS_IRQ_CB  BIT(0)
#define DAI_CREAT	  BIT(0)

/** What is stamped. */
struct timestamp_cfg {
	uint32_t walclk_rate; /**< Hz */
	int type;	      /**< enum sof_ipc_dai_type */
	int direction;	      /**< DAI_DIR_* */
	int index;
	int dma_id;
	int dma_chan_index;
	int dma_chan_count;
};

/** So many samples had passed when the wall clock stood there. */
struct timestamp_data {
	uint64_t walclk;
	uint64_t sample;
	uint32_t walclk_rate; /**< Hz */
};

#endif /* SOF_LIB_DAI_H */
