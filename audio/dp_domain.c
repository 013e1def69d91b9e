/* SPDX-License-Identifier: BSD-3-Clause */
/* Memory domains of DP modules: heaps, stacks beside them, and what else is granted. */
#include <rtos/userspace_helper.h>
#include <stdio.h>

#include "firmware.h"

LOG_MODULE_REGISTER(dp_domain);

/* A partition that was asked for once or several times. */
struct domain_grant {
	struct list_item list;
	struct k_mem_partition part;
	unsigned int users;
};

static struct module_domain *domain_find(enum sof_domain_model model, uint32_t key)
{
	struct list_item *item;

	list_for_item(item, &firmware_get()->domains) {
		struct module_domain *domain = list_item(item, struct module_domain, list);

		if (domain->model == model && domain->key == key)
			return domain;
	}
	return NULL;
}

static int part_add(struct module_domain *domain, const struct k_mem_partition *part)
{
	struct k_mem_partition copy = *part;
	int err;

	/* or no configuration would reach its modules any more */
	if (domain->parts + 1 >= CONFIG_MAX_DOMAIN_PARTITIONS)
		return -ENOSPC;
	err = k_mem_domain_add_partition(&domain->memory, &copy);
	if (!err)
		domain->parts++;
	return err;
}

static void part_remove(struct module_domain *domain, const struct k_mem_partition *part)
{
	struct k_mem_partition copy = *part;
	const int err = k_mem_domain_remove_partition(&domain->memory, &copy);

	if (err)
		LOG_ERR("%s: the partition of %zu bytes at %#zx is not in the domain: %d",
			domain->name, part->size, (size_t)part->start, err);
	else
		domain->parts--;
}

static struct domain_grant *grant_find(struct module_domain *domain,
				       const struct k_mem_partition *part)
{
	struct list_item *item;

	list_for_item(item, &domain->grants) {
		struct domain_grant *grant = list_item(item, struct domain_grant, list);

		if (grant->part.start == part->start && grant->part.size == part->size)
			return grant;
	}
	return NULL;
}

int module_domain_grant(struct module_domain *domain, const struct k_mem_partition *part)
{
	struct domain_grant *grant = grant_find(domain, part);
	int err;

	if (grant) {
		grant->users++;
		return 0;
	}
	grant = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*grant));
	if (!grant)
		return -ENOMEM;
	err = part_add(domain, part);
	if (err) {
		rfree(grant);
		return err;
	}
	grant->part = *part;
	grant->users = 1;
	list_item_append(&grant->list, &domain->grants);
	return 0;
}

void module_domain_revoke(struct module_domain *domain, const struct k_mem_partition *part)
{
	struct domain_grant *grant = grant_find(domain, part);

	if (!grant || --grant->users)
		return;
	part_remove(domain, &grant->part);
	list_item_del(&grant->list);
	rfree(grant);
}

static void data_revoke(struct module_domain *domain, const struct sof_module_desc *desc,
			size_t count)
{
	while (count)
		module_domain_revoke(domain, &desc->data[--count]);
}

static int data_grant(struct module_domain *domain, const struct sof_module_desc *desc)
{
	for (size_t i = 0; i < desc->data_count; i++) {
		const int err = module_domain_grant(domain, &desc->data[i]);

		if (err) {
			data_revoke(domain, desc, i);
			return err;
		}
	}
	return 0;
}

static void heap_free(struct module_domain *domain, struct domain_heap *heap)
{
	struct k_mem_partition part;

	module_driver_heap_partition(heap->heap, &part);
	part_remove(domain, &part);
	module_driver_heap_remove(heap->heap);
	list_item_del(&heap->list);
	rfree(heap);
}

static int heap_new(struct module_domain *domain, size_t heap_bytes, size_t stack_bytes,
		    struct domain_heap **out)
{
	const struct module_heap_config config = {
		.name = domain->name,
		.heap_bytes = heap_bytes,
		.stack_bytes = stack_bytes,
	};
	struct domain_heap *heap = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*heap));
	struct k_mem_partition part;
	int err = -ENOMEM;

	if (!heap)
		return -ENOMEM;
	heap->heap = module_driver_heap_init_ext(&config);
	if (!heap->heap) {
		LOG_ERR("%s: no memory for a heap of %zu and a stack of %zu bytes", domain->name,
			heap_bytes, stack_bytes);
		goto fail;
	}
	module_driver_heap_partition(heap->heap, &part);
	err = part_add(domain, &part);
	if (err)
		goto fail;
	heap->size = heap_bytes;
	list_item_append(&heap->list, &domain->heaps);
	*out = heap;
	return 0;
