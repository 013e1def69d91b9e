/* SPDX-License-Identifier: BSD-3-Clause */
#include "fault_record.h"

#include <host/printable.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define CODE_SHOWN   8 /* bytes shown of an unknown instruction */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum exit_code fault_exit_code(enum host_fault_kind kind)
{
	switch (kind) {
	case HOST_FAULT_WATCHDOG:
		return EXIT_WATCHDOG;
	case HOST_FAULT_STALL:
		return EXIT_STALLED;
	case HOST_FAULT_ENDED:
		return EXIT_RUN_FAILED;
	default:
		return EXIT_FAULT;
	}
}

const char *fault_kind_name(enum host_fault_kind kind)
{
	static const char *const names[] = {
		[HOST_FAULT_ACCESS] = "access",
		[HOST_FAULT_BUS] = "bus",
		[HOST_FAULT_ILLEGAL] = "illegal-instruction",
		[HOST_FAULT_ARITHMETIC] = "arithmetic",
		[HOST_FAULT_OOPS] = "oops",
		[HOST_FAULT_ASSERT] = "assertion",
		[HOST_FAULT_STACK_SMASHED] = "stack-smashed",
		[HOST_FAULT_ABORT] = "abort",
		[HOST_FAULT_SYSCALL] = "linux-system-call",
		[HOST_FAULT_WATCHDOG] = "watchdog",
		[HOST_FAULT_BUFFER] = "damaged-buffer",
		[HOST_FAULT_REPLY] = "damaged-reply",
		[HOST_FAULT_STALL] = "stall",
		[HOST_FAULT_ENDED] = "ended",
		[HOST_FAULT_BREAKPOINT] = "breakpoint",
		[HOST_FAULT_SINGLE_STEP] = "single-step",
		[HOST_FAULT_PRIVILEGED] = "privileged-instruction",
		[HOST_FAULT_MISALIGNED] = "misaligned",
		[HOST_FAULT_PROTECTION] = "general-protection",
		[HOST_FAULT_CHECKER] = "memory-checker",
		[HOST_FAULT_FIRMWARE] = "firmware-damaged",
	};

	return (size_t)kind < COUNT(names) ? names[kind] : "unknown";
}

const char *fault_access_name(enum host_access access)
{
	static const char *const names[] = { "none", "read", "write", "execute" };

	return (size_t)access < COUNT(names) ? names[access] : "none";
}

/* The kernel's name of an instance: "eqiir.1" is instance 1 of eqiir. */
static void split_name(struct fault_record *record)
{
	const char *owner = record->fault.owner, *dot = strrchr(owner, '.');

	if (!dot)
		return;
	snprintf(record->instance, sizeof(record->instance), "%s", owner);
	snprintf(record->module, sizeof(record->module), "%.*s", (int)(dot - owner), owner);
}

static void tell_access(struct fault_record *record)
{
	const struct host_fault *fault = &record->fault;
	unsigned long long address = fault->address;

	switch (fault->access) {
	case HOST_ACCESS_READ:
		snprintf(record->what, sizeof(record->what), "read from 0x%llx", address);
		break;
	case HOST_ACCESS_WRITE:
		snprintf(record->what, sizeof(record->what), "wrote to 0x%llx", address);
		break;
	case HOST_ACCESS_EXECUTE:
		snprintf(record->what, sizeof(record->what), "jumped to 0x%llx", address);
		break;
	default:
		snprintf(record->what, sizeof(record->what), "used address 0x%llx", address);
	}
}

/* "it waits forever for semaphore 0x1234 (x)". */
static void tell_wait(const struct host_wait *wait, char *text, size_t size)
{
	char until[64] = "forever", object[140] = "";

	if (wait->suspended) {
		snprintf(text, size, "its thread is suspended");
		return;
	}
	if (!wait->forever)
		snprintf(until, sizeof(until), "until %.10g ms of virtual time",
			 (double)wait->until_us / 1000.0);
	if (wait->object)
		snprintf(object, sizeof(object), " for %s 0x%llx%s%s%s", wait->type,
			 (unsigned long long)wait->object, wait->name[0] ? " (" : "", wait->name,
			 wait->name[0] ? ")" : "");
	snprintf(text, size, "it %s %s%s", wait->object ? "waits" : "sleeps", until, object);
}

