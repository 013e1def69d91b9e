/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file firmware.h
 * \brief The kernel's books on modules, instances, connections and pipelines.
 *
 * All of it lies in the kernel heap, closed to user threads. What a DP module can write to
 * (struct module_memory, ring buffers) is reached through pointers kept here, and read only where
 * a wrong value can hurt nobody but the module.
 *
 * Supervisor mode, one thread at a time.
 */
#ifndef AUDIO_FIRMWARE_H
#define AUDIO_FIRMWARE_H

#include <host/audio.h>
#include <host/fault.h>
#include <rtos/alloc.h>
#include <sof/audio/buffer.h>
#include <sof/audio/component.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/audio/pipeline.h>
#include <sof/audio/ring_buffer.h>
#include <sof/list.h>

#include "buffer_view.h"
#include "module_call.h"
#include "module_process.h"
#include "stopwatch.h"

#define TICK_US 1000

/** What the adapter keeps in the module's own memory. */
struct module_memory {
	struct comp_driver drv;
	struct comp_dev dev;
	struct processing_module mod;
	struct mod_alloc_ctx alloc;
	struct module_ext_init_data ext;
	struct sof_ipc_stream_params stream_params;
	struct k_event *event; /**< DP: what its thread waits for; a handle, no memory of its own */
	struct module_call call;
	struct module_process_state process;
};

/** What a DP module sees of its pipeline that the board would run LL, where it may look at it: a copy
 * in its own memory, with the pipeline's ends. */
struct pipeline_copy {
	struct pipeline pipeline;
	struct comp_dev source, sink;
};

/** A kind of module. */
struct module_kind {
	struct list_item list;
	struct sof_module_desc desc;
};

/** A heap of a domain, with the stack of the first who got it beside it. */
struct domain_heap {
	struct list_item list;
	struct k_heap *heap;
	size_t size, reserved; /**< bytes; reserved: what its users asked for */
	unsigned int users;
};

/**
 * A memory domain: of one instance, or of all that share it. An instance asks for so many bytes of
 * heap and is given one with so much unreserved, or the domain gets one more, as large as the
 * request or as all that was asked for before, so that few partitions do for many instances. What
 * else is granted is counted: several instances may have the same.
 */
struct module_domain {
	struct list_item list;
	unsigned int users;
	enum sof_domain_model model; /**< what key is: nothing, a module id, a domain id */
	uint32_t key;
	struct list_item heaps;
	struct list_item grants;
	struct k_mem_domain memory;
	unsigned int parts; /**< in memory, without the mailbox */
	char name[48];
};

/** Memory that is open to the domains it was granted to, and to supervisor code that asks. */
struct granted_memory {
	void *memory; /**< NULL: none */
	struct k_mem_partition part;
	struct k_mem_domain view; /**< a domain of nobody's, with this memory only */
};

/** The one copy of a constant: \c source is where it was taken from. */
struct constant {
	struct list_item list;
	const void *source;
	size_t size;
	unsigned int users;
	struct granted_memory copy;
};

/** A connection from an output to an input. */
struct link {
	struct list_item list;
	struct instance *from, *to;
	unsigned int from_queue, to_queue;
	struct comp_buffer *comp_buffer; /**< LL to LL, else NULL */
	struct ring_buffer_record ring;	 /**< else; .buffer is NULL with a comp_buffer */
	/** With a ring: what either side sees of it, in that side's memory. */
	struct buffer_view *view_from, *view_to;
	struct granted_memory granted; /**< where the ring is, when buffers are granted */
	size_t write_at,
		read_at; /**< with a comp_buffer: its pointers, as of the last link_sync() */
	size_t min_available, min_free; /**< blocks of consumer and producer, bytes */
	size_t size, fill;		/**< bytes, as of the last link_sync() */
	uint64_t produced, consumed;	/**< bytes since creation, likewise */
	uint64_t changes;		/**< goes up whenever anything about it changes */
	bool held;			/**< consumers see it empty: dp_startup_delay */
	bool eos;			/**< nothing more will be written */
	bool bound_from, bound_to;	/**< that side's bind() ran */
	/** \name Damage that was found (buffer_damage.c) and not yet reported @{ */
	bool damaged;
	struct instance *writer; /**< instance that caused it; NULL: one of suspects */
	char suspects[HOST_SUSPECTS_BYTES];
	/** @} */
	bool lost;    /**< what its producer wrote in this round went with the damage */
	bool touched; /**< with a ring: code of either side may have run since the last link_sync() */
};

