/* SPDX-License-Identifier: BSD-3-Clause */
#include "on_board.h"

#include <heap.h>
#include <rtos/alloc.h>
#include <stdlib.h>
#include <string.h>
#include <track.h>

#define MEMORY_SIZE 65536

/* A heap that hands out half of its memory, so that redzones never are what it runs out of. */
static struct heap *heap_in(void **memory, size_t capacity)
{
	*memory = page_alloc(MEMORY_SIZE / 4096);
	return *memory ? heap_create(*memory, MEMORY_SIZE, capacity, "test") : NULL;
}

static void heap_gone(struct heap *heap, void *memory)
{
	heap_destroy(heap);
	rfree(memory);
}

BOARD_TEST(block_is_aligned_as_asked)
{
	void *memory;
	struct heap *heap = heap_in(&memory, MEMORY_SIZE / 2);

	REQUIRE(heap);
	CHECK_INT((uintptr_t)heap_alloc(heap, 1, 0) % 8, 0);
	for (size_t align = 1; align <= 4096; align *= 2) {
		void *block = heap_alloc(heap, 24, align);

		CHECK(block);
		CHECK_INT((uintptr_t)block % align, 0);
		CHECK_INT(heap_free(heap, block), 0);
	}
	CHECK(!heap_alloc(heap, 24, 3));
	CHECK(!heap_alloc(heap, 24, 48));
	CHECK(!heap_alloc(heap, 24, SIZE_MAX / 2 + 1));
	heap_gone(heap, memory);
}

/* 16 bytes of capacity, the smallest block's charge, are a page and a closed one. */
BOARD_TEST(guarded_heap_asks_for_two_pages_a_block_and_little_more)
{
	for (size_t capacity = 16; capacity <= 1 << 20; capacity = capacity * 3 / 16 * 16) {
		const size_t size = heap_guarded_memory_size(capacity);
		const size_t blocks = capacity / 16;

		CHECK_INT(size % 4096, 0);
		CHECK(size >= (2 * blocks + 1) * 4096);
		CHECK(size <= (2 * blocks + 4) * 4096 + capacity);
	}
}

BOARD_TEST(block_is_charged_as_the_boards_heap_does)
{
	static const struct {
		size_t size, charge;
	} blocks[] = { { 1, 16 }, { 8, 16 }, { 9, 24 }, { 16, 24 }, { 17, 32 }, { 1000, 1008 } };
	void *memory, *block[6];
	struct heap *heap = heap_in(&memory, MEMORY_SIZE / 2);
	size_t used = 0;

	REQUIRE(heap);
	for (size_t i = 0; i < 6; i++) {
		block[i] = heap_alloc(heap, blocks[i].size, 0);
		used += blocks[i].charge;
		CHECK_INT(heap_used(heap), used);
		CHECK_INT(heap_blocks(heap), i + 1);
	}
	CHECK_INT(heap_high_water(heap), used);
	for (size_t i = 0; i < 6; i++) {
		CHECK_INT(heap_free(heap, block[i]), 0);
		used -= blocks[i].charge;
		CHECK_INT(heap_used(heap), used);
	}
	CHECK_INT(heap_used(heap), 0);
	CHECK_INT(heap_high_water(heap), 16 + 16 + 24 + 24 + 32 + 1008);
	heap_gone(heap, memory);
}

BOARD_TEST(heap_runs_out_at_its_capacity)
{
	void *memory;
	struct heap *heap = heap_in(&memory, 1024);
	void *all;

	REQUIRE(heap);
	CHECK(!heap_alloc(heap, 0, 0));
	CHECK(!heap_alloc(heap, 1017, 0));
	CHECK(!heap_alloc(heap, SIZE_MAX, 0));
	CHECK(!heap_alloc(heap, SIZE_MAX - 7, 0));
	CHECK_INT(heap_used(heap), 0);
	all = heap_alloc(heap, 1016, 0);
	CHECK(all);
	CHECK_INT(heap_used(heap), 1024);
	CHECK(!heap_alloc(heap, 1, 0));
	CHECK_INT(heap_free(heap, all), 0);
	CHECK(heap_alloc(heap, 1016, 0));
	heap_gone(heap, memory);
}

