/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Configuration blobs. Handler and blobs lie in the module's heap and everything here runs in the
 * caller's mode; a module that damages its handler hurts itself only.
 */
#include <ipc/control.h>
#include <rtos/string.h>
#include <rtos/symbol.h>
#include <sof/audio/component.h>
#include <sof/audio/data_blob.h>
#include <sof/math/numbers.h>

LOG_MODULE_REGISTER(data_blob);

struct blob {
	void *data;
	uint32_t size;
};

struct comp_data_blob_handler {
	struct comp_dev *dev;
	struct blob used;     /* what comp_get_data_blob() hands out */
	struct blob coming;   /* data NULL: none */
	uint32_t coming_fill; /* bytes of it that have come */
	bool coming_complete;
	bool single_blob;
	uint32_t read_pos; /* of comp_data_blob_get_cmd() */
	void *(*alloc)(size_t size);
	void (*free)(void *buf);
	int (*validator)(struct comp_dev *dev, void *new_data, uint32_t new_data_size);
};

static void *blob_alloc(struct comp_data_blob_handler *handler, size_t size)
{
	return handler->alloc ? handler->alloc(size) : mod_balloc(handler->dev->mod, size);
}

static void blob_drop(struct comp_data_blob_handler *handler, struct blob *blob)
{
	if (blob->data) {
		if (handler->free)
			handler->free(blob->data);
		else
			mod_free(handler->dev->mod, blob->data);
	}
	blob->data = NULL;
	blob->size = 0;
}

static void coming_drop(struct comp_data_blob_handler *handler)
{
	blob_drop(handler, &handler->coming);
	handler->coming_fill = 0;
	handler->coming_complete = false;
}

/* The blob that came takes the place of the one in use. */
static void coming_use(struct comp_data_blob_handler *handler)
{
	blob_drop(handler, &handler->used);
	handler->used = handler->coming;
	handler->coming = (struct blob){ 0 };
	handler->coming_fill = 0;
	handler->coming_complete = false;
	handler->read_pos = 0;
}

void comp_data_blob_set_validator(struct comp_data_blob_handler *blob_handler,
				  int (*validator)(struct comp_dev *dev, void *new_data,
						   uint32_t new_data_size))
{
	assert(blob_handler);
	blob_handler->validator = validator;
}
EXPORT_SYMBOL(comp_data_blob_set_validator);

bool comp_is_new_data_blob_available(struct comp_data_blob_handler *blob_handler)
{
	assert(blob_handler);
	return blob_handler->coming.data && blob_handler->coming_complete;
}
EXPORT_SYMBOL(comp_is_new_data_blob_available);

bool comp_is_current_data_blob_valid(struct comp_data_blob_handler *blob_handler)
{
	assert(blob_handler);
	return blob_handler->used.data != NULL;
}
EXPORT_SYMBOL(comp_is_current_data_blob_valid);

void *comp_get_data_blob(struct comp_data_blob_handler *blob_handler, size_t *size, uint32_t *crc)
{
	if (comp_is_new_data_blob_available(blob_handler))
		coming_use(blob_handler);
	if (size)
		*size = blob_handler->used.size;
	if (crc && blob_handler->used.data)
		*crc = crc32(0, blob_handler->used.data, blob_handler->used.size);
	return blob_handler->used.data;
}
EXPORT_SYMBOL(comp_get_data_blob);

int comp_init_data_blob(struct comp_data_blob_handler *blob_handler, uint32_t size,
			const void *init_data)
{
	assert(blob_handler);
	coming_drop(blob_handler);
	blob_drop(blob_handler, &blob_handler->used);
	if (!size)
		return 0;
	blob_handler->used.data = blob_alloc(blob_handler, size);
	if (!blob_handler->used.data) {
		comp_err(blob_handler->dev, "no memory for a blob of %u bytes", size);
		return -ENOMEM;
	}
	if (init_data)
		memcpy(blob_handler->used.data, init_data, size);
	else
		memset(blob_handler->used.data, 0, size);
	blob_handler->used.size = size;
	blob_handler->validator = NULL;
	return 0;
}
EXPORT_SYMBOL(comp_init_data_blob);

static int coming_begin(struct comp_data_blob_handler *handler, uint32_t size)
{
	if (handler->coming.data) {
		comp_err(handler->dev, "a blob is %s already",
			 handler->coming_complete ? "waiting" : "half way through");
		return -EBUSY;
	}
	/* one at a time: the old one goes first, and the memory is there for the new one */
	if (handler->single_blob)
		blob_drop(handler, &handler->used);
	handler->coming.data = blob_alloc(handler, size);
	if (!handler->coming.data) {
		comp_err(handler->dev, "no memory for a blob of %u bytes", size);
		return -ENOMEM;
	}
	handler->coming.size = size;
	handler->coming_fill = 0;
	handler->coming_complete = false;
	return 0;
}

static int coming_append(struct comp_data_blob_handler *handler, const void *bytes, size_t count)
{
	const int err = count > handler->coming.size - handler->coming_fill ? -EINVAL : 0;

	if (err) {
		comp_err(handler->dev, "fragment of %zu bytes at %u runs over the blob's %u", count,
			 handler->coming_fill, handler->coming.size);
		return err;
	}
	memcpy((char *)handler->coming.data + handler->coming_fill, bytes, count);
	handler->coming_fill += (uint32_t)count;
	return 0;
}

