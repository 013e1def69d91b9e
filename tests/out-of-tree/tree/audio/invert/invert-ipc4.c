/* SPDX-License-Identifier: BSD-3-Clause */
#include "invert.h"

#include <errno.h>

int invert_check(const void *config, size_t size)
{
	return !size || size == sizeof(struct sof_invert_config) ? 0 : -EINVAL;
}
