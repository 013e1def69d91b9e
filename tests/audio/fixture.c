/* SPDX-License-Identifier: BSD-3-Clause */
#include "fixture.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <valgrind/valgrind.h>

/* cmocka puts handlers of its own around each test; faults are the board's business here. */
static const int fault_signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE };
static struct sigaction board_action[4];

static void board_signals_save(void)
{
	for (size_t i = 0; i < 4; i++)
		sigaction(fault_signals[i], NULL, &board_action[i]);
}

static void board_signals_restore(void)
{
	for (size_t i = 0; i < 4; i++)
		sigaction(fault_signals[i], &board_action[i], NULL);
}

struct group {
	const char *name;
	const struct CMUnitTest *tests;
	size_t count;
};

struct host_fault last_fault;
char last_suspects[HOST_SUSPECTS_BYTES];

static void note_fault(const struct host_fault *fault, void *arg)
{
	last_fault = *fault;
	snprintf(last_suspects, sizeof(last_suspects), "%s", fault->suspects);
}

static int run_group(void *arg)
{
	const struct group *group = arg;

	board_signals_save();
	host_memory_open();
	return _cmocka_run_group_tests(group->name, group->tests, group->count, NULL, NULL);
}

int run_group_on_board(const char *name, const struct CMUnitTest *tests, size_t count)
{
	const struct host_config config = { .isolation = HOST_ISOLATION_AUTO,
					    .on_fault = HOST_ON_FAULT_MUTE };
	struct group group = { name, tests, count };
	int failed = 1;

	if (host_init(&config))
		return 1;
	host_fault_handler_set(note_fault, NULL);
	if (host_run(run_group, &group, &failed))
		failed = 1;
	if (host_stray_supervisor_accesses())
		print_message("supervisor touched closed memory %u times\n",
			      host_stray_supervisor_accesses());
	if (host_exit() && !failed) {
		print_message("blocks were left behind\n");
		failed = 1;
	}
	return failed;
}

int firmware_up_as(const struct sof_audio_config *config)
{
	if (sof_audio_init(config))
		return -1;
	fixture_modules_register();
	return 0;
}

int firmware_up(void **state)
{
	return firmware_up_as(&(struct sof_audio_config){ 0 });
}

int firmware_up_muted(void **state)
{
	return firmware_up_as(&(struct sof_audio_config){ .mute_on_fault = true });
}

int firmware_up_by_type(void **state)
{
	return firmware_up_as(&(struct sof_audio_config){ .domain_model = SOF_DOMAIN_TYPE });
}

int firmware_down(void **state)
{
	board_signals_restore();
	sof_audio_exit();
	host_memory_open();
	return 0;
}

static uint32_t send(uint32_t primary, uint32_t extension, const void *payload, size_t size)
{
	const uint32_t status = sof_ipc4(primary, extension, payload, size, NULL, NULL);

	host_memory_open();
	return status;
}

uint32_t make_pipeline(unsigned int id)
{
	struct ipc4_pipeline_create create = { 0 };

	board_signals_restore();
	create.primary.r.instance_id = id & 0xff;
	create.primary.r.type = SOF_IPC4_GLB_CREATE_PIPELINE;
	return send(create.primary.dat, create.extension.dat, NULL, 0);
}

uint32_t drop_pipeline(unsigned int id)
{
	struct ipc4_pipeline_delete drop = { 0 };

	drop.primary.r.instance_id = id & 0xff;
	drop.primary.r.type = SOF_IPC4_GLB_DELETE_PIPELINE;
	return send(drop.primary.dat, 0, NULL, 0);
}

uint32_t set_state(unsigned int pipeline, enum ipc4_pipeline_state state)
{
	struct ipc4_pipeline_set_state set;

	memset(&set, 0, sizeof(set));
	set.primary.r.ppl_state = state;
	set.primary.r.ppl_id = pipeline & 0xff;
	set.primary.r.type = SOF_IPC4_GLB_SET_PIPELINE_STATE;
	return send(set.primary.dat, 0, NULL, 0);
}

