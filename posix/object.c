/* SPDX-License-Identifier: BSD-3-Clause */
#include "object.h"
#include "board.h"
#include "guarded_call.h"
#include "heap.h"
#include "scheduler.h"
#include "stack.h"
#include "static_data.h"
#include "syscall.h"
#include "thread.h"
#include "timer.h"

#include <stdio.h>
#include <string.h>
#include <zephyr/internal/syscall_handler.h>

/* One bit a thread index. */
typedef unsigned __int128 permission_set;

_Static_assert(BOARD_MAX_THREADS <= 8 * sizeof(permission_set), "one bit a thread");

/*
 * The board's build finds every object of the firmware's static data, so permissions can be granted
 * before it is initialised. Here an object becomes known when supervisor code initialises it. What is
 * granted before that is kept in an entry of type K_OBJ_ANY, a promise: no object yet.
 */
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
	return table.slots ? static_objects_init() : -ENOMEM;
}

void object_exit(void)
{
	static_objects_exit();
	heap_kernel_free(table.slots);
	memset(&table, 0, sizeof(table));
}

static size_t home(const void *address, size_t room)
{
	return (size_t)(((uintptr_t)address >> 4) * UINT64_C(0x9e3779b97f4a7c15) >> 32) &
	       (room - 1);
}

/* An object, or a promise of one. */
static struct object *lookup_any(const void *address)
{
	if (!address || !table.slots)
		return NULL;
	for (size_t i = home(address, table.room); table.slots[i].address;
	     i = (i + 1) & (table.room - 1))
		if (table.slots[i].address == address)
			return &table.slots[i];
	return NULL;
}

static struct object *lookup(const void *address)
{
	struct object *object = lookup_any(address);

	return object && object->type != K_OBJ_ANY ? object : NULL;
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
	struct object *object = lookup_any(obj);
	struct object now = { .address = obj, .type = otype, .allocated = allocated };

	if (!object) {
		if (4 * table.count >= 3 * table.room && grow())
			return -ENOMEM;
		object = place(table.slots, table.room, obj);
		table.count++;
	} else if (object->type == K_OBJ_ANY) {
		now.permissions = object->permissions;
		now.open_to_all = object->open_to_all;
	}
	*object = now;
	return 0;
}

/* In a variable of the program, and aligned as all objects are. */
static bool is_static(const void *address)
{
	return (uintptr_t)address >= (uintptr_t)z_kernel_data_start &&
	       (uintptr_t)address < heap_start(heap_kernel) &&
	       (uintptr_t)address % _Alignof(struct k_wait_q) == 0;
}

/* The record of permissions at this address. NULL: there can be no object, or out of memory. */
static struct object *object_or_promise(const void *address)
{
	struct object *object = lookup_any(address);

	if (!object && is_static(address) && !object_add((void *)address, K_OBJ_ANY, false))
		object = lookup_any(address);
	return object;
}

