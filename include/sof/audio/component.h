/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/component.h
 * \brief A component: what pipelines are made of, and what modules see of themselves.
 *
 * A DP module's comp_dev lies in its own heap, so that its code may read it; an LL one's in the
 * kernel heap. Supervisor code never takes a decision on the copy a DP module can write to.
 *
 * A component's buffer lists hold comp_buffers: between LL components the buffer itself, next to a
 * DP module that side's view of the ring buffer, whose other component is a stand-in with state,
 * identity and pipeline only.
 */
#ifndef SOF_AUDIO_COMPONENT_H
#define SOF_AUDIO_COMPONENT_H

#include <ipc/control.h>
#include <kernel/abi.h>
#include <limits.h>
#include <rtos/mutex.h>
#include <rtos/userspace_helper.h>
#include <sof/audio/buffer.h>
#include <sof/audio/format.h>
#include <sof/audio/pipeline.h>
#include <sof/ipc/topology.h>
#include <sof/lib/uuid.h>
#include <sof/schedule/schedule.h>

struct comp_dev;
struct sof_ipc_stream_posn;
struct dai_hw_params;
struct timestamp_data;
struct module_interface;
struct processing_module;

/** \name States @{ */
#define COMP_STATE_NOT_EXIST  0
#define COMP_STATE_INIT	      1
#define COMP_STATE_READY      2 /**< initialised or reset */
#define COMP_STATE_SUSPEND    3
#define COMP_STATE_PREPARE    4
#define COMP_STATE_PAUSED     5
#define COMP_STATE_ACTIVE     6
#define COMP_STATE_PRE_ACTIVE 7
/** @} */

/** Commands of trigger operations. */
enum {
	COMP_TRIGGER_STOP,
	COMP_TRIGGER_START,
	COMP_TRIGGER_PAUSE,
	COMP_TRIGGER_RELEASE,
	COMP_TRIGGER_RESET,
	COMP_TRIGGER_PREPARE,
	COMP_TRIGGER_XRUN,
	COMP_TRIGGER_PRE_START,
	COMP_TRIGGER_PRE_RELEASE,
	COMP_TRIGGER_POST_STOP,
	COMP_TRIGGER_POST_PAUSE,
	COMP_TRIGGER_NO_ACTION,
};

#define COMP_CMD_SET_VALUE 100
#define COMP_CMD_GET_VALUE 101
#define COMP_CMD_SET_DATA  102
#define COMP_CMD_GET_DATA  103

/** comp_set_state(): it was in that state already. */
#define COMP_STATUS_STATE_ALREADY_SET 1

#define COMP_ATTR_COPY_TYPE   0
#define COMP_ATTR_HOST_BUFFER 1
#define COMP_ATTR_COPY_DIR    2
#define COMP_ATTR_VDMA_INDEX  3
#define COMP_ATTR_BASE_CONFIG 4 /**< struct ipc4_base_module_cfg */
#define COMP_ATTR_IPC4_CONFIG 5 /**< small configuration word */

/** \name Who speaks in a message: see sof/trace/trace.h @{ */
#define trace_comp_drv_get_tr_ctx(drv_p) ((drv_p)->tctx)
#define trace_comp_get_tr_ctx(comp_p)	 (&(comp_p)->tctx)
#define trace_comp_get_id(comp_p)	 ((comp_p)->ipc_config.pipeline_id)
#define trace_comp_get_subid(comp_p)	 ((comp_p)->ipc_config.id)
/** @} */

enum comp_endpoint_type {
	COMP_ENDPOINT_HOST,
	COMP_ENDPOINT_DAI,
	COMP_ENDPOINT_NODE,
};

enum comp_copy_type {
	COMP_COPY_INVALID = -1,
	COMP_COPY_NORMAL = 0,
	COMP_COPY_BLOCKING,
	COMP_COPY_ONE_SHOT,
};

struct comp_driver;
struct comp_ipc_config;
struct ipc4_module_bind_unbind;

enum bind_type {
	COMP_BIND_TYPE_SOURCE, /**< the module gets a new source */
	COMP_BIND_TYPE_SINK,   /**< the module gets a new sink */
};

/** Both ends of a connection are told of it, each with its own side. */
struct bind_info {
	const struct ipc4_module_bind_unbind *ipc4_data;
	enum bind_type bind_type;
	union {
		struct sof_source *source;
		struct sof_sink *sink;
	};
};

