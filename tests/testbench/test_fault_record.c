/* SPDX-License-Identifier: BSD-3-Clause */
/* The words of a fault, from its facts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "fault_record.h"

static struct host_fault fault;
static struct fault_record record;

static int start(void **state)
{
	memset(&fault, 0, sizeof(fault));
	fault.text = "";
	fault.suspects = "";
	fault.user_mode = true;
	return 0;
}

static void fill(void)
{
	fault_record_note(&record, &fault);
	fault_record_explain(&record, NULL);
}

#define SAYS(member, words)                                                                        \
	do {                                                                                       \
		fill();                                                                            \
		assert_string_equal(record.member, words);                                         \
	} while (0)

static void instance_is_the_owner_and_never_the_thread(void **state)
{
	snprintf(fault.thread_name, sizeof(fault.thread_name), "innocent.7");
	fill();
	assert_string_equal(record.instance, "");
	assert_string_equal(record.module, "");
	snprintf(fault.owner, sizeof(fault.owner), "level.control.12");
	fill();
	assert_string_equal(record.instance, "level.control.12");
	assert_string_equal(record.module, "level.control");
}

static void longest_owner_is_told_whole(void **state)
{
	char name[sizeof(fault.owner)];

	memset(name, 'x', sizeof(name));
	memcpy(name + sizeof(name) - 5, ".255", 5);
	snprintf(fault.owner, sizeof(fault.owner), "%s", name);
	fill();
	assert_string_equal(record.instance, name);
	assert_int_equal(strlen(record.module), sizeof(name) - 5);
}

static void widget_of_a_topology_is_told_and_that_of_a_chain_is_none(void **state)
{
	assert_int_equal(widget_names_reserve(3), 0);
	widget_names_add("gain.0", "gain.0");
	widget_names_add("gain.1", "gain.2.1");
	widget_names_add("eqiir.0", "\033[2J\n");
	widget_names_add("drc.0", "drc.1.1");
	/* more than there is room for */
	widget_names_add("drc.1", "drc.2.1");
	snprintf(fault.owner, sizeof(fault.owner), "gain.0");
	SAYS(widget, "");
	snprintf(fault.owner, sizeof(fault.owner), "gain.1");
	SAYS(widget, "gain.2.1");
	snprintf(fault.owner, sizeof(fault.owner), "eqiir.0");
	SAYS(widget, "\\e[2J\\n");
	assert_string_equal(widget_names_with("gain.1"), "gain.1 (widget gain.2.1)");
	assert_string_equal(widget_names_with("gain.0"), "gain.0");
	assert_string_equal(widget_names_find("drc.0"), "drc.1.1");
	assert_string_equal(widget_names_find("drc.1"), "");
	widget_names_free();
	SAYS(widget, "");
}

static void every_kind_has_a_name_and_words(void **state)
{
	/* as testbench/REPORT.md has them */
	static const struct {
		enum host_fault_kind kind;
		const char *name;
	} kinds[] = {
		{ HOST_FAULT_ACCESS, "access" },
		{ HOST_FAULT_BUS, "bus" },
		{ HOST_FAULT_ILLEGAL, "illegal-instruction" },
		{ HOST_FAULT_ARITHMETIC, "arithmetic" },
		{ HOST_FAULT_OOPS, "oops" },
		{ HOST_FAULT_ASSERT, "assertion" },
		{ HOST_FAULT_STACK_SMASHED, "stack-smashed" },
		{ HOST_FAULT_ABORT, "abort" },
		{ HOST_FAULT_SYSCALL, "linux-system-call" },
		{ HOST_FAULT_WATCHDOG, "watchdog" },
		{ HOST_FAULT_BUFFER, "damaged-buffer" },
		{ HOST_FAULT_REPLY, "damaged-reply" },
		{ HOST_FAULT_STALL, "stall" },
		{ HOST_FAULT_ENDED, "ended" },
		{ HOST_FAULT_BREAKPOINT, "breakpoint" },
		{ HOST_FAULT_SINGLE_STEP, "single-step" },
		{ HOST_FAULT_PRIVILEGED, "privileged-instruction" },
		{ HOST_FAULT_MISALIGNED, "misaligned" },
		{ HOST_FAULT_PROTECTION, "general-protection" },
		{ HOST_FAULT_CHECKER, "memory-checker" },
		{ HOST_FAULT_FIRMWARE, "firmware-damaged" },
	};

	assert_int_equal(sizeof(kinds) / sizeof(kinds[0]), HOST_FAULT_FIRMWARE + 1);
	for (int kind = HOST_FAULT_ACCESS; kind <= HOST_FAULT_FIRMWARE; kind++) {
		fault.kind = kinds[kind].kind;
		assert_int_equal(fault.kind, kind);
		fill();
		assert_string_equal(fault_kind_name(fault.kind), kinds[kind].name);
		assert_string_not_equal(record.what, "a fault of unknown kind");
		assert_true(strlen(record.what) > 8);
	}
	assert_string_equal(fault_kind_name((enum host_fault_kind)1000), "unknown");
	assert_string_equal(fault_kind_name((enum host_fault_kind)(HOST_FAULT_FIRMWARE + 1)),
			    "unknown");
	assert_string_equal(fault_access_name(HOST_ACCESS_NONE), "none");
	assert_string_equal(fault_access_name(HOST_ACCESS_READ), "read");
	assert_string_equal(fault_access_name(HOST_ACCESS_WRITE), "write");
	assert_string_equal(fault_access_name(HOST_ACCESS_EXECUTE), "execute");
	assert_string_equal(fault_access_name((enum host_access)(HOST_ACCESS_EXECUTE + 1)), "none");
}

