/* SPDX-License-Identifier: BSD-3-Clause */
#include "on_board.h"

#include <heap.h>
#include <object.h>
#include <rtos/alloc.h>
#include <stdlib.h>
#include <string.h>
#include <thread.h>
#include <zephyr/internal/syscall_handler.h>

static char anchors[2000]; /* addresses for objects that need no memory */

static int validate(const void *obj, enum k_objects otype, enum _obj_init_check init)
{
	return object_validate(obj, otype, 0, init);
}

BOARD_TEST(checks_come_in_order_type_permission_initialised)
{
	static struct k_sem sem;

	CHECK_INT(validate(&sem, K_OBJ_SEM, _OBJ_INIT_TRUE), -EBADF);
	CHECK_INT(k_object_register(&sem, K_OBJ_SEM), 0);
	CHECK_INT(validate(&sem, K_OBJ_EVENT, _OBJ_INIT_TRUE), -EBADF);
	CHECK_INT(validate((char *)&sem + 1, K_OBJ_SEM, _OBJ_INIT_TRUE), -EBADF);
	CHECK_INT(validate(NULL, K_OBJ_ANY, _OBJ_INIT_ANY), -EBADF);
	CHECK_INT(validate(&sem, K_OBJ_SEM, _OBJ_INIT_TRUE), -EPERM);
	k_object_access_grant(&sem, k_current_get());
	CHECK_INT(validate(&sem, K_OBJ_SEM, _OBJ_INIT_TRUE), -EINVAL);
	CHECK_INT(validate(&sem, K_OBJ_SEM, _OBJ_INIT_ANY), 0);
	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	CHECK_INT(validate(&sem, K_OBJ_SEM, _OBJ_INIT_TRUE), 0);
	CHECK_INT(validate(&sem, K_OBJ_ANY, _OBJ_INIT_TRUE), 0);
	k_object_access_revoke(&sem, k_current_get());
	CHECK_INT(validate(&sem, K_OBJ_SEM, _OBJ_INIT_TRUE), -EPERM);
	k_object_access_all_grant(&sem);
	CHECK_INT(validate(&sem, K_OBJ_SEM, _OBJ_INIT_TRUE), 0);
	CHECK_INT(object_validate(&sem, K_OBJ_SEM, 9, _OBJ_INIT_TRUE), 0);
	CHECK_INT(k_object_register(NULL, K_OBJ_SEM), -EINVAL);
	CHECK_INT(k_object_register(&sem, K_OBJ_LAST), -EINVAL);
}

BOARD_TEST(table_holds_many_objects_and_removal_loses_none)
{
	bool *there = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(anchors));
	unsigned int seed = 3;

	REQUIRE(there);
	for (int round = 0; round < 20000; round++) {
		const size_t i = (size_t)rand_r(&seed) % sizeof(anchors);

		if (there[i]) {
			object_remove(&anchors[i]);
		} else {
			CHECK_INT(object_add(&anchors[i], K_OBJ_SEM, false), 0);
			if (i % 2)
				object_grant(&anchors[i], 5);
		}
		there[i] = !there[i];
	}
	for (size_t i = 0; i < sizeof(anchors); i++) {
		const int expected = !there[i] ? -EBADF : i % 2 ? 0 : -EPERM;

		CHECK_INT(object_validate(&anchors[i], K_OBJ_SEM, 5, _OBJ_INIT_ANY), expected);
		object_remove(&anchors[i]);
		CHECK_INT(object_validate(&anchors[i], K_OBJ_SEM, 5, _OBJ_INIT_ANY), -EBADF);
	}
	object_remove(&anchors[0]);
	rfree(there);
}

BOARD_TEST(permissions_of_a_thread_go_with_it)
{
	for (size_t i = 0; i < 1000; i++) {
		CHECK_INT(object_add(&anchors[i], K_OBJ_SEM, false), 0);
		object_grant(&anchors[i], 4);
		object_grant(&anchors[i], (unsigned int)(i % 2) + 5);
	}
	object_inherit(5, 7, &anchors[0]);
	object_thread_gone(5);
	for (size_t i = 0; i < 1000; i++) {
		CHECK_INT(object_validate(&anchors[i], K_OBJ_SEM, 4, _OBJ_INIT_ANY), 0);
		CHECK_INT(object_validate(&anchors[i], K_OBJ_SEM, 5, _OBJ_INIT_ANY), -EPERM);
		CHECK_INT(object_validate(&anchors[i], K_OBJ_SEM, 6, _OBJ_INIT_ANY),
			  i % 2 ? 0 : -EPERM);
		CHECK_INT(object_validate(&anchors[i], K_OBJ_SEM, 7, _OBJ_INIT_ANY),
			  i % 2 || !i ? -EPERM : 0);
		object_remove(&anchors[i]);
	}
}

