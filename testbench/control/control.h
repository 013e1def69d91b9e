/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file control.h
 * \brief Controls of a graph, as ALSA's users see them: names, ranges, values.
 *
 * Values are those last set, or those that the module was made with where that is known; what a
 * module changes by itself is not followed. Controls are numbered from 1, in the table's order.
 *
 * Calling mode: host memory open; main thread.
 */
#ifndef TESTBENCH_CONTROL_CONTROL_H
#define TESTBENCH_CONTROL_CONTROL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "problem.h"

#define CONTROL_NAME_SIZE    64
#define CONTROL_CHANNELS_MAX 8
/** Header and payload that a bytes control is asked for when it has no limit of its own. */
#define CONTROL_ANY_BYTES 65568

enum control_kind {
	CONTROL_VOLUME, /**< a gain a channel, by a dB scale */
	CONTROL_SWITCH, /**< 0 or 1 */
	CONTROL_ENUM,	/**< one of the texts */
	CONTROL_BYTES,
};

struct control {
	char name[CONTROL_NAME_SIZE];
	char owner[CONTROL_NAME_SIZE]; /**< the module's name in the graph or topology */
	size_t node;		       /**< index in the graph, GRAPH_NONE: does not take part */
	enum control_kind kind;
	uint16_t id; /**< among those of its kind and module; volumes and switches are one kind */
	unsigned int channels; /**< values, 1 to CONTROL_CHANNELS_MAX; 0 of bytes */
	int32_t min, max;
	bool has_db; /**< db_* hold */
	/** Level of min, and of one step, in 0.01 dB; min is silence. */
	int32_t db_min, db_step;
	bool db_mute;
	uint32_t curve_type, curve_duration; /**< of a volume: how it gets to a new gain */
	char (*texts)[CONTROL_NAME_SIZE];    /**< of an enum, max + 1 of them; owned */
	uint32_t bytes_max;		     /**< header and payload, 0: any */
	bool known;			     /**< values are */
	int32_t values[CONTROL_CHANNELS_MAX];
	/** Of bytes: payload and its parameter; NULL: not known. Owned. */
	uint8_t *data;
	size_t size;
	uint32_t param_id;
};

struct controls {
	struct control *at;
	size_t count;
};

/** A new one at the table's end, all zero but its name and owner. NULL: no memory. */
struct control *controls_add(struct controls *controls, const char *name, const char *owner);
void controls_free(struct controls *controls);

/** By name, or as ALSA makes it of a module's and a control's: "OWNER NAME". NULL: none. */
struct control *controls_find(struct controls *controls, const char *name);

/** Replace the bytes. 0, -ENOMEM. */
int control_set_bytes(struct control *control, uint32_t param_id, const void *data, size_t size);

/**
 * Values as amixer takes them, separated by commas: one for all channels, or one a channel, where an
 * empty one stays as it is. A volume: a number, "50%" of the range, "-6dB". A switch: on, off or a
 * number, "toggle". An enum: a text, with or without quotes, or its number from 0. What is beyond the
 * range is refused.
 *
 * \param[in,out] values CONTROL_CHANNELS_MAX of them, the present ones
 * \param[out] reason of a refusal
 * \return 0, -EINVAL
 */
int control_parse(const struct control *control, const char *text, int32_t *values, char *reason,
		  size_t size);

/**
 * The gain of a volume's value, Q1.31, 0x7fffffff for 0 dB and above.
 *
 * In the arithmetic of Linux' driver and of SOF's testbench: 10^(1/20) in Q16.16 to the power of the
 * whole dB, each product rounded, once more by 10^(1/40) for half a dB. Without a scale: 0 dB.
 */
uint32_t control_gain(const struct control *control, int32_t value);

/** The value whose gain is nearest. */
int32_t control_value_of_gain(const struct control *control, uint32_t gain);

/** "#1 'Playback volume' (gain.1.1): 0 to 45, -90.00 to 0.00 dB, is 45,45", a line each. */
void controls_show(FILE *out, const struct controls *controls);

/** What amixer prints before the values of a control that has no more to tell; of bytes two lines. */
void control_head(const struct controls *controls, const struct control *control, char *text,
		  size_t size);

/** As amixer prints a control that is no bytes, in three lines or more. \return to be freed; NULL */
char *control_text(const struct controls *controls, const struct control *control);

#endif /* TESTBENCH_CONTROL_CONTROL_H */
