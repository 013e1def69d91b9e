/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/tlv.h
 * \brief Type, length, value records, one behind the other.
 *
 * Any mode; touches the records only. Readers trust no length: a record that does not fit in what
 * is left, or whose length is no multiple of 4, ends the search.
 */
#ifndef SOF_TLV_H
#define SOF_TLV_H

#include <sof/compiler_attributes.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct sof_tlv {
	uint32_t type;
	uint32_t length; /**< bytes of value */
	char value[];
} __packed __aligned(4);

struct sof_tl {
	uint32_t type;
	uint32_t max_length;
} __packed __aligned(4);

/** The record behind \p tlv; NULL when its length is no multiple of 4. */
static inline struct sof_tlv *tlv_next(const struct sof_tlv *tlv)
{
	if (tlv->length & 3)
		return NULL;
	return (struct sof_tlv *)((uintptr_t)tlv->value + tlv->length);
}

/** Fill a record; \p tlv has room for \p length bytes of value. */
static inline void tlv_value_set(struct sof_tlv *tlv, uint32_t type, uint32_t length, void *value)
{
	tlv->type = type;
	tlv->length = length;
	memcpy(tlv->value, value, length);
}

static inline void tlv_value_uint32_set(struct sof_tlv *tlv, uint32_t type, uint32_t value)
{
	tlv_value_set(tlv, type, sizeof(value), &value);
}

/**
 * First record of \p type among \p size bytes at \p data (4-byte aligned).
 *
 * \param[out] value,length its value; left as they were when there is none
 */
static inline void tlv_value_get(const void *data, uint32_t size, uint32_t type, void **value,
				 uint32_t *length)
{
	const char *at = (const char *)data;
	uint32_t left = size;

	while (left >= sizeof(struct sof_tlv)) {
		const struct sof_tlv *tlv = (const struct sof_tlv *)(const void *)at;
		uint32_t whole = tlv->length;

		if ((whole & 3) || whole > left - sizeof(*tlv))
			return;
		if (tlv->type == type) {
			*value = (void *)(uintptr_t)tlv->value;
			*length = whole;
			return;
		}
		whole += sizeof(*tlv);
		at += whole;
		left -= whole;
	}
}

/** Value of this record; NULL when it is of another type or not 4-byte aligned. */
static inline void *tlv_value_ptr_get(struct sof_tlv *tlv, uint32_t type)
{
	if (((uintptr_t)tlv & 3) || tlv->type != type)
		return NULL;
	return tlv->value;
}

#endif /* SOF_TLV_H */
