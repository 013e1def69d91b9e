/* SPDX-License-Identifier: BSD-3-Clause */
#include "file_use.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "standard_output.h"

struct file_use {
	const char *role;
	char *path;
	char *name; /* in the folder of device and inode; NULL: they are the file's own */
	dev_t device;
	ino_t inode;
	mode_t mode;
	bool output;
};

static int status_of(const char *path, bool output, struct stat *st)
{
	if (output && standard_output_is(path))
		return fstat(standard_output_fd(), st);
	if (!output && !strcmp(path, "-"))
		return fstat(STDIN_FILENO, st);
	return stat(path, st);
}

/* -ENOENT: the file does not exist and cannot be created. */
static int identify(struct file_use *use)
{
	char *slash = strrchr(use->path, '/'), *folder;
	struct stat st;
	int ret;

	if (!status_of(use->path, use->output, &st)) {
		use->device = st.st_dev;
		use->inode = st.st_ino;
		use->mode = st.st_mode;
		return 0;
	}
	if (!use->output)
		return -ENOENT;
	use->name = strdup(slash ? slash + 1 : use->path);
	folder = !slash ? strdup(".") : strndup(use->path, (size_t)(slash - use->path + 1));
	if (!use->name || !folder) {
		free(folder);
		return -ENOMEM;
	}
	ret = stat(folder, &st) ? -ENOENT : 0;
	free(folder);
	use->device = st.st_dev;
	use->inode = st.st_ino;
	return ret;
}

static bool is_same(const struct file_use *a, const struct file_use *b)
{
	if (a->device != b->device || a->inode != b->inode || !a->name != !b->name)
		return false;
	return !a->name || !strcmp(a->name, b->name);
}

static bool in_conflict(const struct file_use *a, const struct file_use *b)
{
	if (!a->output && !b->output)
		return false;
	if (!a->name && S_ISCHR(a->mode))
		return false;
	if (!a->name && S_ISSOCK(a->mode) && a->output != b->output)
		return false;
	return is_same(a, b);
}

static int complain(const struct file_use *old, const struct file_use *use, struct problem *why)
{
	if (!strcmp(old->path, use->path) && !strcmp(old->role, use->role))
		return problem_set(why, EXIT_BAD_INPUT, EINVAL, "%s: %s is named twice", use->role,
				   use->path);
	if (!strcmp(old->path, use->path))
		return problem_set(
			why, EXIT_BAD_INPUT, EINVAL,
			"%s: is named twice, %s and %s: a file of its own is expected for "
			"each",
			use->path, old->role, use->role);
	return problem_set(
		why, EXIT_BAD_INPUT, EINVAL,
		"%s (%s) and %s (%s) are one file: a file of its own is expected for each",
		old->path, old->role, use->path, use->role);
}

static void release(struct file_use *use)
{
	free(use->path);
	free(use->name);
}

static int add(struct file_uses *uses, const char *role, const char *path, bool output,
	       struct problem *why)
{
	struct file_use use = { .role = role, .output = output }, *more;
	size_t i;
	int ret;

	if (!path)
		return 0;
	use.path = strdup(path);
	ret = use.path ? identify(&use) : -ENOMEM;
	/* A missing file is reported when it is opened. */
	if (ret)
		goto out;
	for (i = 0; !ret && i < uses->count; i++)
		if (in_conflict(&uses->uses[i], &use))
			ret = complain(&uses->uses[i], &use, why);
	if (ret)
		goto out;
	more = realloc(uses->uses, (uses->count + 1) * sizeof(*more));
	if (!more) {
		ret = -ENOMEM;
		goto out;
	}
	uses->uses = more;
	uses->uses[uses->count++] = use;
	return 0;
out:
	release(&use);
	if (ret == -ENOENT)
		return 0;
	return ret == -ENOMEM ? problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory") : ret;
}

int file_use_read(struct file_uses *uses, const char *role, const char *path, struct problem *why)
{
	return add(uses, role, path, false, why);
}

int file_use_write(struct file_uses *uses, const char *role, const char *path, struct problem *why)
{
	return add(uses, role, path, true, why);
}

void file_uses_free(struct file_uses *uses)
{
	while (uses->count)
		release(&uses->uses[--uses->count]);
	free(uses->uses);
	uses->uses = NULL;
}
