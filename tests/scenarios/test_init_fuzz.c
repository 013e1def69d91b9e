/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Init messages with hostile payloads: wrong lengths, object lists that run over, absurd sizes.
 * Each is made from a good one by a few changes. After every batch the books of the kernel are
 * compared with what they were. INIT_FUZZ_COUNT in the environment: how many (1000000).
 */
#include "../audio/fixture.h"

#include <firmware.h>
#include <stdlib.h>
#include <string.h>

#define BATCH	  10000
#define BYTES_MAX 512

static uint32_t seed = 1;

static uint32_t next(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % below;
}

struct payload {
	union {
		uint8_t bytes[BYTES_MAX];
		uint32_t words[BYTES_MAX / 4];
	};
	size_t size;
};

static void put(struct payload *payload, const void *bytes, size_t size)
{
	memcpy(payload->bytes + payload->size, bytes, size);
	payload->size += size;
}

static void make_good(struct payload *payload)
{
	struct ipc4_module_init_ext_init head = { .data_obj_array = 1 };
	struct ipc4_module_init_ext_object object = { .object_id = IPC4_MOD_INIT_DATA_ID_DP_DATA,
						      .object_words = 3 };
	struct ipc4_module_init_ext_obj_dp_data dp = { .domain_id = next(4),
						       .stack_bytes = 8192,
						       .heap_bytes = 32768 };
	struct ipc4_base_module_cfg base;
	uint32_t data[2] = { 1, 2 };

	memset(payload, 0, sizeof(*payload));
	put(payload, &head, sizeof(head));
	put(payload, &object, sizeof(object));
	put(payload, &dp, sizeof(dp));
	object.object_id = IPC4_MOD_INIT_DATA_ID_MODULE_DATA;
	object.object_words = 2;
	object.last_object = 1;
	put(payload, &object, sizeof(object));
	put(payload, data, sizeof(data));
	memset(&base, 0, sizeof(base));
	base.ibs = base.obs = 384;
	base.audio_fmt.sampling_frequency = 48000;
	base.audio_fmt.depth = 32;
	base.audio_fmt.valid_bit_depth = 32;
	base.audio_fmt.channels_count = 2;
	put(payload, &base, sizeof(base));
}

static void damage(struct payload *payload)
{
	const uint32_t words = (uint32_t)(payload->size / 4);

	for (uint32_t n = 1 + next(4); n; n--) {
		switch (next(6)) {
		case 0: /* cut short */
			payload->size = next(words + 1) * 4;
			break;
		case 1: /* more of it */
			payload->size = next(BYTES_MAX / 4) * 4;
			break;
		case 2:
			payload->words[next(words)] = next(2) ? UINT32_MAX : 0;
			break;
		case 3:
			payload->words[next(words)] ^= 1u << next(32);
			break;
		case 4:
			payload->bytes[next((uint32_t)words * 4)] = (uint8_t)next(256);
			break;
		default: /* an object list of nothing but heads */
			for (uint32_t i = 3; i < 3 + next(BYTES_MAX / 4 - 3); i++)
				payload->words[i] = next(65536) << 1;
			break;
		}
	}
}

struct books {
	size_t heap_used, kernel_instances, domains, links;
};

static size_t count_of(const struct list_item *list)
{
	struct list_item *item;
	size_t count = 0;

	list_for_item(item, list)
		count++;
	return count;
}

static struct books books(void)
{
	const struct firmware *fw = firmware_get();
	struct sys_memory_stats stats = { 0 };

	sys_heap_runtime_stats_get(&sof_sys_heap_get()->heap, &stats);
	return (struct books){ stats.allocated_bytes, count_of(&fw->instances),
			       count_of(&fw->domains), count_of(&fw->links) };
}

static void one_message(unsigned int module, unsigned long *made)
{
	struct ipc4_module_init_instance init = { 0 };
	struct payload payload;
	size_t announced;
	uint32_t status;

	make_good(&payload);
	damage(&payload);
	announced = next(8) ? payload.size / 4 : next(65536);
	init.primary.r.module_id = module & 0xffff;
	init.primary.r.instance_id = 1;
	init.primary.r.type = SOF_IPC4_MOD_INIT_INSTANCE;
	init.primary.r.msg_tgt = SOF_IPC4_MESSAGE_TARGET_MODULE_MSG;
	init.extension.r.param_block_size = announced & 0xffff;
	init.extension.r.ppl_instance_id = 1;
	/* threads cost time: most are made without */
	init.extension.r.proc_domain = next(16) == 0;
	init.extension.r.extended_init = next(8) != 0;
	status = sof_ipc4(init.primary.dat, init.extension.dat, payload.bytes, payload.size, NULL,
			  NULL);
	if (status)
		return;
	++*made;
	sof_ipc4(
		(struct ipc4_module_delete_instance){
			.primary.r = { .module_id = module & 0xffff,
				       .instance_id = 1,
				       .type = SOF_IPC4_MOD_DELETE_INSTANCE,
				       .msg_tgt = 1 } }
			.primary.dat,
		0, NULL, 0, NULL, NULL);
}

static void hostile_init_messages_leave_the_kernel_as_it_was(void **state)
{
	const char *wanted = getenv("INIT_FUZZ_COUNT");
	const unsigned long count = wanted ? strtoul(wanted, NULL, 10) : 1000000;
	const unsigned int module = module_id("probe");
	const unsigned int faults = host_fault_count();
	unsigned long made = 0;
	struct books before, after;

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	/* what the first of all leaves behind is remembered freed blocks' */
	before = books();
	for (unsigned long n = 0; n < count; n++) {
		one_message(module, &made);
		if ((n + 1) % BATCH && n + 1 < count)
			continue;
		after = books();
		host_memory_open();
		assert_int_equal(after.kernel_instances, before.kernel_instances);
		assert_int_equal(after.domains, before.domains);
		assert_int_equal(after.links, before.links);
		/* up to what is remembered of freed blocks, and the books' own growth */
		assert_in_range(after.heap_used, 0, before.heap_used + 16384);
	}
	host_memory_open();
	print_message("%lu init messages, %lu were good enough\n", count, made);
	assert_true(made > count / 1000);
	assert_int_equal(host_fault_count(), faults);
	assert_int_equal(host_stray_supervisor_accesses(), 0);
}

static int up(void **state)
{
	return firmware_up_as(&(struct sof_audio_config){ .domain_model = SOF_DOMAIN_ID,
							  .share = SOF_SHARE_GRANT });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(hostile_init_messages_leave_the_kernel_as_it_was,
						up, firmware_down),
	};

	return run_on_board(tests);
}
