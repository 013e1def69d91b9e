/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/compiler_info.h
 * \brief Name and version of the compiler in use. Any mode.
 */
#ifndef SOF_COMPILER_INFO_H
#define SOF_COMPILER_INFO_H

#define CC_MAJOR __GNUC__
#define CC_MINOR __GNUC_MINOR__
#define CC_MICRO __GNUC_PATCHLEVEL__
#ifdef __clang__
#define CC_NAME "CLANG"
#define CC_DESC " host clang"
#else
#define CC_NAME "GCC"
#define CC_DESC " host gcc"
#endif

#endif /* SOF_COMPILER_INFO_H */