/** Operations on a component: 0, or a negative errno; 1 from some stops a walk. */
struct comp_ops {
	struct comp_dev *(*create)(const struct comp_driver *drv,
				   const struct comp_ipc_config *ipc_config, const void *spec);
	void (*free)(struct comp_dev *dev);
	int (*params)(struct comp_dev *dev, struct sof_ipc_stream_params *params);
	int (*dai_get_hw_params)(struct comp_dev *dev, struct sof_ipc_stream_params *params,
				 int dir);
	int (*cmd)(struct comp_dev *dev, int cmd, void *data, int max_data_size);
	int (*trigger)(struct comp_dev *dev, int cmd);
	int (*prepare)(struct comp_dev *dev);
	int (*reset)(struct comp_dev *dev);
	int (*copy)(struct comp_dev *dev);
	int (*position)(struct comp_dev *dev, struct sof_ipc_stream_posn *posn);
	int (*get_attribute)(struct comp_dev *dev, uint32_t type, void *value);
	int (*set_attribute)(struct comp_dev *dev, uint32_t type, void *value);
	int (*dai_ts_config)(struct comp_dev *dev);
	int (*dai_ts_start)(struct comp_dev *dev);
	int (*dai_ts_stop)(struct comp_dev *dev);
	int (*dai_ts_get)(struct comp_dev *dev, struct timestamp_data *tsd);
	int (*bind)(struct comp_dev *dev, const struct bind_info *bind_data);
	int (*unbind)(struct comp_dev *dev, const struct bind_info *unbind_data);
	int (*get_large_config)(struct comp_dev *dev, uint32_t param_id, bool first_block,
				bool last_block, uint32_t *data_offset, char *data);
	int (*set_large_config)(struct comp_dev *dev, uint32_t param_id, bool first_block,
				bool last_block, uint32_t data_offset, const char *data);
	uint64_t (*get_total_data_processed)(struct comp_dev *dev, uint32_t stream_no, bool input);
};

struct comp_driver {
	uint32_t type; /**< SOF_COMP_* */
	const struct sof_uuid *uid;
	const struct tr_ctx *tctx;
	struct comp_ops ops;
	const struct module_interface *adapter_ops;
	struct k_heap *user_heap; /**< heap of a DP module; NULL: kernel heap */
	struct sof_uuid uid_cp;
};

struct comp_driver_info {
	const struct comp_driver *drv;
	const struct module_interface **adapter_ops;
	struct list_item list;
};

#define COMP_PROCESSING_DOMAIN_LL 0
#define COMP_PROCESSING_DOMAIN_DP 1

struct comp_ipc_config {
	uint32_t core;
	uint32_t id; /**< IPC4_COMP_ID(module, instance) */
	uint32_t pipeline_id;
	uint32_t proc_domain; /**< COMP_PROCESSING_DOMAIN_* */
	enum sof_comp_type type;
	uint32_t periods_sink;
	uint32_t periods_source;
	uint32_t frame_fmt;
	uint32_t xrun_action;
	bool ipc_extended_init;
	uint32_t ipc_config_size;
};

struct comp_perf_data {
	size_t peak_of_measured_cpc;
	void *perf_data_item;
};

struct comp_dev {
	uint16_t state;		   /**< COMP_STATE_* */
	uint32_t frames;	   /**< a period's */
	struct pipeline *pipeline; /**< kernel memory: user threads may not look. A DP module
				    * that only knows the older processing calls has a copy. */
	struct task *task;
	uint32_t size;
	uint32_t period; /**< us; a DP module may set its own in prepare() */
	uint32_t priority;
	bool is_shared;
	struct comp_ipc_config ipc_config;
	struct tr_ctx tctx;
	uint32_t direction;
	bool direction_set;
	const struct comp_driver *drv;
	struct processing_module *mod;
	struct list_item bsource_list; /**< comp_buffers that feed it */
	struct list_item bsink_list;   /**< comp_buffers it feeds */
	struct comp_perf_data perf_data;
	size_t ibs; /**< bytes */
	size_t obs; /**< bytes */
	size_t cpc;
	size_t ll_chunk_size;
	void *priv_data;
};

static inline struct comp_buffer *comp_dev_get_first_data_producer(struct comp_dev *component)
{
	if (list_is_empty(&component->bsource_list))
		return NULL;
	return list_first_item(&component->bsource_list, struct comp_buffer, sink_list);
}

static inline struct comp_buffer *comp_dev_get_next_data_producer(struct comp_dev *component,
								  struct comp_buffer *producer)
{
	if (producer->sink_list.next == &component->bsource_list)
		return NULL;
	return list_next_item(producer, sink_list);
}

