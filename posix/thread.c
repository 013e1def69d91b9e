/* SPDX-License-Identifier: BSD-3-Clause */
#include "thread.h"
#include "arch/arch.h"
#include "board.h"
#include "cores.h"
#include "fault.h"
#include "guarded_call.h"
#include "heap.h"
#include "host_thread.h"
#include "object.h"
#include "protect.h"
#include "scheduler.h"
#include "stack.h"
#include "syscall.h"
#include "track.h"
#include "user_storage.h"

#include <string.h>

#define PRIVILEGED_STACK_SIZE ((size_t)32 << 10)
#define SUPERVISOR_EXTRA      ((size_t)128 << 10) /* the host's share of a kernel thread's stack */

static struct k_thread *threads[BOARD_MAX_THREADS];
static const struct k_thread *promised[BOARD_MAX_THREADS]; /* not live, but granted something */
static struct z_thread_arch *records;			   /* of all threads, live or ended */
static struct z_thread_arch *zombies; /* have ended, their host threads want joining */

struct k_mem_domain k_mem_domain_default = { .name = "default" };

static int find(const struct k_thread *const *list, const struct k_thread *thread)
{
	for (int i = 0; thread && i < BOARD_MAX_THREADS; i++)
		if (list[i] == thread)
			return i;
	return -1;
}

static int live_index(const struct k_thread *thread)
{
	return find((const struct k_thread *const *)threads, thread);
}

int thread_index(const struct k_thread *thread)
{
	int index = live_index(thread);

	return index < 0 ? find(promised, thread) : index;
}

static int free_index(void)
{
	for (int i = 0; i < BOARD_MAX_THREADS; i++)
		if (!threads[i] && !promised[i])
			return i;
	return -ENOMEM;
}

int thread_promise_index(const struct k_thread *thread)
{
	int index = free_index();

	if (index >= 0)
		promised[index] = thread;
	return index;
}

void thread_forget_promise(const struct k_thread *thread)
{
	int index = find(promised, thread);

	if (index < 0)
		return;
	promised[index] = NULL;
	object_thread_gone((unsigned int)index);
}

/* The promise is kept until the thread has ended, even if its creation fails. */
static int take_index(struct k_thread *thread)
{
	int index = find(promised, thread);

	if (index < 0)
		index = free_index();
	if (index >= 0)
		threads[index] = thread;
	return index;
}

struct k_thread *thread_by_index(unsigned int index)
{
	return index < BOARD_MAX_THREADS ? threads[index] : NULL;
}

bool thread_is_live(const struct k_thread *thread)
{
	return live_index(thread) >= 0;
}

static struct z_thread_arch *arch_new(struct k_thread *thread, size_t kernel_stack_size)
{
	struct z_thread_arch *arch = heap_kernel_zalloc(sizeof(*arch));
	int index;

	if (!arch)
		return NULL;
	index = take_index(thread);
	if (index < 0)
		goto no_index;
	arch->thread = thread;
	arch->index = (unsigned int)index;
	sched_new_baton(arch);
	arch->wake_at = K_TICKS_FOREVER;
	if (kernel_stack_size) {
		arch->kernel_stack = heap_alloc(heap_kernel, kernel_stack_size, PAGE_SIZE);
		if (!arch->kernel_stack)
			goto no_stack;
		arch->kernel_stack_size = kernel_stack_size;
		arch->kernel_stack_id = track_stack_new(
			arch->kernel_stack, (char *)arch->kernel_stack + kernel_stack_size);
		heap_label(heap_kernel, arch->kernel_stack, "kernel stack");
	}
	arch->next_record = records;
	records = arch;
	return arch;

no_stack:
	threads[index] = NULL;
no_index:
	heap_kernel_free(arch);
	return NULL;
}

static void free_stacks(struct z_thread_arch *arch)
{
	if (arch->kernel_stack) {
		track_stack_abandoned(arch->kernel_stack, arch->kernel_stack_size);
		track_stack_delete(arch->kernel_stack_id);
		heap_kernel_free(arch->kernel_stack);
		arch->kernel_stack = NULL;
	}
	if (arch->alt_stack) {
		track_stack_delete(arch->alt_stack_id);
		heap_kernel_free(arch->alt_stack);
		arch->alt_stack = NULL;
	}
	heap_kernel_free(arch->host_stack);
	arch->host_stack = NULL;
}

static void arch_delete(struct z_thread_arch *arch)
{
	struct z_thread_arch **link = &records;

	while (*link && *link != arch)
		link = &(*link)->next_record;
	if (*link)
		*link = arch->next_record;
	free_stacks(arch);
	if (arch->holds)
		arch->holds->in_use = false;
	heap_kernel_free(arch->fault);
	heap_kernel_free(arch);
}

