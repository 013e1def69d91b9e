/* SPDX-License-Identifier: BSD-3-Clause */
#include "on_board.h"

#include <fcntl.h>
#include <host_memory.h>
#include <protect.h>
#include <rtos/alloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct user user, other;
static struct k_sem sem;
static uint8_t pages[8][4096] __attribute__((aligned(4096)));

static void write_byte(void *p1, void *p2, void *p3)
{
	*(volatile uint8_t *)p1 = 0x5a;
}

static void write_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(*(volatile uint8_t *)p1 = 0x5a);
}

static void read_refused(void *p1, void *p2, void *p3)
{
	volatile uint8_t value = 0;

	MUST_FAULT(value = *(volatile uint8_t *)p1);
	USER_CHECK(!value);
}

static struct k_mem_partition part_of(void *memory, size_t size, k_mem_partition_attr_t attr)
{
	return (struct k_mem_partition){ (uintptr_t)memory, size, attr };
}

static void grant(struct user *to, void *memory, size_t size, k_mem_partition_attr_t attr)
{
	struct k_mem_partition part = part_of(memory, size, attr);

	CHECK_INT(k_mem_domain_add_partition(&to->domain, &part), 0);
}

BOARD_TEST(only_the_granted_pages_are_open)
{
	for (int i = 0; i < 3; i++) {
		REQUIRE(user_make(&user, i == 1 ? write_byte : write_refused, &pages[i], NULL,
				  NULL));
		grant(&user, pages[1], 4096, K_MEM_PARTITION_P_RW_U_RW);
		if (i == 1)
			user_allowed(&user);
		else
			CHECK_INT(user_refused(&user, HOST_FAULT_ACCESS)->address,
				  (uintptr_t)pages[i]);
		user_end(&user);
	}
	CHECK_INT(pages[1][0], 0x5a);
}

static void write_all(void *p1, void *p2, void *p3)
{
	for (size_t i = 0; i < 8; i += 2)
		((volatile uint8_t *)p1)[i * 4096] = (uint8_t)i;
}

static void write_last(void *p1, void *p2, void *p3)
{
	write_all(p1, p2, p3);
	MUST_FAULT(((volatile uint8_t *)p1)[7 * 4096] = 1);
}

/* More of the program's own pages than a few, each apart from the next. */
static void sleep_on(void *p1, void *p2, void *p3)
{
	k_sleep(K_FOREVER);
}

static void run_a_user(void)
{
	REQUIRE(user_make(&user, sleep_on, NULL, NULL, NULL));
	k_thread_start(user.thread);
	k_msleep(1);
}

/* Writable data of the test library, which no user may see. */
static uintptr_t library_data(void)
{
	static char maps[1 << 16], *line;
	const int fd = open("/proc/self/maps", O_RDONLY);
	size_t size = 0;
	ssize_t got;

	while (fd >= 0 && (got = read(fd, maps + size, sizeof(maps) - 1 - size)) > 0)
		size += (size_t)got;
	close(fd);
	for (line = strtok(maps, "\n"); line; line = strtok(NULL, "\n"))
		if (strstr(line, " rw-p ") && strstr(line, "/libcmocka.so"))
			return strtoull(line, NULL, 16);
	return 0;
}

/* What is closed after a user thread opens at the supervisor's first access. */
BOARD_TEST(supervisor_reaches_all_of_the_host_s_memory)
{
	const volatile uint8_t *const library = (const uint8_t *)library_data();
	volatile uint8_t *const block = malloc(100);
	uint8_t before;

	REQUIRE(library && block);
	expect_strays(2);
	before = *library;
	block[7] = 77;
	run_a_user();
	CHECK_INT(*library, before);
	user_end(&user);
	run_a_user();
	CHECK_INT(block[7], 77);
	user_end(&user);
	host_memory_open();
	free((void *)block);
}

BOARD_TEST(many_partitions_of_kernel_memory_can_be_granted)
{
	uint8_t *heap_pages = page_alloc(60);

	REQUIRE(user_make(&user, write_last, pages, NULL, NULL));
	for (int i = 0; i < 8; i += 2)
		grant(&user, pages[i], 4096, K_MEM_PARTITION_P_RW_U_RW);
	for (int i = 0; i < CONFIG_MAX_DOMAIN_PARTITIONS - 5; i++)
		grant(&user, heap_pages + 8192 * i, 4096, K_MEM_PARTITION_P_RW_U_RW);
	user_refused(&user, HOST_FAULT_ACCESS);
	user_end(&user);
	rfree(heap_pages);
}

