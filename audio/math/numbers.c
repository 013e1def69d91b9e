/* SPDX-License-Identifier: BSD-3-Clause */
/* Small integer functions. */
#include <rtos/symbol.h>
#include <sof/math/numbers.h>

static unsigned int magnitude(int a)
{
	return a < 0 ? 0u - (unsigned int)a : (unsigned int)a;
}

int gcd(int a, int b)
{
	unsigned int big;
	unsigned int small;

	if (a == 0 || b == 0)
		return a | b;
	/* Euclid */
	big = magnitude(a);
	small = magnitude(b);
	while (small != 0) {
		const unsigned int rest = big % small;

		big = small;
		small = rest;
	}
	return (int)big;
}
EXPORT_SYMBOL(gcd);

int find_equal_int16(int16_t idx[], int16_t vec[], int n, int vec_length, int max_results)
{
	int found = 0;

	for (int i = 0; i < vec_length; i++) {
		if (vec[i] != n)
			continue;
		idx[found] = (int16_t)i;
		found++;
		if (max_results > 0 && found == max_results)
			return found;
	}
	return found;
}
EXPORT_SYMBOL(find_equal_int16);

int16_t find_min_int16(int16_t vec[], int vec_length)
{
	int16_t least = vec[0];

	for (int i = 1; i < vec_length; i++)
		least = MIN(least, vec[i]);
	return least;
}
EXPORT_SYMBOL(find_min_int16);

int32_t find_max_abs_int32(int32_t vec[], int vec_length)
{
	unsigned int most = 0;

	for (int i = 0; i < vec_length; i++)
		most = MAX(most, magnitude(vec[i]));
	return most > INT32_MAX ? INT32_MAX : (int32_t)most;
}
EXPORT_SYMBOL(find_max_abs_int32);

int norm_int32(int32_t val)
{
	/* the leading bits that repeat the sign, without the sign itself */
	const uint32_t differs = (uint32_t)(val < 0 ? ~val : val);

	return differs ? __builtin_clz(differs) - 1 : 31;
}
EXPORT_SYMBOL(norm_int32);

uint32_t crc32(uint32_t base, const void *data, uint32_t bytes)
{
	const uint8_t *const at = data;
	uint32_t crc = ~base;

	for (uint32_t i = 0; i < bytes; i++) {
		crc ^= at[i];
		for (int bit = 0; bit < 8; bit++)
			crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
	}
	return ~crc;
}
EXPORT_SYMBOL(crc32);
