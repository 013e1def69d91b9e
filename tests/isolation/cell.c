/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One cell: a thread that makes one access. The access is a single instruction, so that no checker
 * built into this program looks at it first.
 */
#include "matrix.h"
#include "protect.h"
#include "scheduler.h"

#include <errno.h>
#include <host/platform.h>
#include <rtos/alloc.h>
#include <stdio.h>
#include <string.h>
#include <valgrind/memcheck.h>
#include <zephyr/internal/syscall_handler.h>

#define STACK_SIZE ((size_t)16384)

/* Numbers that the kernel does not use. */
enum {
	CALL_BEFORE = K_SYSCALL_LIMIT - 5,
	CALL_AFTER,
	CALL_READ,
	CALL_WRITE,
	CALL_OBJECT,
};

static struct {
	const struct place *place;
	const struct column *column;
	bool began, ended;
	uintptr_t address;
	uint8_t original, written, got;
} now;

static uint8_t load(uintptr_t address)
{
	uint8_t value;

	__asm__ volatile("movb (%1), %0" : "=q"(value) : "r"(address) : "memory");
	VALGRIND_MAKE_MEM_DEFINED(&value, sizeof(value)); /* whose it is has not always set it */
	return value;
}

static void store(uintptr_t address, uint8_t value)
{
	__asm__ volatile("movb %1, (%0)" : : "r"(address), "q"(value) : "memory");
}

static void call(uintptr_t address)
{
	__asm__ volatile("call *%0"
			 :
			 : "r"(address)
			 : "memory", "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11");
}

struct act {
	uintptr_t address;
	size_t size;
	enum deed deed;
	unsigned int flags;
	uint8_t value;
};

static uintptr_t pass(unsigned int id, const struct act *act)
{
	return z_syscall(id, act->address, act->size, act->value, 0, 0, 0);
}

/* Runs in the mode of the thread. What it has to know comes in its arguments, as a user thread may
 * read none of the matrix's own variables. */
static void act(void *p1, void *p2, void *p3)
{
	const uintptr_t packed = (uintptr_t)p3;
	struct act act = {
		.address = (uintptr_t)p1,
		.size = (size_t)p2,
		.deed = packed & 0xff,
		.flags = packed >> 8 & 0xff,
		.value = packed >> 16 & 0xff,
	};
	uintptr_t last, result = 0;

	if (act.flags & PLACE_OWN_STORAGE)
		act.address = (uintptr_t)&errno;
	last = act.address + (act.size ? act.size - 1 : 0);
	if (act.flags & PLACE_TOUCH_FIRST)
		load(last);
	act.value = (uint8_t)z_syscall(CALL_BEFORE, act.address, last, 0, 0, 0, 0);
	switch (act.deed) {
	case DEED_READ:
		result = load(last);
		break;
	case DEED_WRITE:
		store(last, act.value);
		break;
	case DEED_EXECUTE:
		call(last);
		break;
	case DEED_PASS_READ:
		result = pass(CALL_READ, &act);
		break;
	case DEED_PASS_WRITE:
		pass(CALL_WRITE, &act);
		break;
	case DEED_NAME_OBJECT:
		pass(CALL_OBJECT, &act);
		break;
	case DEED_NAME_HEAP:
		result = z_syscall(K_SYSCALL_SOF_HEAP_ALLOC, act.address, 0, 16, 0, 0, 0);
		break;
	}
	z_syscall(CALL_AFTER, result, 0, 0, 0, 0, 0);
}

static bool reads(enum deed deed)
{
	return deed == DEED_READ || deed == DEED_PASS_READ;
}

static bool writes(enum deed deed)
{
	return deed == DEED_WRITE || deed == DEED_PASS_WRITE;
}

/* Supervisor mode: for a user thread from its call, for a supervisor thread at once. */
static uintptr_t on_before(const uintptr_t *arg)
{
	if (now.place->during)
		now.place->during(sched_current);
	now.address = arg[1];
	if (now.place->matter != MATTER_NOTHING) {
		protect_open(now.address);
		if (now.place->flags & PLACE_HOST)
			host_memory_open();
		now.original = load(now.address);
	}
	/* Where the contents are somebody's the same is written that is there. */
	now.written = now.original ^ (now.place->flags & PLACE_SCRATCH ? 0x5a : 0);
	now.began = true;
	return now.written;
}

