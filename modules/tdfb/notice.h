/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file notice.h
 * \brief Tell the host that an azimuth estimate has changed: an enum control's notification.
 *        Calling mode as sof/ipc/msg.h.
 */
#ifndef TDFB_NOTICE_H
#define TDFB_NOTICE_H

#include <stdint.h>

struct comp_dev;
struct ipc_msg;

/** A message that may be sent again and again; ipc_msg_free() frees it. NULL: no memory. */
struct ipc_msg *notice_new(const struct comp_dev *dev, uint16_t control);

/** Send it with a value for channel 0. */
void notice_send(struct ipc_msg *msg, uint32_t value);

#endif /* TDFB_NOTICE_H */
