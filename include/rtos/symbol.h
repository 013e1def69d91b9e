/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/symbol.h
 * \brief Names that other objects may link against.
 *
 * Of the firmware's functions modules may import those that its public headers declare, with or
 * without EXPORT_SYMBOL(). In a module it makes the name visible outside of the object, and has no
 * further effect: an object's imports are served by firmware only.
 */
#ifndef RTOS_SYMBOL_H
#define RTOS_SYMBOL_H

#ifdef __clang__
/* clang takes no visibility once the symbol is defined. */
#define EXPORT_SYMBOL(symbol) extern __typeof__(symbol) symbol
#else
#define EXPORT_SYMBOL(symbol)                                                                      \
	extern __typeof__(symbol) symbol __attribute__((visibility("default")))
#endif

#endif /* RTOS_SYMBOL_H */