BOARD_TEST(capacity_can_be_used_up_by_small_blocks)
{
	const size_t capacity = 4096;
	void *memory = page_alloc(heap_memory_size(capacity) / 4096);
	struct heap *heap = heap_create(memory, heap_memory_size(capacity), capacity, "test");
	size_t count = 0;

	REQUIRE(heap);
	while (heap_alloc(heap, 1, 0))
		count++;
	CHECK_INT(count, capacity / 16);
	heap_gone(heap, memory);
}

BOARD_TEST(blocks_keep_a_redzone_apart)
{
	void *memory;
	struct heap *heap = heap_in(&memory, MEMORY_SIZE / 2);
	uintptr_t last = 0;

	REQUIRE(heap);
	for (size_t size = 1; size < 70; size++) {
		uintptr_t block = (uintptr_t)heap_alloc(heap, size, 0);

		REQUIRE(block);
		CHECK(block >= (uintptr_t)memory + TRACK_REDZONE);
		CHECK(!last || block >= last + TRACK_REDZONE);
		last = block + size;
	}
	CHECK(last + TRACK_REDZONE <= (uintptr_t)memory + MEMORY_SIZE);
	heap_gone(heap, memory);
}

BOARD_TEST(only_the_start_of_a_live_block_is_freed)
{
	void *memory;
	struct heap *heap = heap_in(&memory, MEMORY_SIZE / 2);
	char *block, *other;

	REQUIRE(heap);
	block = heap_alloc(heap, 100, 0);
	other = heap_alloc(heap, 100, 0);
	CHECK_INT(heap_free(heap, block + 1), -EINVAL);
	CHECK_INT(heap_free(heap, block - 16), -EINVAL);
	CHECK_INT(heap_free(heap, NULL), -EINVAL);
	CHECK_INT(heap_free(heap, &heap), -EINVAL);
	CHECK_INT(heap_free(heap, block), 0);
	CHECK_INT(heap_free(heap, block), -EINVAL);
	CHECK_INT(heap_blocks(heap), 1);
	CHECK_INT(heap_free(heap, other), 0);
	heap_gone(heap, memory);
}

BOARD_TEST(nearest_block_is_told)
{
	void *memory;
	struct heap *heap = heap_in(&memory, MEMORY_SIZE / 2);
	struct heap_block found;
	uintptr_t a, b;
	bool freed;

	REQUIRE(heap);
	CHECK(!heap_nearest(heap, (uintptr_t)memory + 100, &found, &freed));
	a = (uintptr_t)heap_alloc(heap, 40, 0);
	b = (uintptr_t)heap_alloc(heap, 40, 0);
	CHECK_INT(heap_label(heap, (void *)b, "the second"), 0);

	CHECK(heap_nearest(heap, (uintptr_t)memory, &found, &freed) && found.start == a);
	CHECK(heap_nearest(heap, a + 39, &found, &freed) && found.start == a && !freed);
	CHECK(heap_nearest(heap, a + 40, &found, &freed) && found.start == a);
	CHECK(heap_nearest(heap, b - 1, &found, &freed) && found.start == b);
	CHECK(heap_nearest(heap, b + 5000, &found, &freed) && found.start == b);
	CHECK(found.label && !strcmp(found.label, "the second"));

	CHECK_INT(heap_free(heap, (void *)b), 0);
	CHECK(heap_nearest(heap, b + 10, &found, &freed) && found.start == b && freed);
	CHECK(found.label && !strcmp(found.label, "the second"));
	/* Its next owner hides it. */
	CHECK_INT((uintptr_t)heap_alloc(heap, 40, 0), b);
	CHECK(heap_nearest(heap, b + 10, &found, &freed) && found.start == b && !freed);
	heap_gone(heap, memory);
}

