/* SPDX-License-Identifier: BSD-3-Clause */
/* The list of schedulers that firmware code brought with it. */
#include <rtos/alloc.h>
#include <rtos/symbol.h>
#include <sof/lib/cpu.h>
#include <sof/schedule/schedule.h>
#include <string.h>

#include "firmware.h"

static struct schedulers all = { .list = LIST_INIT(all.list) };
static struct schedulers *first;

struct schedulers **arch_schedulers_get(void)
{
	return &first;
}
EXPORT_SYMBOL(arch_schedulers_get);

static struct schedule_data *of_type(int type)
{
	struct list_item *item;

	list_for_item(item, &all.list) {
		struct schedule_data *scheduler = list_item(item, struct schedule_data, list);

		if (scheduler->type == type)
			return scheduler;
	}
	return NULL;
}

void scheduler_init(int type, const struct scheduler_ops *ops, void *data)
{
	struct schedule_data *scheduler = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*scheduler));

	if (!scheduler)
		return;
	scheduler->type = type;
	scheduler->ops = ops;
	scheduler->data = data;
	list_item_append(&scheduler->list, &all.list);
	first = &all;
}
EXPORT_SYMBOL(scheduler_init);

void schedulers_clear(void)
{
	while (!list_is_empty(&all.list)) {
		struct schedule_data *scheduler =
			list_first_item(&all.list, struct schedule_data, list);

		list_item_del(&scheduler->list);
		rfree(scheduler);
	}
	first = NULL;
}

void *scheduler_get_data(uint16_t type)
{
	const struct schedule_data *scheduler = of_type(type);

	return scheduler ? scheduler->data : NULL;
}
EXPORT_SYMBOL(scheduler_get_data);

int schedule_task_init(struct task *task, const struct sof_uuid_entry *uid, uint16_t type,
		       int16_t priority, enum task_state (*run)(void *data), void *data,
		       uint16_t core, uint32_t flags)
{
	struct schedule_data *scheduler;

	if (type >= SOF_SCHEDULE_COUNT)
		return -EINVAL;
	scheduler = of_type(type);
	if (!scheduler)
		return -ENODEV;
	memset(task, 0, sizeof(*task));
	task->uid = uid;
	task->type = type;
	task->priority = priority;
	task->core = core;
	task->flags = (uint16_t)flags;
	task->sch = scheduler;
	task->state = SOF_TASK_STATE_INIT;
	task->data = data;
	task->ops.run = run;
	list_init(&task->list);
	return 0;
}
EXPORT_SYMBOL(schedule_task_init);

void scheduler_get_task_info(struct scheduler_props *scheduler_props, uint32_t *data_off_size,
			     struct list_item *tasks)
{
	char *to = (char *)scheduler_props->task_info;
	struct list_item *item;
	uint32_t count = 0;

	list_for_item(item, tasks)
		memset(to + count++ * sizeof(struct task_props), 0, sizeof(struct task_props));
	scheduler_props->core_id = (uint32_t)cpu_get_id();
	scheduler_props->task_count = count;
	*data_off_size += (uint32_t)(sizeof(*scheduler_props) + count * sizeof(struct task_props));
}
EXPORT_SYMBOL(scheduler_get_task_info);
