/* SPDX-License-Identifier: BSD-3-Clause */
#include "protect.h"
#include "app_partition.h"
#include "arena.h"
#include "arch/arch.h"
#include "board.h"
#include "cores.h"
#include "counters.h"
#include "guarded_call.h"
#include "heap.h"
#include "host_memory.h"
#include "stack.h"
#include "scheduler.h"
#include "syscall_guard.h"
#include "thread.h"
#include "track.h"
#include "fault.h"

#include <string.h>
#include <sys/mman.h>

#define OPEN_MAX 1152 /* more than the maximum number of regions */

struct range {
	uintptr_t start;
	size_t size;
	int prot;
};

static struct {
	struct range open[OPEN_MAX]; /* region memory that is not closed now */
	size_t open_count;
	const struct k_thread *view_of; /* the open list is right for this thread ... */
	bool changed;			/* ... unless something changed since */
	bool variables_closed;		/* partitions of variables are, in part */
	unsigned int strays;
} protect;

/* The gate's stack while no user thread runs. Supervisor code makes no system calls through the gate,
 * unless a module overwrote the thread-local variable that tells the modes apart. */
static uint8_t stray_stack[16 << 10] __attribute__((aligned(64)));

static const struct protect_thread_rights *thread_rights(void)
{
	return z_board_page.backend ? z_board_page.backend->thread_rights : NULL;
}

static int probe(const struct protect_backend *backend)
{
	int ret = backend->probe();

	if (ret)
		return ret;
	z_board->backend = backend;
	z_board->gate.start = (uintptr_t)z_kernel_data_start;
	protect_kernel_grown();
	return 0;
}

void protect_kernel_grown(void)
{
	const struct protect_backend *backend = z_board_page.backend;

	z_board->gate.size = backend && backend->closes_kernel ?
				     z_board_page.kernel_end - (uintptr_t)z_kernel_data_start :
				     0;
}

static void gate_shut(struct arch_core *core)
{
	core->kernel_sp = (uintptr_t)stray_stack + sizeof(stray_stack);
	core->kernel_tp = 0;
}

bool protect_gate_was_shut(void)
{
	return (uintptr_t)__builtin_frame_address(0) - (uintptr_t)stray_stack < sizeof(stray_stack);
}

int protect_init(enum host_isolation isolation)
{
	int ret;

	memset(&protect, 0, sizeof(protect));
	memset(arch_cores, 0, CONFIG_MP_MAX_NUM_CPUS * sizeof(arch_cores[0]));
	for (size_t i = 0; i < CONFIG_MP_MAX_NUM_CPUS; i++)
		gate_shut(&arch_cores[i]);
	z_board->gate.hole_count = 0;
	z_board->gate.fs_by =
		track_owns_host_memory() ? ARCH_FS_BY_SYSCALL : arch_find_thread_pointer_by();
	z_board->gate.checker = track_owns_host_memory();
	protect.changed = true;
	z_board->kernel_end = heap_kernel_end();
	if (isolation == HOST_ISOLATION_NONE)
		return probe(&protect_none);
	if (isolation != HOST_ISOLATION_MPROTECT) {
		ret = probe(&protect_pkey);
		if (!ret || isolation == HOST_ISOLATION_PKEY)
			return ret;
	}
	ret = probe(&protect_mprotect);
	if (ret && isolation == HOST_ISOLATION_AUTO)
		ret = probe(&protect_none);
	return ret;
}

void protect_exit(void)
{
	const struct protect_thread_rights *own = thread_rights();

	protect_open_all();
	if (own)
		own->give_up();
	memset(&protect, 0, sizeof(protect));
	z_board->backend = NULL;
	z_board->gate.size = 0;
	z_board->gate.cores = 0;
}

const char *host_isolation_name(void)
{
	return z_board_page.backend ? z_board_page.backend->name : "none";
}

bool host_isolated(void)
{
	return z_board_page.backend && z_board_page.backend->isolates;
}

unsigned int host_stray_supervisor_accesses(void)
{
	return protect.strays;
}

static bool covers(uintptr_t start, size_t size, const struct range *inner)
{
	return inner->start >= start && inner->start - start <= size &&
	       inner->size <= size - (inner->start - start);
}

static bool overlaps(const struct range *range, uintptr_t start, size_t size)
{
	return range->start < start + size && start < range->start + range->size;
}

static int user_prot(k_mem_partition_attr_t attr)
{
	return (attr & K_MEM_PARTITION_USER_READ ? PROT_READ : 0) |
	       (attr & K_MEM_PARTITION_USER_WRITE ? PROT_WRITE : 0);
}

