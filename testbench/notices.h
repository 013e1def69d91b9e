/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file notices.h
 * \brief What modules tell the host without being asked: IPC4 notifications.
 *
 * Calling mode: from inside host_run(), between ticks. Touches kernel data only.
 */
#ifndef TESTBENCH_NOTICES_H
#define TESTBENCH_NOTICES_H

#include <stdint.h>

/** Read those that wait, so that none is dropped; each is a firmware message of level inf. */
void notices_take(void);
/** Begin to count anew. */
void notices_start(void);
/** Taken, and dropped by the firmware, since notices_start(). */
void notices_count(uint64_t *taken, uint64_t *dropped);

#endif /* TESTBENCH_NOTICES_H */
