/* SPDX-License-Identifier: BSD-3-Clause */
/* Run one module on plain memory. */
#include "harness.h"

#include <errno.h>
#include <ipc4/module.h>
#include <rimage/sof/user/manifest.h>
#include <sof/audio/data_blob.h>
#include <sof/trace/trace.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ring {
	char *data;
	size_t size, read, used;
	struct sof_audio_stream_params params;
};

struct source_end {
	struct sof_source api;
	struct ring *ring;
};

struct sink_end {
	struct sof_sink api;
	struct ring *ring;
};

struct harness {
	const struct module_interface *ops;
	struct processing_module mod;
	struct comp_dev dev;
	unsigned int n_in, n_out;
	struct ring in[HARNESS_PORTS_MAX], out[HARNESS_PORTS_MAX];
	struct source_end source[HARNESS_PORTS_MAX];
	struct sink_end sink[HARNESS_PORTS_MAX];
	void *init_data;
};

static int blocks_live;
static int allocations_until_failure = -1;
static unsigned int random_state = 1;

/* ---- memory ---- */

void *mod_alloc_ext(struct processing_module *mod, uint32_t flags, size_t size, size_t alignment)
{
	void *block = NULL;

	if (allocations_until_failure == 0)
		return NULL;
	if (allocations_until_failure > 0)
		allocations_until_failure--;
	if (size && posix_memalign(&block, alignment > 16 ? alignment : 16, size) == 0)
		blocks_live++;
	return block;
}

void *mod_balloc_align(struct processing_module *mod, size_t size, size_t alignment)
{
	return mod_alloc_ext(mod, 0, size, alignment);
}

int mod_free(struct processing_module *mod, const void *ptr)
{
	if (ptr)
		blocks_live--;
	free((void *)(uintptr_t)ptr);
	return 0;
}

struct comp_data_blob_handler *mod_data_blob_handler_new(struct processing_module *mod)
{
	return comp_data_blob_handler_new(mod->dev);
}

void mod_data_blob_handler_free(struct processing_module *mod, struct comp_data_blob_handler *dbh)
{
	comp_data_blob_handler_free(dbh);
}

void harness_fail_allocation(int n)
{
	allocations_until_failure = n;
}

/* ---- messages ---- */

bool sof_log_enabled(int level)
{
	return getenv("HARNESS_VERBOSE") != NULL;
}

void sof_log(int level, const char *module, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "%s: ", module);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
}

void z_assert_failed(const char *expr, const char *file, int line)
{
	fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, expr);
	abort();
}

/* ---- source and sink ---- */

static struct ring *ring_of_source(struct sof_source *source)
{
	return CONTAINER_OF(source, struct source_end, api)->ring;
}

static struct ring *ring_of_sink(struct sof_sink *sink)
{
	return CONTAINER_OF(sink, struct sink_end, api)->ring;
}

static size_t source_available(struct sof_source *source)
{
	return ring_of_source(source)->used;
}

static int source_get(struct sof_source *source, size_t req_size, void const **data_ptr,
		      void const **buffer_start, size_t *buffer_size)
{
	struct ring *ring = ring_of_source(source);

	if (req_size > ring->used)
		return -ENODATA;
	*data_ptr = ring->data + ring->read;
	*buffer_start = ring->data;
	*buffer_size = ring->size;
	return 0;
}

static int source_release(struct sof_source *source, size_t free_size)
{
	struct ring *ring = ring_of_source(source);

	ring->read = (ring->read + free_size) % ring->size;
	ring->used -= free_size;
	return 0;
}

static size_t sink_free_size(struct sof_sink *sink)
{
	struct ring *ring = ring_of_sink(sink);

	return ring->size - ring->used;
}

static int sink_get(struct sof_sink *sink, size_t req_size, void **data_ptr, void **buffer_start,
		    size_t *buffer_size)
{
	struct ring *ring = ring_of_sink(sink);

	if (req_size > ring->size - ring->used)
		return -ENODATA;
	*data_ptr = ring->data + (ring->read + ring->used) % ring->size;
	*buffer_start = ring->data;
	*buffer_size = ring->size;
	return 0;
}

