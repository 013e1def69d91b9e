/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory for modules, accounted by instance. The records lie in kernel memory; a module pointer is
 * looked up among the instances and never followed.
 */
#include <rtos/symbol.h>
#include <sof/audio/data_blob.h>
#include <string.h>
#include <zephyr/internal/syscall_handler.h>

#include "firmware.h"

LOG_MODULE_REGISTER(module_adapter);

#define ALIGNMENT_MAX 4096

struct resource {
	struct list_item list;
	enum mod_resource_type type;
	size_t size;
	void *block;
	struct constant *constant; /* block is its copy, which others may have too */
};

static void *resource_new(struct instance *instance, enum mod_resource_type type, size_t size,
			  size_t alignment)
{
	struct resource *resource;

	if (!size || (alignment & (alignment - 1)) || alignment > ALIGNMENT_MAX)
		return NULL;
	resource = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*resource));
	if (!resource)
		return NULL;
	resource->block =
		sof_heap_alloc(instance_heap(instance), SOF_MEM_FLAG_USER, size, alignment);
	if (!resource->block) {
		LOG_ERR("%s: %zu bytes asked for, its heap holds %zu of its own already",
			instance->name, size, instance->heap_used);
		rfree(resource);
		return NULL;
	}
	resource->type = type;
	resource->size = size;
	list_item_append(&resource->list, &instance->resources);
	instance->heap_used += size;
	if (instance->heap_used > instance->heap_high_water)
		instance->heap_high_water = instance->heap_used;
	instance_account(instance, size, true);
	return resource->block;
}

static void resource_free(struct instance *instance, struct resource *resource)
{
	if (resource->constant) {
		constant_put(instance, resource->constant);
	} else {
		sof_heap_free(instance_heap(instance), resource->block);
		instance->heap_used -= resource->size;
		instance_account(instance, resource->size, false);
	}
	list_item_del(&resource->list);
	rfree(resource);
}

void resources_free(struct instance *instance)
{
	struct list_item *item, *next;

	/* youngest first: handlers may own blocks that came after them */
	for (item = instance->resources.prev; item != &instance->resources; item = next) {
		next = item->prev;
		resource_free(instance, list_item(item, struct resource, list));
	}
}

/* \name Bodies, supervisor mode */

static void *alloc_for(struct processing_module *mod, enum mod_resource_type type, size_t size,
		       size_t alignment)
{
	struct instance *instance = instance_of_mod(mod);

	return instance ? resource_new(instance, type, size, alignment) : NULL;
}

static void *z_impl_mod_alloc_ext(struct processing_module *mod, uint32_t flags, size_t size,
				  size_t alignment)
{
	return alloc_for(mod, MOD_RES_HEAP, size, alignment);
}

static void *z_impl_mod_balloc_align(struct processing_module *mod, size_t size, size_t alignment)
{
	return alloc_for(mod, MOD_RES_HEAP, size, alignment);
}

/* A large one is shared, page by page; a small one is not worth a partition. What LL modules have
 * lies open to all supervisor code anyway. */
static const void *z_impl_mod_fast_get(struct processing_module *mod, const void *source,
				       size_t size)
{
	struct instance *instance = instance_of_mod(mod);
	struct resource *resource;

	if (!instance || !size)
		return NULL;
	if (size <= CONSTANT_PRIVATE_MAX || !instance->domain) {
		void *copy = resource_new(instance, MOD_RES_FAST_GET, size, 0);

		if (copy)
			memcpy(copy, source, size);
		return copy;
	}
	resource = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*resource));
	if (!resource)
		return NULL;
	resource->constant = constant_get(instance, source, size);
	if (!resource->constant) {
		rfree(resource);
		return NULL;
	}
	resource->type = MOD_RES_FAST_GET;
	resource->size = size;
	resource->block = resource->constant->copy.memory;
	list_item_append(&resource->list, &instance->resources);
	return resource->block;
}

static int z_impl_mod_free(struct processing_module *mod, const void *ptr)
{
	struct instance *instance = instance_of_mod(mod);
	struct list_item *item;

	if (!ptr)
		return 0;
	if (!instance)
		return -EINVAL;
	list_for_item(item, &instance->resources) {
		struct resource *resource = list_item(item, struct resource, list);

		if (resource->block == ptr) {
			resource_free(instance, resource);
			return 0;
		}
	}
	LOG_ERR("%s: freed %p, which is no block of its own", instance->name, ptr);
	return -EINVAL;
}

static void z_impl_mod_free_all(struct processing_module *mod)
{
	struct instance *instance = instance_of_mod(mod);

	if (instance)
		resources_free(instance);
}

