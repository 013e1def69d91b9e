/* SPDX-License-Identifier: BSD-3-Clause */
/* What the firmware says without being asked: messages and registers, from both modes. */
#include "fixture.h"

#include <heap.h>
#include <ipc4/base_fw.h>
#include <ipc4/fw_reg.h>
#include <ipc4/notification.h>
#include <rtos/alloc.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/ipc/msg.h>
#include <sof/ipc/notification_pool.h>
#include <sof/lib/mailbox.h>
#include <string.h>

enum what {
	MAKE,		 /* a message of value bytes, kept */
	FREE,		 /* it */
	SEND,		 /* it, its payload all value */
	SEND_ELSEWHERE,	 /* it, the payload at address */
	SEND_FROM,	 /* a message on the stack whose payload is value bytes at address */
	SEND_URGENT,	 /* a message without a payload, extension value */
	UNDERRUN,	 /* a mixer's */
	WRITE_REGISTERS, /* value bytes at address to offset 64 */
	READ_REGISTERS,	 /* 0 when those at 64 are value */
	FREE_FOREIGN,	 /* the message at address */
};
struct order {
	uint64_t address;
	uint32_t what, value;
};

static int herald_init(struct processing_module *mod)
{
	return 0;
}

static int herald_do(struct processing_module *mod, const struct order *order)
{
	void *at = (void *)(uintptr_t)order->address;
	struct ipc_msg *kept = module_get_private_data(mod);
	struct ipc_msg msg = { .header = SOF_IPC4_NOTIF_HEADER(SOF_IPC4_MODULE_NOTIFICATION) };

	switch (order->what) {
	case MAKE:
		kept = ipc_msg_w_ext_init(msg.header, 0x1234, order->value);
		module_set_private_data(mod, kept);
		return kept ? 0 : -ENOMEM;
	case FREE:
		ipc_msg_free(kept);
		ipc_msg_free(NULL);
		return 0;
	case SEND:
		memset(kept->tx_data, (int)order->value, kept->tx_size);
		ipc_msg_send(kept, NULL, false);
		memset(kept->tx_data, 0, kept->tx_size);
		return 0;
	case SEND_ELSEWHERE:
		ipc_msg_send(kept, at, false);
		return 0;
	case SEND_FROM:
		msg.tx_data = at;
		msg.tx_size = order->value;
		ipc_msg_send(&msg, NULL, false);
		return 0;
	case SEND_URGENT:
		msg.extension = order->value;
		ipc_msg_send_direct(&msg, NULL);
		return 0;
	case UNDERRUN:
		send_mixer_underrun_notif_msg(7, 1, 100, 200);
		return 0;
	case WRITE_REGISTERS:
		mailbox_sw_regs_write(64, at, order->value);
		return 0;
	case READ_REGISTERS:
		return mailbox_sw_reg_read(64) == order->value &&
				       (uint32_t)mailbox_sw_reg_read64(64) == order->value ?
			       0 :
			       -EIO;
	case FREE_FOREIGN:
		ipc_msg_free(at);
		return 0;
	default:
		return -EINVAL;
	}
}

static int herald_set(struct processing_module *mod, uint32_t config_id,
		      enum module_cfg_fragment_position pos, uint32_t data_offset_size,
		      const uint8_t *fragment, size_t fragment_size, uint8_t *response,
		      size_t response_size)
{
	struct order order;

	memcpy(&order, fragment, sizeof(order));
	return herald_do(mod, &order);
}

static int herald_process(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	return 0;
}

static const struct module_interface herald_ops = { .init = herald_init,
						    .process = herald_process,
						    .set_configuration = herald_set };

/* Instance 0 runs LL, in supervisor mode; 1 is a user thread. */
enum { LL, DP };

static int up(void **state)
{
	struct sof_module_desc desc = { .name = "herald", .ops = &herald_ops, .uuid = { 0xee } };
	struct make make = { .pipeline = 1 };

	if (firmware_up(state) || sof_module_register(&desc) || make_pipeline(1))
		return -1;
	make.module = desc.module_id;
	for (make.instance = LL; make.instance <= DP; make.instance++) {
		make.dp = make.instance == DP;
		if (make_instance(&make))
			return -1;
	}
	return 0;
}

