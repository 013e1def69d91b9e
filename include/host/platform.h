/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file host/platform.h
 * \brief The host board: start it, run code on its virtual core, stop it.
 *
 * Everything SOF code calls lives behind Zephyr's and SOF's own headers. This header is for the
 * program around it (the testbench, a unit test): it decides what kind of board there is.
 *
 * Calling mode: every function is for the program's main thread, with no board thread running,
 * unless it says otherwise.
 */
#ifndef HOST_PLATFORM_H
#define HOST_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** How user threads are kept out of memory that their domain does not grant. */
enum host_isolation {
	HOST_ISOLATION_AUTO,	 /**< the first backend that works here */
	HOST_ISOLATION_PKEY,	 /**< memory protection keys, where the CPU has them */
	HOST_ISOLATION_MPROTECT, /**< mprotect() when a user thread is entered and left */
	HOST_ISOLATION_NONE,	 /**< nothing is closed: to measure against */
	HOST_ISOLATION_REQUIRED, /**< as AUTO, but -ENOTSUP where only NONE would work, or where the
				  * host denies a guard (host_denied_get()) */
};

/** What happens to a user thread that faulted, or to a guarded call (guarded_call.h), once the fault
 * has been reported. */
enum host_on_fault {
	HOST_ON_FAULT_STOP,  /**< the thread dies; the program ends the run */
	HOST_ON_FAULT_MUTE,  /**< the thread dies; the run goes on without it */
	HOST_ON_FAULT_ABORT, /**< the access is repeated without a handler: core dump at its line */
	/** The one access is let through, the memory is closed again, the thread goes on: one run
	 * tells all faults. What can't be let through (nothing is mapped there, an oops, the
	 * watchdog) ends the thread. */
	HOST_ON_FAULT_CONTINUE,
};

struct host_config {
	enum host_isolation isolation;
	enum host_on_fault on_fault;
	unsigned int watchdog_ms; /**< CPU time one call into a module may take; 0: no limit */
	bool guard_heaps;	  /**< each block of a module heap ends at a closed page */
	/** Virtual cores, 0: one; at most CONFIG_MP_MAX_NUM_CPUS. Threads of different cores run at
	 * the same time where the backend can keep them apart (host_cores_parallel()), else in turn. */
	unsigned int cores;
	int log_level; /**< enum LOG_LEVEL_*: messages above it are dropped */
};

/**
 * Build the board: arena, kernel heap, shared-buffer heap, protection backend, fault handlers.
 *
 * \return 0; -EALREADY when it stands already; -EINVAL: so many cores there can't be; -ENOTSUP when the isolation asked for is not to be
 *         had; -ENOMEM when the host has no address space left.
 */
int host_init(const struct host_config *config);

/**
 * Take the board down. All threads have ended and all memory has been given back by then;
 * what has not is counted.
 *
 * \return number of kernel and shared-buffer heap blocks that nobody freed.
 */
size_t host_exit(void);

/** Name of the active protection backend: "pkey", "mprotect" or "none". Any thread, any mode. */
const char *host_isolation_name(void);

/** True when the active backend closes memory. Any thread, any mode. */
bool host_isolated(void);

/** Virtual cores of the board. Any thread, supervisor mode. */
unsigned int host_cores(void);

/** They run user threads at the same time: with "pkey" and "none", and more than one core. With
 * "mprotect" rights are those of the whole process, so one thread runs at a time. Results are the
 * same. As host_cores(). */
bool host_cores_parallel(void);

/**
 * Run \p fn on the virtual core's supervisor thread and wait for it.
 *
 * All SOF and Zephyr calls are made from inside \p fn: it is the firmware's main(). The thread is
 * pinned to one CPU together with all user threads of its core.
 *
 * \return 0 with \p fn's value in \p result (may be NULL); -errno when the thread can't be made.
 */
int host_run(int (*fn)(void *arg), void *arg, int *result);