static void remark_heap(struct heap *heap, void *arg)
{
	const struct range *range = arg;

	if (heap_needs_remark(heap) && overlaps(range, heap_start(heap), 1))
		heap_remark(heap);
}

void protect_remark(uintptr_t start, size_t size)
{
	struct range range = { start, size, 0 };

	heap_for_each(remark_heap, &range);
}

static int set(uintptr_t start, size_t size, int prot)
{
	int ret = z_board_page.backend->set(start, size, prot);

	counters.protections++;
	if (!ret && prot != PROT_NONE)
		protect_remark(start, size);
	return ret;
}

static void open_range(uintptr_t start, size_t size, int prot)
{
	struct range range = { start, size, prot };

	for (size_t i = 0; i < protect.open_count;) {
		if (overlaps(&protect.open[i], start, size))
			protect.open[i] = protect.open[--protect.open_count];
		else
			i++;
	}
	if (set(start, size, prot))
		return;
	/* What is not listed would never be closed again, so it must not stay open. */
	if (protect.open_count < OPEN_MAX)
		protect.open[protect.open_count++] = range;
	else
		set(start, size, PROT_NONE);
}

static void close_at(size_t index)
{
	struct range *range = &protect.open[index];

	set(range->start, range->size, PROT_NONE);
	*range = protect.open[--protect.open_count];
}

static const struct range *find_open(uintptr_t start, size_t size)
{
	struct range wanted = { start, size, 0 };

	for (size_t i = 0; i < protect.open_count; i++)
		if (covers(protect.open[i].start, protect.open[i].size, &wanted))
			return &protect.open[i];
	return NULL;
}

void protect_open(uintptr_t start)
{
	const struct arena_region *region = arena_find(start);
	const struct range *open;

	if (!region || !host_isolated() || thread_rights())
		return;
	open = find_open(region->start, region->size);
	if (open && open->prot == (PROT_READ | PROT_WRITE))
		return;
	open_range(region->start, region->size, PROT_READ | PROT_WRITE);
	protect.changed = true;
}

void protect_open_thread(const struct k_thread *thread)
{
	uintptr_t low;
	size_t size;

	if (thread->arch->stack)
		protect_open(thread->arch->stack->low);
	if (guarded_call_stack(thread->arch, &low, &size))
		protect_open(low);
}

void protect_region_new(uintptr_t start, size_t size)
{
	if (!host_isolated())
		return;
	if (thread_rights())
		thread_rights()->region_new(start, size);
	else
		open_range(start, size, PROT_READ | PROT_WRITE);
	protect.changed = true;
}

void protect_region_gone(uintptr_t start, size_t size)
{
	heap_forget_range(start, size);
	protect_rights_taken();
	if (thread_rights())
		thread_rights()->region_gone(start, size);
	for (size_t i = 0; i < protect.open_count;) {
		if (overlaps(&protect.open[i], start, size))
			protect.open[i] = protect.open[--protect.open_count];
		else
			i++;
	}
	protect.changed = true;
}

void protect_view_changed(void)
{
	protect.changed = true;
}

void protect_rights_taken(void)
{
	protect.changed = true;
	cores_bring_in(NULL);
}

static bool is_stray(uintptr_t pc)
{
	return !sched_current->arch->guarded || host_memory_is_firmware_code(pc);
}

bool protect_mend(uintptr_t address, uintptr_t pc)
{
	const struct arena_region *region = arena_find(address);

	if (!host_isolated() || thread_rights())
		return false;
	if (host_memory_mend(address)) {
		protect.strays += is_stray(pc);
		return true;
	}
	if (!region || find_open(region->start, region->size))
		return false;
	protect.strays += is_stray(pc);
	protect_open(address);
	return true;
}

void protect_open_all(void)
{
	struct arena_region *region;

	if (!host_isolated())
		return;
	for (size_t i = 0; (region = arena_at(i)) != NULL; i++)
		protect_open(region->start);
	host_memory_open();
}

/* The view of a user thread: its domain's partitions, and its stack as one more. */
static size_t view(const struct k_thread *thread, struct k_mem_partition *parts)
{
	const struct k_mem_domain *domain = thread->mem_domain_info.mem_domain;
	const struct stack *stack = thread->arch->stack;
	size_t count = 0;

	for (size_t i = 0; domain && i < CONFIG_MAX_DOMAIN_PARTITIONS; i++)
		if (domain->partitions[i].size)
			parts[count++] = domain->partitions[i];
	if (stack)
		parts[count++] =
			(struct k_mem_partition){ stack->low,
						  stack->region_is_ours ? stack->region->size :
									  stack_extent(stack),
						  K_MEM_PARTITION_P_RW_U_RW };
	return count;
}

