/* SPDX-License-Identifier: BSD-3-Clause */
#include "run.h"

#include <errno.h>
#include <ipc4/error_status.h>
#include <stdio.h>
#include <string.h>

#include "endpoint.h"
#include "ipc_message.h"
#include "progress.h"

#define PIPELINE 1

/* The pipeline as built so far: file source, the chain, file sink. */
struct chain {
	struct run *run;
	struct ipc_instance nodes[OUTCOME_INSTANCES_MAX];
	size_t count; /* nodes in the chain */
	size_t made;  /* of them made */
	size_t bound; /* connections made, node i to i + 1 */
	bool created;
	struct progress progress;
};

/* Kernel data: it is in use while the C heap and the main stack are closed. */
static struct chain chain;

static const struct module_choice *choice_of(size_t node)
{
	return node == 0 || node + 1 == chain.count ? NULL : &chain.run->options->modules[node - 1];
}

static void node_name(size_t node, char *text, size_t size)
{
	const struct module_choice *choice = choice_of(node);

	if (choice)
		snprintf(text, size, "%s.%u", choice->name, choice->number);
	else
		snprintf(text, size, "%s", node == 0 ? ENDPOINT_SOURCE_NAME : ENDPOINT_SINK_NAME);
}

/* Say why the last message failed; a fault has said it already. */
static int refused(uint32_t status, enum exit_code code, const char *what)
{
	int error = -sof_ipc4_last_error();
	char name[64];

	host_memory_open();
	if (error == EFAULT)
		return -EFAULT;
	ipc_status_name(status, name, sizeof(name));
	return problem_set(chain.run->why, code, error > 0 ? error : EIO, "%s: %s, %s", what,
			   error > 0 ? strerror(error) : "refused", name);
}

static int find_modules(void)
{
	const struct options *options = chain.run->options;
	size_t node;

	chain.count = options->module_count + 2;
	for (node = 0; node < chain.count; node++) {
		const struct module_choice *choice = choice_of(node);
		const struct sof_module_desc *desc;
		const char *name;

		host_memory_open();
		name = choice ? choice->name : node ? ENDPOINT_SINK_NAME : ENDPOINT_SOURCE_NAME;
		desc = sof_module_find(name);
		if (!desc || (choice && desc->endpoint))
			return problem_set(chain.run->why, EXIT_BAD_INPUT, ENOENT,
					   "unknown module '%s'", name);
		chain.nodes[node].module_id = desc->module_id;
		chain.nodes[node].instance_id = choice ? (uint8_t)choice->number : 0;
	}
	return 0;
}

static bool is_dp(size_t node)
{
	const struct module_choice *choice = choice_of(node);

	return choice && choice->dp;
}

/* The same, of DP modules: a heap that is too small is told with what it takes. */
static int memory_refused(uint32_t status, bool dp, const char *what)
{
	const struct options *options = chain.run->options;
	size_t needed, there;

	host_memory_open();
	if (!dp || sof_ipc4_last_error() != -ENOMEM || !host_heap_shortage(&needed, &there))
		return refused(status, EXIT_RUN_FAILED, what);
	return problem_set(chain.run->why,
			   options->heap_bytes || options->stack_bytes ? EXIT_BAD_INPUT :
									 EXIT_RUN_FAILED,
			   ENOMEM,
			   "%s: its heap of %zu bytes is too small, %zu or more are needed "
			   "(--heap-bytes)",
			   what, there, needed);
}

static int init_refused(size_t node, uint32_t status)
{
	char name[96], what[200];

	host_memory_open();
	node_name(node, name, sizeof(name));
	snprintf(what, sizeof(what), "%s: can't be made", name);
	return memory_refused(status, is_dp(node), what);
}

static int make_nodes(void)
{
	const struct options *options = chain.run->options;
	unsigned int dp_modules = 0;
	uint32_t status;
	size_t node;

	for (node = 0; node < chain.count; node++) {
		struct ipc_instance_setup setup = { 0 };
		const struct module_choice *choice;

		host_memory_open();
		choice = choice_of(node);
		setup.dp = choice && choice->dp;
		if (setup.dp)
			setup.core = dp_modules++ % options->board.cores;
		setup.domain_id = choice ? choice->domain_id : 0;
		setup.heap_bytes = (uint32_t)options->heap_bytes;
		setup.stack_bytes = (uint32_t)options->stack_bytes;
		ipc_base_config(&setup.base, &chain.run->outcome->format,
				setup.dp ? options->dp_period_ms : 1);
		status = ipc_instance_init(chain.nodes[node], PIPELINE, &setup);
		if (status)
			return init_refused(node, status);
		chain.made++;
	}
	return 0;
}

