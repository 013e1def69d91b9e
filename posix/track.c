/* SPDX-License-Identifier: BSD-3-Clause */
#include "track.h"

#include <stdio.h>
#include <valgrind/memcheck.h>
#include <valgrind/valgrind.h>

/* System V ABI, x86-64: functions may use this much below the stack pointer. */
#define RED_ZONE_BYTES 128

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

#if defined(__SANITIZE_THREAD__)
void __tsan_acquire(void *addr);
void __tsan_release(void *addr);
#endif

void track_heap_new(void *heap, void *memory, size_t size)
{
	VALGRIND_CREATE_MEMPOOL(heap, TRACK_REDZONE, 0);
	VALGRIND_MAKE_MEM_NOACCESS(memory, size);
	POISON(memory, size);
}

void track_heap_delete(void *heap, void *memory, size_t size)
{
	VALGRIND_DESTROY_MEMPOOL(heap);
	VALGRIND_MAKE_MEM_UNDEFINED(memory, size);
	UNPOISON(memory, size);
}

/* Open to the thread itself, as all of its thread-local storage: names of what it owns. */
static __thread struct {
	void *heap, *block;
	size_t size;
} handed_out __attribute__((tls_model("local-exec")));

void track_block_new(void *heap, void *block, size_t size)
{
	VALGRIND_MEMPOOL_ALLOC(heap, block, size);
	UNPOISON(block, size);
}

void track_block_free(void *heap, void *block, size_t size)
{
	if (handed_out.block == block)
		track_call_over();
	VALGRIND_MEMPOOL_FREE(heap, block);
	POISON(block, size);
}

void track_block_handed_out(void *heap, void *block, size_t size)
{
	track_call_over();
	VALGRIND_MAKE_MEM_UNDEFINED(block, size);
	UNPOISON(block, size);
	handed_out.heap = heap;
	handed_out.block = block;
	handed_out.size = size;
}

void track_call_over(void)
{
	if (!handed_out.block)
		return;
	VALGRIND_MEMPOOL_ALLOC(handed_out.heap, handed_out.block, handed_out.size);
	handed_out.block = NULL;
}

void track_block_left(const char *owner, void *block, size_t size)
{
	char command[64];

	if (!RUNNING_ON_VALGRIND)
		return;
	VALGRIND_PRINTF("%s never freed a block of %lu bytes:\n", owner, (unsigned long)size);
	/* With no debugger attached the answer goes to the log. */
	snprintf(command, sizeof(command), "v.info location %p", block);
	VALGRIND_MONITOR_COMMAND(command);
}

void track_gap(void *memory, size_t size)
{
	VALGRIND_MAKE_MEM_NOACCESS(memory, size);
}

/*
 * The registered range is (low, high]: the stack pointer of an empty stack equals high. The word at
 * low is excluded, because it would also belong to the stack below; a stack pointer at low means
 * that the stack is full.
 */
unsigned int track_stack_new(void *low, void *high)
{
	return VALGRIND_STACK_REGISTER((char *)low + sizeof(void *), high);
}

void track_stack_delete(unsigned int id)
{
	VALGRIND_STACK_DEREGISTER(id);
}

/* Valgrind numbers stacks in the order of their registration. A stack of no bytes takes a number. */
static unsigned int next_stack_id(void)
{
	unsigned int id = VALGRIND_STACK_REGISTER(NULL, NULL);

	VALGRIND_STACK_DEREGISTER(id);
	return id;
}

unsigned int track_thread_creating(void)
{
	return next_stack_id();
}

void track_thread_created(unsigned int before)
{
	unsigned int after = next_stack_id();

	for (unsigned int id = before + 1; id < after; id++)
		VALGRIND_STACK_DEREGISTER(id);
}

void track_stack_entry(uintptr_t top)
{
	VALGRIND_MAKE_MEM_UNDEFINED(top - RED_ZONE_BYTES, RED_ZONE_BYTES);
}

void track_stack_abandoned(void *low, size_t size)
{
	UNPOISON(low, size);
}

void track_stack_inspect(void *low, size_t size)
{
	VALGRIND_MAKE_MEM_DEFINED(low, size);
}

bool track_small_regions(void)
{
	return RUNNING_ON_VALGRIND;
}

bool track_owns_host_memory(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	return true;
#else
	return RUNNING_ON_VALGRIND;
#endif
}

void track_baton_release(const volatile void *word)
{
#if defined(__SANITIZE_THREAD__)
	__tsan_release((void *)(uintptr_t)word);
#endif
}

void track_baton_acquire(const volatile void *word)
{
#if defined(__SANITIZE_THREAD__)
	__tsan_acquire((void *)(uintptr_t)word);
#endif
}
