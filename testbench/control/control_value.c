/* SPDX-License-Identifier: BSD-3-Clause */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "control/control.h"
#include "suggest.h"

/* 10^(1/20) and 10^(1/40) in Q16.16. */
#define ONE_DB	  73533u
#define HALF_A_DB 69419u
#define ONE	  65536u
#define ZERO_DB	  0x7fffffffu
/* Beyond these a gain is silence, or saturates. */
#define DB_LEAST -96
#define DB_MOST	 48

static uint32_t product(uint32_t a, uint32_t b)
{
	return (uint32_t)(((((uint64_t)a * b) >> 15) + 1) >> 1);
}

static int floor_div(int64_t a, int b)
{
	return (int)(a / b - (a % b < 0));
}

uint32_t control_gain(const struct control *control, int32_t value)
{
	int64_t level = control->db_min + ((int64_t)value - control->min) * control->db_step;
	uint32_t gain = ONE;
	int db, i;

	if (control->db_mute && value == control->min)
		return 0;
	if (!control->has_db || level >= 0)
		return ZERO_DB;
	/* Halves are above the whole dB, so those go down. */
	if (level < (int64_t)DB_LEAST * 100)
		return 0;
	db = floor_div(level, 100);
	for (i = 0; i < -db; i++)
		gain = product(gain, ONE_DB);
	gain = (uint32_t)(((uint64_t)1 << 32) / gain);
	if (level - 100 * (int64_t)db >= 50)
		gain = product(gain, HALF_A_DB);
	return gain >= ONE ? ZERO_DB : gain << 15;
}

int32_t control_value_of_gain(const struct control *control, uint32_t gain)
{
	int32_t value, best = control->max;
	uint32_t distance = UINT32_MAX;

	if (control->max - (int64_t)control->min > 100000)
		return best;
	for (value = control->max;; value--) {
		uint32_t at = control_gain(control, value);
		uint32_t off = at > gain ? at - gain : gain - at;

		/* Where several come to one gain, the scale's lowest is meant: 0 dB. */
		if (off <= distance) {
			distance = off;
			best = value;
		}
		if (value == control->min)
			return best;
	}
}

/* One value: what it is made of. */
struct item {
	const struct control *control;
	const char *at;
	size_t length;
	int32_t now;
	char *reason;
	size_t size;
};

static bool is_word(const struct item *item, const char *word)
{
	return strlen(word) == item->length && !strncasecmp(item->at, word, item->length);
}

static int refuse(const struct item *item, const char *expected)
{
	snprintf(item->reason, item->size, "'%.*s' is not %s",
		 (int)(item->length < 60 ? item->length : 60), item->at, expected);
	return -EINVAL;
}

static int refuse_range(const struct item *item)
{
	char expected[80];

	snprintf(expected, sizeof(expected), "in its range, %d to %d", item->control->min,
		 item->control->max);
	return refuse(item, expected);
}

/* The number at the item's beginning, and what follows it. */
static bool take_number(const struct item *item, double *number, char unit[4])
{
	char text[40], *end;

	if (item->length >= sizeof(text))
		return false;
	memcpy(text, item->at, item->length);
	text[item->length] = '\0';
	/* Words such as "inf", and hexadecimal ones, are none. */
	if (strspn(text, "+-.0123456789") == 0)
		return false;
	*number = strtod(text, &end);
	if (end == text || strlen(end) > 3 || !(fabs(*number) < 1e9) ||
	    (size_t)(end - text) > strspn(text, "+-.0123456789"))
		return false;
	strcpy(unit, end);
	return true;
}

static int value_of_db(const struct item *item, double db, int32_t *value)
{
	const struct control *control = item->control;
	double steps;

	if (!control->has_db || control->db_step <= 0)
		return refuse(item, "possible, it has no dB scale");
	steps = (db * 100.0 - control->db_min) / control->db_step;
	if (steps < -0.5 || steps > (double)control->max - control->min + 0.5)
		return refuse_range(item);
	*value = control->min + (int32_t)floor(steps + 0.5);
	*value = *value > control->max ? control->max : *value;
	return 0;
}

static int parse_volume(const struct item *item, int32_t *value)
{
	const struct control *control = item->control;
	double number;
	char unit[4];

	if (!take_number(item, &number, unit))
		return refuse(item, "a number, a percentage or a level in dB");
	if (!strcasecmp(unit, "dB"))
		return value_of_db(item, number, value);
	if (!strcmp(unit, "%")) {
		if (number < 0.0 || number > 100.0)
			return refuse(item, "a percentage from 0 to 100");
		/* Upwards, as alsa-lib does. */
		number = ceil(number * ((double)control->max - control->min) * 0.01 + control->min);
	} else if (*unit) {
		return refuse(item, "a number, a percentage or a level in dB");
	}
	if (number < control->min || number > control->max)
		return refuse_range(item);
	if (number != floor(number))
		return refuse(item, "a whole number");
	*value = (int32_t)number;
	return 0;
}