static bool in_kernel(uintptr_t start)
{
	return start >= (uintptr_t)z_kernel_data_start && start < z_board_page.kernel_end;
}

/* The partition that lies inside an open range larger than itself, or NULL. */
static const struct k_mem_partition *inside(const struct range *range,
					    const struct k_mem_partition *parts, size_t count)
{
	for (size_t p = 0; p < count; p++) {
		struct range inner = { parts[p].start, parts[p].size, 0 };

		if (user_prot(parts[p].attr) && covers(range->start, range->size, &inner))
			return &parts[p];
	}
	return NULL;
}

/* Close all of an open range but one part: what stays open is never closed in between, as the
 * calling thread's own stack may be in it. */
static void trim_range(size_t index, const struct k_mem_partition *part)
{
	struct range *range = &protect.open[index];
	uintptr_t end = range->start + range->size, part_end = part->start + part->size;

	if (part->start > range->start)
		set(range->start, part->start - range->start, PROT_NONE);
	if (part_end < end)
		set(part_end, end - part_end, PROT_NONE);
	if (range->prot != user_prot(part->attr))
		set(part->start, part->size, user_prot(part->attr));
	*range = (struct range){ part->start, part->size, user_prot(part->attr) };
}

static void apply(const struct k_mem_partition *parts, size_t count)
{
	for (size_t i = 0; i < protect.open_count;) {
		struct range *range = &protect.open[i];
		const struct k_mem_partition *part;
		int prot = 0;

		for (size_t p = 0; p < count; p++)
			if (covers(parts[p].start, parts[p].size, range))
				prot |= user_prot(parts[p].attr);
		part = prot ? NULL : inside(range, parts, count);
		if (part) {
			trim_range(i, part);
		} else if (!prot) {
			close_at(i);
			continue;
		} else if (prot != range->prot) {
			set(range->start, range->size, prot);
			range->prot = prot;
		}
		i++;
	}
	for (size_t p = 0; p < count; p++)
		if (user_prot(parts[p].attr) && arena_find(parts[p].start) &&
		    !find_open(parts[p].start, parts[p].size))
			open_range(parts[p].start, parts[p].size, user_prot(parts[p].attr));
}

static bool is_open(uintptr_t start, size_t size)
{
	const struct range *open = find_open(start, size);

	return open && open->prot == (PROT_READ | PROT_WRITE);
}

static bool open_variables(uintptr_t start, size_t size)
{
	protect_open(start);
	return true;
}

void protect_open_variables(void)
{
	if (!protect.variables_closed)
		return;
	protect.variables_closed = false;
	app_partitions_all(open_variables);
}

/* The thread's own rights, anew. Apart, as it is seldom needed and uses much stack. */
__attribute__((noinline)) static void view_anew(const struct k_thread *thread)
{
	const struct protect_thread_rights *own = thread_rights();
	const unsigned int index = thread->arch->index;
	struct k_mem_partition parts[CONFIG_MAX_DOMAIN_PARTITIONS + 1];

	while (!own->view(index, parts, view(thread, parts)))
		sched_wait_for_return();
}

__attribute__((noinline)) static void apply_view(const struct k_thread *thread)
{
	struct k_mem_partition parts[CONFIG_MAX_DOMAIN_PARTITIONS + 1];
	size_t count = view(thread, parts);
	struct arch_gate *gate = &z_board->gate;

	apply(parts, count);
	gate->hole_count = 0;
	for (size_t p = 0; p < count; p++)
		if (in_kernel(parts[p].start) && user_prot(parts[p].attr) &&
		    gate->hole_count < ARCH_HOLES_MAX)
			gate->holes[gate->hole_count++] = (struct arch_hole){
				parts[p].start,
				parts[p].size,
				user_prot(parts[p].attr),
			};
	protect.variables_closed = !app_partitions_all(is_open);
	protect.view_of = thread;
}

static void open_view(const struct k_thread *thread)
{
	const struct protect_thread_rights *own = thread_rights();
	const bool changed = protect.changed;

	protect.changed = false;
	if (own) {
		if (!own->recall(thread->arch->index, changed))
			view_anew(thread);
		return;
	}
	if (changed || protect.view_of != thread)
		apply_view(thread);
	counters.protections += 2 + z_board_page.gate.hole_count;
}

