/* SPDX-License-Identifier: BSD-3-Clause */
#include "control/control.h"

#include <errno.h>
#include <kernel/abi.h>
#include <stdlib.h>
#include <string.h>

/* Words before the payload in what sof-ctl shows: TLV of two, ABI header of eight. */
#define TLV_BINARY 3
#define ABI_BYTES  32

struct control *controls_add(struct controls *controls, const char *name, const char *owner)
{
	struct control *more =
		realloc(controls->at, (controls->count + 1) * sizeof(controls->at[0]));
	struct control *control;

	if (!more)
		return NULL;
	controls->at = more;
	control = &more[controls->count++];
	memset(control, 0, sizeof(*control));
	snprintf(control->name, sizeof(control->name), "%s", name);
	snprintf(control->owner, sizeof(control->owner), "%s", owner);
	return control;
}

void controls_free(struct controls *controls)
{
	size_t i;

	for (i = 0; i < controls->count; i++) {
		free(controls->at[i].texts);
		free(controls->at[i].data);
	}
	free(controls->at);
	controls->at = NULL;
	controls->count = 0;
}

struct control *controls_find(struct controls *controls, const char *name)
{
	size_t i, length;

	for (i = 0; i < controls->count; i++)
		if (!strcmp(controls->at[i].name, name))
			return &controls->at[i];
	for (i = 0; i < controls->count; i++) {
		length = strlen(controls->at[i].owner);
		if (!strncmp(controls->at[i].owner, name, length) && name[length] == ' ' &&
		    !strcmp(controls->at[i].name, name + length + 1))
			return &controls->at[i];
	}
	return NULL;
}

int control_set_bytes(struct control *control, uint32_t param_id, const void *data, size_t size)
{
	uint8_t *copy = malloc(size + 1);

	if (!copy)
		return -ENOMEM;
	memcpy(copy, data, size);
	free(control->data);
	control->data = copy;
	control->size = size;
	control->param_id = param_id;
	return 0;
}

static void print_values(FILE *out, const struct control *control, bool texts)
{
	unsigned int i;

	for (i = 0; i < control->channels; i++) {
		if (i)
			fputc(',', out);
		if (!control->known)
			fputc('?', out);
		else if (control->kind == CONTROL_SWITCH)
			fputs(control->values[i] ? "on" : "off", out);
		else if (texts && control->kind == CONTROL_ENUM)
			fprintf(out, "'%s'", control->texts[control->values[i]]);
		else
			fprintf(out, "%d", control->values[i]);
	}
}

static void print_range(FILE *out, const struct control *control)
{
	int32_t i;

	switch (control->kind) {
	case CONTROL_VOLUME:
		fprintf(out, "%d to %d", control->min, control->max);
		if (control->has_db)
			fprintf(out, ", %.2f to %.2f dB", control->db_min / 100.0,
				((double)control->db_min +
				 ((double)control->max - control->min) * control->db_step) /
					100.0);
		break;
	case CONTROL_SWITCH:
		fputs("off or on", out);
		break;
	case CONTROL_ENUM:
		for (i = 0; i <= control->max; i++)
			fprintf(out, "%s'%s'", i ? "|" : "", control->texts[i]);
		break;
	case CONTROL_BYTES:
		if (control->bytes_max)
			fprintf(out, "up to %u bytes", control->bytes_max);
		else
			fputs("bytes", out);
		break;
	}
}

void controls_show(FILE *out, const struct controls *controls)
{
	size_t i;

	for (i = 0; i < controls->count; i++) {
		const struct control *control = &controls->at[i];

		fprintf(out, "#%zu '%s' (%s): ", i + 1, control->name, control->owner);
		print_range(out, control);
		if (control->kind != CONTROL_BYTES) {
			fputs(control->known ? ", is " : ", is the module's own: ", out);
			print_values(out, control, true);
		} else if (control->data) {
			fprintf(out, ", is %zu bytes, parameter %u", control->size,
				control->param_id);
		}
		fputc('\n', out);
	}
}

static void print_bytes(FILE *out, const struct control *control)
{
	uint32_t head[] = { TLV_BINARY,
			    (uint32_t)(ABI_BYTES + control->size),
			    SOF_IPC4_ABI_MAGIC,
			    control->param_id,
			    (uint32_t)control->size,
			    SOF_ABI_VERSION,
			    0,
			    0,
			    0,
			    0 };
	size_t i, words = (control->size + 3) / 4;
	uint32_t word;

	for (i = 0; i < sizeof(head) / sizeof(head[0]); i++)
		fprintf(out, "%s%u", i ? "," : "", head[i]);
	for (i = 0; i < words; i++) {
		size_t left = control->size - 4 * i;

		word = 0;
		memcpy(&word, control->data + 4 * i, left < 4 ? left : 4);
		fprintf(out, ",%u", word);
	}
	fputc('\n', out);
}

static void print_like_amixer(FILE *out, const struct controls *controls,
			      const struct control *control)
{
	static const char *const types[] = { "INTEGER", "BOOLEAN", "ENUMERATED", "BYTES" };
	int32_t i;

	fprintf(out, "numid=%zu,iface=MIXER,name='%s'\n", (size_t)(control - controls->at) + 1,
		control->name);
	fprintf(out, "  ; type=%s,access=rw------,values=%u", types[control->kind],
		control->channels);
	if (control->kind == CONTROL_VOLUME)
		fprintf(out, ",min=%d,max=%d,step=0", control->min, control->max);
	if (control->kind == CONTROL_ENUM)
		fprintf(out, ",items=%d", control->max + 1);
	for (i = 0; control->kind == CONTROL_ENUM && i <= control->max; i++)
		fprintf(out, "\n  ; Item #%d '%s'", i, control->texts[i]);
	fputs("\n  : values=", out);
	print_values(out, control, false);
	fputc('\n', out);
	if (control->has_db)
		fprintf(out, "  | dBscale-min=%.2fdB,step=%.2fdB,mute=%d\n",
			control->db_min / 100.0, control->db_step / 100.0, control->db_mute);
}

char *control_text(const struct controls *controls, const struct control *control)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	if (control->kind == CONTROL_BYTES && control->data)
		print_bytes(out, control);
	else if (control->kind == CONTROL_BYTES)
		fprintf(out, "'%s' holds the module's own bytes\n", control->name);
	else
		print_like_amixer(out, controls, control);
	if (fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}