static uintptr_t on_after(const uintptr_t *arg)
{
	now.ended = true;
	now.got = (uint8_t)arg[0];
	if (now.column->deed == DEED_NAME_HEAP && arg[0])
		sof_heap_free(NULL, (void *)arg[0]);
	return 0;
}

static uintptr_t on_read(const uintptr_t *arg)
{
	K_OOPS(K_SYSCALL_MEMORY_READ((void *)arg[0], arg[1]));
	return arg[1] ? load(arg[0] + arg[1] - 1) : now.original;
}

static uintptr_t on_write(const uintptr_t *arg)
{
	K_OOPS(K_SYSCALL_MEMORY_WRITE((void *)arg[0], arg[1]));
	if (arg[1])
		store(arg[0] + arg[1] - 1, (uint8_t)arg[2]);
	return 0;
}

static uintptr_t on_object(const uintptr_t *arg)
{
	K_OOPS(K_SYSCALL_OBJ_INIT((void *)arg[0], K_OBJ_ANY));
	return 0;
}

int cell_init(void)
{
	int ret = z_syscall_register(CALL_BEFORE, on_before);

	ret = ret ? ret : z_syscall_register(CALL_AFTER, on_after);
	ret = ret ? ret : z_syscall_register(CALL_READ, on_read);
	ret = ret ? ret : z_syscall_register(CALL_WRITE, on_write);
	return ret ? ret : z_syscall_register(CALL_OBJECT, on_object);
}

bool cell_host_is_open(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	return true;
#else
	return RUNNING_ON_VALGRIND;
#endif
}

static bool is_plain(enum deed deed)
{
	return deed == DEED_READ || deed == DEED_WRITE || deed == DEED_EXECUTE;
}

/* The table tells of isolated boards; without isolation only what the hardware refuses is. */
static enum verdict expected(const struct place *place, const struct column *column)
{
	bool allowed;
	const char *symbol = place->expected;

	for (size_t i = 0; *symbol; symbol++)
		if (*symbol != ' ' && i++ == (size_t)(column - columns))
			break;
	if (!*symbol || *symbol == '.' ||
	    (cell_host_is_open() && place->flags & PLACE_NO_CHECKER) ||
	    (RUNNING_ON_VALGRIND && place->flags & PLACE_C_HEAP && column->deed == DEED_EXECUTE))
		return VERDICT_NONE;
	allowed = *symbol != '-';
	if (!is_plain(column->deed))
		return allowed ? VERDICT_ALLOWED : VERDICT_REFUSED;
	if (!host_isolated() || (cell_host_is_open() && place->flags & PLACE_HOST))
		allowed = place->matter == MATTER_DATA	   ? column->deed != DEED_EXECUTE :
			  place->matter == MATTER_CONSTANT ? column->deed == DEED_READ :
			  place->matter == MATTER_CODE	   ? column->deed != DEED_WRITE :
							     false;
	return allowed ? VERDICT_ALLOWED : VERDICT_REFUSED;
}

static struct k_thread *make_actor(const struct column *column, uintptr_t packed,
				   uintptr_t *address)
{
	static struct k_mem_domain *const domain_of[WHO_COUNT] = {
		&world.domain_a,       &world.domain_a,	      &world.domain_b,
		&k_mem_domain_default, &k_mem_domain_default,
	};
	struct k_thread *thread;
	size_t size = now.place->flags & PLACE_EMPTY ? 0 : now.place->size ? now.place->size : 1;

	thread = k_thread_create(world.actor, world.actor_stack[column->who == WHO_A2], STACK_SIZE,
				 act, NULL, (void *)size, (void *)packed, 1,
				 column->who == WHO_KERNEL ? 0 : K_USER, K_FOREVER);
	if (!thread)
		return NULL;
	k_thread_name_set(thread, "actor");
	k_mem_domain_add_thread(domain_of[column->who], thread);
	if (column->who == WHO_A || column->who == WHO_A2)
		k_object_access_grant(world.sem_a, thread);
	if (now.place->before)
		now.place->before(thread);
	*address = now.place->find(thread);
	thread->arch->p[0] = (void *)*address;
	return thread;
}

