/* SPDX-License-Identifier: BSD-3-Clause */
/* Hz to Mel and back. */
#include <rtos/symbol.h>
#include <sof/audio/format.h>
#include <sof/math/auditory.h>
#include <sof/math/decibels.h>
#include <sof/math/log.h>

#define ONE_Q20			   Q_CONVERT_FLOAT(1, 20)
#define ONE_Q26			   Q_CONVERT_FLOAT(1, 26)
#define LN_2POW26_Q26		   Q_CONVERT_FLOAT(18.02182669, 26)
#define MEL_PER_NEPER_Q20	   Q_CONVERT_FLOAT(1126.9941805389, 20)
#define ONE_OVER_MEL_PER_NEPER_Q31 Q_CONVERT_FLOAT(1.0 / 1126.9941805389, 31)
#define CORNER_HZ		   700
#define ONE_OVER_CORNER_Q31	   Q_CONVERT_FLOAT(1.0 / 700, 31)
#define MEL_OF_32767HZ_Q2	   Q_CONVERT_FLOAT(4358.351140, 2)

int16_t psy_hz_to_mel(int16_t hz)
{
	int64_t ratio_q26;
	int32_t ln_q26;

	if (hz < 0)
		return 0;
	ratio_q26 = ONE_Q26 + Q_MULTSR_32X32((int64_t)hz, ONE_OVER_CORNER_Q31, 0, 31, 26);
	ln_q26 = (int32_t)(ln_int32((uint32_t)ratio_q26) >> 1) - LN_2POW26_Q26;
	return (int16_t)Q_MULTSR_32X32((int64_t)ln_q26, MEL_PER_NEPER_Q20, 26, 20, 2);
}
EXPORT_SYMBOL(psy_hz_to_mel);

int16_t psy_mel_to_hz(int16_t mel)
{
	int64_t nepers_q27;
	int32_t ratio_q20;

	if (mel < 0)
		return 0;
	if (mel > MEL_OF_32767HZ_Q2)
		return INT16_MAX;
	nepers_q27 = Q_MULTSR_32X32((int64_t)mel, ONE_OVER_MEL_PER_NEPER_Q31, 2, 31, 27);
	ratio_q20 = exp_fixed((int32_t)nepers_q27) - ONE_Q20;
	return (int16_t)Q_MULTSR_32X32((int64_t)ratio_q20, CORNER_HZ, 20, 0, 0);
}
EXPORT_SYMBOL(psy_mel_to_hz);
