/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What user mode is: which memory is out of reach, which calls are refused, and that whatever a
 * user thread does to itself ends that thread only.
 */
#include "posix/on_board.h"

#include <scheduler.h>
#include <rtos/alloc.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <zephyr/internal/syscall_handler.h>

#define PAGE 4096

static struct user user, other;
static struct k_sem sem;
static int kernel_data = 1;
static const int kernel_constant = 1;
static uint8_t default_part_memory[PAGE] __attribute__((aligned(PAGE)));
static uint8_t alternate_part_memory[PAGE] __attribute__((aligned(PAGE)));

static void usermode(void *p1, void *p2, void *p3)
{
	USER_CHECK(k_is_user_context());
}

BOARD_TEST(test_is_usermode)
{
	CHECK(!k_is_user_context());
	run_allowed(usermode, NULL, NULL, NULL);
	CHECK(!k_is_user_context());
}

static void read_it(void *p1, void *p2, void *p3)
{
	volatile uint8_t value = 0;

	MUST_FAULT(value = *(volatile uint8_t *)p1);
	USER_CHECK(!value);
}

/* ThreadSanitizer would first write where it keeps notes on the address. */
static __attribute__((no_sanitize("thread"))) void write_it(void *p1, void *p2, void *p3)
{
	MUST_FAULT(*(volatile uint8_t *)p1 = 0);
}

static void store(void *p1, void *p2, void *p3)
{
	*(volatile uint8_t *)p1 = 1;
}

static void refused_at(k_thread_entry_t entry, const void *address, enum host_memory_kind kind)
{
	const struct host_fault *fault =
		run_refused(entry, (void *)(uintptr_t)address, NULL, NULL, HOST_FAULT_ACCESS);

	CHECK_INT(fault->address, (uintptr_t)address);
	CHECK_INT(fault->access, entry == read_it ? HOST_ACCESS_READ : HOST_ACCESS_WRITE);
	CHECK_INT(fault->where.kind, kind);
}

static void write_control(void *p1, void *p2, void *p3)
{
	MUST_FAULT(__asm__ volatile("mov %0, %%cr0" : : "r"(0UL)));
}

BOARD_TEST(test_write_control)
{
	run_refused(write_control, NULL, NULL, NULL, HOST_FAULT_PRIVILEGED);
}

static void open_kernel_data(void *p1, void *p2, void *p3)
{
	MUST_FAULT(syscall(SYS_mprotect, p1, PAGE, PROT_READ | PROT_WRITE));
}

/* Protection is the host kernel's business, which user mode has no way to talk to. */
BOARD_TEST(test_disable_mmu_mpu)
{
	const uintptr_t page = (uintptr_t)&kernel_data & ~(uintptr_t)(PAGE - 1);

	/* Memory checkers make calls of their own, and a host before Linux 5.11 can't tell. */
	if (runs_slowly() || prctl(59 /* PR_SET_SYSCALL_USER_DISPATCH */, 0, 0, 0, 0))
		return;
	run_refused(open_kernel_data, (void *)page, NULL, NULL, HOST_FAULT_SYSCALL);
	CHECK(strstr(fault_text(), "mprotect"));
	refused_at(read_it, &kernel_data, HOST_MEMORY_KERNEL_DATA);
}

BOARD_TEST(test_read_kernram)
{
	refused_at(read_it, k_current_get(), HOST_MEMORY_KERNEL_DATA);
	REQUIRE(user_make(&other, usermode, NULL, NULL, NULL));
	refused_at(read_it, other.thread, HOST_MEMORY_KERNEL_HEAP);
	user_end(&other);
}

BOARD_TEST(test_write_kernram)
{
	refused_at(write_it, k_current_get(), HOST_MEMORY_KERNEL_DATA);
	REQUIRE(user_make(&other, usermode, NULL, NULL, NULL));
	refused_at(write_it, other.thread, HOST_MEMORY_KERNEL_HEAP);
	user_end(&other);
}

BOARD_TEST(test_write_kernro)
{
	refused_at(write_it, &kernel_constant, HOST_MEMORY_CODE);
	CHECK_INT(kernel_constant, 1);
}

BOARD_TEST(test_write_kerntext)
{
	refused_at(write_it, (void *)(uintptr_t)host_run, HOST_MEMORY_CODE);
}

BOARD_TEST(test_read_kernel_data)
{
	refused_at(read_it, &kernel_data, HOST_MEMORY_KERNEL_DATA);
}

