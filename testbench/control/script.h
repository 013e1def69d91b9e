/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file script.h
 * \brief Control scripts: what a shell script of amixer, sof-ctl and sleep commands says.
 *
 * One command a line, words as a shell splits them: blanks, '...', "...", backslash, # comments,
 * lines that go on after a backslash. Understood are
 *
 *     amixer [-c CARD] [-D DEVICE] [-q] cset ID VALUES
 *     amixer [-c CARD] [-D DEVICE] [-q] cget ID
 *     sof-ctl [-D DEVICE] [-i IPC] -c ID|-n NUMBER [-s FILE] [-o FILE] [-b] [-r] [-p PARAMETER]
 *     sleep NUMBER[s|m|h]
 *     set ...         (of the shell; without effect)
 *
 * with ID as amixer prints it, numid=NUMBER,iface=MIXER,name='NAME',index=0 or some of that in any
 * order (the number counts where there is one), for sof-ctl a bare NAME as well. -t is -p. Cards,
 * devices and interfaces are of no meaning here. All else is an error: nothing of a script is left
 * out silently.
 *
 * Calling mode: host memory open; main thread.
 */
#ifndef TESTBENCH_CONTROL_SCRIPT_H
#define TESTBENCH_CONTROL_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "problem.h"

#define SCRIPT_BYTES_MAX    (1u << 20)
#define SCRIPT_COMMANDS_MAX 10000
/** Longest a script can sleep at once: a week. */
#define SCRIPT_SLEEP_MAX_S 604800

enum script_verb {
	SCRIPT_SLEEP,
	SCRIPT_SET,	  /**< amixer cset */
	SCRIPT_GET,	  /**< amixer cget */
	SCRIPT_SET_BYTES, /**< sof-ctl -s */
	SCRIPT_GET_BYTES, /**< sof-ctl without -s */
};

struct script_command {
	enum script_verb verb;
	unsigned int line; /**< from 1 */
	uint64_t sleep_ns; /**< of a sleep */
	char *control;	   /**< name; NULL: by number */
	uint32_t numid;	   /**< 1 to UINT32_MAX; 0: by name */
	char *value;	   /**< values of SCRIPT_SET, file of SCRIPT_SET_BYTES; else NULL */
	char *output;	   /**< of sof-ctl -o; else NULL */
	bool binary;	   /**< -b: what is read is told in binary */
	bool bare;	   /**< -r: files have no header, and the parameter is \c param_id */
	bool has_param;	   /**< \c param_id was told */
	uint32_t param_id; /**< -p, 0 to 255 */
};

struct script {
	char *name; /**< of the file, for messages */
	struct script_command *commands;
	size_t count;
};

/**
 * \param[out] script empty on failure
 * \return 0; -EINVAL or what the system said, with \p why filled (EXIT_BAD_INPUT): name, line, what
 *         was expected; -ENOMEM
 */
int script_read(const char *path, struct script *script, struct problem *why);
/** The same from \p size bytes in memory; \p name stands for the file in messages. */
int script_parse(const char *name, const void *data, size_t size, struct script *script,
		 struct problem *why);
void script_free(struct script *script);

#endif /* TESTBENCH_CONTROL_SCRIPT_H */
