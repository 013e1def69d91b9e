/* SPDX-License-Identifier: BSD-3-Clause */
#include "topology_widget.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "topology_tokens.h"
#include "tplg_cursor.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

int topology_bad(const struct tplg_file *file, const struct tplg_widget *from, struct problem *why,
		 const char *format, ...)
{
	char text[300];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return problem_set(why, EXIT_BAD_INPUT, EINVAL, "%s: offset %zu: widget '%s': %s",
			   file->name, from->offset, from->name, text);
}

enum topology_kind topology_kind_of(uint32_t dapm_id)
{
	switch (dapm_id) {
	case SND_SOC_TPLG_DAPM_AIF_IN:
	case SND_SOC_TPLG_DAPM_AIF_OUT:
		return TOPOLOGY_HOST;
	case SND_SOC_TPLG_DAPM_DAI_IN:
	case SND_SOC_TPLG_DAPM_DAI_OUT:
		return TOPOLOGY_DAI;
	case SND_SOC_TPLG_DAPM_BUFFER:
		return TOPOLOGY_COPIER;
	case SND_SOC_TPLG_DAPM_PGA:
		return TOPOLOGY_GAIN;
	case SND_SOC_TPLG_DAPM_MIXER:
		return TOPOLOGY_MIXER;
	case SND_SOC_TPLG_DAPM_SRC:
		return TOPOLOGY_SRC;
	case SND_SOC_TPLG_DAPM_ASRC:
		return TOPOLOGY_ASRC;
	case SND_SOC_TPLG_DAPM_EFFECT:
	case SND_SOC_TPLG_DAPM_SIGGEN:
	case SND_SOC_TPLG_DAPM_ENCODER:
	case SND_SOC_TPLG_DAPM_DECODER:
		return TOPOLOGY_PROCESS;
	default:
		return TOPOLOGY_VIRTUAL;
	}
}

/* Where the word of a token goes, and what it may be at most. */
struct field {
	uint32_t token;
	size_t offset;
	uint32_t max;
	const char *name;
};

#define WIDGET(token, member, max, name)                                                           \
	{                                                                                          \
		token, offsetof(struct topology_widget, member), max, name                         \
	}
#define PIPELINE(token, member, max, name)                                                         \
	{                                                                                          \
		token, offsetof(struct topology_pipeline, member), max, name                       \
	}

static const struct field widget_fields[] = {
	WIDGET(TOKEN_DAI_INDEX, dai_index, UINT32_MAX, "DAI index"),
	WIDGET(TOKEN_DAI_DIRECTION, direction, 1, "direction"),
	WIDGET(TOKEN_GAIN_CURVE_TYPE, curve_type, UINT32_MAX, "curve type"),
	WIDGET(TOKEN_GAIN_CURVE_DURATION, curve_duration, UINT32_MAX, "curve duration"),
	WIDGET(TOKEN_GAIN_INIT_VALUE, init_value, UINT32_MAX, "init value"),
	WIDGET(TOKEN_SRC_RATE_IN, rate_in, UINT32_MAX, "input rate"),
	WIDGET(TOKEN_SRC_RATE_OUT, rate_out, UINT32_MAX, "output rate"),
	WIDGET(TOKEN_ASRC_RATE_OUT, rate_out, UINT32_MAX, "output rate"),
	WIDGET(TOKEN_ASRC_OPERATION_MODE, operation_mode, UINT32_MAX, "operation mode"),
	WIDGET(TOKEN_COMP_CORE_ID, core, 15, "core"),
	WIDGET(TOKEN_COMP_CPC, cpc, UINT32_MAX, "cycles a chunk"),
	WIDGET(TOKEN_COMP_IS_PAGES, is_pages, UINT32_MAX, "pages"),
	WIDGET(TOKEN_COMP_NUM_INPUT_PINS, in.count, TOPOLOGY_PINS_MAX, "number of input pins"),
	WIDGET(TOKEN_COMP_NUM_OUTPUT_PINS, out.count, TOPOLOGY_PINS_MAX, "number of output pins"),
	WIDGET(TOKEN_COMP_DOMAIN_ID, domain_id, UINT32_MAX, "domain id"),
	WIDGET(TOKEN_COMP_STACK_BYTES, stack_bytes, UINT32_MAX, "stack bytes"),
	WIDGET(TOKEN_COMP_HEAP_BYTES, heap_bytes, UINT32_MAX, "heap bytes"),
	WIDGET(TOKEN_MIX_TYPE, mix_type, 1, "mix type"),
	WIDGET(TOKEN_COPIER_NODE_TYPE, node_type, 31, "node type"),
	WIDGET(TOKEN_COPIER_DEEP_BUFFER_MS, deep_buffer_ms, UINT32_MAX, "deep buffer"),
};

