/* SPDX-License-Identifier: BSD-3-Clause */
/* IPC4: each message, each way a host can get it wrong, and what it is told then. */
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

static struct make copy_of(unsigned int instance, bool dp)
{
	return (struct make){
		.module = module_id("copy"), .instance = instance, .pipeline = 1, .dp = dp
	};
}

static void pipelines_come_and_go(void **state)
{
	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	assert_int_equal(make_pipeline(1), IPC4_INVALID_RESOURCE_ID);
	assert_int_equal(sof_ipc4_last_error(), -EEXIST);
	assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
	assert_int_equal(drop_pipeline(1), IPC4_INVALID_RESOURCE_ID);
	assert_int_equal(set_state(7, SOF_IPC4_PIPELINE_STATE_RUNNING), IPC4_INVALID_RESOURCE_ID);
}

static void states_follow_the_rules(void **state)
{
	uint32_t which = 0;
	size_t size = sizeof(which);

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RUNNING), IPC4_INVALID_REQUEST);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_EOS), IPC4_INVALID_REQUEST);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_SAVED), IPC4_INVALID_REQUEST);
	assert_int_equal(set_state(1, 99), IPC4_INVALID_REQUEST);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_PAUSED), IPC4_SUCCESS);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RUNNING), IPC4_SUCCESS);
	assert_int_equal(drop_pipeline(1), IPC4_INVALID_RESOURCE_STATE);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_EOS), IPC4_SUCCESS);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RUNNING), IPC4_INVALID_REQUEST);
	assert_int_equal(
		sof_ipc4(SOF_IPC4_GLB_GET_PIPELINE_STATE << 24 | 1, 0, NULL, 0, &which, &size),
		IPC4_SUCCESS);
	assert_int_equal(which, SOF_IPC4_PIPELINE_STATE_EOS);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RESET), IPC4_SUCCESS);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RUNNING), IPC4_SUCCESS);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_PAUSED), IPC4_SUCCESS);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RUNNING), IPC4_SUCCESS);
}

static void several_pipelines_change_at_once(void **state)
{
	const uint32_t primary =
		SOF_IPC4_GLB_SET_PIPELINE_STATE << 24 | SOF_IPC4_PIPELINE_STATE_PAUSED;
	uint32_t ids[] = { 2, 1, 2 };

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	assert_int_equal(make_pipeline(2), IPC4_SUCCESS);
	assert_int_equal(sof_ipc4(primary, 1, ids, sizeof(ids), NULL, NULL), IPC4_SUCCESS);
	/* fewer ids than announced, none, absurdly many, no payload */
	assert_int_equal(sof_ipc4(primary, 1, ids, 8, NULL, NULL), IPC4_ERROR_INVALID_PARAM);
	ids[0] = 0;
	assert_int_equal(sof_ipc4(primary, 1, ids, 12, NULL, NULL), IPC4_ERROR_INVALID_PARAM);
	ids[0] = 0x40000001;
	assert_int_equal(sof_ipc4(primary, 1, ids, 12, NULL, NULL), IPC4_ERROR_INVALID_PARAM);
	assert_int_equal(sof_ipc4(primary, 1, NULL, 0, NULL, NULL), IPC4_ERROR_INVALID_PARAM);
}

static void unknown_messages_are_refused(void **state)
{
	assert_int_equal(sof_ipc4(SOF_IPC4_GLB_CHAIN_DMA << 24, 0, NULL, 0, NULL, NULL),
			 IPC4_UNAVAILABLE);
	assert_int_equal(sof_ipc4(1u << 30 | 20u << 24, 0, NULL, 0, NULL, NULL),
			 IPC4_UNKNOWN_MESSAGE_TYPE);
	assert_int_equal(sof_ipc4(1u << 30 | SOF_IPC4_MOD_SET_DX << 24, 0, NULL, 0, NULL, NULL),
			 IPC4_UNAVAILABLE);
	/* a reply */
	assert_int_equal(sof_ipc4(1u << 29, 0, NULL, 0, NULL, NULL), IPC4_INVALID_REQUEST);
	assert_int_equal(sof_ipc4(0, 0, NULL, 8, NULL, NULL), IPC4_ERROR_INVALID_PARAM);
}

