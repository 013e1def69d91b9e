/* SPDX-License-Identifier: BSD-3-Clause */
#include <rtos/alloc.h>
#include <rtos/userspace_helper.h>

#include "arena.h"
#include "board.h"
#include "heap.h"
#include "protect.h"
#include "stack.h"
#include "static_data.h"
#include "userspace.h"

#include <string.h>

#define MAILBOX_SIZE   PAGE_SIZE
#define MAILBOX_MARGIN PAGE_SIZE /* before it, supervisor only: zero */

K_APPMEM_PARTITION_DEFINE(common_partition);

/* A driver heap with what lies beside it. The k_heap comes first: it is what callers hold. */
struct driver_heap {
	struct k_heap heap;
	struct arena_region *region;
	size_t stack_room; /* bytes at the region's low end that a stack may take */
	struct driver_heap *next;
};

static struct {
	struct driver_heap *heaps;
	struct arena_region *mailbox;
	bool guard_heaps;
} userspace;

int userspace_init(bool guard_heaps)
{
	memset(&userspace, 0, sizeof(userspace));
	userspace.guard_heaps = guard_heaps;
	userspace.mailbox =
		arena_create(MAILBOX_MARGIN + MAILBOX_SIZE, HOST_MEMORY_MAILBOX, "IPC mailbox");
	if (!userspace.mailbox)
		return -ENOMEM;
	protect_region_new(userspace.mailbox->start, userspace.mailbox->size);
	if (app_partitions_init()) {
		userspace_exit();
		return -ENOMEM;
	}
	return 0;
}

void userspace_exit(void)
{
	while (userspace.heaps)
		module_driver_heap_remove(&userspace.heaps->heap);
	if (userspace.mailbox) {
		protect_region_gone(userspace.mailbox->start, userspace.mailbox->size);
		arena_destroy(userspace.mailbox);
	}
	app_partitions_exit();
	memset(&userspace, 0, sizeof(userspace));
}

struct k_heap *module_driver_heap_init(void)
{
	const struct module_heap_config config = {
		.name = "module",
		.heap_bytes = CONFIG_SOF_ZEPHYR_USERSPACE_MODULE_HEAP_SIZE,
	};

	return module_driver_heap_init_ext(&config);
}

struct k_heap *module_driver_heap_init_ext(const struct module_heap_config *config)
{
	size_t memory_size = userspace.guard_heaps ? heap_guarded_memory_size(config->heap_bytes) :
						     heap_memory_size(config->heap_bytes);
	size_t stack_room = config->stack_bytes ? stack_footprint(config->stack_bytes) : 0;
	struct driver_heap *driver;
	uintptr_t memory;

	if (!config->heap_bytes || config->heap_bytes > (size_t)1 << 30 ||
	    config->stack_bytes > (size_t)1 << 30)
		return NULL;
	driver = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*driver));
	if (!driver)
		return NULL;
	driver->region =
		arena_create(stack_room + memory_size, HOST_MEMORY_MODULE_HEAP, config->name);
	if (!driver->region)
		goto no_region;
	protect_region_new(driver->region->start, driver->region->size);
	/* The heap ends where the region ends and the stack begins where it begins, so that running
	 * off either leads out of the region. */
	memory = driver->region->start + driver->region->size - memory_size;
	driver->stack_room = stack_room;
	driver->heap.heap.init_mem = (void *)memory;
	driver->heap.heap.init_bytes = config->heap_bytes;
	if (userspace.guard_heaps)
		driver->heap.heap.heap = heap_create_guarded((void *)memory, memory_size,
							     config->heap_bytes, config->name);
	else
		driver->heap.heap.heap =
			heap_create((void *)memory, memory_size, config->heap_bytes, config->name);
	if (!driver->heap.heap.heap)
		goto no_heap;
	driver->next = userspace.heaps;
	userspace.heaps = driver;
	return &driver->heap;

no_heap:
	protect_region_gone(driver->region->start, driver->region->size);
	arena_destroy(driver->region);
no_region:
	rfree(driver);
	return NULL;
}

static struct driver_heap *driver_of(struct k_heap *heap)
{
	return CONTAINER_OF(heap, struct driver_heap, heap);
}

void module_driver_heap_remove(struct k_heap *mod_drv_heap)
{
	struct driver_heap *driver = driver_of(mod_drv_heap);
	struct driver_heap **link = &userspace.heaps;

	if (!mod_drv_heap)
		return;
	while (*link && *link != driver)
		link = &(*link)->next;
	if (*link)
		*link = driver->next;
	protect_open(driver->region->start);
	k_heap_deinit(&driver->heap);
	protect_region_gone(driver->region->start, driver->region->size);
	arena_destroy(driver->region);
	rfree(driver);
}

void module_driver_heap_partition(struct k_heap *mod_drv_heap, struct k_mem_partition *out)
{
	const struct arena_region *region = driver_of(mod_drv_heap)->region;

	*out = (struct k_mem_partition){ region->start, region->size, K_MEM_PARTITION_P_RW_U_RW };
}

void *user_stack_allocate(size_t stack_size, uint32_t options)
{
	return k_thread_stack_alloc(stack_size, (int)(options & K_USER));
}

void *user_stack_allocate_beside(struct k_heap *heap, size_t stack_size, uint32_t options)
{
	struct driver_heap *driver = driver_of(heap);
	struct stack *stack;

	if (!stack_size || stack_footprint(stack_size) > driver->stack_room ||
	    stack_find((void *)driver->region->start))
		return user_stack_allocate(stack_size, options);
	protect_open(driver->region->start);
	stack = stack_create_in(driver->region, driver->region->start, stack_size);
	return stack ? (void *)stack->low : NULL;
}