/* \name Verifiers: the calling thread names the instance, its argument may not differ */

static bool is_callers(const struct processing_module *mod)
{
	const struct instance *instance = instance_of_current_thread();

	return instance && &instance->memory->mod == mod;
}

static uintptr_t z_vrfy_mod_alloc_ext(const uintptr_t *arg)
{
	struct processing_module *mod = (struct processing_module *)arg[0];

	K_OOPS(K_SYSCALL_VERIFY(is_callers(mod)));
	return (uintptr_t)z_impl_mod_alloc_ext(mod, (uint32_t)arg[1], arg[2], arg[3]);
}

static uintptr_t z_vrfy_mod_balloc_align(const uintptr_t *arg)
{
	struct processing_module *mod = (struct processing_module *)arg[0];

	K_OOPS(K_SYSCALL_VERIFY(is_callers(mod)));
	return (uintptr_t)z_impl_mod_balloc_align(mod, arg[1], arg[2]);
}

static uintptr_t z_vrfy_mod_free(const uintptr_t *arg)
{
	struct processing_module *mod = (struct processing_module *)arg[0];

	K_OOPS(K_SYSCALL_VERIFY(is_callers(mod)));
	return (uintptr_t)z_impl_mod_free(mod, (const void *)arg[1]);
}

static uintptr_t z_vrfy_mod_free_all(const uintptr_t *arg)
{
	struct processing_module *mod = (struct processing_module *)arg[0];

	K_OOPS(K_SYSCALL_VERIFY(is_callers(mod)));
	z_impl_mod_free_all(mod);
	return 0;
}

static uintptr_t z_vrfy_mod_fast_get(const uintptr_t *arg)
{
	struct processing_module *mod = (struct processing_module *)arg[0];

	K_OOPS(K_SYSCALL_VERIFY(is_callers(mod)));
	K_OOPS(K_SYSCALL_MEMORY_READ((const void *)arg[1], arg[2]));
	return (uintptr_t)z_impl_mod_fast_get(mod, (const void *)arg[1], arg[2]);
}

static uintptr_t z_vrfy_dp_wait(const uintptr_t *arg)
{
	struct instance *instance = instance_of_current_thread();

	K_OOPS(K_SYSCALL_VERIFY(instance != NULL));
	return dp_wait(instance);
}

int syscall_register_once(unsigned int id, z_syscall_handler handler)
{
	const int err = z_syscall_register(id, handler);

	return err == -EEXIST ? 0 : err;
}

int module_syscalls_register(void)
{
	static const struct {
		unsigned int id;
		z_syscall_handler handler;
	} calls[] = {
		{ K_SYSCALL_MOD_ALLOC_EXT, z_vrfy_mod_alloc_ext },
		{ K_SYSCALL_MOD_BALLOC_ALIGN, z_vrfy_mod_balloc_align },
		{ K_SYSCALL_MOD_FREE, z_vrfy_mod_free },
		{ K_SYSCALL_MOD_FREE_ALL, z_vrfy_mod_free_all },
		{ K_SYSCALL_MOD_FAST_GET, z_vrfy_mod_fast_get },
		{ K_SYSCALL_DP_WAIT, z_vrfy_dp_wait },
	};

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		const int err = syscall_register_once(calls[i].id, calls[i].handler);

		if (err)
			return err;
	}
	return 0;
}

/* \name What modules call */

void *mod_alloc_ext(struct processing_module *mod, uint32_t flags, size_t size, size_t alignment)
{
	if (k_is_user_context())
		return (void *)z_syscall(K_SYSCALL_MOD_ALLOC_EXT, (uintptr_t)mod, flags, size,
					 alignment, 0, 0);
	return z_impl_mod_alloc_ext(mod, flags, size, alignment);
}
EXPORT_SYMBOL(mod_alloc_ext);

void *mod_balloc_align(struct processing_module *mod, size_t size, size_t alignment)
{
	if (k_is_user_context())
		return (void *)z_syscall(K_SYSCALL_MOD_BALLOC_ALIGN, (uintptr_t)mod, size,
					 alignment, 0, 0, 0);
	return z_impl_mod_balloc_align(mod, size, alignment);
}
EXPORT_SYMBOL(mod_balloc_align);

int mod_free(struct processing_module *mod, const void *ptr)
{
	if (!ptr)
		return 0;
	if (k_is_user_context())
		return (int)z_syscall(K_SYSCALL_MOD_FREE, (uintptr_t)mod, (uintptr_t)ptr, 0, 0, 0,
				      0);
	return z_impl_mod_free(mod, ptr);
}
EXPORT_SYMBOL(mod_free);

