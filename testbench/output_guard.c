/* SPDX-License-Identifier: BSD-3-Clause */
#include "output_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Only calls that are safe in the child of a process with threads. */
static void watch(int end, const char *path)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE };
	ssize_t got;
	char stop;
	size_t i;

	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		signal(signals[i], SIG_IGN);
	/* No pipe of the parent's may stay open here, such as its standard output. */
	dup2(end, STDIN_FILENO);
	close_range(STDOUT_FILENO, ~0u, 0);
	do
		got = read(STDIN_FILENO, &stop, 1);
	while (got < 0 && errno == EINTR);
	if (got == 0)
		unlink(path);
	_exit(0);
}

int output_guard_start(struct output_guard *guard, const char *path)
{
	int ends[2], error;

	*guard = (struct output_guard){ 0, -1 };
	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	guard->child = fork();
	error = errno;
	if (guard->child == 0)
		watch(ends[0], path);
	close(ends[0]);
	if (guard->child < 0) {
		close(ends[1]);
		guard->child = 0;
		return -error;
	}
	guard->pipe = ends[1];
	return 0;
}

void output_guard_stop(struct output_guard *guard)
{
	if (guard->child <= 0)
		return;
	while (write(guard->pipe, "", 1) < 0 && errno == EINTR)
		;
	close(guard->pipe);
	while (waitpid(guard->child, NULL, 0) < 0 && errno == EINTR)
		;
	*guard = (struct output_guard){ 0, -1 };
}
