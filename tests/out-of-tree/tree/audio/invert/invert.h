/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef INVERT_H
#define INVERT_H

#include <sof/audio/invert/invert_sample.h>
#include <stddef.h>
#include <user/invert.h>

void invert_bytes(char *y, const char *x, size_t size);
int invert_check(const void *config, size_t size);
char invert_vendor(char byte);
/* Of the neighbour in ../mask. */
char mask_byte(char byte);

#endif /* INVERT_H */
