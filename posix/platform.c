/* SPDX-License-Identifier: BSD-3-Clause */
#include <host/platform.h>

#include "arch/arch.h"
#include "arena.h"
#include "board.h"
#include "call_storage.h"
#include "cores.h"
#include "counters.h"
#include "denied.h"
#include "fault.h"
#include "guarded_call.h"
#include "heap.h"
#include "host_memory.h"
#include "image.h"
#include "object.h"
#include "protect.h"
#include "scheduler.h"
#include "shared_heap.h"
#include "stack.h"
#include "static_data.h"
#include "syscall.h"
#include "syscall_guard.h"
#include "thread.h"
#include "track.h"
#include "userspace.h"
#include "watchdog.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>

#define SUPERVISOR_STACK_SIZE	    ((size_t)1 << 20)
#define SUPERVISOR_STACK_SIZE_SMALL ((size_t)256 << 10)

struct host_counters counters;
struct host_denied denied;

static struct {
	bool standing;
	struct k_thread supervisor;
	int (*fn)(void *arg);
	void *arg;
	int result;
	int setup;
	int cpu;	  /* CPU that the supervisor is pinned to; -1: any */
	sigset_t signals; /* of the main thread */
} board;

/* Some hosts deny these guards: probe before a module runs. */
static int try_guards(enum host_isolation isolation)
{
	memset(&denied, 0, sizeof(denied));
	syscall_guard_try();
	watchdog_try();
	return isolation == HOST_ISOLATION_REQUIRED &&
			       (denied.syscall_dispatch || denied.watchdog) ?
		       -ENOTSUP :
		       0;
}

int host_init(const struct host_config *config)
{
	int ret;

	if (board.standing)
		return -EALREADY;
	if (config->cores > CONFIG_MP_MAX_NUM_CPUS)
		return -EINVAL;
	ret = board_page_init();
	if (ret)
		return ret;
	host_memory_tune();
	memset(&counters, 0, sizeof(counters));
	z_board->log_level = config->log_level;
	ret = image_init(config->isolation != HOST_ISOLATION_NONE);
	if (!ret)
		ret = static_data_restore();
	if (!ret)
		ret = arena_init();
	if (ret)
		return ret;
	ret = heap_kernel_init();
	if (ret)
		goto no_heap;
	ret = protect_init(config->isolation);
	if (ret)
		goto no_protection;
	watchdog_init(config->watchdog_ms);
	ret = try_guards(config->isolation);
	if (ret)
		goto no_objects;
	cores_init(config->cores, z_board_page.backend->parallel);
	ret = object_init();
	if (ret)
		goto no_objects;
	ret = shared_heap_init();
	if (ret)
		goto no_shared_heap;
	ret = userspace_init(config->guard_heaps);
	if (ret)
		goto no_userspace;
	ret = fault_init(config->on_fault);
	if (ret)
		goto no_faults;
	syscall_register_kernel();
	board.standing = true;
	return 0;

no_faults:
	userspace_exit();
no_userspace:
	shared_heap_exit();
no_shared_heap:
	object_exit();
no_objects:
	protect_exit();
no_protection:
	heap_kernel_exit();
no_heap:
	arena_exit();
	return ret;
}

size_t host_exit(void)
{
	size_t left;

	if (!board.standing)
		return 0;
	board.standing = false;
	fault_exit();
	guarded_calls_forget();
	userspace_exit();
	left = shared_heap_exit();
	object_exit();
	thread_forget_all();
	stack_forget_all();
	heap_forget_freed(heap_kernel);
	left += heap_blocks(heap_kernel);
	protect_exit();
	heap_kernel_exit();
	arena_exit();
	return left;
}

static uintptr_t call_fn(void *arg)
{
	board.result = board.fn(board.arg);
	return 1;
}

