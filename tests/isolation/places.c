/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every kind of memory, and what each is expected to be for whom. The columns of `expected`, three
 * symbols (read, write, execute) for a thread's own access: A, second thread of A, B, thread in no
 * domain, supervisor; then pointers handed to system calls (read, write, as an object, as a heap)
 * by A and by B, and (read, write) by the thread in no domain.
 */
#include "matrix.h"
#include "arena.h"
#include "board.h"
#include "fault.h"
#include "scheduler.h"
#include "stack.h"

#include <fcntl.h>
#include <rtos/alloc.h>
#include <rtos/userspace_helper.h>
#include <stdio.h>
#include <stdlib.h>

/* Patterns that many rows share. */
#define CLOSED	  "--- --- --- --- rw- ---- ---- --"
#define NOWHERE	  "--- --- --- --- --- ---- ---- --"
#define OF_A	  "rw- rw- --- --- rw- rw-- ---- --"
#define OF_B	  "--- --- rw- --- rw- ---- rw-- --"
#define OF_BOTH	  "rw- rw- rw- --- rw- rw-- rw-- --"
#define OWN	  "rw- rw- rw- rw- ... rw-- rw-- rw"
#define CODE	  "r-x r-x r-x r-x r-x r--- r--- r-"
#define CONSTANTS "r-- r-- r-- r-- r-- r--- r--- r-"
/* Open by need, and still nothing to hand to a system call. */
#define OPEN "rw- rw- rw- rw- rw- ---- ---- --"

/* One of each of the program's own sections. */
static volatile uint8_t program_data[64] = { 1 };
static volatile uint8_t program_bss[64];
static const uint8_t program_constants[64] = { 1 };
static const void *const program_relocated[8] = { program_constants };
static volatile uint8_t common_data[64] APP_TASK_DATA = { 1 };
static volatile uint8_t common_bss[64] APP_TASK_BSS;
/* Pages in the kernel's data that can be granted. */
static volatile uint8_t pages[4][4096] __attribute__((aligned(4096)));

static __attribute__((noinline)) void program_code(void)
{
	__asm__ volatile("");
}

#define AT(name, expression)                                                                       \
	static uintptr_t name(const struct k_thread *thread)                                       \
	{                                                                                          \
		return (uintptr_t)(expression);                                                    \
	}

/* A supervisor thread's only stack is in the kernel heap. */
AT(own_stack,
   thread->arch->stack ? thread->arch->stack->low + 64 : (uintptr_t)thread->arch->kernel_stack + 64)
AT(own_stack_guard, thread->arch->stack ? thread->arch->stack->low - 1 : 0)
AT(own_alt_stack, thread->arch->stack ? thread->arch->stack->alt_low + 64 : 0)
AT(own_host_stack, thread->arch->stack ? thread->arch->stack->host_low + 64 : 0)
AT(own_storage, 0)
AT(own_kernel_stack, (uintptr_t)thread->arch->kernel_stack + 64)
AT(own_thread_object, thread)
AT(own_thread_record, thread->arch)

AT(block_a, world.block_a)
AT(block_a_end, world.block_a + 255)
AT(free_space_a, world.block_a + 256 + 4096)
AT(freed_block_a, world.freed_a)
AT(region_a_first, world.region_a)
AT(region_a_last, world.region_a_end - 1)
AT(region_a_below, world.region_a - 1)
AT(region_a_above, world.region_a_end)
AT(heap_handle_a, world.heap_a)
AT(block_b, world.block_b)
AT(region_b_last, world.part_b.start + world.part_b.size - 1)
AT(heap_handle_b, world.heap_b)
AT(beside_stack, world.resident_beside->arch->stack->low + 64)
AT(beside_kernel_stack, (uintptr_t)world.resident_beside->arch->kernel_stack + 64)
AT(resident_stack, world.resident_a->arch->stack->low + 64)
AT(resident_stack_guard, world.resident_a->arch->stack->low - 1)
AT(resident_storage, world.resident_a->arch->stack->host_low + stack_host_size() - 64)
AT(resident_kernel_stack, (uintptr_t)world.resident_a->arch->kernel_stack + 64)
AT(resident_object, world.resident_a)
AT(resident_b_stack, world.resident_b->arch->stack->low + 64)
AT(resident_b_storage, world.resident_b->arch->stack->host_low + stack_host_size() - 64)
AT(resident_b_object, world.resident_b)