static int tell(unsigned int instance, enum what what, const void *address, uint32_t value)
{
	const struct order order = { .address = (uintptr_t)address, .what = what, .value = value };
	const uint32_t status = large_set(module_id("herald"), instance, true, true, sizeof(order),
					  &order, sizeof(order));

	return status ? sof_ipc4_last_error() : 0;
}

static struct sof_notification *next(void)
{
	static struct sof_notification read;

	assert_int_equal(sof_notification_next(&read), 0);
	return &read;
}

static void assert_silence(void)
{
	struct sof_notification *none = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*none));

	assert_int_equal(sof_notification_next(none), -ENOENT);
	rfree(none);
}

static void a_message_is_copied_when_it_is_sent(void **state)
{
	for (unsigned int instance = LL; instance <= DP; instance++) {
		const struct sof_notification *read;

		assert_int_equal(tell(instance, MAKE, NULL, 12), 0);
		assert_int_equal(tell(instance, SEND, NULL, 0x5a), 0);
		read = next();
		assert_int_equal(read->primary, 0x1b0c0000);
		assert_int_equal(read->extension, 0x1234);
		assert_int_equal(read->size, 12);
		for (size_t i = 0; i < read->size; i++)
			assert_int_equal(read->payload[i], 0x5a);
		assert_silence();
		assert_int_equal(tell(instance, FREE, NULL, 0), 0);
	}
	assert_int_equal(sof_notifications_dropped(), 0);
}

static void a_message_can_be_sent_again_with_other_data(void **state)
{
	static const char data[8] = "another";

	assert_int_equal(tell(LL, MAKE, NULL, sizeof(data)), 0);
	assert_int_equal(tell(LL, SEND, NULL, 1), 0);
	assert_int_equal(tell(LL, SEND_ELSEWHERE, data, 0), 0);
	assert_int_equal(next()->payload[0], 1);
	assert_memory_equal(next()->payload, data, sizeof(data));
	assert_int_equal(tell(LL, FREE, NULL, 0), 0);
}

static void a_message_nobody_freed_goes_with_its_instance(void **state)
{
	assert_int_equal(tell(DP, MAKE, NULL, 100), 0);
	assert_int_equal(drop_instance(module_id("herald"), DP), IPC4_SUCCESS);
}

static void too_large_a_message_is_refused(void **state)
{
	for (unsigned int instance = LL; instance <= DP; instance++) {
		assert_int_equal(tell(instance, MAKE, NULL, IPC_MSG_PAYLOAD_MAX + 1), -ENOMEM);
		assert_int_equal(tell(instance, MAKE, NULL, UINT32_MAX), -ENOMEM);
	}
	assert_int_equal(tell(LL, SEND_FROM, "", IPC_MSG_PAYLOAD_MAX + 1), 0);
	assert_int_equal(sof_notifications_dropped(), 1);
	assert_silence();
}

static void high_priority_goes_first_and_order_is_kept(void **state)
{
	assert_int_equal(tell(LL, SEND_FROM, "a", 1), 0);
	assert_int_equal(tell(DP, SEND_URGENT, NULL, 1), 0);
	assert_int_equal(tell(LL, SEND_FROM, "b", 1), 0);
	assert_int_equal(tell(LL, SEND_URGENT, NULL, 2), 0);
	assert_int_equal(next()->extension, 1);
	assert_int_equal(next()->extension, 2);
	assert_int_equal(next()->payload[0], 'a');
	assert_int_equal(next()->payload[0], 'b');
	assert_silence();
}

static void a_full_queue_drops_and_counts(void **state)
{
	for (unsigned int i = 0; i < 70; i++)
		assert_int_equal(tell(i & 1 ? DP : LL, SEND_URGENT, NULL, i), 0);
	assert_int_equal(sof_notifications_dropped(), 6);
	for (unsigned int i = 0; i < 64; i++)
		assert_int_equal(next()->extension, i);
	assert_silence();
	assert_int_equal(tell(DP, SEND_URGENT, NULL, 71), 0);
	assert_int_equal(next()->extension, 71);
}