BOARD_TEST(test_write_kernel_data)
{
	refused_at(write_it, &kernel_data, HOST_MEMORY_KERNEL_DATA);
	CHECK_INT(kernel_data, 1);
}

static void check_privileged_stack(k_thread_entry_t entry)
{
	uintptr_t address;

	REQUIRE(user_make(&user, entry, NULL, NULL, NULL));
	address = (uintptr_t)user.thread->arch->kernel_stack + 16384;
	user.thread->arch->p[0] = (void *)address;
	CHECK_INT(user_refused(&user, HOST_FAULT_ACCESS)->where.kind, HOST_MEMORY_KERNEL_STACK);
	user_end(&user);
}

BOARD_TEST(test_read_priv_stack)
{
	check_privileged_stack(read_it);
}

BOARD_TEST(test_write_priv_stack)
{
	check_privileged_stack(write_it);
}

static void init_refused(void *p1, void *p2, void *p3)
{
	struct k_sem mine = { 0 };

	MUST_FAULT(k_sem_init(p1 ? p1 : &mine, 0, 1));
}

BOARD_TEST(test_pass_user_object)
{
	run_refused(init_refused, NULL, NULL, NULL, HOST_FAULT_OOPS);
}

BOARD_TEST(test_pass_noperms_object)
{
	CHECK_INT(k_sem_init(&sem, 1, 1), 0);
	run_refused(init_refused, &sem, NULL, NULL, HOST_FAULT_OOPS);
	CHECK_INT(k_sem_count_get(&sem), 1);
}

static void start_kernel_thread(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_thread_create(p1, p2, USER_STACK_SIZE, usermode, NULL, NULL, NULL, 1, 0,
				   K_NO_WAIT));
}

BOARD_TEST(test_start_kernel_thread)
{
	const struct host_fault *fault;

	REQUIRE(user_make(&other, usermode, NULL, NULL, NULL));
	k_thread_abort(other.thread);
	REQUIRE(user_make(&user, start_kernel_thread, other.thread, other.stack, NULL));
	k_thread_access_grant(user.thread, other.thread, other.stack);
	user_run(&user);
	fault = take_fault();
	CHECK(fault && fault->user_mode && !user_page.passed);
	CHECK_INT(k_thread_join(other.thread, K_NO_WAIT), 0);
	user_end(&user);
	user_end(&other);
}

BOARD_TEST(test_read_other_stack)
{
	REQUIRE(user_make(&other, usermode, NULL, NULL, NULL));
	refused_at(read_it, (char *)other.stack + 100, HOST_MEMORY_USER_STACK);
	user_end(&other);
}

BOARD_TEST(test_write_other_stack)
{
	REQUIRE(user_make(&other, usermode, NULL, NULL, NULL));
	refused_at(write_it, (char *)other.stack + 100, HOST_MEMORY_USER_STACK);
	user_end(&other);
}

static void release_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_object_release(p1));
}

BOARD_TEST(test_revoke_noperms_object)
{
	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	run_refused(release_refused, &sem, NULL, NULL, HOST_FAULT_OOPS);
	run_refused(release_refused, NULL, NULL, NULL, HOST_FAULT_OOPS);
}

static void take_after_release(void *p1, void *p2, void *p3)
{
	USER_CHECK(!k_sem_take(p1, K_NO_WAIT));
	k_object_release(p1);
	MUST_FAULT(k_sem_take(p1, K_NO_WAIT));
}

BOARD_TEST(test_access_after_revoke)
{
	CHECK_INT(k_sem_init(&sem, 2, 2), 0);
	REQUIRE(user_make(&user, take_after_release, &sem, NULL, NULL));
	k_thread_access_grant(user.thread, &sem);
	user_refused(&user, HOST_FAULT_OOPS);
	CHECK_INT(k_sem_count_get(&sem), 1);
	user_end(&user);
}

/* Between a thread and what the kernel hands to it: pointers into kernel objects are refused. */
static void log_from(void *p1, void *p2, void *p3)
{
	MUST_FAULT(z_syscall(K_SYSCALL_SOF_LOG, 1, (uintptr_t) "", (uintptr_t)p1, 8, 1, 0));
}

BOARD_TEST(test_read_kobject_user_pipe)
{
	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	run_refused(log_from, &sem, NULL, NULL, HOST_FAULT_OOPS);
	run_refused(log_from, k_current_get(), NULL, NULL, HOST_FAULT_OOPS);
}

