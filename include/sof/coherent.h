/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/coherent.h
 * \brief Sharing between cores: the host's caches are coherent, so nothing is to be done.
 */
#ifndef SOF_COHERENT_H
#define SOF_COHERENT_H

struct coherent {
	unsigned int unused;
};

#define CORE_CHECK_STRUCT_FIELD		       struct coherent __core_check
#define CORE_CHECK_STRUCT_INIT(object, shared) ((void)(object), (void)(shared))
#define CORE_CHECK_STRUCT(object)	       ((void)(object))

#endif /* SOF_COHERENT_H */
