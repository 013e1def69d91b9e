/* SPDX-License-Identifier: BSD-3-Clause */
#include "static_data.h"
#include "board.h"
#include "object.h"

#include <string.h>
#include <sys/mman.h>
#include <zephyr/app_memory/app_memdomain.h>

extern uint8_t z_app_task_start[], z_app_task_end[];
extern uint8_t z_objects_start[], z_objects_end[];
extern struct k_mutex z_objects_k_mutex[];
extern struct k_condvar z_objects_k_condvar[];
extern struct k_event z_objects_k_event[];
extern struct k_timer z_objects_k_timer[];
extern struct k_queue z_objects_k_queue[];
extern struct k_heap z_objects_k_heap[];
extern const struct z_static_stack z_static_stacks_start[], z_static_stacks_end[];
extern const struct z_app_region z_app_regions_start[], z_app_regions_end[];

/* Every range of one type, and how far apart its elements are. */
static const struct {
	void *start, *end;
	size_t size;
	enum k_objects type;
} object_ranges[] = {
	{ z_objects_start, z_objects_k_mutex, sizeof(struct k_sem), K_OBJ_SEM },
	{ z_objects_k_mutex, z_objects_k_condvar, sizeof(struct k_mutex), K_OBJ_MUTEX },
	{ z_objects_k_condvar, z_objects_k_event, sizeof(struct k_condvar), K_OBJ_CONDVAR },
	{ z_objects_k_event, z_objects_k_timer, sizeof(struct k_event), K_OBJ_EVENT },
	{ z_objects_k_timer, z_objects_k_queue, sizeof(struct k_timer), K_OBJ_TIMER },
	{ z_objects_k_queue, z_objects_k_heap, sizeof(struct k_queue), K_OBJ_QUEUE },
};

/* What both ranges held before the first board ran, in that order; read-only. */
static uint8_t *image;

int static_data_restore(void)
{
	size_t objects = (size_t)(z_objects_end - z_objects_start);
	size_t app = (size_t)(z_app_task_end - z_app_task_start);

	if (image) {
		memcpy(z_objects_start, image, objects);
		memcpy(z_app_task_start, image + objects, app);
	} else {
		image = mmap(NULL, objects + app, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (image == MAP_FAILED) {
			image = NULL;
			return -ENOMEM;
		}
		memcpy(image, z_objects_start, objects);
		memcpy(image + objects, z_app_task_start, app);
		mprotect(image, objects + app, PROT_READ);
	}
	for (const struct z_app_region *region = z_app_regions_start; region < z_app_regions_end;
	     region++)
		memset(region->bss_start, 0, (size_t)(region->end - region->bss_start));
	return 0;
}

static int add_stacks(const struct z_static_stack *stack)
{
	for (size_t i = 0; i < stack->count; i++)
		if (object_add(stack->first + i * stack->size, K_OBJ_THREAD_STACK_ELEMENT, false))
			return -ENOMEM;
	return 0;
}

static int add_range(size_t index)
{
	uint8_t *object = object_ranges[index].start;

	for (; object < (uint8_t *)object_ranges[index].end; object += object_ranges[index].size) {
		if (object_add(object, object_ranges[index].type, false))
			return -ENOMEM;
		object_set_initialised(object, true);
	}
	return 0;
}

int static_objects_init(void)
{
	int ret = 0;

	for (const struct z_static_stack *stack = z_static_stacks_start;
	     stack < z_static_stacks_end && !ret; stack++)
		ret = add_stacks(stack);
	for (size_t i = 0; i < ARRAY_SIZE(object_ranges) && !ret; i++)
		ret = add_range(i);
	for (struct k_heap *heap = z_objects_k_heap; heap < (struct k_heap *)z_objects_end; heap++)
		k_heap_init(heap, heap->heap.init_mem, heap->heap.init_bytes);
	return ret;
}

void static_objects_exit(void)
{
	for (struct k_heap *heap = z_objects_k_heap; heap < (struct k_heap *)z_objects_end; heap++)
		if (heap->heap.heap)
			k_heap_deinit(heap);
}

size_t static_stack_size(const k_thread_stack_t *low, bool *user)
{
	const struct z_static_stack *stack;

	for (stack = z_static_stacks_start; stack < z_static_stacks_end; stack++) {
		uintptr_t offset = (uintptr_t)low - (uintptr_t)stack->first;

		if (offset >= stack->count * stack->size || offset % stack->size)
			continue;
		*user = stack->user;
		return stack->size;
	}
	return 0;
}