static const struct field pipeline_fields[] = {
	PIPELINE(TOKEN_SCHED_PERIOD, period_us, UINT32_MAX, "period"),
	PIPELINE(TOKEN_SCHED_PRIORITY, priority, 7, "priority"),
	PIPELINE(TOKEN_SCHED_CORE, core, 15, "core"),
	PIPELINE(TOKEN_SCHED_TIME_DOMAIN, time_domain, UINT32_MAX, "time domain"),
	PIPELINE(TOKEN_SCHED_DIRECTION, direction, 1, "direction"),
};

static bool is_value(enum tplg_tuple_type type)
{
	return type != TPLG_TUPLE_UUID && type != TPLG_TUPLE_STRING;
}

static const struct field *field_of(uint32_t token, const struct field *fields, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (fields[i].token == token)
			return &fields[i];
	return NULL;
}

struct taking {
	const struct tplg_file *file;
	const struct tplg_widget *from;
	struct problem *why;
};

static int check_type(const struct taking *take, const struct tplg_tuple *tuple, bool fits,
		      const char *expected)
{
	static const char *const names[] = { "UUID", "string", "bool", "byte", "word", "short" };

	if (fits)
		return 0;
	return topology_bad(take->file, take->from, take->why,
			    "token %u is of type %s, expected %s", tuple->token, names[tuple->type],
			    expected);
}

static int take_word(const struct taking *take, const struct tplg_tuple *tuple,
		     const struct field *field, void *object)
{
	int ret = check_type(take, tuple, is_value(tuple->type), "word");

	if (ret)
		return ret;
	if (tuple->value > field->max)
		return topology_bad(take->file, take->from, take->why,
				    "%s (token %u) is %u, expected up to %u", field->name,
				    tuple->token, tuple->value, field->max);
	memcpy((uint8_t *)object + field->offset, &tuple->value, sizeof(tuple->value));
	return 0;
}

static int take_flag(const struct taking *take, const struct tplg_tuple *tuple, bool *flag)
{
	int ret = check_type(take, tuple, is_value(tuple->type), "bool");

	if (!ret)
		*flag = tuple->value != 0;
	return ret;
}

static int take_sched(const struct taking *take, const struct tplg_tuple *tuple,
		      struct topology_widget *widget)
{
	static const char *const words[] = {
		[TOPOLOGY_SCHED_DEFAULT] = "default",
		[TOPOLOGY_SCHED_LL] = "LL",
		[TOPOLOGY_SCHED_DP] = "DP",
	};
	char text[TPLG_NAME_SIZE];
	size_t i;

	tplg_tuple_text(tuple, text);
	for (i = 0; i < COUNT(words); i++) {
		if (strcmp(text, words[i]))
			continue;
		widget->sched = (enum topology_sched)i;
		return 0;
	}
	return topology_bad(take->file, take->from, take->why,
			    "scheduler domain (token %u) is '%s', expected LL, DP or default",
			    tuple->token, text);
}

static int take_binding(const struct taking *take, const struct tplg_tuple *tuple,
			struct topology_pins *pins, unsigned int *number)
{
	if (*number == TOPOLOGY_PINS_MAX)
		return topology_bad(take->file, take->from, take->why,
				    "more than %d pin bindings (token %u)", TOPOLOGY_PINS_MAX,
				    tuple->token);
	if (!pins->bindings)
		pins->bindings = calloc(TOPOLOGY_PINS_MAX, sizeof(*pins->bindings));
	if (!pins->bindings)
		return -ENOMEM;
	tplg_tuple_text(tuple, pins->bindings[(*number)++]);
	return 0;
}

/* One direction's formats while they are collected. */
struct collecting {
	struct topology_pins *pins;
	uint32_t first_token; /* TOKEN_IN_RATE or TOKEN_OUT_RATE */
	uint32_t bytes_token;
	unsigned int array; /* of the format being filled */
	uint32_t seen;	    /* its tokens, by bit */
};

/* Tokens of a format, less the first: bits of seen. The period's bytes are beyond them. */
#define FORMAT_TOKENS 10
/* Those that are in the packed word too. */
#define PACKED                                                                                     \
	(1u << (TOKEN_IN_VALID_BIT_DEPTH - TOKEN_IN_RATE) |                                        \
	 1u << (TOKEN_IN_CHANNELS - TOKEN_IN_RATE) | 1u << (TOKEN_IN_SAMPLE_TYPE - TOKEN_IN_RATE))