int user_stack_free(void *p_stack)
{
	return p_stack ? k_thread_stack_free(p_stack) : 0;
}

int user_memory_attach_common_partition(struct k_mem_domain *dom)
{
	return k_mem_domain_add_partition(dom, &common_partition);
}

int user_memory_attach_shared_buffers(struct k_mem_domain *dom)
{
	struct k_mem_partition part = { get_shared_buffer_heap_start(),
					get_shared_buffer_heap_size(), K_MEM_PARTITION_P_RW_U_RW };

	return k_mem_domain_add_partition(dom, &part);
}

uint32_t user_buffer_memory_flags(bool source_is_user, bool sink_is_user)
{
	return source_is_user || sink_is_user ? SOF_MEM_FLAG_USER_SHARED_BUFFER :
						SOF_MEM_FLAG_KERNEL;
}

void *user_buffer_alloc(size_t bytes, const char *name)
{
	struct arena_region *region = arena_create(bytes, HOST_MEMORY_SHARED_HEAP, name);

	if (!region)
		return NULL;
	protect_region_new(region->start, region->size);
	/* Against the upper end, so that running off it faults at once. */
	return (void *)ROUND_DOWN(region->start + region->size - bytes, PLATFORM_DCACHE_ALIGN);
}

void user_buffer_free(void *buffer)
{
	struct arena_region *region = arena_find((uintptr_t)buffer);

	if (!buffer || !region)
		return;
	protect_region_gone(region->start, region->size);
	arena_destroy(region);
}

static int buffer_partition(const void *buffer, struct k_mem_partition *out)
{
	const struct arena_region *region = arena_find((uintptr_t)buffer);

	if (!region || region->kind != HOST_MEMORY_SHARED_HEAP)
		return -EINVAL;
	*out = (struct k_mem_partition){ region->start, region->size, K_MEM_PARTITION_P_RW_U_RW };
	return 0;
}

int user_buffer_grant(struct k_mem_domain *dom, const void *buffer)
{
	struct k_mem_partition part;
	int ret = buffer_partition(buffer, &part);

	return ret ? ret : k_mem_domain_add_partition(dom, &part);
}

int user_buffer_revoke(struct k_mem_domain *dom, const void *buffer)
{
	struct k_mem_partition part;
	int ret = buffer_partition(buffer, &part);

	return ret ? ret : k_mem_domain_remove_partition(dom, &part);
}

/* At the region's end, which closed memory follows. */
static uintptr_t mailbox_start(void)
{
	return userspace.mailbox->start + userspace.mailbox->size - MAILBOX_SIZE;
}

void *user_mailbox(void)
{
	protect_open(userspace.mailbox->start);
	return (void *)mailbox_start();
}

static size_t window_offset(size_t size)
{
	return ROUND_DOWN(MAILBOX_SIZE - size, size % 8 ? 4u : 8u);
}

void *user_mailbox_window(size_t size)
{
	uint8_t *mailbox = user_mailbox();

	if (size > MAILBOX_SIZE)
		return NULL;
	memset(mailbox - MAILBOX_MARGIN, 0, MAILBOX_MARGIN + MAILBOX_SIZE);
	return mailbox + window_offset(size);
}

/* The first byte that is not 0; size: all are. */
static size_t first_set(const uint8_t *bytes, size_t size)
{
	size_t at = 0;

	if (!size || (!bytes[0] && !memcmp(bytes, bytes + 1, size - 1)))
		return size;
	while (!bytes[at])
		at++;
	return at;
}

bool user_mailbox_rest_is_clear(size_t size, ptrdiff_t *at)
{
	const uint8_t *mailbox = user_mailbox();
	const size_t start = window_offset(size), end = start + size;
	const size_t before = first_set(mailbox - MAILBOX_MARGIN, MAILBOX_MARGIN + start);
	const size_t behind = first_set(mailbox + end, MAILBOX_SIZE - end);

	if (before < MAILBOX_MARGIN + start)
		*at = (ptrdiff_t)before - (ptrdiff_t)(MAILBOX_MARGIN + start);
	else if (end + behind < MAILBOX_SIZE)
		*at = (ptrdiff_t)(size + behind);
	else
		return true;
	return false;
}

size_t user_mailbox_size(void)
{
	return MAILBOX_SIZE;
}

/* Not the whole region, which may be a huge page. */
static struct k_mem_partition mailbox_partition(bool writable)
{
	return (struct k_mem_partition){ mailbox_start(), MAILBOX_SIZE,
					 writable ? K_MEM_PARTITION_P_RW_U_RW :
						    K_MEM_PARTITION_P_RO_U_RO };
}

int user_mailbox_grant(struct k_mem_domain *dom, bool writable)
{
	struct k_mem_partition part = mailbox_partition(writable);

	return k_mem_domain_add_partition(dom, &part);
}

int user_mailbox_revoke(struct k_mem_domain *dom)
{
	struct k_mem_partition part = mailbox_partition(false);

	return k_mem_domain_remove_partition(dom, &part);
}

void user_partition_open(const struct k_mem_partition *part)
{
	protect_open(part->start);
}

void user_domain_open(struct k_mem_domain *dom)
{
	for (size_t i = 0; i < CONFIG_MAX_DOMAIN_PARTITIONS; i++)
		if (dom->partitions[i].size)
			user_partition_open(&dom->partitions[i]);
}
