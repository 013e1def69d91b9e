/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What modules see of their connections: sources and sinks, lists of buffers, views of rings. All of
 * it lies in their own memory, is written from the kernel's books, and never read here.
 */
#include <rtos/userspace_helper.h>

#include "firmware.h"

static struct buffer_view *view_of(const struct link *link, const struct instance *instance)
{
	return link->to == instance ? link->view_to : link->view_from;
}

/* The newest is the first, as when SOF connects them. Nothing is read of what is in the module's
 * memory: the lists are made anew. */
static void wire_buffers(struct instance *instance)
{
	struct comp_dev *dev = &instance->memory->dev;
	struct list_item *item;

	list_init(&dev->bsource_list);
	list_init(&dev->bsink_list);
	list_for_item(item, &firmware_get()->links) {
		struct link *link = list_item(item, struct link, list);
		struct buffer_view *view = view_of(link, instance);
		struct comp_buffer *buffer = view ? &view->buffer : link->comp_buffer;

		if (buffer && link->to == instance)
			list_item_prepend(&buffer->sink_list, &dev->bsource_list);
		if (buffer && link->from == instance)
			list_item_prepend(&buffer->source_list, &dev->bsink_list);
	}
}

static void peer_tell(struct buffer_view *view, struct instance *own, struct instance *other)
{
	if (!view || own->dead)
		return;
	instance_open(own);
	view->peer.state = other->state;
}

void links_tell_state(struct instance *instance)
{
	for (unsigned int i = 0; i < instance->n_in; i++)
		peer_tell(instance->in[i]->view_from, instance->in[i]->from, instance);
	for (unsigned int i = 0; i < instance->n_out; i++)
		peer_tell(instance->out[i]->view_to, instance->out[i]->to, instance);
}

/* Tell the module's own copy which ends it has, in order of queues. */
void instance_wire(struct instance *instance)
{
	struct processing_module *mod = &instance->memory->mod;

	links_open(instance);
	instance_open(instance);
	wire_buffers(instance);
	for (unsigned int i = 0; i < instance->n_in; i++)
		mod->sources[i] = link_source(instance->in[i]);
	for (unsigned int i = 0; i < instance->n_out; i++)
		mod->sinks[i] = link_sink(instance->out[i]);
	/* nothing is left of what was there */
	if (instance->n_in < CONFIG_MODULE_MAX_CONNECTIONS)
		mod->sources[instance->n_in] = NULL;
	if (instance->n_out < CONFIG_MODULE_MAX_CONNECTIONS)
		mod->sinks[instance->n_out] = NULL;
	mod->num_of_sources = instance->n_in;
	mod->num_of_sinks = instance->n_out;
	instance->stalled_at = UINT64_MAX;
}

/* What \p own sees of the ring and of who is at its other end. */
static struct buffer_view *view_make(struct link *link, struct instance *own,
				     struct instance *other)
{
	struct buffer_view *view;

	instance_open(own);
	view = instance_block_new(own, NULL, sizeof(*view), "buffer's view");
	if (!view)
		return NULL;
	link_memory_open(link);
	view->peer.state = other->state;
	view->peer.ipc_config.id = other->comp_id;
	view->peer.ipc_config.pipeline_id = other->pipeline->pipeline_id;
	view->peer.ipc_config.type = SOF_COMP_MODULE_ADAPTER;
	view->peer.ipc_config.proc_domain =
		other->dp ? COMP_PROCESSING_DOMAIN_DP : COMP_PROCESSING_DOMAIN_LL;
	/* modules compare it with their own */
	view->peer.pipeline =
		other->pipeline == own->pipeline ? own->memory->dev.pipeline : other->pipeline;
	view->peer.direction = SOF_IPC_STREAM_PLAYBACK;
	view->peer.direction_set = true;
	list_init(&view->peer.bsource_list);
	list_init(&view->peer.bsink_list);
	buffer_view_init(view, link->ring.buffer, &own->memory->dev, own == link->to);
	return view;
}

static void view_drop(struct instance *own, struct buffer_view **view)
{
	if (!*view)
		return;
	instance_open(own);
	instance_block_free(own, *view, sizeof(**view));
	*view = NULL;
}

void link_views_free(struct link *link)
{
	view_drop(link->from, &link->view_from);
	view_drop(link->to, &link->view_to);
}

int link_views_make(struct link *link)
{
	link->view_from = view_make(link, link->from, link->to);
	if (link->view_from)
		link->view_to = view_make(link, link->to, link->from);
	if (link->view_to)
		return 0;
	link_views_free(link);
	return -ENOMEM;
}