AT(kernel_block, world.kernel_block)
AT(kernel_free, world.kernel_block + ((size_t)1 << 19))
AT(kernel_heap_last, z_board_page.kernel_end - 1)
AT(kernel_heap_rest, z_board_page.kernel_end)
AT(sem_granted, world.sem_a)
AT(sem_inside, (char *)world.sem_a + 8)
AT(sem_not_granted, world.gate)
AT(domain_object, &world.domain_a)
AT(supervisor_stack, __builtin_frame_address(0))
AT(supervisor_object, sched_current)
AT(current_pointer, &sched_current)
AT(data_of_program, program_data)
AT(bss_of_program, program_bss)
AT(constants_of_program, program_constants)
AT(relocated_of_program, program_relocated)
AT(code_of_program, program_code)
AT(first_kernel_byte, z_kernel_data_start)
AT(board_page, &z_board_page.log_level)
AT(signal_stack, (char *)fault_supervisor_alt_stack() + 64)

AT(main_stack, world_host.main_stack)
AT(main_storage, world_host.main_storage)
AT(arguments, world_host.arguments)
AT(small_block, world_host.small_block)
AT(large_block, (char *)world_host.large_block + ((size_t)3 << 20))
AT(early_block, (char *)world_host.early_block + ((size_t)1 << 20))
AT(copied_variable, &stderr)
AT(library_data, world_host.library_data)
AT(library_bss, world_host.library_bss)
AT(library_code, world_host.library_text)
AT(library_constants, world_host.library_constants)
AT(libc_data, stdout)
AT(libc_code, abs)
AT(loader_data, world_host.loader_data)
AT(own_mapping, world_host.own_mapping)
AT(file_mapping, world_host.file_mapping)

AT(common_data_at, common_data)
AT(common_bss_at, common_bss)
AT(shared_block, world.shared_block)
AT(shared_first, ROUND_DOWN((uintptr_t)world.shared_block, 4096))
AT(shared_behind, (char *)world.shared_block + 256)
AT(shared_below, get_shared_buffer_heap_start() - 1)
AT(granted_both, world.granted_both)
AT(granted_a, world.granted_a)
AT(granted_a_above,
   arena_find((uintptr_t)world.granted_a)->start + arena_find((uintptr_t)world.granted_a)->size)
AT(revoked, world.revoked)
AT(never_granted, world.never_granted)
AT(freed_buffer, world.freed_buffer)
AT(freed_heap, world.freed_heap)
AT(freed_stack, world.freed_stack)
AT(mailbox, user_mailbox())
AT(mailbox_above, (char *)user_mailbox() + ((size_t)2 << 20))

AT(object_a_data, world.object_a.data)
AT(object_a_bss, world.object_a.bss)
AT(object_a_constants, world.object_a.constants)
AT(object_a_relocated, world.object_a.relocated)
AT(object_a_code, world.object_a.code)
AT(object_b_data, world.object_b.data)
AT(object_b_bss, world.object_b.bss)

AT(part_rw_ro, world.attr_memory[0])
AT(part_rw_na, world.attr_memory[1])
AT(part_ro_ro, world.attr_memory[2])
AT(part_rx_rx, world.attr_memory[3])
AT(moving, world.moving)
AT(page_0, &pages[0][64])
AT(page_1, &pages[1][64])
AT(page_2, &pages[2][64])

