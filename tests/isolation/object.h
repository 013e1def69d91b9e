/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file object.h
 * \brief What the matrix's loadable objects tell of themselves.
 */
#ifndef TESTS_ISOLATION_OBJECT_H
#define TESTS_ISOLATION_OBJECT_H

#include <sof/audio/module_adapter/module/generic.h>
#include <stdint.h>

/** Found through the manifest's entry point, as the interface comes first. */
struct matrix_object {
	struct module_interface interface;
	volatile uint8_t *data, *bss;
	const uint8_t *constants;
	int (*code)(void);
};

#endif /* TESTS_ISOLATION_OBJECT_H */
