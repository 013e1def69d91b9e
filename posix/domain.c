/* SPDX-License-Identifier: BSD-3-Clause */
#include <zephyr/app_memory/mem_domain.h>

#include "board.h"
#include "protect.h"
#include "scheduler.h"
#include "syscall.h"

#include <string.h>

static int check(const struct k_mem_domain *domain, const struct k_mem_partition *part)
{
	uintptr_t end;

	if (!domain || !part)
		return -EINVAL;
	if (K_MEM_PARTITION_IS_WRITABLE(part->attr) && K_MEM_PARTITION_IS_EXECUTABLE(part->attr))
		return -EINVAL;
	end = part->start + part->size;
	if (!part->size || end <= part->start)
		return -EINVAL;
	if (part->start % PAGE_SIZE || part->size % PAGE_SIZE)
		return -EINVAL;
	/* Every slot, also those behind a hole. */
	for (size_t i = 0; i < CONFIG_MAX_DOMAIN_PARTITIONS; i++) {
		const struct k_mem_partition *other = &domain->partitions[i];

		if (other->size && part->start < other->start + other->size && other->start < end)
			return -EINVAL;
	}
	return 0;
}

int k_mem_domain_init(struct k_mem_domain *domain, uint8_t num_parts,
		      struct k_mem_partition *parts[])
{
	int ret;

	syscall_supervisor_only(__func__);
	if (!domain || (num_parts && !parts) || num_parts > CONFIG_MAX_DOMAIN_PARTITIONS)
		return -EINVAL;
	memset(domain, 0, sizeof(*domain));
	domain->name = "";
	domain->arch.ptables = domain;
	for (size_t i = 0; i < num_parts; i++) {
		ret = k_mem_domain_add_partition(domain, parts[i]);
		if (ret)
			return ret;
	}
	return 0;
}

int k_mem_domain_deinit(struct k_mem_domain *domain)
{
	syscall_supervisor_only(__func__);
	if (!domain || domain == &k_mem_domain_default)
		return -EINVAL;
	if (domain->members)
		return -EBUSY;
	memset(domain->partitions, 0, sizeof(domain->partitions));
	domain->num_partitions = 0;
	domain->arch.ptables = NULL;
	protect_rights_taken();
	return 0;
}

int k_mem_domain_add_partition(struct k_mem_domain *domain, struct k_mem_partition *part)
{
	int ret;

	syscall_supervisor_only(__func__);
	ret = check(domain, part);
	if (ret)
		return ret;
	for (size_t i = 0; i < CONFIG_MAX_DOMAIN_PARTITIONS; i++) {
		if (domain->partitions[i].size)
			continue;
		domain->partitions[i] = *part;
		domain->num_partitions++;
		protect_view_changed();
		return 0;
	}
	return -ENOSPC;
}

int k_mem_domain_remove_partition(struct k_mem_domain *domain, struct k_mem_partition *part)
{
	syscall_supervisor_only(__func__);
	if (!domain || !part)
		return -EINVAL;
	for (size_t i = 0; part->size && i < CONFIG_MAX_DOMAIN_PARTITIONS; i++) {
		struct k_mem_partition *slot = &domain->partitions[i];

		if (slot->start != part->start || slot->size != part->size)
			continue;
		memset(slot, 0, sizeof(*slot));
		domain->num_partitions--;
		protect_rights_taken();
		return 0;
	}
	return -ENOENT;
}

int k_mem_domain_add_thread(struct k_mem_domain *domain, struct k_thread *thread)
{
	struct k_mem_domain *former;

	syscall_supervisor_only(__func__);
	if (!domain || !thread)
		return -EINVAL;
	former = thread->mem_domain_info.mem_domain;
	if (former == domain)
		return 0;
	if (former)
		former->members--;
	thread->mem_domain_info.mem_domain = domain;
	domain->members++;
	if (former)
		protect_rights_taken();
	else
		protect_view_changed();
	return 0;
}

void k_mem_domain_name_set(struct k_mem_domain *domain, const char *name)
{
	syscall_supervisor_only(__func__);
	domain->name = name;
}
