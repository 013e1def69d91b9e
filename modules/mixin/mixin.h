/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file mixin.h
 * \brief What a mixin does on its way to one mixout: gain, and channels in another order.
 *
 * Layouts and numbers are those of the IPC4 message. Touches its arguments only.
 */
#ifndef MIXIN_H
#define MIXIN_H

#include <module/ipc/stream.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IPC4_MIXIN_MODULE_MAX_OUTPUT_QUEUES 3

/** Parameter ids. */
enum ipc4_mixin_config_param {
	IPC4_MIXER_UNDERRUN_NOTIF_PERIOD = 0, /**< not there: nothing is notified */
	IPC4_MIXER_MODE = 1,		      /**< struct ipc4_mixer_mode_config */
};

enum ipc4_mixer_mode {
	IPC4_MIXER_NORMAL_MODE = 0,
	IPC4_MIXER_CHANNEL_REMAPPING_MODE = 1,
};

#define IPC4_MIXIN_GAIN_SHIFT 10
#define IPC4_MIXIN_UNITY_GAIN (1 << IPC4_MIXIN_GAIN_SHIFT)

struct ipc4_mixer_mode_sink_config {
	uint32_t output_queue_id;
	uint32_t mixer_mode;	       /**< enum ipc4_mixer_mode */
	uint32_t output_channel_count; /**< remapping: 1 to 8 */
	uint32_t output_channel_map;   /**< remapping: four bits an output, which channel it gets;
					    0xf: none */
	uint16_t gain;		       /**< 1024 is 1; more counts as 1 */
	uint16_t reserved;
} __attribute__((packed, aligned(4)));

struct ipc4_mixer_mode_config {
	uint32_t mixer_mode_config_count; /**< 1 to IPC4_MIXIN_MODULE_MAX_OUTPUT_QUEUES */
	struct ipc4_mixer_mode_sink_config mixer_mode_sink_configs[];
} __attribute__((packed, aligned(4)));

#define MIXIN_NO_CHANNEL 0xf

/** Map of one to one. */
#define MIXIN_MAP_STRAIGHT 0x76543210

/** The way to one output. */
struct mixin_way {
	uint16_t gain; /**< 0 to IPC4_MIXIN_UNITY_GAIN */
	uint32_t map;  /**< four bits an output channel; MIXIN_NO_CHANNEL, or one the input has not:
			    silence */
};

/** \p frames frames of \p inputs channels at \p x, to \p outputs channels at \p y. */
typedef void (*mixin_func)(const struct mixin_way *way, void *y, unsigned int outputs,
			   const void *x, unsigned int inputs, size_t frames);

/** NULL: not S16_LE, S24_4LE or S32_LE. */
mixin_func mixin_find(enum sof_ipc_frame fmt);

#endif /* MIXIN_H */
