/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file craft.h
 * \brief Compiled topologies made by hand, good ones and others.
 *
 * Calls nest as the file does: block, objects, end of block; widget, arrays of tuples, end of the
 * widget, its controls. Sizes and counts are right unless a test patches them: offsets of what was
 * begun last are kept for that.
 */
#ifndef TESTS_TESTBENCH_CRAFT_H
#define TESTS_TESTBENCH_CRAFT_H

#include <stddef.h>
#include <stdint.h>

#include "topology/tplg_cursor.h"

struct craft {
	uint8_t data[1 << 18];
	size_t size;
	/** Offsets of what was begun last. */
	size_t block, widget, array, control, route, pcm, link, dai;
	uint32_t objects; /* in the block */
};

void craft_init(struct craft *craft);
/** Read or overwrite a word. */
uint32_t craft_word(const struct craft *craft, size_t offset);
void craft_patch(struct craft *craft, size_t offset, uint32_t value);

void craft_block(struct craft *craft, uint32_t type, uint32_t index);
void craft_block_end(struct craft *craft);

void craft_widget(struct craft *craft, uint32_t id, const char *name, const char *stream);
/** Its private data are complete; \p controls controls follow. */
void craft_widget_end(struct craft *craft, uint32_t controls);
/** A tuple array of enum tplg_tuple_type. Ends at the next one, or with the object. */
void craft_array(struct craft *craft, uint32_t type);
void craft_value(struct craft *craft, uint32_t token, uint32_t value);
void craft_text(struct craft *craft, uint32_t token, const char *text);
void craft_uuid(struct craft *craft, uint32_t token, const uint8_t uuid[16]);

void craft_mixer(struct craft *craft, const char *name, int32_t min, int32_t max,
		 uint32_t channels);
void craft_enum(struct craft *craft, const char *name, uint32_t items);
void craft_bytes(struct craft *craft, const char *name, uint32_t max, const void *data,
		 uint32_t size);
void craft_route(struct craft *craft, const char *source, const char *sink);
void craft_pcm(struct craft *craft, const char *name, uint32_t id);
void craft_link(struct craft *craft, uint32_t type, const char *name, uint32_t hw_configs);
void craft_dai(struct craft *craft, const char *name);
void craft_manifest(struct craft *craft);

/** \name What SOF's topologies are made of @{ */
/** A pipeline: block with its scheduler, left open for widgets. */
void craft_pipeline(struct craft *craft, uint32_t id);
/** A module with its UUID and one format in and out, begun; ends with craft_widget_end(). */
void craft_module(struct craft *craft, uint32_t dapm, const char *name, const uint8_t uuid[16],
		  uint32_t in_rate, uint32_t out_rate);
/** One more format of the module begun last. */
void craft_in_format(struct craft *craft, uint32_t rate, uint32_t channels, uint32_t depth,
		     uint32_t valid);
void craft_out_format(struct craft *craft, uint32_t rate, uint32_t channels, uint32_t depth,
		      uint32_t valid);
/** Routes, in a block of their own: names in pairs, NULL behind the last. */
void craft_routes(struct craft *craft, const char *const *names);
/** @} */

#endif /* TESTS_TESTBENCH_CRAFT_H */