static void tell_overflow(struct fault_record *record)
{
	char access[80];

	tell_access(record);
	snprintf(access, sizeof(access), "%.79s", record->what);
	snprintf(record->what, sizeof(record->what), "stack overflow: %s", access);
}

static void tell_misaligned(struct fault_record *record)
{
	const struct host_fault *fault = &record->fault;
	char access[80] = "of an address that is not known", needs[80];

	if (fault->access != HOST_ACCESS_NONE) {
		tell_access(record);
		snprintf(access, sizeof(access), "%.79s", record->what);
	}
	if (fault->alignment)
		snprintf(needs, sizeof(needs), "the instruction needs it aligned to %u bytes",
			 fault->alignment);
	else
		snprintf(needs, sizeof(needs), "the CPU's alignment check is on (flag AC)");
	snprintf(record->what, sizeof(record->what), "misaligned access: %s, and %s", access,
		 needs);
}

/* " (bytes 0f 0b ...)", or nothing when they are not known. */
static const char *code_words(const struct host_fault *fault, char *text, size_t size)
{
	size_t at = 0, i;

	text[0] = '\0';
	for (i = 0; i < fault->code_size && i < CODE_SHOWN; i++)
		at += (size_t)snprintf(text + at, size - at, "%s%02x", i ? " " : " (bytes ",
				       fault->code[i]);
	if (at)
		snprintf(text + at, size - at, " ...)");
	return text;
}

static void tell_illegal(struct fault_record *record)
{
	char code[80];

	if (!strcmp(record->reason, "ud2"))
		snprintf(record->what, sizeof(record->what),
			 "reached ud2, which stands where code must not be reached: "
			 "__builtin_trap() or unreachable code");
	else
		snprintf(record->what, sizeof(record->what),
			 "executed what is no instruction of this CPU%s",
			 code_words(&record->fault, code, sizeof(code)));
}

static void tell_finding(struct fault_record *record)
{
	char access[80];

	if (record->fault.access == HOST_ACCESS_NONE) {
		snprintf(record->what, sizeof(record->what), "undefined behaviour: %s",
			 record->reason);
		return;
	}
	tell_access(record);
	snprintf(access, sizeof(access), "%.79s", record->what);
	snprintf(record->what, sizeof(record->what), "%s: %s", access, record->reason);
}