uint32_t make_instance(const struct make *make)
{
	struct {
		struct ipc4_module_init_ext_init head;
		struct ipc4_module_init_ext_object dp_head;
		struct ipc4_module_init_ext_obj_dp_data dp;
		struct ipc4_module_init_ext_object data_head;
		uint8_t data[64];
		struct ipc4_base_module_cfg base;
	} payload;
	struct ipc4_module_init_instance init = { 0 };
	const unsigned int rate = make->rate ? make->rate : 48000;
	const unsigned int channels = make->channels ? make->channels : 2;
	const unsigned int bits = make->bits ? make->bits : 32;
	const unsigned int frame = channels * (bits == 16 ? 2 : 4);
	const unsigned int ms = make->block_ms ? make->block_ms : 1;

	memset(&payload, 0, sizeof(payload));
	payload.head.data_obj_array = 1;
	payload.dp_head.object_id = IPC4_MOD_INIT_DATA_ID_DP_DATA;
	payload.dp_head.object_words = sizeof(payload.dp) / 4;
	payload.dp.domain_id = make->domain_id;
	payload.dp.stack_bytes = make->stack_bytes;
	payload.dp.heap_bytes = make->heap_bytes;
	payload.data_head.object_id = IPC4_MOD_INIT_DATA_ID_MODULE_DATA;
	payload.data_head.object_words = sizeof(payload.data) / 4;
	payload.data_head.last_object = 1;
	if (make->data)
		memcpy(payload.data, make->data, make->data_size);
	payload.base.ibs = rate * ms / 1000 * frame;
	payload.base.obs = payload.base.ibs;
	payload.base.audio_fmt.sampling_frequency = rate;
	payload.base.audio_fmt.depth = bits == 16 ? 16 : 32;
	payload.base.audio_fmt.valid_bit_depth = bits & 0xff;
	payload.base.audio_fmt.channels_count = channels & 0xff;
	payload.base.audio_fmt.s_type = IPC4_TYPE_SIGNED_INTEGER;

	init.extension.r.core_id = make->core & 0xf;
	init.primary.r.module_id = make->module & 0xffff;
	init.primary.r.instance_id = make->instance & 0xff;
	init.primary.r.type = SOF_IPC4_MOD_INIT_INSTANCE;
	init.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
	init.extension.r.param_block_size = sizeof(payload) / 4;
	init.extension.r.ppl_instance_id = make->pipeline & 0xff;
	init.extension.r.proc_domain = make->dp;
	init.extension.r.extended_init = 1;
	return send(init.primary.dat, init.extension.dat, &payload, sizeof(payload));
}

uint32_t drop_instance(unsigned int module, unsigned int instance)
{
	struct ipc4_module_delete_instance drop = { 0 };

	drop.primary.r.module_id = module & 0xffff;
	drop.primary.r.instance_id = instance & 0xff;
	drop.primary.r.type = SOF_IPC4_MOD_DELETE_INSTANCE;
	drop.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
	return send(drop.primary.dat, 0, NULL, 0);
}

static uint32_t connect(unsigned int type, unsigned int from, unsigned int from_instance,
			unsigned int from_queue, unsigned int to, unsigned int to_instance,
			unsigned int to_queue)
{
	struct ipc4_module_bind_unbind message = { 0 };

	message.primary.r.module_id = from & 0xffff;
	message.primary.r.instance_id = from_instance & 0xff;
	message.primary.r.type = type & 0x1f;
	message.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
	message.extension.r.dst_module_id = to & 0xffff;
	message.extension.r.dst_instance_id = to_instance & 0xff;
	message.extension.r.src_queue = from_queue & 7;
	message.extension.r.dst_queue = to_queue & 7;
	return send(message.primary.dat, message.extension.dat, NULL, 0);
}

uint32_t bind(unsigned int from, unsigned int from_instance, unsigned int to,
	      unsigned int to_instance)
{
	return connect(SOF_IPC4_MOD_BIND, from, from_instance, 0, to, to_instance, 0);
}

uint32_t bind_queues(unsigned int from, unsigned int from_instance, unsigned int from_queue,
		     unsigned int to, unsigned int to_instance, unsigned int to_queue)
{
	return connect(SOF_IPC4_MOD_BIND, from, from_instance, from_queue, to, to_instance,
		       to_queue);
}

uint32_t unbind(unsigned int from, unsigned int from_instance, unsigned int to,
		unsigned int to_instance)
{
	return connect(SOF_IPC4_MOD_UNBIND, from, from_instance, 0, to, to_instance, 0);
}