static void overflow_says_so_first(void **state)
{
	fault.access = HOST_ACCESS_WRITE;
	fault.address = 0x7000;
	fault.stack_overflow = true;
	fault.stack_size = 16384;
	fault.where.kind = HOST_MEMORY_STACK_GUARD;
	SAYS(what, "stack overflow: wrote to 0x7000");
	SAYS(where, "guard page of its own stack: it ran off its 16384 bytes");
	fault.user_mode = false;
	SAYS(where, "guard page of the stack that LL modules run on: it ran off its 16384 bytes");
}

static void misaligned_access_says_what_it_needs(void **state)
{
	fault.kind = HOST_FAULT_MISALIGNED;
	fault.access = HOST_ACCESS_READ;
	fault.address = 0x7004;
	fault.alignment = 32;
	SAYS(what, "misaligned access: read from 0x7004, and the instruction needs it aligned to "
		   "32 bytes");
	fault.alignment = 0;
	SAYS(what, "misaligned access: read from 0x7004, and the CPU's alignment check is on "
		   "(flag AC)");
	fault.access = HOST_ACCESS_NONE;
	fault.address = 0;
	SAYS(what, "misaligned access: of an address that is not known, and the CPU's alignment "
		   "check is on (flag AC)");
	SAYS(where, "");
}

static void refused_instruction_is_shown_and_not_explained(void **state)
{
	fault.kind = HOST_FAULT_PROTECTION;
	SAYS(what, "general protection fault: the CPU refused the instruction");
	memcpy(fault.code, "\x0f\xff\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d", 15);
	fault.code_size = 15;
	SAYS(what, "general protection fault: the CPU refused the instruction (bytes 0f ff 01 02 "
		   "03 04 05 06 ...)");
	fault.kind = HOST_FAULT_PRIVILEGED;
	fault.text = "hlt";
	SAYS(what, "executed hlt, which only an operating system may");
	fault.kind = HOST_FAULT_ILLEGAL;
	fault.text = "ud2";
	fill();
	assert_non_null(strstr(record.what, "reached ud2"));
}

static void addresses_near_null_count_from_it(void **state)
{
	fault.access = HOST_ACCESS_READ;
	fault.where.kind = HOST_MEMORY_NULL;
	fault.address = 8;
	SAYS(where, "8 bytes past NULL");
	fault.address = UINTPTR_MAX;
	SAYS(where, "1 byte before NULL");
	fault.address = 0;
	SAYS(where, "NULL");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(instance_is_the_owner_and_never_the_thread, start),
		cmocka_unit_test_setup(longest_owner_is_told_whole, start),
		cmocka_unit_test_setup(widget_of_a_topology_is_told_and_that_of_a_chain_is_none,
				       start),
		cmocka_unit_test_setup(every_kind_has_a_name_and_words, start),
		cmocka_unit_test_setup(overflow_says_so_first, start),
		cmocka_unit_test_setup(misaligned_access_says_what_it_needs, start),
		cmocka_unit_test_setup(refused_instruction_is_shown_and_not_explained, start),
		cmocka_unit_test_setup(addresses_near_null_count_from_it, start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
