/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file libdw_calls.h
 * \brief elfutils' libdw and libelf, loaded when names of code and data may be asked for.
 */
#ifndef TESTBENCH_LIBDW_CALLS_H
#define TESTBENCH_LIBDW_CALLS_H

#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <gelf.h>

#include "problem.h"

#define LIBDW_CALLS(CALL)                                                                          \
	CALL(dwarf_attr)                                                                           \
	CALL(dwarf_begin_elf)                                                                      \
	CALL(dwarf_diename)                                                                        \
	CALL(dwarf_end)                                                                            \
	CALL(dwarf_filesrc)                                                                        \
	CALL(dwarf_formudata)                                                                      \
	CALL(dwarf_get_units)                                                                      \
	CALL(dwarf_getscopes)                                                                      \
	CALL(dwarf_getscopes_die)                                                                  \
	CALL(dwarf_getsrc_die)                                                                     \
	CALL(dwarf_getsrcfiles)                                                                    \
	CALL(dwarf_haspc)                                                                          \
	CALL(dwarf_lineno)                                                                         \
	CALL(dwarf_linesrc)                                                                        \
	CALL(dwarf_tag)                                                                            \
	CALL(dwfl_addrmodule)                                                                      \
	CALL(dwfl_attach_state)                                                                    \
	CALL(dwfl_begin)                                                                           \
	CALL(dwfl_end)                                                                             \
	CALL(dwfl_frame_pc)                                                                        \
	CALL(dwfl_getthread_frames)                                                                \
	CALL(dwfl_lineinfo)                                                                        \
	CALL(dwfl_linux_proc_find_elf)                                                             \
	CALL(dwfl_linux_proc_maps_report)                                                          \
	CALL(dwfl_module_addrdie)                                                                  \
	CALL(dwfl_module_addrinfo)                                                                 \
	CALL(dwfl_module_addrname)                                                                 \
	CALL(dwfl_module_getelf)                                                                   \
	CALL(dwfl_module_getsrc)                                                                   \
	CALL(dwfl_module_info)                                                                     \
	CALL(dwfl_report_end)                                                                      \
	CALL(dwfl_standard_find_debuginfo)                                                         \
	CALL(dwfl_thread_state_registers)                                                          \
	CALL(elf_begin)                                                                            \
	CALL(elf_end)                                                                              \
	CALL(elf_getdata)                                                                          \
	CALL(elf_getphdrnum)                                                                       \
	CALL(elf_getscn)                                                                           \
	CALL(elf_getshdrstrndx)                                                                    \
	CALL(elf_nextscn)                                                                          \
	CALL(elf_strptr)                                                                           \
	CALL(elf_version)                                                                          \
	CALL(gelf_getphdr)                                                                         \
	CALL(gelf_getrela)                                                                         \
	CALL(gelf_getshdr)                                                                         \
	CALL(gelf_getsym)

/** libdw.dwfl_begin() is dwfl_begin(), and so on; NULL until libdw_load(). */
struct libdw_calls {
#define LIBDW_MEMBER(name) __typeof__(&name) name;
	LIBDW_CALLS(LIBDW_MEMBER)
#undef LIBDW_MEMBER
};

extern struct libdw_calls libdw;

/** late_library_load() of both; once is enough, again does no harm. Fault reports call it in the
 * reporter (reporter.h), where no module runs. */
int libdw_load(struct problem *why);

#endif /* TESTBENCH_LIBDW_CALLS_H */