static int format_token(const struct collecting *formats, uint32_t token)
{
	if (token == formats->bytes_token)
		return FORMAT_TOKENS;
	if (token < formats->first_token || token >= formats->first_token + FORMAT_TOKENS)
		return -1;
	return (int)(token - formats->first_token);
}

static void set_format(struct topology_format *format, uint32_t token, uint32_t value)
{
	struct ipc4_audio_format *audio = &format->audio;

	switch (token) {
	case TOKEN_IN_RATE - TOKEN_IN_RATE:
		audio->sampling_frequency = (enum ipc4_sampling_frequency)value;
		break;
	case TOKEN_IN_BIT_DEPTH - TOKEN_IN_RATE:
		audio->depth = (enum ipc4_bit_depth)value;
		break;
	case TOKEN_IN_VALID_BIT_DEPTH - TOKEN_IN_RATE:
		audio->valid_bit_depth = value & 0xff;
		break;
	case TOKEN_IN_CHANNELS - TOKEN_IN_RATE:
		audio->channels_count = value & 0xff;
		break;
	case TOKEN_IN_CH_MAP - TOKEN_IN_RATE:
		audio->ch_map = value;
		break;
	case TOKEN_IN_CH_CFG - TOKEN_IN_RATE:
		audio->ch_cfg = (enum ipc4_channel_config)value;
		break;
	case TOKEN_IN_INTERLEAVING_STYLE - TOKEN_IN_RATE:
		audio->interleaving_style = value;
		break;
	case TOKEN_IN_SAMPLE_TYPE - TOKEN_IN_RATE:
		audio->s_type = (enum ipc4_sample_type)(value & 0xff);
		break;
	case TOKEN_INPUT_PIN_INDEX - TOKEN_IN_RATE:
		format->pin = value;
		break;
	case FORMAT_TOKENS:
		format->bytes = value;
		break;
	default:
		break;
	}
}

/* A format is what stands in one array, up to where a token comes a second time. The packed word
 * decides where it differs from the single ones: it is what goes over the IPC. */
static int take_format(const struct taking *take, const struct tplg_tuple *tuple,
		       struct collecting *formats, int token)
{
	struct topology_pins *pins = formats->pins;
	struct topology_format *format;
	int ret = check_type(take, tuple, is_value(tuple->type), "word");

	if (ret)
		return ret;
	if (!pins->format_count || formats->array != tuple->array || formats->seen & 1u << token) {
		if (!tplg_grow((void **)&pins->formats, &pins->format_count,
			       sizeof(*pins->formats)))
			return -ENOMEM;
		formats->array = tuple->array;
		formats->seen = 0;
	}
	formats->seen |= 1u << token;
	format = &pins->formats[pins->format_count - 1];
	if (token == TOKEN_IN_FMT_CFG - TOKEN_IN_RATE) {
		format->audio.channels_count = tuple->value & 0xff;
		format->audio.valid_bit_depth = tuple->value >> 8 & 0xff;
		format->audio.s_type = (enum ipc4_sample_type)(tuple->value >> 16 & 0xff);
	} else if (!(PACKED & 1u << token) ||
		   !(formats->seen & 1u << (TOKEN_IN_FMT_CFG - TOKEN_IN_RATE))) {
		set_format(format, (uint32_t)token, tuple->value);
	}
	return 0;
}

/* alsatplg lists the defaults of a class behind what a topology says: only the number declared
 * tells them apart. Where more are declared than there are, those there are count. */
static int cut_formats(const struct taking *take, const char *which, uint32_t token,
		       struct topology_pins *pins)
{
	const struct tplg_tuple *declared = tplg_tuple_find(&take->from->tuples, token);
	size_t i;

	if (declared && declared->value < pins->format_count)
		pins->format_count = declared->value;
	for (i = 0; i < pins->format_count; i++)
		if (pins->formats[i].pin >= TOPOLOGY_PINS_MAX)
			return topology_bad(take->file, take->from, take->why,
					    "%s format of pin %u, expected up to %d", which,
					    pins->formats[i].pin, TOPOLOGY_PINS_MAX - 1);
	return 0;
}

static int take_token(const struct taking *take, const struct tplg_tuple *tuple,
		      struct topology_widget *widget, unsigned int *bindings)
{
	const struct field *field = field_of(tuple->token, widget_fields, COUNT(widget_fields));
	int ret;

