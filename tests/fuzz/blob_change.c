/* SPDX-License-Identifier: BSD-3-Clause */
/* Changes that leave a case one: formats, words of a payload with its sizes made right again, order. */
#include <stdlib.h>
#include <string.h>

#include "blob_case.h"
#include "fuzz_random.h"

#define PLACES 256

static uint32_t telling_word(uint64_t *state, size_t size)
{
	static const uint32_t words[] = {
		0,	    1,		2,	    3,		8,	    9,
		15,	    16,		31,	    32,		33,	    64,
		255,	    256,	1023,	    4096,	48000,	    65535,
		0x10000,    0x7fff,	0x8000,	    0x20000000, 0x40000000, 0x40000001,
		0x7fffffff, 0x80000000, 0x80000001, 0xc0000000, 0xffffffff, 0xfffffffe,
		0xffff8000, 0x7fff8000, 0x55555556, 0x33333334, 0xfffffff0, 0x00ffffff,
	};

	switch (fuzz_below(state, 6)) {
	case 0:
		return (uint32_t)size + (uint32_t)fuzz_below(state, 17) - 8;
	case 1:
		return (uint32_t)fuzz_below(state, 40);
	case 2:
		return (uint32_t)fuzz_random(state);
	case 3:
		return 1u << fuzz_below(state, 32);
	default:
		return words[fuzz_below(state, sizeof(words) / sizeof(words[0]))];
	}
}

/* ---- formats ---- */

static void change_end(uint64_t *state, struct blob_end *end, unsigned int what, uint32_t value)
{
	static const uint32_t rates[] = { 8000,	 11025, 16000, 22050, 24000,  32000, 44100,
					  48000, 64000, 88200, 96000, 176400, 192000 };

	switch (what) {
	case 0:
		end->channels = (uint8_t)(value % 8 + 1);
		break;
	case 1:
		end->rate = rates[value % (sizeof(rates) / sizeof(rates[0]))];
		break;
	case 2:
		end->sample = value % 3;
		break;
	default:
		end->queue = (uint8_t)fuzz_below(state, 8);
		break;
	}
}

static void change_head(uint64_t *state, struct blob_head *head)
{
	unsigned int what = (unsigned int)fuzz_below(state, 3), i;
	uint32_t value = (uint32_t)fuzz_below(state, 1000);

	switch (fuzz_below(state, 12)) {
	case 0:
	case 1:
	case 2:
	case 3: /* everywhere */
		for (i = 0; i < BLOB_CASE_ENDS; i++) {
			change_end(state, &head->in[i], what, value);
			change_end(state, &head->out[i], what, value);
		}
		break;
	case 4: /* at one side, as what converts has it */
		for (i = 0; i < BLOB_CASE_ENDS; i++)
			change_end(state, value & 1 ? &head->in[i] : &head->out[i], what, value);
		break;
	case 5:
		i = (unsigned int)fuzz_below(state, BLOB_CASE_ENDS);
		change_end(state, value & 1 ? &head->in[i] : &head->out[i],
			   (unsigned int)fuzz_below(state, 4), value);
		break;
	case 6:
		head->flags ^= (uint8_t)(1u << fuzz_below(state, 4));
		if (fuzz_below(state, 3) == 0)
			head->flags |= BLOB_DP;
		break;
	case 7: /* calls into a thread are many times slower: more of the others */
		head->flags &= (uint8_t)~BLOB_DP;
		break;
	case 8:
		head->period_ms = (uint8_t)(1 + fuzz_below(state, 12));
		break;
	case 9: /* one more end, like those there are */
		i = head->n_in;
		if (i && i < BLOB_CASE_ENDS) {
			head->in[i] = head->in[i - 1];
			head->in[i].queue = (uint8_t)i;
			head->n_in++;
		}
		break;
	case 10:
		i = head->n_out;
		if (i && i < BLOB_CASE_ENDS) {
			head->out[i] = head->out[i - 1];
			head->out[i].queue = (uint8_t)i;
			head->n_out++;
		}
		break;
	default:
		if (fuzz_below(state, 4) == 0)
			head->lie = (int32_t)telling_word(state, 16);
		else if (fuzz_below(state, 2) && head->n_in)
			head->n_in--;
		else if (head->n_out)
			head->n_out--;
		break;
	}
	head->noise = (uint32_t)fuzz_random(state);
}

/* ---- records ---- */

struct places {
	size_t at[PLACES];
	size_t count, end;
};