static int bind_nodes(void)
{
	uint32_t status;

	for (; chain.bound + 1 < chain.count; chain.bound++) {
		status = ipc_bind(chain.nodes[chain.bound], chain.nodes[chain.bound + 1]);
		if (status) {
			char from[96], to[96], what[220];

			host_memory_open();
			node_name(chain.bound, from, sizeof(from));
			node_name(chain.bound + 1, to, sizeof(to));
			snprintf(what, sizeof(what), "%s -> %s: can't be connected", from, to);
			return memory_refused(status, is_dp(chain.bound) || is_dp(chain.bound + 1),
					      what);
		}
	}
	return 0;
}

static int configure_nodes(void)
{
	uint32_t status;
	size_t node;

	for (node = 1; node + 1 < chain.count; node++) {
		const struct blob *blob = &chain.run->blobs[node - 1];

		host_memory_open();
		if (!blob->size)
			continue;
		status = ipc_configure(chain.nodes[node], blob);
		if (status) {
			char name[96], what[500];

			host_memory_open();
			node_name(node, name, sizeof(name));
			snprintf(what, sizeof(what), "%s: configuration %s is refused by %s",
				 choice_of(node)->name, choice_of(node)->blob_path, name);
			return refused(status, EXIT_BAD_INPUT, what);
		}
	}
	return 0;
}

/* A module looks at its configuration when it is prepared, so name what it was given. */
static int start_refused(uint32_t status)
{
	char what[500] = "the pipeline can't be started";
	enum exit_code code = EXIT_RUN_FAILED;
	size_t node, at = strlen(what);

	host_memory_open();
	if (sof_ipc4_last_error() != -EINVAL)
		return refused(status, code, what);
	for (node = 1; node + 1 < chain.count && at < sizeof(what); node++)
		if (choice_of(node)->blob_path) {
			at += (size_t)snprintf(what + at, sizeof(what) - at, "%s %s for %s",
					       code == EXIT_BAD_INPUT ? " or" :
									", perhaps because of",
					       choice_of(node)->blob_path, choice_of(node)->name);
			code = EXIT_BAD_INPUT;
		}
	return refused(status, code, what);
}

static int start(void)
{
	uint32_t status = ipc_pipeline_set_state(PIPELINE, SOF_IPC4_PIPELINE_STATE_PAUSED);

	if (!status)
		status = ipc_pipeline_set_state(PIPELINE, SOF_IPC4_PIPELINE_STATE_RUNNING);
	if (status)
		return start_refused(status);
	chain.run->outcome->ran = true;
	return 0;
}

static void take_figures(void)
{
	struct outcome *outcome = chain.run->outcome;
	size_t count = 0;

	while (count < OUTCOME_INSTANCES_MAX &&
	       !sof_instance_stats(count, &outcome->instances[count]))
		count++;
	outcome->instance_count = count;
	count = 0;
	while (count < OUTCOME_INSTANCES_MAX && !sof_domain_stats(count, &outcome->domains[count]))
		count++;
	outcome->domain_count = count;
}

/* Nothing moves and the file is not at its end: say who waits for what. */
static int stalled(uint64_t ticks)
{
	struct outcome *outcome = chain.run->outcome;
	char list[400] = "";
	size_t at = 0, i;

	take_figures();
	host_memory_open();
	for (i = 0; i < outcome->instance_count && at < sizeof(list); i++) {
		const struct sof_instance_stats *stats = &outcome->instances[i];

		if (stats->waits_for && stats->waits_for[0])
			at += (size_t)snprintf(list + at, sizeof(list) - at, "%s%s for %s",
					       at ? ", " : ": waiting are ", stats->name,
					       stats->waits_for);
	}
	return problem_set(chain.run->why, EXIT_RUN_FAILED, EDEADLK,
			   "nothing has moved for %llu ms of audio time%s",
			   (unsigned long long)ticks, list);
}

static int tick_failed(int error)
{
	host_memory_open();
	if (error == -EFAULT)
		return error;
	return problem_set(chain.run->why, EXIT_RUN_FAILED, -error,
			   "the pipeline failed after %llu ms of audio time: %s",
			   (unsigned long long)sof_tick_count(), strerror(-error));
}