AT(null, 0)
AT(null_page_end, 4095)
AT(not_canonical, (uintptr_t)1 << 47)
AT(far_from_canonical, 0xdead0000beef0000)
AT(kernel_half, 0xffff800000000000)
AT(last_of_all, UINTPTR_MAX)
AT(wrapping, UINTPTR_MAX - 3)
AT(unmapped, 0x10000)
AT(reserved,
   world.region_a - ((uintptr_t)64 << 20) > 0 ? world.region_a_end + ((uintptr_t)8 << 30) : 0)

/* \name States of the world */

static void mailbox_read_only(struct k_thread *thread)
{
	user_mailbox_grant(&world.domain_a, false);
}

static void mailbox_writable(struct k_thread *thread)
{
	user_mailbox_grant(&world.domain_a, true);
}

static void mailbox_closed(void)
{
	user_mailbox_revoke(&world.domain_a);
}

static void mailbox_closes(struct k_thread *thread)
{
	user_mailbox_revoke(&world.domain_a);
}

static void part_add(struct k_thread *thread)
{
	k_mem_domain_add_partition(&world.domain_a, &world.moving_part);
}

static void part_remove(struct k_thread *thread)
{
	k_mem_domain_remove_partition(&world.domain_a, &world.moving_part);
}

static void part_again(struct k_thread *thread)
{
	part_remove(thread);
	part_add(thread);
}

static void part_gone(void)
{
	k_mem_domain_remove_partition(&world.domain_a, &world.moving_part);
}

static void part_narrowed(struct k_thread *thread)
{
	struct k_mem_partition part = world.moving_part;

	part_remove(thread);
	part.attr = K_MEM_PARTITION_P_RW_U_RO;
	k_mem_domain_add_partition(&world.domain_a, &part);
}

static void part_to_everyone(struct k_thread *thread)
{
	k_mem_domain_add_partition(thread->mem_domain_info.mem_domain, &world.moving_part);
}

static void part_from_everyone(void)
{
	struct k_mem_domain *domains[] = { &world.domain_a, &world.domain_b,
					   &k_mem_domain_default };

	for (size_t i = 0; i < ARRAY_SIZE(domains); i++)
		k_mem_domain_remove_partition(domains[i], &world.moving_part);
}

static void move_to_b(struct k_thread *thread)
{
	k_mem_domain_add_thread(&world.domain_b, thread);
}

static void move_to_a(struct k_thread *thread)
{
	k_mem_domain_add_thread(&world.domain_a, thread);
}

static void revoke_buffer(struct k_thread *thread)
{
	user_buffer_revoke(&world.domain_a, world.granted_a);
}

static void grant_buffer(void)
{
	user_buffer_grant(&world.domain_a, world.granted_a);
}

static void page_part(size_t index, k_mem_partition_attr_t attr, bool add)
{
	struct k_mem_partition part = { (uintptr_t)pages[index], 4096, attr };

	if (add)
		k_mem_domain_add_partition(&world.domain_a, &part);
	else
		k_mem_domain_remove_partition(&world.domain_a, &part);
}

static void pages_granted(struct k_thread *thread)
{
	page_part(0, K_MEM_PARTITION_P_RW_U_RW, true);
	page_part(2, K_MEM_PARTITION_P_RW_U_RO, true);
}

static void pages_revoked(void)
{
	page_part(0, 0, false);
	page_part(2, 0, false);
}

static void pages_close(struct k_thread *thread)
{
	pages_revoked();
}

#define D MATTER_DATA
#define C MATTER_CONSTANT
#define X MATTER_CODE
#define N MATTER_NOTHING
#define S PLACE_SCRATCH
#define H PLACE_HOST

#define ROW(row_name, row_matter, row_expected, row_find, ...)                                     \
	{                                                                                          \
		.name = (row_name), .matter = (row_matter), .expected = (row_expected),            \
		.find = row_find, ##__VA_ARGS__                                                    \
	}

