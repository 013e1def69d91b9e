/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef COMPRESSOR_SINE_H
#define COMPRESSOR_SINE_H

#include <stdint.h>

#pragma GCC visibility push(hidden)

/** sin(pi / 2 * i / 512), Q0.16, the last ones held at 65535: what sofm_lut_sin_fixed_16b() goes by.
 * Computed by make_sine.c while the project is built. */
extern const uint16_t compressor_sine[513];

#pragma GCC visibility pop

#endif /* COMPRESSOR_SINE_H */
