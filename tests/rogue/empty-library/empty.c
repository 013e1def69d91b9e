/* SPDX-License-Identifier: BSD-3-Clause */
/* A library that has none of the functions of the one whose name it bears. */
extern const int empty_library;

const int empty_library;
