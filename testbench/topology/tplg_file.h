/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file tplg_file.h
 * \brief A compiled ALSA topology as plain structures.
 *
 * What alsatplg writes and ALSA's core reads (ABI 5, little endian): blocks of a header and
 * objects. Nothing in here knows of SOF: tokens keep their numbers, private data its bytes.
 *
 * The file is taken as hostile. Each offset, size and count is checked before it is used, memory
 * stays within a small multiple of the file's size, time is linear in it. Refused with -EINVAL and
 * one line in the problem: file, offset, what is there and what was expected.
 *
 * Blocks of other types (vendor data, codec and backend links) are stepped over. Text members are
 * cut at the first NUL of their 44 bytes, which may be missing.
 *
 * Calling mode: host memory open; main thread.
 */
#ifndef TESTBENCH_TOPOLOGY_TPLG_FILE_H
#define TESTBENCH_TOPOLOGY_TPLG_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "problem.h"

/** Largest file: SOF's are below 200 KiB. */
#define TPLG_BYTES_MAX (16u << 20)
/** Text with its NUL. */
#define TPLG_NAME_SIZE	  45
#define TPLG_CHANNELS_MAX 8
#define TPLG_TEXTS_MAX	  16
#define TPLG_STREAMS_MAX  8

/** Bytes in the file. */
struct tplg_data {
	const uint8_t *bytes; /**< of tplg_file.memory, not aligned */
	size_t size;
	size_t offset; /**< in the file, for messages */
};

enum tplg_tuple_type {
	TPLG_TUPLE_UUID = 0,
	TPLG_TUPLE_STRING = 1,
	TPLG_TUPLE_BOOL = 2,
	TPLG_TUPLE_BYTE = 3,
	TPLG_TUPLE_WORD = 4,
	TPLG_TUPLE_SHORT = 5,
};

/** One vendor tuple. */
struct tplg_tuple {
	uint32_t token;
	enum tplg_tuple_type type;
	unsigned int array; /**< which of the object's tuple arrays it is in, from 0 */
	uint32_t value;	    /**< of bool, byte, word and short; else 0 */
	/** What is behind the token, in the file: 16 bytes of UUID, 44 of text, 4. Not aligned. */
	const uint8_t *bytes;
};

struct tplg_tuples {
	struct tplg_tuple *at;
	size_t count;
};

/** What a control is, by the info operation it names: that is what ALSA's core goes by. */
enum tplg_control_kind { TPLG_CONTROL_MIXER, TPLG_CONTROL_ENUM, TPLG_CONTROL_BYTES };

struct tplg_channel {
	uint32_t reg, shift;
	uint32_t id; /**< SNDRV_CHMAP_* less 3: 0 front left, 1 front right, ... */
};

struct tplg_control {
	size_t offset;
	char name[TPLG_NAME_SIZE];
	enum tplg_control_kind kind;
	size_t widget;	 /**< index of the widget it belongs to, SIZE_MAX: none */
	uint32_t index;	 /**< of its block */
	uint32_t access; /**< SNDRV_CTL_ELEM_ACCESS_* */
	uint32_t get, put, info;
	struct tplg_channel channels[TPLG_CHANNELS_MAX];
	unsigned int channel_count; /**< of mixer and enum */
	/** \name Mixer @{ */
	int32_t min, max;
	bool invert;
	bool has_db; /**< db_* hold */
	/** Level of the value min, and of one step, in 0.01 dB; the value min is silence. */
	int32_t db_min, db_step;
	bool db_mute;
	/** @} */
	/** \name Enum @{ */
	char (*texts)[TPLG_NAME_SIZE];
	unsigned int item_count; /**< 1 to 16 */
	/** @} */
	/** \name Bytes @{ */
	uint32_t bytes_max; /**< most bytes it takes */
	uint32_t ext_get, ext_put;
	/** @} */
	struct tplg_data data;	   /**< private data: the first value of a bytes control */
	struct tplg_tuples tuples; /**< of mixer and enum */
};

