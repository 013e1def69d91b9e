/* SPDX-License-Identifier: BSD-3-Clause */
/* One batch, from board to board. */
#include "fuzz.h"
#include "scheduler.h"

#include <host/audio.h>
#include <host/fault.h>
#include <host/platform.h>
#include <rtos/userspace_helper.h>
#include <stdio.h>
#include <string.h>

#define CALLS_PER_THREAD 64u
#define CALLS_PER_ROUND	 500u

static struct fuzz_plan plan APP_TASK_BSS;

static struct {
	uint64_t seed, wanted;
	struct fuzz_result result; /* here in kernel memory, as the caller's is the host's */
} batch;

static void failed(const char *what)
{
	struct fuzz_result *result = &batch.result;
	const struct fuzz_call *call = &plan.last;

	if (result->failure[0])
		return;
	fuzz_board_open();
	snprintf(result->failure, sizeof(result->failure),
		 "after %llu calls: %s; the last was %u(%#lx, %#lx, %#lx, %#lx, %#lx, %#lx)",
		 (unsigned long long)result->calls, what, call->id, call->arg[0], call->arg[1],
		 call->arg[2], call->arg[3], call->arg[4], call->arg[5]);
}

/* What attackers are killed for is their own doing: calls refused, or wild accesses of theirs after
 * a call that was told to write over their own memory. Anything in supervisor mode is the kernel's. */
static void on_fault(const struct host_fault *fault, void *arg)
{
	char text[256];

	if (fault->kind == HOST_FAULT_OOPS)
		batch.result.refused++;
	else
		batch.result.faults++;
	if (fault->user_mode && fault->kind != HOST_FAULT_WATCHDOG)
		return;
	snprintf(text, sizeof(text), "fault %d of %s in %s mode, at %#lx, of %#lx, %s", fault->kind,
		 fault->thread_name, fault->user_mode ? "user" : "supervisor", fault->pc,
		 fault->address, fault->text);
	failed(text);
}

static void run_thread(uint64_t *state)
{
	struct host_counters before, after;
	unsigned int calls = 1 + (unsigned int)(fuzz_random(state) % CALLS_PER_THREAD);
	struct k_thread *thread = fuzz_board_attacker(&plan, fuzz_random(state), calls);

	if (!thread) {
		failed("no thread could be made");
		return;
	}
	host_counters_get(&before);
	k_thread_start(thread);
	/* One that sleeps is waited for or not; one that waits for ever is not. */
	k_thread_join(thread, fuzz_random(state) % 2 ? K_FOREVER : K_MSEC(10));
	host_counters_get(&after);
	fuzz_board_quiet();
	batch.result.calls += after.syscalls - before.syscalls;
	batch.result.threads++;
}

static int attack(void *arg)
{
	uint64_t state = batch.seed;
	const char *why = NULL;

	if (sof_audio_init(&(struct sof_audio_config){ 0 }) || fuzz_board_make()) {
		failed("the board could not be made");
		return 1;
	}
	while (!why && !batch.result.failure[0] && batch.result.calls < batch.wanted) {
		uint64_t until = batch.result.calls + CALLS_PER_ROUND;

		if (fuzz_board_arm(&plan)) {
			why = "no memory for another round";
			break;
		}
		while (batch.result.calls < until && !batch.result.failure[0])
			run_thread(&state);
		why = fuzz_board_check();
		batch.result.checks++;
	}
	if (why)
		failed(why);
	fuzz_board_disarm();
	fuzz_board_end();
	sof_audio_exit();
	return 0;
}

void fuzz_batch(uint64_t seed, uint64_t number, uint64_t calls, struct fuzz_result *result)
{
	const struct host_config config = {
		.isolation = HOST_ISOLATION_AUTO,
		.on_fault = HOST_ON_FAULT_MUTE,
		.watchdog_ms = 10000,
	};
	uint64_t state = seed + number;
	size_t left;
	int ret, value = 0;

	batch.seed = fuzz_random(&state);
	batch.wanted = calls;
	memset(&batch.result, 0, sizeof(batch.result));
	ret = host_init(&config);
	if (!ret) {
		host_fault_handler_set(on_fault, NULL);
		ret = host_run(attack, NULL, &value);
		host_fault_handler_set(NULL, NULL);
		left = host_exit();
		*result = batch.result;
		if (!ret && left && !result->failure[0])
			snprintf(result->failure, sizeof(result->failure), "%zu blocks left", left);
	}
	if ((ret || value) && !result->failure[0])
		snprintf(result->failure, sizeof(result->failure), "the board ended with %d, %d",
			 ret, value);
	result->done = true;
}
