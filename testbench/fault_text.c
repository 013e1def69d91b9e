/* SPDX-License-Identifier: BSD-3-Clause */
#include "fault_text.h"

#include <ctype.h>
#include <host/printable.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Calls shown; the record keeps more. */
#define FRAMES_SHOWN 8

struct text {
	char *at;
	size_t size, length;
};

/* No locale, no float, no long field: such formats need no allocation. */
static void add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(struct text *text, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(text->at + text->length, text->size - text->length, format, args);
	va_end(args);
	if (length > 0)
		text->length += (size_t)length;
	if (text->length >= text->size)
		text->length = text->size - 1;
}

static void put(struct text *text, const char *words)
{
	add(text, "%s", words);
}

static bool is_printable(const char *word)
{
	size_t length = 1;

	for (; *word && length; word += length)
		length = host_printable_length((const unsigned char *)word);
	return length != 0;
}

static void print_in_quotes(struct text *out, const char *word)
{
	put(out, "'");
	for (; *word; word++)
		if (*word == '\'')
			put(out, "'\\''");
		else
			add(out, "%c", *word);
	put(out, "'");
}

/* bash's form for control characters, whose escapes are those of host/printable.h */
static void print_escaped(struct text *out, const char *word)
{
	char piece[HOST_PRINTABLE_PIECE];

	put(out, "$'");
	while (*word) {
		if (*word == '\'' || *word == '\\')
			put(out, "\\");
		word = host_printable_next(word, piece);
		put(out, piece);
	}
	put(out, "'");
}

/* Print a word in the form in which a shell takes it. */
static void print_word(struct text *out, const char *word)
{
	bool plain = *word != '\0';

	for (const char *c = word; *c; c++)
		plain &= isalnum((unsigned char)*c) || strchr("_-./=,:+%@", *c) != NULL;
	if (plain)
		put(out, word);
	else if (is_printable(word))
		print_in_quotes(out, word);
	else
		print_escaped(out, word);
}

/* Hide the board's frames below a module: of user mode for DP, of a guarded call for LL. */
static size_t frames_worth_showing(const struct fault_record *record)
{
	size_t i;

	for (i = 0; i < record->frame_count; i++)
		if (!strcmp(record->frames[i].function, "user_main") ||
		    !strcmp(record->frames[i].function, "guarded_main"))
			return i;
	return record->frame_count;
}

static void print_calls(struct text *out, const struct fault_record *record)
{
	size_t i, count = frames_worth_showing(record);

	for (i = 0; i < count && i < FRAMES_SHOWN; i++) {
		const struct source_frame *frame = &record->frames[i];
		const char *slash = strrchr(frame->file, '/');

		add(out, "%s#%-2zu ", i ? "           " : "  calls    ", i);
		if (!frame->function[0])
			add(out, "0x%llx", (unsigned long long)frame->pc);
		else
			add(out, "%s()", frame->function);
		if (frame->line)
			add(out, " at %s:%u", slash ? slash + 1 : frame->file, frame->line);
		else if (frame->object[0])
			add(out, " in %s", frame->object);
		else
			put(out, " (no code there)");
		put(out, frame->inlined ? " (inlined)\n" : "\n");
	}
	if (count > FRAMES_SHOWN)
		add(out, "           ... %zu more\n", count - FRAMES_SHOWN);
}

static void print_gdb(struct text *out, const struct host_fault *fault,
		      const struct options *options)
{
	int i;

	put(out, "  debug    gdb -q --args");
	for (i = 0; i < options->argc; i++) {
		put(out, " ");
		print_word(out, options->argv[i]);
	}
	if (host_fault_is_cpu_exception(fault->kind)) {
		put(out,
		    "\n           (gdb) run            it stops where the fault is, before any "
		    "handler\n");
		return;
	}
	switch (fault->kind) {
	case HOST_FAULT_BUFFER:
		/* By then its code has returned. */
		put(out,
		    "\n           look for a pointer before the start of a block of audio, or "
		    "into a "
		    "sink or source;\n           with --share grant, or in memory of another's, "
		    "the "
		    "write itself is caught\n");
		break;
	case HOST_FAULT_REPLY:
		put(out,
		    "\n           look for a write before the fragment, or a few bytes past its "
		    "size\n");
		break;
	default:
		put(out,
		    "\n           (gdb) break host_fault_raised\n           (gdb) run\n          "
		    " (gdb) backtrace\n");
	}
}

