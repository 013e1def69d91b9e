/* SPDX-License-Identifier: BSD-3-Clause */
#include "topology_show.h"

#include <host/printable.h>
#include <string.h>

#include "tplg_cursor.h"

/* Bits of tplg_caps.formats and .rates: SNDRV_PCM_FORMAT_* and SNDRV_PCM_RATE_*. */
static const struct {
	unsigned int bit;
	const char *name;
} pcm_formats[] = {
	{ 0, "S8" },   { 1, "U8" },	{ 2, "S16" },	  { 6, "S24" },
	{ 10, "S32" }, { 14, "FLOAT" }, { 20, "MU_LAW" }, { 21, "A_LAW" },
};

static const unsigned int pcm_rates[] = { 5512,	 8000,	11025, 16000, 22050,  32000, 44100,
					  48000, 64000, 88200, 96000, 176400, 192000 };

static void put_text(FILE *out, const char *text)
{
	host_printable_put(out, text);
}

static void show_module(FILE *out, const struct topology_widget *widget)
{
	const char *name = widget->has_uuid ? topology_uuid_name(widget->uuid) : "no UUID";
	char uuid[40];

	fprintf(out, "%s", name ? name : topology_uuid_text(widget->uuid, uuid));
}

static void show_format(FILE *out, const char *which, const struct topology_format *format)
{
	const struct ipc4_audio_format *audio = &format->audio;
	char text[64];

	fprintf(out, "      %-3s pin %u  %s, %u bytes", which, format->pin,
		topology_format_text(audio, text), format->bytes);
	if (audio->interleaving_style != IPC4_CHANNELS_INTERLEAVED)
		fprintf(out, ", not interleaved");
	if (audio->s_type != IPC4_TYPE_LSB_INTEGER)
		fprintf(out, ", sample type %u", (unsigned int)audio->s_type);
	fprintf(out, ", channels %08x of configuration %u\n", audio->ch_map,
		(unsigned int)audio->ch_cfg);
}

static void show_pins(FILE *out, const char *which, const struct topology_pins *pins)
{
	unsigned int i;
	size_t k;

	if (pins->count > 1)
		fprintf(out, "      %-3s %u pins\n", which, pins->count);
	for (i = 0; pins->bindings && i < pins->count; i++) {
		fprintf(out, "      %-3s pin %u  bound to ", which, i);
		put_text(out, pins->bindings[i][0] ? pins->bindings[i] : "nothing");
		fputc('\n', out);
	}
	for (k = 0; k < pins->format_count; k++)
		show_format(out, which, &pins->formats[k]);
}

static void show_level(FILE *out, const struct tplg_control *control, int32_t value)
{
	int64_t level = control->db_min + (int64_t)(value - control->min) * control->db_step;

	if (value == control->min && control->db_mute)
		fprintf(out, "silence");
	else
		fprintf(out, "%.2f", (double)level / 100.0);
}

void topology_show_control(FILE *out, const struct tplg_control *control)
{
	unsigned int i;

	fputc('\'', out);
	put_text(out, control->name);
	switch (control->kind) {
	case TPLG_CONTROL_MIXER:
		fprintf(out, "': %d to %d", control->min, control->max);
		if (control->has_db) {
			fprintf(out, ", ");
			show_level(out, control, control->min);
			fprintf(out, " to ");
			show_level(out, control, control->max);
			fprintf(out, " dB");
		}
		fprintf(out, ", %u channels", control->channel_count);
		break;
	case TPLG_CONTROL_ENUM:
		fprintf(out, "':");
		for (i = 0; i < control->item_count; i++) {
			fprintf(out, "%s '", i ? "," : "");
			put_text(out, control->texts[i]);
			fputc('\'', out);
		}
		break;
	case TPLG_CONTROL_BYTES:
		fprintf(out, "': up to %u bytes, %zu given", control->bytes_max,
			control->data.size);
		break;
	}
}

static void show_own(FILE *out, const struct topology_widget *widget)
{
	switch (widget->kind) {
	case TOPOLOGY_HOST:
	case TOPOLOGY_DAI:
		fprintf(out, ", %s, node type %u", widget->source ? "input" : "output",
			widget->node_type);
		if (widget->dai_type[0]) {
			fprintf(out, ", DAI ");
			put_text(out, widget->dai_type);
			fprintf(out, " %u", widget->dai_index);
		}
		if (widget->deep_buffer_ms)
			fprintf(out, ", deep buffer of %u ms", widget->deep_buffer_ms);
		break;
	case TOPOLOGY_GAIN:
		fprintf(out, ", from %#x, curve %u of %u00 ns", widget->init_value,
			widget->curve_type, widget->curve_duration);
		break;
	case TOPOLOGY_SRC:
		if (widget->rate_in)
			fprintf(out, ", from %u Hz", widget->rate_in);
		if (widget->rate_out)
			fprintf(out, ", to %u Hz", widget->rate_out);
		break;
	case TOPOLOGY_ASRC:
		if (widget->rate_out)
			fprintf(out, ", to %u Hz", widget->rate_out);
		fprintf(out, ", operation mode %u", widget->operation_mode);
		break;
	default:
		break;
	}
}