static void find_places(const uint8_t *data, size_t size, struct places *places)
{
	struct blob_record record;
	const uint8_t *payload;
	struct blob_head head;
	size_t at = blob_first(data, size, &head);

	places->count = 0;
	for (places->end = at; places->count < PLACES; places->end = at) {
		places->at[places->count] = at;
		if (!blob_next(data, size, &at, &record, &payload))
			break;
		places->count++;
	}
}

static struct blob_record record_at(const uint8_t *data, size_t at)
{
	struct blob_record record;

	memcpy(&record, data + at, sizeof(record));
	return record;
}

/* One with a payload, or none: the end. Init messages are few and configurations many. */
static size_t pick_payload(uint64_t *state, const uint8_t *data, const struct places *places)
{
	size_t tries, at;

	for (tries = 0; places->count && tries < 12; tries++) {
		at = places->at[fuzz_below(state, places->count)];
		if (record_at(data, at).size)
			return at;
	}
	return places->end;
}

static size_t drop_kind(uint8_t *data, size_t size, enum blob_what what)
{
	struct places places;
	size_t i;

	find_places(data, size, &places);
	for (i = places.count; i > 0; i--)
		if (record_at(data, places.at[i - 1]).what == what)
			size = blob_remove(data, size, places.at[i - 1]);
	return size;
}

/* What the program would send, so that it can be changed. */
static size_t spell_out(uint64_t *state, uint8_t *data, size_t size, size_t max)
{
	struct blob_record record = { 0 };
	struct graph_node node;
	struct blob_head head;
	size_t at = blob_first(data, size, &head);

	if (at == size || blob_node(&head, &node))
		return size;
	if (fuzz_below(state, 3) == 0) {
		record.what = BLOB_BASE;
		record.size = sizeof(node.base);
		size = blob_insert(data, drop_kind(data, size, BLOB_BASE), max, at, &record,
				   &node.base);
	} else if (node.init_size) {
		record.what = BLOB_INIT;
		record.size = (uint32_t)node.init_size;
		size = blob_insert(data, drop_kind(data, size, BLOB_INIT), max, at, &record,
				   node.init_data);
	} else {
		/* the pins, as a payload of their own */
		uint8_t pins[sizeof(struct ipc4_base_module_cfg_ext) +
			     2 * BLOB_CASE_ENDS * sizeof(struct ipc4_input_pin_format)] = { 0 };
		struct ipc4_base_module_cfg_ext ext = { 0 };
		size_t to = sizeof(ext), bytes;

		ext.nb_input_pins = (uint16_t)node.input_pin_count;
		ext.nb_output_pins = (uint16_t)node.output_pin_count;
		memcpy(pins, &ext, sizeof(ext));
		bytes = node.input_pin_count * sizeof(node.input_pins[0]);
		if (bytes)
			memcpy(pins + to, node.input_pins, bytes);
		to += bytes;
		bytes = node.output_pin_count * sizeof(node.output_pins[0]);
		if (bytes)
			memcpy(pins + to, node.output_pins, bytes);
		record.what = BLOB_PIN;
		record.size = (uint32_t)(to + bytes);
		size = blob_insert(data, drop_kind(data, size, BLOB_PIN), max, at, &record, pins);
	}
	blob_node_free(&node);
	return size;
}

/* ---- payloads ---- */

static uint32_t word_at(const uint8_t *bytes, size_t word)
{
	uint32_t value;

	memcpy(&value, bytes + 4 * word, sizeof(value));
	return value;
}

static void put_word(uint8_t *bytes, size_t word, uint32_t value)
{
	memcpy(bytes + 4 * word, &value, sizeof(value));
}

/* Words that told the size, in bytes or words, or how many there are from there to the end. */
static void mend_sizes(uint64_t *state, uint8_t *bytes, size_t before, size_t after)
{
	size_t words = after / 4, i;

	for (i = 0; i < words && i < 16; i++) {
		uint32_t value = word_at(bytes, i);

		if (!value || fuzz_below(state, 8) == 0)
			continue;
		if (value <= before && before - value <= 64 && (before - value) % 4 == 0)
			put_word(bytes, i, value + (uint32_t)after - (uint32_t)before);
		else if (value <= before / 4 && before / 4 - value <= 16)
			put_word(bytes, i, value + (uint32_t)(after / 4) - (uint32_t)(before / 4));
	}
}