static int sink_commit(struct sof_sink *sink, size_t commit_size)
{
	ring_of_sink(sink)->used += commit_size;
	return 0;
}

static const struct source_ops source_ops = {
	.get_data_available = source_available,
	.get_data = source_get,
	.release_data = source_release,
};

static const struct sink_ops sink_ops = {
	.get_free_size = sink_free_size,
	.get_buffer = sink_get,
	.commit_buffer = sink_commit,
};

static void ring_put(struct ring *ring, const char *from, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		ring->data[(ring->read + ring->used + i) % ring->size] = from[i];
	ring->used += bytes;
}

static void ring_take(struct ring *ring, char *to, size_t bytes)
{
	for (size_t i = 0; to && i < bytes; i++)
		to[i] = ring->data[(ring->read + i) % ring->size];
	ring->read = (ring->read + bytes) % ring->size;
	ring->used -= bytes;
}

/* ---- one instance ---- */

static void describe(struct ring *ring, const struct harness_format *format)
{
	ring->params.frame_fmt = format->fmt;
	ring->params.valid_sample_fmt = format->fmt;
	ring->params.channels = (uint16_t)format->channels;
	ring->params.rate = format->rate;
	ring->params.align_frame_cnt = 1;
}

int harness_new(struct harness **h, const struct sof_man_module_manifest *manifest,
		const struct harness_format *format, const void *init_data, size_t init_size)
{
	struct ipc4_base_module_cfg *base;
	struct harness *n = calloc(1, sizeof(*n));
	int ret;

	*h = NULL;
	if (!n)
		return -ENOMEM;
	n->ops = (const struct module_interface *)manifest->module.entry_point;
	n->mod.dev = &n->dev;
	n->dev.mod = &n->mod;
	n->dev.state = COMP_STATE_READY;
	n->dev.frames = format->rate / 1000;
	n->n_in = 1;
	n->n_out = 1;
	describe(&n->in[0], format);
	describe(&n->out[0], format);

	base = &n->mod.priv.cfg.base_cfg;
	base->audio_fmt.channels_count = (uint8_t)format->channels;
	base->audio_fmt.sampling_frequency = (enum ipc4_sampling_frequency)format->rate;
	base->audio_fmt.depth = (enum ipc4_bit_depth)(get_sample_bytes(format->fmt) * 8);
	base->audio_fmt.valid_bit_depth = (uint8_t)get_sample_bitdepth(format->fmt);
	n->mod.priv.cfg.size = sizeof(*base) + init_size;
	n->init_data = malloc(n->mod.priv.cfg.size);
	if (!n->init_data)
		abort();
	memcpy(n->init_data, base, sizeof(*base));
	if (init_size)
		memcpy((char *)n->init_data + sizeof(*base), init_data, init_size);
	n->mod.priv.cfg.init_data = n->init_data;

	ret = n->ops->init(&n->mod);
	n->mod.priv.cfg.init_data = NULL;
	free(n->init_data);
	if (ret) {
		free(n);
		return ret;
	}
	*h = n;
	return 0;
}

struct processing_module *harness_module(struct harness *h)
{
	return &h->mod;
}

void harness_ports(struct harness *h, unsigned int n_in, const struct harness_format *in,
		   unsigned int n_out, const struct harness_format *out)
{
	h->n_in = n_in;
	h->n_out = n_out;
	for (unsigned int i = 0; i < n_in; i++) {
		describe(&h->in[i], &in[i]);
		harness_source_queue(h, i, i);
	}
	for (unsigned int i = 0; i < n_out; i++) {
		describe(&h->out[i], &out[i]);
		harness_sink_queue(h, i, i);
	}
}

void harness_source_queue(struct harness *h, unsigned int input, unsigned int queue)
{
	h->in[input].params.id = IPC4_COMP_ID(0, queue);
}

void harness_sink_queue(struct harness *h, unsigned int output, unsigned int queue)
{
	h->out[output].params.id = IPC4_COMP_ID(queue, 0);
}