/** A module instance. */
struct instance {
	struct list_item list;
	const struct sof_module_desc *desc;
	uint16_t instance_id;
	uint32_t comp_id;
	char name[48];
	bool dp;
	bool board_runs_ll;	     /**< only the older processing calls */
	bool dead;		     /**< its code faulted: none of it runs any more */
	int error;		     /**< what killed it, negative errno */
	struct host_module_call now; /**< its name, the function that runs or ran last */
	bool inited;		     /**< init() succeeded, free() is due */
	uint16_t state;		     /**< COMP_STATE_* */
	struct pipeline *pipeline;
	struct module_memory *memory;
	void *pins;			     /**< block in its heap, NULL: none */
	struct pipeline_copy *pipeline_copy; /**< likewise */
	struct list_item resources;
	size_t heap_used, heap_high_water; /**< what the module itself allocated, bytes */
	/** The same and the adapter's blocks, as a heap charges them. */
	size_t charge, charge_high_water;

	struct ipc4_base_module_cfg base_cfg;
	unsigned int inputs, outputs;
	struct ipc4_input_pin_format input_pins[IPC4_MAX_DST_QUEUE];
	struct ipc4_output_pin_format output_pins[IPC4_MAX_SRC_QUEUE];
	struct link *in[CONFIG_MODULE_MAX_CONNECTIONS];
	struct link *out[CONFIG_MODULE_MAX_CONNECTIONS];
	unsigned int n_in, n_out;
	size_t config_size; /**< whole size of a large configuration under way, 0: none */

	/* DP only */
	struct module_domain *domain;
	struct domain_heap *heap;
	size_t heap_size; /**< as asked for */
	struct k_thread *thread;
	struct k_event *event;
	void *stack;
	size_t stack_size;
	unsigned int core;
	uint32_t period_us;
	bool running;	/**< posted, and its thread is not back at its wait yet */
	bool unlooked;	/**< its thread was posted; buffer_damage_look() is due */
	bool preparing; /**< it may change its buffers' formats now */
	bool first_run; /**< its first deadline has not been set yet */
	k_ticks_t deadline;
	k_ticks_t release_at; /**< when held output is let go; 0: nothing is held */
	uint64_t stalled_at;  /**< sum of its links' changes when it last moved nothing */
	uint64_t before;      /**< the same just before it runs */
	uint64_t cpu_before;
	uint64_t consumed_before; /**< of its first input */
	bool eos_sent;

	struct {
		uint64_t left, taken; /**< input before its last call */
		uint64_t since;	      /**< produced when it last consumed input, or had none */
	} unfed;
	uint64_t calls, time_ns, time_max_ns, deadline_misses;
	uint64_t ll_ticks, ll_ticks_max; /**< the time of calls in the LL task, by stopwatch */
	uint32_t startup_delay_ms;
};

struct firmware {
	struct sof_audio_config config;
	struct stopwatch_moment started;
	struct list_item kinds;
	struct list_item domains;
	struct list_item pipelines;
	struct list_item instances; /**< in order of creation */
	struct list_item links;
	struct list_item constants;
	struct instance **order; /**< from upstream to downstream; NULL: to be computed anew */
	bool any_dp;		 /**< in order */
	size_t count;		 /**< instances */
	uint16_t next_module_id;
	uint64_t ticks;
	int last_error;
	struct sof_failure failure; /**< of the message or tick; call NULL: none */
	uint32_t reply_extension;
	uint8_t *mailbox; /**< a message's payload, copied: SOF_IPC4_PAYLOAD_MAX bytes */
};

/** The one there is; NULL before sof_audio_init(). */
struct firmware *firmware_get(void);

/** \name failure.c
 * The first failure in the message or tick that is being handled. @{ */
void failure_clear(void);
/** \p call of the instance, "prepare()", returned \p error. */
void failure_returned(const struct instance *instance, const char *call, int error);
/** The firmware failed in its own part of \p call. */
void failure_around(const struct instance *instance, const char *call, int error);
/** Set the instance and its last logged error; the rest is 0. */
void failure_describe(const struct instance *instance, struct sof_failure *out);
/** The calling thread runs code of the instance, or of the firmware on its behalf, from now on.
 * \return for act_return() */
