/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/ut.h
 * \brief Functions that a unit test may want to call from outside.
 */
#ifndef SOF_UT_H
#define SOF_UT_H

#ifdef UNIT_TEST
#define UT_STATIC
#else
#define UT_STATIC static
#endif

#endif /* SOF_UT_H */
