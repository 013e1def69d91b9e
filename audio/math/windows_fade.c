/* SPDX-License-Identifier: BSD-3-Clause */
#include <rtos/symbol.h>
#include <sof/audio/coefficients/volume/windows_fade.h>

/* min(32767, round(32768 (i / 127)^1.75)), Q1.15 */
static const int16_t fade[WINDOWS_FADE_LUT_SIZE] = {
	0,     7,     23,    47,    77,	   114,	  157,	 205,	260,   319,   384,   453,   528,
	607,   691,   780,   873,   971,   1073,  1179,	 1290,	1405,  1524,  1647,  1775,  1906,
	2042,  2181,  2324,  2472,  2623,  2778,  2936,	 3099,	3265,  3435,  3608,  3786,  3967,
	4151,  4339,  4531,  4726,  4925,  5127,  5332,	 5541,	5754,  5970,  6189,  6412,  6638,
	6868,  7100,  7336,  7576,  7818,  8064,  8314,	 8566,	8822,  9081,  9343,  9608,  9877,
	10148, 10423, 10701, 10982, 11266, 11554, 11844, 12137, 12434, 12734, 13036, 13342, 13651,
	13962, 14277, 14595, 14916, 15239, 15566, 15896, 16228, 16564, 16903, 17244, 17588, 17936,
	18286, 18639, 18995, 19354, 19716, 20080, 20448, 20818, 21191, 21567, 21946, 22328, 22712,
	23099, 23490, 23882, 24278, 24677, 25078, 25482, 25889, 26298, 26710, 27125, 27543, 27964,
	28387, 28813, 29242, 29673, 30107, 30544, 30983, 31425, 31870, 32318, 32767,
};

int32_t volume_pow_175(int32_t val)
{
	const int32_t last = WINDOWS_FADE_LUT_SIZE - 1;
	int32_t left, slope;
	int64_t at;

	if (val <= 0)
		return 0;
	at = (int64_t)val * last >> 30;
	if (at >= last)
		return 1 << 30;
	left = fade[at];
	slope = (fade[at + 1] - left) * last; /* Q.15 */
	/* the point's own place is at times the rounded step, so a little may be missing to it */
	val -= (int32_t)at * WINDOWS_FADE_LUT_STEP;
	return (left << 15) + (int32_t)((((int64_t)val * slope >> 14) + 1) >> 1);
}
EXPORT_SYMBOL(volume_pow_175);
