/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "failing_malloc.h"
#include "whole_file.h"

#define MOST 5

static void refused(const char *path, int error, const char *words)
{
	struct problem why = { 0 };
	uint8_t *data;
	size_t size;

	assert_int_equal(whole_file_read(path, "blob", MOST, &data, &size, &why), -error);
	assert_non_null(strstr(why.text, words));
	assert_null(data);
}

/* A file of its own in the current folder. */
static void with_file(const char *text, char path[])
{
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static void test_all_of_a_file_is_read(void **state)
{
	char path[] = "whole_file_XXXXXX";
	struct problem why = { 0 };
	uint8_t *data;
	size_t size;

	with_file("12345", path);
	assert_int_equal(whole_file_read(path, "blob", MOST, &data, &size, &why), 0);
	assert_int_equal(size, 5);
	assert_string_equal((const char *)data, "12345");
	free(data);
	unlink(path);
}

static void test_what_is_no_small_file_is_refused(void **state)
{
	char path[] = "whole_file_XXXXXX", fifo[] = "whole_file_fifo_XXXXXX";

	refused("not/there", ENOENT, "not/there: blob can't be read: No such file");
	refused(".", EINVAL, ".: not a regular file, as a blob is expected to be");
	with_file("123456", path);
	refused(path, EFBIG, ": 6 bytes, a blob has 5 at most");
	unlink(path);
	with_file("", fifo);
	unlink(fifo);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	/* and not waited for */
	refused(fifo, EINVAL, ": not a regular file");
	unlink(fifo);
}

static void test_a_lack_of_memory_is_told(void **state)
{
	char path[] = "whole_file_XXXXXX";

	with_file("123", path);
	malloc_fail_at(1);
	refused(path, ENOMEM, "out of memory");
	malloc_fail_at(0);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_of_a_file_is_read),
		cmocka_unit_test(test_what_is_no_small_file_is_refused),
		cmocka_unit_test(test_a_lack_of_memory_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
