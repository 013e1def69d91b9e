/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file drift.h
 * \brief How much faster or slower a device runs than its rate says.
 *
 * The skew is the nominal rate over the true one, Q2.30: 1 in the beginning, then low-pass filtered,
 * 0.01 of each measurement and 0.99 of what was. Any mode; arguments only.
 */
#ifndef ASRC_DRIFT_H
#define ASRC_DRIFT_H

#include <stdbool.h>
#include <stdint.h>

#include "asrc.h"

#define ASRC_SKEW_ONE (1u << 30)

struct asrc_drift {
	bool begun; /* there is a timestamp before */
	struct asrc_timestamp last;
	uint32_t skew;
};

void asrc_drift_init(struct asrc_drift *drift);

/**
 * A timestamp of a device of \p rate Hz. The first one only begins.
 * \return 0; -EINVAL: no time or no frames have passed, or a skew outside 0.5 to 2; nothing changes.
 */
int asrc_drift_update(struct asrc_drift *drift, const struct asrc_timestamp *now, uint32_t rate);

#endif /* ASRC_DRIFT_H */
