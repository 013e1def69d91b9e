/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef USER_INVERT_H
#define USER_INVERT_H

#include <stdint.h>

struct sof_invert_config {
	uint32_t size;
};

#endif /* USER_INVERT_H */
