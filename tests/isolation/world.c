/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The world of the matrix: two domains, threads that live in them and wait, and memory of every
 * kind between.
 */
#include "matrix.h"
#include "arena.h"
#include "object.h"
#include "protect.h"

#include <dlfcn.h>
#include <host/loader.h>
#include <host/platform.h>
#include <link.h>
#include <rimage/sof/user/manifest.h>
#include <rtos/alloc.h>
#include <rtos/userspace_helper.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define STACK_SIZE ((size_t)16384)

struct world world;
struct world_host world_host;

/* Writable pages of libsndfile, behind what is read-only after relocation. */
static int find_library(struct dl_phdr_info *info, size_t size, void *arg)
{
	uintptr_t read_only_end = 0;

	if (!strstr(info->dlpi_name, "libsndfile"))
		return 0;
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];

		if (segment->p_type == PT_GNU_RELRO)
			read_only_end = ROUND_DOWN(
				info->dlpi_addr + segment->p_vaddr + segment->p_memsz, PAGE);
	}
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
		uintptr_t start = info->dlpi_addr + segment->p_vaddr;

		if (segment->p_type != PT_LOAD)
			continue;
		if (segment->p_flags & PF_W) {
			world_host.library_data = MAX(ROUND_DOWN(start, PAGE), read_only_end) + 8;
			if (segment->p_memsz > segment->p_filesz)
				world_host.library_bss = start + segment->p_memsz - 1;
		} else if (!(segment->p_flags & PF_X)) {
			world_host.library_constants = start;
		}
	}
	return 1;
}

static int load_object(const char *folder, const char *name, struct host_object **object)
{
	char path[512];
	struct host_refusal why;
	int ret;

	snprintf(path, sizeof(path), "%s/%s.so", folder, name);
	ret = host_object_load(path, 0, object, &why);
	if (ret)
		fprintf(stderr, "%s: %s\n", path, why.text);
	return ret;
}

int world_host_make(const char *object_folder)
{
	int (*version)(void) = (int (*)(void))(uintptr_t)sf_version_string;
	FILE *file = tmpfile();
	int ret;

	world_host.library_text = (uintptr_t)version;
	world_host.small_block = malloc(100);
	world_host.large_block = malloc((size_t)4 << 20);
	world_host.own_mapping =
		mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (!file || ftruncate(fileno(file), (off_t)PAGE))
		return -EIO;
	world_host.file_mapping =
		mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
	fclose(file);
	if (!world_host.small_block || !world_host.large_block ||
	    world_host.own_mapping == MAP_FAILED || world_host.file_mapping == MAP_FAILED)
		return -ENOMEM;
	world_host.loader_data = (uintptr_t)dlsym(RTLD_DEFAULT, "_r_debug");
	world_host.main_storage = &errno;
	world_host.arguments = environ[0];
	dl_iterate_phdr(find_library, NULL);
	ret = load_object(object_folder, "matrix-a", &world_host.object_a);
	return ret ? ret : load_object(object_folder, "matrix-b", &world_host.object_b);
}

void world_host_end(void)
{
	host_object_unload(&world_host.object_a);
	host_object_unload(&world_host.object_b);
	free(world_host.small_block);
	free(world_host.large_block);
	munmap(world_host.own_mapping, 4 * PAGE);
	munmap(world_host.file_mapping, PAGE);
}

static void wait_at_gate(void *p1, void *p2, void *p3)
{
	k_sem_take(p1, K_FOREVER);
}

static struct k_thread *resident(k_thread_stack_t *stack, struct k_mem_domain *domain,
				 const char *name)
{
	struct k_thread *thread = k_object_alloc(K_OBJ_THREAD);

	if (!thread || !stack ||
	    !k_thread_create(thread, stack, STACK_SIZE, wait_at_gate, world.gate, NULL, NULL, 1,
			     K_USER, K_FOREVER))
		return NULL;
	k_thread_name_set(thread, name);
	k_mem_domain_add_thread(domain, thread);
	k_object_access_grant(world.gate, thread);
	k_thread_start(thread);
	return thread;
}