int thread_adopt_first(struct k_thread *thread, const char *name)
{
	memset(thread, 0, sizeof(*thread));
	thread->arch = arch_new(thread, 0);
	if (!thread->arch)
		return -ENOMEM;
	thread->arch->alt_stack = fault_supervisor_alt_stack();
	thread->base.prio = -1;
	k_thread_name_set(thread, name);
	if (object_add(thread, K_OBJ_THREAD, false)) {
		thread->arch->alt_stack = NULL;
		threads[thread->arch->index] = NULL;
		arch_delete(thread->arch);
		return -ENOMEM;
	}
	object_set_initialised(thread, true);
	k_mem_domain_add_thread(&k_mem_domain_default, thread);
	z_tls_thread = thread;
	sched_note_host(thread->arch, arch_gettid());
	z_board->supervisor_tls = (uintptr_t)__builtin_thread_pointer();
	thread_prepare_to_wait();
	fault_use_alt_stack(thread->arch->alt_stack, stack_alt_size());
	sched_init(thread);
	return 0;
}

void thread_forget_first(struct k_thread *thread)
{
	fault_restore_alt_stack();
	thread->arch->alt_stack = NULL;
	threads[thread->arch->index] = NULL;
	object_remove(thread);
	if (thread->mem_domain_info.mem_domain)
		thread->mem_domain_info.mem_domain->members--;
	arch_delete(thread->arch);
	thread->arch = NULL;
	z_tls_thread = NULL;
	sched_exit();
}

void thread_leaves(struct z_thread_arch *arch)
{
	arch->next_zombie = zombies;
	zombies = arch;
}

static void reap(struct z_thread_arch *arch)
{
	struct k_thread *thread = arch->thread;

	/* The C library links the records of all threads, on their host stacks, in one list. */
	protect_open_all();
	if (!arch->abandoned)
		pthread_join(arch->host, NULL);
	arch->host_made = false;

	object_set_initialised(thread, false);
	if (arch->stack)
		arch->stack_unused = stack_unused(arch->stack);
	arch->stack = NULL;
	if (arch->holds) {
		arch->holds->in_use = false;
		object_set_initialised(stack_object(arch->holds), false);
		object_unref_check(stack_object(arch->holds));
	}
	arch->holds = NULL;
	if (thread->mem_domain_info.mem_domain)
		thread->mem_domain_info.mem_domain->members--;
	thread->mem_domain_info.mem_domain = NULL;
	threads[arch->index] = NULL;
	promised[arch->index] = NULL;
	/* What is left of the record (the fault, the figures) stays for the object's owner, until the
	 * thread object is used again or freed. */
	free_stacks(arch);
	protect_view_changed();
	/* Last, as the thread object itself may go, and the record with it. */
	object_thread_gone(arch->index);
}

void thread_reap(void)
{
	while (zombies) {
		struct z_thread_arch *arch = zombies;

		zombies = arch->next_zombie;
		reap(arch);
	}
}

void thread_abort_others(void)
{
	for (size_t i = 0; i < BOARD_MAX_THREADS; i++) {
		if (!threads[i] || threads[i] == sched_current)
			continue;
		/* The board stops: no longer needed. */
		threads[i]->base.user_options &= (uint8_t)~K_ESSENTIAL;
		z_impl_k_thread_abort(threads[i]);
	}
}

void thread_forget_all(void)
{
	while (records)
		arch_delete(records);
	memset(threads, 0, sizeof(threads));
	memset(promised, 0, sizeof(promised));
	zombies = NULL;
}

/* The record of the thread that used this object before, if it was one. */
void thread_object_free(struct k_thread *thread)
{
	struct z_thread_arch *arch = records;

	while (arch && (arch->thread != thread || arch->host_made))
		arch = arch->next_record;
	if (arch)
		arch_delete(arch);
	thread->arch = NULL;
}