/* The fault must be that of this access and no other. */
static const char *wrong_fault(const struct host_fault *fault)
{
	static const enum host_access access_of[] = { HOST_ACCESS_READ, HOST_ACCESS_WRITE,
						      HOST_ACCESS_EXECUTE };
	enum deed deed = now.column->deed;

	if (fault->user_mode != (now.column->who != WHO_KERNEL))
		return "told of the wrong mode";
	if (!is_plain(deed))
		return fault->kind == HOST_FAULT_OOPS ? NULL : "not an oops";
	if (fault->kind != HOST_FAULT_ACCESS)
		return "not an access fault";
	if (now.place->flags & PLACE_NO_ADDRESS)
		return NULL;
	if (fault->address != now.address)
		return "told of another address";
	if (fault->access != access_of[deed] && !RUNNING_ON_VALGRIND)
		return "told of another kind of access";
	return NULL;
}

/* What was allowed must have had its effect, what was refused none. */
static const char *wrong_effect(bool allowed)
{
	enum deed deed = now.column->deed;
	uint8_t value;

	if (now.place->matter == MATTER_NOTHING || now.place->flags & PLACE_OWN_STORAGE)
		return NULL;
	if (allowed && reads(deed))
		return now.got == now.original ? NULL : "another value was read";
	if (!writes(deed) || !(now.place->flags & PLACE_SCRATCH) || now.place->during)
		return NULL;
	protect_open(now.address);
	if (now.place->flags & PLACE_HOST)
		host_memory_open();
	value = load(now.address);
	store(now.address, now.original);
	if (allowed)
		return value == now.written ? NULL : "nothing was written";
	return value == now.original ? NULL : "it was written all the same";
}

void cell_run(const struct place *place, const struct column *column, struct cell *cell)
{
	unsigned int strays = host_stray_supervisor_accesses();
	const struct host_fault *fault;
	const char *wrong = NULL;
	struct k_thread *thread;
	uintptr_t packed = column->deed | (uintptr_t)place->flags << 8;
	uintptr_t address = 0;

	memset(cell, 0, sizeof(*cell));
	memset(&now, 0, sizeof(now));
	cell->expected = expected(place, column);
	if (cell->expected == VERDICT_NONE)
		return;
	cell->found = VERDICT_NOT_RUN;
	now.place = place;
	now.column = column;
	thread = make_actor(column, packed, &address);
	if (!thread)
		return;
	if (!address && !(place->flags & (PLACE_OWN_STORAGE | PLACE_NO_ADDRESS)) &&
	    place->matter != MATTER_NOTHING) {
		snprintf(cell->why, sizeof(cell->why), "there is no such memory");
		k_thread_abort(thread);
		goto out;
	}
	k_thread_start(thread);
	k_thread_join(thread, K_FOREVER);
	fault = host_thread_fault(thread);
	if (!now.began) {
		snprintf(cell->why, sizeof(cell->why), "ended before the access");
		goto out;
	}
	if (!now.ended && !fault) {
		snprintf(cell->why, sizeof(cell->why), "neither came back nor faulted");
		goto out;
	}
	cell->found = now.ended ? VERDICT_ALLOWED : VERDICT_REFUSED;
	wrong = fault ? wrong_fault(fault) : NULL;
	wrong = wrong ? wrong : wrong_effect(now.ended);
	if (host_stray_supervisor_accesses() != strays)
		wrong = "supervisor code touched closed memory";
	if (wrong) {
		snprintf(cell->why, sizeof(cell->why), "%s", wrong);
		/* It has a verdict, for a wrong reason: never as expected. */
		cell->found = cell->expected == VERDICT_ALLOWED ? VERDICT_REFUSED : VERDICT_ALLOWED;
	} else if (cell->found != cell->expected) {
		snprintf(cell->why, sizeof(cell->why), "%s",
			 fault && *fault->text ? fault->text :
			 fault		       ? "it faulted" :
						 "it was let through");
	}
out:
	if (place->after)
		place->after();
}