static int add(struct k_mem_domain *domain, const void *memory, size_t size,
	       k_mem_partition_attr_t attr)
{
	struct k_mem_partition part = { (uintptr_t)memory, size, attr };

	return k_mem_domain_add_partition(domain, &part);
}

static int add_object(struct k_mem_domain *domain, struct host_object *object,
		      struct world_object *out)
{
	size_t count, modules;
	const struct k_mem_partition *parts = host_object_data(object, &count);
	const struct matrix_object *content =
		(const void *)host_object_modules(object, &modules)->ops;
	int ret = 0;

	for (size_t i = 0; i < count && !ret; i++) {
		struct k_mem_partition part = parts[i];

		ret = k_mem_domain_add_partition(domain, &part);
	}
	*out = (struct world_object){ content->data, content->bss, content->constants, content,
				      content->code };
	return ret;
}

static struct k_heap *make_heap(const char *name, struct k_mem_domain *domain,
				struct k_mem_partition *part)
{
	const struct module_heap_config config = {
		.name = name,
		.heap_bytes = 32768,
		.stack_bytes = STACK_SIZE,
	};
	struct k_heap *heap = module_driver_heap_init_ext(&config);

	if (!heap)
		return NULL;
	module_driver_heap_partition(heap, part);
	k_mem_domain_add_partition(domain, part);
	return heap;
}

static int make_heaps(void)
{
	world.heap_a = make_heap("A", &world.domain_a, &world.part_a);
	world.heap_b = make_heap("B", &world.domain_b, &world.part_b);
	if (!world.heap_a || !world.heap_b)
		return -ENOMEM;
	world.region_a = world.part_a.start;
	world.region_a_end = world.part_a.start + world.part_a.size;
	world.block_a = sof_heap_alloc(world.heap_a, 0, 256, 0);
	world.block_b = sof_heap_alloc(world.heap_b, 0, 256, 0);
	world.freed_a = sof_heap_alloc(world.heap_a, 0, 256, 0);
	sof_heap_free(world.heap_a, world.freed_a);
	return world.block_a && world.block_b && world.freed_a ? 0 : -ENOMEM;
}

/* Each a region of its own, with a partition of other rights than read and write. */
static int make_partitions(void)
{
	static const k_mem_partition_attr_t attr[] = {
		K_MEM_PARTITION_P_RW_U_RO,
		K_MEM_PARTITION_P_RW_U_NA,
		K_MEM_PARTITION_P_RO_U_RO,
		K_MEM_PARTITION_P_RX_U_RX,
	};
	int ret = 0;

	for (size_t i = 0; i < ARRAY_SIZE(attr) && !ret; i++) {
		world.attr_memory[i] = user_buffer_alloc(PAGE, "partition");
		if (!world.attr_memory[i])
			return -ENOMEM;
		ret = add(&world.domain_a, world.attr_memory[i], PAGE, attr[i]);
	}
	world.moving = user_buffer_alloc(PAGE, "partition that moves");
	if (!world.moving)
		return -ENOMEM;
	world.moving_part = (struct k_mem_partition){ (uintptr_t)world.moving, PAGE,
						      K_MEM_PARTITION_P_RW_U_RW };
	return ret;
}

static int make_buffers(void)
{
	world.kernel_block = rzalloc(SOF_MEM_FLAG_KERNEL, 256);
	world.shared_block = rzalloc(SOF_MEM_FLAG_USER_SHARED_BUFFER, 256);
	world.granted_both = user_buffer_alloc(4096, "granted to both");
	world.granted_a = user_buffer_alloc(4096, "granted to A");
	world.revoked = user_buffer_alloc(4096, "revoked");
	world.never_granted = user_buffer_alloc(4096, "never granted");
	if (!world.kernel_block || !world.shared_block || !world.granted_both || !world.granted_a ||
	    !world.revoked || !world.never_granted)
		return -ENOMEM;
	if (user_buffer_grant(&world.domain_a, world.granted_both) ||
	    user_buffer_grant(&world.domain_b, world.granted_both) ||
	    user_buffer_grant(&world.domain_a, world.granted_a) ||
	    user_buffer_grant(&world.domain_a, world.revoked) ||
	    user_buffer_revoke(&world.domain_a, world.revoked))
		return -EINVAL;
	return 0;
}

