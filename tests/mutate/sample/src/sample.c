/* SPDX-License-Identifier: BSD-3-Clause */
/* What mutate.py is tried on: tests/test_sample.c knows clip() and gauss(), but not doubled(). */
#define NOT_USED 3

int clip(int x, int low, int high)
{
	if (x < low)
		return low;
	if (x > high)
		return high;
	return x;
}

int gauss(int n)
{
	int sum = 0;

	while (n > 0) {
		sum += n;
		n--;
	}
	return sum;
}

int doubled(int x)
{
	return x * 2;
}
