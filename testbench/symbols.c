/* SPDX-License-Identifier: BSD-3-Clause */
#include "symbols.h"

#include <dwarf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libdw_calls.h"

#define RSP 7
#define RIP 16

struct symbols {
	Dwfl *dwfl;
	Dwfl_Callbacks callbacks;
	int memory; /* /proc/PID/mem: closed pages are read too, and a bad address is an error */
	pid_t process;
	bool attached;
	char *debug_path;
	const struct host_registers *registers;
};

struct frame_list {
	struct symbols *symbols;
	struct source_frame *frames;
	size_t count, max;
};

static pid_t only_thread(Dwfl *dwfl, void *arg, void **thread_arg)
{
	/* libdwfl asks again with what it was told until it gets 0. */
	if (*thread_arg)
		return 0;
	*thread_arg = arg;
	return ((struct symbols *)arg)->process;
}

static bool read_memory(Dwfl *dwfl, Dwarf_Addr address, Dwarf_Word *result, void *arg)
{
	struct symbols *symbols = arg;

	return pread(symbols->memory, result, sizeof(*result), (off_t)address) ==
	       (ssize_t)sizeof(*result);
}

static bool set_registers(Dwfl_Thread *thread, void *arg)
{
	struct symbols *symbols = arg;
	Dwarf_Word words[RIP + 1];
	size_t i;

	for (i = 0; i <= RIP; i++)
		words[i] = symbols->registers->dwarf[i];
	return libdw.dwfl_thread_state_registers(thread, 0, RIP + 1, words);
}

static const Dwfl_Thread_Callbacks thread_callbacks = {
	.next_thread = only_thread,
	.memory_read = read_memory,
	.set_initial_registers = set_registers,
};

struct symbols *symbols_open(pid_t process, int memory, FILE *maps)
{
	struct symbols *symbols = libdw.dwfl_begin ? calloc(1, sizeof(*symbols)) : NULL;

	if (!symbols)
		return NULL;
	symbols->callbacks.find_elf = libdw.dwfl_linux_proc_find_elf;
	symbols->callbacks.find_debuginfo = libdw.dwfl_standard_find_debuginfo;
	symbols->callbacks.debuginfo_path = &symbols->debug_path;
	symbols->memory = memory;
	symbols->process = process;
	/* A fault report must not wait for a server. */
	unsetenv("DEBUGINFOD_URLS");
	symbols->dwfl = libdw.dwfl_begin(&symbols->callbacks);
	if (!symbols->dwfl || libdw.dwfl_linux_proc_maps_report(symbols->dwfl, maps) ||
	    libdw.dwfl_report_end(symbols->dwfl, NULL, NULL)) {
		symbols_close(&symbols);
		return NULL;
	}
	symbols->attached =
		libdw.dwfl_attach_state(symbols->dwfl, NULL, process, &thread_callbacks, symbols);
	return symbols;
}

void symbols_close(struct symbols **symbols)
{
	struct symbols *old = *symbols;

	*symbols = NULL;
	if (!old)
		return;
	if (old->dwfl)
		libdw.dwfl_end(old->dwfl);
	free(old);
}

static void copy_text(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from ? from : "");
}

static const char *base_name(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	return slash ? slash + 1 : path;
}

static const char *object_name(Dwfl_Module *module)
{
	return base_name(libdw.dwfl_module_info(module, NULL, NULL, NULL, NULL, NULL, NULL, NULL));
}

/* The object whose executable segment holds \p pc. */
static Dwfl_Module *code_module(struct symbols *symbols, uintptr_t pc)
{
	Dwfl_Module *module = libdw.dwfl_addrmodule(symbols->dwfl, pc);
	GElf_Addr bias;
	Elf *elf = module ? libdw.dwfl_module_getelf(module, &bias) : NULL;
	size_t count, i;

	if (!elf || libdw.elf_getphdrnum(elf, &count))
		return NULL;
	for (i = 0; i < count; i++) {
		GElf_Phdr header;

		if (libdw.gelf_getphdr(elf, (int)i, &header) && header.p_type == PT_LOAD &&
		    (header.p_flags & PF_X) && pc - bias - header.p_vaddr < header.p_memsz)
			return module;
	}
	return NULL;
}

bool symbols_name(struct symbols *symbols, uintptr_t address, char *text, size_t size)
{
	Dwfl_Module *module = libdw.dwfl_addrmodule(symbols->dwfl, address);
	GElf_Off offset = 0;
	GElf_Sym sym = { 0 };
	const char *name;

	text[0] = '\0';
	if (!module)
		return false;
	name = libdw.dwfl_module_addrinfo(module, address, &offset, &sym, NULL, NULL, NULL);
	if (!name || (sym.st_size && offset >= sym.st_size))
		return false;
	if (offset)
		snprintf(text, size, "%s+%llu (%s)", name, (unsigned long long)offset,
			 object_name(module));
	else
		snprintf(text, size, "%s (%s)", name, object_name(module));
	return true;
}

