/* SPDX-License-Identifier: BSD-3-Clause */
#include "fault_nested.h"
#include "arch/arch.h"
#include "board.h"
#include "guarded_call.h"

#include <host/fault.h>
#include <ucontext.h>
#include <unistd.h>

#define EXIT_FAULT 3 /* as documented for the program */

static bool lies_within(uintptr_t address, uintptr_t start, uintptr_t size)
{
	return address - start < size;
}

bool fault_is_nested(const void *context)
{
	const ucontext_t *interrupted = context;
	const uintptr_t sp = (uintptr_t)interrupted->uc_mcontext.gregs[REG_RSP];

	return lies_within(sp, (uintptr_t)interrupted->uc_stack.ss_sp,
			   interrupted->uc_stack.ss_size) ||
	       lies_within(sp, z_board_page.fault_stack, z_board_page.fault_stack_size);
}

static void print(const volatile char *text)
{
	size_t length = 0;

	while (text[length])
		length++;
	arch_write(STDERR_FILENO, (const char *)text, length);
}

/* The exit code that the other process answers with; 0: there is none. */
static int ask_for_report(void)
{
	struct host_last_message message = { .order = z_board_page.last_report_order };
	int code = 0;

	for (size_t i = 0; guarded_call_is_here() && i < sizeof(message.name) - 1; i++)
		message.name[i] = z_board_page.call_name[i];
	if (z_board_page.last_report_fd < 0 ||
	    arch_send(z_board_page.last_report_fd, &message, sizeof(message)) != sizeof(message) ||
	    arch_read(z_board_page.last_report_fd, &code, sizeof(code)) != sizeof(code))
		return 0;
	return code;
}

void fault_end_program(void)
{
	const int code = ask_for_report();

	if (code > 0)
		arch_exit(code);
	print("\nThe firmware's memory is damaged, which can't be reported. It was found ");
	print(guarded_call_is_here() ? "while this LL module ran: " :
				       "after the fault of an LL module");
	if (guarded_call_is_here())
		print(z_board_page.call_name);
	print("\n");
	arch_exit(EXIT_FAULT);
}
