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
#include <host/fault.h>
#include <host/platform.h>
#include <ipc4/error_status.h>
#include <ipc4/header.h>
#include <ipc4/module.h>
#include <ipc4/pipeline.h>
#include <module/ipc4/base-config.h>

/** Run a group of tests on the board's supervisor thread. \return exit code. */
#define run_on_board(tests) run_group_on_board(#tests, tests, sizeof(tests) / sizeof((tests)[0]))
int run_group_on_board(const char *name, const struct CMUnitTest *tests, size_t count);

/** The last fault, and how many there have been. */
extern struct host_fault last_fault;
extern char last_suspects[HOST_SUSPECTS_BYTES];

/** cmocka setup and teardown: firmware with all fixture modules; \c *state is not used. */
int firmware_up(void **state);
int firmware_up_muted(void **state);
int firmware_up_by_type(void **state);
int firmware_down(void **state);
/** The same with any configuration. */
int firmware_up_as(const struct sof_audio_config *config);

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
	unsigned int stack_bytes, heap_bytes, domain_id;
	unsigned int core;
};
uint32_t make_instance(const struct make *make);
uint32_t drop_instance(unsigned int module, unsigned int instance);
uint32_t bind(unsigned int from, unsigned int from_instance, unsigned int to,
	      unsigned int to_instance);
uint32_t bind_queues(unsigned int from, unsigned int from_instance, unsigned int from_queue,
		     unsigned int to, unsigned int to_instance, unsigned int to_queue);
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
	uint64_t frames; /**< received */
	uint64_t wrong;	 /**< frames that were not the next ones of the feed */
	uint64_t silent; /**< frames of zeros, which do not count as wrong */
	uint64_t next;
	uint64_t first_tick; /**< sof_tick_count() when the first came */
};
/** What a \"probe\" is told to do, in one configuration of this size; what comes of it is the errno. */
enum probe_what {
	PROBE_READ,	  /**< a byte at address */
	PROBE_WRITE,	  /**< likewise */
	PROBE_GET,	  /**< mod_fast_get() of value bytes at address, told in probe_copy */
	PROBE_PUT,	  /**< mod_fast_put() of address */
	PROBE_ALLOC,	  /**< mod_alloc() of value bytes, told in probe_copy */
	PROBE_HEAP_ALLOC, /**< sof_heap_alloc() of so many on its own heap, behind the adapter's back */
	PROBE_GLOBAL,	  /**< write a global variable that it has not declared shared */
	PROBE_SHARED,	  /**< write one that is */
	PROBE_FAIL,	  /**< fail with errno value */
};
struct probe_order {
	uint64_t address;
	uint32_t what, value;
};
extern const uint8_t probe_table[3][4096]; /**< constants to get */
extern const void *probe_copy;		   /**< what the last one got */
extern uint32_t probe_global, probe_shared;
/** The access faults, is told of as one to \p kind of \p owner, and the instance is dead by it.
 * Not tried under Valgrind, which would tell of it as well. */
void probe_faults(unsigned int instance, enum probe_what what, const void *address,
		  enum host_memory_kind kind, const char *owner);
/** Send it; the errno of its answer, 0 or negative. */
int probe(unsigned int instance, enum probe_what what, const void *address, unsigned int value);

/** Fixture modules: "feed", "collect" (endpoints, given a pointer); "copy", "crash" (faults in
 * process() call data[0]), "fail" (returns -EPROTO in that call), "scribble" (writes over its sink), "slow" (needs its whole block), "blob"
 * (keeps its configuration), "greedy" (allocates in init), "badinit" (init faults), "probe" and
 * "probe2" (do as they are told). */
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
