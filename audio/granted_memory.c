/* SPDX-License-Identifier: BSD-3-Clause */
/* Memory that domains get one by one: a connection's buffer, a constant's copy. */
#include <rtos/userspace_helper.h>

#include "firmware.h"

int granted_memory_new(struct granted_memory *granted, size_t bytes, const char *name)
{
	int err;

	granted->memory = user_buffer_alloc(bytes, name);
	if (!granted->memory)
		return -ENOMEM;
	err = k_mem_domain_init(&granted->view, 0, NULL);
	if (!err)
		err = user_buffer_grant(&granted->view, granted->memory);
	if (err) {
		user_buffer_free(granted->memory);
		granted->memory = NULL;
		return err;
	}
	k_mem_domain_name_set(&granted->view, "supervisor");
	/* the only one it has: what to grant to others */
	granted->part = granted->view.partitions[0];
	return 0;
}

void granted_memory_free(struct granted_memory *granted)
{
	if (!granted->memory)
		return;
	k_mem_domain_deinit(&granted->view);
	user_buffer_free(granted->memory);
	granted->memory = NULL;
}

void granted_memory_open(struct granted_memory *granted)
{
	if (granted->memory)
		user_domain_open(&granted->view);
}
