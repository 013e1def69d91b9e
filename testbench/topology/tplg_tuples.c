/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <string.h>

#include "tplg_cursor.h"

/* Bytes of an element behind its token; 0: no such type. */
static size_t payload_bytes(uint32_t type)
{
	switch (type) {
	case SND_SOC_TPLG_TUPLE_TYPE_UUID:
		return sizeof(((struct snd_soc_tplg_vendor_uuid_elem *)0)->uuid);
	case SND_SOC_TPLG_TUPLE_TYPE_STRING:
		return sizeof(((struct snd_soc_tplg_vendor_string_elem *)0)->string);
	case SND_SOC_TPLG_TUPLE_TYPE_BOOL:
	case SND_SOC_TPLG_TUPLE_TYPE_BYTE:
	case SND_SOC_TPLG_TUPLE_TYPE_WORD:
	case SND_SOC_TPLG_TUPLE_TYPE_SHORT:
		return sizeof(((struct snd_soc_tplg_vendor_value_elem *)0)->value);
	default:
		return 0;
	}
}

static int take_array(struct tplg_cursor *cursor, unsigned int number, struct tplg_tuples *tuples)
{
	struct snd_soc_tplg_vendor_array head;
	size_t start = cursor->at, payload;
	struct tplg_tuple *tuple;
	uint32_t i;
	int ret;

	ret = tplg_copy(cursor, &head, sizeof(head), "head of a tuple array");
	if (ret)
		return ret;
	payload = payload_bytes(head.type);
	if (!payload)
		return tplg_bad(cursor, start, "tuple array of type %u, expected 0 to 5",
				head.type);
	if (head.size < sizeof(head) || head.size - sizeof(head) > cursor->end - cursor->at)
		return tplg_bad(cursor, start, "tuple array of %u bytes, expected %zu to %zu",
				head.size, sizeof(head), cursor->end - start);
	if ((uint64_t)head.num_elems * (sizeof(uint32_t) + payload) != head.size - sizeof(head))
		return tplg_bad(cursor, start,
				"tuple array of %u elements in %u bytes, expected %zu bytes each "
				"and %zu for the head",
				head.num_elems, head.size, sizeof(uint32_t) + payload,
				sizeof(head));
	for (i = 0; i < head.num_elems; i++) {
		tuple = tplg_grow((void **)&tuples->at, &tuples->count, sizeof(*tuple));
		if (!tuple)
			return -ENOMEM;
		tuple->type = (enum tplg_tuple_type)head.type;
		tuple->array = number;
		ret = tplg_copy(cursor, &tuple->token, sizeof(tuple->token), "token");
		if (!ret)
			ret = tplg_take(cursor, payload, "tuple", &tuple->bytes);
		if (ret)
			return ret;
		if (payload == sizeof(tuple->value))
			memcpy(&tuple->value, tuple->bytes, sizeof(tuple->value));
	}
	return 0;
}

int tplg_take_tuples(struct tplg_cursor *cursor, size_t size, struct tplg_tuples *tuples)
{
	size_t behind = cursor->end;
	unsigned int number;
	int ret = 0;

	if (size > cursor->end - cursor->at)
		return tplg_bad(cursor, cursor->at,
				"private data: %zu bytes expected, %zu are left", size,
				cursor->end - cursor->at);
	cursor->end = cursor->at + size;
	for (number = 0; !ret && cursor->at < cursor->end; number++)
		ret = take_array(cursor, number, tuples);
	cursor->end = behind;
	return ret;
}

const struct tplg_tuple *tplg_tuple_find(const struct tplg_tuples *tuples, uint32_t token)
{
	size_t i;

	for (i = 0; i < tuples->count; i++)
		if (tuples->at[i].token == token)
			return &tuples->at[i];
	return NULL;
}

const char *tplg_tuple_text(const struct tplg_tuple *tuple, char text[TPLG_NAME_SIZE])
{
	if (tuple->type == TPLG_TUPLE_STRING)
		tplg_name(text, (const char *)tuple->bytes);
	else
		text[0] = '\0';
	return text;
}
