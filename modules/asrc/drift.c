/* SPDX-License-Identifier: BSD-3-Clause */
#include "drift.h"

#include <errno.h>

/* Q30, together 1 */
#define NEW_PART 10737418
#define OLD_PART ((1 << 30) - NEW_PART)

void asrc_drift_init(struct asrc_drift *drift)
{
	drift->begun = false;
	drift->skew = ASRC_SKEW_ONE;
}

/* Q2.30 and less than 2^64; 0: nonsense. */
static uint64_t measure(const struct asrc_timestamp *last, const struct asrc_timestamp *now,
			uint32_t rate)
{
	const uint32_t ticks = now->ticks - last->ticks, frames = now->frames - last->frames;
	/* frames that were due: whole ones, and the rest of one */
	const uint64_t whole = (uint64_t)ticks * rate / now->ticks_rate;
	const uint64_t rest = (uint64_t)ticks * rate % now->ticks_rate;

	if (frames == 0 || whole > 2 * (uint64_t)UINT32_MAX)
		return 0;
	return ((whole << 30) + (rest << 30) / now->ticks_rate) / frames;
}

int asrc_drift_update(struct asrc_drift *drift, const struct asrc_timestamp *now, uint32_t rate)
{
	if (now->ticks_rate == 0)
		return -EINVAL;
	if (drift->begun) {
		const uint64_t skew = measure(&drift->last, now, rate);

		if (skew < ASRC_SKEW_ONE / 2 || skew > INT32_MAX)
			return -EINVAL;
		drift->skew = (uint32_t)((NEW_PART * skew + (uint64_t)OLD_PART * drift->skew +
					  (1 << 29)) >>
					 30);
	}
	drift->last = *now;
	drift->begun = true;
	return 0;
}
