/* SPDX-License-Identifier: BSD-3-Clause */
#include <sof/trace/trace.h>

#include "arch/arch.h"
#include "board.h"
#include "guarded_call.h"
#include "scheduler.h"
#include "syscall.h"

#include <host/platform.h>
#include <host/printable.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_MAX_BYTES 256

struct line {
	int level;
	const char *module;
	const char *format;
	va_list *args;
	char text[LINE_MAX_BYTES];
	size_t length; /* with its 0 */
};

/* Errors of a thread whose last one is kept are formatted whether they are printed or not. What a
 * user thread asks for is kernel memory: z_impl_sof_log() decides. */
bool sof_log_enabled(int level)
{
	if (level <= z_board_page.log_level)
		return true;
	if (level > LOG_LEVEL_ERROR)
		return false;
	return k_is_user_context() || (sched_current && sched_current->arch->module_call);
}

struct host_module_call *host_module_call_set(struct k_thread *thread,
					      struct host_module_call *call)
{
	struct z_thread_arch *arch = (thread ? thread : sched_current)->arch;
	struct host_module_call *former = arch->module_call;

	arch->module_call = call;
	return former;
}

/* Some modules end their messages with a newline. */
static void cut_newline(char *text)
{
	size_t length = strlen(text);

	if (length && text[length - 1] == '\n')
		text[length - 1] = 0;
}

static void keep_error(struct host_log_line *line, const char *module, const char *text)
{
	char raw[LINE_MAX_BYTES + 64];

	snprintf(raw, sizeof(raw), "%s%s%s", module, *module ? ": " : "", text);
	cut_newline(raw);
	host_printable(line->text, sizeof(line->text), raw);
}

static uintptr_t format_line(void *arg)
{
	struct line *line = arg;
	int length = vsnprintf(line->text, sizeof(line->text), line->format, *line->args);

	line->length = length < 0 ? 1 : MIN((size_t)length + 1, sizeof(line->text));
	line->text[line->length - 1] = 0;
	return 0;
}

void z_impl_sof_log(int level, const char *module, const char *text)
{
	static const char *const names[] = { "", "error", "warning", "info", "debug" };
	const char *name = level > 0 && level < (int)ARRAY_SIZE(names) ? names[level] : "debug";
	const char *owner = thread_owner(sched_current);
	const char *thread = *owner ? owner : sched_current ? sched_current->name : "";
	char raw[LINE_MAX_BYTES + 128], out[sizeof(raw) + 512];
	size_t length;

	if (level <= LOG_LEVEL_ERROR && sched_current && sched_current->arch->module_call)
		keep_error(&sched_current->arch->module_call->last_error, module, text);
	if (level > z_board_page.log_level)
		return;
	/* Text of modules: a message is always printed as one line. */
	snprintf(raw, sizeof(raw), "[%6lld.%03d] %s: %s%s%s%s%s",
		 (long long)(z_board_page.now / 1000), (int)(z_board_page.now % 1000), name, thread,
		 *thread ? ": " : "", module, *module ? ": " : "", text);
	cut_newline(raw);
	length = host_printable(out, sizeof(out) - 1, raw);
	out[length++] = '\n';

	/* One write a line: no buffer of the C library, whose memory is closed. */
	if (write(STDERR_FILENO, out, length) < 0)
		return;
}

void sof_log(int level, const char *module, const char *format, ...)
{
	struct line line = { .level = level, .module = module, .format = format };
	va_list args;

	va_start(args, format);
	line.args = &args;
	if (k_is_user_context()) {
		/* With the module's own rights, as it is the module's strings that are read, but
		 * not on its stack: the board's logger needs none of it. */
		arch_call_on_stack(z_tls_host_sp, format_line, &line, NULL);
		z_syscall(K_SYSCALL_SOF_LOG, (uintptr_t)level, (uintptr_t)module,
			  (uintptr_t)line.text, line.length, strlen(module) + 1, 0);
	} else {
		format_line(&line);
		z_impl_sof_log(level, module, line.text);
	}
	va_end(args);
}