BOARD_TEST(allocated_objects_go_with_the_last_permission)
{
	const size_t before = heap_blocks(heap_kernel);
	void *objects[300];

	for (int i = 0; i < 300; i++) {
		objects[i] = k_object_alloc(i % 2 ? K_OBJ_SEM : K_OBJ_EVENT);
		REQUIRE(objects[i]);
		if (i % 3)
			object_grant(objects[i], 9);
	}
	/* One third goes with the supervisor's, the rest with the other's, all at once. */
	for (int i = 0; i < 300; i++)
		k_object_access_revoke(objects[i], k_current_get());
	CHECK_INT(heap_blocks(heap_kernel), before + 200);
	object_thread_gone(9);
	CHECK_INT(heap_blocks(heap_kernel), before);
	for (int i = 0; i < 300; i++)
		CHECK_INT(validate(objects[i], K_OBJ_ANY, _OBJ_INIT_ANY), -EBADF);
}

BOARD_TEST(ended_threads_record_grants_nothing_to_others)
{
	static struct user first, second;
	static struct k_sem sem;
	unsigned int index = 0;

	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	REQUIRE(user_make(&first, NULL, NULL, NULL, NULL));
	k_thread_abort(first.thread);
	REQUIRE(user_make(&second, NULL, NULL, NULL, NULL));
	/* The second has the index that the first had. */
	k_object_access_grant(&sem, first.thread);
	while (object_validate(second.thread, K_OBJ_THREAD, ++index, _OBJ_INIT_TRUE) && index < 127)
		;
	CHECK_INT(object_validate(&sem, K_OBJ_SEM, index, _OBJ_INIT_TRUE), -EPERM);
	/* It is kept for the thread's next life, under an index of its own. */
	REQUIRE(thread_index(first.thread) > 0);
	CHECK(thread_index(first.thread) != thread_index(second.thread));
	CHECK_INT(object_validate(&sem, K_OBJ_SEM, (unsigned int)thread_index(first.thread),
				  _OBJ_INIT_TRUE),
		  0);
	k_object_access_grant(&sem, second.thread);
	CHECK_INT(object_validate(&sem, K_OBJ_SEM, index, _OBJ_INIT_TRUE), 0);
	k_object_access_revoke(&sem, first.thread);
	CHECK_INT(object_validate(&sem, K_OBJ_SEM, index, _OBJ_INIT_TRUE), 0);
	user_end(&second);
	user_end(&first);
}

BOARD_TEST(unknown_pointers_are_ignored)
{
	/* A variable that could be an object becomes one when it is granted: this one is misaligned. */
	static _Alignas(8) char variable[8];
	void *const plain = variable + 4;

	k_object_free(NULL);
	k_object_free(plain);
	k_object_access_grant(plain, k_current_get());
	k_object_access_grant(NULL, k_current_get());
	k_object_access_grant(plain, NULL);
	k_object_access_revoke(plain, k_current_get());
	k_object_access_revoke(NULL, NULL);
	k_object_access_all_grant(plain);
	k_object_access_all_grant(NULL);
	CHECK_INT(validate(plain, K_OBJ_ANY, _OBJ_INIT_ANY), -EBADF);
}

BOARD_TEST(every_failing_allocation_of_an_object_is_clean)
{
	const size_t before = heap_blocks(heap_kernel);

	for (unsigned long n = 1; n < 2; n++) {
		host_alloc_fail_at(n);
		CHECK(!k_object_alloc(K_OBJ_SEM));
		CHECK_INT(heap_blocks(heap_kernel), before);
	}
	host_alloc_fail_at(0);
	/* A table that can't grow refuses, and keeps what it has. */
	for (size_t i = 0; i < sizeof(anchors); i++) {
		host_alloc_fail_at(1);
		if (object_add(&anchors[i], K_OBJ_SEM, false)) {
			CHECK(i > 50);
			break;
		}
		CHECK(i < sizeof(anchors) - 1);
	}
	host_alloc_fail_at(0);
	CHECK_INT(validate(&anchors[0], K_OBJ_SEM, _OBJ_INIT_ANY), -EPERM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(checks_come_in_order_type_permission_initialised),
		cmocka_unit_test(table_holds_many_objects_and_removal_loses_none),
		cmocka_unit_test(permissions_of_a_thread_go_with_it),
		cmocka_unit_test(allocated_objects_go_with_the_last_permission),
		cmocka_unit_test(ended_threads_record_grants_nothing_to_others),
		cmocka_unit_test(unknown_pointers_are_ignored),
		cmocka_unit_test(every_failing_allocation_of_an_object_is_clean),
	};

	return RUN(tests);
}