static void change_words(uint64_t *state, uint8_t *bytes, size_t size)
{
	size_t words = size / 4, at = fuzz_below(state, words), count = 1 + fuzz_below(state, 12),
	       i;
	/* heads are where sizes and counts are */
	uint32_t value;

	if (fuzz_below(state, 2))
		at = fuzz_below(state, words < 16 ? words : 16);
	value = word_at(bytes, at);
	switch (fuzz_below(state, 9)) {
	case 0:
	case 1:
		put_word(bytes, at, telling_word(state, size));
		break;
	case 2:
		put_word(bytes, at, value + (uint32_t)fuzz_below(state, 9) - 4);
		break;
	case 3:
		put_word(bytes, at, value ^ 1u << fuzz_below(state, 32));
		break;
	case 4:
		i = fuzz_below(state, words);
		put_word(bytes, at, word_at(bytes, i));
		put_word(bytes, i, value);
		break;
	case 5: /* half of it */
		value = (value & 0xffff0000u) | (telling_word(state, size) & 0xffff);
		put_word(bytes, at, fuzz_below(state, 2) ? value : value << 16 | value >> 16);
		break;
	case 6: /* a stretch of extremes */
		value = telling_word(state, size);
		at = fuzz_below(state, words);
		for (i = at; i < words && i < at + count; i++)
			put_word(bytes, i, fuzz_below(state, 4) ? value : ~value);
		break;
	case 7:
		put_word(bytes, at, fuzz_below(state, 2) ? value << 1 : (uint32_t)-value);
		break;
	default:
		bytes[fuzz_below(state, size)] = (uint8_t)fuzz_random(state);
		break;
	}
}

static size_t change_length(uint64_t *state, uint8_t *bytes, size_t size, size_t room)
{
	size_t at = fuzz_below(state, size / 4) * 4, count = 4 * (1 + fuzz_below(state, 24)), after;

	if (fuzz_below(state, 10) == 0)
		count = size;	    /* twice as much */
	if (fuzz_below(state, 2)) { /* a part of it again */
		if (count > size - at)
			count = size - at;
		if (size + count > room)
			return size;
		memmove(bytes + at + count, bytes + at, size - at);
		after = size + count;
	} else {
		if (count > size - at)
			count = size - at;
		memmove(bytes + at, bytes + at + count, size - at - count);
		after = size - count;
	}
	if (fuzz_below(state, 4) == 0)
		after -= fuzz_below(state, after < 4 ? after + 1 : 4);
	if (fuzz_below(state, 4))
		mend_sizes(state, bytes, size, after);
	return after;
}

/* The same blob is often sent more than once: change them alike, now and then. */
static size_t change_payload(uint64_t *state, uint8_t *data, size_t size, size_t max, size_t at)
{
	struct blob_record record = record_at(data, at);
	size_t room = record.size * 2 + 128, length = record.size, times = 1 + fuzz_below(state, 4);
	uint8_t *bytes = calloc(1, room);

	if (!bytes)
		abort();
	memcpy(bytes, data + at + sizeof(record), length);
	while (times-- && length >= 4)
		if (fuzz_below(state, 6))
			change_words(state, bytes, length);
		else
			length = change_length(state, bytes, length, room);
	record.size = (uint32_t)length;
	size = blob_remove(data, size, at);
	size = blob_insert(data, size, max, at, &record, bytes);
	free(bytes);
	return size;
}

/* ---- order ---- */

/* Into fragments: first, middle, last; honest, or not. */
static size_t break_up(uint64_t *state, uint8_t *data, size_t size, size_t max, size_t at)
{
	struct blob_record whole = record_at(data, at), part;
	size_t parts = 2 + fuzz_below(state, 3), step = whole.size / parts, from = 0, i;
	uint8_t *bytes = malloc(whole.size + 1);

	if (!bytes)
		abort();
	memcpy(bytes, data + at + sizeof(whole), whole.size);
	size = blob_remove(data, size, at);
	for (i = 0; i < parts; i++, from += part.size) {
		part = whole;
		part.what = BLOB_PART;
		part.flags = (uint16_t)((i == 0) | (i + 1 == parts) << 1);
		part.size = (uint32_t)(i + 1 == parts ? whole.size - from : step);
		part.value = (uint32_t)(i ? from : whole.size);
		if (fuzz_below(state, 6) == 0)
			part.value = telling_word(state, whole.size);
		if (fuzz_below(state, 12) == 0)
			part.flags ^= (uint16_t)(1 + fuzz_below(state, 3));
		size = blob_insert(data, size, max, at, &part, bytes + from);
		at += size < max ? blob_record_bytes(part.size) : 0;
		if (at > size)
			break;
	}
	free(bytes);
	return size;
}

