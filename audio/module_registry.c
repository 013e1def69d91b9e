/* SPDX-License-Identifier: BSD-3-Clause */
/* Kinds of modules the program has told the firmware about. */
#include <string.h>

#include "firmware.h"

int sof_module_register(struct sof_module_desc *desc)
{
	struct firmware *fw = firmware_get();
	const struct sof_module_desc *known;
	struct module_kind *kind;

	if (!fw || !desc || !desc->name || !desc->ops)
		return -EINVAL;
	for (size_t i = 0; (known = sof_module_at(i)); i++) {
		if (!strcmp(known->name, desc->name) ||
		    !memcmp(known->uuid, desc->uuid, sizeof(desc->uuid)))
			return -EEXIST;
	}
	if (fw->next_module_id == UINT16_MAX)
		return -ENOSPC;
	kind = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*kind));
	if (!kind)
		return -ENOMEM;
	/* 0 is the firmware itself in IPC4 */
	desc->module_id = ++fw->next_module_id;
	kind->desc = *desc;
	list_item_append(&kind->list, &fw->kinds);
	return 0;
}

const struct sof_module_desc *sof_module_at(size_t index)
{
	struct firmware *fw = firmware_get();
	struct list_item *item;

	if (!fw)
		return NULL;
	list_for_item(item, &fw->kinds) {
		if (!index--)
			return &list_item(item, struct module_kind, list)->desc;
	}
	return NULL;
}

const struct sof_module_desc *sof_module_find(const char *name)
{
	const struct sof_module_desc *desc;

	for (size_t i = 0; name && (desc = sof_module_at(i)); i++) {
		if (!strcmp(desc->name, name))
			return desc;
	}
	return NULL;
}

const struct sof_module_desc *module_by_id(uint16_t module_id)
{
	const struct sof_module_desc *desc;

	for (size_t i = 0; (desc = sof_module_at(i)); i++) {
		if (desc->module_id == module_id)
			return desc;
	}
	return NULL;
}

void module_registry_clear(void)
{
	struct firmware *fw = firmware_get();
	struct list_item *item, *next;

	list_for_item_safe(item, next, &fw->kinds) {
		list_item_del(item);
		rfree(list_item(item, struct module_kind, list));
	}
}