fail:
	module_driver_heap_remove(heap->heap);
	rfree(heap);
	return err;
}

/* One with so much that nobody has asked for yet, or one more. */
static int heap_get(struct module_domain *domain, size_t heap_bytes, size_t stack_bytes,
		    struct domain_heap **out)
{
	struct list_item *item;
	size_t reserved = 0;

	list_for_item(item, &domain->heaps) {
		struct domain_heap *heap = list_item(item, struct domain_heap, list);

		if (heap->size - heap->reserved >= heap_bytes) {
			*out = heap;
			return 0;
		}
		reserved += heap->reserved;
	}
	return heap_new(domain, heap_bytes > reserved ? heap_bytes : reserved, stack_bytes, out);
}

static void domain_free(struct module_domain *domain)
{
	const int err = k_mem_domain_deinit(&domain->memory);

	if (err)
		LOG_ERR("%s: the domain is not freed, it has threads: %d", domain->name, err);
	list_item_del(&domain->list);
	rfree(domain);
}

static int domain_new(enum sof_domain_model model, uint32_t key, const char *name,
		      struct module_domain **out)
{
	struct firmware *fw = firmware_get();
	struct module_domain *domain = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*domain));
	int err;

	if (!domain)
		return -ENOMEM;
	domain->model = model;
	domain->key = key;
	snprintf(domain->name, sizeof(domain->name), "%s", name);
	list_init(&domain->heaps);
	list_init(&domain->grants);
	err = k_mem_domain_init(&domain->memory, 0, NULL);
	if (err) {
		rfree(domain);
		return err;
	}
	k_mem_domain_name_set(&domain->memory, domain->name);
	list_item_append(&domain->list, &fw->domains);
	err = user_memory_attach_common_partition(&domain->memory);
	if (!err && fw->config.share == SOF_SHARE_HEAP)
		err = user_memory_attach_shared_buffers(&domain->memory);
	if (err) {
		domain_free(domain);
		return err;
	}
	domain->parts = domain->memory.num_partitions;
	*out = domain;
	return 0;
}

/* The one there is already, or a new one without users. */
static int domain_get(const struct instance *instance, uint32_t domain_id,
		      struct module_domain **out)
{
	enum sof_domain_model model = firmware_get()->config.domain_model;
	char name[48];
	uint32_t key = 0;

	snprintf(name, sizeof(name), "%s", instance->name);
	if (model == SOF_DOMAIN_TYPE) {
		key = instance->desc->module_id;
		snprintf(name, sizeof(name), "%s", instance->desc->name);
	} else if (model == SOF_DOMAIN_ID && domain_id) {
		key = domain_id;
		snprintf(name, sizeof(name), "domain.%u", domain_id);
	} else {
		model = SOF_DOMAIN_INSTANCE;
	}
	*out = model == SOF_DOMAIN_INSTANCE ? NULL : domain_find(model, key);
	return *out ? 0 : domain_new(model, key, name, out);
}

int module_domain_join(struct instance *instance, uint32_t domain_id)
{
	struct module_domain *domain;
	struct domain_heap *heap = NULL;
	int err = domain_get(instance, domain_id, &domain);

	if (err)
		return err;
	err = heap_get(domain, instance->heap_size, instance->stack_size, &heap);
	if (err)
		goto no_heap;
	err = data_grant(domain, instance->desc);
	if (err)
		goto no_data;
	domain->users++;
	heap->users++;
	heap->reserved += instance->heap_size;
	instance->domain = domain;
	instance->heap = heap;
	return 0;

no_data:
	if (!heap->users)
		heap_free(domain, heap);
no_heap:
	if (!domain->users)
		domain_free(domain);
	return err;
}

void module_domain_leave(struct instance *instance)
{
	struct module_domain *domain = instance->domain;
	struct domain_heap *heap = instance->heap;

	if (!domain)
		return;
	data_revoke(domain, instance->desc, instance->desc->data_count);
	heap->reserved -= instance->heap_size;
	if (!--heap->users)
		heap_free(domain, heap);
	if (!--domain->users)
		domain_free(domain);
	instance->heap = NULL;
	instance->domain = NULL;
}
