/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file host_memory.h
 * \brief Memory of the host process that is no board memory: C heap, main stack, libraries.
 *
 * It is needed only between module calls, and rarely: it is closed when a user thread runs and
 * stays closed in supervisor mode until host_memory_open(). The C library's and the dynamic
 * loader's own data stay open: user threads run their code.
 *
 * Where a memory checker owns the C heap and the main stack (Valgrind, AddressSanitizer,
 * ThreadSanitizer), nothing of this is closed.
 */
#ifndef POSIX_HOST_MEMORY_H
#define POSIX_HOST_MEMORY_H

#include <host/fault.h>
#include <host/platform.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Keep all of malloc() in one place. Once, before the first thread. */
void host_memory_tune(void);
/** Read the process's mappings: what to close, what is constant. No library may be loaded after. */
int host_memory_scan(void);
/** Nothing is closed any more. */
void host_memory_forget(void);
/** Close what is open. Supervisor mode. */
void host_memory_close(void);
/** Open it because \p address faulted in supervisor mode. True when it was the cause. */
bool host_memory_mend(uintptr_t address);
/** All of the range lies in text or constants. */
bool host_memory_is_constant(uintptr_t start, size_t size);
/** \p pc is in a library of the host that user threads run. */
bool host_memory_is_library_code(uintptr_t pc);
/** Text of the program: the firmware's, and that of modules linked into it. */
bool host_memory_is_firmware_code(uintptr_t pc);
/** Text of a loaded object that is neither the C library nor part of it: a module's, or libm. */
bool host_memory_is_module_code(uintptr_t pc);
/** What a mapping that is not the board's is; UNKNOWN where there is none. */
enum host_memory_kind host_memory_kind(uintptr_t address, uintptr_t *start, uintptr_t *end,
				       char *name, size_t name_size);

#endif /* POSIX_HOST_MEMORY_H */
