/* SPDX-License-Identifier: BSD-3-Clause */
#include "board.h"

#include <errno.h>
#include <sof/lib/cpu.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>
#include <zephyr/app_memory/app_memdomain.h>

const volatile struct z_board_page z_board_page
	__attribute__((section(".board_page"), aligned(PAGE_SIZE), used));
/* The same page until the two views are mapped. */
struct z_board_page *z_board = (struct z_board_page *)(uintptr_t)&z_board_page;

_Static_assert(sizeof(struct z_board_page) <= PAGE_SIZE, "the open page is one page");
_Static_assert(offsetof(struct z_board_page, gate) == 0, "assembly finds it there");

#define ADDRESS_BITS 46

/* Address of the writable view, away from all other mappings. */
static void *map_writable(int fd)
{
	uintptr_t at = 0;
	void *page = MAP_FAILED;

	if (getrandom(&at, sizeof(at), GRND_NONBLOCK) == sizeof(at)) {
		at = (at & (((uintptr_t)1 << ADDRESS_BITS) - 1) & ~(uintptr_t)(PAGE_SIZE - 1));
		/* A hint only: the host chooses another address if this one is in use. */
		page = mmap((void *)at, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	}
	if (page == MAP_FAILED)
		page = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	return page;
}

int board_page_init(void)
{
	static bool done;
	struct z_board_page *writable;
	int fd, ret = 0;

	if (done)
		return 0;
	fd = memfd_create("board page", MFD_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (ftruncate(fd, PAGE_SIZE)) {
		ret = -errno;
		goto out;
	}
	writable = map_writable(fd);
	if (writable == MAP_FAILED) {
		ret = -errno;
		goto out;
	}
	memcpy(writable, z_board, PAGE_SIZE);
	if (mmap(z_board, PAGE_SIZE, PROT_READ, MAP_SHARED | MAP_FIXED, fd, 0) == MAP_FAILED) {
		ret = -errno;
		munmap(writable, PAGE_SIZE);
		goto out;
	}
	z_board = writable;
	done = true;
out:
	close(fd);
	return ret;
}

bool board_page_contains(uintptr_t address)
{
	return address - (uintptr_t)z_board < PAGE_SIZE;
}

/* An empty common partition would have no page for domains to attach. */
static char common_anchor[PAGE_SIZE] K_APP_BMEM(common_partition);

__thread struct k_thread *z_tls_thread __attribute__((tls_model("local-exec")));
__thread bool z_tls_user __attribute__((tls_model("local-exec")));
__thread uintptr_t z_tls_host_sp __attribute__((tls_model("local-exec")));
__thread uint8_t z_tls_cpu __attribute__((tls_model("local-exec")));

k_ticks_t k_uptime_ticks(void)
{
	return __atomic_load_n(&z_board_page.now, __ATOMIC_RELAXED);
}

int cpu_get_id(void)
{
	return z_tls_cpu;
}

bool k_is_user_context(void)
{
	return z_tls_user;
}