static inline struct comp_buffer *comp_dev_get_first_data_consumer(struct comp_dev *component)
{
	if (list_is_empty(&component->bsink_list))
		return NULL;
	return list_first_item(&component->bsink_list, struct comp_buffer, source_list);
}

static inline struct comp_buffer *comp_dev_get_next_data_consumer(struct comp_dev *component,
								  struct comp_buffer *consumer)
{
	if (consumer->source_list.next == &component->bsink_list)
		return NULL;
	return list_next_item(consumer, source_list);
}

#define comp_dev_for_each_producer(dev, producer)                                                  \
	for (producer = comp_dev_get_first_data_producer(dev); producer;                           \
	     producer = comp_dev_get_next_data_producer(dev, producer))
#define comp_dev_for_each_consumer(dev, consumer)                                                  \
	for (consumer = comp_dev_get_first_data_consumer(dev); consumer;                           \
	     consumer = comp_dev_get_next_data_consumer(dev, consumer))

static inline uint32_t dev_comp_id(const struct comp_dev *dev)
{
	return dev->ipc_config.id;
}

static inline uint32_t dev_comp_pipe_id(const struct comp_dev *dev)
{
	return dev->ipc_config.pipeline_id;
}

static inline enum sof_comp_type dev_comp_type(const struct comp_dev *dev)
{
	return dev->ipc_config.type;
}

static inline struct processing_module *comp_mod(const struct comp_dev *dev)
{
	return dev->mod;
}

static inline int comp_get_state(const struct comp_dev *dev)
{
	return dev ? dev->state : COMP_STATE_NOT_EXIST;
}

#define comp_set_drvdata(c, data) ((c)->priv_data = (data))
#define comp_get_drvdata(c)	  ((c)->priv_data)

/**
 * Move the component to the state that COMP_TRIGGER_* \p cmd asks for.
 * \return 0; COMP_STATUS_STATE_ALREADY_SET; -EINVAL: not from the state it is in.
 */
int comp_set_state(struct comp_dev *dev, int cmd);

/** State that a COMP_TRIGGER_* command leads to. */
int comp_get_requested_state(int cmd);

/**
 * Frames of one period at \p rate; rates of the 44.1 kHz family count as the next of 48 kHz's,
 * so that the longer of their uneven periods fits.
 */
static inline void component_set_nearest_period_frames(struct comp_dev *current, uint32_t rate)
{
	if (rate == 44100 || rate == 88200 || rate == 176400)
		rate = rate / 441 * 480;
	current->frames = (uint32_t)(((uint64_t)rate * current->period + 999999) / 1000000);
}

/** State of the component at the other end, COMP_STATE_NOT_EXIST: nobody is there. */
static inline int comp_buffer_get_source_state(const struct comp_buffer *buffer)
{
	return comp_get_state(comp_buffer_get_source_component(buffer));
}

static inline int comp_buffer_get_sink_state(const struct comp_buffer *buffer)
{
	return comp_get_state(comp_buffer_get_sink_component(buffer));
}

/** What can be copied from one buffer to another. */
struct comp_copy_limits {
	int frames;
	int source_bytes; /**< of these frames */
	int sink_bytes;
	int source_frame_bytes;
	int sink_frame_bytes;
};

/** As many frames as there are in \p source and have room in \p sink. */
void comp_get_copy_limits(struct comp_buffer *source, struct comp_buffer *sink,
			  struct comp_copy_limits *cl);
/** The same, rounded down to the source's alignment. */
void comp_get_copy_limits_frame_aligned(const struct comp_buffer *source,
					const struct comp_buffer *sink,
					struct comp_copy_limits *cl);

/**
 * Give \p params to the component's buffers: to those downstream in playback, upstream in capture,
 * to its only one at an end of a pipeline; and set dev->frames for the rate of the first sink.
 *
 * \param flag BUFF_PARAMS_* that the buffers keep; \p params takes theirs over
 * \return 0; -EINVAL for NULL, or a buffer's error.
 */
int comp_verify_params(struct comp_dev *dev, uint32_t flag, struct sof_ipc_stream_params *params);

/** Enter a module into the registry, under its adapter's name: see sof/audio/module_adapter/module/
 * generic.h. 0; -EINVAL: it has no module interface; -EEXIST; -ENOMEM. Supervisor mode. */
int comp_register(struct comp_driver_info *drv);

/** \name A built-in module's start-up function
 * The program registers its modules itself, in the order it wants: nothing runs before main(). @{ */
#define DECLARE_MODULE(init)
/** @} */

#endif /* SOF_AUDIO_COMPONENT_H */
