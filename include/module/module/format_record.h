/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/module/format_record.h
 * \brief What sample formats a module's board description declares.
 *
 * On the board a module's .toml file becomes part of the firmware's manifest; its pins say which
 * sizes of samples, and of what holds them, inputs and outputs take. Here the build makes a record
 * of it (cmake/module-build/formats.awk), which the list of modules shows, and the program refuses
 * a run that connects a module in another format. Firmware has no such check: there prepare() has
 * the last word.
 */
#ifndef MODULE_MODULE_FORMAT_RECORD_H
#define MODULE_MODULE_FORMAT_RECORD_H

#include <stdint.h>

/** Bits of sizes: bit 0 is 8 bits, bit 1 is 16, bit 2 is 24, bit 3 is 32. */
#define SOF_FORMAT_SIZE_16 0x2
#define SOF_FORMAT_SIZE_24 0x4
#define SOF_FORMAT_SIZE_32 0x8

/** Of one module, by its manifest's name; in section ".sof_formats". Sizes of all inputs, and of
 * all outputs, together; 0: it has none. */
struct sof_format_record {
	char name[32];
	uint8_t input_samples, input_containers;
	uint8_t output_samples, output_containers;
};

/** Its alignment is told, or compilers leave gaps between records. */
#define SOF_FORMAT_RECORD(id, module_name, ...)                                                    \
	static const struct sof_format_record id                                                   \
		__attribute__((section(".sof_formats"), aligned(4), used)) = { module_name,        \
									       __VA_ARGS__ }

#endif /* MODULE_MODULE_FORMAT_RECORD_H */