/* Source file of a call site, which DWARF gives as an index into the unit's file table. */
static void call_site(Dwarf_Die *inlined, Dwarf_Die *unit, struct source_frame *frame)
{
	Dwarf_Attribute attribute;
	Dwarf_Word file = 0, line = 0;
	Dwarf_Files *files;
	size_t count;

	frame->file[0] = '\0';
	frame->line = 0;
	if (!libdw.dwarf_formudata(libdw.dwarf_attr(inlined, DW_AT_call_line, &attribute), &line))
		frame->line = (unsigned int)line;
	if (!libdw.dwarf_formudata(libdw.dwarf_attr(inlined, DW_AT_call_file, &attribute), &file) &&
	    !libdw.dwarf_getsrcfiles(unit, &files, &count) && file < count)
		copy_text(frame->file, sizeof(frame->file),
			  libdw.dwarf_filesrc(files, file, NULL, NULL));
}

static struct source_frame *add_frame(struct frame_list *list, uintptr_t pc, Dwfl_Module *module)
{
	struct source_frame *frame;

	if (list->count == list->max)
		return NULL;
	frame = &list->frames[list->count++];
	memset(frame, 0, sizeof(*frame));
	frame->pc = pc;
	if (module)
		copy_text(frame->object, sizeof(frame->object), object_name(module));
	return frame;
}

/* Turn the frame just added into one per inlined call and one for the function itself. */
static void add_inlined(struct frame_list *list, struct source_frame *frame, uintptr_t pc,
			Dwfl_Module *module)
{
	Dwarf_Addr bias;
	Dwarf_Die *unit = libdw.dwfl_module_addrdie(module, pc, &bias), *scopes = NULL,
		  *nest = NULL;
	int count, i;

	count = unit ? libdw.dwarf_getscopes(unit, pc - bias, &scopes) : 0;
	if (count > 0) {
		/* These are the scopes as written; the nest is the one of the code as compiled. */
		count = libdw.dwarf_getscopes_die(&scopes[0], &nest);
	}
	for (i = 0; i < count && frame; i++) {
		int tag = libdw.dwarf_tag(&nest[i]);

		if (tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine)
			copy_text(frame->function, sizeof(frame->function),
				  libdw.dwarf_diename(&nest[i]));
		if (tag == DW_TAG_subprogram)
			break;
		if (tag == DW_TAG_inlined_subroutine) {
			frame->inlined = true;
			frame = add_frame(list, pc, module);
			if (frame)
				call_site(&nest[i], unit, frame);
		}
	}
	free(nest);
	free(scopes);
}

/* \p at is the instruction itself; for a caller, the byte before its return address. */
static void describe(struct frame_list *list, uintptr_t pc, uintptr_t at)
{
	Dwfl_Module *module = libdw.dwfl_addrmodule(list->symbols->dwfl, at);
	struct source_frame *frame = add_frame(list, pc, module);
	Dwfl_Line *line;
	int number = 0;

	if (!frame || !module)
		return;
	line = libdw.dwfl_module_getsrc(module, at);
	if (line) {
		copy_text(frame->file, sizeof(frame->file),
			  libdw.dwfl_lineinfo(line, NULL, &number, NULL, NULL, NULL));
		frame->line = (unsigned int)number;
	}
	add_inlined(list, frame, at, module);
	if (!frame->function[0])
		copy_text(frame->function, sizeof(frame->function),
			  libdw.dwfl_module_addrname(module, at));
}

static int on_frame(Dwfl_Frame *state, void *arg)
{
	struct frame_list *list = arg;
	bool activation;
	Dwarf_Addr pc;

	if (!libdw.dwfl_frame_pc(state, &pc, &activation) || list->count == list->max || pc == 0)
		return DWARF_CB_ABORT;
	describe(list, pc, activation ? pc : pc - 1);
	return DWARF_CB_OK;
}

size_t symbols_backtrace(struct symbols *symbols, const struct host_registers *registers,
			 struct source_frame *frames, size_t max)
{
	struct frame_list list = { symbols, frames, 0, max };
	struct host_registers start = *registers;

	if (!code_module(symbols, start.dwarf[RIP])) {
		/* Nothing is known of code that is no code; a call got there, so its return
		 * address lies on top of the stack.
		 */
		add_frame(&list, start.dwarf[RIP], NULL);
		if (!read_memory(symbols->dwfl, start.dwarf[RSP], &start.dwarf[RIP], symbols))
			return list.count;
		start.dwarf[RSP] += 8;
		start.dwarf[RIP] -= 1;
	}
	symbols->registers = &start;
	if (symbols->attached)
		libdw.dwfl_getthread_frames(symbols->dwfl, symbols->process, on_frame, &list);
	if (list.count == 0)
		describe(&list, start.dwarf[RIP], start.dwarf[RIP]);
	symbols->registers = NULL;
	return list.count;
}