static int make_threads(void)
{
	world.gate = k_object_alloc(K_OBJ_SEM);
	world.sem_a = k_object_alloc(K_OBJ_SEM);
	if (!world.gate || !world.sem_a)
		return -ENOMEM;
	k_sem_init(world.gate, 0, 1);
	k_sem_init(world.sem_a, 0, 1);
	world.resident_stack[0] = k_thread_stack_alloc(STACK_SIZE, K_USER);
	world.resident_stack[1] = user_stack_allocate_beside(world.heap_a, STACK_SIZE, K_USER);
	world.resident_stack[2] = k_thread_stack_alloc(STACK_SIZE, K_USER);
	world.resident_a = resident(world.resident_stack[0], &world.domain_a, "resident");
	world.resident_beside = resident(world.resident_stack[1], &world.domain_a, "beside");
	world.resident_b = resident(world.resident_stack[2], &world.domain_b, "resident B");
	for (size_t i = 0; i < ARRAY_SIZE(world.actor_stack); i++)
		world.actor_stack[i] = k_thread_stack_alloc(STACK_SIZE, K_USER);
	world.actor = k_object_alloc(K_OBJ_THREAD);
	k_run_ready_threads();
	return world.resident_a && world.resident_beside && world.resident_b &&
			       world.actor_stack[0] && world.actor_stack[1] && world.actor ?
		       0 :
		       -ENOMEM;
}

/* Last of all, so that nothing else comes to lie there. */
static int make_freed(void)
{
	struct k_heap *heap = module_driver_heap_init();
	void *buffer = user_buffer_alloc(4096, "freed");
	void *stack = user_stack_allocate(STACK_SIZE, K_USER);
	struct k_mem_partition part;

	if (!heap || !buffer || !stack)
		return -ENOMEM;
	module_driver_heap_partition(heap, &part);
	world.freed_heap = part.start + part.size - 64;
	module_driver_heap_remove(heap);
	world.freed_buffer = (uintptr_t)buffer;
	user_buffer_free(buffer);
	world.freed_stack = (uintptr_t)stack + 64;
	user_stack_free(stack);
	return 0;
}

int world_make(void)
{
	int ret = k_mem_domain_init(&world.domain_a, 0, NULL);

	ret = ret ? ret : k_mem_domain_init(&world.domain_b, 0, NULL);
	ret = ret ? ret : make_heaps();
	ret = ret ? ret : make_partitions();
	ret = ret ? ret : make_buffers();
	ret = ret ? ret : user_memory_attach_common_partition(&world.domain_a);
	ret = ret ? ret : user_memory_attach_shared_buffers(&world.domain_a);
	ret = ret ? ret : add_object(&world.domain_a, world_host.object_a, &world.object_a);
	ret = ret ? ret : add_object(&world.domain_b, world_host.object_b, &world.object_b);
	ret = ret ? ret : make_threads();
	return ret ? ret : make_freed();
}

void world_end(void)
{
	struct k_thread *residents[] = { world.resident_a, world.resident_beside,
					 world.resident_b };

	for (size_t i = 0; i < ARRAY_SIZE(residents); i++) {
		k_thread_abort(residents[i]);
		k_object_free(residents[i]);
		k_thread_stack_free(world.resident_stack[i]);
	}
	k_object_free(world.actor);
	for (size_t i = 0; i < ARRAY_SIZE(world.actor_stack); i++)
		k_thread_stack_free(world.actor_stack[i]);
	k_object_free(world.gate);
	k_object_free(world.sem_a);
	for (size_t i = 0; i < ARRAY_SIZE(world.attr_memory); i++)
		user_buffer_free(world.attr_memory[i]);
	user_buffer_free(world.moving);
	user_buffer_free(world.granted_both);
	user_buffer_free(world.granted_a);
	user_buffer_free(world.revoked);
	user_buffer_free(world.never_granted);
	rfree(world.kernel_block);
	rfree(world.shared_block);
	module_driver_heap_remove(world.heap_a);
	module_driver_heap_remove(world.heap_b);
}