struct tplg_widget {
	size_t offset;
	uint32_t id; /**< SND_SOC_TPLG_DAPM_* */
	char name[TPLG_NAME_SIZE];
	char stream[TPLG_NAME_SIZE];
	uint32_t index; /**< of its block: the pipeline */
	struct tplg_tuples tuples;
	size_t first_control, control_count; /**< in tplg_file.controls */
};

struct tplg_route {
	size_t offset;
	char source[TPLG_NAME_SIZE], control[TPLG_NAME_SIZE], sink[TPLG_NAME_SIZE];
	uint32_t index;
};

/** What a PCM or DAI takes in one direction. */
struct tplg_caps {
	char name[TPLG_NAME_SIZE];
	uint64_t formats; /**< bit n: SNDRV_PCM_FORMAT n */
	uint32_t rates;	  /**< SNDRV_PCM_RATE_* */
	uint32_t rate_min, rate_max, channels_min, channels_max;
	uint32_t periods_min, periods_max;
	uint32_t period_bytes_min, period_bytes_max, buffer_bytes_min, buffer_bytes_max;
	uint32_t significant_bits;
};

struct tplg_pcm {
	size_t offset;
	char name[TPLG_NAME_SIZE], dai_name[TPLG_NAME_SIZE];
	uint32_t id, dai_id;
	bool playback, capture, compress;
	struct tplg_caps caps[2]; /**< playback, capture */
	uint32_t flag_mask, flags;
	struct tplg_tuples tuples;
};

/** A physical link's clocks and slots. */
struct tplg_hw_config {
	uint32_t id, format; /**< SND_SOC_DAI_FORMAT_* */
	uint32_t mclk_rate, bclk_rate, fsync_rate, tdm_slots, tdm_slot_width, tx_slots, rx_slots;
};

/** A physical link (backend), also one of the older type DAI_LINK. */
struct tplg_link {
	size_t offset;
	char name[TPLG_NAME_SIZE], stream[TPLG_NAME_SIZE];
	uint32_t id;
	uint32_t default_hw_config;
	struct tplg_hw_config *hw_configs;
	unsigned int hw_config_count;
	struct tplg_tuples tuples;
};

struct tplg_dai {
	size_t offset;
	char name[TPLG_NAME_SIZE];
	uint32_t id;
	bool playback, capture;
	struct tplg_caps caps[2];
};

/** Totals that the compiler wrote. ALSA's core does not hold a file to them, nor do we. */
struct tplg_manifest {
	bool present;
	uint32_t controls, widgets, routes, pcms, links, dais;
	struct tplg_data data; /**< SOF: its ABI version */
};

struct tplg_file {
	char *name; /**< of the file, for messages */
	uint8_t *memory;
	size_t size;
	struct tplg_manifest manifest;
	struct tplg_control *controls; /**< those of a widget side by side, in its order */
	size_t control_count;
	struct tplg_widget *widgets;
	size_t widget_count;
	struct tplg_route *routes;
	size_t route_count;
	struct tplg_pcm *pcms;
	size_t pcm_count;
	struct tplg_link *links;
	size_t link_count;
	struct tplg_dai *dais;
	size_t dai_count;
};

/**
 * Read \p path.
 *
 * \param[out] file NULL on failure
 * \return 0; -EINVAL or what the system said, with \p why filled (EXIT_BAD_INPUT); -ENOMEM
 */
int tplg_file_read(const char *path, struct tplg_file **file, struct problem *why);
/** The same from \p size bytes in memory, which are copied; \p name stands for the file. */
int tplg_file_parse(const char *name, const void *data, size_t size, struct tplg_file **file,
		    struct problem *why);
/** NULL is ignored. */
void tplg_file_free(struct tplg_file *file);

/** First tuple of \p token, NULL: none. */
const struct tplg_tuple *tplg_tuple_find(const struct tplg_tuples *tuples, uint32_t token);
/** Text of a string tuple. \return \p text */
const char *tplg_tuple_text(const struct tplg_tuple *tuple, char text[TPLG_NAME_SIZE]);

#endif /* TESTBENCH_TOPOLOGY_TPLG_FILE_H */