const struct place places[] = {
	ROW("own stack", D, "rw- rw- rw- rw- rw- rw-- rw-- rw", own_stack, S),
	ROW("page below own stack", N, "--- --- --- --- ... ---- ---- --", own_stack_guard),
	ROW("own thread-local storage", D, OWN, own_storage, PLACE_OWN_STORAGE),
	ROW("own signal stack", D, OWN, own_alt_stack, S),
	ROW("own logger stack", D, OWN, own_host_stack, S),
	ROW("own privileged stack", D, CLOSED, own_kernel_stack, S),
	ROW("own thread object", D, "--- --- --- --- rw- --o- --o- --", own_thread_object),
	ROW("own thread record", D, CLOSED, own_thread_record),

	ROW("A's heap: block", D, OF_A, block_a, S),
	ROW("A's heap: block, as one range", D, "... ... ... ... ... rw-- ---- --", block_a, S,
	    256),
	ROW("A's heap: last byte of block", D, OF_A, block_a_end, S),
	ROW("A's heap: no block", D, OF_A, free_space_a, S),
	ROW("A's heap: freed block", D, OF_A, freed_block_a, S),
	ROW("A's region: first byte", D, OF_A, region_a_first, S),
	ROW("A's region: last byte", D, OF_A, region_a_last, S),
	ROW("A's region: across its end", N, NOWHERE, region_a_last, 0, 2),
	ROW("guard below A's region", N, NOWHERE, region_a_below),
	ROW("guard above A's region", N, NOWHERE, region_a_above),
	ROW("A's heap handle", D, "--- --- --- --- rw- ---h ---- --", heap_handle_a),
	ROW("stack of another, beside A's heap", D, OF_A, beside_stack, S),
	ROW("its privileged stack", D, CLOSED, beside_kernel_stack, S),
	ROW("stack of another thread of A", D, CLOSED, resident_stack, S),
	ROW("page below it", N, NOWHERE, resident_stack_guard),
	ROW("its thread-local storage", D, CLOSED, resident_storage),
	ROW("its privileged stack", D, CLOSED, resident_kernel_stack, S),
	ROW("its thread object", D, CLOSED, resident_object),
	ROW("B's heap: block", D, OF_B, block_b, S),
	ROW("B's region: last byte", D, OF_B, region_b_last, S),
	ROW("B's heap handle", D, "--- --- --- --- rw- ---- ---h --", heap_handle_b),
	ROW("stack of another thread of B", D, CLOSED, resident_b_stack, S),
	ROW("its thread-local storage", D, CLOSED, resident_b_storage),
	ROW("its thread object", D, CLOSED, resident_b_object),

	ROW("kernel heap: block", D, CLOSED, kernel_block, S),
	ROW("kernel heap: no block", D, CLOSED, kernel_free),
	ROW("kernel heap: last byte in use", D, CLOSED, kernel_heap_last),
	ROW("kernel heap: not in use yet", N, NOWHERE, kernel_heap_rest, PLACE_NO_CHECKER),
	ROW("semaphore granted to A", D, "--- --- --- --- rw- --o- ---- --", sem_granted),
	ROW("inside that semaphore", D, CLOSED, sem_inside),
	ROW("semaphore granted to nobody", D, CLOSED, sem_not_granted),
	ROW("memory domain", D, CLOSED, domain_object),
	ROW("supervisor's stack", D, CLOSED, supervisor_stack),
	ROW("supervisor's thread object", D, CLOSED, supervisor_object),
	ROW("core's .bss", D, CLOSED, current_pointer),
	ROW("program's .data", D, CLOSED, data_of_program, S),
	ROW("program's .bss", D, CLOSED, bss_of_program, S),
	ROW("first byte of kernel data", D, CLOSED, first_kernel_byte),
	ROW("program's constants", C, CONSTANTS, constants_of_program),
	ROW("program's relocated constants", C, CONSTANTS, relocated_of_program),
	ROW("program's code", X, CODE, code_of_program),
	ROW("board page", C, "r-- r-- r-- r-- r-- ---- ---- --", board_page),
	ROW("supervisor's signal stack", D, OPEN, signal_stack, S),

	ROW("main stack", D, CLOSED, main_stack, S | H),
	ROW("environment", D, CLOSED, arguments, H),
	ROW("main thread's thread-local storage", D, CLOSED, main_storage, H),
	ROW("C heap: small block", D, CLOSED, small_block, S | H | PLACE_C_HEAP),
	ROW("C heap: large block", D, CLOSED, large_block, S | H | PLACE_C_HEAP),
	ROW("C heap: large block, made early", D, CLOSED, early_block, S | H | PLACE_C_HEAP),
	ROW("program's copy of a C variable", D, CLOSED, copied_variable, H),
	ROW("libsndfile's .data", D, CLOSED, library_data, H),
	ROW("libsndfile's .bss", D, CLOSED, library_bss, H),
	ROW("libsndfile's code", C, "r-. r-. r-. r-. r-. r--- r--- r-", library_code),
	ROW("libsndfile's constants", C, CONSTANTS, library_constants),
	ROW("C library's data", D, OPEN, libc_data),
	ROW("C library's code", X, CODE, libc_code),
	ROW("loader's data", D, OPEN, loader_data),
	ROW("anonymous mapping of the program", D, CLOSED, own_mapping, S | H),
	ROW("file mapped writable", D, CLOSED, file_mapping, S | H),

	ROW("common partition: data", D, OF_A, common_data_at, S),
	ROW("common partition: zeroed", D, OF_A, common_bss_at, S),
	ROW("shared-buffer heap: block", D, OF_A, shared_block, S),
	ROW("shared-buffer heap: start of the block's page", D, OF_A, shared_first),
	ROW("shared-buffer heap: behind the block", N, NOWHERE, shared_behind),
	ROW("guard below it", N, NOWHERE, shared_below),
	ROW("buffer granted to A and B", D, OF_BOTH, granted_both, S),
	ROW("buffer granted to A", D, OF_A, granted_a, S),
	ROW("guard above it", N, NOWHERE, granted_a_above),
	ROW("buffer revoked", D, CLOSED, revoked, S),
	ROW("buffer revoked under way", D, "--- --- ... ... rw- ---- .... ..", granted_a,
	    S | PLACE_TOUCH_FIRST, .during = revoke_buffer, .after = grant_buffer),
	ROW("buffer never granted", D, CLOSED, never_granted, S),
	ROW("buffer freed", N, NOWHERE, freed_buffer),
	ROW("module heap removed", N, NOWHERE, freed_heap),
	ROW("stack freed", N, NOWHERE, freed_stack),
	ROW("mailbox between calls", D, CLOSED, mailbox, S),
	ROW("mailbox in a call of A", D, "r-- r-- --- --- rw- r--- ---- --", mailbox, S,
	    .before = mailbox_read_only, .after = mailbox_closed),
	ROW("mailbox in a call of A that returns data", D, OF_A, mailbox, S,
	    .before = mailbox_writable, .after = mailbox_closed),
	ROW("mailbox after a call", D, "--- --- ... ... rw- ---- .... ..", mailbox,
	    S | PLACE_TOUCH_FIRST, .before = mailbox_read_only, .during = mailbox_closes),
	ROW("guard above the mailbox", N, NOWHERE, mailbox_above),

	ROW("A's object: .data", D, OF_A, object_a_data, S),
	ROW("A's object: .bss", D, OF_A, object_a_bss, S),
	ROW("A's object: constants", C, CONSTANTS, object_a_constants),
	ROW("A's object: relocated constants", C, CONSTANTS, object_a_relocated),
	ROW("A's object: code", X, CODE, object_a_code),
	ROW("B's object: .data", D, OF_B, object_b_data, S),
	ROW("B's object: .bss", D, OF_B, object_b_bss, S),

	ROW("partition P_RW_U_RO", D, "r-- r-- --- --- rw- r--- ---- --", part_rw_ro, S),
	ROW("partition P_RW_U_NA", D, CLOSED, part_rw_na, S),
	ROW("partition P_RO_U_RO", D, "r-- r-- --- --- rw- r--- ---- --", part_ro_ro, S),
	ROW("partition P_RX_U_RX over data", D, "r-- r-- --- --- rw- r--- ---- --", part_rx_rx, S),
	ROW("partition not added", D, CLOSED, moving, S),
	ROW("partition of whatever domain", D, "rw- rw- rw- rw- ... rw-- rw-- rw", moving, S,
	    .before = part_to_everyone, .after = part_from_everyone),
	ROW("partition added under way", D, "rw- rw- --- --- rw- rw-- ---- --", moving, S,
	    .during = part_add, .after = part_gone),
	ROW("partition removed under way", D, "--- --- ... ... ... ---- .... ..", moving,
	    S | PLACE_TOUCH_FIRST, .before = part_add, .during = part_remove),
	ROW("partition removed and added under way", D, "rw- rw- ... ... ... rw-- .... ..", moving,
	    S | PLACE_TOUCH_FIRST, .before = part_add, .during = part_again, .after = part_gone),
	ROW("partition made read-only under way", D, "r-- r-- ... ... ... r--- .... ..", moving,
	    S | PLACE_TOUCH_FIRST, .before = part_add, .during = part_narrowed, .after = part_gone),
	ROW("kernel page granted to A", D, OF_A, page_0, S, .before = pages_granted,
	    .after = pages_revoked),
	ROW("kernel page beside it", D, CLOSED, page_1, S, .before = pages_granted,
	    .after = pages_revoked),
	ROW("kernel page granted for reading", D, "r-- r-- --- --- rw- r--- ---- --", page_2, S,
	    .before = pages_granted, .after = pages_revoked),
	ROW("kernel page revoked", D, CLOSED, page_0, S),
	ROW("kernel page revoked under way", D, "--- --- ... ... ... ---- .... ..", page_0,
	    S | PLACE_TOUCH_FIRST, .before = pages_granted, .during = pages_close),
	ROW("A's heap, thread moved to B", D, "--- --- ... ... ... ---- .... ..", block_a,
	    S | PLACE_TOUCH_FIRST, .during = move_to_b),
	ROW("B's heap, thread moved to B", D, "rw- rw- ... rw- ... rw-- .... rw", block_b, S,
	    .during = move_to_b),
	ROW("A's heap, thread moved to A", D, "... ... rw- rw- ... .... rw-- rw", block_a, S,
	    .during = move_to_a),

	ROW("NULL", N, NOWHERE, null),
	ROW("end of the first page", N, NOWHERE, null_page_end),
	ROW("no bytes at NULL", N, "... ... ... ... ... rw-- rw-- rw", null, PLACE_EMPTY),
	ROW("unmapped address", N, NOWHERE, unmapped),
	ROW("reserved address of no region", N, NOWHERE, reserved),
	ROW("first address that is none", N, NOWHERE, not_canonical, PLACE_NO_ADDRESS),
	ROW("address far from any", N, NOWHERE, far_from_canonical, PLACE_NO_ADDRESS),
	ROW("host kernel's half", N, NOWHERE, kernel_half),
	ROW("last address", N, NOWHERE, last_of_all),
	ROW("range that wraps around", N, NOWHERE, wrapping, 0, 16),
	ROW("range of all memory, from A's block", D, "... ... ... ... ... ---- ---- --", block_a,
	    S, SIZE_MAX),
};

const size_t place_count = ARRAY_SIZE(places);