static void tell_what(struct fault_record *record)
{
	const struct host_fault *fault = &record->fault;
	const char *reason = record->reason[0] ? record->reason : "no reason told";
	char wait[224];
	const char *text;
	char code[80];

	switch (fault->kind) {
	case HOST_FAULT_ACCESS:
		if (fault->stack_overflow)
			tell_overflow(record);
		else
			tell_access(record);
		return;
	case HOST_FAULT_BUS:
		snprintf(record->what, sizeof(record->what), "bus error at 0x%llx%s%s",
			 (unsigned long long)fault->address, record->reason[0] ? ": " : "",
			 record->reason);
		return;
	case HOST_FAULT_MISALIGNED:
		tell_misaligned(record);
		return;
	case HOST_FAULT_PRIVILEGED:
		snprintf(record->what, sizeof(record->what),
			 "executed %.60s, which only an operating system may", reason);
		return;
	case HOST_FAULT_PROTECTION:
		snprintf(record->what, sizeof(record->what),
			 "general protection fault: the CPU refused the instruction%s",
			 code_words(fault, code, sizeof(code)));
		return;
	case HOST_FAULT_ILLEGAL:
		tell_illegal(record);
		return;
	case HOST_FAULT_ARITHMETIC:
		snprintf(record->what, sizeof(record->what), "arithmetic fault: %.100s",
			 record->reason[0] ? record->reason :
					     "of a kind that the host does not tell");
		return;
	case HOST_FAULT_OOPS:
		snprintf(record->what, sizeof(record->what), "kernel oops: %s", reason);
		return;
	case HOST_FAULT_ASSERT:
		snprintf(record->what, sizeof(record->what), "assertion failed: %s", reason);
		return;
	case HOST_FAULT_SYSCALL:
		snprintf(record->what, sizeof(record->what),
			 "%.100s: firmware has no such call; it was not run", reason);
		return;
	case HOST_FAULT_WATCHDOG:
		snprintf(record->what, sizeof(record->what),
			 "did not return within %llu ms of CPU time",
			 (unsigned long long)fault->watchdog_ms);
		return;
	case HOST_FAULT_CHECKER:
		tell_finding(record);
		return;
	case HOST_FAULT_FIRMWARE:
		snprintf(record->what, sizeof(record->what), "the firmware's memory is damaged; %s",
			 reason);
		return;
	case HOST_FAULT_BUFFER:
		snprintf(record->what, sizeof(record->what),
			 "wrote over the control block of a buffer, found after its call returned: "
			 "%s",
			 reason);
		return;
	case HOST_FAULT_REPLY:
		snprintf(record->what, sizeof(record->what),
			 "wrote %s, found after get_configuration()", reason);
		return;
	case HOST_FAULT_STALL:
		tell_wait(&fault->wait, wait, sizeof(wait));
		snprintf(record->what, sizeof(record->what), "%s does not return: %s", fault->call,
			 wait);
		return;
	case HOST_FAULT_ENDED:
		snprintf(record->what, sizeof(record->what),
			 fault->in_syscall ? "its thread ended itself in %s" :
					     "its thread came to its end in %s, or just after",
			 fault->call);
		return;
	case HOST_FAULT_BREAKPOINT:
		text = "executed a breakpoint instruction (int3)";
		break;
	case HOST_FAULT_SINGLE_STEP:
		text = "set the CPU's trap flag (TF), which stops it after each instruction";
		break;
	case HOST_FAULT_STACK_SMASHED:
		text = "overwrote a stack frame: its stack protector's canary is gone";
		break;
	case HOST_FAULT_ABORT:
		text = fault->in_host_library ?
			       "the host's C library called abort(), as it does when it finds its "
			       "data damaged" :
			       "called abort() or exit(), which do not exist on the board";
		break;
	default:
		text = "a fault of unknown kind";
	}
	snprintf(record->what, sizeof(record->what), "%s", text);
}

/* In or next to the module's own memory: a domain is called after the instance or its module. */
static bool is_own(const struct fault_record *record)
{
	const char *owner = record->fault.where.owner;

	return record->fault.where.own ||
	       (owner[0] && (!strcmp(owner, record->instance) || !strcmp(owner, record->module)));
}

/* "X's " or "its own ". */
static const char *whose(const struct fault_record *record, char *text, size_t size)
{
	const struct host_address_info *info = &record->fault.where;

	if (is_own(record))
		snprintf(text, size, "its own ");
	else if (info->owner[0])
		snprintf(text, size, "%s's ", info->owner);
	else
		snprintf(text, size, "a ");
	return text;
}

/* "44 bytes past a 256-byte block (label) of "; nothing when there is no block near. */
static const char *block_words(const struct host_address_info *info, char *text, size_t size)
{
	char place[48], label[80] = "";
	ptrdiff_t offset = info->block_offset;

	text[0] = '\0';
	if (!info->block_size)
		return text;
	if (offset == 0)
		snprintf(place, sizeof(place), "inside");
	else
		snprintf(place, sizeof(place), "%td byte%s %s", offset > 0 ? offset : -offset,
			 offset == 1 || offset == -1 ? "" : "s", offset > 0 ? "past" : "before");
	if (info->block_label[0])
		snprintf(label, sizeof(label), " (%s)", info->block_label);
	snprintf(text, size, "%s a %s%zu-byte block%s of ", place, info->block_free ? "freed " : "",
		 info->block_size, label);
	return text;
}