	if (field)
		return take_word(take, tuple, field, widget);
	switch (tuple->token) {
	case TOKEN_COMP_UUID:
		ret = check_type(take, tuple, tuple->type == TPLG_TUPLE_UUID, "UUID");
		if (ret)
			return ret;
		memcpy(widget->uuid, tuple->bytes, sizeof(widget->uuid));
		widget->has_uuid = true;
		return 0;
	case TOKEN_DAI_TYPE:
		ret = check_type(take, tuple, tuple->type == TPLG_TUPLE_STRING, "string");
		tplg_tuple_text(tuple, widget->dai_type);
		return ret;
	case TOKEN_COMP_SCHED_DOMAIN:
		ret = check_type(take, tuple, tuple->type == TPLG_TUPLE_STRING, "string");
		return ret ? ret : take_sched(take, tuple, widget);
	case TOKEN_COMP_INPUT_PIN_BINDING:
		ret = check_type(take, tuple, tuple->type == TPLG_TUPLE_STRING, "string");
		return ret ? ret : take_binding(take, tuple, &widget->in, &bindings[0]);
	case TOKEN_COMP_OUTPUT_PIN_BINDING:
		ret = check_type(take, tuple, tuple->type == TPLG_TUPLE_STRING, "string");
		return ret ? ret : take_binding(take, tuple, &widget->out, &bindings[1]);
	default:
		return 0;
	}
}

int topology_take_widget(const struct tplg_file *file, const struct tplg_widget *from,
			 struct topology_widget *widget, struct problem *why)
{
	struct taking take = { file, from, why };
	struct collecting in = { .pins = &widget->in,
				 .first_token = TOKEN_IN_RATE,
				 .bytes_token = TOKEN_IBS };
	struct collecting out = { .pins = &widget->out,
				  .first_token = TOKEN_OUT_RATE,
				  .bytes_token = TOKEN_OBS };
	unsigned int bindings[2] = { 0 };
	size_t i;
	int token, ret = 0;

	widget->from = from;
	widget->pipeline = TOPOLOGY_NONE;
	widget->kind = topology_kind_of(from->id);
	widget->source =
		from->id == SND_SOC_TPLG_DAPM_AIF_IN || from->id == SND_SOC_TPLG_DAPM_DAI_OUT;
	if (widget->kind == TOPOLOGY_VIRTUAL)
		return 0;
	for (i = 0; !ret && i < from->tuples.count; i++) {
		const struct tplg_tuple *tuple = &from->tuples.at[i];

		token = format_token(&in, tuple->token);
		if (token >= 0) {
			ret = take_format(&take, tuple, &in, token);
			continue;
		}
		token = format_token(&out, tuple->token);
		if (token >= 0)
			ret = take_format(&take, tuple, &out, token);
		else
			ret = take_token(&take, tuple, widget, bindings);
	}
	if (!ret)
		ret = cut_formats(&take, "input", TOKEN_COMP_NUM_INPUT_AUDIO_FORMATS, &widget->in);
	if (!ret)
		ret = cut_formats(&take, "output", TOKEN_COMP_NUM_OUTPUT_AUDIO_FORMATS,
				  &widget->out);
	return ret;
}

int topology_take_pipeline(const struct tplg_file *file, const struct tplg_widget *from,
			   struct topology_pipeline *pipeline, struct problem *why)
{
	struct taking take = { file, from, why };
	const struct tplg_tuple *tuple;
	const struct field *field;
	size_t i;
	int ret = 0;

	pipeline->from = from;
	pipeline->id = from->index;
	for (i = 0; !ret && i < from->tuples.count; i++) {
		tuple = &from->tuples.at[i];
		field = field_of(tuple->token, pipeline_fields, COUNT(pipeline_fields));
		if (field)
			ret = take_word(&take, tuple, field, pipeline);
		else if (tuple->token == TOKEN_SCHED_LP_MODE)
			ret = take_flag(&take, tuple, &pipeline->low_power);
		else if (tuple->token == TOKEN_SCHED_USE_CHAIN_DMA)
			ret = take_flag(&take, tuple, &pipeline->chain_dma);
		else if (tuple->token == TOKEN_SCHED_DYNAMIC_PIPELINE)
			ret = take_flag(&take, tuple, &pipeline->dynamic);
		if (tuple->token == TOKEN_SCHED_DIRECTION)
			pipeline->has_direction = true;
	}
	return ret;
}

void topology_free_widget(struct topology_widget *widget)
{
	free(widget->in.formats);
	free(widget->in.bindings);
	free(widget->out.formats);
	free(widget->out.bindings);
}