BOARD_TEST(latest_of_several_freed_owners_is_told)
{
	void *memory;
	struct heap *heap = heap_in(&memory, MEMORY_SIZE / 2);
	struct heap_block found;
	uintptr_t block;
	bool freed;

	REQUIRE(heap);
	for (size_t size = 10; size <= 100; size += 10) {
		block = (uintptr_t)heap_alloc(heap, size, 0);
		CHECK_INT(heap_free(heap, (void *)block), 0);
	}
	CHECK(heap_nearest(heap, block + 5, &found, &freed) && freed && found.size == 100);
	heap_forget_freed(heap);
	CHECK(!heap_nearest(heap, block + 5, &found, &freed));
	heap_gone(heap, memory);
}

BOARD_TEST(label_needs_a_block)
{
	void *memory;
	struct heap *heap = heap_in(&memory, MEMORY_SIZE / 2);
	char *block;

	REQUIRE(heap);
	block = heap_alloc(heap, 40, 0);
	CHECK_INT(heap_label(heap, block + 1, "inside"), -ENOENT);
	CHECK_INT(heap_label(heap, block, "one"), 0);
	CHECK_INT(heap_label(heap, block, "two"), 0);
	host_alloc_fail_at(1);
	CHECK_INT(heap_label(heap, block, "three"), -ENOMEM);
	host_alloc_fail_at(0);
	/* A name for what is no block is ignored. */
	host_memory_label(&block, "on a stack");
	host_memory_label(NULL, "nothing");
	heap_gone(heap, memory);
}

struct model_block {
	uint8_t *start;
	size_t size;
	uint8_t fill;
};

static bool is_filled(const struct model_block *block)
{
	for (size_t i = 0; i < block->size; i++)
		if (block->start[i] != block->fill)
			return false;
	return true;
}

/* Against a list of what should be there: contents survive, sums agree, nothing overlaps. */
BOARD_TEST(random_use_agrees_with_a_model)
{
	struct model_block *model = rzalloc(SOF_MEM_FLAG_KERNEL, 64 * sizeof(*model));
	void *memory;
	struct heap *heap = heap_in(&memory, MEMORY_SIZE / 4);
	const unsigned int rounds = runs_slowly() ? 1000 : 20000;
	unsigned int seed = 1;
	size_t count = 0, used = 0, high = 0;

	REQUIRE(heap && model);
	for (unsigned int round = 0; round < rounds; round++) {
		if (count < 64 && rand_r(&seed) % 5 < 3) {
			struct model_block *block = &model[count];

			block->size = (size_t)rand_r(&seed) % 700 + 1;
			block->fill = (uint8_t)rand_r(&seed);
			block->start =
				heap_alloc(heap, block->size, (size_t)1 << rand_r(&seed) % 8);
			if (!block->start)
				continue;
			memset(block->start, block->fill, block->size);
			used += (block->size + 7) / 8 * 8 + 8;
			high = used > high ? used : high;
			count++;
		} else if (count) {
			struct model_block *block = &model[(size_t)rand_r(&seed) % count];

			CHECK(is_filled(block));
			CHECK_INT(heap_free(heap, block->start), 0);
			used -= (block->size + 7) / 8 * 8 + 8;
			*block = model[--count];
		}
		CHECK_INT(heap_used(heap), used);
		CHECK_INT(heap_blocks(heap), count);
	}
	CHECK_INT(heap_high_water(heap), high);
	for (size_t i = 0; i < count; i++)
		CHECK(is_filled(&model[i]));
	heap_gone(heap, memory);
	rfree(model);
}

