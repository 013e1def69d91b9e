/* SPDX-License-Identifier: BSD-3-Clause */
#include "object.h"
#include "board.h"
#include "heap.h"
#include "scheduler.h"
#include "syscall.h"
#include "thread.h"

#include <string.h>
#include <zephyr/internal/syscall_handler.h>

/* One bit a thread index. */
typedef unsigned __int128 permission_set;

_Static_assert(BOARD_MAX_THREADS <= 8 * sizeof(permission_set), "one bit a thread");

struct object {
	void *address; /* NULL: free slot */
	enum k_objects type;
	bool initialised, open_to_all, allocated;
	permission_set permissions;
};

/* Open addressing with linear probing: looked up once in every system call. */
static struct {
	struct object *slots;
	size_t room, count;
} table;

int object_init(void)
{
	table.room = 256;
	table.count = 0;
	table.slots = heap_kernel_zalloc(table.room * sizeof(*table.slots));
	return table.slots ? 0 : -ENOMEM;
}

void object_exit(void)
{
	heap_kernel_free(table.slots);
	memset(&table, 0, sizeof(table));
}

static size_t home(const void *address, size_t room)
{
	return (size_t)(((uintptr_t)address >> 4) * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (room - 1);
}

static struct object *lookup(const void *address)
{
	if (!address || !table.slots)
		return NULL;
	for (size_t i = home(address, table.room); table.slots[i].address;
	     i = (i + 1) & (table.room - 1))
		if (table.slots[i].address == address)
			return &table.slots[i];
	return NULL;
}

static struct object *place(struct object *slots, size_t room, const void *address)
{
	size_t i = home(address, room);

	while (slots[i].address && slots[i].address != address)
		i = (i + 1) & (room - 1);
	return &slots[i];
}

static int grow(void)
{
	size_t room = 2 * table.room;
	struct object *slots = heap_kernel_zalloc(room * sizeof(*slots));

	if (!slots)
		return -ENOMEM;
	for (size_t i = 0; i < table.room; i++)
		if (table.slots[i].address)
			*place(slots, room, table.slots[i].address) = table.slots[i];
	heap_kernel_free(table.slots);
	table.slots = slots;
	table.room = room;
	return 0;
}

int object_add(void *obj, enum k_objects otype, bool allocated)
{
	struct object *object = lookup(obj);

	if (!object) {
		if (4 * table.count >= 3 * table.room && grow())
			return -ENOMEM;
		object = place(table.slots, table.room, obj);
		table.count++;
	}
	*object = (struct object){ .address = obj, .type = otype, .allocated = allocated };
	return 0;
}

void object_remove(const void *obj)
{
	struct object *object = lookup(obj);
	size_t hole, i;

	if (!object)
		return;
	/* Close the gap, so that probing never meets a tombstone. */
	hole = (size_t)(object - table.slots);
	for (i = (hole + 1) & (table.room - 1); table.slots[i].address;
	     i = (i + 1) & (table.room - 1)) {
		size_t wants = home(table.slots[i].address, table.room);

		if (((i - wants) & (table.room - 1)) < ((i - hole) & (table.room - 1)))
			continue;
		table.slots[hole] = table.slots[i];
		hole = i;
	}
	table.slots[hole] = (struct object){ 0 };
	table.count--;
}

void object_set_initialised(const void *obj, bool initialised)
{
	struct object *object = lookup(obj);

	if (object)
		object->initialised = initialised;
}

void object_initialised(void *obj, enum k_objects otype)
{
	struct object *object = lookup(obj);
	bool in_kernel = (uintptr_t)obj >= (uintptr_t)z_kernel_data_start &&
			 (uintptr_t)obj < z_board_page.kernel_end;

	if (!object || object->type != otype) {
		if (!in_kernel || object_add(obj, otype, false))
			return;
		object = lookup(obj);
	}
	object->initialised = true;
}

void object_grant(const void *obj, unsigned int thread_index)
{
	struct object *object = lookup(obj);

	if (object)
		object->permissions |= (permission_set)1 << thread_index;
}

int object_validate(const void *obj, enum k_objects otype, unsigned int thread_index,
		    bool must_be_initialised)
{
	const struct object *object = lookup(obj);

	if (!object || (otype != K_OBJ_ANY && object->type != otype))
		return -EBADF;
	if (!object->open_to_all && !(object->permissions & (permission_set)1 << thread_index))
		return -EPERM;
	if (must_be_initialised && !object->initialised)
		return -EINVAL;
	return 0;
}

void object_inherit(unsigned int from, unsigned int to, const void *except)
{
	for (size_t i = 0; i < table.room; i++)
		if (table.slots[i].address && table.slots[i].address != except &&
		    (table.slots[i].permissions & (permission_set)1 << from))
			table.slots[i].permissions |= (permission_set)1 << to;
}

static void free_object(struct object *object)
{
	void *address = object->address;

	if (object->type == K_OBJ_THREAD)
		thread_object_free(address);
	object_remove(address);
	heap_kernel_free(address);
}

static void drop_permission(size_t i, unsigned int thread_index)
{
	struct object *object = &table.slots[i];

	if (!(object->permissions & (permission_set)1 << thread_index))
		return;
	object->permissions &= ~((permission_set)1 << thread_index);
	if (!object->allocated || object->permissions)
		return;
	if (object->type == K_OBJ_THREAD && thread_is_live(object->address))
		return;
	free_object(object);
}

void object_thread_gone(unsigned int thread_index)
{
	/* Removal moves later entries up, so the same slot is looked at again. */
	for (size_t i = 0; i < table.room; i++) {
		void *before;

		do {
			before = table.slots[i].address;
			drop_permission(i, thread_index);
		} while (before && table.slots[i].address && table.slots[i].address != before);
	}
}

static size_t size_of(enum k_objects otype)
{
	switch (otype) {
	case K_OBJ_EVENT:
		return sizeof(struct k_event);
	case K_OBJ_SEM:
		return sizeof(struct k_sem);
	case K_OBJ_THREAD:
		return sizeof(struct k_thread);
	default:
		return 0;
	}
}

/* Threads that are or may yet be: each takes an index once it is made. */
static size_t thread_objects(void)
{
	size_t count = 0;

	for (size_t i = 0; i < table.room; i++)
		if (table.slots[i].address && table.slots[i].type == K_OBJ_THREAD &&
		    (table.slots[i].allocated || table.slots[i].initialised))
			count++;
	return count;
}

void *k_object_alloc(enum k_objects otype)
{
	size_t size = size_of(otype);
	void *obj;

	if (!size || (otype == K_OBJ_THREAD && thread_objects() >= BOARD_MAX_THREADS))
		return NULL;
	obj = heap_kernel_zalloc(size);
	if (!obj)
		return NULL;
	if (object_add(obj, otype, true)) {
		heap_kernel_free(obj);
		return NULL;
	}
	object_grant(obj, sched_current->arch->index);
	return obj;
}

void k_object_free(void *obj)
{
	struct object *object = lookup(obj);
	bool allocated = object && object->allocated;

	if (!allocated || obj == sched_current)
		return;
	if (object->type == K_OBJ_THREAD && thread_is_live(obj)) {
		z_impl_k_thread_abort(obj);
		/* Its own was perhaps the last permission on it. */
		object = lookup(obj);
	}
	if (object)
		free_object(object);
}

int k_object_register(void *obj, enum k_objects otype)
{
	return obj && size_of(otype) ? object_add(obj, otype, false) : -EINVAL;
}

void z_impl_k_object_access_grant(const void *object, k_tid_t thread)
{
	/* One that has ended still has its record, but its index may be another's by now. */
	if (thread_is_live(thread))
		object_grant(object, thread->arch->index);
}

void k_object_access_grant(const void *object, k_tid_t thread)
{
	if (k_is_user_context())
		syscall2(K_SYSCALL_K_OBJECT_ACCESS_GRANT, (uintptr_t)object, (uintptr_t)thread);
	else
		z_impl_k_object_access_grant(object, thread);
}

void k_object_access_revoke(const void *object, k_tid_t thread)
{
	struct object *found = lookup(object);

	if (found && thread_is_live(thread))
		drop_permission((size_t)(found - table.slots), thread->arch->index);
}

void k_object_access_all_grant(const void *object)
{
	struct object *found = lookup(object);

	if (found)
		found->open_to_all = true;
}

void z_thread_access_grant(k_tid_t thread, const void *const *objects, size_t count)
{
	for (size_t i = 0; i < count; i++)
		k_object_access_grant(objects[i], thread);
}

int z_object_validate(const void *obj, enum k_objects otype, bool must_be_initialised)
{
	return object_validate(obj, otype, sched_current->arch->index, must_be_initialised);
}