struct host_module_call *act_for(struct instance *instance);
void act_return(struct host_module_call *former);
/** Log an error of the firmware about the instance, and keep it as the instance's last error. */
#define INSTANCE_ERR(instance, ...)                                                                \
	do {                                                                                       \
		struct host_module_call *former_call = act_for(instance);                          \
		LOG_ERR(__VA_ARGS__);                                                              \
		act_return(former_call);                                                           \
	} while (0)
/** @} */

/** \name unfed.c @{ */
/** Blocks of its own that a module produces at least before it counts as unfed. */
#define UNFED_BLOCKS 50
/** Called before and after process(), once the counters of its links are updated. */
void unfed_before(struct instance *instance);
void unfed_after(struct instance *instance);
/** @} */

/** \name module_registry.c @{ */
const struct sof_module_desc *module_by_id(uint16_t module_id);
void module_registry_clear(void);
/** @} */

/** \name dp_domain.c @{ */
/** Give a new instance a domain and a heap of instance->heap_size bytes, with its stack beside it
 * where that can be. \p domain_id 0: none. 0; -ENOMEM, -ENOSPC and kin: nothing is left of it. */
int module_domain_join(struct instance *instance, uint32_t domain_id);
/** The last one takes heap and domain down, with whatever is left in them. The instance's thread
 * and stack have gone. */
void module_domain_leave(struct instance *instance);
/** Grant a partition once more. 0; -ENOSPC: it is full, the slot that is left is the mailbox's. */
int module_domain_grant(struct module_domain *domain, const struct k_mem_partition *part);
/** Take it back when nobody else in the domain has it. */
void module_domain_revoke(struct module_domain *domain, const struct k_mem_partition *part);
/** @} */

/** \name granted_memory.c @{ */
/** Zeroed memory, granted to nobody. 0; -ENOMEM. */
int granted_memory_new(struct granted_memory *granted, size_t bytes, const char *name);
/** No domain has it any more. */
void granted_memory_free(struct granted_memory *granted);
/** Make it accessible to supervisor code, until a user thread runs that it isn't granted to. */
void granted_memory_open(struct granted_memory *granted);
/** @} */

/** \name constant.c @{ */
/** Bytes up to which a module gets a private copy in its heap instead. */
#define CONSTANT_PRIVATE_MAX 2048
/** The copy of \p size bytes at \p source, which are readable, granted read-only to the domain;
 * NULL: no memory, its domain is full, or there is a copy of another size. */
struct constant *constant_get(struct instance *instance, const void *source, size_t size);
/** The last one takes the copy down. Any thread's instance, in any order. */
void constant_put(struct instance *instance, struct constant *constant);
/** @} */

/** \name instance.c @{ */
struct instance_request {
	uint16_t module_id;
	uint8_t instance_id;
	uint8_t pipeline_id;
	uint8_t core;
	bool dp, extended;
	const uint8_t *payload;
	size_t payload_size;
};
/** 0; -ENOENT: no such module or pipeline; -EEXIST; -EINVAL; -ENOMEM; -EFAULT: init() faulted; else
 * what init() said. */
int instance_new(const struct instance_request *request);
/** Zeroed, or with a copy of \p bytes, in the instance's memory and charged to it; \p what names it
 * in messages. NULL: its heap is full. */
void *instance_block_new(struct instance *instance, const void *bytes, size_t size,
			 const char *what);
/** NULL is ignored. */
void instance_block_free(struct instance *instance, void *block, size_t size);
/** Unbind, free and delete, whatever the module's functions return. 0; the first error of
 * unbind(); the error that ended it in free(). Other errors of free() are logged, as SOF does. */
int instance_delete(struct instance *instance);
struct instance *instance_find(uint32_t comp_id);
/** By the address of its processing_module, which is not looked at. */
struct instance *instance_of_mod(const struct processing_module *mod);
/** The instance whose thread is running. */
struct instance *instance_of_current_thread(void);
/** Make its memory accessible to supervisor code. */
void instance_open(struct instance *instance);
/** Its heap, NULL when that is the kernel's. */
struct k_heap *instance_heap(const struct instance *instance);
/** Note that a block of \p size bytes of its heap was taken or given back. */
void instance_account(struct instance *instance, size_t size, bool taken);
/** Set state, in its memory too. */
void instance_set_state(struct instance *instance, uint16_t state);
/** Show a DP module the ends of its pipeline as they are now. */
void instance_ends_changed(struct instance *instance);
void instance_die(struct instance *instance, int error);
/** @} */