/* Books are apart: whatever is written over the heap's memory, the heap itself goes on. */
BOARD_TEST(scribbling_over_all_of_it_harms_no_book)
{
	const struct module_heap_config config = { .name = "scribble", .heap_bytes = 4096 };
	struct k_heap *heap = module_driver_heap_init_ext(&config);
	struct k_mem_partition part;
	void *a, *b;

	REQUIRE(heap);
	a = k_heap_alloc(heap, 100, K_NO_WAIT);
	b = k_heap_alloc(heap, 100, K_NO_WAIT);
	module_driver_heap_partition(heap, &part);
	/* A memory checker would rightly object. */
	if (!runs_slowly())
		memset((void *)part.start, 0x5a, part.size);
	k_heap_free(heap, a);
	CHECK(k_heap_alloc(heap, 100, K_NO_WAIT) == a);
	k_heap_free(heap, b);
	CHECK(heap_find((uintptr_t)b) != NULL);
	module_driver_heap_remove(heap);
	CHECK(heap_find((uintptr_t)b) == NULL);
}

BOARD_TEST(every_failing_allocation_of_a_module_heap_is_clean)
{
	const struct module_heap_config config = { .name = "fails",
						   .heap_bytes = 4096,
						   .stack_bytes = 4096 };
	const size_t before = heap_blocks(heap_kernel);
	struct k_heap *heap = NULL;
	unsigned long n = 0;

	while (!heap && ++n < 100) {
		host_alloc_fail_at(n);
		heap = module_driver_heap_init_ext(&config);
		if (!heap)
			CHECK_INT(heap_blocks(heap_kernel), before);
	}
	host_alloc_fail_at(0);
	CHECK(n > 2);
	REQUIRE(heap);
	for (n = 1; n < 3; n++) {
		host_alloc_fail_at(n);
		CHECK((k_heap_alloc(heap, 8, K_NO_WAIT) == NULL) == (n < 3));
		CHECK_INT(heap_blocks(heap->heap.heap), 0);
	}
	host_alloc_fail_at(0);
	CHECK(k_heap_alloc(heap, 8, K_NO_WAIT) != NULL);
	module_driver_heap_remove(heap);
	CHECK_INT(heap_blocks(heap_kernel), before);
}

BOARD_TEST(statistics_are_those_of_the_heap)
{
	const struct module_heap_config config = { .name = "figures", .heap_bytes = 4096 };
	struct k_heap *heap = module_driver_heap_init_ext(&config);
	struct sys_memory_stats stats;
	void *block;

	REQUIRE(heap);
	block = k_heap_aligned_alloc(heap, 64, 100, K_NO_WAIT);
	CHECK_INT((uintptr_t)block % 64, 0);
	k_heap_free(heap, block);
	block = k_heap_alloc(heap, 8, K_FOREVER);
	CHECK_INT(sys_heap_runtime_stats_get(&heap->heap, &stats), 0);
	CHECK_INT(stats.allocated_bytes, 16);
	CHECK_INT(stats.free_bytes, 4096 - 16);
	CHECK_INT(stats.max_allocated_bytes, 112);
	CHECK_INT(sys_heap_runtime_stats_get(NULL, &stats), -EINVAL);
	CHECK_INT(sys_heap_runtime_stats_get(&heap->heap, NULL), -EINVAL);
	CHECK_INT(sys_heap_runtime_stats_get(&sof_sys_heap_get()->heap, &stats), 0);
	CHECK(stats.allocated_bytes > 0);
	k_heap_free(heap, block);
	k_heap_free(heap, NULL);
	module_driver_heap_remove(heap);
	module_driver_heap_remove(NULL);
}

