/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/lib/dma.h
 * \brief DMA: names of directions, devices and attributes, and scatter lists.
 *
 * The host has no DMA controller: nothing here has a body. Components see these types in
 * configurations and notifications of host and DAI ends.
 */
#ifndef SOF_LIB_DMA_H
#define SOF_LIB_DMA_H

#include <rtos/bit.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dma;
struct dma_chan_data;
struct cir_buf_source;
struct cir_buf_sink;

/** \name Directions @{ */
#define DMA_DIR_MEM_TO_MEM   BIT(0)
#define DMA_DIR_HMEM_TO_LMEM BIT(1)
#define DMA_DIR_LMEM_TO_HMEM BIT(2)
#define DMA_DIR_MEM_TO_DEV   BIT(3)
#define DMA_DIR_DEV_TO_MEM   BIT(4)
#define DMA_DIR_DEV_TO_DEV   BIT(5)

#define SOF_DMA_DIR_MEM_TO_MEM	 DMA_DIR_MEM_TO_MEM
#define SOF_DMA_DIR_HMEM_TO_LMEM DMA_DIR_HMEM_TO_LMEM
#define SOF_DMA_DIR_LMEM_TO_HMEM DMA_DIR_LMEM_TO_HMEM
#define SOF_DMA_DIR_MEM_TO_DEV	 DMA_DIR_MEM_TO_DEV
#define SOF_DMA_DIR_DEV_TO_MEM	 DMA_DIR_DEV_TO_MEM
#define SOF_DMA_DIR_DEV_TO_DEV	 DMA_DIR_DEV_TO_DEV
/** @} */

/** \name Capabilities @{ */
#define DMA_CAP_HDA	   BIT(0)
#define DMA_CAP_GP_LP	   BIT(1)
#define DMA_CAP_GP_HP	   BIT(2)
#define DMA_CAP_BT	   BIT(3)
#define DMA_CAP_SP	   BIT(4)
#define DMA_CAP_DMIC	   BIT(5)
#define DMA_CAP_SP_VIRTUAL BIT(6)
#define DMA_CAP_HS_VIRTUAL BIT(7)
/** @} */

/** \name Devices @{ */
#define DMA_DEV_HOST	   BIT(0)
#define DMA_DEV_HDA	   BIT(1)
#define DMA_DEV_SSP	   BIT(2)
#define DMA_DEV_DMIC	   BIT(3)
#define DMA_DEV_SSI	   BIT(4)
#define DMA_DEV_ALH	   BIT(5)
#define DMA_DEV_SAI	   BIT(6)
#define DMA_DEV_ESAI	   BIT(7)
#define DMA_DEV_BT	   BIT(8)
#define DMA_DEV_SP	   BIT(9)
#define DMA_DEV_AFE_MEMIF  BIT(10)
#define DMA_DEV_SP_VIRTUAL BIT(11)
#define DMA_DEV_HS_VIRTUAL BIT(12)
#define SOF_DMA_DEV_HOST   DMA_DEV_HOST
/** @} */

#define DMA_ACCESS_EXCLUSIVE 1
#define DMA_ACCESS_SHARED    0
#define DMA_COPY_BLOCKING    BIT(0)
#define DMA_COPY_ONE_SHOT    BIT(1)
#define DMA_CHAN_INVALID     0xFFFFFFFF
#define DMA_CORE_INVALID     0xFFFFFFFF
#define SOF_DMA_CHAN_INVALID DMA_CHAN_INVALID
#define SOF_DMA_CORE_INVALID DMA_CORE_INVALID

/** \name Attributes @{ */
#define DMA_ATTR_BUFFER_ALIGNMENT	  0
#define DMA_ATTR_COPY_ALIGNMENT		  1
#define DMA_ATTR_BUFFER_ADDRESS_ALIGNMENT 2
#define DMA_ATTR_BUFFER_PERIOD_COUNT	  3
/** @} */

enum dma_cb_status {
	DMA_CB_STATUS_RELOAD = 0,
	DMA_CB_STATUS_END,
};
#define SOF_DMA_CB_STATUS_RELOAD DMA_CB_STATUS_RELOAD
#define SOF_DMA_CB_STATUS_END	 DMA_CB_STATUS_END

enum dma_irq_cmd { DMA_IRQ_STATUS_GET = 0, DMA_IRQ_CLEAR, DMA_IRQ_MASK, DMA_IRQ_UNMASK };

/** A piece of a transfer: addresses of the board's bus, and bytes. */
struct dma_sg_elem {
	uint32_t src;
	uint32_t dest;
	uint32_t size;
};

struct dma_sg_elem_array {
	uint32_t count;
	struct dma_sg_elem *elems;
};

/** Data of NOTIFIER_ID_DMA_COPY. */
struct dma_cb_data {
	struct dma_chan_data *channel;
	struct dma_sg_elem elem;
	enum dma_cb_status status;
};

struct dma_sg_config {
	uint32_t src_width; /**< bytes */
	uint32_t dest_width;
	uint32_t burst_elems;
	uint32_t direction; /**< DMA_DIR_* */
	uint32_t src_dev;   /**< DMA_DEV_* */
	uint32_t dest_dev;
	uint32_t cyclic;
	uint64_t period;
	struct dma_sg_elem_array elem_array;
	bool scatter;
	bool irq_disabled;
	bool is_scheduling_source;
};

/** How data are converted on the way: see sof/audio/pcm_converter.h. */
typedef int (*dma_process_func)(const struct cir_buf_source *source, uint32_t src_channels,
				struct cir_buf_sink *sink, uint32_t sink_channels,
				size_t source_samples, uint32_t chmap);

/** Bytes of all pieces. */
static inline uint32_t dma_sg_get_size(const struct dma_sg_elem_array *ea)
{
	const struct dma_sg_elem *elem = ea->elems;
	uint32_t bytes = 0;

	for (uint32_t left = ea->count; left; left--)
		bytes += elem++->size;
	return bytes;
}

#endif /* SOF_LIB_DMA_H */
