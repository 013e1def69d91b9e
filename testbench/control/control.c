/* SPDX-License-Identifier: BSD-3-Clause */
#include "control/control.h"

#include <errno.h>
#include <host/printable.h>
#include <stdlib.h>
#include <string.h>

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

/* Names and texts are a topology's. */
static void print_quoted(FILE *out, const char *text)
{
	fputc('\'', out);
	host_printable_put(out, text);
	fputc('\'', out);
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
			print_quoted(out, control->texts[control->values[i]]);
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
		for (i = 0; i <= control->max; i++) {
			fputs(i ? "|" : "", out);
			print_quoted(out, control->texts[i]);
		}
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

		fprintf(out, "#%zu ", i + 1);
		print_quoted(out, control->name);
		fputs(" (", out);
		host_printable_put(out, control->owner);
		fputs("): ", out);
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

void control_head(const struct controls *controls, const struct control *control, char *text,
		  size_t size)
{
	static const char *const types[] = { "INTEGER", "BOOLEAN", "ENUMERATED", "BYTES" };
	bool bytes = control->kind == CONTROL_BYTES;
	uint32_t values = bytes ? control->bytes_max : control->channels;
	char name[4 * sizeof(control->name)];

	if (bytes && !values)
		values = CONTROL_ANY_BYTES;
	host_printable(name, sizeof(name), control->name);
	snprintf(text, size,
		 "numid=%zu,iface=MIXER,name='%s'\n"
		 "  ; type=%s,access=%s,values=%u%s",
		 (size_t)(control - controls->at) + 1, name, types[control->kind],
		 bytes ? "-----RW-" : "rw------", values, bytes ? "\n" : "");
}

static void print_like_amixer(FILE *out, const struct controls *controls,
			      const struct control *control)
{
	char head[300];
	int32_t i;

	control_head(controls, control, head, sizeof(head));
	fputs(head, out);
	if (control->kind == CONTROL_VOLUME)
		fprintf(out, ",min=%d,max=%d,step=0", control->min, control->max);
	if (control->kind == CONTROL_ENUM)
		fprintf(out, ",items=%d", control->max + 1);
	for (i = 0; control->kind == CONTROL_ENUM && i <= control->max; i++)
		fprintf(out, "\n  ; Item #%d ", i), print_quoted(out, control->texts[i]);
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
	print_like_amixer(out, controls, control);
	if (fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}
