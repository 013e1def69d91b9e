/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file symbols.h
 * \brief Names and source lines of a process's code and data, from its debug information.
 *
 * Calling mode: in the reporter (reporter.h), as libdw allocates. Objects loaded after symbols_open()
 * are not known.
 */
#ifndef TESTBENCH_SYMBOLS_H
#define TESTBENCH_SYMBOLS_H

#include <host/fault.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

struct symbols;

struct source_frame {
	uintptr_t pc;
	char function[96]; /**< "" when not known */
	char object[96];   /**< file name of the program or shared object, "" for none */
	char file[256];	   /**< source file, "" when not known */
	unsigned int line;
	bool inlined; /**< it was inlined into the next frame */
};

/**
 * \param memory /proc/PID/mem of \p process, for as long as the symbols are open
 * \param maps   /proc/PID/maps of it, read from its start
 * \return NULL when memory is out or libdw has not been loaded (libdw_calls.h)
 */
struct symbols *symbols_open(pid_t process, int memory, FILE *maps);
void symbols_close(struct symbols **symbols);

/**
 * Calls that led to the place the registers stand for, innermost first, functions that were
 * inlined included. Code outside every object (a jump to the heap or to NULL) is one frame without
 * names; the frames of its caller follow.
 *
 * \return frames written, at most \p max
 */
size_t symbols_backtrace(struct symbols *symbols, const struct host_registers *registers,
			 struct source_frame *frames, size_t max);

/**
 * Name the variable or function at \p address as "NAME+OFFSET (OBJECT)".
 * \return false when there is none; \p text is "" then
 */
bool symbols_name(struct symbols *symbols, uintptr_t address, char *text, size_t size);

#endif /* TESTBENCH_SYMBOLS_H */
