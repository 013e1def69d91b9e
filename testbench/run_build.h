/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file run_build.h
 * \brief A graph in the firmware: built as far as it goes, started, stopped, taken down.
 *
 * Calling mode: from inside host_run(). struct build must be kernel data: it is in use while the C
 * heap and the main stack are closed.
 */
#ifndef TESTBENCH_RUN_BUILD_H
#define TESTBENCH_RUN_BUILD_H

#include "ipc_message.h"
#include "run.h"

/** How far it got. All zero is nothing built. */
struct build {
	struct run *run;
	struct ipc_instance *instances; /**< by node; kernel heap, as is order */
	size_t *order;			/**< of pipelines, from downstream to upstream */
	size_t created;			/**< pipelines there are */
	size_t made;			/**< instances */
	size_t bound;			/**< connections */
	size_t paused;			/**< pipelines, in \c order, that are at least paused */
	size_t running;			/**< likewise that run */
};

/**
 * Build and start everything. On failure build_take_down() is due all the same.
 * \return 0; a negative errno with the problem noted; -EFAULT as run_graph()
 */
int build_up(struct build *build, struct run *run);

/** Tell every pipeline that its stream ends, from upstream to downstream. */
int build_end_streams(struct build *build);

/**
 * In reverse order of building.
 * \param ret what the run came to so far: errors here are consequences of that, and not told
 * \return \p ret; after 0 the first error, with the problem noted
 */
int build_take_down(struct build *build, int ret);

/** Note why the last message failed, as "WHAT: REASON"; a fault has said it already. */
int build_refused(struct build *build, uint32_t status, enum exit_code code, const char *what);

#endif /* TESTBENCH_RUN_BUILD_H */