static void tell_shared(struct fault_record *record, const char *block)
{
	const struct host_address_info *info = &record->fault.where;
	const char *granted = info->own ? "" : ", not granted";

	if (info->block_label[0] && info->block_offset == 0)
		snprintf(record->where, sizeof(record->where), "%s%s%s", info->block_label,
			 info->block_free ? ", already freed" : "", granted);
	else if (strcmp(info->owner, "shared buffers"))
		/* memory of its own: one connection's buffer, or the copy of a constant */
		snprintf(record->where, sizeof(record->where), "%s%s", info->owner,
			 info->own && record->fault.access == HOST_ACCESS_WRITE ? ", read-only" :
										  granted);
	else
		snprintf(record->where, sizeof(record->where), "%sthe shared-buffer heap%s", block,
			 granted);
}

static void tell_guard(struct fault_record *record, const char *owner)
{
	const struct host_fault *fault = &record->fault;

	if (fault->stack_overflow && !fault->user_mode)
		snprintf(record->where, sizeof(record->where),
			 "guard page of the stack that LL modules run on: it ran off its %zu bytes",
			 fault->stack_size);
	else if (fault->stack_overflow)
		snprintf(record->where, sizeof(record->where),
			 "guard page of its own stack: it ran off its %zu bytes",
			 fault->stack_size);
	else
		snprintf(record->where, sizeof(record->where), "guard page of %sstack", owner);
}

/* The gap behind a heap is where its overruns end. */
static void tell_gap(struct fault_record *record, const char *block, const char *owner)
{
	const char *near = record->fault.where.owner;

	if (block[0] && strstr(near, "shared buffers"))
		snprintf(record->where, sizeof(record->where), "%sthe shared-buffer heap", block);
	else if (block[0])
		snprintf(record->where, sizeof(record->where), "%s%sheap", block, owner);
	else
		snprintf(record->where, sizeof(record->where), "closed gap between regions%s%s",
			 near[0] ? ", next to " : "", near);
}

static void tell_where(struct fault_record *record)
{
	const struct host_address_info *info = &record->fault.where;
	unsigned long long address = record->fault.address;
	const char *symbol = record->symbol[0] ? record->symbol : "no symbol there";
	char owner[80], block[200];
	size_t size = sizeof(record->where);
	char *where = record->where;

	whose(record, owner, sizeof(owner));
	block_words(info, block, sizeof(block));
	switch (info->kind) {
	case HOST_MEMORY_NULL:
		if (address > LLONG_MAX)
			snprintf(where, size, "%llu byte%s before NULL", -address,
				 -address == 1 ? "" : "s");
		else if (address)
			snprintf(where, size, "%llu byte%s past NULL", address,
				 address == 1 ? "" : "s");
		else
			snprintf(where, size, "NULL");
		break;
	case HOST_MEMORY_NON_CANONICAL:
		snprintf(where, size, "no address at all on this CPU: a damaged pointer");
		break;
	case HOST_MEMORY_KERNEL_DATA:
		snprintf(where, size, "kernel .data or .bss: %s", symbol);
		break;
	case HOST_MEMORY_KERNEL_HEAP:
		snprintf(where, size, "%sthe kernel heap", block);
		break;
	case HOST_MEMORY_KERNEL_STACK:
		snprintf(where, size, "kernel stack%s%s", info->owner[0] ? " of " : "",
			 info->owner);
		break;
	case HOST_MEMORY_MODULE_HEAP:
		snprintf(where, size, "%s%sheap", block, owner);
		break;
	case HOST_MEMORY_USER_STACK:
		snprintf(where, size, "%sstack", owner);
		break;
	case HOST_MEMORY_STACK_GUARD:
		tell_guard(record, owner);
		break;
	case HOST_MEMORY_MODULE_DATA:
		snprintf(where, size, "%s.data or .bss: %s", owner, symbol);
		break;
	case HOST_MEMORY_SHARED_HEAP:
		tell_shared(record, block);
		break;
	case HOST_MEMORY_MAILBOX:
		snprintf(where, size, "IPC mailbox, granted only while a call with arguments runs");
		break;
	case HOST_MEMORY_CODE:
		if (record->symbol[0] || !info->owner[0])
			snprintf(where, size, "code or constants: %s", symbol);
		else
			snprintf(where, size, "code or constants of %s", info->owner);
		break;
	case HOST_MEMORY_GUARD:
		tell_gap(record, block, owner);
		break;
	case HOST_MEMORY_HOST:
		snprintf(where, size, "the host's own memory (C heap, main stack or a library)%s%s",
			 record->symbol[0] ? ": " : "", record->symbol);
		break;
	case HOST_MEMORY_RELEASED:
		snprintf(where, size, "memory%s%s that has been given back",
			 info->owner[0] ? " of " : "", info->owner);
		break;
	case HOST_MEMORY_BOARD_PAGE:
		snprintf(where, size, "the board page, which modules may only read");
		break;
	default:
		snprintf(where, size, "nothing is mapped there");
	}
	/* Of NULL that goes without saying. */
	if (record->fault.access == HOST_ACCESS_EXECUTE && info->kind != HOST_MEMORY_NULL)
		snprintf(where + strlen(where), size - strlen(where), " (never executable)");
}