/* Whatever pointer it is, it is not followed. */
BOARD_TEST(no_k_heap_is_taken_on_trust)
{
	struct k_heap *heap = module_driver_heap_init();
	char on_stack[sizeof(struct k_heap)] = { 0 };
	struct k_heap *forged = page_alloc(1);

	REQUIRE(heap && forged);
	CHECK(heap_of_k_heap(heap) == heap->heap.heap);
	CHECK(heap_of_k_heap(sof_sys_heap_get()) == heap_kernel);
	CHECK(!heap_of_k_heap(NULL));
	CHECK(!heap_of_k_heap((struct k_heap *)(uintptr_t)8));
	CHECK(!heap_of_k_heap((struct k_heap *)(void *)on_stack));
	CHECK(!heap_of_k_heap((struct k_heap *)((uintptr_t)heap + 1)));
	CHECK(!heap_of_k_heap(forged));
	/* The last words of the kernel heap: a structure there would end behind it. */
	CHECK(!heap_of_k_heap((struct k_heap *)(heap_kernel_end() - 8)));
	CHECK(!heap_of_k_heap((struct k_heap *)(UINTPTR_MAX - 7)));
	module_driver_heap_remove(heap);
	CHECK(!heap_of_k_heap(heap));
	rfree(forged);
}

static void heaps_counted(struct heap *heap, void *arg)
{
	(*(int *)arg)++;
}

BOARD_TEST(every_heap_is_found_by_address)
{
	struct k_heap *a = module_driver_heap_init(), *b = module_driver_heap_init();
	int count = 0;

	REQUIRE(a && b);
	CHECK(heap_find((uintptr_t)a->heap.init_mem) == a->heap.heap);
	CHECK(heap_find((uintptr_t)b->heap.init_mem) == b->heap.heap);
	CHECK(heap_find((uintptr_t)a) == heap_kernel);
	CHECK(heap_find(get_shared_buffer_heap_start()) != NULL);
	CHECK(!heap_find((uintptr_t)&count) || heap_find((uintptr_t)&count) == heap_kernel);
	CHECK(!heap_find(0));
	heap_for_each(heaps_counted, &count);
	CHECK_INT(count, 4);
	module_driver_heap_remove(b);
	module_driver_heap_remove(a);
}

static int heaps_there(void)
{
	int count = 0;

	heap_for_each(heaps_counted, &count);
	return count;
}

BOARD_TEST(heap_goes_with_its_memory)
{
	const int before = heaps_there();
	const size_t size = 4096;
	static struct k_heap heap;
	k_thread_stack_t *stack;
	void *memory = rmalloc(SOF_MEM_FLAG_KERNEL, size), *again;

	REQUIRE(memory);
	k_heap_init(&heap, memory, size);
	CHECK(k_heap_alloc(&heap, 100, K_NO_WAIT));
	CHECK_INT(heaps_there(), before + 1);
	rfree(memory);
	CHECK_INT(heaps_there(), before);
	/* Whoever has the memory next frees what is the kernel heap's. */
	again = rmalloc(SOF_MEM_FLAG_KERNEL, size);
	CHECK(again == memory);
	CHECK(heap_find((uintptr_t)again) == heap_kernel);
	CHECK(!k_heap_alloc(&heap, 100, K_NO_WAIT));
	CHECK(!heap_of_k_heap(&heap));
	k_heap_free(&heap, memory);
	k_heap_deinit(&heap);
	rfree(again);
	/* So it is with any memory that goes: here a region. */
	stack = k_thread_stack_alloc(size, K_USER);
	REQUIRE(stack);
	k_heap_init(&heap, stack, size);
	CHECK_INT(heaps_there(), before + 1);
	CHECK_INT(k_thread_stack_free(stack), 0);
	CHECK_INT(heaps_there(), before);
}

BOARD_TEST(heap_goes_with_the_heap_it_is_in)
{
	const int before = heaps_there();
	static struct k_heap outer, inner, innermost;
	void *memory = rmalloc(SOF_MEM_FLAG_KERNEL, 8192);

	REQUIRE(memory);
	k_heap_init(&outer, memory, 8192);
	k_heap_init(&inner, k_heap_alloc(&outer, 4096, K_NO_WAIT), 4096);
	k_heap_init(&innermost, k_heap_alloc(&inner, 1024, K_NO_WAIT), 1024);
	CHECK(k_heap_alloc(&innermost, 100, K_NO_WAIT));
	CHECK(k_heap_alloc(&inner, 100, K_NO_WAIT));
	CHECK_INT(heaps_there(), before + 3);
	k_heap_free(&outer, inner.heap.init_mem);
	CHECK_INT(heaps_there(), before + 1);
	CHECK(!k_heap_alloc(&innermost, 100, K_NO_WAIT));
	CHECK(!k_heap_alloc(&inner, 100, K_NO_WAIT));
	CHECK(k_heap_alloc(&outer, 100, K_NO_WAIT));
	k_heap_init(&inner, k_heap_alloc(&outer, 4096, K_NO_WAIT), 4096);
	k_heap_deinit(&outer);
	CHECK_INT(heaps_there(), before);
	rfree(memory);
}

