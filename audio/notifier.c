/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <rtos/alloc.h>
#include <rtos/symbol.h>
#include <sof/lib/notifier.h>

#include "firmware.h"

struct registration {
	struct list_item list;
	enum notify_id event;
	void *receiver;
	const void *caller; /* NULL: any */
	notifier_callback_t callback;
	unsigned int count; /* how often it was made */
};

static struct list_item registrations = LIST_INIT(registrations);

static bool is_event(enum notify_id event)
{
	return (unsigned int)event < NOTIFIER_ID_COUNT;
}

static struct registration *find_same(const void *receiver, const void *caller,
				      enum notify_id event, notifier_callback_t callback)
{
	struct list_item *item;

	list_for_item(item, &registrations) {
		struct registration *it = list_item(item, struct registration, list);

		if (it->event == event && it->receiver == receiver && it->caller == caller &&
		    it->callback == callback)
			return it;
	}
	return NULL;
}

int notifier_register(void *receiver_data, void *caller_id_filter, enum notify_id event_type,
		      notifier_callback_t callback, uint32_t flags)
{
	struct registration *it = NULL;

	if (!is_event(event_type) || !callback)
		return -EINVAL;
	if (flags & NOTIFIER_FLAG_AGGREGATE)
		it = find_same(receiver_data, caller_id_filter, event_type, callback);
	if (!it) {
		it = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*it));
		if (!it)
			return -ENOMEM;
		it->event = event_type;
		it->receiver = receiver_data;
		it->caller = caller_id_filter;
		it->callback = callback;
		list_item_append(&it->list, &registrations);
	}
	it->count++;
	return 0;
}
EXPORT_SYMBOL(notifier_register);

static void drop(struct registration *it)
{
	list_item_del(&it->list);
	rfree(it);
}

void notifier_unregister(void *receiver_data_filter, void *caller_id_filter, enum notify_id type)
{
	struct list_item *item, *next;

	list_for_item_safe(item, next, &registrations) {
		struct registration *it = list_item(item, struct registration, list);

		if (it->event != type ||
		    (receiver_data_filter && it->receiver != receiver_data_filter) ||
		    (caller_id_filter && it->caller != caller_id_filter))
			continue;
		if (!--it->count)
			drop(it);
	}
}
EXPORT_SYMBOL(notifier_unregister);

void notifier_unregister_all(void *receiver_data_filter, void *caller_id_filter)
{
	for (unsigned int event = 0; event < NOTIFIER_ID_COUNT; event++)
		notifier_unregister(receiver_data_filter, caller_id_filter, (enum notify_id)event);
}
EXPORT_SYMBOL(notifier_unregister_all);

void notifier_event(const void *caller_id, enum notify_id event_type, uint32_t core_mask,
		    void *caller_data, uint32_t data_size)
{
	struct list_item *item, *next;

	list_for_item_safe(item, next, &registrations) {
		const struct registration *it = list_item(item, struct registration, list);

		if (it->event == event_type && (!it->caller || it->caller == caller_id))
			it->callback(it->receiver, event_type, caller_data);
	}
}
EXPORT_SYMBOL(notifier_event);

void notifier_clear(void)
{
	while (!list_is_empty(&registrations))
		drop(list_first_item(&registrations, struct registration, list));
}