static unsigned int core_of(const struct k_thread *thread)
{
	return cores.parallel ? thread->base.cpu : 0;
}

struct arch_core *protect_core(const struct k_thread *thread)
{
	return &arch_cores[core_of(thread)];
}

/* Set the data that the gate uses when the thread leaves and enters user mode. */
static void set_up_gate(const struct k_thread *thread)
{
	struct arch_core *core = protect_core(thread);
	const struct z_thread_arch *arch = thread->arch;

	core->host_id = arch->host_id;
	core->kernel_sp = thread_privileged_stack(thread);
	core->kernel_tp = arch->kernel_tp;
	core->user_tp = arch->user_tp;
	core->again = &z_board_page.again[core_of(thread)];
	z_board->gate.cores = cores.parallel ? CONFIG_MP_MAX_NUM_CPUS : 0;
}

void protect_prepare_user(struct k_thread *thread)
{
	struct z_thread_arch *arch = thread->arch;

	counters.user_entries++;
	set_up_gate(thread);
	if (z_board_page.backend->isolates) {
		host_memory_close();
		open_view(thread);
	}
	/* A signal of the watchdog's acts from here on by itself; one that came before has not. */
	arch->user_mode = true;
	__asm__ volatile("" : : : "memory");
	if (arch->watchdog_fired) {
		arch->user_mode = false;
		arch->in_syscall = true;
		z_fatal(FAULT_REASON_WATCHDOG, "");
	}
	if (cores.parallel)
		sched_go_to_user();
	if (!arch->kernel_tp)
		z_tls_user = true;
	/* From here on the thread makes no Linux system calls except those of the gate. */
	z_board->catch[arch->index] = 1;
}

void protect_prepare_again(void)
{
	protect_left_user();
	sched_obey();
	protect_prepare_user(sched_current);
}

/* Memory closed here stays closed until the handler returns, except for its own stack. */
void protect_enter_user(const struct k_thread *thread)
{
	arch_kernel_close(protect_core(thread)->user_rights);
}

void protect_user_left(void)
{
	struct k_thread *thread = sched_current;

	thread->arch->user_mode = false;
	z_board->catch[thread->arch->index] = 0;
	z_board->again[core_of(thread)] = 0;
	if (cores.parallel)
		protect_core(thread)->host_id = 0;
	gate_shut(protect_core(thread));
	if (!thread->arch->kernel_tp)
		z_tls_user = false;
}

void protect_left_user(void)
{
	if (cores.parallel)
		sched_come_back();
	protect_user_left();
}

void protect_leave_user(void)
{
	arch_kernel_open();
	protect_left_user();
}

void protect_go_on(void *context)
{
	const struct protect_thread_rights *own = thread_rights();
	struct k_thread *self = sched_current;

	sched_obey();
	protect_prepare_user(self);
	if (own && !own->was_user(context)) {
		/* On its way in or out, with the supervisor's rights: it keeps them, and looks again
		 * before it is in user mode. */
		z_board->again[core_of(self)] = 1;
		return;
	}
	protect_resume(context, self);
	protect_enter_user(self);
}

void protect_resume(void *context, const struct k_thread *user)
{
	if (thread_rights())
		thread_rights()->resume(context, user ? protect_core(user)->user_rights :
							z_board_page.gate.supervisor);
}

/* Pages of a domain's partition that a heap in it keeps closed. */
static bool heaps_close(uintptr_t start, size_t size)
{
	const struct heap *first = heap_find(start), *last = heap_find(start + size - 1);

	return (first && heap_closes(first, start, size)) ||
	       (last && last != first && heap_closes(last, start, size));
}

bool protect_allows(const struct k_thread *thread, uintptr_t start, size_t size, bool write)
{
	struct k_mem_partition parts[CONFIG_MAX_DOMAIN_PARTITIONS + 1];
	size_t count = view(thread, parts);
	struct range wanted = { start, size, 0 };

	if (!size)
		return true;
	if (start + size < start)
		return false;
	for (size_t p = 0; p < count; p++) {
		int prot = user_prot(parts[p].attr);

		if ((prot & (write ? PROT_WRITE : PROT_READ)) &&
		    covers(parts[p].start, parts[p].size, &wanted))
			return !heaps_close(start, size);
	}
	return !write && host_memory_is_constant(start, size);
}
