/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file uuid-registry.h
 * \brief The registry at the path where SOF's build makes it.
 */
#ifndef UUID_REGISTRY_H
#define UUID_REGISTRY_H

#include <sof/lib/uuid.h>

#endif /* UUID_REGISTRY_H */
