/* SPDX-License-Identifier: BSD-3-Clause */
/* e^x = (e^(x / 2^n))^(2^n), the inner one by its Taylor series. */
#include <rtos/symbol.h>
#include <sof/audio/format.h>
#include <sof/math/decibels.h>

#define TERMS 11

/* x in Q3.29, -2 to 2: Q9.23. With more terms the numerator would outgrow 64 bits. */
static int32_t exp_near_0(int32_t x)
{
	int64_t numerator = Q_SHIFT_RND(x, 29, 23);
	int32_t sum = Q_CONVERT_FLOAT(1.0, 23) + (int32_t)numerator;
	int32_t factorial = 1;

	for (int k = 2; k <= TERMS; k++) {
		factorial *= k;
		numerator = Q_SHIFT_RND(numerator * x, 52, 23);
		sum += (int32_t)(numerator / factorial);
	}
	return sum;
}

int32_t exp_fixed(int32_t x)
{
	int32_t root;
	int32_t product = Q_CONVERT_FLOAT(1.0, 20);
	int halved = 0;

	if (x < Q_CONVERT_FLOAT(-11.5, 27))
		return 0;
	if (x > Q_CONVERT_FLOAT(7.6245, 27))
		return INT32_MAX;
	for (; x >= Q_CONVERT_FLOAT(2.0, 27) || x <= Q_CONVERT_FLOAT(-2.0, 27); halved++)
		x >>= 1;
	root = Q_SHIFT_RND(exp_near_0(x * 4), 23, 20);
	for (int i = 0; i < 1 << halved; i++)
		product = (int32_t)q_multsr_32x32(product, root, 20);
	return product;
}
EXPORT_SYMBOL(exp_fixed);

int32_t db2lin_fixed(int32_t x)
{
	if (x < Q_CONVERT_FLOAT(-100.0, 24))
		return 0;
	/* log(10) / 20 */
	return exp_fixed((int32_t)q_multsr_32x32(x, Q_CONVERT_FLOAT(0.1151292546, 27), 24));
}
EXPORT_SYMBOL(db2lin_fixed);