static size_t put_in(uint64_t *state, uint8_t *data, size_t size, size_t max, size_t at)
{
	static const uint8_t params[] = { 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 100, 200, 201, 202, 254 };
	struct blob_record record = { 0 };
	uint32_t words[8], i;

	record.what = (uint8_t)(BLOB_SET + fuzz_below(state, BLOB_KINDS - BLOB_SET));
	record.param = params[fuzz_below(state, sizeof(params))];
	record.flags = (uint16_t)fuzz_random(state);
	record.value =
		fuzz_below(state, 2) ? telling_word(state, 64) : (uint32_t)fuzz_below(state, 7);
	if (record.what == BLOB_SET || record.what == BLOB_PART) {
		record.size = 4 * (uint32_t)(1 + fuzz_below(state, 8));
		for (i = 0; i < 8; i++)
			words[i] = telling_word(state, record.size);
		if (record.param == 200 || record.param == 201) {
			/* a control of one value or two */
			record.size = 32;
			memset(words, 0, sizeof(words));
			words[0] =
				(uint32_t)(fuzz_below(state, 3) | (1 + fuzz_below(state, 2)) << 16);
			words[6] = fuzz_below(state, 2) ? (uint32_t)fuzz_below(state, 4) :
							  telling_word(state, 32);
			words[5] = fuzz_below(state, 4) ? 0 : telling_word(state, 32);
		}
	}
	return blob_insert(data, size, max, at, &record, words);
}

static size_t change_order(uint64_t *state, uint8_t *data, size_t size, size_t max,
			   const struct places *places)
{
	size_t at = places->at[fuzz_below(state, places->count)];
	struct blob_record record = record_at(data, at);
	uint8_t *copy;

	switch (fuzz_below(state, 6)) {
	case 0:
		return blob_remove(data, size, at);
	case 1:
	case 2: /* again, or elsewhere */
		copy = malloc(record.size + 1);
		if (!copy)
			abort();
		memcpy(copy, data + at + sizeof(record), record.size);
		if (fuzz_below(state, 2))
			size = blob_insert(data, size, max,
					   places->at[fuzz_below(state, places->count)], &record,
					   copy);
		free(copy);
		return size;
	case 3:
		return put_in(state, data, size, max, at);
	case 4:
		if (record.what == BLOB_SET && record.size >= 8)
			return break_up(state, data, size, max, at);
		return put_in(state, data, size, max, at);
	default:
		switch (fuzz_below(state, 3)) {
		case 0:
			record.param = (uint8_t)(fuzz_below(state, 2) ? fuzz_below(state, 16) :
									fuzz_random(state));
			break;
		case 1:
			record.value = telling_word(state, record.size);
			break;
		default:
			record.flags = (uint16_t)fuzz_random(state);
			break;
		}
		memcpy(data + at, &record, sizeof(record));
		return size;
	}
}

size_t blob_change(uint64_t *state, uint8_t *data, size_t size, size_t max)
{
	struct places places;
	struct blob_head head;
	size_t at;

	if (blob_first(data, size, &head) == size)
		return size;
	find_places(data, size, &places);
	switch (fuzz_below(state, 10)) {
	case 0:
	case 1:
		change_head(state, &head);
		memcpy(data, &head, sizeof(head));
		return fuzz_below(state, 4) ? drop_kind(data, size, BLOB_INIT) : size;
	case 2:
		return spell_out(state, data, size, max);
	case 3:
	case 4:
		return places.count ? change_order(state, data, size, max, &places) : size;
	default:
		at = pick_payload(state, data, &places);
		return at < places.end ? change_payload(state, data, size, max, at) : size;
	}
}

size_t blob_cross(uint64_t *state, uint8_t *data, size_t size, size_t max, const uint8_t *other,
		  size_t other_size)
{
	struct places here, there;
	struct blob_record record;
	size_t from, to;

	find_places(data, size, &here);
	find_places(other, other_size, &there);
	from = pick_payload(state, other, &there);
	if (from >= there.end || !here.count)
		return size;
	record = record_at(other, from);
	to = here.at[fuzz_below(state, here.count)];
	if (fuzz_below(state, 2)) {
		if (record_at(data, to).what == BLOB_SET)
			record.param = record_at(data, to).param;
		size = blob_remove(data, size, to);
	}
	return blob_insert(data, size, max, to, &record, other + from + sizeof(record));
}