static void dies_of(enum what what, const void *address, uint32_t value)
{
	const unsigned int before = host_fault_count();

	assert_int_equal(tell(DP, what, address, value), -EFAULT);
	assert_int_equal(host_fault_count(), before + 1);
	assert_int_equal(last_fault.kind, HOST_FAULT_OOPS);
	assert_silence();
}

static void a_payload_the_thread_may_not_read_is_an_oops(void **state)
{
	char *secret = rzalloc(SOF_MEM_FLAG_KERNEL, 64);

	dies_of(SEND_FROM, secret, 64);
	rfree(secret);
}

static void a_payload_that_wraps_around_is_an_oops(void **state)
{
	dies_of(SEND_FROM, (const void *)(UINTPTR_MAX - 15), 64);
}

static void a_message_in_kernel_memory_is_no_message_of_a_users(void **state)
{
	struct ipc_msg *msg = ipc_msg_init(0, 8);

	assert_non_null(msg);
	dies_of(FREE_FOREIGN, msg, 0);
	ipc_msg_free(msg);
}

static void a_mixers_underrun_is_told_from_both_modes(void **state)
{
	for (unsigned int instance = LL; instance <= DP; instance++) {
		struct ipc4_resource_event_data_notification event;
		const struct sof_notification *read;

		assert_int_equal(tell(instance, UNDERRUN, NULL, 0), 0);
		read = next();
		assert_int_equal(read->primary, 0x1b050000);
		assert_int_equal(read->size, sizeof(event));
		memcpy(&event, read->payload, sizeof(event));
		assert_int_equal(event.resource_type, SOF_IPC4_PIPELINE);
		assert_int_equal(event.resource_id, 7);
		assert_int_equal(event.event_type, SOF_IPC4_MIXER_UNDERRUN_DETECTED);
		assert_int_equal(event.event_data.mixer_underrun.eos_flag, 1);
		assert_int_equal(event.event_data.mixer_underrun.data_mixed, 100);
		assert_int_equal(event.event_data.mixer_underrun.expected_data_mixed, 200);
	}
}

static void resource_events_name_their_source(void **state)
{
	static const struct {
		uint32_t type, event;
	} expected[] = {
		{ SOF_IPC4_PIPELINE, SOF_IPC4_GATEWAY_UNDERRUN_DETECTED },
		{ SOF_IPC4_GATEWAY, SOF_IPC4_GATEWAY_OVERRUN_DETECTED },
		{ SOF_IPC4_MODULE_INSTANCE, SOF_IPC4_PROCESS_DATA_ERROR },
	};

	assert_true(send_copier_gateway_xrun_notif_msg(3, SOF_IPC_STREAM_PLAYBACK));
	assert_true(send_gateway_xrun_notif_msg(3, SOF_IPC_STREAM_CAPTURE));
	send_process_data_error_notif_msg(3, 99);
	for (size_t i = 0; i < 3; i++) {
		struct ipc4_resource_event_data_notification event;

		memcpy(&event, next()->payload, sizeof(event));
		assert_int_equal(event.resource_type, expected[i].type);
		assert_int_equal(event.event_type, expected[i].event);
		assert_int_equal(event.resource_id, 3);
		assert_int_equal(event.event_data.process_data_error.error_code, i == 2 ? 99 : 0);
	}
}

static void what_the_host_does_not_want_is_not_sent(void **state)
{
	const uint32_t mixer = BIT(IPC4_UNDERRUN_AT_MIXER_NOTIFICATION_MASK_IDX);

	ipc4_update_notification_mask(mixer, 0);
	assert_int_equal(tell(DP, UNDERRUN, NULL, 0), 0);
	assert_silence();
	assert_true(send_gateway_xrun_notif_msg(1, SOF_IPC_STREAM_CAPTURE));
	next();
	ipc4_update_notification_mask(mixer, mixer);
	assert_int_equal(tell(DP, UNDERRUN, NULL, 0), 0);
	next();
	assert_int_equal(sof_notifications_dropped(), 0);
}