uint32_t large_set(unsigned int module, unsigned int instance, bool first, bool last,
		   unsigned int offset, const void *bytes, size_t size)
{
	struct ipc4_module_large_config config = { 0 };

	config.primary.r.module_id = module & 0xffff;
	config.primary.r.instance_id = instance & 0xff;
	config.primary.r.type = SOF_IPC4_MOD_LARGE_CONFIG_SET;
	config.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
	config.extension.r.data_off_size = offset & 0xfffff;
	config.extension.r.init_block = first;
	config.extension.r.final_block = last;
	return send(config.primary.dat, config.extension.dat, bytes, size);
}

int probe(unsigned int instance, enum probe_what what, const void *address, unsigned int value)
{
	const struct probe_order order = { .address = (uintptr_t)address,
					   .what = what,
					   .value = value };
	const uint32_t status = large_set(module_id("probe"), instance, true, true, sizeof(order),
					  &order, sizeof(order));

	return status ? sof_ipc4_last_error() : 0;
}

void probe_faults(unsigned int instance, enum probe_what what, const void *address,
		  enum host_memory_kind kind, const char *owner)
{
	const unsigned int before = host_fault_count();
	char thread[32];

	if (RUNNING_ON_VALGRIND)
		return;
	snprintf(thread, sizeof(thread), "probe.%u", instance);
	assert_int_equal(probe(instance, what, address, 0), -EFAULT);
	assert_int_equal(host_fault_count(), before + 1);
	assert_int_equal(last_fault.kind, HOST_FAULT_ACCESS);
	assert_int_equal(last_fault.access,
			 what == PROBE_READ ? HOST_ACCESS_READ : HOST_ACCESS_WRITE);
	assert_true(last_fault.user_mode);
	assert_string_equal(last_fault.thread_name, thread);
	assert_int_equal(last_fault.where.kind, kind);
	assert_string_equal(last_fault.where.owner, owner);
	assert_true(stats_of(thread).dead);
}

unsigned int module_id(const char *name)
{
	const struct sof_module_desc *desc = sof_module_find(name);

	assert_non_null(desc);
	return desc->module_id;
}

void make_chain(struct feed *feed, struct collect *collect, const char *const names[],
		const unsigned int block_ms[], size_t count, unsigned int channels,
		unsigned int bits)
{
	const void *feed_at = feed, *collect_at = collect;
	struct make make = { .module = module_id("feed"),
			     .pipeline = 1,
			     .rate = feed->rate,
			     .channels = channels,
			     .bits = bits,
			     .data = &feed_at,
			     .data_size = sizeof(feed_at) };
	unsigned int last, last_instance = 0;

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	assert_int_equal(make_instance(&make), IPC4_SUCCESS);
	last = make.module;
	for (size_t i = 0; i < count; i++) {
		const uint32_t number = 2;

		make.module = module_id(names[i]);
		make.instance = (unsigned int)i + 1;
		make.dp = true;
		make.block_ms = block_ms[i];
		make.data = &number;
		make.data_size = sizeof(number);
		assert_int_equal(make_instance(&make), IPC4_SUCCESS);
		assert_int_equal(bind(last, last_instance, make.module, make.instance),
				 IPC4_SUCCESS);
		last = make.module;
		last_instance = make.instance;
	}
	make.module = module_id("collect");
	make.instance = 0;
	make.dp = false;
	make.block_ms = 1;
	make.data = &collect_at;
	make.data_size = sizeof(collect_at);
	assert_int_equal(make_instance(&make), IPC4_SUCCESS);
	assert_int_equal(bind(last, last_instance, make.module, 0), IPC4_SUCCESS);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_PAUSED), IPC4_SUCCESS);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RUNNING), IPC4_SUCCESS);
}

int tick(void)
{
	const int ret = sof_tick();

	host_memory_open();
	return ret;
}

int play(struct feed *feed)
{
	int ret = 0;

	while (ret >= 0 && feed->sent < feed->frames)
		ret = tick();
	if (ret >= 0)
		assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_EOS), IPC4_SUCCESS);
	for (int idle = 0; ret >= 0 && idle < 2;) {
		ret = tick();
		idle = ret == SOF_TICK_IDLE ? idle + 1 : 0;
	}
	return ret < 0 ? ret : 0;
}

struct sof_instance_stats stats_of(const char *name)
{
	struct sof_instance_stats stats;

	for (size_t i = 0; !sof_instance_stats(i, &stats); i++) {
		host_memory_open();
		if (!strcmp(stats.name, name))
			return stats;
	}
	fail_msg("no instance %s", name);
	return stats;
}
