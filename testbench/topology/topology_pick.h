/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file topology_pick.h
 * \brief One format of those that a widget lists.
 */
#ifndef TESTBENCH_TOPOLOGY_TOPOLOGY_PICK_H
#define TESTBENCH_TOPOLOGY_TOPOLOGY_PICK_H

#include "topology.h"

/** What is looked for. */
struct topology_reference {
	unsigned int rate, channels, valid_bits;
};

struct topology_reference topology_reference(const struct ipc4_audio_format *audio);

/** First format of \p pin with all three, NULL: none. Where no format is of this pin, all are. */
const struct topology_format *topology_pick(const struct topology_pins *pins, unsigned int pin,
					    const struct topology_reference *reference);
/** The only format of \p pin, which may be listed several times; NULL: there are others. */
const struct topology_format *topology_pick_only(const struct topology_pins *pins,
						 unsigned int pin);
/** First format of just this pin, NULL: none is. */
const struct topology_format *topology_pick_pin(const struct topology_pins *pins, unsigned int pin);
/** The rate that all formats have, 0: they differ. */
unsigned int topology_only_rate(const struct topology_pins *pins);
/** Likewise. */
unsigned int topology_only_valid_bits(const struct topology_pins *pins);

/** Another rate; the period's bytes follow, in whole frames. */
void topology_set_rate(struct topology_format *format, unsigned int rate);

/** "48000 Hz 2 ch S16, 48000 Hz 2 ch S32, ..." for messages. \return \p text, cut at \p size */
const char *topology_pins_text(const struct topology_pins *pins, char *text, size_t size);

#endif /* TESTBENCH_TOPOLOGY_TOPOLOGY_PICK_H */
