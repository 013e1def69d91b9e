/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file scheduler.h
 * \brief Who runs, who waits, what time it is.
 *
 * Each thread is a host thread that waits for its baton while another runs. All switching happens
 * in supervisor mode: a user thread that blocks has come through the gate before. Nothing preempts
 * a running thread but what its own calls make ready; batch time moves only when all threads wait,
 * or one does so busily.
 *
 * Where virtual cores run side by side (cores.h) a thread in user mode runs without the kernel: who
 * goes there passes it on (sched_go_to_user()) and takes it again on the way back
 * (sched_come_back()). Who is made ready by another core's thread starts when that one blocks or
 * goes to user mode, if its own core is idle.
 *
 * Calling mode: supervisor, on the thread that holds the kernel, unless it says otherwise.
 */
#ifndef POSIX_SCHEDULER_H
#define POSIX_SCHEDULER_H

#include <host/fault.h>
#include <pthread.h>
#include <stdbool.h>
#include <time.h>
#include <zephyr/kernel.h>

enum thread_state {
	THREAD_DORMANT, /**< made, not started */
	THREAD_READY,
	THREAD_RUNNING,
	THREAD_WAITING,
	THREAD_SUSPENDED, /**< would be ready */
	THREAD_DEAD,
};

struct guarded_call;
struct stack;
struct host_module_call;

/** The host's part of a thread: kernel memory. */
struct z_thread_arch {
	struct k_thread *thread;
	unsigned int index;		/**< permission bit and baton word */
	const volatile uint32_t *baton; /**< the word it waits on, in z_board_page */
	pthread_t host;
	bool host_made;			   /**< the pthread exists and wants joining */
	struct z_thread_arch *next_zombie; /**< they wait for that */
	const volatile uint32_t
		*creator_baton; /**< passed back once the host thread waits for its own */
	bool started;		/**< its entry has been called */
	k_thread_entry_t entry;
	void *p[3];
	struct stack *stack;   /**< NULL: supervisor thread on memory of the kernel heap */
	struct stack *holds;   /**< the stack it was created with, in use while it lives */
	size_t stack_unused;   /**< of its user stack, once it has ended */
	bool stack_overflowed; /**< it ran off its user stack, even if the stack looks unused */
	struct z_thread_arch *next_record;
	void *kernel_stack; /**< supervisor thread's whole, user thread's privileged stack */
	size_t kernel_stack_size;
	unsigned int kernel_stack_id, alt_stack_id;
	uintptr_t base_sp; /**< arch_leave_stack() cookie that ends the thread */
	bool abort_wanted;

	struct k_thread *queue_next; /**< in a wait queue or the ready list */
	struct k_wait_q *waits_on;
	k_ticks_t wake_at; /**< K_TICKS_FOREVER: no timeout */
	int wake_result;
	uint32_t event_mask, event_got;
	bool event_clears, event_all;
	void *wake_data;	   /**< what a queue's waiter is handed */
	const void *futex;	   /**< the word it waits on, for its address only */
	bool suspended;		   /**< until k_thread_resume() */
	unsigned int sched_locked; /**< k_sched_lock() calls */
	bool irq_locked;	   /**< arch_irq_lock() */
	uint64_t ready_order;	   /**< first come among equals */
	struct k_wait_q joiners;

	int host_id; /**< the host's number of the thread */
	/** FS base in the two modes; 0 before it first enters user mode, and where one serves both. */
	uintptr_t kernel_tp, user_tp;
	void *host_stack; /**< for its host thread, in kernel memory; NULL: beside the user stack */
	bool abandoned;	  /**< its host thread can't end */
	bool user_mode;	  /**< the kernel's own record of the mode */
	/** Where cores run side by side, for its own signal handler: it is about to take the kernel, or
	 * about to have passed it on. */
	volatile bool taking, passing;
	bool in_syscall;
	uintptr_t syscall_pc, syscall_sp, syscall_fp;
	uint64_t run_ns, run_since;
	unsigned int fatal_reason; /**< what it last raised: K_ERR_* */
	struct host_fault *fault;  /**< what ended it, or NULL */
	timer_t watchdog;
	bool watchdog_made, watchdog_fired;
	bool watched;	       /**< watchdog_watch() was called */
	unsigned int overtime; /**< kernel thread of a module: expiries since it last waited */
	uintptr_t stepping_on; /**< the address it faulted on, while ... */
	bool stepping;	       /**< ... one instruction runs with all memory open */
	bool has_waited;       /**< since its watchdog was armed */
	unsigned int let_through; /**< accesses allowed so far (fault_step.h) */
	struct guarded_call *guarded; /**< the innermost call under way (guarded_call.h), or NULL */
	char owner[48];		      /**< the module instance it runs for, "": unknown */
	void *alt_stack;
	/** Set when all threads wait for ever and this thread's wait failed; cleared when it reads
	 * it. */
	bool deadlocked;
	struct host_module_call *module_call; /**< whose code it runs; NULL: the firmware's own */
};