BOARD_TEST(rights_are_those_of_the_partition)
{
	struct k_heap *heap = module_driver_heap_init();
	struct k_mem_partition part;
	const struct host_fault *fault;
	void *block;

	REQUIRE(heap);
	block = k_heap_alloc(heap, 16, K_NO_WAIT);
	memset(block, 0, 16);
	module_driver_heap_partition(heap, &part);
	/* Read only. */
	part.attr = K_MEM_PARTITION_P_RO_U_RO;
	REQUIRE(user_make(&user, write_refused, block, NULL, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &part), 0);
	CHECK(protect_allows(user.thread, part.start, part.size, false));
	CHECK(!protect_allows(user.thread, part.start, 1, true));
	fault = user_refused(&user, HOST_FAULT_ACCESS);
	CHECK_INT(fault->access, HOST_ACCESS_WRITE);
	CHECK(fault->where.own);
	user_end(&user);
	/* Not at all: legal, and gives nothing. */
	part.attr = K_MEM_PARTITION_P_RW_U_NA;
	REQUIRE(user_make(&user, read_refused, block, NULL, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &part), 0);
	CHECK(!protect_allows(user.thread, part.start, 1, false));
	fault = user_refused(&user, HOST_FAULT_ACCESS);
	CHECK_INT(fault->access, HOST_ACCESS_READ);
	user_end(&user);
	module_driver_heap_remove(heap);
}

BOARD_TEST(table_agrees_with_what_is_open)
{
	static const char constant[] = "text";

	REQUIRE(user_make(&user, write_byte, NULL, NULL, NULL));
	grant(&user, pages[2], 8192, K_MEM_PARTITION_P_RW_U_RW);
	CHECK(protect_allows(user.thread, (uintptr_t)pages[2], 8192, true));
	CHECK(!protect_allows(user.thread, (uintptr_t)pages[2] - 1, 2, false));
	CHECK(!protect_allows(user.thread, (uintptr_t)pages[3], 4097, false));
	CHECK(!protect_allows(user.thread, (uintptr_t)pages[2], SIZE_MAX, false));
	CHECK(!protect_allows(user.thread, UINTPTR_MAX - 1, 4, false));
	CHECK(protect_allows(user.thread, (uintptr_t)constant, sizeof(constant), false));
	CHECK(!protect_allows(user.thread, (uintptr_t)constant, sizeof(constant), true));
	CHECK(protect_allows(user.thread, (uintptr_t)user.stack, USER_STACK_SIZE, true));
	CHECK(!protect_allows(user.thread, (uintptr_t)user.stack - 1, 1, false));
	CHECK(!protect_allows(user.thread, (uintptr_t)&sem, sizeof(sem), false));
	CHECK(!protect_allows(user.thread, 0, 1, false));
	user_end(&user);
}

static void wait_then_write(void *p1, void *p2, void *p3)
{
	*(volatile uint8_t *)p1 = 1;
	k_sem_take(p2, K_FOREVER);
	MUST_FAULT(*(volatile uint8_t *)p1 = 2);
}

BOARD_TEST(revoked_window_closes_for_who_is_already_inside)
{
	volatile char *mailbox = user_mailbox();

	CHECK_INT(user_mailbox_size(), 4096);
	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	REQUIRE(user_make(&user, wait_then_write, (void *)(uintptr_t)mailbox, &sem, NULL));
	k_thread_access_grant(user.thread, &sem);
	CHECK_INT(user_mailbox_grant(&user.domain, true), 0);
	CHECK_INT(user_mailbox_grant(&user.domain, true), -EINVAL);
	k_thread_start(user.thread);
	k_run_ready_threads();
	CHECK(!take_fault());
	mailbox = user_mailbox();
	CHECK_INT(*mailbox, 1);
	CHECK_INT(user_mailbox_revoke(&user.domain), 0);
	CHECK_INT(user_mailbox_revoke(&user.domain), -ENOENT);
	k_sem_give(&sem);
	user_refused(&user, HOST_FAULT_ACCESS);
	mailbox = user_mailbox();
	CHECK_INT(*mailbox, 1);
	user_end(&user);
}

BOARD_TEST(window_ends_where_the_mailbox_ends_and_its_surroundings_are_clear)
{
	uint8_t *mailbox = user_mailbox();
	ptrdiff_t at;

	mailbox[0] = 1;
	for (size_t size = 0; size <= user_mailbox_size(); size++) {
		uint8_t *window = user_mailbox_window(size);

		CHECK((uintptr_t)window % (size % 8 ? 4 : 8) == 0);
		CHECK(window + size <= mailbox + 4096 && window + size + 4 > mailbox + 4096);
		CHECK(user_mailbox_rest_is_clear(size, &at));
		if (size)
			window[0] = window[size - 1] = 1;
		CHECK(user_mailbox_rest_is_clear(size, &at));
		if (window + size < mailbox + 4096) {
			mailbox[4095] = 1;
			CHECK(!user_mailbox_rest_is_clear(size, &at));
			CHECK(window + at == mailbox + 4095);
		}
		window[-3] = 1;
		CHECK(!user_mailbox_rest_is_clear(size, &at));
		CHECK(at == -3);
	}
	CHECK(!user_mailbox_window(4097));
}

/* The page before it is the supervisor's. */
BOARD_TEST(mailbox_is_all_that_is_granted)
{
	REQUIRE(user_make(&user, write_refused, (uint8_t *)user_mailbox() - 1, NULL, NULL));
	CHECK_INT(user_mailbox_grant(&user.domain, true), 0);
	user_refused(&user, HOST_FAULT_ACCESS);
	CHECK_INT(user_mailbox_revoke(&user.domain), 0);
	user_end(&user);
}