/* An assertion goes through the gate too, but that is not what it is about. */
static const char *mode_words(const struct host_fault *fault)
{
	if (fault->in_syscall &&
	    (fault->kind == HOST_FAULT_OOPS || fault->kind == HOST_FAULT_STALL ||
	     fault->kind == HOST_FAULT_ENDED))
		return "in a system call";
	return fault->user_mode ? "in user mode" : "in supervisor mode";
}

/* The widgets of instances one of which is guilty. */
static void print_suspects(struct text *out, const char *suspects)
{
	char name[48];
	size_t length;

	for (; *suspects; suspects += length + strspn(suspects + length, ", ")) {
		length = strcspn(suspects, ",");
		snprintf(name, sizeof(name), "%.*s", (int)length, suspects);
		if (*widget_names_find(name))
			add(out, "  suspect  %s\n", widget_names_with(name));
	}
}

static void print_record(struct text *out, const struct fault_record *record, size_t number,
			 const struct options *options, const char *missing)
{
	const struct host_fault *fault = &record->fault;

	add(out, "\n== fault %zu: %s%s%s", number,
	    fault->kind == HOST_FAULT_WATCHDOG ? "watchdog" :
	    fault->kind == HOST_FAULT_ACCESS   ? "isolation" :
						 fault_kind_name(fault->kind),
	    record->suspects[0] ? " in one of the instances " :
	    record->module[0]	? " in module " :
				  " in thread ",
	    record->suspects[0] ? record->suspects :
	    record->module[0]	? record->module :
				  fault->thread_name);
	if (record->instance[0])
		add(out, ", instance %s", record->instance);
	if (record->widget[0])
		add(out, ", widget %s", record->widget);
	/* The module changed the name of its thread. */
	if (fault->user_mode && record->instance[0] && fault->thread_name[0] &&
	    strcmp(fault->thread_name, record->instance))
		add(out, " (its thread is named '%s')", fault->thread_name);
	add(out, " ==\n  what     %s", record->what);
	if (fault->kind == HOST_FAULT_FIRMWARE)
		put(out, "\n           Only DP modules (--dp) are kept from that memory\n");
	else
		add(out, ", %s (backend %s)\n", mode_words(fault),
		    fault->backend ? fault->backend : "unknown");
	if (record->where[0])
		add(out, "  where    %s\n", record->where);
	print_suspects(out, record->suspects);
	if (record->last_error[0])
		add(out, "  logged   %s\n", record->last_error);
	if (record->writers[0])
		add(out,
		    "  note     %s was allowed to write to memory that this code uses: the fault "
		    "may be a consequence\n",
		    record->writers);
	if (fault->refusal && fault->refusal[0])
		add(out, "  ended    not allowed with --on-fault continue: %s\n", fault->refusal);
	if (record->culprit < record->frame_count) {
		const struct source_frame *frame = &record->frames[record->culprit];

		add(out, "  source   %s:%u\n", frame->file, frame->line);
		if (record->source_line[0])
			add(out, "           %5u | %s\n", frame->line, record->source_line);
	}
	print_calls(out, record);
	if (missing)
		add(out, "  note     names and lines are missing: %s\n", missing);
	print_gdb(out, fault, options);
	put(out, "\n");
}

size_t fault_text(char *text, size_t size, const struct fault_record *record, size_t number,
		  const struct options *options, const char *missing)
{
	struct text out = { text, size, 0 };

	print_record(&out, record, number, options, missing);
	return out.length;
}