static void read_source_line(struct fault_record *record)
{
	const struct source_frame *frame = &record->frames[record->culprit];
	FILE *file = fopen(frame->file, "re");
	char line[400];
	unsigned int number = 0;
	size_t start, length;

	while (file && number < frame->line && fgets(line, sizeof(line), file))
		number += strchr(line, '\n') != NULL;
	if (file)
		fclose(file);
	if (!file || number < frame->line)
		return;
	start = strspn(line, " \t");
	length = strcspn(line + start, "\r\n");
	snprintf(record->source_line, sizeof(record->source_line), "%.*s", (int)length,
		 line + start);
}

/* Inline functions of the firmware's headers are compiled into the module, but not its own. */
static bool is_header(const char *file)
{
	size_t length = strlen(file);

	return strstr(file, "/include/") && length > 2 && !strcmp(file + length - 2, ".h");
}

/*
 * The line to show is the one of the call that went wrong. For an oops in a system call, and for
 * assertions and aborts, the innermost frames are the firmware's; the module's own come after.
 */
static void find_culprit(struct fault_record *record)
{
	const char *object = NULL;
	size_t i;

	record->culprit = SIZE_MAX;
	for (i = record->frame_count; i-- > 0;) {
		const char *name = record->frames[i].object;
		const char *suffix = strrchr(name, '.');

		/* The outermost shared object that is no C library is the module. */
		if (!object && suffix && !strcmp(suffix, ".so"))
			object = name;
	}
	for (i = 0; i < record->frame_count; i++) {
		const struct source_frame *frame = &record->frames[i];

		if (!frame->line || (object && strcmp(frame->object, object)))
			continue;
		if (record->culprit == SIZE_MAX || !is_header(frame->file))
			record->culprit = i;
		if (!is_header(frame->file))
			break;
	}
	if (record->culprit != SIZE_MAX)
		read_source_line(record);
}

/* Text of modules: it is printed line by line. */
static void make_printable(char *text, size_t size)
{
	char raw[512];

	snprintf(raw, sizeof(raw), "%s", text);
	host_printable(text, size, raw);
}

static void make_all_printable(struct fault_record *record)
{
	struct host_address_info *where = &record->fault.where;
	size_t i;

	make_printable(record->fault.thread_name, sizeof(record->fault.thread_name));
	make_printable(where->owner, sizeof(where->owner));
	make_printable(where->block_label, sizeof(where->block_label));
	make_printable(record->reason, sizeof(record->reason));
	make_printable(record->writers, sizeof(record->writers));
	make_printable(record->module, sizeof(record->module));
	make_printable(record->instance, sizeof(record->instance));
	make_printable(record->suspects, sizeof(record->suspects));
	make_printable(record->last_error, sizeof(record->last_error));
	make_printable(record->what, sizeof(record->what));
	make_printable(record->where, sizeof(record->where));
	make_printable(record->symbol, sizeof(record->symbol));
	make_printable(record->source_line, sizeof(record->source_line));
	for (i = 0; i < record->frame_count; i++) {
		struct source_frame *frame = &record->frames[i];

		make_printable(frame->function, sizeof(frame->function));
		make_printable(frame->object, sizeof(frame->object));
		make_printable(frame->file, sizeof(frame->file));
	}
}

