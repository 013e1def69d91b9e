/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fixture.h
 * \brief A board with the firmware on it, messages, and modules to play with.
 */
#ifndef TESTS_AUDIO_FIXTURE_H
#define TESTS_AUDIO_FIXTURE_H

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* keep order: cmocka needs those above */
#include <cmocka.h>

#include <host/audio.h>
#include <host/platform.h>
#include <ipc4/error_status.h>
#include <ipc4/header.h>
#include <ipc4/module.h>
#include <ipc4/pipeline.h>
#include <module/ipc4/base-config.h>

/** Run a group of tests on the board's supervisor thread. \return exit code. */
#define run_on_board(tests) run_group_on_board(#tests, tests, sizeof(tests) / sizeof((tests)[0]))
int run_group_on_board(const char *name, const struct CMUnitTest *tests, size_t count);

/** cmocka setup and teardown: firmware with all fixture modules; \c *state is not used. */
int firmware_up(void **state);
int firmware_up_muted(void **state);
int firmware_up_by_type(void **state);
int firmware_down(void **state);

/** \name Messages; each returns the IPC4 status @{ */
uint32_t make_pipeline(unsigned int id);
uint32_t drop_pipeline(unsigned int id);
uint32_t set_state(unsigned int pipeline, enum ipc4_pipeline_state state);

struct make {
	unsigned int module, instance, pipeline;
	bool dp;
	unsigned int rate, channels, bits; /**< 0: 48000, 2, 32 */
	unsigned int block_ms;		   /**< ibs and obs, 0: 1 ms */
	const void *data;		   /**< for the module */
	size_t data_size;
	unsigned int stack_bytes, heap_bytes;
};
uint32_t make_instance(const struct make *make);
uint32_t drop_instance(unsigned int module, unsigned int instance);
uint32_t bind(unsigned int from, unsigned int from_instance, unsigned int to,
	      unsigned int to_instance);
uint32_t unbind(unsigned int from, unsigned int from_instance, unsigned int to,
		unsigned int to_instance);
uint32_t large_set(unsigned int module, unsigned int instance, bool first, bool last,
		   unsigned int offset, const void *bytes, size_t size);
/** @} */

/** Module id by name; fails the test when there is none. */
unsigned int module_id(const char *name);

/** What the endpoints do. */
struct feed {
	unsigned int rate;
	uint64_t frames; /**< to be sent in all */
	uint64_t sent;
	uint64_t ticks;
};
struct collect {
	uint64_t frames;	/**< received */
	uint64_t wrong;		/**< frames that were not the next ones of the feed */
	uint64_t silent;	/**< frames of zeros, which do not count as wrong */
	uint64_t next;
	uint64_t first_tick;	/**< sof_tick_count() when the first came */
};
/** Fixture modules: "feed", "collect" (endpoints, given a pointer); "copy", "crash" (faults in
 * process() call data[0]), "scribble" (writes over its sink), "slow" (needs its whole block), "blob"
 * (keeps its configuration), "greedy" (allocates in init), "badinit" (init faults). */
void fixture_modules_register(void);

/** Make pipeline 1: feed -> count modules of \p names as DP -> collect, and start it. */
void make_chain(struct feed *feed, struct collect *collect, const char *const names[],
		const unsigned int block_ms[], size_t count, unsigned int channels,
		unsigned int bits);
/** Tick until the feed is at its end, end the stream, tick until all is idle. First error or 0. */
int play(struct feed *feed);

/** sof_tick() with the host's memory open afterwards, for assertions. */
int tick(void);

struct sof_instance_stats stats_of(const char *name);

#endif /* TESTS_AUDIO_FIXTURE_H */
