/* SPDX-License-Identifier: BSD-3-Clause */
#include "output_place.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output_guard.h"
#include "standard_output.h"

struct output_place {
	int fd;
	bool direct;		   /* the name is written to itself */
	char *path;		   /* as the user wrote it */
	char *target;		   /* the same with symbolic links followed */
	char *temporary;	   /* name beside target, NULL while there is none */
	struct output_guard guard; /* of temporary */
};

/* Not made from the target's name: a longer one may be longer than the file system takes. */
static char *temporary_name(const char *target, const char *suffix)
{
	const char *slash = strrchr(target, '/');
	int directory = slash ? (int)(slash - target + 1) : 0;
	char *name;

	if (asprintf(&name, "%.*s.sof-%s", directory, target, suffix) < 0)
		return NULL;
	return name;
}

static char *directory_of(const char *target)
{
	const char *slash = strrchr(target, '/');

	if (!slash)
		return strdup(".");
	return strndup(target, slash == target ? 1 : (size_t)(slash - target));
}

static int cant(const struct output_place *place, int error, struct problem *why)
{
	return problem_set(why, error == ENOSPC ? EXIT_RUN_FAILED : EXIT_BAD_INPUT, error,
			   "%s: can't be written: %s", place->path, strerror(error));
}

/* The modes a plain open(O_CREAT) would have given. */
static mode_t new_file_mode(const struct output_place *place)
{
	struct stat st;
	mode_t mask;

	if (!stat(place->target, &st))
		return st.st_mode & 07777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

static int open_nameless(struct output_place *place, struct problem *why)
{
	char *directory = directory_of(place->target);
	struct stat st;
	int error;

	if (!directory)
		return cant(place, ENOMEM, why);
	if (stat(directory, &st)) {
		error = errno;
		problem_set(why, EXIT_BAD_INPUT, error, "%s: directory %s: %s", place->path,
			    directory, strerror(error));
		free(directory);
		return -error;
	}
	place->fd = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	error = errno;
	free(directory);
	if (place->fd >= 0)
		return 0;
	if (error != EOPNOTSUPP && error != EISDIR && error != ENOENT)
		return cant(place, error, why);
	place->temporary = temporary_name(place->target, "XXXXXX");
	if (!place->temporary)
		return cant(place, ENOMEM, why);
	place->fd = mkostemp(place->temporary, O_CLOEXEC);
	if (place->fd >= 0) {
		error = -output_guard_start(&place->guard, place->temporary);
		return error ? cant(place, error, why) : 0;
	}
	error = errno;
	free(place->temporary);
	place->temporary = NULL;
	return cant(place, error, why);
}

/* Some file systems find a name too long only when the file gets it. */
static int check_name(struct output_place *place, struct problem *why)
{
	const char *slash = strrchr(place->target, '/');
	size_t length = strlen(slash ? slash + 1 : place->target);

	return length <= NAME_MAX ? 0 : cant(place, ENAMETOOLONG, why);
}

/* A name that would be no file: an ending slash, or nothing at all. */
static bool is_no_file_name(const char *path)
{
	size_t length = strlen(path);

	return length == 0 || path[length - 1] == '/';
}

static int open_place(struct output_place *place, struct problem *why)
{
	struct stat st;

	if (is_no_file_name(place->path))
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "'%s' is no file name, an output file is expected", place->path);
	if (standard_output_is(place->path)) {
		place->direct = true;
		place->fd = fcntl(standard_output_fd(), F_DUPFD_CLOEXEC, 0);
		return place->fd < 0 ? cant(place, errno, why) : 0;
	}
	if (check_name(place, why))
		return -ENAMETOOLONG;
	if (stat(place->target, &st))
		return errno == ENOENT ? open_nameless(place, why) : cant(place, errno, why);
	if (S_ISDIR(st.st_mode))
		return problem_set(why, EXIT_BAD_INPUT, EISDIR,
				   "%s: is a directory, an output file is expected", place->path);
	if (access(place->target, W_OK))
		return cant(place, errno, why);
	if (S_ISREG(st.st_mode))
		return open_nameless(place, why);
	place->direct = true;
	place->fd = open(place->target, O_WRONLY | O_CLOEXEC);
	return place->fd < 0 ? cant(place, errno, why) : 0;
}

int output_place_open(const char *path, struct output_place **out, struct problem *why)
{
	struct output_place *place = calloc(1, sizeof(*place));
	int ret;

	*out = NULL;
	if (place) {
		place->fd = -1;
		place->guard = (struct output_guard){ 0, -1 };
		place->path = strdup(path);
		place->target = realpath(path, NULL);
		if (!place->target)
			place->target = strdup(path);
	}
	if (!place || !place->path || !place->target)
		ret = problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	else
		ret = open_place(place, why);
	if (ret) {
		output_place_discard(&place);
		return ret;
	}
	*out = place;
	return 0;
}

int output_place_fd(const struct output_place *place)
{
	return place->fd;
}

const char *output_place_path(const struct output_place *place)
{
	return place->path;
}

/* linkat() never replaces a name: where there is one, link to a free one beside it, then rename. */
static int give_name(struct output_place *place)
{
	char self[64];
	int tries;

	snprintf(self, sizeof(self), "/proc/self/fd/%d", place->fd);
	if (!linkat(AT_FDCWD, self, AT_FDCWD, place->target, AT_SYMLINK_FOLLOW))
		return 0;
	if (errno != EEXIST)
		return -errno;
	for (tries = 0; tries < 100; tries++) {
		char suffix[16], *name;

		snprintf(suffix, sizeof(suffix), "%x", (unsigned int)(getpid() + tries));
		name = temporary_name(place->target, suffix);
		if (!name)
			return -ENOMEM;
		if (!linkat(AT_FDCWD, self, AT_FDCWD, name, AT_SYMLINK_FOLLOW)) {
			place->temporary = name;
			return 0;
		}
		free(name);
		if (errno != EEXIST)
			return -errno;
	}
	return -EEXIST;
}

int output_place_commit(struct output_place **out, struct problem *why)
{
	struct output_place *place = *out;
	sigset_t fatal, before;
	int ret = 0;

	*out = NULL;
	/* The temporary name must not outlive the program here either, and nothing else runs. */
	sigemptyset(&fatal);
	sigaddset(&fatal, SIGINT);
	sigaddset(&fatal, SIGTERM);
	sigaddset(&fatal, SIGHUP);
	sigaddset(&fatal, SIGXCPU);
	pthread_sigmask(SIG_BLOCK, &fatal, &before);
	if (!place->direct) {
		fchmod(place->fd, new_file_mode(place));
		if (!place->temporary)
			ret = give_name(place);
		if (!ret && place->temporary && rename(place->temporary, place->target))
			ret = -errno;
		if (!ret) {
			free(place->temporary);
			place->temporary = NULL;
		}
	}
	if (ret)
		problem_set(why, EXIT_RUN_FAILED, -ret, "%s: can't be put in place: %s",
			    place->path, strerror(-ret));
	output_place_discard(&place);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return ret;
}

void output_place_discard(struct output_place **out)
{
	struct output_place *place = *out;

	*out = NULL;
	if (!place)
		return;
	if (place->fd >= 0)
		close(place->fd);
	if (place->temporary)
		unlink(place->temporary);
	output_guard_stop(&place->guard);
	free(place->temporary);
	free(place->target);
	free(place->path);
	free(place);
}
