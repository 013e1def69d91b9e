/* SPDX-License-Identifier: BSD-3-Clause */
#include <xtensa/tie/xt_hifi3.h>
