/* SPDX-License-Identifier: BSD-3-Clause */
#include "topology_control.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "graph.h"

/* SOF's number of the operations of a switch. */
#define SWITCH_OPERATION 259
#define ABI_BYTES	 32

static void fill_mixer(struct control *control, const struct tplg_control *from,
		       const struct topology_widget *widget)
{
	int32_t value;
	unsigned int i;

	control->kind = (int64_t)from->max - from->min == 1 || from->put == SWITCH_OPERATION ?
				CONTROL_SWITCH :
				CONTROL_VOLUME;
	control->has_db = from->has_db && control->kind == CONTROL_VOLUME;
	control->db_min = from->db_min;
	control->db_step = from->db_step;
	control->db_mute = from->db_mute;
	if (widget->kind != TOPOLOGY_GAIN)
		return;
	control->curve_type = widget->curve_type;
	control->curve_duration = widget->curve_duration;
	if (!control->has_db)
		return;
	value = control_value_of_gain(control, widget->init_value);
	for (i = 0; i < CONTROL_CHANNELS_MAX; i++)
		control->values[i] = value;
	control->known = true;
}

static int fill_enum(struct control *control, const struct tplg_control *from)
{
	unsigned int i;

	control->kind = CONTROL_ENUM;
	control->texts = calloc(from->item_count, sizeof(control->texts[0]));
	if (!control->texts)
		return -ENOMEM;
	for (i = 0; i < from->item_count; i++)
		snprintf(control->texts[i], sizeof(control->texts[i]), "%s", from->texts[i]);
	return 0;
}

static int fill_bytes(struct control *control, const struct tplg_control *from)
{
	uint32_t param_id;

	control->kind = CONTROL_BYTES;
	control->bytes_max = from->bytes_max;
	if (from->data.size <= ABI_BYTES)
		return 0;
	memcpy(&param_id, from->data.bytes + 4, sizeof(param_id));
	return control_set_bytes(control, param_id, from->data.bytes + ABI_BYTES,
				 from->data.size - ABI_BYTES);
}

static int fill(struct control *control, const struct tplg_control *from,
		const struct topology_widget *widget)
{
	control->min = from->min;
	control->max = from->max;
	if (from->kind == TPLG_CONTROL_BYTES)
		return fill_bytes(control, from);
	control->channels = from->channel_count ? from->channel_count : 1;
	if (from->kind == TPLG_CONTROL_ENUM)
		return fill_enum(control, from);
	fill_mixer(control, from, widget);
	return 0;
}

int topology_controls(const struct topology *topology, const size_t *nodes,
		      struct controls *controls)
{
	const struct tplg_file *file = topology->file;
	size_t i, k;
	int ret = 0;

	for (i = 0; i < topology->widget_count; i++) {
		const struct topology_widget *widget = &topology->widgets[i];
		uint16_t ids[TPLG_CONTROL_BYTES + 1] = { 0 };

		for (k = 0; !ret && k < widget->from->control_count; k++) {
			const struct tplg_control *from =
				&file->controls[widget->from->first_control + k];
			struct control *control =
				controls_add(controls, from->name, widget->from->name);

			if (!control)
				return -ENOMEM;
			control->node = nodes ? nodes[i] : GRAPH_NONE;
			control->id = ids[from->kind]++;
			ret = fill(control, from, widget);
		}
	}
	return ret;
}