static void instances_need_a_module_a_pipeline_and_a_number_of_their_own(void **state)
{
	for (int dp = 0; dp < 2; dp++) {
		struct make make = copy_of(1, dp);

		assert_int_equal(make_instance(&make), IPC4_MOD_NOT_INITIALIZED);
		assert_int_equal(sof_ipc4_last_error(), -ENOENT);
		assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
		assert_int_equal(make_instance(&make), IPC4_SUCCESS);
		assert_int_equal(make_instance(&make), IPC4_MOD_NOT_INITIALIZED);
		assert_int_equal(sof_ipc4_last_error(), -EEXIST);
		make.module = 999;
		assert_int_equal(make_instance(&make), IPC4_MOD_NOT_INITIALIZED);
		assert_int_equal(sof_ipc4_last_error(), -ENOENT);
		assert_int_equal(drop_instance(module_id("copy"), 1), IPC4_SUCCESS);
		assert_int_equal(drop_instance(module_id("copy"), 1), IPC4_INVALID_RESOURCE_ID);
		assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
	}
}

/* The board of these tests has one core. */
static void cores_there_are_not_are_refused(void **state)
{
	struct ipc4_pipeline_create create = { 0 };
	struct make make = { .pipeline = 1, .core = 1 };

	assert_int_equal(host_cores(), 1);
	assert_false(host_cores_parallel());
	create.primary.r.instance_id = 1;
	create.primary.r.type = SOF_IPC4_GLB_CREATE_PIPELINE;
	create.extension.r.core_id = 1;
	assert_int_equal(sof_ipc4(create.primary.dat, create.extension.dat, NULL, 0, NULL, NULL),
			 IPC4_INVALID_CORE_ID);
	assert_int_equal(sof_ipc4_last_error(), -EINVAL);
	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make.module = module_id("copy");
	for (int dp = 0; dp < 2; dp++) {
		make.dp = dp;
		assert_int_equal(make_instance(&make), IPC4_MOD_NOT_INITIALIZED);
		assert_int_equal(sof_ipc4_last_error(), -EINVAL);
	}
	make.core = 0;
	assert_int_equal(make_instance(&make), IPC4_SUCCESS);
	assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
}

static void formats_that_make_no_sense_are_refused(void **state)
{
	struct make make = copy_of(1, false);

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make.channels = 9;
	assert_int_equal(make_instance(&make), IPC4_MOD_NOT_INITIALIZED);
	assert_int_equal(sof_ipc4_last_error(), -EINVAL);
	make.channels = 2;
	make.bits = 20;
	assert_int_equal(make_instance(&make), IPC4_MOD_NOT_INITIALIZED);
	make.bits = 32;
	make.rate = 1000000;
	assert_int_equal(make_instance(&make), IPC4_MOD_NOT_INITIALIZED);
}

/* Any bytes at all as payload, extended or not: a status comes back, and nothing else happens. */
static void any_init_payload_gets_an_answer(void **state)
{
	uint32_t payload[64];
	unsigned int seed = 7;

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	for (int i = 0; i < 3000; i++) {
		struct ipc4_module_init_instance init = { 0 };

		for (size_t k = 0; k < 64; k++)
			payload[k] = rand_r(&seed) % 4 ? (uint32_t)(rand_r(&seed) % 16) :
							 (uint32_t)rand_r(&seed);
		init.primary.r.module_id = module_id("copy") & 0xffff;
		init.primary.r.instance_id = 1;
		init.primary.r.msg_tgt = 1;
		init.extension.r.param_block_size = (uint32_t)(rand_r(&seed) % 80);
		init.extension.r.ppl_instance_id = 1;
		init.extension.r.extended_init = (uint32_t)(i & 1);
		sof_ipc4(init.primary.dat, init.extension.dat, payload,
			 (size_t)(rand_r(&seed) % (int)sizeof(payload)), NULL, NULL);
		drop_instance(module_id("copy"), 1);
	}
}

