/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module_process.h
 * \brief One processing call, whichever of the three kinds the module has.
 *
 * Any mode: of a DP module it runs in its own thread, which is how those that know only the older
 * interfaces, and run LL on the board, can be isolated here.
 *
 * A module with process() gets its sources and sinks as they are. One with process_audio_stream()
 * gets the streams of its buffers, and as many frames as the scarcest side allows. One with
 * process_raw_data() gets linear copies of at most mpd.in_buff_size bytes, and what it makes of
 * them, at most mpd.out_buff_size bytes a call, leaves as its sinks have room. (SOF pads the
 * beginning of the raw kind's output while it gathers the first block; nothing is padded here.)
 */
#ifndef AUDIO_MODULE_PROCESS_H
#define AUDIO_MODULE_PROCESS_H

#include <sof/audio/module_adapter/module/generic.h>

/** What a module of the raw kind made and no sink has taken yet. */
struct raw_output {
	uint32_t at, left; /**< bytes of output_buffers[].data */
};

/** The adapter's side of the older kinds. */
struct module_process_state {
	struct input_stream_buffer inputs[CONFIG_MODULE_MAX_CONNECTIONS];
	struct output_stream_buffer outputs[CONFIG_MODULE_MAX_CONNECTIONS];
	struct raw_output raw[CONFIG_MODULE_MAX_CONNECTIONS];
};

/** Which of the calls a module has; the first there is of process, stream and raw.
 * 0; -ENOENT: none. */
int module_process_type(const struct module_interface *ops, enum module_processing_type *type);

/** Call prepare() and make ready for process calls. 0; -EINVAL: more connections than the module
 * is made for, or no block sizes; -ENOMEM; else what prepare() said. */
int module_process_prepare(struct processing_module *mod, const struct module_interface *ops,
			   struct module_process_state *state);
/** Undo it. */
void module_process_release(struct processing_module *mod, struct module_process_state *state);

/** 0, or what the module said; -ENODATA and -ENOSPC of the older kinds are 0. */
int module_process_run(struct processing_module *mod, const struct module_interface *ops,
		       struct module_process_state *state);

#endif /* AUDIO_MODULE_PROCESS_H */