static void remove_entry(struct object *object)
{
	size_t hole, i;

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

void object_remove(const void *obj)
{
	struct object *object = lookup_any(obj);
	bool thread = object && object->type == K_OBJ_THREAD;

	if (object)
		remove_entry(object);
	if (thread)
		thread_forget_promise(obj);
}

void object_forget_range(const void *start, size_t size)
{
	size_t found = 0;

	/* Removal moves later entries up, so the table is walked until nothing is found. */
	do {
		found = 0;
		for (size_t i = 0; i < table.room && !found; i++)
			if ((uintptr_t)table.slots[i].address - (uintptr_t)start < size) {
				object_remove(table.slots[i].address);
				found = 1;
			}
	} while (found);
}

static const char *const names[K_OBJ_LAST] = {
	[K_OBJ_CONDVAR] = "condition variable",
	[K_OBJ_EVENT] = "event",
	[K_OBJ_MUTEX] = "mutex",
	[K_OBJ_QUEUE] = "queue",
	[K_OBJ_SEM] = "semaphore",
	[K_OBJ_THREAD] = "thread",
	[K_OBJ_TIMER] = "timer",
	[K_OBJ_THREAD_STACK_ELEMENT] = "thread stack",
};

/* A module can change its thread's name. */
static const char *thread_label(const struct k_thread *thread)
{
	const char *owner = thread_is_live(thread) ? thread_owner(thread) : "";

	return *owner ? owner : thread->name;
}

const char *object_describe(const void *address)
{
	static char text[64];
	const struct object *object = lookup(address);

	if (!object || !names[object->type])
		return NULL;
	snprintf(text, sizeof(text), "kernel object: %s%s%s", names[object->type],
		 object->type == K_OBJ_THREAD ? " " : "",
		 object->type == K_OBJ_THREAD ? thread_label(address) : "");
	return text;
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
	struct object *object = object_or_promise(obj);

	if (object)
		object->permissions |= (permission_set)1 << thread_index;
}

static size_t size_of(enum k_objects otype)
{
	switch (otype) {
	case K_OBJ_CONDVAR:
		return sizeof(struct k_condvar);
	case K_OBJ_EVENT:
		return sizeof(struct k_event);
	case K_OBJ_MUTEX:
		return sizeof(struct k_mutex);
	case K_OBJ_QUEUE:
		return sizeof(struct k_queue);
	case K_OBJ_TIMER:
		return sizeof(struct k_timer);
	case K_OBJ_SEM:
		return sizeof(struct k_sem);
	case K_OBJ_THREAD:
		return sizeof(struct k_thread);
	default:
		return 0;
	}
}

static bool is_permitted(const struct object *object, unsigned int thread_index)
{
	return object->open_to_all || object->permissions & (permission_set)1 << thread_index;
}

bool object_is_promised(const void *obj, unsigned int thread_index)
{
	const struct object *object = lookup_any(obj);

	return object && object->type == K_OBJ_ANY && is_permitted(object, thread_index);
}

int object_validate(const void *obj, enum k_objects otype, unsigned int thread_index,
		    enum _obj_init_check init)
{
	const struct object *object = lookup_any(obj);

	if (!object)
		return -EBADF;
	/* The type of a promised object is not known: the thread that initialises it decides. */
	if (object->type == K_OBJ_ANY) {
		if (otype != K_OBJ_ANY && !size_of(otype))
			return -EBADF;
	} else if (otype != K_OBJ_ANY && object->type != otype) {
		return -EBADF;
	}
	if (!is_permitted(object, thread_index))
		return -EPERM;
	if (init == _OBJ_INIT_TRUE && !object->initialised)
		return -EINVAL;
	if (init == _OBJ_INIT_FALSE && object->initialised)
		return -EADDRINUSE;
	return 0;
}

void object_inherit(unsigned int from, unsigned int to, const void *except)
{
	for (size_t i = 0; i < table.room; i++)
		if (table.slots[i].address && table.slots[i].address != except &&
		    (table.slots[i].permissions & (permission_set)1 << from))
			table.slots[i].permissions |= (permission_set)1 << to;
}

static bool in_use(const struct object *object)
{
	if (object->type == K_OBJ_THREAD)
		return thread_is_live(object->address);
	return object->type == K_OBJ_THREAD_STACK_ELEMENT && object->initialised;
}

static void free_object(struct object *object)
{
	void *address = object->address;

	switch (object->type) {
	case K_OBJ_THREAD_STACK_ELEMENT:
		z_impl_k_thread_stack_free(address);
		return;
	case K_OBJ_THREAD:
		thread_object_free(address);
		break;
	case K_OBJ_TIMER:
		timer_forget(address);
		break;
	default:
		break;
	}
	object_remove(address);
	thread_pool_free(address);
}

static void drop_permission(size_t i, unsigned int thread_index)
{
	struct object *object = &table.slots[i];

	if (!(object->permissions & (permission_set)1 << thread_index))
		return;
	object->permissions &= ~((permission_set)1 << thread_index);
	if (object->permissions)
		return;
	if (object->allocated && !in_use(object))
		free_object(object);
	else if (object->type == K_OBJ_ANY && !object->open_to_all)
		object_remove(object->address);
}

void object_unref_check(const void *obj)
{
	struct object *object = lookup(obj);

	if (object && object->allocated && !object->permissions && !in_use(object))
		free_object(object);
}

void object_thread_gone(unsigned int thread_index)
{
	size_t before;

	/* A removal moves later entries and can cause another removal: repeat until none is
	 * removed. */
	do {
		before = table.count;
		for (size_t i = 0; i < table.room; i++)
			drop_permission(i, thread_index);
	} while (table.count != before);
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

/* A user thread has only its pool: the kernel heap is not its to use up. */
static void *object_memory(size_t size)
{
	void *memory;

	if (!sched_current->resource_pool && !sched_current->arch->in_syscall)
		return heap_kernel_zalloc(size);
	memory = thread_pool_alloc(size);
	if (memory)
		memset(memory, 0, size);
	return memory;
}

void *z_impl_k_object_alloc(enum k_objects otype)
{
	size_t size = size_of(otype);
	void *obj;

	if (!size || (otype == K_OBJ_THREAD && thread_objects() >= BOARD_MAX_THREADS))
		return NULL;
	obj = object_memory(size);
	if (!obj)
		return NULL;
	if (object_add(obj, otype, true)) {
		thread_pool_free(obj);
		return NULL;
	}
	object_grant(obj, sched_current->arch->index);
	return obj;
}

void *k_object_alloc(enum k_objects otype)
{
	if (k_is_user_context())
		return (void *)syscall1(K_SYSCALL_K_OBJECT_ALLOC, (uintptr_t)otype);
	return z_impl_k_object_alloc(otype);
}

void k_object_free(void *obj)
{
	struct object *object;

	syscall_supervisor_only(__func__);
	object = lookup(obj);
	if (!object || !object->allocated || obj == sched_current)
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

/* As on the board a thread object has an index before its thread is made and after it has ended. */
static int index_for(k_tid_t thread)
{
	const struct object *object = lookup_any(thread);
	int index = thread_index(thread);

	if (index >= 0)
		return index;
	if (object ? object->type != K_OBJ_THREAD && object->type != K_OBJ_ANY :
		     !is_static(thread) || (uintptr_t)thread % _Alignof(struct k_thread))
		return -ENOENT;
	return thread_promise_index(thread);
}

void z_impl_k_object_access_grant(const void *object, k_tid_t thread)
{
	int index = index_for(thread);

	if (index >= 0)
		object_grant(object, (unsigned int)index);
}

void k_object_access_grant(const void *object, k_tid_t thread)
{
	if (k_is_user_context())
		syscall2(K_SYSCALL_K_OBJECT_ACCESS_GRANT, (uintptr_t)object, (uintptr_t)thread);
	else
		z_impl_k_object_access_grant(object, thread);
}

static void revoke(const void *object, k_tid_t thread)
{
	struct object *found = lookup_any(object);
	int index = thread_index(thread);

	if (found && index >= 0)
		drop_permission((size_t)(found - table.slots), (unsigned int)index);
}

void k_object_access_revoke(const void *object, k_tid_t thread)
{
	syscall_supervisor_only(__func__);
	revoke(object, thread);
}

void k_object_access_all_grant(const void *object)
{
	struct object *found;

	syscall_supervisor_only(__func__);
	found = object_or_promise(object);
	if (found)
		found->open_to_all = true;
}

void z_impl_k_object_release(const void *object)
{
	revoke(object, sched_current);
}

void k_object_release(const void *object)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_OBJECT_RELEASE, (uintptr_t)object);
	else
		z_impl_k_object_release(object);
}

int z_impl_k_object_access_check(const void *object)
{
	return z_object_validate(object, K_OBJ_ANY, _OBJ_INIT_ANY);
}

int k_object_access_check(const void *object)
{
	if (k_is_user_context())
		return (int)syscall1(K_SYSCALL_K_OBJECT_ACCESS_CHECK, (uintptr_t)object);
	return z_impl_k_object_access_check(object);
}

bool k_object_is_valid(const void *obj, enum k_objects otype)
{
	return !z_object_validate(obj, otype, _OBJ_INIT_TRUE);
}

void k_object_recycle(const void *obj)
{
	struct object *object;

	syscall_supervisor_only(__func__);
	object = lookup(obj);
	if (!object)
		return;
	object->permissions = (permission_set)1 << sched_current->arch->index;
	object->initialised = true;
}

void z_thread_access_grant(k_tid_t thread, const void *const *objects, size_t count)
{
	for (size_t i = 0; i < count; i++)
		k_object_access_grant(objects[i], thread);
}

bool object_is(const void *obj, enum k_objects otype)
{
	const struct object *object = lookup(obj);

	return object && object->type == otype;
}

const char *object_type_name(const void *obj)
{
	const struct object *object = lookup(obj);

	return object ? names[object->type] : NULL;
}
