/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/module/api_ver.h
 * \brief Version of the interface between a loadable module and the firmware.
 */
#ifndef MODULE_MODULE_API_VER_H
#define MODULE_MODULE_API_VER_H

#include <stdint.h>

/** Ten bits each. */
#define MODULE_API_VERSION_ENCODE(a, b, c)                                                         \
	(((0x3FF & (a)) << 20) | ((0x3FF & (b)) << 10) | (0x3FF & (c)))

#define SOF_MODULE_API_BUILD_INFO_FORMAT 0x80000000

#define SOF_MODULE_API_MAJOR_VERSION  5
#define SOF_MODULE_API_MIDDLE_VERSION 0
#define SOF_MODULE_API_MINOR_VERSION  1
#define SOF_MODULE_API_CURRENT_VERSION                                                             \
	MODULE_API_VERSION_ENCODE(SOF_MODULE_API_MAJOR_VERSION, SOF_MODULE_API_MIDDLE_VERSION,     \
				  SOF_MODULE_API_MINOR_VERSION)

union sof_module_api_version {
	uint32_t full;
	struct {
		uint32_t minor : 10;
		uint32_t middle : 10;
		uint32_t major : 10;
		uint32_t reserved : 2;
	} fields;
};

struct sof_module_api_build_info {
	uint32_t format; /**< SOF_MODULE_API_BUILD_INFO_FORMAT */
	union sof_module_api_version api_version_number;
};

/** Build info of a module that is not LLEXT, in section ".buildinfo". */
#define DECLARE_LOADABLE_MODULE_API_VERSION(name)                                                  \
	const struct sof_module_api_build_info name##_build_info __attribute__((                   \
		section(".buildinfo"), used)) = { SOF_MODULE_API_BUILD_INFO_FORMAT,                \
						  { SOF_MODULE_API_CURRENT_VERSION } }

#endif /* MODULE_MODULE_API_VER_H */
