/* SPDX-License-Identifier: BSD-3-Clause */
/* Configuration blobs: fragments in any order a host may think of. */
#include <sof/audio/data_blob.h>
#include <string.h>

#include "fixture.h"

static const uint8_t text[] = "abcdefghijklmnop";

struct holder {
	struct comp_dev *dev;
	struct comp_data_blob_handler *handler;
};

static struct holder holder;

static int up(void **state)
{
	struct make make;

	if (firmware_up(state))
		return -1;
	make = (struct make){ .module = module_id("copy"), .instance = 1, .pipeline = 1 };
	if (make_pipeline(1) || make_instance(&make))
		return -1;
	holder.dev = ipc4_get_comp_dev(IPC4_COMP_ID(make.module, 1u));
	holder.handler = mod_data_blob_handler_new(holder.dev->mod);
	return holder.handler ? 0 : -1;
}

static int down(void **state)
{
	mod_data_blob_handler_free(holder.dev->mod, holder.handler);
	assert_int_equal(module_adapter_heap_usage(holder.dev->mod, NULL), 0);
	return firmware_down(state);
}

static int set(enum module_cfg_fragment_position pos, uint32_t offset, size_t from, size_t size)
{
	return comp_data_blob_set(holder.handler, pos, offset, text + from, size);
}

static void expect_blob(const void *bytes, size_t size)
{
	size_t there = 99;
	const void *blob = comp_get_data_blob(holder.handler, &there, NULL);

	assert_int_equal(there, size);
	if (size)
		assert_memory_equal(blob, bytes, size);
	else
		assert_null(blob);
}

static void fragments_make_a_blob(void **state)
{
	expect_blob(NULL, 0);
	assert_int_equal(set(MODULE_CFG_FRAGMENT_FIRST, 10, 0, 4), 0);
	assert_false(comp_is_new_data_blob_available(holder.handler));
	assert_int_equal(set(MODULE_CFG_FRAGMENT_MIDDLE, 4, 4, 4), 0);
	assert_int_equal(set(MODULE_CFG_FRAGMENT_LAST, 8, 8, 2), 0);
	assert_true(comp_is_current_data_blob_valid(holder.handler));
	expect_blob(text, 10);
}

static void running_component_gets_a_new_blob_when_it_asks(void **state)
{
	uint32_t crc = 0;

	assert_int_equal(set(MODULE_CFG_FRAGMENT_SINGLE, 5, 0, 5), 0);
	holder.dev->state = COMP_STATE_ACTIVE;
	assert_int_equal(set(MODULE_CFG_FRAGMENT_SINGLE, 6, 6, 6), 0);
	assert_true(comp_is_new_data_blob_available(holder.handler));
	assert_int_equal(set(MODULE_CFG_FRAGMENT_SINGLE, 5, 0, 5), -EBUSY);
	expect_blob(text + 6, 6);
	assert_false(comp_is_new_data_blob_available(holder.handler));
	assert_int_equal(set(MODULE_CFG_FRAGMENT_SINGLE, 9, 0, 9), 0);
	comp_get_data_blob(holder.handler, NULL, &crc);
	assert_true(crc != 0);
}

static int refuse_x(struct comp_dev *dev, void *new_data, uint32_t new_data_size)
{
	return *(const char *)new_data == 'c' ? -EPERM : 0;
}

static void refused_blob_leaves_the_old_one(void **state)
{
	comp_data_blob_set_validator(holder.handler, refuse_x);
	assert_int_equal(set(MODULE_CFG_FRAGMENT_SINGLE, 5, 0, 5), 0);
	assert_int_equal(set(MODULE_CFG_FRAGMENT_SINGLE, 5, 2, 5), -EPERM);
	expect_blob(text, 5);
	assert_int_equal(set(MODULE_CFG_FRAGMENT_SINGLE, 5, 3, 5), 0);
	expect_blob(text + 3, 5);
}

static void hostile_orders_are_refused(void **state)
{
	assert_int_equal(set(MODULE_CFG_FRAGMENT_MIDDLE, 4, 4, 4), -ENOMEM);
	assert_int_equal(set(MODULE_CFG_FRAGMENT_LAST, 4, 4, 4), -ENOMEM);
	assert_int_equal(set(MODULE_CFG_FRAGMENT_SINGLE, 4, 0, 8), -EINVAL);
	assert_int_equal(set(MODULE_CFG_FRAGMENT_SINGLE, 8, 0, 4), -ENODATA);
	assert_int_equal(set(MODULE_CFG_FRAGMENT_SINGLE, 0x7fffffff, 0, 4), -ENOMEM);
	assert_int_equal(set(MODULE_CFG_FRAGMENT_FIRST, 8, 0, 4), 0);
	assert_int_equal(set(MODULE_CFG_FRAGMENT_FIRST, 8, 0, 4), -EBUSY);
	assert_int_equal(set(MODULE_CFG_FRAGMENT_MIDDLE, 4, 4, 5), -EINVAL);
	assert_int_equal(set(MODULE_CFG_FRAGMENT_LAST, 4, 4, 4), -ENOMEM);
	assert_int_equal(comp_data_blob_set(NULL, MODULE_CFG_FRAGMENT_SINGLE, 1, text, 1), -EINVAL);
	assert_int_equal(comp_data_blob_set(holder.handler, MODULE_CFG_FRAGMENT_SINGLE, 1, NULL, 1),
			 -EINVAL);
	expect_blob(NULL, 0);
}