static void a_message_of_the_pool_is_given_back_when_it_is_sent(void **state)
{
	struct ipc_msg *msg = ipc_notification_pool_get(NOTIFICATION_POOL_MAX_PAYLOAD_SIZE);

	assert_non_null(msg);
	/* the board says so when it goes down if the block is still there */
	ipc_msg_send(msg, NULL, false);
	assert_int_equal(next()->size, NOTIFICATION_POOL_MAX_PAYLOAD_SIZE);
	assert_null(ipc_notification_pool_get(NOTIFICATION_POOL_MAX_PAYLOAD_SIZE + 1));
}

static void without_memory_there_is_no_message(void **state)
{
	host_alloc_fail_at(1);
	assert_null(ipc_msg_init(0, 16));
	host_alloc_fail_at(1);
	assert_false(send_gateway_xrun_notif_msg(1, SOF_IPC_STREAM_CAPTURE));
	host_alloc_fail_at(0);
	assert_int_equal(sof_notifications_dropped(), 1);
}

static void registers_are_written_from_both_modes_and_read_by_the_host(void **state)
{
	static const uint32_t value[2] = { 0x11223344, 0x55667788 };
	uint32_t read[2];

	for (unsigned int instance = LL; instance <= DP; instance++) {
		assert_int_equal(tell(instance, WRITE_REGISTERS, &value[instance], 4), 0);
		assert_int_equal(tell(!instance, READ_REGISTERS, NULL, value[instance]), 0);
		assert_int_equal(tell(!instance, READ_REGISTERS, NULL, 1), -EIO);
		assert_int_equal(sof_fw_registers_read(64, read, sizeof(read)), 0);
		assert_int_equal(read[0], value[instance]);
		assert_int_equal(read[1], 0);
	}
	assert_true(sizeof(struct ipc4_fw_registers) <= MAILBOX_SW_REG_SIZE);
}

static void registers_end_where_they_end(void **state)
{
	const uint64_t ones = ~0ull;
	uint64_t read;

	mailbox_sw_regs_write(MAILBOX_SW_REG_SIZE - 7, &ones, 8);
	mailbox_sw_regs_write(SIZE_MAX - 3, &ones, 8);
	assert_int_equal(sof_fw_registers_read(MAILBOX_SW_REG_SIZE - 8, &read, 8), 0);
	assert_int_equal(read, 0);
	mailbox_sw_reg_write(MAILBOX_SW_REG_SIZE - 4, 77);
	assert_int_equal(mailbox_sw_reg_read(MAILBOX_SW_REG_SIZE - 4), 77);
	assert_int_equal(mailbox_sw_reg_read64(MAILBOX_SW_REG_SIZE - 4), 0);
	assert_int_equal(sof_fw_registers_read(MAILBOX_SW_REG_SIZE - 7, &read, 8), -EINVAL);
	assert_int_equal(sof_fw_registers_read(SIZE_MAX, &read, 8), -EINVAL);
}

static void registers_do_not_carry_kernel_memory_out(void **state)
{
	char *secret = rzalloc(SOF_MEM_FLAG_KERNEL, 64);

	dies_of(WRITE_REGISTERS, secret, 64);
	rfree(secret);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, up, firmware_down)
	const struct CMUnitTest tests[] = {
		TEST(a_message_is_copied_when_it_is_sent),
		TEST(a_message_can_be_sent_again_with_other_data),
		TEST(a_message_nobody_freed_goes_with_its_instance),
		TEST(too_large_a_message_is_refused),
		TEST(high_priority_goes_first_and_order_is_kept),
		TEST(a_full_queue_drops_and_counts),
		TEST(a_payload_the_thread_may_not_read_is_an_oops),
		TEST(a_payload_that_wraps_around_is_an_oops),
		TEST(a_message_in_kernel_memory_is_no_message_of_a_users),
		TEST(a_mixers_underrun_is_told_from_both_modes),
		TEST(resource_events_name_their_source),
		TEST(what_the_host_does_not_want_is_not_sent),
		TEST(a_message_of_the_pool_is_given_back_when_it_is_sent),
		TEST(without_memory_there_is_no_message),
		TEST(registers_are_written_from_both_modes_and_read_by_the_host),
		TEST(registers_end_where_they_end),
		TEST(registers_do_not_carry_kernel_memory_out),
	};

	return run_on_board(tests);
}