static uintptr_t answer_into(const uintptr_t *arg)
{
	K_OOPS(K_SYSCALL_MEMORY_WRITE((void *)arg[0], sizeof(int)));
	*(int *)arg[0] = 7;
	return 0;
}

static void receive_into(void *p1, void *p2, void *p3)
{
	int mine = 0;

	z_syscall(K_SYSCALL_LIMIT - 3, (uintptr_t)&mine, 0, 0, 0, 0, 0);
	USER_CHECK(mine == 7);
	MUST_FAULT(z_syscall(K_SYSCALL_LIMIT - 3, (uintptr_t)p1, 0, 0, 0, 0, 0));
}

BOARD_TEST(test_write_kobject_user_pipe)
{
	CHECK_INT(z_syscall_register(K_SYSCALL_LIMIT - 3, answer_into), 0);
	CHECK_INT(k_sem_init(&sem, 1, 1), 0);
	run_refused(receive_into, &sem, NULL, NULL, HOST_FAULT_OOPS);
	run_refused(receive_into, k_current_get(), NULL, NULL, HOST_FAULT_OOPS);
	run_refused(receive_into, (void *)(uintptr_t)&kernel_constant, NULL, NULL, HOST_FAULT_OOPS);
	CHECK_INT(k_sem_count_get(&sem), 1);
}

static struct k_mem_partition default_part(void *memory)
{
	return (struct k_mem_partition){ (uintptr_t)memory, PAGE, K_MEM_PARTITION_P_RW_U_RW };
}

BOARD_TEST(test_1st_init_and_access_other_memdomain)
{
	static struct k_mem_domain fresh;
	struct k_mem_partition part = default_part(default_part_memory);

	REQUIRE(user_make(&user, write_it, default_part_memory, NULL, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &part), 0);
	CHECK_INT(k_mem_domain_init(&fresh, 0, NULL), 0);
	CHECK_INT(user_memory_attach_common_partition(&fresh), 0);
	CHECK_INT(k_mem_domain_add_thread(&fresh, user.thread), 0);
	user_refused(&user, HOST_FAULT_ACCESS);
	CHECK_INT(fresh.members, 0);
	user_end(&user);
}

/* A user thread that a supervisor thread of the domain makes. */
static struct k_mem_domain alternate;
static struct k_thread maker_thread;

static void maker(void *p1, void *p2, void *p3)
{
	CHECK(k_thread_create(user.thread, user.stack, USER_STACK_SIZE, (k_thread_entry_t)p1, p2,
			      NULL, NULL, 1, K_USER, K_FOREVER));
	CHECK(user.thread->mem_domain_info.mem_domain == &alternate);
}

/* Made while the maker's domain holds what *before* did to it; then \p after. */
static void context_switch(k_thread_entry_t entry, bool add, bool remove, bool refused)
{
	k_thread_stack_t *stack = k_thread_stack_alloc(4096, 0);
	struct k_mem_partition part = default_part(alternate_part_memory);

	CHECK_INT(k_mem_domain_init(&alternate, 0, NULL), 0);
	CHECK_INT(user_memory_attach_common_partition(&alternate), 0);
	if (!add)
		CHECK_INT(k_mem_domain_add_partition(&alternate, &part), 0);
	REQUIRE(user_make(&user, entry, NULL, NULL, NULL));
	k_thread_abort(user.thread);
	REQUIRE(k_thread_create(&maker_thread, stack, 4096, maker, (void *)(uintptr_t)entry,
				alternate_part_memory, NULL, 1, 0, K_FOREVER));
	CHECK_INT(k_mem_domain_add_thread(&alternate, &maker_thread), 0);
	k_thread_start(&maker_thread);
	CHECK_INT(k_thread_join(&maker_thread, K_FOREVER), 0);
	if (add)
		CHECK_INT(k_mem_domain_add_partition(&alternate, &part), 0);
	if (remove)
		CHECK_INT(k_mem_domain_remove_partition(&alternate, &part), 0);
	if (refused)
		user_refused(&user, HOST_FAULT_ACCESS);
	else
		user_allowed(&user);
	CHECK_INT(k_mem_domain_deinit(&alternate), 0);
	CHECK_INT(k_thread_stack_free(stack), 0);
	user_end(&user);
}

BOARD_TEST(test_domain_add_thread_context_switch)
{
	context_switch(store, false, false, false);
}

BOARD_TEST(test_domain_add_part_context_switch)
{
	context_switch(store, true, false, false);
}

