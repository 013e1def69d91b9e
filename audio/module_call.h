/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module_call.h
 * \brief One call of a module function with its arguments: what a DP module's thread has to do.
 *
 * A struct module_call of a DP instance lies in the module's heap, larger arguments in the mailbox
 * while the call lasts. The result is the module's word, and nothing more.
 */
#ifndef AUDIO_MODULE_CALL_H
#define AUDIO_MODULE_CALL_H

#include <sof/audio/module_adapter/module/generic.h>
#include <stdint.h>

struct module_memory;

enum module_function {
	MODULE_INIT,
	MODULE_PREPARE,
	MODULE_TRIGGER,
	MODULE_RESET,
	MODULE_FREE,
	MODULE_BIND,
	MODULE_UNBIND,
	MODULE_SET_CONFIGURATION,
	MODULE_GET_CONFIGURATION,
	MODULE_SET_CONFIG_PARAM,
	MODULE_GET_CONFIG_PARAM,
};

struct module_call {
	enum module_function function;
	int32_t result;
	uint32_t id;	      /**< configuration id, or a small parameter: in and out */
	uint32_t position;    /**< enum module_cfg_fragment_position */
	uint32_t data_offset; /**< of set; in and out of get */
	int32_t command;      /**< of trigger */
	uint8_t *bytes;	      /**< fragment */
	size_t size;
	const struct bind_info *bind;
};

/** Name of the function for messages: "get_configuration()". */
const char *module_function_name(enum module_function function);

/** Call the function; a missing one is 0, of set and get -EIO or -ENOEXEC. Any mode. */
int module_call_run(struct module_memory *memory, const struct module_interface *ops,
		    struct module_call *call);

/** Code of a DP module's thread; \p memory: struct module_memory. User mode. */
void dp_thread_main(void *memory, void *unused1, void *unused2);

/** \name Bits the thread posts to its own event to tell the kernel @{ */
#define DP_THREAD_NOT_READY (1u << 8) /**< is_ready_to_process() said no */
#define DP_THREAD_FAILED    (1u << 9) /**< process() failed, with call.result */
#define DP_THREAD_REPORT    (DP_THREAD_NOT_READY | DP_THREAD_FAILED)
/** @} */

#endif /* AUDIO_MODULE_CALL_H */
