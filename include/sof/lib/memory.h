/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/lib/memory.h
 * \brief Placement marks of firmware code; on the host they only hint. Any mode.
 */
#ifndef SOF_LIB_MEMORY_H
#define SOF_LIB_MEMORY_H

#include <sof/compiler_attributes.h>

/** On the board: checks that a function marked __cold runs where cold code may. */
#define assert_can_be_cold()                                                                       \
	do {                                                                                       \
	} while (0)

#define dbg_path_hot_start_watching() assert_can_be_cold()
#define dbg_path_hot_stop_watching()  assert_can_be_cold()
#define dbg_path_hot_confirm()	      assert_can_be_cold()
#define dbg_path_cold_enter(fn)	      assert_can_be_cold()

#endif /* SOF_LIB_MEMORY_H */