/**
 * The host's own memory (C heap, main stack, libraries) is open until a user thread first runs
 * and is closed from then on, until supervisor code asks for it here. It stays open until the
 * next user thread runs. Cheap when it is open already. Supervisor mode only.
 *
 * Call it before anything that allocates with malloc() or calls a library other than libc.
 */
void host_memory_open(void);

/**
 * Times that supervisor code touched memory which was closed to it. Each was mended by opening
 * the memory, and each is a defect of the core: zero in a run that is right.
 */
unsigned int host_stray_supervisor_accesses(void);

enum host_heap_kind {
	HOST_HEAP_MODULE, /**< a module's, or a domain's */
	HOST_HEAP_SHARED, /**< audio data between domains */
	HOST_HEAP_KERNEL,
	HOST_HEAP_BOARD, /**< the board's address space, which regions of memory are made in */
};

/** An allocation that failed for lack of room. Sizes in bytes, with the heap's own overhead. */
struct host_heap_shortage {
	enum host_heap_kind kind;
	char name[64];	  /**< of a module's heap: its domain's */
	size_t asked;	  /**< of the allocation; 0: none failed */
	size_t available; /**< free at that time, contiguous or not */
	size_t size;	  /**< of the whole heap */
	size_t needed;	  /**< heap size that would have sufficed up to this allocation */
};

/** The last shortage since host_heap_shortage_forget(). Supervisor mode. \return false: none */
bool host_heap_shortage(struct host_heap_shortage *out);
void host_heap_shortage_forget(void);

/**
 * Make the shared-buffer heap at least \p bytes large. Main thread, after host_init() and before
 * anything is allocated in it. \return 0; -EBUSY: it is in use; -ENOMEM: there is no heap any more
 */
int host_shared_heap_reserve(size_t bytes);

/** One printable message: control characters are escaped as in C. */
struct host_log_line {
	char text[256]; /**< "" when there was none */
};

struct k_thread;

/** A module instance whose code a thread runs. */
struct host_module_call {
	const char *instance;		 /**< "gain.1" */
	const char *call;		 /**< function that runs, or ran last: "process()" */
	struct host_log_line last_error; /**< last error that the thread logged for the instance */
	bool told; /**< out: a call on a supervisor thread was reported as a stall */
};

/**
 * \p thread (NULL: the caller) runs code of the instance in \p call from now on (NULL: of none).
 * Its errors are kept in \p call, whether messages are printed or not. Supervisor mode.
 *
 * \return the previous value
 */
struct host_module_call *host_module_call_set(struct k_thread *thread,
					      struct host_module_call *call);

/** What the host denied, as errno values; 0: nothing denied. The board then works with less. */
struct host_denied {
	int syscall_dispatch; /**< Linux system calls of user threads are not caught */
	int watchdog;	      /**< calls into some user threads have no time limit */
	int affinity;	      /**< threads of a core are not kept on one CPU: slower */
	int threads;	      /**< a thread could not be made */
	/** Linux system calls of user threads are caught; never with "none" or a memory checker. */
	bool syscalls_caught;
};

/** State since host_init(), which probes the first two. Valid also after host_init() failed. */
void host_denied_get(struct host_denied *out);

/** Maximum number of threads beside the program's own: one for each DP module. */
unsigned int host_threads_max(void);

/** Drop messages above \p level (enum LOG_LEVEL_*) from now on. \return the level until now */
int host_log_level(int level);

/** System calls, switches and protection changes made so far, for benchmarks and summaries. */
struct host_counters {
	uint64_t thread_switches; /**< baton passed from one thread to another */
	uint64_t user_entries;	  /**< drops from supervisor to user mode */
	uint64_t syscalls;	  /**< calls through the gate */
	uint64_t protections;	  /**< mprotect() and pkey_mprotect() calls */
};
void host_counters_get(struct host_counters *out);

#endif /* HOST_PLATFORM_H */
