/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef INVERT_SAMPLE_H
#define INVERT_SAMPLE_H

#define INVERT_SAMPLE(byte) ((char)~(byte))

#endif /* INVERT_SAMPLE_H */
