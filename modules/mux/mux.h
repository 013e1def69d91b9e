/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file mux.h
 * \brief The two modules of this object.
 */
#ifndef MUX_H
#define MUX_H

#include <sof/audio/module_adapter/module/generic.h>

extern const struct module_interface demux_interface;

#endif /* MUX_H */
