/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/lib/uuid.h
 * \brief UUIDs: what topologies and messages call a module by.
 *
 * Sixteen bytes, a to c little endian: the layout of struct sof_uuid is what goes over the IPC.
 * Constants only. Any mode.
 */
#ifndef SOF_LIB_UUID_H
#define SOF_LIB_UUID_H

#include <sof/common.h>
#include <sof/lib/uuid-registry.h>
#include <stdint.h>

#define UUID_SIZE 16
/** Room for a name, the terminating NUL included. */
#define UUID_NAME_MAX_LEN 32

struct sof_uuid {
	uint32_t a;
	uint16_t b;
	uint16_t c;
	uint8_t d[8];
} __packed;

struct sof_uuid_entry {
	struct sof_uuid id;
	const char name[UUID_NAME_MAX_LEN];
};

#define _UUID_INIT(va, vb, vc, d0, d1, d2, d3, d4, d5, d6, d7)                                     \
	{                                                                                          \
		va, vb, vc,                                                                        \
		{                                                                                  \
			d0, d1, d2, d3, d4, d5, d6, d7                                             \
		}                                                                                  \
	}

/** Define constant \p uuid_name, for SOF_RT_UUID(), and its named twin, for SOF_UUID(). */
#define SOF_DEFINE_UUID(entity_name, uuid_name, va, vb, vc, d0, d1, d2, d3, d4, d5, d6, d7)        \
	SOF_DEFINE_UUID_INIT(entity_name, uuid_name,                                               \
			     _UUID_INIT(va, vb, vc, d0, d1, d2, d3, d4, d5, d6, d7))
#define SOF_DEFINE_UUID_INIT(entity_name, uuid_name, ...)                                          \
	static const struct sof_uuid_entry uuid_name##_entry __unused = { __VA_ARGS__,             \
									  entity_name };           \
	extern const struct sof_uuid uuid_name;                                                    \
	const struct sof_uuid uuid_name = __VA_ARGS__

/** Initialiser of a UUID of the registry. */
#define SOF_REG_UUID(name) _UUIDREG_##name
/** Define constant name_uuid from the registry. */
#define SOF_DEFINE_REG_UUID(name) SOF_DEFINE_UUID_INIT(#name, name##_uuid, SOF_REG_UUID(name))

/* The argument may itself be a macro. */
#define SOF_UUID(uuid_name)    (&_CONCAT(uuid_name, _entry))
#define SOF_RT_UUID(uuid_name) (&(uuid_name))

/* SOF's older spellings. */
#define DECLARE_SOF_UUID(...)	 SOF_DEFINE_UUID(__VA_ARGS__)
#define DECLARE_SOF_RT_UUID(...) SOF_DEFINE_UUID(__VA_ARGS__)

#endif /* SOF_LIB_UUID_H */