BOARD_TEST(test_domain_remove_part_context_switch)
{
	context_switch(write_it, false, true, true);
}

static void call_number(void *p1, void *p2, void *p3)
{
	MUST_FAULT(z_syscall((unsigned int)(uintptr_t)p1, 0, 0, 0, 0, 0, 0));
}

BOARD_TEST(test_unimplemented_syscall)
{
	run_refused(call_number, (void *)(uintptr_t)(K_SYSCALL_LIMIT - 1), NULL, NULL,
		    HOST_FAULT_OOPS);
}

BOARD_TEST(test_bad_syscall)
{
	static const unsigned int numbers[] = { K_SYSCALL_LIMIT, INT32_MAX, UINT32_MAX };

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
		run_refused(call_number, (void *)(uintptr_t)numbers[i], NULL, NULL,
			    HOST_FAULT_OOPS);
}

static void fatal(void *p1, void *p2, void *p3)
{
	MUST_FAULT(z_fatal((unsigned int)(uintptr_t)p1, "from user mode"));
}

static void raise_reason(unsigned int reason, enum host_fault_kind kind)
{
	run_refused(fatal, (void *)(uintptr_t)reason, NULL, NULL, kind);
	CHECK(!strcmp(fault_text(), "from user mode"));
}

BOARD_TEST(test_oops_panic)
{
	raise_reason(K_ERR_KERNEL_PANIC, HOST_FAULT_OOPS);
}

BOARD_TEST(test_oops_oops)
{
	raise_reason(K_ERR_KERNEL_OOPS, HOST_FAULT_OOPS);
}

BOARD_TEST(test_oops_exception)
{
	raise_reason(K_ERR_CPU_EXCEPTION, HOST_FAULT_OOPS);
}

BOARD_TEST(test_oops_maxint)
{
	raise_reason(INT32_MAX, HOST_FAULT_OOPS);
}

BOARD_TEST(test_oops_stackcheck)
{
	raise_reason(K_ERR_STACK_CHK_FAIL, HOST_FAULT_STACK_SMASHED);
}

static uintptr_t context_in_syscall(const uintptr_t *arg)
{
	return !k_is_user_context() && !k_is_in_isr() && sched_current->arch->in_syscall;
}

static void syscall_context(void *p1, void *p2, void *p3)
{
	USER_CHECK(z_syscall(K_SYSCALL_LIMIT - 2, 0, 0, 0, 0, 0, 0) == 1);
	USER_CHECK(k_is_user_context());
}

BOARD_TEST(test_syscall_context)
{
	CHECK_INT(z_syscall_register(K_SYSCALL_LIMIT - 2, context_in_syscall), 0);
	CHECK_INT(z_syscall_register(K_SYSCALL_LIMIT, context_in_syscall), -EINVAL);
	CHECK_INT(z_syscall_register(K_SYSCALL_K_YIELD, context_in_syscall), -EEXIST);
	run_allowed(syscall_context, NULL, NULL, NULL);
}

/* Threads of two domains in turns, each with a page that is its own. */
struct turn {
	struct user user;
	struct k_thread *kernel;
	k_thread_stack_t *kernel_stack;
	uint8_t *page;
};

static struct turn turns[3];

static void take_turns(void *p1, void *p2, void *p3)
{
	volatile uint8_t *page = p1;

	for (int i = 0; i < 20; i++) {
		(*page)++;
		if (i % 4 == 3 && p2) {
			k_sem_give(p2);
			k_sem_take(p2, K_FOREVER);
		}
		k_yield();
	}
}

static void switching(int kernel_threads)
{
	static struct k_thread kernel[3];
	k_thread_stack_t *stacks[3] = { NULL };
	uint8_t *pages = page_alloc(6);

	CHECK_INT(k_sem_init(&sem, 0, 3), 0);
	for (int i = 0; i < 3; i++) {
		struct k_mem_partition part = default_part(pages + 2 * i * PAGE);

		if (i < kernel_threads) {
			stacks[i] = k_thread_stack_alloc(4096, 0);
			CHECK(k_thread_create(&kernel[i], stacks[i], 4096, take_turns,
					      pages + 2 * i * PAGE, &sem, NULL, 1, 0, K_NO_WAIT));
			continue;
		}
		REQUIRE(user_make(&turns[i].user, take_turns, pages + 2 * i * PAGE, &sem, NULL));
		CHECK_INT(k_mem_domain_add_partition(&turns[i].user.domain, &part), 0);
		k_thread_access_grant(turns[i].user.thread, &sem);
		k_thread_start(turns[i].user.thread);
	}
	k_run_ready_threads();
	for (int i = 0; i < 3; i++) {
		CHECK_INT(pages[2 * i * PAGE], 20);
		if (i < kernel_threads) {
			k_thread_abort(&kernel[i]);
			CHECK_INT(k_thread_stack_free(stacks[i]), 0);
		} else {
			user_end(&turns[i].user);
		}
	}
	rfree(pages);
}