/* The code of the outermost module frame has called into a host library, and is not back. Functions
 * of libm take no locks. */
static bool is_inside_library(const struct fault_record *record)
{
	bool inside = false;
	size_t i;

	for (i = record->frame_count; i-- > 0;) {
		const char *name = record->frames[i].object;
		const size_t length = strlen(name);

		if (length > 3 && !strcmp(name + length - 3, ".so"))
			break;
	}
	while (i != SIZE_MAX && i-- > 0) {
		const char *name = record->frames[i].object;

		inside |= strstr(name, ".so.") && strncmp(name, "libm.", 5) &&
			  strncmp(name, "libmvec.", 8);
	}
	return inside;
}

static bool is_of_checker(const struct source_frame *frame)
{
	return !strncmp(frame->object, "libasan.", 8) || !strncmp(frame->object, "libubsan.", 9);
}

/* Frames of the checker itself say nothing about its finding. */
static void drop_frames_of_checker(struct fault_record *record)
{
	size_t i, dropped = 0;

	for (i = 0; i < record->frame_count; i++)
		if (is_of_checker(&record->frames[i]))
			dropped = i + 1;
	record->frame_count -= dropped;
	memmove(record->frames, record->frames + dropped,
		record->frame_count * sizeof(record->frames[0]));
}

static void trace_back(struct fault_record *record, struct symbols *symbols)
{
	const struct host_fault *fault = &record->fault;
	struct host_registers registers = fault->registers;

	if (fault->in_syscall && fault->syscall_pc) {
		registers.dwarf[6] = fault->syscall_fp;
		registers.dwarf[7] = fault->syscall_sp;
		/* In the call, not behind it: what is behind may be another line. */
		registers.dwarf[16] = fault->syscall_pc - 1;
	}
	/* What was found out after the fact has no place in the code. */
	if (!registers.dwarf[7])
		return;
	record->frame_count =
		symbols_backtrace(symbols, &registers, record->frames, FAULT_FRAMES_MAX);
	if (fault->kind == HOST_FAULT_CHECKER)
		drop_frames_of_checker(record);
	record->inside_library = is_inside_library(record);
	find_culprit(record);
}

void fault_record_note(struct fault_record *record, const struct host_fault *fault)
{
	memset(record, 0, sizeof(*record));
	record->fault = *fault;
	snprintf(record->reason, sizeof(record->reason), "%s", fault->text ? fault->text : "");
	record->fault.text = record->reason;
	if (strchr(fault->suspects, ','))
		snprintf(record->suspects, sizeof(record->suspects), "%s", fault->suspects);
	record->fault.suspects = record->suspects;
	snprintf(record->writers, sizeof(record->writers), "%s",
		 fault->writers ? fault->writers : "");
	record->fault.writers = record->writers;
	snprintf(record->last_error, sizeof(record->last_error), "%s",
		 fault->last_error ? fault->last_error : "");
	record->fault.last_error = record->last_error;
	record->inside_library = fault->in_host_library;
	record->culprit = SIZE_MAX;
	record->times = 1;
}

void fault_record_explain(struct fault_record *record, struct symbols *symbols)
{
	const struct host_fault *fault = &record->fault;

	if (!record->suspects[0])
		split_name(record);
	snprintf(record->widget, sizeof(record->widget), "%s", widget_names_find(record->instance));
	if (symbols && fault->access != HOST_ACCESS_NONE)
		symbols_name(symbols, fault->address, record->symbol, sizeof(record->symbol));
	tell_what(record);
	if (fault->storage_damaged)
		snprintf(record->what + strlen(record->what),
			 sizeof(record->what) - strlen(record->what),
			 "; its thread-local storage is damaged");
	if (fault->access != HOST_ACCESS_NONE || fault->address)
		tell_where(record);
	if (symbols)
		trace_back(record, symbols);
	record->inside_library |= fault->in_host_library;
	make_all_printable(record);
}

void fault_record_count(struct fault_record *record)
{
	unsigned long times = record->fault.let_through ? host_fault_repeats(record->fault.pc) : 1;

	record->times = times ? times : 1;
}