BOARD_TEST(mailbox_granted_for_reading_is_not_written)
{
	const struct host_fault *fault;

	REQUIRE(user_make(&user, write_refused, user_mailbox(), NULL, NULL));
	CHECK_INT(user_mailbox_grant(&user.domain, false), 0);
	fault = user_refused(&user, HOST_FAULT_ACCESS);
	CHECK_INT(fault->where.kind, HOST_MEMORY_MAILBOX);
	CHECK_INT(fault->access, HOST_ACCESS_WRITE);
	CHECK_INT(user_mailbox_revoke(&user.domain), 0);
	user_end(&user);
}

BOARD_TEST(neighbours_heap_and_stack_are_closed)
{
	struct k_heap *heap = module_driver_heap_init();
	const struct host_fault *fault;

	REQUIRE(heap);
	fault = run_refused(read_refused, k_heap_alloc(heap, 16, K_NO_WAIT), NULL, NULL,
			    HOST_FAULT_ACCESS);
	CHECK_INT(fault->where.kind, HOST_MEMORY_MODULE_HEAP);
	CHECK(!fault->where.own);
	REQUIRE(user_make(&other, write_byte, NULL, NULL, NULL));
	fault = run_refused(read_refused, other.stack, NULL, NULL, HOST_FAULT_ACCESS);
	CHECK_INT(fault->where.kind, HOST_MEMORY_USER_STACK);
	user_end(&other);
	module_driver_heap_remove(heap);
}

BOARD_TEST(shared_buffers_are_open_to_those_who_attached_them)
{
	uint8_t *buffer = rballoc(SOF_MEM_FLAG_USER_SHARED_BUFFER, 64);

	REQUIRE(buffer);
	CHECK((uintptr_t)buffer - get_shared_buffer_heap_start() < get_shared_buffer_heap_size());
	CHECK_INT(run_refused(write_refused, buffer, NULL, NULL, HOST_FAULT_ACCESS)->where.kind,
		  HOST_MEMORY_SHARED_HEAP);
	REQUIRE(user_make(&user, write_byte, buffer, NULL, NULL));
	CHECK_INT(user_memory_attach_shared_buffers(&user.domain), 0);
	CHECK_INT(user_memory_attach_shared_buffers(&user.domain), -EINVAL);
	user_allowed(&user);
	user_domain_open(&user.domain);
	CHECK_INT(buffer[0], 0x5a);
	user_end(&user);
	rfree(buffer);
	CHECK_INT(user_buffer_memory_flags(false, true), SOF_MEM_FLAG_USER_SHARED_BUFFER);
	CHECK_INT(user_buffer_memory_flags(true, false), SOF_MEM_FLAG_USER_SHARED_BUFFER);
	CHECK_INT(user_buffer_memory_flags(false, false), SOF_MEM_FLAG_KERNEL);
}

static void run_code(void *p1, void *p2, void *p3)
{
	void (*code)(void) = (void (*)(void))(uintptr_t)p1;

	MUST_FAULT(code());
}

BOARD_TEST(data_is_never_code)
{
	const struct host_fault *fault;

	REQUIRE(user_make(&user, run_code, pages, NULL, NULL));
	pages[0][0] = 0xc3;
	grant(&user, pages, 4096, K_MEM_PARTITION_P_RW_U_RW);
	fault = user_refused(&user, HOST_FAULT_ACCESS);
	CHECK_INT(fault->access, HOST_ACCESS_EXECUTE);
	CHECK_INT(fault->address, (uintptr_t)pages);
	user_end(&user);
}

static void divide(void *p1, void *p2, void *p3)
{
	volatile int zero = 0;

	MUST_FAULT(__asm__ volatile("idivl %0" : : "m"(zero), "a"(1), "d"(0)));
}

static void illegal(void *p1, void *p2, void *p3)
{
	MUST_FAULT(__asm__ volatile("ud2"));
}

BOARD_TEST(each_kind_of_exception_is_told_apart)
{
	run_refused(divide, NULL, NULL, NULL, HOST_FAULT_ARITHMETIC);
	run_refused(illegal, NULL, NULL, NULL, HOST_FAULT_ILLEGAL);
	CHECK_INT(host_fault_count(), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_granted_pages_are_open),
		cmocka_unit_test(supervisor_reaches_all_of_the_host_s_memory),
		cmocka_unit_test(many_partitions_of_kernel_memory_can_be_granted),
		cmocka_unit_test(rights_are_those_of_the_partition),
		cmocka_unit_test(table_agrees_with_what_is_open),
		cmocka_unit_test(revoked_window_closes_for_who_is_already_inside),
		cmocka_unit_test(mailbox_granted_for_reading_is_not_written),
		cmocka_unit_test(window_ends_where_the_mailbox_ends_and_its_surroundings_are_clear),
		cmocka_unit_test(mailbox_is_all_that_is_granted),
		cmocka_unit_test(neighbours_heap_and_stack_are_closed),
		cmocka_unit_test(shared_buffers_are_open_to_those_who_attached_them),
		cmocka_unit_test(data_is_never_code),
		cmocka_unit_test(each_kind_of_exception_is_told_apart),
	};

	return RUN(tests);
}