BOARD_TEST(test_kernel_only_switching)
{
	switching(3);
}

BOARD_TEST(test_user_only_switching)
{
	switching(0);
}

BOARD_TEST(test_kernel_user_mix_switching)
{
	switching(1);
}

/* Every number, with arguments that mean nothing: the kernel carries on. */
static void torture(void *p1, void *p2, void *p3)
{
	uintptr_t seed = (uintptr_t)p1 * 2654435761u + 1;
	uintptr_t arg[6];

	for (size_t i = 0; i < 6; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		arg[i] = seed >> (seed >> 58);
	}
	z_syscall((unsigned int)(uintptr_t)p2, arg[0], arg[1], arg[2], arg[3], arg[4], arg[5]);
}

static void good_calls(void *p1, void *p2, void *p3)
{
	for (int i = 0; i < 50; i++) {
		k_sem_give(p1);
		USER_CHECK(!k_sem_take(p1, K_NO_WAIT));
		k_yield();
	}
	user_page.count++;
}

BOARD_TEST(test_syscall_torture)
{
	const int rounds = runs_slowly() ? 2 : 10;

	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	for (int round = 0; round < rounds; round++) {
		for (unsigned int id = 0; id < K_SYSCALL_LIMIT; id++) {
			/* These two wait, as is their right. */
			if (id == K_SYSCALL_K_SLEEP || id == K_SYSCALL_SOF_LOG)
				continue;
			REQUIRE(user_make(&user, torture, (void *)(uintptr_t)(round * 64 + id),
					  (void *)(uintptr_t)id, NULL));
			k_thread_start(user.thread);
			k_run_ready_threads();
			while (take_fault())
				;
			user_end(&user);
		}
		REQUIRE(user_make(&other, good_calls, &sem, NULL, NULL));
		k_thread_access_grant(other.thread, &sem);
		user_allowed(&other);
		user_end(&other);
	}
	CHECK_INT(user_page.count, rounds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_usermode),
		cmocka_unit_test(test_write_control),
		cmocka_unit_test(test_disable_mmu_mpu),
		cmocka_unit_test(test_read_kernram),
		cmocka_unit_test(test_write_kernram),
		cmocka_unit_test(test_write_kernro),
		cmocka_unit_test(test_write_kerntext),
		cmocka_unit_test(test_read_kernel_data),
		cmocka_unit_test(test_write_kernel_data),
		cmocka_unit_test(test_read_priv_stack),
		cmocka_unit_test(test_write_priv_stack),
		cmocka_unit_test(test_pass_user_object),
		cmocka_unit_test(test_pass_noperms_object),
		cmocka_unit_test(test_start_kernel_thread),
		cmocka_unit_test(test_read_other_stack),
		cmocka_unit_test(test_write_other_stack),
		cmocka_unit_test(test_revoke_noperms_object),
		cmocka_unit_test(test_access_after_revoke),
		cmocka_unit_test(test_write_kobject_user_pipe),
		cmocka_unit_test(test_read_kobject_user_pipe),
		cmocka_unit_test(test_1st_init_and_access_other_memdomain),
		cmocka_unit_test(test_domain_add_thread_context_switch),
		cmocka_unit_test(test_domain_add_part_context_switch),
		cmocka_unit_test(test_domain_remove_part_context_switch),
		cmocka_unit_test(test_unimplemented_syscall),
		cmocka_unit_test(test_bad_syscall),
		cmocka_unit_test(test_oops_panic),
		cmocka_unit_test(test_oops_oops),
		cmocka_unit_test(test_oops_exception),
		cmocka_unit_test(test_oops_maxint),
		cmocka_unit_test(test_oops_stackcheck),
		cmocka_unit_test(test_syscall_context),
		cmocka_unit_test(test_kernel_only_switching),
		cmocka_unit_test(test_user_only_switching),
		cmocka_unit_test(test_kernel_user_mix_switching),
		cmocka_unit_test(test_syscall_torture),
	};

	return RUN(tests);
}