void harness_source_container(struct harness *h, unsigned int input, enum sof_ipc_frame container)
{
	h->in[input].params.frame_fmt = container;
}

void harness_sink_container(struct harness *h, unsigned int output, enum sof_ipc_frame container)
{
	h->out[output].params.frame_fmt = container;
}

static void ring_new(struct ring *ring, size_t bytes)
{
	free(ring->data);
	ring->data = calloc(1, bytes);
	if (!ring->data)
		abort();
	ring->size = bytes;
	ring->read = 0;
	ring->used = 0;
	ring->params.state = AUDIOBUF_STATE_READY;
}

/* What a module is given: pointers to the ends. */
struct ends {
	struct sof_source *sources[HARNESS_PORTS_MAX];
	struct sof_sink *sinks[HARNESS_PORTS_MAX];
};

static struct ends ends_of(struct harness *h)
{
	struct ends ends;

	for (unsigned int i = 0; i < HARNESS_PORTS_MAX; i++) {
		ends.sources[i] = &h->source[i].api;
		ends.sinks[i] = &h->sink[i].api;
	}
	return ends;
}

int harness_prepare(struct harness *h, size_t source_bytes, size_t sink_bytes)
{
	struct ends ends = ends_of(h);

	for (unsigned int i = 0; i < h->n_in; i++) {
		ring_new(&h->in[i], source_bytes);
		h->source[i] =
			(struct source_end){ .api = { .ops = &source_ops,
						      .audio_stream_params = &h->in[i].params },
					     .ring = &h->in[i] };
	}
	for (unsigned int i = 0; i < h->n_out; i++) {
		ring_new(&h->out[i], sink_bytes);
		h->sink[i] = (struct sink_end){ .api = { .ops = &sink_ops,
							 .audio_stream_params = &h->out[i].params },
						.ring = &h->out[i] };
	}
	h->dev.state = COMP_STATE_PREPARE;
	return h->ops->prepare ? h->ops->prepare(&h->mod, ends.sources, (int)h->n_in, ends.sinks,
						 (int)h->n_out) :
				 0;
}

struct sof_source *harness_source(struct harness *h, unsigned int input)
{
	return &h->source[input].api;
}

struct sof_sink *harness_sink(struct harness *h, unsigned int output)
{
	return &h->sink[output].api;
}

size_t harness_put(struct harness *h, unsigned int input, const void *data, size_t bytes)
{
	struct ring *ring = &h->in[input];

	bytes = MIN(bytes, ring->size - ring->used);
	ring_put(ring, data, bytes);
	return bytes;
}

size_t harness_take(struct harness *h, unsigned int output, void *data, size_t bytes)
{
	struct ring *ring = &h->out[output];

	bytes = MIN(bytes, ring->used);
	ring_take(ring, data, bytes);
	return bytes;
}

void harness_end(struct harness *h, unsigned int input)
{
	h->in[input].params.state = AUDIOBUF_STATE_END_OF_STREAM;
}

void harness_as_dp(struct harness *h)
{
	h->dev.ipc_config.proc_domain = COMP_PROCESSING_DOMAIN_DP;
}

bool harness_ready(struct harness *h)
{
	struct ends ends = ends_of(h);

	if (!h->ops->is_ready_to_process)
		return generic_module_is_ready_to_process(&h->mod, ends.sources, (int)h->n_in,
							  ends.sinks, (int)h->n_out);
	return h->ops->is_ready_to_process(&h->mod, ends.sources, (int)h->n_in, ends.sinks,
					   (int)h->n_out);
}

int harness_call(struct harness *h)
{
	struct ends ends = ends_of(h);

	h->dev.state = COMP_STATE_ACTIVE;
	return h->ops->process(&h->mod, ends.sources, (int)h->n_in, ends.sinks, (int)h->n_out);
}

int harness_configure_part(struct harness *h, uint32_t id, enum module_cfg_fragment_position pos,
			   uint32_t offset_size, const void *data, size_t size)
{
	return h->ops->set_configuration(&h->mod, id, pos, offset_size, data, size, NULL, 0);
}