k_tid_t z_impl_k_thread_create(struct k_thread *new_thread, k_thread_stack_t *stack_low,
			       size_t stack_size, k_thread_entry_t entry, void *p1, void *p2,
			       void *p3, int prio, uint32_t options, k_timeout_t delay)
{
	struct stack *stack = stack_open(stack_low);
	struct k_thread *self = sched_current;
	struct z_thread_arch *arch;
	size_t kernel_stack_size;

	if (!stack || stack->in_use || stack_size > stack->size || thread_is_live(new_thread) ||
	    (options & K_USER && stack->kernel_only))
		return NULL;
	if (options & K_USER)
		kernel_stack_size = PRIVILEGED_STACK_SIZE;
	else
		kernel_stack_size = ROUND_UP(stack->size, PAGE_SIZE) + SUPERVISOR_EXTRA +
				    (stack_host_size() > 65536 ? stack_host_size() : 0);
	protect_open_all();
	thread_object_free(new_thread);
	memset(new_thread, 0, sizeof(*new_thread));
	arch = arch_new(new_thread, kernel_stack_size);
	if (!arch)
		return NULL;
	arch->entry = entry;
	arch->p[0] = p1;
	arch->p[1] = p2;
	arch->p[2] = p3;
	if (options & K_USER || stack->user) {
		arch->stack = stack;
		if (user_storage_is_apart()) {
			arch->host_stack =
				heap_alloc(heap_kernel, user_storage_host_size(), PAGE_SIZE);
			if (!arch->host_stack)
				goto fail;
		}
	} else {
		arch->alt_stack = heap_alloc(heap_kernel, stack_alt_size(), PAGE_SIZE);
		if (!arch->alt_stack)
			goto fail;
		arch->alt_stack_id = track_stack_new(arch->alt_stack,
						     (char *)arch->alt_stack + stack_alt_size());
	}
	new_thread->arch = arch;
	new_thread->base.user_options = (uint8_t)options;
	new_thread->base.prio = (int8_t)prio;
	new_thread->base.cpu = self->base.cpu;
	new_thread->base.state = THREAD_DORMANT;
	new_thread->stack_info.start = stack->low;
	new_thread->stack_info.size = stack->size;
	new_thread->resource_pool = self->resource_pool;
	host_thread_owner_set(new_thread, thread_owner(self));
	if (!object_is(new_thread, K_OBJ_THREAD) && object_add(new_thread, K_OBJ_THREAD, false))
		goto fail;
	if (host_thread_create(arch))
		goto fail;

	arch->holds = stack;
	stack->in_use = true;
	object_set_initialised(new_thread, true);
	object_set_initialised(stack_object(stack), true);
	object_grant(new_thread, arch->index);
	if (options & K_INHERIT_PERMS)
		object_inherit(self->arch->index, arch->index, self);
	k_mem_domain_add_thread(self->mem_domain_info.mem_domain, new_thread);
	if (!delay.ticks) {
		sched_ready(new_thread);
		sched_preempt();
	} else if (delay.ticks > 0) {
		if (__builtin_add_overflow(z_board_page.now, delay.ticks, &arch->wake_at))
			arch->wake_at = K_TICKS_FOREVER;
		sched_ready(new_thread);
		sched_delay(new_thread);
	}
	return new_thread;

fail:
	threads[arch->index] = NULL;
	arch->stack = NULL;
	arch_delete(arch);
	new_thread->arch = NULL;
	return NULL;
}

void z_impl_k_thread_abort(k_tid_t thread)
{
	bool essential;

	if (!thread_is_live(thread) || (thread != sched_current && !thread->arch->host_made))
		return;
	/* Not the object's own: the object may be gone when its thread has ended. */
	essential = thread->base.user_options & K_ESSENTIAL;
	if (k_is_in_isr()) {
		/* It ends when it is chosen next: an interrupt switches no threads. */
		thread->arch->abort_wanted = true;
		thread->arch->suspended = false;
		cores_bring_in(thread);
		if (thread->base.state != THREAD_READY && thread->base.state != THREAD_RUNNING)
			sched_wake_thread(thread, -EINTR);
	} else if (thread != sched_current) {
		cores_bring_in(thread);
		sched_forget(thread);
		thread->arch->abort_wanted = true;
		/* It leaves its own stack before anybody else runs. */
		sched_run_to_end(thread);
		thread_reap();
	}
	if (thread == sched_current && !k_is_in_isr() && thread->arch->guarded)
		z_fatal(K_ERR_KERNEL_OOPS, "it aborts the thread that all LL modules run on");
	if (essential)
		z_fatal(K_ERR_KERNEL_PANIC, ESSENTIAL_ENDED);
	if (thread == sched_current && !k_is_in_isr())
		thread_end();
}

void k_thread_abort(k_tid_t thread)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_THREAD_ABORT, (uintptr_t)thread);
	else
		z_impl_k_thread_abort(thread);
}

int z_impl_k_thread_join(k_tid_t thread, k_timeout_t timeout)
{
	if (!thread_is_live(thread))
		return 0;
	if (!timeout.ticks)
		return -EBUSY;
	if (thread == sched_current || thread->arch->waits_on == &sched_current->arch->joiners)
		return -EDEADLK;
	return sched_wait(&thread->arch->joiners, timeout);
}

int k_thread_join(k_tid_t thread, k_timeout_t timeout)
{
	if (k_is_user_context())
		return (int)syscall2(K_SYSCALL_K_THREAD_JOIN, (uintptr_t)thread,
				     (uintptr_t)timeout.ticks);
	return z_impl_k_thread_join(thread, timeout);
}

k_tid_t k_current_get(void)
{
	/* A module can write to its word, and the kernel goes by its own. */
	return z_tls_thread && !z_tls_user ? sched_current : z_tls_thread;
}

int k_thread_stack_space_get(const struct k_thread *thread, size_t *unused)
{
	if (!thread || !thread->arch || !(thread->base.user_options & K_USER))
		return -EINVAL;
	if (thread->arch->stack_overflowed)
		*unused = 0;
	else
		*unused = thread->arch->stack ? stack_unused(thread->arch->stack) :
						thread->arch->stack_unused;
	return 0;
}

int k_thread_runtime_stats_get(k_tid_t thread, k_thread_runtime_stats_t *stats)
{
	if (!thread || !thread->arch || !stats)
		return -EINVAL;
	stats->execution_cycles = thread->arch->run_ns;
	stats->total_cycles = thread->arch->run_ns;
	return 0;
}

const struct host_fault *host_thread_fault(const struct k_thread *thread)
{
	return thread && thread->arch ? thread->arch->fault : NULL;
}
