/* SPDX-License-Identifier: BSD-3-Clause */
#include "reporter.h"

#include <errno.h>
#include <fcntl.h>
#include <host/fault.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ANSWER_MS 60000

static struct {
	pid_t process; /* the reporter's; 0: there is none */
	int socket;
	const char *missing;
	int memory, maps; /* in the reporter: of the other process */
} reporter = { .socket = -1, .missing = "no process that looks them up was started" };

/* What this process has set up for the board, and its terminal's signals, are as at the start of a
 * program: a crash ends the reporter, and with it the wait for its answer. */
static void reset_signals(void)
{
	sigset_t none;
	int i;

	for (i = 1; i < SIGRTMAX; i++)
		if (i != SIGPIPE && i != SIGXFSZ)
			signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool receive(struct host_last_message *message)
{
	memset(message, 0, sizeof(*message));
	if (recv(reporter.socket, message, sizeof(*message), 0) < (ssize_t)sizeof(message->order))
		return false;
	message->name[sizeof(message->name) - 1] = '\0';
	return true;
}

static void serve_orders(reporter_fn serve, pid_t parent)
{
	struct host_last_message message;
	int result;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NAME, "sof-reporter");
	reset_signals();
	/* It may have died before the first line. */
	while (getppid() == parent && receive(&message)) {
		result = serve(message.order, message.name);
		if (send(reporter.socket, &result, sizeof(result), MSG_NOSIGNAL) < 0)
			break;
	}
	_exit(0);
}

static int fail(int error, const char *missing)
{
	reporter.missing = missing;
	return -error;
}

int reporter_start(reporter_fn serve)
{
	const pid_t parent = getpid();
	int ends[2] = { -1, -1 }, ret = 0;

	reporter.missing = NULL;
	/* Opened here: some kernels let no process open these files of its parent's. */
	reporter.memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	reporter.maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	if (reporter.memory < 0 || reporter.maps < 0)
		ret = fail(errno, "/proc can't be read");
	else if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		ret = fail(errno, "a socket can't be had");
	if (!ret) {
		/* Printed once, by this process. */
		fflush(stdout);
		reporter.process = fork();
		if (reporter.process < 0)
			ret = fail(errno, "the host refuses the process that looks them up");
	}
	if (!ret && !reporter.process) {
		close(ends[0]);
		reporter.socket = ends[1];
		serve_orders(serve, parent);
	}
	reporter.socket = ends[0];
	if (ends[1] >= 0)
		close(ends[1]);
	if (reporter.memory >= 0)
		close(reporter.memory);
	if (reporter.maps >= 0)
		close(reporter.maps);
	reporter.memory = reporter.maps = -1;
	if (ret)
		reporter_stop();
	return ret;
}

void reporter_stop(void)
{
	if (reporter.process > 0) {
		kill(reporter.process, SIGKILL);
		while (waitpid(reporter.process, NULL, 0) < 0 && errno == EINTR)
			;
	}
	if (reporter.socket >= 0)
		close(reporter.socket);
	reporter.process = 0;
	reporter.socket = -1;
	if (!reporter.missing)
		reporter.missing = "the process that looks them up was ended";
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* 0, -EPIPE or -ETIME. A signal, of the watchdog say, does not end the wait. */
static int wait_for_answer(void)
{
	struct pollfd answer = { .fd = reporter.socket, .events = POLLIN };
	const long end = now_ms() + ANSWER_MS;
	int ret;

	do {
		const long left = end - now_ms();

		ret = poll(&answer, 1, left > 0 ? (int)left : 0);
	} while (ret < 0 && errno == EINTR);
	return ret > 0 ? 0 : ret < 0 ? -EPIPE : -ETIME;
}

int reporter_ask(int order)
{
	int result, ret = 0;

	if (reporter.process <= 0)
		return -ESRCH;
	if (send(reporter.socket, &order, sizeof(order), MSG_NOSIGNAL) != (ssize_t)sizeof(order))
		ret = -EPIPE;
	if (!ret)
		ret = wait_for_answer();
	if (!ret && recv(reporter.socket, &result, sizeof(result), 0) == (ssize_t)sizeof(result))
		return result;
	reporter.missing = ret == -ETIME ? "the process that looks them up does not answer" :
					   "the process that looks them up has died";
	reporter_stop();
	return ret ? ret : -EPIPE;
}

int reporter_socket(void)
{
	return reporter.process > 0 ? reporter.socket : -1;
}

const char *reporter_missing(void)
{
	return reporter.missing;
}

int reporter_fetch(void *at, size_t size)
{
	ssize_t got = pread(reporter.memory, at, size, (off_t)(uintptr_t)at);

	return got == (ssize_t)size ? 0 : got < 0 ? -errno : -EIO;
}

int reporter_memory(void)
{
	return reporter.memory;
}

FILE *reporter_maps(void)
{
	int fd = dup(reporter.maps);
	FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;

	if (file)
		rewind(file);
	else if (fd >= 0)
		close(fd);
	return file;
}