static void heap_or_stack_too_large_to_be_had_is_refused(void **state)
{
	struct make make = copy_of(1, true);

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make.heap_bytes = UINT32_MAX;
	make.stack_bytes = UINT32_MAX;
	if (make_instance(&make) == IPC4_SUCCESS)
		assert_int_equal(drop_instance(make.module, 1), IPC4_SUCCESS);
	make.heap_bytes = 16;
	make.stack_bytes = 0;
	assert_int_equal(make_instance(&make), IPC4_MOD_NOT_INITIALIZED);
	assert_int_equal(sof_ipc4_last_error(), -ENOMEM);
}

static void init_that_faults_leaves_nothing(void **state)
{
	struct make make = copy_of(1, true);

	make.module = module_id("badinit");
	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	assert_int_equal(make_instance(&make), IPC4_MOD_NOT_INITIALIZED);
	assert_int_equal(sof_ipc4_last_error(), -EFAULT);
	assert_int_equal(drop_instance(make.module, 1), IPC4_INVALID_RESOURCE_ID);
}

static void module_memory_is_accounted_and_goes_with_the_instance(void **state)
{
	for (int dp = 0; dp < 2; dp++) {
		struct make make = copy_of(1, dp);
		struct sof_instance_stats stats;

		make.module = module_id("greedy");
		assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
		assert_int_equal(make_instance(&make), IPC4_SUCCESS);
		stats = stats_of("greedy.1");
		assert_true(stats.heap_used >= 1000);
		assert_true(stats.heap_high_water >= stats.heap_used);
		assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
	}
}

static void queues_take_one_connection(void **state)
{
	const unsigned int copy = module_id("copy");
	struct make make = copy_of(1, false);

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	assert_int_equal(bind(copy, 1, copy, 2), IPC4_INVALID_RESOURCE_ID);
	assert_int_equal(make_instance(&make), IPC4_SUCCESS);
	make.instance = 2;
	make.dp = true;
	assert_int_equal(make_instance(&make), IPC4_SUCCESS);
	assert_int_equal(bind(copy, 1, copy, 1), IPC4_INVALID_REQUEST);
	assert_int_equal(unbind(copy, 1, copy, 2), IPC4_INVALID_RESOURCE_ID);
	assert_int_equal(bind(copy, 1, copy, 2), IPC4_SUCCESS);
	assert_int_equal(bind(copy, 1, copy, 2), IPC4_INVALID_RESOURCE_STATE);
	assert_int_equal(unbind(copy, 1, copy, 2), IPC4_SUCCESS);
	assert_int_equal(bind(copy, 1, copy, 2), IPC4_SUCCESS);
	assert_int_equal(drop_instance(copy, 1), IPC4_SUCCESS);
	assert_int_equal(unbind(copy, 1, copy, 2), IPC4_INVALID_RESOURCE_ID);
}

static uint32_t large_get(unsigned int module, void *bytes, size_t *size)
{
	struct ipc4_module_large_config config = { 0 };
	uint32_t status;

	config.primary.r.module_id = module & 0xffff;
	config.primary.r.instance_id = 1;
	config.primary.r.type = SOF_IPC4_MOD_LARGE_CONFIG_GET;
	config.primary.r.msg_tgt = 1;
	config.extension.r.init_block = 1;
	config.extension.r.final_block = 1;
	status = sof_ipc4(config.primary.dat, config.extension.dat, NULL, 0, bytes, size);
	host_memory_open();
	return status;
}