/** \name module_adapter.c
 * Each runs in the module's own thread when it is a DP module, else right here. @{ */
int adapter_init(struct instance *instance);
int adapter_prepare(struct instance *instance);
int adapter_trigger(struct instance *instance, int cmd);
int adapter_reset(struct instance *instance);
int adapter_free(struct instance *instance);
int adapter_bind(struct instance *instance, const struct bind_info *info, bool bind);
int adapter_set_configuration(struct instance *instance, uint32_t id,
			      enum module_cfg_fragment_position pos, uint32_t data_offset,
			      const void *fragment, size_t size);
int adapter_get_configuration(struct instance *instance, uint32_t id, uint32_t *data_offset,
			      void *fragment, size_t size);
int adapter_param(struct instance *instance, uint32_t *param, bool set);
/** @} */

/** \name module_adapter_ipc4.c @{ */
/** What an INIT_INSTANCE payload holds: offsets into it, all checked. */
struct init_payload {
	size_t config_offset, config_size;	     /**< base configuration and what follows */
	size_t module_data_offset, module_data_size; /**< size 0: none */
	bool has_dp_data;
	struct ipc4_module_init_ext_obj_dp_data dp_data;
	struct ipc4_base_module_cfg base_cfg;
	unsigned int inputs, outputs; /**< pins */
	size_t pins_offset;
};
/** 0, -EINVAL. */
int init_payload_decode(const uint8_t *payload, size_t size, bool extended,
			struct init_payload *out);
/** @} */

/** \name module_generic.c @{ */
/** Give back all that it allocated and did not free. */
void resources_free(struct instance *instance);
int module_syscalls_register(void);
/** z_syscall_register(), which may have been done before: calls outlive sof_audio_exit(). */
int syscall_register_once(unsigned int id, uintptr_t (*handler)(const uintptr_t *arg));
/** @} */

/** \name link.c @{ */
int link_new(struct instance *from, unsigned int from_queue, struct instance *to,
	     unsigned int to_queue, const struct ipc4_module_bind_unbind *message);
struct link *link_find(struct instance *from, unsigned int from_queue, struct instance *to,
		       unsigned int to_queue);
/** 0, or the first error of unbind(); the link has gone all the same. */
int link_delete(struct link *link, const struct ipc4_module_bind_unbind *message);
/** Check it and take its figures over. 0; -EFAULT, logged, when a module damaged it. */
int link_sync(struct link *link);
/** The instance's code is about to run, or has run: its rings are to be checked again. */
void links_touched(struct instance *instance);
/** Blame who damaged any link, and mend it. 0; -EFAULT: the run must end. */
int links_settle_damage(void);
/** link_sync() of all of an instance's, first error. */
int links_sync(struct instance *instance);
/** The same of those next to a DP module. What two LL modules have between them changes in their
 * calls only, after which links_sync() is due. */
int links_sync_rings(struct instance *instance);
/** After prepare(): take over what the module changed. 0; -EINVAL: an invalid format or size, or not
 * the format that the host set for the consumer. Logged. */
int links_adopt(struct instance *instance);
/** prepare() failed, or was refused: formats it may have set are as they were. */
void links_reject(struct instance *instance);
void link_reset(struct link *link);
void link_hold(struct link *link, bool held);
void link_eos(struct link *link);
/** Make the buffers of all its links accessible to supervisor code. */
void links_open(struct instance *instance);
/** Make it usable again after damage, or after its module died holding a fragment. */
void link_mend(struct link *link);
/** Make its memory accessible to supervisor code. */
void link_memory_open(struct link *link);
struct sof_sink *link_sink(struct link *link);
struct sof_source *link_source(struct link *link);
size_t link_frame_bytes(const struct link *link);
uint32_t link_rate(const struct link *link);
/** Sum of changes of all of an instance's links. */
uint64_t links_changes(const struct instance *instance);
/** @} */

/** \name buffer_damage.c @{ */
/** The instance's thread is at its wait again, or has ended: check every ring that it can write
 * to. Damage is recorded in the link. */
void buffer_damage_look(struct instance *instance);
/** The LL instance was called, and its rings were right before: check them again. */
void buffer_damage_look_after_call(struct instance *instance);
/** A ring was found damaged while no thread of a module had just run. */
void buffer_damage_found(struct link *link);
/** Report the damage and end the instance that caused it. 0: the run may continue; -EFAULT. */
int buffer_damage_blame(struct link *link);
/** @} */

