/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file host/audio.h
 * \brief The firmware as the program around it sees it: modules, IPC, ticks, figures.
 *
 * Calling mode: supervisor mode, from inside the function given to host_run(), unless it says
 * otherwise. All functions return 0 or a negative errno.
 */
#ifndef HOST_AUDIO_H
#define HOST_AUDIO_H

#include <autoconf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <host/platform.h>
#include <zephyr/app_memory/mem_domain.h>

struct module_interface;
struct host_fault;

/** Which memory domain a DP module instance gets. */
enum sof_domain_model {
	SOF_DOMAIN_INSTANCE, /**< one each: SOF's application mode */
	SOF_DOMAIN_TYPE,     /**< instances of one module share one: SOF's proxy mode */
	/** Instances made with the same domain id (DP_DATA of IPC4's init extension) share one, of
	 * whatever module they are; id 0, or none, is a domain of the instance's own. */
	SOF_DOMAIN_ID,
};

/** What of the buffers between modules a DP module sees. */
enum sof_share {
	SOF_SHARE_HEAP,	 /**< all of them, in one heap, as in SOF today */
	SOF_SHARE_GRANT, /**< those it is bound to, from bind to unbind */
};

struct sof_audio_config {
	enum sof_domain_model domain_model;
	enum sof_share share;
	bool mute_on_fault; /**< a dead module gives silence; else the pipeline stops */
	bool untimed;	    /**< nobody asks how long LL calls take: their times are 0 */
	size_t heap_bytes;  /**< module heap of an instance that asks for none; 0: default */
	size_t stack_bytes; /**< stack likewise; 0: default */
};

/** Default sizes of a DP module's heap and stack, in bytes, when neither the topology nor the
 * program says: the build's SOF_HEAP_BYTES and SOF_STACK_BYTES. As they come, twice SOF's topology
 * defaults: host pointers are twice the board's. */
#define SOF_DP_HEAP_BYTES_DEFAULT  CONFIG_SOF_ZEPHYR_USERSPACE_MODULE_HEAP_SIZE
#define SOF_DP_STACK_BYTES_DEFAULT CONFIG_SOF_STACK_SIZE
/** Largest stack that an instance can ask for. */
#define SOF_DP_STACK_BYTES_MAX (64 << 20)

/** Start the firmware: module registry, schedulers, IPC handler. */
int sof_audio_init(const struct sof_audio_config *config);
/** Stop it: every pipeline and instance that is left is deleted. */
void sof_audio_exit(void);

/** A kind of module that instances can be made of. */
struct sof_module_desc {
	const char *name; /**< as users write it: manifest name in lower case */
	uint8_t uuid[16]; /**< struct sof_uuid, byte for byte */
	const struct module_interface *ops;
	const struct k_mem_partition *data; /**< writable data of its object, data_count parts */
	size_t data_count;
	uint16_t module_id; /**< out: the number IPC messages name it by */
	bool endpoint;	    /**< the program's own (file ends): runs LL, in supervisor mode */
};

/** Add a module; \p desc is copied, its pointers must stay. -EEXIST: UUID or name is taken. */
int sof_module_register(struct sof_module_desc *desc);
/** Look up by name; NULL when there is none. */
const struct sof_module_desc *sof_module_find(const char *name);
/** Walk the registry: index 0, 1, ... until NULL. */
const struct sof_module_desc *sof_module_at(size_t index);

/**
 * Hand one IPC4 message to the firmware and wait for its reply.
 *
 * \param primary,extension the two header words (ipc4/header.h, module.h, pipeline.h)
 * \param payload   \p payload_size bytes that go into the mailbox; NULL when 0
 * \param[out] reply        buffer for the reply's payload (large config get); may be NULL
 * \param[in,out] reply_size its size, then the bytes used; may be NULL
 * \return IPC4 status of the reply: IPC4_SUCCESS (0) or an IPC4_* error status (ipc4/error_status.h)
 */
uint32_t sof_ipc4(uint32_t primary, uint32_t extension, const void *payload, size_t payload_size,
		  void *reply, size_t *reply_size);

/** Most bytes one message's payload may have; larger configurations go in fragments. */
#define SOF_IPC4_PAYLOAD_MAX 4096

/** errno of the operation behind the last error status sof_ipc4() returned, for messages. */
int sof_ipc4_last_error(void);

/** The failure of one module instance. */
struct sof_failure {
	uint16_t module_id, instance_id;
	char instance[48]; /**< "gain.1" */
	const char *call;  /**< the module's function concerned: "prepare()". Constant */
	int error;	   /**< what the function returned, or a negative errno of the firmware's */
	bool returned;	   /**< the function itself returned it */
	bool told;	   /**< the instance is dead, and a fault has been reported for it */
	uint64_t unfed_ms; /**< sof_unfed() only */
	struct host_log_line last_error; /**< the last error that the instance logged */
};

/** The first failure in the last sof_ipc4() or sof_tick() that can be attributed to an instance.
 * Valid until the next of these calls. \return false: there was none */