static int play(void)
{
	struct outcome *outcome = chain.run->outcome;
	/* Each module may hold its output back for a period, and then take one to run. */
	uint64_t patience = 2ull * chain.run->options->dp_period_ms * (chain.count + 1) + 16;
	uint64_t idle = 0, start_ns = progress_now_ns();
	bool draining = false;
	int ret = 0;

	while (!ret) {
		ret = sof_tick();
		if (ret < 0) {
			ret = tick_failed(ret);
			break;
		}
		idle = ret == SOF_TICK_IDLE ? idle + 1 : 0;
		ret = 0;
		if (!draining && endpoint_source_exhausted()) {
			uint32_t status =
				ipc_pipeline_set_state(PIPELINE, SOF_IPC4_PIPELINE_STATE_EOS);

			draining = true;
			idle = 0;
			if (status)
				ret = refused(status, EXIT_RUN_FAILED,
					      "the end of the input can't be announced");
		} else if (idle > patience) {
			if (draining)
				break;
			ret = stalled(idle);
		}
		progress_update(&chain.progress, endpoint_source_frames());
	}
	outcome->wall_ns = progress_now_ns() - start_ns;
	progress_clear(&chain.progress);
	if (!ret)
		ret = endpoint_sink_flush();
	outcome->played = !ret;
	return ret;
}

/* In reverse order of building. Errors here are consequences of what was noted before. */
static int take_down(int ret)
{
	uint32_t status = 0;

	if (chain.run->outcome->ran) {
		status = ipc_pipeline_set_state(PIPELINE, SOF_IPC4_PIPELINE_STATE_PAUSED);
		if (!status)
			status = ipc_pipeline_set_state(PIPELINE, SOF_IPC4_PIPELINE_STATE_RESET);
	}
	while (chain.bound) {
		uint32_t unbind;

		chain.bound--;
		unbind = ipc_unbind(chain.nodes[chain.bound], chain.nodes[chain.bound + 1]);
		status = status ? status : unbind;
	}
	if (chain.created) {
		uint32_t delete = ipc_pipeline_delete(PIPELINE);

		status = status ? status : delete;
	}
	return ret    ? ret :
	       status ? refused(status, EXIT_RUN_FAILED, "the pipeline can't be taken down") :
			0;
}

static int build(void)
{
	uint32_t status;
	int ret;

	ret = find_modules();
	if (ret)
		return ret;
	status = ipc_pipeline_create(PIPELINE);
	if (status)
		return refused(status, EXIT_RUN_FAILED, "the pipeline can't be created");
	chain.created = true;
	ret = make_nodes();
	if (!ret)
		ret = bind_nodes();
	if (!ret)
		ret = configure_nodes();
	return ret ? ret : start();
}

static int run_firmware(struct run *run)
{
	struct outcome *outcome = run->outcome;
	bool faulted;
	int ret;

	memset(&chain, 0, sizeof(chain));
	chain.run = run;
	ret = endpoints_open(run->input, run->output, run->why);
	if (ret)
		return problem_set(run->why, EXIT_RUN_FAILED, -ret, "file ends: %s",
				   strerror(-ret));
	host_memory_open();
	progress_start(&chain.progress, run->options->quiet, outcome->format.rate,
		       outcome->file_frames);
	ret = build();
	if (!ret) {
		host_memory_open();
		ret = play();
	}
	take_figures();
	outcome->frames_in = endpoint_source_frames();
	outcome->frames_out = endpoint_sink_frames();
	outcome->ticks = sof_tick_count();
	faulted = ret == -EFAULT;
	ret = take_down(ret);
	endpoints_close();
	host_memory_open();
	return faulted ? -EFAULT : ret;
}

int run_pipeline(void *arg)
{
	struct run *run = arg;
	struct sof_audio_config config = { 0 };
	int ret;

	host_memory_open();
	config.domain_model = run->options->domain_model;
	config.share = run->options->share;
	/* What can't go on under "continue" is muted. */
	config.mute_on_fault = run->options->board.on_fault == HOST_ON_FAULT_MUTE ||
			       run->options->board.on_fault == HOST_ON_FAULT_CONTINUE;
	config.heap_bytes = run->options->heap_bytes;
	config.stack_bytes = run->options->stack_bytes;
	ret = sof_audio_init(&config);
	if (ret)
		return problem_set(run->why, EXIT_RUN_FAILED, -ret,
				   "the firmware can't be started: %s", strerror(-ret));
	ret = catalog_register(run->catalog, run->why);
	if (!ret)
		ret = run_firmware(run);
	sof_audio_exit();
	host_memory_open();
	return ret;
}