/** \name wiring.c @{ */
/** Tell the module's own copy which ends it has, in order of queues, and make its lists anew. */
void instance_wire(struct instance *instance);
/** Tell the views of its neighbours which state \p instance is in. */
void links_tell_state(struct instance *instance);
/** What either side sees of a ring and of who is at its other end. 0, -ENOMEM. */
int link_views_make(struct link *link);
void link_views_free(struct link *link);
/** @} */

/** \name pipeline.c @{ */
int pipeline_new_ipc4(uint32_t id, uint32_t priority, uint32_t attributes);
struct pipeline *pipeline_find(uint32_t id);
/** 0, or the first error of its instances' instance_delete(); it has gone all the same. */
int pipeline_delete(struct pipeline *pipeline);
/** \return IPC4 status; \p error: errno behind it. */
uint32_t pipeline_set_state_ipc4(struct pipeline *pipeline, uint32_t state, int *error);
/** Instances from upstream to downstream, in firmware.order. 0, -ENOMEM. */
int graph_order(void);
/** The graph has changed. */
void graph_changed(void);
/** @} */

/** \name dp_schedule.c @{ */
/** Start the thread of a DP instance; it waits for its first event. */
int dp_thread_start(struct instance *instance);
/** End it, whatever it does, and give everything of it back. */
void dp_thread_stop(struct instance *instance);
/** Post \p event and run it until it is back at its wait. 0; -EFAULT: it died; -EBUSY: it is
 * blocked inside the module. */
int dp_thread_run(struct instance *instance, uint32_t event);
/** The instance's thread waits for its next event and its rings are checked. \return events */
uint32_t dp_wait(struct instance *instance);
/** CPU time of its thread so far. */
uint64_t dp_cpu_time(const struct instance *instance);
/** Discard the input of a dead instance and produce as much silence. */
int instance_mute(struct instance *instance);
/** Let output go whose first deadline has come. */
void dp_release_held(k_ticks_t now);
/** Run what is ready until nothing is. \p moved: something was. */
int dp_run_ready(bool *moved);
/** Its input has ended, and all it could make of it is made. LL instances too. */
bool dp_drained(const struct instance *instance);
/** Why it would not be run now: "data", "space", "itself: ..." or "". */
const char *dp_waits_for(const struct instance *instance);
/** @} */

/** \name ll_call.c @{ */
/**
 * Call \p fn, which runs code of an LL instance: on the LL stack, under the watchdog, and so that a
 * fault, or a wait that never ends, ends the call and the instance but not the firmware. The
 * program's own endpoints are called directly. Messages logged meanwhile are attributed to the
 * instance.
 * \return what \p fn returned; -EFAULT: the instance is dead
 */
int ll_call(struct instance *instance, int (*fn)(void *arg), void *arg);
/** @} */

/** \name ll_schedule.c @{ */
int ll_run(bool *moved);
/** One call of an LL instance. */
int ll_run_one(struct instance *instance, bool *moved);
/** @} */

/** \name notification.c @{ */
/** Room for so many messages that nobody has read yet. */
#define NOTIFICATIONS_MAX 64
/** Copy a message into the queue. 0, also when the host does not want to hear of it; -ENOSPC: full;
 * -EMSGSIZE; -ENOMEM. What is refused is counted. */
int notification_queue(uint32_t primary, uint32_t extension, const void *payload, size_t size,
		       bool high_priority);
/** Which resource events the host wants: see ipc4_update_notification_mask(). */
void notification_mask(uint32_t change, uint32_t to);
void notifications_clear(void);
/** @} */

/** \name ipc_msg.c @{ */
int ipc_msg_syscalls_register(void);
/** Send without a callback, in the caller's mode. As notification_queue(). */
struct ipc_msg;
int ipc_msg_queue(struct ipc_msg *msg, bool high_priority);
/** @} */

/** \name fw_registers.c @{ */
int fw_registers_init(void);
/** @} */

/** \name notifier.c @{ */
void notifier_clear(void);
/** @} */

/** \name fast_get.c @{ */
/** Free the copies that nobody put back. */
void fast_get_clear(void);
/** @} */

/** \name ipc4_helper.c @{ */
void ipc4_format_to_params(const struct ipc4_audio_format *format,
			   struct sof_audio_stream_params *params);
/** @} */

#endif /* AUDIO_FIRMWARE_H */