static void show_widget(FILE *out, const struct topology *topology,
			const struct topology_widget *widget)
{
	static const char *const scheds[] = {
		[TOPOLOGY_SCHED_DEFAULT] = "",
		[TOPOLOGY_SCHED_LL] = ", LL",
		[TOPOLOGY_SCHED_DP] = ", DP",
	};
	size_t i;

	fprintf(out, "   ");
	put_text(out, widget->from->name);
	fprintf(out, ": %s, ", topology_kind_name(widget->kind));
	show_module(out, widget);
	fprintf(out, "%s", scheds[widget->sched]);
	if (widget->domain_id)
		fprintf(out, ", domain %u", widget->domain_id);
	if (widget->core)
		fprintf(out, ", core %u", widget->core);
	if (!topology_is_end(widget) && (widget->heap_bytes || widget->stack_bytes))
		fprintf(out, ", heap %u, stack %u bytes", widget->heap_bytes, widget->stack_bytes);
	show_own(out, widget);
	if (widget->from->stream[0]) {
		fprintf(out, ", stream '");
		put_text(out, widget->from->stream);
		fputc('\'', out);
	}
	fputc('\n', out);
	show_pins(out, "in", &widget->in);
	show_pins(out, "out", &widget->out);
	for (i = 0; i < widget->from->control_count; i++) {
		fprintf(out, "      control ");
		topology_show_control(out,
				      &topology->file->controls[widget->from->first_control + i]);
		fputc('\n', out);
	}
}

static void show_pipeline(FILE *out, const struct topology *topology, size_t number)
{
	const struct topology_pipeline *pipeline = &topology->pipelines[number];
	size_t i;

	fprintf(out, "\npipeline %u", pipeline->id);
	if (pipeline->has_direction)
		fprintf(out, ", %s", pipeline->direction ? "capture" : "playback");
	fprintf(out, ", priority %u, core %u%s%s%s\n", pipeline->priority, pipeline->core,
		pipeline->low_power ? ", low power" : "", pipeline->chain_dma ? ", chain DMA" : "",
		pipeline->dynamic ? ", dynamic" : "");
	for (i = 0; i < topology->widget_count; i++)
		if (topology->widgets[i].pipeline == number)
			show_widget(out, topology, &topology->widgets[i]);
}

static void show_routes(FILE *out, const struct topology *topology)
{
	size_t i;

	fprintf(out, "\nroutes\n");
	for (i = 0; i < topology->file->route_count; i++) {
		const struct tplg_route *route = &topology->file->routes[i];
		bool from = topology_find(topology, route->source) != TOPOLOGY_NONE;
		bool to = topology_find(topology, route->sink) != TOPOLOGY_NONE;

		fprintf(out, "   ");
		put_text(out, route->source);
		fprintf(out, "%s -> ", from ? "" : " (not here)");
		put_text(out, route->sink);
		fprintf(out, "%s\n", to ? "" : " (not here)");
	}
}

static void show_caps(FILE *out, const struct topology *topology, const struct topology_pcm *pcm,
		      int direction)
{
	const struct tplg_caps *caps = &pcm->from->caps[direction];
	size_t i;

	fprintf(out, "   %u '", pcm->from->id);
	put_text(out, pcm->from->name);
	fprintf(out, "' %s '", direction ? "capture" : "playback");
	put_text(out, caps->name);
	fprintf(out, "':");
	for (i = 0; i < sizeof(pcm_formats) / sizeof(pcm_formats[0]); i++)
		if (caps->formats >> pcm_formats[i].bit & 1)
			fprintf(out, " %s", pcm_formats[i].name);
	fputc(';', out);
	if (caps->rate_min || caps->rate_max)
		fprintf(out, " %u to %u Hz", caps->rate_min, caps->rate_max);
	for (i = 0; i < sizeof(pcm_rates) / sizeof(pcm_rates[0]); i++)
		if (caps->rates >> i & 1)
			fprintf(out, " %u", pcm_rates[i]);
	fprintf(out, "; %u to %u channels; ", caps->channels_min, caps->channels_max);
	if (pcm->host[direction] == TOPOLOGY_NONE)
		fprintf(out, "no host copier");
	else
		put_text(out, topology->widgets[pcm->host[direction]].from->name);
	fputc('\n', out);
}

static void show_pcms(FILE *out, const struct topology *topology)
{
	size_t i;

	fprintf(out, "\nPCMs\n");
	for (i = 0; i < topology->pcm_count; i++) {
		if (topology->pcms[i].from->playback)
			show_caps(out, topology, &topology->pcms[i], 0);
		if (topology->pcms[i].from->capture)
			show_caps(out, topology, &topology->pcms[i], 1);
	}
}

void topology_show(FILE *out, const struct topology *topology)
{
	const struct tplg_data *abi = &topology->file->manifest.data;
	size_t i, modules = 0;

	for (i = 0; i < topology->widget_count; i++)
		modules += topology_is_module(&topology->widgets[i]);
	put_text(out, topology->file->name);
	fprintf(out, ": %zu pipelines, %zu modules, %zu routes, %zu PCMs, %zu controls",
		topology->pipeline_count, modules, topology->file->route_count, topology->pcm_count,
		topology->file->control_count);
	/* SOF's manifest data: major, minor and patch, two bytes each. */
	if (abi->size == 6)
		fprintf(out, ", for ABI %u.%u.%u", abi->bytes[0] | abi->bytes[1] << 8,
			abi->bytes[2] | abi->bytes[3] << 8, abi->bytes[4] | abi->bytes[5] << 8);
	fputc('\n', out);
	for (i = 0; i < topology->pipeline_count; i++)
		show_pipeline(out, topology, i);
	if (topology->file->route_count)
		show_routes(out, topology);
	if (topology->pcm_count)
		show_pcms(out, topology);
}
