/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc/dai.h
 * \brief Digital audio interfaces as the host describes them.
 *
 * There is no such interface on the host. Of struct sof_ipc_dai_config only what all kinds have in
 * common is here; the part of each kind's own, which follows it, is not.
 */
#ifndef IPC_DAI_H
#define IPC_DAI_H

#include <ipc/header.h>
#include <rtos/bit.h>
#include <stddef.h>
#include <stdint.h>

/* Format: protocol, bits 0 to 3. */
#define SOF_DAI_FMT_I2S	    1
#define SOF_DAI_FMT_RIGHT_J 2
#define SOF_DAI_FMT_LEFT_J  3
#define SOF_DAI_FMT_DSP_A   4
#define SOF_DAI_FMT_DSP_B   5
#define SOF_DAI_FMT_PDM	    6
/* Clock, bits 4 to 7. */
#define SOF_DAI_FMT_CONT  (1 << 4)
#define SOF_DAI_FMT_GATED (0 << 4)
/* Bit clock and frame normal (N) or inverted (I), bits 8 to 11. */
#define SOF_DAI_FMT_NB_NF (0 << 8)
#define SOF_DAI_FMT_NB_IF (2 << 8)
#define SOF_DAI_FMT_IB_NF (3 << 8)
#define SOF_DAI_FMT_IB_IF (4 << 8)
/* Codec provides (P) or consumes (C) bit clock and frame, bits 12 to 15. */
#define SOF_DAI_FMT_CBP_CFP (0 << 12)
#define SOF_DAI_FMT_CBC_CFP (2 << 12)
#define SOF_DAI_FMT_CBP_CFC (3 << 12)
#define SOF_DAI_FMT_CBC_CFC (4 << 12)

#define SOF_DAI_FMT_FORMAT_MASK		0x000f
#define SOF_DAI_FMT_CLOCK_MASK		0x00f0
#define SOF_DAI_FMT_INV_MASK		0x0f00
#define SOF_DAI_FMT_CLOCK_PROVIDER_MASK 0xf000

/* Flags: when in a stream's life, and what is odd about it. */
#define SOF_DAI_CONFIG_FLAGS_CMD_MASK	 0xF
#define SOF_DAI_CONFIG_FLAGS_NONE	 0
#define SOF_DAI_CONFIG_FLAGS_HW_PARAMS	 BIT(0)
#define SOF_DAI_CONFIG_FLAGS_HW_FREE	 BIT(1)
#define SOF_DAI_CONFIG_FLAGS_PAUSE	 BIT(2)
#define SOF_DAI_CONFIG_FLAGS_QUIRK_SHIFT 4
#define SOF_DAI_CONFIG_FLAGS_QUIRK_MASK	 (0xF << SOF_DAI_CONFIG_FLAGS_QUIRK_SHIFT)
#define SOF_DAI_CONFIG_FLAGS_2_STEP_STOP BIT(0)
#define SOF_DAI_QUIRK_IS_SET(flags, quirk)                                                         \
	((((flags)&SOF_DAI_CONFIG_FLAGS_QUIRK_MASK) >> SOF_DAI_CONFIG_FLAGS_QUIRK_SHIFT) & (quirk))

enum sof_ipc_dai_type {
	SOF_DAI_INTEL_NONE = 0,
	SOF_DAI_INTEL_SSP,
	SOF_DAI_INTEL_DMIC,
	SOF_DAI_INTEL_HDA,
	SOF_DAI_INTEL_ALH,
	SOF_DAI_IMX_SAI,
	SOF_DAI_IMX_ESAI,
	SOF_DAI_AMD_BT,
	SOF_DAI_AMD_SP,
	SOF_DAI_AMD_DMIC,
	SOF_DAI_MEDIATEK_AFE,
	SOF_DAI_AMD_HS,
	SOF_DAI_AMD_SP_VIRTUAL,
	SOF_DAI_AMD_HS_VIRTUAL,
	SOF_DAI_IMX_MICFIL,
	SOF_DAI_AMD_SDW,
	SOF_DAI_INTEL_UAOL,
	SOF_DAI_AMD_TDM
};

struct sof_ipc_dai_config {
	struct sof_ipc_cmd_hdr hdr;
	uint32_t type; /**< enum sof_ipc_dai_type */
	uint32_t dai_index;
	uint16_t format; /**< SOF_DAI_FMT_* */
	uint8_t group_id;
	uint8_t flags; /**< SOF_DAI_CONFIG_FLAGS_* */
	uint32_t reserved[8];
} __attribute__((packed, aligned(4)));

#define SOF_DAI_CONFIG_HW_SPEC_OFFSET sizeof(struct sof_ipc_dai_config)

#endif /* IPC_DAI_H */