static void large_configuration_travels_in_fragments_both_ways(void **state)
{
	const unsigned int blob = module_id("blob");
	uint8_t bytes[3000], back[SOF_IPC4_PAYLOAD_MAX];
	size_t size;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 7);
	for (int dp = 0; dp < 2; dp++) {
		struct make make = copy_of(1, dp);

		make.module = blob;
		assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
		assert_int_equal(large_set(blob, 1, true, true, 4, bytes, 4),
				 IPC4_INVALID_RESOURCE_ID);
		assert_int_equal(make_instance(&make), IPC4_SUCCESS);
		assert_int_equal(large_set(blob, 1, true, false, 3000, bytes, 1000), IPC4_SUCCESS);
		assert_int_equal(large_set(blob, 1, false, false, 1000, bytes + 1000, 1000),
				 IPC4_SUCCESS);
		assert_int_equal(large_set(blob, 1, false, true, 2000, bytes + 2000, 1000),
				 IPC4_SUCCESS);
		size = sizeof(back);
		assert_int_equal(large_get(blob, back, &size), IPC4_SUCCESS);
		assert_int_equal(size, 3000);
		assert_memory_equal(back, bytes, 3000);
		/* wherever the caller wants it */
		size = 3001;
		memset(back, 0x5a, sizeof(back));
		assert_int_equal(large_get(blob, back + 1, &size), IPC4_SUCCESS);
		assert_int_equal(size, 3000);
		assert_memory_equal(back + 1, bytes, 3000);
		/* The size, with the bits of the first and of the last block. */
		assert_int_equal(sof_ipc4_reply_extension(), 3000 | 3u << 28);
		size = 10;
		assert_int_equal(large_get(blob, back, &size), IPC4_INVALID_RESOURCE_ID);
		assert_int_equal(sof_ipc4_last_error(), -ENOSPC);

		/* a last fragment without a first, one past the end, a single one cut short */
		assert_int_equal(large_set(blob, 1, false, true, 8, bytes, 8),
				 IPC4_INVALID_CONFIG_DATA_LEN);
		assert_int_equal(large_set(blob, 1, true, true, 100, bytes, 50),
				 IPC4_INVALID_CONFIG_DATA_LEN);
		assert_int_equal(large_set(blob, 1, true, false, 100, bytes, 50), IPC4_SUCCESS);
		assert_int_equal(large_set(blob, 1, false, false, 200, bytes, 50),
				 IPC4_INVALID_CONFIG_DATA_LEN);
		assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
	}
}

static void small_configuration_fits_the_header(void **state)
{
	for (int dp = 0; dp < 2; dp++) {
		struct make make = copy_of(1, dp);
		uint32_t primary, value = 0;
		size_t size = sizeof(value);

		make.module = module_id("blob");
		primary = 1u << 30 | 1u << 16 | make.module;
		assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
		assert_int_equal(make_instance(&make), IPC4_SUCCESS);
		assert_int_equal(sof_ipc4(primary | SOF_IPC4_MOD_CONFIG_SET << 24, 0x10007, NULL, 0,
					  NULL, NULL),
				 IPC4_SUCCESS);
		assert_int_equal(sof_ipc4(primary | SOF_IPC4_MOD_CONFIG_SET << 24, 0x10008, NULL, 0,
					  NULL, NULL),
				 IPC4_INVALID_CONFIG_PARAM_ID);
		assert_int_equal(sof_ipc4(primary | SOF_IPC4_MOD_CONFIG_GET << 24, 0x30000, NULL, 0,
					  &value, &size),
				 IPC4_SUCCESS);
		host_memory_open();
		assert_int_equal(value, 0x30000 | 42);
		assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, firmware_up, firmware_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(pipelines_come_and_go),
		TEST(states_follow_the_rules),
		TEST(several_pipelines_change_at_once),
		TEST(unknown_messages_are_refused),
		TEST(instances_need_a_module_a_pipeline_and_a_number_of_their_own),
		TEST(cores_there_are_not_are_refused),
		TEST(formats_that_make_no_sense_are_refused),
		TEST(any_init_payload_gets_an_answer),
		TEST(heap_or_stack_too_large_to_be_had_is_refused),
		TEST(init_that_faults_leaves_nothing),
		TEST(module_memory_is_accounted_and_goes_with_the_instance),
		TEST(queues_take_one_connection),
		TEST(large_configuration_travels_in_fragments_both_ways),
		TEST(small_configuration_fits_the_header),
	};

	return run_on_board(tests);
}
