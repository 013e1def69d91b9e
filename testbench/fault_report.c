/* SPDX-License-Identifier: BSD-3-Clause */
#include "fault_report.h"

#include <ctype.h>
#include <errno.h>
#include <host/printable.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "fault_at_once.h"
#include "libdw_calls.h"

/* Calls shown; the record keeps more. */
#define FRAMES_SHOWN	   8
#define REPORT_STACK_BYTES (2u << 20)

static struct {
	const struct options *options;
	struct fault_record *records; /* FAULT_RECORDS_MAX */
	size_t kept, told, let_through;
	bool nameless; /* and the user knows */
} history;

static bool is_printable(const char *word)
{
	size_t length = 1;

	for (; *word && length; word += length)
		length = host_printable_length((const unsigned char *)word);
	return length != 0;
}

static void print_in_quotes(FILE *out, const char *word)
{
	fputc('\'', out);
	for (; *word; word++)
		if (*word == '\'')
			fputs("'\\''", out);
		else
			fputc(*word, out);
	fputc('\'', out);
}

/* bash's form for control characters, whose escapes are those of host/printable.h */
static void print_escaped(FILE *out, const char *word)
{
	char piece[HOST_PRINTABLE_PIECE];

	fputs("$'", out);
	while (*word) {
		if (*word == '\'' || *word == '\\')
			fputc('\\', out);
		word = host_printable_next(word, piece);
		fputs(piece, out);
	}
	fputc('\'', out);
}