void mod_free_all(struct processing_module *mod)
{
	if (k_is_user_context())
		z_syscall(K_SYSCALL_MOD_FREE_ALL, (uintptr_t)mod, 0, 0, 0, 0, 0);
	else
		z_impl_mod_free_all(mod);
}
EXPORT_SYMBOL(mod_free_all);

const void *mod_fast_get(struct processing_module *mod, const void *const dram_ptr, size_t size)
{
	if (k_is_user_context())
		return (const void *)z_syscall(K_SYSCALL_MOD_FAST_GET, (uintptr_t)mod,
					       (uintptr_t)dram_ptr, size, 0, 0, 0);
	return z_impl_mod_fast_get(mod, dram_ptr, size);
}
EXPORT_SYMBOL(mod_fast_get);

void mod_fast_put(struct processing_module *mod, const void *sram_ptr)
{
	mod_free(mod, sram_ptr);
}
EXPORT_SYMBOL(mod_fast_put);

/* Both in the caller's mode, on blocks it got through the gate. */
struct comp_data_blob_handler *mod_data_blob_handler_new(struct processing_module *mod)
{
	return comp_data_blob_handler_new(mod->dev);
}
EXPORT_SYMBOL(mod_data_blob_handler_new);

void mod_data_blob_handler_free(struct processing_module *mod, struct comp_data_blob_handler *dbh)
{
	comp_data_blob_handler_free(dbh);
}
EXPORT_SYMBOL(mod_data_blob_handler_free);

void mod_heap_info(struct processing_module *mod, size_t *size, uintptr_t *start)
{
	const struct instance *instance = k_is_user_context() ? NULL : instance_of_mod(mod);
	const struct k_heap *heap = instance ? instance_heap(instance) : NULL;

	if (size)
		*size = heap ? heap->heap.init_bytes : 0;
	if (start)
		*start = heap ? (uintptr_t)heap->heap.init_mem : 0;
}

size_t module_adapter_heap_usage(struct processing_module *mod, size_t *hwm)
{
	const struct instance *instance = instance_of_mod(mod);

	if (hwm)
		*hwm = instance ? instance->heap_high_water : 0;
	return instance ? instance->heap_used : 0;
}

/* \name Configurations put together by the adapter, in the caller's mode */

int module_load_config(struct comp_dev *dev, const void *cfg, size_t size)
{
	struct module_config *to = &dev->mod->priv.cfg;
	void *copy;

	if (!cfg || !size)
		return -EINVAL;
	copy = mod_balloc(dev->mod, size);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, cfg, size);
	mod_free(dev->mod, to->data);
	to->data = copy;
	to->size = size;
	to->avail = true;
	return 0;
}
EXPORT_SYMBOL(module_load_config);

int module_set_configuration(struct processing_module *mod, uint32_t config_id,
			     enum module_cfg_fragment_position pos, size_t data_offset_size,
			     const uint8_t *fragment, size_t fragment_size, uint8_t *response,
			     size_t response_size)
{
	struct module_data *md = &mod->priv;
	size_t offset = 0;
	int err = 0;

	if (pos == MODULE_CFG_FRAGMENT_FIRST || pos == MODULE_CFG_FRAGMENT_SINGLE) {
		if (md->runtime_params)
			return -EBUSY;
		if (!data_offset_size)
			return 0;
		if (data_offset_size > CONFIG_MODULE_MAX_BLOB_SIZE)
			return -EINVAL;
		md->runtime_params = mod_balloc(mod, data_offset_size);
		if (!md->runtime_params)
			return -ENOMEM;
		memset(md->runtime_params, 0, data_offset_size);
		md->new_cfg_size = data_offset_size;
	} else {
		if (!md->runtime_params)
			return -EIO;
		offset = data_offset_size;
	}
	if (offset > md->new_cfg_size || fragment_size > md->new_cfg_size - offset)
		err = -EINVAL;
	else
		memcpy((char *)md->runtime_params + offset, fragment, fragment_size);
	if (!err && (pos == MODULE_CFG_FRAGMENT_FIRST || pos == MODULE_CFG_FRAGMENT_MIDDLE))
		return 0;
	if (!err)
		err = module_load_config(mod->dev, md->runtime_params, md->new_cfg_size);
	mod_free(mod, md->runtime_params);
	md->runtime_params = NULL;
	md->new_cfg_size = 0;
	return err;
}
EXPORT_SYMBOL(module_set_configuration);