BOARD_TEST(memory_is_one_heap_at_a_time)
{
	const int before = heaps_there();
	static char memory[4096] __attribute__((aligned(16)));
	static struct k_heap first, second;

	k_heap_init(&first, memory, sizeof(memory));
	CHECK(k_heap_alloc(&first, 3000, K_NO_WAIT));
	/* Anew, and then a part of it as another, which nobody was asked for. */
	k_heap_init(&first, memory, sizeof(memory));
	CHECK_INT(heaps_there(), before + 1);
	CHECK(k_heap_alloc(&first, 3000, K_NO_WAIT));
	k_heap_init(&second, memory + 1024, 2048);
	CHECK_INT(heaps_there(), before + 1);
	CHECK(!k_heap_alloc(&first, 8, K_NO_WAIT));
	CHECK(k_heap_alloc(&second, 100, K_NO_WAIT));
	k_heap_init(&first, memory, sizeof(memory));
	CHECK_INT(heaps_there(), before + 1);
	CHECK(!k_heap_alloc(&second, 8, K_NO_WAIT));
	k_heap_deinit(&second);
	k_heap_deinit(&first);
	CHECK_INT(heaps_there(), before);
}

BOARD_TEST(kernel_heap_grows_and_says_when_it_is_full)
{
	const size_t step = 1 << 20;
	void *blocks[80] = { NULL };
	size_t count = 0;

	while (count < 80 && (blocks[count] = rballoc(SOF_MEM_FLAG_KERNEL, step)) != NULL)
		memset(blocks[count++], 1, 64);
	CHECK(count > 40 && count < 64);
	CHECK(!rballoc(SOF_MEM_FLAG_KERNEL, 32 * step));
	for (size_t i = 0; i < count; i++)
		rfree(blocks[i]);
	rfree(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(block_is_aligned_as_asked),
		cmocka_unit_test(guarded_heap_asks_for_two_pages_a_block_and_little_more),
		cmocka_unit_test(block_is_charged_as_the_boards_heap_does),
		cmocka_unit_test(heap_runs_out_at_its_capacity),
		cmocka_unit_test(capacity_can_be_used_up_by_small_blocks),
		cmocka_unit_test(blocks_keep_a_redzone_apart),
		cmocka_unit_test(only_the_start_of_a_live_block_is_freed),
		cmocka_unit_test(nearest_block_is_told),
		cmocka_unit_test(latest_of_several_freed_owners_is_told),
		cmocka_unit_test(label_needs_a_block),
		cmocka_unit_test(random_use_agrees_with_a_model),
		cmocka_unit_test(scribbling_over_all_of_it_harms_no_book),
		cmocka_unit_test(every_failing_allocation_of_a_module_heap_is_clean),
		cmocka_unit_test(statistics_are_those_of_the_heap),
		cmocka_unit_test(no_k_heap_is_taken_on_trust),
		cmocka_unit_test(every_heap_is_found_by_address),
		cmocka_unit_test(heap_goes_with_its_memory),
		cmocka_unit_test(heap_goes_with_the_heap_it_is_in),
		cmocka_unit_test(memory_is_one_heap_at_a_time),
		cmocka_unit_test(kernel_heap_grows_and_says_when_it_is_full),
	};

	return RUN(tests);
}
