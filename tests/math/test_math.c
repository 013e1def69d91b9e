/* SPDX-License-Identifier: BSD-3-Clause */
/* Fixed-point arithmetic against double precision. */
#include "test_math.h"

int32_t test_random(void)
{
	static uint64_t state = 0x9e3779b97f4a7c15;

	state = state * 6364136223846793005 + 1442695040888963407;
	return (int32_t)(state >> 32);
}

int main(void)
{
	int failures = test_format();

	failures += test_iir_df1();
	failures += test_numbers();
	failures += test_trig();
	failures += test_exp_log();
	failures += test_complex();
	return failures ? 1 : 0;
}
