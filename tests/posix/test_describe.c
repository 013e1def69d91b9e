/* SPDX-License-Identifier: BSD-3-Clause */
#include "on_board.h"

#include <rtos/alloc.h>
#include <scheduler.h>
#include <sof/trace/trace.h>
#include <zephyr/logging/log.h>
#include <string.h>

LOG_MODULE_REGISTER(describe);

static struct user user;
static const char constant[] = "constant";

static void nothing(void *p1, void *p2, void *p3)
{
}

static struct host_address_info at(uintptr_t address)
{
	struct host_address_info info;

	host_address_describe(address, NULL, &info);
	return info;
}

BOARD_TEST(every_kind_of_memory_is_told)
{
	struct k_heap *heap = module_driver_heap_init();
	uintptr_t gone;

	REQUIRE(heap);
	REQUIRE(user_make(&user, nothing, NULL, NULL, NULL));
	CHECK_INT(at(0).kind, HOST_MEMORY_NULL);
	CHECK_INT(at(4095).kind, HOST_MEMORY_NULL);
	CHECK_INT(at(4096).kind, HOST_MEMORY_UNKNOWN);
	CHECK_INT(at((uintptr_t)1 << 47).kind, HOST_MEMORY_NON_CANONICAL);
	CHECK_INT(at(-((uintptr_t)1 << 47) - 1).kind, HOST_MEMORY_NON_CANONICAL);
	CHECK_INT(at(-((uintptr_t)1 << 47)).kind, HOST_MEMORY_UNKNOWN);
	CHECK_INT(at(UINTPTR_MAX).kind, HOST_MEMORY_NULL);
	CHECK_INT(at((uintptr_t)&user).kind, HOST_MEMORY_KERNEL_DATA);
	CHECK_INT(at((uintptr_t)user.thread).kind, HOST_MEMORY_KERNEL_HEAP);
	CHECK_INT(at((uintptr_t)&gone).kind, HOST_MEMORY_KERNEL_STACK);
	CHECK_INT(at((uintptr_t)user.thread->arch->kernel_stack).kind, HOST_MEMORY_KERNEL_STACK);
	CHECK_INT(at((uintptr_t)heap->heap.init_mem).kind, HOST_MEMORY_MODULE_HEAP);
	CHECK_INT(at((uintptr_t)user.stack).kind, HOST_MEMORY_USER_STACK);
	CHECK_INT(at((uintptr_t)user.stack - 1).kind, HOST_MEMORY_STACK_GUARD);
	CHECK_INT(at((uintptr_t)user.stack - 60000).kind, HOST_MEMORY_STACK_GUARD);
	CHECK_INT(at((uintptr_t)&user_page).kind, HOST_MEMORY_MODULE_DATA);
	CHECK_INT(at(get_shared_buffer_heap_start()).kind, HOST_MEMORY_SHARED_HEAP);
	CHECK_INT(at((uintptr_t)user_mailbox()).kind, HOST_MEMORY_MAILBOX);
	CHECK_INT(at((uintptr_t)constant).kind, HOST_MEMORY_CODE);
	CHECK_INT(at((uintptr_t)at).kind, HOST_MEMORY_CODE);
	CHECK_INT(at((uintptr_t)__builtin_thread_pointer()).kind, HOST_MEMORY_KERNEL_STACK);
	gone = (uintptr_t)heap->heap.init_mem;
	module_driver_heap_remove(heap);
	CHECK_INT(at(gone).kind, HOST_MEMORY_RELEASED);
	CHECK(!strcmp(at(gone).owner, "module"));
	user_end(&user);
}

static int *on_main_stack;

BOARD_TEST(hosts_own_memory_is_told)
{
	CHECK_INT(at((uintptr_t)on_main_stack).kind, HOST_MEMORY_HOST);
}

static void main_stack_is_told(void **state)
{
	int here = 0;

	on_main_stack = &here;
	hosts_own_memory_is_told(state);
}

BOARD_TEST(distance_to_the_nearest_block_is_told)
{
	const struct module_heap_config config = { .name = "eqiir.1", .heap_bytes = 8192 };
	struct k_heap *heap = module_driver_heap_init_ext(&config);
	struct host_address_info info;
	uintptr_t block;

	REQUIRE(heap);
	block = (uintptr_t)k_heap_alloc(heap, 256, K_NO_WAIT);
	host_memory_label((void *)block, "coefficients %d", 7);
	info = at(block + 10);
	CHECK(info.block == block && info.block_size == 256 && !info.block_free);
	CHECK_INT(info.block_offset, 0);
	CHECK(!strcmp(info.block_label, "coefficients 7"));
	CHECK(!strcmp(info.owner, "eqiir.1"));
	CHECK_INT(at(block + 256).block_offset, 1);
	CHECK_INT(at(block + 256 + 43).block_offset, 44);
	CHECK_INT(at(block - 4).block_offset, -4);
	k_heap_free(heap, (void *)block);
	info = at(block + 10);
	CHECK(info.block == block && info.block_free);
	CHECK(!strcmp(info.block_label, "coefficients 7"));
	module_driver_heap_remove(heap);
}

