/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/init.h
 * \brief Start-up functions of the board. The host calls none: what must run, the program runs.
 */
#ifndef ZEPHYR_INIT_H
#define ZEPHYR_INIT_H

/** A declaration that leads to nothing, so that code for the board may keep it. */
#define SYS_INIT(init_fn, level, prio)		   struct z_sys_init_##init_fn
#define SYS_INIT_NAMED(name, init_fn, level, prio) struct z_sys_init_##name

#endif /* ZEPHYR_INIT_H */