static void supervise(void)
{
	struct z_thread_arch *arch;
	uintptr_t here = ((uintptr_t)__builtin_frame_address(0) - 4096) & ~(uintptr_t)63;

	board.setup = thread_adopt_first(&board.supervisor, "supervisor");
	if (board.setup)
		return;
	arch = board.supervisor.arch;
	board.setup = host_memory_scan();
	if (!board.setup && !arch_call_on_stack(here, call_fn, NULL, &arch->base_sp))
		board.result = -EFAULT; /* a fault in supervisor code ended it */
	thread_abort_others();
	protect_open_all();
	host_memory_forget();
	thread_forget_first(&board.supervisor);
}

/* Pin all threads of the core to the current CPU of the main thread: a switch then costs a tenth.
 * Threads inherit the pinning from the supervisor. */
static void pin_supervisor(void)
{
	cpu_set_t set;

	if (board.cpu < 0)
		return;
	CPU_ZERO(&set);
	CPU_SET(board.cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		denied.affinity = errno;
}

static void *supervisor_main(void *arg)
{
	/* The main thread may still be on its way out of pthread_create(), and its stack is about to
	 * be closed: go on once it waits without touching any memory. */
	arch_baton(NULL, &z_board_page.main_waits);
	track_baton_acquire(&z_board_page.main_waits);
	pin_supervisor();
	call_storage_source((uintptr_t)__builtin_frame_address(0), (uintptr_t)arg);
	supervise();
	track_baton_release(&z_board_page.main_goes_on);
	arch_baton(&z_board_page.main_goes_on, NULL);
	return NULL;
}

int host_run(int (*fn)(void *arg), void *arg, int *result)
{
	size_t stack_size =
		track_small_regions() ? SUPERVISOR_STACK_SIZE_SMALL : SUPERVISOR_STACK_SIZE;
	pthread_attr_t attr;
	pthread_t thread;
	unsigned int stack_id, stacks;
	sigset_t all;
	void *stack;
	int ret;

	if (!board.standing)
		return -EINVAL;
	if (stack_size < 2 * stack_host_size())
		stack_size = 2 * stack_host_size();
	stack = heap_alloc(heap_kernel, stack_size, PAGE_SIZE);
	if (!stack)
		return -ENOMEM;
	heap_label(heap_kernel, stack, "kernel stack");
	stack_id = track_stack_new(stack, (char *)stack + stack_size);
	board.fn = fn;
	board.arg = arg;
	board.result = 0;
	pthread_attr_init(&attr);
	ret = pthread_attr_setstack(&attr, stack, stack_size);
	board.cpu = sched_getcpu();
	cores_choose_cpus(board.cpu);
	/* This thread's stack will be closed: signals that have no handler on another stack must wait. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &board.signals);
	if (!ret) {
		pthread_attr_setsigmask_np(&attr, &board.signals);
		thread_prepare_to_wait();
		stacks = track_thread_creating();
		ret = pthread_create(&thread, &attr, supervisor_main, (char *)stack + stack_size);
		track_thread_created(stacks);
	}
	if (!ret) {
		fault_accept_signals(&all);
		pthread_sigmask(SIG_SETMASK, &all, NULL);
		track_baton_release(&z_board_page.main_waits);
		arch_baton(&z_board_page.main_waits, &z_board_page.main_goes_on);
		track_baton_acquire(&z_board_page.main_goes_on);
		pthread_join(thread, NULL);
		fault_restore_alt_stack();
	}
	pthread_sigmask(SIG_SETMASK, &board.signals, NULL);
	pthread_attr_destroy(&attr);
	track_stack_delete(stack_id);
	track_stack_abandoned(stack, stack_size);
	heap_kernel_free(stack);
	if (ret)
		return -ret;
	if (board.setup)
		return board.setup;
	if (result)
		*result = board.result;
	return 0;
}

void host_counters_get(struct host_counters *out)
{
	*out = counters;
}

void host_denied_get(struct host_denied *out)
{
	*out = denied;
}

unsigned int host_threads_max(void)
{
	return BOARD_MAX_THREADS - 1;
}

int host_log_level(int level)
{
	int before = z_board_page.log_level;

	z_board->log_level = level;
	return before;
}
