/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/drivers/mic_privacy/intel/mic_privacy.h
 * \brief The switch that cuts microphones off: types only, the host has none.
 */
#ifndef ZEPHYR_DRIVERS_MIC_PRIVACY_INTEL_MIC_PRIVACY_H
#define ZEPHYR_DRIVERS_MIC_PRIVACY_INTEL_MIC_PRIVACY_H

#include <stdint.h>

/** Who cuts off. */
enum mic_privacy_policy {
	MIC_PRIVACY_DISABLED = 0,
	MIC_PRIVACY_HW_MANAGED = 1,
	MIC_PRIVACY_FW_MANAGED = 2,
	MIC_PRIVACY_FORCE_MIC_DISABLED = 3,
};

/** Which microphones. */
union mic_privacy_mask {
	uint32_t value;
	struct {
		uint32_t sndw : 7;
		uint32_t dmic : 1;
	};
};

#endif /* ZEPHYR_DRIVERS_MIC_PRIVACY_INTEL_MIC_PRIVACY_H */
