/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Copies of large constants, one for all who want the same. Who has one is kept by instance and
 * counted by domain, so that it makes no difference who puts it back first, or from which thread.
 */
#include <stdio.h>
#include <string.h>

#include "firmware.h"

LOG_MODULE_REGISTER(constant);

/* What lies at the source now may be something else than when the copy was made. */
static struct constant *constant_find(const void *source, size_t size)
{
	struct list_item *item;

	list_for_item(item, &firmware_get()->constants) {
		struct constant *constant = list_item(item, struct constant, list);

		if (constant->source != source || constant->size != size)
			continue;
		granted_memory_open(&constant->copy);
		if (!memcmp(constant->copy.memory, source, size))
			return constant;
	}
	return NULL;
}

static struct constant *constant_new(const struct instance *instance, const void *source,
				     size_t size)
{
	struct constant *constant = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*constant));
	char name[64];

	if (!constant)
		return NULL;
	snprintf(name, sizeof(name), "constants of %s", instance->desc->name);
	if (granted_memory_new(&constant->copy, size, name)) {
		rfree(constant);
		return NULL;
	}
	memcpy(constant->copy.memory, source, size);
	constant->copy.part.attr = K_MEM_PARTITION_P_RO_U_RO;
	constant->source = source;
	constant->size = size;
	list_item_append(&constant->list, &firmware_get()->constants);
	return constant;
}

static void constant_drop(struct constant *constant)
{
	if (constant->users)
		return;
	list_item_del(&constant->list);
	granted_memory_free(&constant->copy);
	rfree(constant);
}

/* SOF identifies a constant by its address. */
static bool has_another_size(const struct instance *instance, const void *source, size_t size)
{
	struct list_item *item;

	list_for_item(item, &firmware_get()->constants) {
		const struct constant *constant = list_item(item, struct constant, list);

		if (constant->source != source || constant->size == size)
			continue;
		LOG_ERR("%s: fast_get() of %zu bytes at %p: there is a copy of %zu", instance->name,
			size, source, constant->size);
		return true;
	}
	return false;
}

struct constant *constant_get(struct instance *instance, const void *source, size_t size)
{
	struct constant *constant;
	int err;

	if (has_another_size(instance, source, size))
		return NULL;
	constant = constant_find(source, size);
	if (!constant)
		constant = constant_new(instance, source, size);
	if (!constant)
		return NULL;
	err = module_domain_grant(instance->domain, &constant->copy.part);
	if (err) {
		LOG_ERR("%s: %zu bytes of constants are not granted, its domain has room for %d "
			"partitions: %d",
			instance->name, size, CONFIG_MAX_DOMAIN_PARTITIONS, err);
		constant_drop(constant);
		return NULL;
	}
	constant->users++;
	return constant;
}

void constant_put(struct instance *instance, struct constant *constant)
{
	/* closed to the domain before it can go */
	module_domain_revoke(instance->domain, &constant->copy.part);
	constant->users--;
	constant_drop(constant);
}