static int parse_switch(const struct item *item, int32_t *value)
{
	double number;
	char unit[4];

	if (is_word(item, "on") || is_word(item, "up") || is_word(item, "yes") ||
	    is_word(item, "true"))
		*value = 1;
	else if (is_word(item, "off") || is_word(item, "down") || is_word(item, "no") ||
		 is_word(item, "false"))
		*value = 0;
	else if (is_word(item, "toggle"))
		*value = !item->now;
	else if (take_number(item, &number, unit) && !*unit && number >= 0.0)
		*value = number > 0.0;
	else
		return refuse(item, "on or off");
	return 0;
}

/* With the nearest text, or else with all there is room for. */
static int refuse_text(const struct item *item)
{
	const struct control *control = item->control;
	char wanted[CONTROL_NAME_SIZE], expected[200];
	struct suggestion search = { .wanted = wanted };
	size_t at;
	int32_t i;

	snprintf(wanted, sizeof(wanted), "%.*s",
		 (int)(item->length < sizeof(wanted) ? item->length : sizeof(wanted) - 1),
		 item->at);
	for (i = 0; i <= control->max; i++)
		suggestion_offer(&search, control->texts[i]);
	if (search.best) {
		snprintf(expected, sizeof(expected), "one of its texts, did you mean '%s'?",
			 search.best);
		return refuse(item, expected);
	}
	at = (size_t)snprintf(expected, sizeof(expected), "one of its texts");
	for (i = 0; i <= control->max && at < sizeof(expected); i++)
		at += (size_t)snprintf(expected + at, sizeof(expected) - at, "%s'%s'",
				       i ? ", " : ": ", control->texts[i]);
	return refuse(item, expected);
}

static int parse_enum(const struct item *item, int32_t *value)
{
	struct item bare = *item;
	double number;
	char unit[4];
	int32_t i;

	if (bare.length > 1 && (*bare.at == '\'' || *bare.at == '"') &&
	    bare.at[bare.length - 1] == *bare.at) {
		bare.at++;
		bare.length -= 2;
	}
	for (i = 0; i <= item->control->max; i++)
		if (strlen(item->control->texts[i]) == bare.length &&
		    !memcmp(item->control->texts[i], bare.at, bare.length)) {
			*value = i;
			return 0;
		}
	if (!take_number(item, &number, unit) || *unit || number != floor(number))
		return refuse_text(&bare);
	if (number < 0 || number > item->control->max)
		return refuse_range(item);
	*value = (int32_t)number;
	return 0;
}

static int parse_item(const struct item *item, int32_t *value)
{
	switch (item->control->kind) {
	case CONTROL_VOLUME:
		return parse_volume(item, value);
	case CONTROL_SWITCH:
		return parse_switch(item, value);
	case CONTROL_ENUM:
		return parse_enum(item, value);
	default:
		return refuse(item, "possible: it takes bytes, by sof-ctl");
	}
}

/* Up to a comma. Texts may have commas, too: the longest that ends where an item can end counts, and
 * so do quotes. */
static size_t item_length(const struct control *control, const char *at)
{
	size_t length = strcspn(at, ","), longest = 0, text;
	const char *quote;
	int32_t i;

	if (control->kind != CONTROL_ENUM)
		return length;
	if (*at == '\'' || *at == '"') {
		quote = strchr(at + 1, *at);
		return quote && (!quote[1] || quote[1] == ',') ? (size_t)(quote + 1 - at) : length;
	}
	for (i = 0; i <= control->max; i++) {
		text = strlen(control->texts[i]);
		if (text > longest && !strncmp(at, control->texts[i], text) &&
		    (!at[text] || at[text] == ','))
			longest = text;
	}
	return longest ? longest : length;
}

int control_parse(const struct control *control, const char *text, int32_t *values, char *reason,
		  size_t size)
{
	struct item item = { control, text, 0, 0, reason, size };
	bool single = !text[item_length(control, text)];
	unsigned int channel;
	int ret = 0;

	if (!*text) {
		snprintf(reason, size, "a value is expected");
		return -EINVAL;
	}
	for (channel = 0; channel < control->channels; channel++) {
		item.length = item_length(control, item.at);
		item.now = values[channel];
		if (item.length)
			ret = parse_item(&item, &values[channel]);
		if (ret)
			return ret;
		if (single)
			continue;
		item.at += item.length;
		if (!*item.at)
			return 0;
		item.at++;
	}
	if (control->channels && (single || !*item.at))
		return 0;
	if (!control->channels)
		return refuse(&item, "possible: it takes bytes, by sof-ctl");
	snprintf(reason, size, "more than %u values", control->channels);
	return -EINVAL;
}
