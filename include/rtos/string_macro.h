/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/string_macro.h
 * \brief Preprocessor: make strings, join tokens. Any mode.
 */
#ifndef RTOS_STRING_MACRO_H
#define RTOS_STRING_MACRO_H

#ifndef STRINGIFY
#define Z_STRINGIFY(x) #x
#define STRINGIFY(s)   Z_STRINGIFY(s)
#endif
#ifndef _CONCAT
#define _DO_CONCAT(x, y) x##y
#define _CONCAT(x, y)	 _DO_CONCAT(x, y)
#endif

#endif /* RTOS_STRING_MACRO_H */
