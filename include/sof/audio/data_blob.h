/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/data_blob.h
 * \brief Configuration blobs: put together from fragments, checked, handed over when wanted.
 *
 * A handler and its blobs lie in the module's heap. All functions run in the caller's mode and
 * touch nothing else, so a DP module may call them from its thread; only getting and freeing
 * memory goes through the gate.
 *
 * Double-blob mode, the normal one: while the component runs, a new blob waits beside the one in
 * use until comp_get_data_blob() takes it. Single-blob mode: at most one is kept, and none may
 * come while the component is active.
 */
#ifndef SOF_AUDIO_DATA_BLOB_H
#define SOF_AUDIO_DATA_BLOB_H

#include <rtos/sof.h>
#include <sof/audio/module_adapter/module/generic.h>

struct comp_dev;
struct comp_data_blob_handler;
struct sof_ipc_ctrl_data;

/**
 * The blob to use from now on: the new one when one is complete, which ends the old one's life.
 *
 * \param[out] size bytes, 0 when there is none; may be NULL
 * \param[out] crc  CRC-32 (IEEE 802.3) of the blob; may be NULL
 * \return the blob, NULL when there is none
 */
void *comp_get_data_blob(struct comp_data_blob_handler *blob_handler, size_t *size, uint32_t *crc);

/** A complete, checked blob waits to be taken. */
bool comp_is_new_data_blob_available(struct comp_data_blob_handler *blob_handler);

/** There is a blob in use. */
bool comp_is_current_data_blob_valid(struct comp_data_blob_handler *blob_handler);

/**
 * Replace all blobs by one of \p size bytes, zeros when \p init_data is NULL; none when \p size
 * is 0. The validator is forgotten.
 * \return 0, -ENOMEM
 */
int comp_init_data_blob(struct comp_data_blob_handler *blob_handler, uint32_t size,
			const void *init_data);

/**
 * Take one fragment.
 *
 * \param data_offset_size with the first or only fragment the size of the whole, else its offset
 * \return 0; -EINVAL: no handler, or the fragment runs over the end; -EBUSY: a new blob waits to
 *         be taken, one is half way through, or the component is active in single-blob mode;
 *         -ENOMEM: no memory, or no first fragment came; -ENODATA: the last fragment came and
 *         bytes are missing; else what the validator said. After -EINVAL, -ENODATA and a
 *         validator's error the new blob is gone and the old one stands.
 */
int comp_data_blob_set(struct comp_data_blob_handler *blob_handler,
		       enum module_cfg_fragment_position pos, uint32_t data_offset_size,
		       const uint8_t *fragment, size_t fragment_size);

/** comp_data_blob_set() of a control structure's data; \c msg_index 0 is the first fragment. */
int comp_data_blob_set_cmd(struct comp_data_blob_handler *blob_handler,
			   struct sof_ipc_ctrl_data *cdata);

/**
 * Copy the next num_elems bytes of the blob in use into \p cdata, behind its headers.
 * \param size bytes there are at \p cdata, headers included, as a module's get_configuration() is told
 * \return 0; -EINVAL: not a binary control, or more than there is room or data for.
 */
int comp_data_blob_get_cmd(struct comp_data_blob_handler *blob_handler,
			   struct sof_ipc_ctrl_data *cdata, int size);

/**
 * New handler.
 * \param alloc,free where blobs come from; NULL: the module's heap
 * \return NULL: no memory.
 */
struct comp_data_blob_handler *comp_data_blob_handler_new_ext(struct comp_dev *dev,
							      bool single_blob,
							      void *(*alloc)(size_t size),
							      void (*free)(void *buf));

static inline struct comp_data_blob_handler *comp_data_blob_handler_new(struct comp_dev *dev)
{
	return comp_data_blob_handler_new_ext(dev, false, NULL, NULL);
}

/** Free handler and blobs. NULL is ignored. */
void comp_data_blob_handler_free(struct comp_data_blob_handler *blob_handler);

/** \p validator says 0, or a negative errno for a blob that must not be used. NULL: all are good. */
void comp_data_blob_set_validator(struct comp_data_blob_handler *blob_handler,
				  int (*validator)(struct comp_dev *dev, void *new_data,
						   uint32_t new_data_size));

#endif /* SOF_AUDIO_DATA_BLOB_H */