bool sof_failure(struct sof_failure *out);

/** Extension word of the last reply that has one: to a large configuration get the request's, with
 * the size that the module told in data_off_size, which may be more than the reply holds. */
uint32_t sof_ipc4_reply_extension(void);

/** \name What the firmware says without being asked
 * Notifications of modules (ipc4/notification.h), oldest first, high priority before the others.
 * They wait until they are read; at most 64 do, what comes then is dropped and counted. @{ */
struct sof_notification {
	uint32_t primary, extension; /**< header words: union ipc4_notification_header */
	uint64_t tick;		     /**< sof_tick_count() when it was sent */
	size_t size;		     /**< bytes of payload */
	uint8_t payload[SOF_IPC4_PAYLOAD_MAX];
};
/** The next one; -ENOENT: none. */
int sof_notification_next(struct sof_notification *out);
/** How many were dropped since sof_audio_init(). */
uint64_t sof_notifications_dropped(void);
/** @} */

/** Read \p bytes at \p offset of the registers that firmware shows to the host, struct
 * ipc4_fw_registers (ipc4/fw_reg.h). 0; -EINVAL: beyond their end. */
int sof_fw_registers_read(size_t offset, void *to, size_t bytes);

enum sof_tick_result {
	SOF_TICK_PROGRESS = 0, /**< at least one component moved data */
	SOF_TICK_IDLE = 1,     /**< nothing moved */
};

/**
 * One scheduler period of 1 ms: the LL tasks, then every ready DP thread, earliest deadline
 * first, until none is ready.
 *
 * \return enum sof_tick_result, or a negative errno: -EFAULT when a module faulted and faults
 *         stop the run, else what a component returned.
 */
int sof_tick(void);

/**
 * End the threads of instances whose process() has not returned because they wait. Each one is
 * reported (host/fault.h, HOST_FAULT_STALL) and then dead. \return the number of threads ended
 */
unsigned int sof_end_blocked(void);

/**
 * Find an instance that has produced this much audio, and 50 blocks, since it last consumed any of
 * its input, although input was available all the time: a block at each input, or one input so full
 * that its producer waits. Such an instance would run for ever.
 *
 * \param[out] out the instance, with unfed_ms set
 */
bool sof_unfed(uint64_t at_least_ms, struct sof_failure *out);

/** Every stream has ended: nothing is left on the way to any module that only takes. True too of
 * modules that never stop to produce; false while there is none that only takes. */
bool sof_streams_ended(void);

/** Ticks run so far: audio time in milliseconds. */
uint64_t sof_tick_count(void);

/** Figures of one module instance, for the summary. */
struct sof_instance_stats {
	uint16_t module_id, instance_id;
	char name[48];	    /**< "gain.1" */
	bool dp;	    /**< runs as a DP thread, else in the LL task */
	bool board_runs_ll; /**< has none but the older processing calls: the board knows it LL only */
	bool isolated;	    /**< in a domain of its own, on closed pages */
	bool endpoint;
	bool dead;	 /**< its code faulted */
	char domain[48]; /**< name of its memory domain, "kernel" for LL */
	/** Bytes. In a domain of its own all of the heap; in a shared one what it asked for, and what
	 * its own blocks take: sof_domain_stats() has the whole. */
	size_t heap_size, heap_used, heap_high_water;
	size_t stack_size, stack_used; /**< bytes; stack_used is the high-water mark */
	bool domain_shared;	       /**< others can be in its domain */
	uint64_t calls;		       /**< process calls */
	uint64_t time_ns;     /**< time inside the process calls; LL ones: unless untimed */
	uint64_t time_max_ns; /**< the longest of them */
	uint64_t deadline_misses;
	uint32_t startup_delay_ms; /**< how long its first output was held back */
	uint64_t bytes_in, bytes_out;
	/** The last error it logged, "" when there was none. */
	struct host_log_line last_error;
	/** Why it is not ready now: "data", "space"; "itself: ..." when it was and moved nothing; "" when
	 * it is. Words for people, constants. */
	const char *waits_for;
};

/** Figures of instance \p index (in order of creation), -ENOENT past the last. */
int sof_instance_stats(size_t index, struct sof_instance_stats *out);

/** Figures of one memory domain: nothing in it is counted twice. */
struct sof_domain_stats {
	char name[48];
	bool shared; /**< made for several instances */
	unsigned int instances;
	unsigned int heaps; /**< regions of its heap: it grows by one when requests do not fit */
	size_t heap_size, heap_used, heap_high_water; /**< bytes, of all of them */
	size_t stack_size, stack_used;		      /**< sums over its threads */
	unsigned int partitions; /**< granted now, of CONFIG_MAX_DOMAIN_PARTITIONS */
};

/** Figures of domain \p index (in order of creation), -ENOENT past the last. */
int sof_domain_stats(size_t index, struct sof_domain_stats *out);

#endif /* HOST_AUDIO_H */
