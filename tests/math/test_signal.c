/* SPDX-License-Identifier: BSD-3-Clause */
/* Signal processing arithmetic against double precision; the module's memory is the C heap. */
#include "test_signal.h"

#include <sof/audio/module_adapter/module/generic.h>
#include <stdlib.h>

static struct processing_module module;
static int allocations;
static int left = -1;

int32_t test_random(void)
{
	static uint64_t state = 0x853c49e6748fea9b;

	state = state * 6364136223846793005 + 1442695040888963407;
	return (int32_t)(state >> 32);
}

struct processing_module *test_module(void)
{
	return &module;
}

void test_fail_allocation(int count)
{
	left = count;
}

int test_allocations(void)
{
	return allocations;
}

static void *allocate(size_t size)
{
	if (size == 0 || left == 0)
		return NULL;
	if (left > 0)
		left--;
	allocations++;
	return malloc(size);
}

void *mod_alloc_ext(struct processing_module *mod, uint32_t flags, size_t size, size_t alignment)
{
	assert_ptr_equal(mod, &module);
	return allocate(size);
}

void *mod_balloc_align(struct processing_module *mod, size_t size, size_t alignment)
{
	return mod_alloc_ext(mod, 0, size, alignment);
}

int mod_free(struct processing_module *mod, const void *ptr)
{
	assert_ptr_equal(mod, &module);
	if (ptr)
		allocations--;
	free((void *)(uintptr_t)ptr);
	return 0;
}

void *rzalloc(uint32_t flags, size_t bytes)
{
	void *const block = allocate(bytes);

	if (block)
		memset(block, 0, bytes);
	return block;
}

void rfree(void *ptr)
{
	mod_free(&module, ptr);
}

int main(void)
{
	int failures = test_fir();

	failures += test_iir_df2t();
	failures += test_law();
	failures += test_window();
	failures += test_matrix();
	failures += test_dct();
	failures += test_mel();
	return failures ? 1 : 0;
}
