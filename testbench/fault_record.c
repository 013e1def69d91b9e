/* SPDX-License-Identifier: BSD-3-Clause */
#include "fault_record.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

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
		[HOST_FAULT_WATCHDOG] = "watchdog",
	};

	return (size_t)kind < COUNT(names) ? names[kind] : "unknown";
}

const char *fault_access_name(enum host_access access)
{
	static const char *const names[] = { "none", "read", "write", "execute" };

	return (size_t)access < COUNT(names) ? names[access] : "none";
}

/* "eqiir.1" is instance 1 of eqiir; other threads belong to no module. */
static void split_name(struct fault_record *record)
{
	const char *dot = strrchr(record->fault.thread_name, '.');

	if (!dot || !isdigit((unsigned char)dot[1]))
		return;
	snprintf(record->instance, sizeof(record->instance), "%s", record->fault.thread_name);
	snprintf(record->module, sizeof(record->module), "%.*s",
		 (int)(dot - record->fault.thread_name), record->fault.thread_name);
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

static void tell_what(struct fault_record *record)
{
	const struct host_fault *fault = &record->fault;
	const char *reason = record->reason[0] ? record->reason : "no reason told";
	const char *text;

	switch (fault->kind) {
	case HOST_FAULT_ACCESS:
		tell_access(record);
		return;
	case HOST_FAULT_BUS:
		snprintf(record->what, sizeof(record->what), "bus error at 0x%llx",
			 (unsigned long long)fault->address);
		return;
	case HOST_FAULT_OOPS:
		snprintf(record->what, sizeof(record->what), "kernel oops: %s", reason);
		return;
	case HOST_FAULT_ASSERT:
		snprintf(record->what, sizeof(record->what), "assertion failed: %s", reason);
		return;
	case HOST_FAULT_WATCHDOG:
		snprintf(record->what, sizeof(record->what),
			 "did not return within %llu ms of CPU time",
			 (unsigned long long)fault->watchdog_ms);
		return;
	case HOST_FAULT_ILLEGAL:
		text = "executed what is no instruction";
		break;
	case HOST_FAULT_ARITHMETIC:
		text = "arithmetic fault: a division by zero, or one that overflows";
		break;
	case HOST_FAULT_STACK_SMASHED:
		text = "overwrote a stack frame: its stack protector's canary is gone";
		break;
	case HOST_FAULT_ABORT:
		text = "called abort() or exit(), which do not exist on the board";
		break;
	default:
		text = "a fault of unknown kind";
	}
	snprintf(record->what, sizeof(record->what), "%s", text);
}

/* "X's " or "its own ". */
static const char *whose(const struct host_address_info *info, char *text, size_t size)
{
	if (info->own)
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
	snprintf(text, size, "%s a %s%zu-byte block%s of ", place,
		 info->block_free ? "freed " : "", info->block_size, label);
	return text;
}

static void tell_shared(struct fault_record *record, const char *block)
{
	const struct host_address_info *info = &record->fault.where;

	if (info->block_label[0] && info->block_offset == 0)
		snprintf(record->where, sizeof(record->where), "%s%s, not granted",
			 info->block_label, info->block_free ? ", already freed" : "");
	else
		snprintf(record->where, sizeof(record->where),
			 "%sthe shared-buffer heap, not granted", block);
}

static void tell_guard(struct fault_record *record, const char *owner)
{
	const struct host_fault *fault = &record->fault;

	if (fault->stack_overflow || fault->where.own)
		snprintf(record->where, sizeof(record->where),
			 "guard page of its own stack: it ran off its %zu bytes",
			 fault->stack_size);
	else
		snprintf(record->where, sizeof(record->where), "guard page of %sstack", owner);
}

static void tell_where(struct fault_record *record)
{
	const struct host_address_info *info = &record->fault.where;
	unsigned long long address = record->fault.address;
	const char *symbol = record->symbol[0] ? record->symbol : "no symbol there";
	char owner[80], block[200];
	size_t size = sizeof(record->where);
	char *where = record->where;

	whose(info, owner, sizeof(owner));
	block_words(info, block, sizeof(block));
	switch (info->kind) {
	case HOST_MEMORY_NULL:
		snprintf(where, size, address ? "%llu bytes past NULL" : "NULL", address);
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
		snprintf(where, size, "kernel stack%s%s", info->owner[0] ? " of " : "", info->owner);
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
		snprintf(where, size, "code or constants: %s", symbol);
		break;
	case HOST_MEMORY_GUARD:
		snprintf(where, size, "closed gap between regions%s%s",
			 info->owner[0] ? ", next to " : "", info->owner);
		break;
	case HOST_MEMORY_HOST:
		snprintf(where, size, "the host's own memory (C heap, main stack or a library)%s%s",
			 record->symbol[0] ? ": " : "", record->symbol);
		break;
	case HOST_MEMORY_RELEASED:
		snprintf(where, size, "memory%s%s that has been given back",
			 info->owner[0] ? " of " : "", info->owner);
		break;
	default:
		snprintf(where, size, "nothing is mapped there");
	}
	if (record->fault.access == HOST_ACCESS_EXECUTE && where[0])
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
		size_t length = strlen(name);

		/* The outermost shared object that is no C library is the module. */
		if (!object && length > 3 && !strcmp(name + length - 3, ".so"))
			object = name;
	}
	for (i = 0; i < record->frame_count; i++) {
		const struct source_frame *frame = &record->frames[i];

		if (!frame->line || (object && strcmp(frame->object, object)))
			continue;
		record->culprit = i;
		read_source_line(record);
		return;
	}
}

void fault_record_fill(struct fault_record *record, const struct host_fault *fault,
		       struct symbols *symbols)
{
	struct host_registers registers = fault->registers;

	memset(record, 0, sizeof(*record));
	record->fault = *fault;
	snprintf(record->reason, sizeof(record->reason), "%s", fault->text ? fault->text : "");
	record->fault.text = record->reason;
	record->culprit = SIZE_MAX;
	split_name(record);
	if (symbols && fault->access != HOST_ACCESS_NONE)
		symbols_name(symbols, fault->address, record->symbol, sizeof(record->symbol));
	tell_what(record);
	if (fault->access != HOST_ACCESS_NONE || fault->address)
		tell_where(record);
	if (fault->in_syscall && fault->syscall_pc) {
		registers.dwarf[6] = fault->syscall_fp;
		registers.dwarf[7] = fault->syscall_sp;
		registers.dwarf[16] = fault->syscall_pc;
	}
	if (symbols) {
		record->frame_count = symbols_backtrace(symbols, &registers, record->frames,
							FAULT_FRAMES_MAX);
		find_culprit(record);
	}
}
