/* SPDX-License-Identifier: BSD-3-Clause */
#include "invert.h"

#if !CONFIG_INVERT_ALL || CONFIG_INVERT_DELAY_FRAMES
#error "defaults of Kconfig are not there"
#endif

void invert_bytes(char *y, const char *x, size_t size)
{
	for (size_t i = 0; i < size; i++)
		y[i] = invert_vendor(mask_byte(INVERT_SAMPLE(x[i])));
}
