/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file read_text.h
 * \brief What sof-ctl and amixer make of bytes that were read from a control.
 *
 * Calling mode: host memory open.
 */
#ifndef TESTBENCH_CONTROL_READ_TEXT_H
#define TESTBENCH_CONTROL_READ_TEXT_H

#include "graph.h"

/**
 * \p size bytes of payload as \p read wants them.
 *
 * To stdout, GRAPH_READ_WORDS and GRAPH_READ_HEX tell the ABI header in words and then, in decimal
 * words separated by commas or in hexadecimal half words, TLV header, ABI header and payload, the
 * last word filled up with zeros. To a file go the words without the header in words; of
 * GRAPH_READ_HEX those very bytes. GRAPH_READ_AMIXER: the head, then ABI header and payload byte by
 * byte. Bare: payload only.
 *
 * \param[out] length without the final 0, which is always there
 * \return to be freed; NULL: no memory
 */
char *read_text(const struct graph_read *read, const uint8_t *data, size_t size, size_t *length);

#endif /* TESTBENCH_CONTROL_READ_TEXT_H */
