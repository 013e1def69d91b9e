/* SPDX-License-Identifier: BSD-3-Clause */
/* Copies of constants under mod_fast_get(): an instance's, or the firmware's own. */
#include <rtos/alloc.h>
#include <rtos/symbol.h>
#include <sof/lib/fast-get.h>
#include <string.h>

#include "firmware.h"

LOG_MODULE_REGISTER(fast_get);

/* One of the firmware's own. */
struct copy {
	struct list_item list;
	const void *source;
	size_t size;
	unsigned int users;
	max_align_t bytes[];
};

static struct list_item copies = LIST_INIT(copies);

/* Whose it is; NULL: no instance's. A user thread says it itself, and the system call checks. */
static struct processing_module *owner(struct mod_alloc_ctx *alloc)
{
	struct list_item *item;

	if (k_is_user_context())
		return &CONTAINER_OF(alloc, struct module_memory, alloc)->mod;
	if (!alloc || !firmware_get())
		return NULL;
	list_for_item(item, &firmware_get()->instances) {
		struct instance *instance = list_item(item, struct instance, list);

		if (instance->memory && &instance->memory->alloc == alloc)
			return &instance->memory->mod;
	}
	return NULL;
}

static const void *copy_get(const void *source, size_t size)
{
	struct list_item *item;
	struct copy *copy;

	if (!source || !size)
		return NULL;
	list_for_item(item, &copies) {
		copy = list_item(item, struct copy, list);
		if (copy->source != source)
			continue;
		/* SOF identifies a constant by its address. */
		if (copy->size != size) {
			LOG_ERR("fast_get() of %zu bytes at %p: there is a copy of %zu", size,
				source, copy->size);
			return NULL;
		}
		if (!memcmp(copy->bytes, source, size)) {
			copy->users++;
			return copy->bytes;
		}
	}
	copy = rmalloc(SOF_MEM_FLAG_KERNEL, sizeof(*copy) + size);
	if (!copy)
		return NULL;
	copy->source = source;
	copy->size = size;
	copy->users = 1;
	memcpy(copy->bytes, source, size);
	list_item_append(&copy->list, &copies);
	return copy->bytes;
}

static void copy_drop(struct copy *copy)
{
	list_item_del(&copy->list);
	rfree(copy);
}

static void copy_put(const void *bytes)
{
	struct list_item *item;

	list_for_item(item, &copies) {
		struct copy *copy = list_item(item, struct copy, list);

		if (copy->bytes != bytes)
			continue;
		if (!--copy->users)
			copy_drop(copy);
		return;
	}
}

const void *fast_get(struct mod_alloc_ctx *alloc, const void *const dram_ptr, size_t size)
{
	struct processing_module *mod = owner(alloc);

	return mod ? mod_fast_get(mod, dram_ptr, size) : copy_get(dram_ptr, size);
}
EXPORT_SYMBOL(fast_get);

void fast_put(struct mod_alloc_ctx *alloc, struct k_mem_domain *mdom, const void *sram_ptr)
{
	struct processing_module *mod;

	if (!sram_ptr)
		return;
	mod = owner(alloc);
	if (mod)
		mod_fast_put(mod, sram_ptr);
	else
		copy_put(sram_ptr);
}
EXPORT_SYMBOL(fast_put);

void fast_get_clear(void)
{
	while (!list_is_empty(&copies))
		copy_drop(list_first_item(&copies, struct copy, list));
}