int harness_configure(struct harness *h, uint32_t id, const void *data, size_t size)
{
	/* a block of exactly its size, so that a read behind its end is seen */
	uint8_t *copy = malloc(size ? size : 1);
	int ret;

	if (!copy)
		abort();
	if (size)
		memcpy(copy, data, size);
	ret = h->ops->set_configuration(&h->mod, id, MODULE_CFG_FRAGMENT_SINGLE, (uint32_t)size,
					copy, size, NULL, 0);
	free(copy);
	return ret;
}

static size_t random_block(void)
{
	random_state = random_state * 1103515245 + 12345;
	return (random_state >> 16) % 500 + 1;
}

int harness_process(struct harness *h, const void *in, void *out, size_t frames, size_t block)
{
	struct ring *from_ring = &h->in[0], *to_ring = &h->out[0];
	const size_t in_frame =
		get_frame_bytes(from_ring->params.frame_fmt, from_ring->params.channels);
	const size_t out_frame =
		get_frame_bytes(to_ring->params.frame_fmt, to_ring->params.channels);
	const char *from = in;
	char *to = out;
	int ret;

	/* from here on a new blob waits for the module to take it */
	h->dev.state = COMP_STATE_ACTIVE;
	while (frames) {
		size_t n = block ? block : random_block();

		n = MIN(n, frames);
		n = MIN(n, MIN(from_ring->size / in_frame, to_ring->size / out_frame));
		ring_put(from_ring, from, n * in_frame);
		ret = harness_call(h);
		if (ret)
			return ret;
		if (to_ring->used != n * out_frame || from_ring->used)
			return -EIO;
		ring_take(to_ring, to, n * out_frame);
		from += n * in_frame;
		to += n * out_frame;
		frames -= n;
	}
	return 0;
}

int harness_reset(struct harness *h)
{
	h->dev.state = COMP_STATE_READY;
	return h->ops->reset ? h->ops->reset(&h->mod) : 0;
}

size_t harness_free(struct harness **h)
{
	if (*h) {
		(*h)->ops->free(&(*h)->mod);
		for (unsigned int i = 0; i < HARNESS_PORTS_MAX; i++) {
			free((*h)->in[i].data);
			free((*h)->out[i].data);
		}
		free(*h);
		*h = NULL;
	}
	return (size_t)blocks_live;
}

/* ---- reference files ---- */

void *harness_golden_file(const char *name, size_t *size)
{
	const char *shared = getenv("SOF_SHARED");
	char path[1024];
	char *data = NULL;
	FILE *file;
	long length;

	snprintf(path, sizeof(path), "%s/golden/%s", shared ? shared : SOF_SHARED_DIR, name);
	file = fopen(path, "rb");
	if (!file)
		return NULL;
	if (fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) > 0 &&
	    fseek(file, 0, SEEK_SET) == 0) {
		data = malloc((size_t)length);
		if (data && fread(data, 1, (size_t)length, file) != (size_t)length) {
			free(data);
			data = NULL;
		}
		*size = (size_t)length;
	}
	fclose(file);
	return data;
}

void *harness_golden_wav(const char *name, size_t *frames, struct harness_format *format)
{
	/* these files have a plain header of 44 bytes */
	enum { HEADER = 44, CHANNELS = 22, RATE = 24, BITS = 34 };
	size_t size;
	char *data = harness_golden_file(name, &size);
	uint16_t channels, bits;
	uint32_t rate;

	if (!data)
		return NULL;
	memcpy(&channels, data + CHANNELS, sizeof(channels));
	memcpy(&bits, data + BITS, sizeof(bits));
	memcpy(&rate, data + RATE, sizeof(rate));
	format->channels = channels;
	format->rate = rate;
	format->fmt = bits == 16 ? SOF_IPC_FRAME_S16_LE : SOF_IPC_FRAME_S32_LE;
	*frames = (size - HEADER) / (channels * bits / 8u);
	memmove(data, data + HEADER, size - HEADER);
	return data;
}
