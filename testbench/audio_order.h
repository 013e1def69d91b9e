/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file audio_order.h
 * \brief The order of channels: streams have WAVE's, whatever the container.
 *
 * Vorbis and Opus put the center before the right channel, and low frequencies last. libsndfile
 * leaves the order as the codec has it. FLAC has WAVE's order, and for AIFF, CAF and the others
 * without positions programs write and read WAVE's.
 */
#ifndef TESTBENCH_AUDIO_ORDER_H
#define TESTBENCH_AUDIO_ORDER_H

#include <stddef.h>

/** Do frames of \p channels in \p sndfile_format need the functions below? */
int audio_order_differs(int sndfile_format, unsigned int channels);
/** From the codec's order into WAVE's, in place; \p sample_bytes 2 to 8, 3 to 8 channels. */
void audio_order_to_wave(void *data, size_t frames, unsigned int channels, size_t sample_bytes);
/** The other way. */
void audio_order_from_wave(void *data, size_t frames, unsigned int channels, size_t sample_bytes);

#endif /* TESTBENCH_AUDIO_ORDER_H */
