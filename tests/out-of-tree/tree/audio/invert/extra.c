/* SPDX-License-Identifier: BSD-3-Clause */
#error "not asked for"