static int coming_end(struct comp_data_blob_handler *handler)
{
	int err = 0;

	if (handler->coming_fill < handler->coming.size) {
		comp_err(handler->dev, "blob ends after %u of %u bytes", handler->coming_fill,
			 handler->coming.size);
		return -ENODATA;
	}
	if (handler->validator)
		err = handler->validator(handler->dev, handler->coming.data, handler->coming.size);
	if (err < 0) {
		comp_err(handler->dev, "new blob refused: %d", err);
		return err;
	}
	handler->coming_complete = true;
	/* in use from now on, unless a running component has to change over by itself */
	if (!handler->used.data || handler->dev->state == COMP_STATE_READY)
		coming_use(handler);
	return 0;
}

static int take_fragment(struct comp_data_blob_handler *handler, bool first, bool last,
			 uint32_t total, const void *bytes, size_t count)
{
	int err;

	if (handler->single_blob && handler->dev->state == COMP_STATE_ACTIVE) {
		comp_err(handler->dev, "no new blob while active");
		return -EBUSY;
	}
	if (first) {
		if (!total || !count)
			return 0;
		err = coming_begin(handler, total);
		if (err)
			return err;
	} else if (!handler->coming.data || handler->coming_complete) {
		comp_err(handler->dev, "fragment without a first one");
		return -ENOMEM;
	}
	err = coming_append(handler, bytes, count);
	if (!err && last)
		err = coming_end(handler);
	if (err)
		coming_drop(handler);
	return err;
}

int comp_data_blob_set(struct comp_data_blob_handler *blob_handler,
		       enum module_cfg_fragment_position pos, uint32_t data_offset_size,
		       const uint8_t *fragment, size_t fragment_size)
{
	const bool first = pos == MODULE_CFG_FRAGMENT_FIRST || pos == MODULE_CFG_FRAGMENT_SINGLE;
	const bool last = pos == MODULE_CFG_FRAGMENT_LAST || pos == MODULE_CFG_FRAGMENT_SINGLE;

	if (!blob_handler || (fragment_size && !fragment))
		return -EINVAL;
	return take_fragment(blob_handler, first, last, data_offset_size, fragment, fragment_size);
}
EXPORT_SYMBOL(comp_data_blob_set);

int comp_data_blob_set_cmd(struct comp_data_blob_handler *blob_handler,
			   struct sof_ipc_ctrl_data *cdata)
{
	assert(blob_handler);
	return take_fragment(blob_handler, !cdata->msg_index, !cdata->elems_remaining,
			     cdata->data->size, cdata->data->data, cdata->num_elems);
}
EXPORT_SYMBOL(comp_data_blob_set_cmd);

int comp_data_blob_get_cmd(struct comp_data_blob_handler *blob_handler,
			   struct sof_ipc_ctrl_data *cdata, int size)
{
	const size_t heads = sizeof(*cdata) + sizeof(cdata->data[0]);
	const struct blob *blob;

	assert(blob_handler);
	blob = &blob_handler->used;
	if (size < 0 || (size_t)size < heads) {
		comp_err(blob_handler->dev, "room for %d bytes, headers take %zu", size, heads);
		return -EINVAL;
	}
	if (cdata->cmd != SOF_CTRL_CMD_BINARY) {
		comp_err(blob_handler->dev, "not a binary control: %u", cdata->cmd);
		return -EINVAL;
	}
	cdata->data->abi = SOF_ABI_VERSION;
	cdata->data->size = blob->size;
	if (!blob->data)
		return 0;
	if (!cdata->msg_index)
		blob_handler->read_pos = 0;
	if (cdata->num_elems > (size_t)size - heads ||
	    cdata->num_elems > blob->size - blob_handler->read_pos) {
		comp_err(blob_handler->dev, "%u bytes at %u of a blob of %u asked for",
			 cdata->num_elems, blob_handler->read_pos, blob->size);
		return -EINVAL;
	}
	memcpy(cdata->data->data, (const char *)blob->data + blob_handler->read_pos,
	       cdata->num_elems);
	blob_handler->read_pos += cdata->num_elems;
	return 0;
}
EXPORT_SYMBOL(comp_data_blob_get_cmd);

struct comp_data_blob_handler *comp_data_blob_handler_new_ext(struct comp_dev *dev,
							      bool single_blob,
							      void *(*alloc)(size_t size),
							      void (*free)(void *buf))
{
	struct comp_data_blob_handler *made = mod_alloc(dev->mod, sizeof(*made));

	if (made)
		*made = (struct comp_data_blob_handler){
			.dev = dev, .free = free, .alloc = alloc, .single_blob = single_blob
		};
	return made;
}
EXPORT_SYMBOL(comp_data_blob_handler_new_ext);

void comp_data_blob_handler_free(struct comp_data_blob_handler *blob_handler)
{
	if (!blob_handler)
		return;
	coming_drop(blob_handler);
	blob_drop(blob_handler, &blob_handler->used);
	mod_free(blob_handler->dev->mod, blob_handler);
}
EXPORT_SYMBOL(comp_data_blob_handler_free);
