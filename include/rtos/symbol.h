/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/symbol.h
 * \brief Names that a loadable module may link against.
 *
 * The program exports them through its dynamic symbol table; EXPORT_SYMBOL() makes sure of the
 * visibility and is otherwise a note to the reader.
 */
#ifndef RTOS_SYMBOL_H
#define RTOS_SYMBOL_H

#define EXPORT_SYMBOL(symbol)                                                                      \
	extern __typeof__(symbol) symbol __attribute__((visibility("default")))

#endif /* RTOS_SYMBOL_H */