/* Print a word in the form in which a shell takes it. */
static void print_word(FILE *out, const char *word)
{
	bool plain = *word != '\0';

	for (const char *c = word; *c; c++)
		plain &= isalnum((unsigned char)*c) || strchr("_-./=,:+%@", *c) != NULL;
	if (plain)
		fputs(word, out);
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

static void print_calls(FILE *out, const struct fault_record *record)
{
	size_t i, count = frames_worth_showing(record);

	for (i = 0; i < count && i < FRAMES_SHOWN; i++) {
		const struct source_frame *frame = &record->frames[i];
		const char *slash = strrchr(frame->file, '/');

		fprintf(out, "%s#%-2zu ", i ? "           " : "  calls    ", i);
		if (!frame->function[0])
			fprintf(out, "0x%llx", (unsigned long long)frame->pc);
		else
			fprintf(out, "%s()", frame->function);
		if (frame->line)
			fprintf(out, " at %s:%u", slash ? slash + 1 : frame->file, frame->line);
		else if (frame->object[0])
			fprintf(out, " in %s", frame->object);
		else
			fputs(" (no code there)", out);
		fputs(frame->inlined ? " (inlined)\n" : "\n", out);
	}
	if (count > FRAMES_SHOWN)
		fprintf(out, "           ... %zu more\n", count - FRAMES_SHOWN);
}

static void print_gdb(FILE *out, const struct host_fault *fault)
{
	const struct options *options = history.options;
	int i;

	fputs("  debug    gdb -q --args", out);
	for (i = 0; i < options->argc; i++) {
		fputc(' ', out);
		print_word(out, options->argv[i]);
	}
	switch (fault->kind) {
	case HOST_FAULT_ACCESS:
	case HOST_FAULT_BUS:
	case HOST_FAULT_ILLEGAL:
	case HOST_FAULT_ARITHMETIC:
	case HOST_FAULT_BREAKPOINT:
	case HOST_FAULT_SINGLE_STEP:
	case HOST_FAULT_PRIVILEGED:
	case HOST_FAULT_MISALIGNED:
	case HOST_FAULT_PROTECTION:
		fputs("\n           (gdb) run            it stops where the fault is, before any "
		      "handler\n",
		      out);
		break;
	case HOST_FAULT_BUFFER:
		/* By then its code has returned. */
		fputs("\n           look for a pointer before the start of a block of audio, or "
		      "into a "
		      "sink or source;\n           with --share grant, or in memory of another's, "
		      "the "
		      "write itself is caught\n",
		      out);
		break;
	case HOST_FAULT_REPLY:
		fputs("\n           look for a write before the fragment, or a few bytes past its "
		      "size\n",
		      out);
		break;
	default:
		fputs("\n           (gdb) break host_fault_raised\n           (gdb) run\n          "
		      " (gdb) backtrace\n",
		      out);
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
static void print_suspects(FILE *out, const char *suspects)
{
	char name[48];
	size_t length;

	for (; *suspects; suspects += length + strspn(suspects + length, ", ")) {
		length = strcspn(suspects, ",");
		snprintf(name, sizeof(name), "%.*s", (int)length, suspects);
		if (*widget_names_find(name))
			fprintf(out, "  suspect  %s\n", widget_names_with(name));
	}
}

static void print_record(FILE *out, const struct fault_record *record)
{
	const struct host_fault *fault = &record->fault;

	fprintf(out, "\n== fault %zu: %s%s%s", history.told,
		fault->kind == HOST_FAULT_WATCHDOG ? "watchdog" :
		fault->kind == HOST_FAULT_ACCESS   ? "isolation" :
						     fault_kind_name(fault->kind),
		record->suspects[0] ? " in one of the instances " :
		record->module[0]   ? " in module " :
				      " in thread ",
		record->suspects[0] ? record->suspects :
		record->module[0]   ? record->module :
				      fault->thread_name);
	if (record->instance[0])
		fprintf(out, ", instance %s", record->instance);
	if (record->widget[0])
		fprintf(out, ", widget %s", record->widget);
	/* The module changed the name of its thread. */
	if (fault->user_mode && record->instance[0] && fault->thread_name[0] &&
	    strcmp(fault->thread_name, record->instance))
		fprintf(out, " (its thread is named '%s')", fault->thread_name);
	fprintf(out, " ==\n  what     %s, %s (backend %s)\n", record->what, mode_words(fault),
		fault->backend ? fault->backend : "unknown");
	if (record->where[0])
		fprintf(out, "  where    %s\n", record->where);
	print_suspects(out, record->suspects);
	if (record->last_error[0])
		fprintf(out, "  logged   %s\n", record->last_error);
	if (record->writers[0])
		fprintf(out,
			"  note     %s was allowed to write to memory that this code uses: the "
			"fault may "
			"be a consequence\n",
			record->writers);
	if (fault->refusal && fault->refusal[0])
		fprintf(out, "  ended    not allowed with --on-fault continue: %s\n",
			fault->refusal);
	if (record->culprit < record->frame_count) {
		const struct source_frame *frame = &record->frames[record->culprit];

		fprintf(out, "  source   %s:%u\n", frame->file, frame->line);
		if (record->source_line[0])
			fprintf(out, "           %5u | %s\n", frame->line, record->source_line);
	}
	print_calls(out, record);
	print_gdb(out, fault);
	fputc('\n', out);
}

static void tell(const struct host_fault *fault)
{
	struct fault_record *record = calloc(1, sizeof(*record));
	struct symbols *symbols;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	fault_report_prepare();
	symbols = symbols_open();
	history.told++;
	history.let_through += fault->let_through;
	if (record && out) {
		fault_record_fill(record, fault, symbols);
		print_record(out, record);
		fclose(out);
		/* One write, so that the lines stay together. */
		fwrite(text, 1, size, stderr);
		if (history.kept < FAULT_RECORDS_MAX) {
			history.records[history.kept] = *record;
			history.records[history.kept].fault.text =
				history.records[history.kept].reason;
			history.records[history.kept].fault.suspects =
				history.records[history.kept].suspects;
			history.records[history.kept].fault.last_error =
				history.records[history.kept].last_error;
			history.records[history.kept].fault.writers =
				history.records[history.kept].writers;
			history.kept++;
		}
	} else {
		fputs("sof-testbench: a module faulted, and memory is too short to say more\n",
		      stderr);
		if (out)
			fclose(out);
	}
	free(text);
	free(record);
	symbols_close(&symbols);
}

static void *tell_thread(void *arg)
{
	tell(arg);
	return NULL;
}

/*
 * libdw wants more than half of the fault stack, and much more in a sanitized build, so it gets a
 * stack of its own. That is unmapped afterwards: memory that stayed behind would be open to modules
 * when the run goes on.
 */
static void on_fault(const struct host_fault *fault, void *arg)
{
	void *stack;
	pthread_attr_t attributes;
	pthread_t thread;
	int ret = -1;

	if (fault_holds_locks(fault, history.options))
		fault_end_at_once(fault, history.options);
	stack = mmap(NULL, REPORT_STACK_BYTES, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
	if (stack != MAP_FAILED && !pthread_attr_init(&attributes)) {
		if (!pthread_attr_setstack(&attributes, stack, REPORT_STACK_BYTES))
			ret = pthread_create(&thread, &attributes, tell_thread, (void *)fault);
		pthread_attr_destroy(&attributes);
	}
	if (!ret)
		pthread_join(thread, NULL);
	else
		tell(fault);
	if (stack != MAP_FAILED)
		munmap(stack, REPORT_STACK_BYTES);
}

void fault_report_prepare(void)
{
	struct problem why = { 0 };

	if (libdw_load(&why) && !history.nameless)
		fprintf(stderr, "sof-testbench: warning: faults are reported without names: %s\n",
			why.text);
	history.nameless = why.code != EXIT_DONE;
}

int fault_report_start(const struct options *options)
{
	memset(&history, 0, sizeof(history));
	history.options = options;
	history.records = calloc(FAULT_RECORDS_MAX, sizeof(*history.records));
	if (!history.records)
		return -ENOMEM;
	host_fault_handler_set(on_fault, NULL);
	return 0;
}

void fault_report_stop(void)
{
	host_fault_handler_set(NULL, NULL);
	free(history.records);
	memset(&history, 0, sizeof(history));
}

size_t fault_report_count(void)
{
	return history.told;
}

size_t fault_report_let_through(void)
{
	return history.let_through;
}

const struct fault_record *fault_report_at(size_t index)
{
	return index < history.kept ? &history.records[index] : NULL;
}
