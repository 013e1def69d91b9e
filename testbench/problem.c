/* SPDX-License-Identifier: BSD-3-Clause */
#include "problem.h"

#include <host/printable.h>
#include <stdarg.h>
#include <stdio.h>

int problem_set(struct problem *problem, enum exit_code code, int err, const char *format, ...)
{
	va_list args;
	char raw[sizeof(problem->text)];

	if (problem->code != EXIT_DONE)
		return -err;
	problem->code = code;
	va_start(args, format);
	vsnprintf(raw, sizeof(raw), format, args);
	va_end(args);
	host_printable(problem->text, sizeof(problem->text), raw);
	return -err;
}

void problem_print(const struct problem *problem)
{
	if (problem->code != EXIT_DONE && problem->text[0])
		fprintf(stderr, "sof-testbench: %s\n", problem->text);
}