/* What runs off the end of a heap lands behind its region, and is still told as past its block. */
BOARD_TEST(overrun_out_of_a_region_names_its_heap)
{
	const struct module_heap_config config = { .name = "runs.off", .heap_bytes = 8192 };
	struct k_heap *heap = module_driver_heap_init_ext(&config);
	struct k_mem_partition part;
	struct host_address_info info;
	uintptr_t block;

	REQUIRE(heap);
	block = (uintptr_t)k_heap_alloc(heap, 4000, K_NO_WAIT);
	module_driver_heap_partition(heap, &part);
	info = at(part.start + part.size + 100);
	CHECK_INT(info.kind, HOST_MEMORY_GUARD);
	CHECK(!strcmp(info.owner, "runs.off"));
	CHECK_INT(info.block, block);
	CHECK(info.block_offset > 0);
	CHECK_INT(info.region_start, part.start + part.size);
	k_heap_free(heap, (void *)block);
	module_driver_heap_remove(heap);
}

BOARD_TEST(own_memory_is_told_from_others)
{
	struct host_address_info info;

	REQUIRE(user_make(&user, nothing, NULL, NULL, NULL));
	host_address_describe((uintptr_t)user.stack, user.thread, &info);
	CHECK(info.own);
	host_address_describe((uintptr_t)&user_page, user.thread, &info);
	CHECK(info.own);
	host_address_describe((uintptr_t)user_mailbox(), user.thread, &info);
	CHECK(!info.own);
	CHECK_INT(user_mailbox_grant(&user.domain, false), 0);
	host_address_describe((uintptr_t)user_mailbox(), user.thread, &info);
	CHECK(info.own);
	CHECK(!at((uintptr_t)user.stack).own);
	user_end(&user);
}

static void take(void *p1, void *p2, void *p3)
{
	k_sem_take(p1, p2 ? K_MSEC(5) : K_FOREVER);
}

static void rest(void *p1, void *p2, void *p3)
{
	k_sleep(K_FOREVER);
}

static void stop(void *p1, void *p2, void *p3)
{
	k_thread_suspend(k_current_get());
}

static struct host_wait wait_of(k_thread_entry_t entry, struct k_sem *sem, bool timeout)
{
	struct host_wait wait = { .type = "none" };

	if (!user_make(&user, entry, sem, timeout ? sem : NULL, NULL))
		return wait;
	k_thread_access_grant(user.thread, sem);
	k_thread_start(user.thread);
	k_run_ready_threads();
	host_thread_wait(user.thread, &wait);
	user_end(&user);
	return wait;
}

BOARD_TEST(what_a_thread_waits_for_is_told)
{
	struct k_sem *sem = k_object_alloc(K_OBJ_SEM);
	struct host_wait wait;

	REQUIRE(sem);
	k_sem_init(sem, 0, 1);
	host_memory_label(sem, "the door");
	wait = wait_of(take, sem, false);
	CHECK(!strcmp(wait.type, "semaphore"));
	CHECK(wait.object == (uintptr_t)sem);
	CHECK(!strcmp(wait.name, "the door"));
	CHECK(wait.forever && !wait.suspended);
	wait = wait_of(take, sem, true);
	CHECK(wait.object == (uintptr_t)sem);
	CHECK(!wait.forever);
	CHECK_INT(wait.until_us, 5000);
	wait = wait_of(rest, sem, false);
	CHECK(!wait.object && !*wait.type && wait.forever);
	wait = wait_of(stop, sem, false);
	CHECK(wait.suspended);
	host_thread_wait(NULL, &wait);
	CHECK(!wait.suspended && !wait.object);
	k_object_free(sem);
}

BOARD_TEST(last_error_of_a_module_is_kept)
{
	struct host_module_call call = { .instance = "x.0", .call = "process()" };
	const int level = host_log_level(LOG_LEVEL_NONE);

	LOG_ERR("nobody's");
	CHECK(!host_module_call_set(NULL, &call));
	LOG_ERR("number %d\tand \033[1m", 7);
	LOG_WRN("no error");
	CHECK(host_module_call_set(NULL, NULL) == &call);
	LOG_ERR("after it");
	host_log_level(level);
	CHECK(!strcmp(call.last_error.text, "describe: number 7\\tand \\e[1m"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_memory_is_told),
		cmocka_unit_test(main_stack_is_told),
		cmocka_unit_test(distance_to_the_nearest_block_is_told),
		cmocka_unit_test(overrun_out_of_a_region_names_its_heap),
		cmocka_unit_test(own_memory_is_told_from_others),
		cmocka_unit_test(what_a_thread_waits_for_is_told),
		cmocka_unit_test(last_error_of_a_module_is_kept),
	};

	return RUN(tests);
}
