/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file blob_case.h
 * \brief What a module is put through in one input of fuzz-blob: a file of its own.
 *
 * A head tells the module, how it is scheduled, and the formats of what it is connected to; then
 * come records, in the order in which they are done. The first three kinds are part of the message
 * that makes the instance, wherever they stand. Little endian, each record's payload padded to four
 * bytes. Such a file is hostile as well: what is cut off ends it, and numbers are taken into range.
 */
#ifndef TESTS_FUZZ_BLOB_CASE_H
#define TESTS_FUZZ_BLOB_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "graph.h"

#define BLOB_CASE_ENDS	  8
#define BLOB_RECORD_BYTES 65536

struct blob_end {
	uint32_t rate;
	uint8_t channels;
	uint8_t sample; /**< modulo 3: S16, S24 in 32, S32 */
	uint8_t queue;
	uint8_t reserved;
};

enum blob_flag {
	BLOB_DP = 1,	 /**< a DP thread in a domain of its own, else LL */
	BLOB_GRANT = 2,	 /**< it sees its own buffers only */
	BLOB_PINS = 4,	 /**< pin formats follow the base configuration */
	BLOB_UNBIND = 8, /**< connections are taken down one by one, else with the pipeline */
};

struct blob_head {
	uint8_t uuid[16];
	uint8_t flags;
	uint8_t period_ms;
	uint8_t n_in, n_out;
	uint32_t noise; /**< where the audio's random numbers begin */
	int32_t lie;	/**< words that the init message tells beyond its own */
	struct blob_end in[BLOB_CASE_ENDS], out[BLOB_CASE_ENDS];
};

enum blob_what {
	BLOB_BASE, /**< lies over the base configuration */
	BLOB_PIN,  /**< in place of the pins */
	BLOB_INIT, /**< in place of the init data that the program would send */
	BLOB_SET,  /**< a whole configuration; value: bytes a message, 0: as many as go in */
	BLOB_PART, /**< one fragment: flags 1 first, 2 last; value: its offset or the whole's size */
	BLOB_GET, /**< large config get; value: its offset, flags: bytes of room, 0: all there is */
	BLOB_SMALL, /**< configuration of a word, value; flags 1: set */
	BLOB_TICK,  /**< value: so many */
	BLOB_STATE, /**< of the pipeline; value: enum ipc4_pipeline_state */
	BLOB_KINDS,
};

struct blob_record {
	uint8_t what;
	uint8_t param; /**< parameter id of those that have one */
	uint16_t flags;
	uint32_t value;
	uint32_t size; /**< bytes of payload */
};

/** The record at \p *at, which ends up behind it. False at the end of all. */
bool blob_next(const uint8_t *data, size_t size, size_t *at, struct blob_record *record,
	       const uint8_t **payload);
/** First record; size when the head is not all there. */
size_t blob_first(const uint8_t *data, size_t size, struct blob_head *head);
/** Bytes a record takes. */
size_t blob_record_bytes(uint32_t payload);
/** Put a record in at \p at. \return the new size, or the old one when there is no room */
size_t blob_insert(uint8_t *data, size_t size, size_t max, size_t at,
		   const struct blob_record *record, const void *payload);
/** Take out the one at \p at. \return the new size */
size_t blob_remove(uint8_t *data, size_t size, size_t at);

/** The case's instance as the program would make it: formats, pins, init data. \p node is zeroed
 * first; blob_node_free() it. 0 or -ENOMEM. */
int blob_node(const struct blob_head *head, struct graph_node *node);
void blob_node_free(struct graph_node *node);

/** Format of an end as IPC4 has it. */
struct ipc4_audio_format blob_format(const struct blob_end *end);

/** blob_made.c: good configuration \p number of a case's module. \return bytes in \p to, which has
 * room for BLOB_MADE_BYTES; 0: there are no more */
size_t blob_made(const struct blob_head *head, unsigned int number, uint8_t *to, uint8_t *param);
#define BLOB_MADE_BYTES 2048

/** \name blob_seeds.c: cases from a compiled topology, or a text blob, of which the path tells the
 * module. @{ */
/** Called with each case. */
typedef void (*blob_seed_add)(const uint8_t *data, size_t size);
/** \return false: it is neither. */
bool blob_seeds(const char *path, const uint8_t *data, size_t size, blob_seed_add add);
/** @} */

/** blob_change.c: one change, by \p state. \return new size */
size_t blob_change(uint64_t *state, uint8_t *data, size_t size, size_t max);
/** A record of another case in place of one, or besides. */
size_t blob_cross(uint64_t *state, uint8_t *data, size_t size, size_t max, const uint8_t *other,
		  size_t other_size);

/** blob_play.c: do it all, with the board up and modules loaded. Firmware goes up and down in it.
 * Inside host_run(). \return NULL, or what is wrong */
struct catalog;
const char *blob_play(struct catalog *catalog, const uint8_t *data, size_t size);

/** \name blob_ends.c: what stands at the module's pins @{ */
#define BLOB_FEED    "blob-feed"
#define BLOB_COLLECT "blob-collect"
/** Noise for all feeds to come. */
void blob_ends_reset(uint32_t noise);
int blob_ends_register(void);
/** @} */

#endif /* TESTS_FUZZ_BLOB_CASE_H */