static void single_blob_takes_none_while_active(void **state)
{
	struct comp_data_blob_handler *single =
		comp_data_blob_handler_new_ext(holder.dev, true, NULL, NULL);
	size_t size;

	assert_non_null(single);
	assert_int_equal(comp_data_blob_set(single, MODULE_CFG_FRAGMENT_SINGLE, 5, text, 5), 0);
	holder.dev->state = COMP_STATE_ACTIVE;
	assert_int_equal(comp_data_blob_set(single, MODULE_CFG_FRAGMENT_SINGLE, 5, text, 5),
			 -EBUSY);
	holder.dev->state = COMP_STATE_PREPARE;
	assert_int_equal(comp_data_blob_set(single, MODULE_CFG_FRAGMENT_SINGLE, 4, text + 1, 4), 0);
	assert_memory_equal(comp_get_data_blob(single, &size, NULL), text + 1, 4);
	assert_int_equal(size, 4);
	comp_data_blob_handler_free(single);
}

static void initial_blob_is_given_or_zero(void **state)
{
	static const uint8_t zeros[6];

	assert_int_equal(comp_init_data_blob(holder.handler, 6, NULL), 0);
	expect_blob(zeros, 6);
	assert_int_equal(comp_init_data_blob(holder.handler, 4, text), 0);
	expect_blob(text, 4);
	assert_int_equal(comp_init_data_blob(holder.handler, 0, NULL), 0);
	expect_blob(NULL, 0);
}

static void blob_is_read_back_in_pieces(void **state)
{
	union {
		struct sof_ipc_ctrl_data cdata;
		uint8_t room[256];
	} get;
	const int heads = sizeof(get.cdata) + sizeof(get.cdata.data[0]);

	memset(&get, 0, sizeof(get));
	get.cdata.cmd = SOF_CTRL_CMD_BINARY;
	get.cdata.num_elems = 6;
	assert_int_equal(set(MODULE_CFG_FRAGMENT_SINGLE, 10, 0, 10), 0);
	assert_int_equal(comp_data_blob_get_cmd(holder.handler, &get.cdata, heads + 5), -EINVAL);
	assert_int_equal(comp_data_blob_get_cmd(holder.handler, &get.cdata, heads + 6), 0);
	assert_int_equal(get.cdata.data->size, 10);
	assert_memory_equal(get.cdata.data->data, text, 6);
	/* nothing is written beyond what there is, headers included */
	for (int room = 0; room < heads + 6; room++) {
		memset(get.room + room, 0x5a, sizeof(get.room) - (size_t)room);
		get.cdata.cmd = SOF_CTRL_CMD_BINARY;
		get.cdata.num_elems = 6;
		assert_int_equal(comp_data_blob_get_cmd(holder.handler, &get.cdata, room), -EINVAL);
		for (size_t i = (size_t)MAX(room, (int)sizeof(get.cdata)); i < sizeof(get.room);
		     i++)
			assert_int_equal(get.room[i], 0x5a);
	}
	memset(&get, 0, sizeof(get));
	get.cdata.cmd = SOF_CTRL_CMD_BINARY;
	get.cdata.num_elems = 6;
	assert_int_equal(comp_data_blob_get_cmd(holder.handler, &get.cdata, heads + 6), 0);
	get.cdata.msg_index = 1;
	assert_int_equal(comp_data_blob_get_cmd(holder.handler, &get.cdata, heads + 6), -EINVAL);
	get.cdata.num_elems = 4;
	assert_int_equal(comp_data_blob_get_cmd(holder.handler, &get.cdata, heads + 6), 0);
	assert_memory_equal(get.cdata.data->data, text + 6, 4);
	get.cdata.cmd = SOF_CTRL_CMD_ENUM;
	assert_int_equal(comp_data_blob_get_cmd(holder.handler, &get.cdata, heads + 6), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(fragments_make_a_blob, up, down),
		cmocka_unit_test_setup_teardown(running_component_gets_a_new_blob_when_it_asks, up,
						down),
		cmocka_unit_test_setup_teardown(refused_blob_leaves_the_old_one, up, down),
		cmocka_unit_test_setup_teardown(hostile_orders_are_refused, up, down),
		cmocka_unit_test_setup_teardown(single_blob_takes_none_while_active, up, down),
		cmocka_unit_test_setup_teardown(initial_blob_is_given_or_zero, up, down),
		cmocka_unit_test_setup_teardown(blob_is_read_back_in_pieces, up, down),
	};

	return run_on_board(tests);
}