/** Who holds the kernel. NULL: nobody does, for a moment or because there is no board. */
extern struct k_thread *sched_current;

/** Top of the stack a thread makes its system calls on. */
static inline uintptr_t thread_privileged_stack(const struct k_thread *thread)
{
	return (uintptr_t)thread->arch->kernel_stack + thread->arch->kernel_stack_size;
}

int sched_init(struct k_thread *first);
void sched_exit(void);

/** Put \p thread among the ready ones. */
void sched_ready(struct k_thread *thread);
/** Take a waiting or ready thread out of whatever list holds it. */
void sched_forget(struct k_thread *thread);
/** Give the core to the best ready thread; returns when the caller is chosen again. The caller has
 * been put in a list before, or never runs again. */
void sched_swap(void);
/**
 * Wait in \p queue (NULL: only for the time). Returns what sched_wake() gave, -EAGAIN on timeout,
 * -EBUSY at once with K_NO_WAIT.
 */
int sched_wait(struct k_wait_q *queue, k_timeout_t timeout);
/** Wake one waiter of \p queue, the best; NULL when there is none. */
struct k_thread *sched_wake(struct k_wait_q *queue, int result);
void sched_wake_thread(struct k_thread *thread, int result);
/** After sched_swap(): report the stall of a module that waited for ever on the supervisor's first
 * thread. */
void sched_look_for_deadlock(void);
/** Reschedule: run a ready thread of better priority if the caller can be preempted. The last step
 * of every call that makes a thread ready. */
void sched_preempt(void);
/** The waiting thread whose timeout comes first; of several at one time, who waited first. NULL: none. */
struct k_thread *sched_next_timeout(void);
/** Somebody could run before or beside the caller. */
bool sched_anyone_else(void);
bool sched_anyone_ready(void);
/** A ready thread is to start only at its wake_at. */
void sched_delay(struct k_thread *thread);
/** Its priority is another now. */
void sched_prio_set(struct k_thread *thread, int prio);
/** Its deadline changed. */
void sched_reorder(struct k_thread *thread);
/** Let \p thread, which is in no list and is about to end, run to its end. The caller continues
 * right after it, whichever other threads are ready. */
void sched_run_to_end(struct k_thread *thread);
/** The board is dead: its first thread runs next, and ends. */
void sched_end_board(void);
/** Pass the baton on for good; the caller is dead. With \p nobody, a word that is never set, it does
 * not return either. */
void sched_leave(const volatile uint32_t *nobody);

/** \name In and out of user mode, where cores run side by side @{ */
/** The thread goes there and is out: the kernel is another's when this returns. */
void sched_go_to_user(void);
/** It comes back; with supervisor's rights only. sched_obey() is due on a stack of the kernel's. */
void sched_come_back(void);
/** Do what others have asked of the thread while it was out. May not return. */
void sched_obey(void);
/** Wait until some thread comes back from user mode. */
void sched_wait_for_return(void);
/** @} */

/** \name Signal handlers @{ */
/** What a handler finds. */
enum sched_arrival {
	SCHED_NOT_RUNNING, /**< no board thread, or one that waits for its baton */
	SCHED_BETWEEN,	   /**< out, and in the kernel's last or first lines: it goes on at once */
	SCHED_HOLDS,	   /**< it held the kernel */
	SCHED_TAKEN,	   /**< it was out, and holds the kernel now */
};
/** A word in the open page says that this host thread may be running: no more than a hint. Any
 * rights. */
bool sched_may_run(int host_id);
/** What its own thread is about, and sched_current is that thread when it holds the kernel. With
 * supervisor's rights. \p who: the thread, NULL when it is not running. */
enum sched_arrival sched_arrive(int host_id, struct k_thread **who);
/** @} */

/** Give the record its baton; its index is set. */
void sched_new_baton(struct z_thread_arch *arch);
/** The calling host thread, which has this number, is this thread's. */
void sched_note_host(struct z_thread_arch *arch, int host_id);
#endif /* POSIX_SCHEDULER_H */
