/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * heap-victim MODE: a user thread that misuses its module heap in one way, for a memory checker to
 * find. MODE is one of the table below, with "-reopened" after it when the heap's domain is closed
 * and opened again between the allocation and the misuse. heap_victim.sh says what must be found.
 *
 * Exit codes: 0 it ran to its end; 1 usage; 2 the board failed; 3 a fault was told.
 */
#include <host/fault.h>
#include <host/platform.h>
#include <host/standard_files.h>
#include <rtos/alloc.h>
#include <rtos/userspace_helper.h>
#include <stdio.h>
#include <string.h>
#include <zephyr/kernel.h>

#define STACK_SIZE ((size_t)32768)

/* In memory both threads may touch. */
struct notes {
	char *block;
	unsigned int mode;
	size_t size;
};

static volatile struct notes notes APP_TASK_BSS;

enum mode { CLEAN, OVERRUN, READ_OVERRUN, UNDERRUN, USE_AFTER_FREE, UNINITIALISED, LEAK };

static const char *const mode_names[] = {
	[CLEAN] = "clean",
	[OVERRUN] = "overrun",
	[READ_OVERRUN] = "read-overrun",
	[UNDERRUN] = "underrun",
	[USE_AFTER_FREE] = "use-after-free",
	[UNINITIALISED] = "uninitialised",
	[LEAK] = "leak",
};

static void allocate(void *heap, void *p2, void *p3)
{
	notes.block = sof_heap_alloc(heap, 0, notes.size, 0); /* ALLOCATED HERE */
	if (notes.mode != UNINITIALISED)
		memset(notes.block, 1, notes.size);
	if (notes.mode == USE_AFTER_FREE)
		sof_heap_free(heap, notes.block);
}

static void misuse(void *heap, void *p2, void *p3)
{
	volatile char *block = notes.block;

	switch (notes.mode) {
	case OVERRUN:
		block[notes.size] = 1; /* overrun HERE */
		break;
	case READ_OVERRUN:
		if (block[notes.size] == 42) /* read-overrun HERE */
			block[0] = 42;
		break;
	case UNDERRUN:
		block[-1] = 1; /* underrun HERE */
		break;
	case USE_AFTER_FREE:
		block[5] = 1; /* use-after-free HERE */
		break;
	case UNINITIALISED:
		if (block[5]) /* uninitialised HERE */
			block[6] = 1;
		break;
	default:
		block[0] = block[notes.size - 1];
	}
	if (notes.mode != LEAK && notes.mode != USE_AFTER_FREE)
		sof_heap_free(heap, (char *)block);
}

static void visit(void *heap, void *p2, void *p3)
{
	char *block = sof_heap_alloc(heap, 0, 32, 0);

	memset(block, 2, 32);
	sof_heap_free(heap, block);
}

struct domain {
	struct k_mem_domain domain;
	struct k_heap *heap;
	k_thread_stack_t *stack;
	struct k_thread *thread;
};

static int domain_make(struct domain *domain, const char *name)
{
	const struct module_heap_config config = {
		.name = name,
		.heap_bytes = 8192,
		.stack_bytes = STACK_SIZE,
	};
	struct k_mem_partition part;

	domain->heap = module_driver_heap_init_ext(&config);
	domain->thread = k_object_alloc(K_OBJ_THREAD);
	if (!domain->heap || !domain->thread || k_mem_domain_init(&domain->domain, 0, NULL))
		return -ENOMEM;
	module_driver_heap_partition(domain->heap, &part);
	domain->stack = user_stack_allocate_beside(domain->heap, STACK_SIZE, K_USER);
	if (!domain->stack || k_mem_domain_add_partition(&domain->domain, &part))
		return -ENOMEM;
	return user_memory_attach_common_partition(&domain->domain);
}

static void domain_run(struct domain *domain, k_thread_entry_t entry)
{
	if (!k_thread_create(domain->thread, domain->stack, STACK_SIZE, entry, domain->heap, NULL,
			     NULL, 1, K_USER, K_FOREVER))
		return;
	k_mem_domain_add_thread(&domain->domain, domain->thread);
	k_thread_start(domain->thread);
	k_thread_join(domain->thread, K_FOREVER);
}

static void domain_end(struct domain *domain)
{
	k_object_free(domain->thread);
	user_stack_free(domain->stack);
	module_driver_heap_remove(domain->heap);
}

static int firmware(void *arg)
{
	static struct domain victim, other;
	const struct notes *wanted = arg;

	host_memory_open();
	user_domain_open(&victim.domain);
	if (domain_make(&victim, "victim.0") || domain_make(&other, "other.0"))
		return 2;
	user_domain_open(&victim.domain);
	notes.mode = wanted->mode;
	notes.size = 100;
	domain_run(&victim, allocate);
	if (wanted->block)
		domain_run(&other, visit);
	domain_run(&victim, misuse);
	domain_end(&victim);
	domain_end(&other);
	return 0;
}

int main(int argc, char **argv)
{
	const struct host_config config = {
		.isolation = HOST_ISOLATION_MPROTECT,
		.on_fault = HOST_ON_FAULT_MUTE,
	};
	static struct notes wanted;
	size_t length;
	int result = 2;

	if (host_standard_files_open())
		return 2;
	wanted.mode = UINT32_MAX;
	for (unsigned int i = 0; argc == 2 && i < ARRAY_SIZE(mode_names); i++) {
		length = strlen(mode_names[i]);
		if (strncmp(argv[1], mode_names[i], length) ||
		    (argv[1][length] && strcmp(argv[1] + length, "-reopened")))
			continue;
		wanted.mode = i;
		wanted.block = argv[1][length] ? argv[1] : NULL;
	}
	if (wanted.mode == UINT32_MAX) {
		fprintf(stderr, "usage: heap-victim MODE[-reopened]\n");
		return 1;
	}
	if (host_init(&config))
		return 2;
	if (host_run(firmware, &wanted, &result))
		result = 2;
	if (!result && host_fault_count())
		result = 3;
	if (host_exit() && !result)
		result = 2;
	return result;
}
