/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/init.h
 * \brief Hooks that register a built-in module at boot.
 *
 * The host finds modules by their manifests instead, so the hook is a declaration that leads to
 * nothing: a module's source may keep it.
 */
#ifndef RTOS_INIT_H
#define RTOS_INIT_H

#define SOF_MODULE_INIT(name, init) struct sof_module_init_##name

#endif /* RTOS_INIT_H */
