/* SPDX-License-Identifier: BSD-3-Clause */
#include "app_partition.h"
#include "arena.h"
#include "board.h"
#include "protect.h"
#include "static_data.h"

#include <rtos/userspace_helper.h>
#include <zephyr/app_memory/app_memdomain.h>

extern const struct z_app_region z_app_regions_start[], z_app_regions_end[];

int app_partitions_init(void)
{
	const struct z_app_region *app;

	for (app = z_app_regions_start; app < z_app_regions_end; app++) {
		size_t size = (size_t)(app->end - app->start);
		const char *name = app->name;

		*app->partition = (struct k_mem_partition){ (uintptr_t)app->start, size,
							    K_MEM_PARTITION_P_RW_U_RW };
		if (!size)
			continue;
		if (app->partition == &common_partition)
			name = "common partition";
		if (!arena_adopt((uintptr_t)app->start, size, HOST_MEMORY_MODULE_DATA, name)) {
			app_partitions_exit();
			return -ENOMEM;
		}
		protect_region_new((uintptr_t)app->start, size);
	}
	return 0;
}

bool app_partitions_all(bool (*fn)(uintptr_t start, size_t size))
{
	const struct z_app_region *app;
	bool all = true;

	for (app = z_app_regions_start; all && app < z_app_regions_end; app++)
		all = app->end == app->start ||
		      fn((uintptr_t)app->start, (size_t)(app->end - app->start));
	return all;
}

void app_partitions_exit(void)
{
	const struct z_app_region *app;

	for (app = z_app_regions_start; app < z_app_regions_end; app++) {
		struct arena_region *region = arena_find((uintptr_t)app->start);

		if (!region || region->start != (uintptr_t)app->start)
			continue;
		protect_open(region->start);
		protect_region_gone(region->start, region->size);
		arena_destroy(region);
	}
}
