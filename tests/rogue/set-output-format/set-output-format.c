/* SPDX-License-Identifier: BSD-3-Clause */
/* Sets another format at its output than the host has configured: what a file behind it would hold
 * is not what its header says. FORMAT_RATE: the sample rate in place of the sample format. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
#ifdef FORMAT_RATE
	sink_set_rate(call->sink, 96000); /* FAULT HERE */
#else
	sink_set_frm_fmt(call->sink, SOF_IPC_FRAME_S32_LE);
#endif
}

#ifdef FORMAT_RATE
ROGUE("set-output-rate", 243, AT_PREPARE);
#else
ROGUE("set-output-format", 244, AT_PREPARE);
#endif
