/* SPDX-License-Identifier: BSD-3-Clause */
/* Memory domains of DP modules: a heap, a stack beside it, and what else is granted. */
#include <rtos/userspace_helper.h>
#include <stdio.h>

#include "firmware.h"

LOG_MODULE_REGISTER(dp_domain);

/* A heap that instances share has to hold several: how many it is made for. */
#define INSTANCES_PER_TYPE 4

static struct module_domain *domain_of_type(uint16_t module_id)
{
	struct list_item *item;

	list_for_item(item, &firmware_get()->domains) {
		struct module_domain *domain = list_item(item, struct module_domain, list);

		if (domain->module_id == module_id)
			return domain;
	}
	return NULL;
}

static int grant_all(struct module_domain *domain, const struct sof_module_desc *desc)
{
	struct k_mem_partition part;
	int err;

	err = user_memory_attach_common_partition(&domain->memory);
	if (!err)
		err = user_memory_attach_shared_buffers(&domain->memory);
	for (size_t i = 0; !err && i < desc->data_count; i++) {
		part = desc->data[i];
		err = k_mem_domain_add_partition(&domain->memory, &part);
	}
	return err;
}

static void domain_free(struct module_domain *domain)
{
	if (domain->initialised) {
		const int err = k_mem_domain_deinit(&domain->memory);

		if (err)
			LOG_ERR("%s: domain is still in use: %d", domain->name, err);
	}
	module_driver_heap_remove(domain->heap);
	rfree(domain);
}

int module_domain_get(const struct sof_module_desc *desc, const char *instance_name,
		      size_t heap_bytes, size_t stack_bytes, struct module_domain **out)
{
	struct firmware *fw = firmware_get();
	const bool by_type = fw->config.domain_model == SOF_DOMAIN_TYPE;
	struct module_domain *domain = by_type ? domain_of_type(desc->module_id) : NULL;
	struct module_heap_config heap;
	struct k_mem_partition own;
	int err = -ENOMEM;

	*out = NULL;
	if (domain) {
		domain->users++;
		*out = domain;
		return 0;
	}
	domain = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*domain));
	if (!domain)
		return -ENOMEM;
	snprintf(domain->name, sizeof(domain->name), "%s", by_type ? desc->name : instance_name);
	heap = (struct module_heap_config){
		.name = domain->name,
		.heap_bytes = by_type ? heap_bytes * INSTANCES_PER_TYPE : heap_bytes,
		.stack_bytes = stack_bytes,
	};
	domain->heap = module_driver_heap_init_ext(&heap);
	if (!domain->heap) {
		LOG_ERR("%s: no memory for a heap of %zu and a stack of %zu bytes", domain->name,
			heap.heap_bytes, heap.stack_bytes);
		goto fail;
	}
	module_driver_heap_partition(domain->heap, &own);
	err = k_mem_domain_init(&domain->memory, 1, (struct k_mem_partition *[]){ &own });
	if (err)
		goto fail;
	domain->initialised = true;
	k_mem_domain_name_set(&domain->memory, domain->name);
	err = grant_all(domain, desc);
	if (err)
		goto fail;
	domain->users = 1;
	/* only a shared one may be found by its kind */
	domain->module_id = by_type ? desc->module_id : 0;
	list_item_append(&domain->list, &fw->domains);
	*out = domain;
	return 0;
fail:
	domain_free(domain);
	return err;
}

void module_domain_put(struct module_domain **out)
{
	struct module_domain *domain = *out;

	*out = NULL;
	if (!domain || --domain->users)
		return;
	list_item_del(&domain->list);
	domain_free(domain);
}
