/* SPDX-License-Identifier: BSD-3-Clause */
#include "board.h"

#include <sof/lib/cpu.h>
#include <zephyr/app_memory/app_memdomain.h>

struct z_board_page z_board_page __attribute__((section(".board_page"), aligned(PAGE_SIZE), used));

_Static_assert(sizeof(struct z_board_page) <= PAGE_SIZE, "the open page is one page");

/* An empty common partition would have no page for domains to attach. */
static char common_anchor[PAGE_SIZE] K_APP_BMEM(common_partition);

__thread struct k_thread *z_tls_thread __attribute__((tls_model("local-exec")));
__thread bool z_tls_user __attribute__((tls_model("local-exec")));
__thread uintptr_t z_tls_host_sp __attribute__((tls_model("local-exec")));
__thread uint8_t z_tls_cpu __attribute__((tls_model("local-exec")));
__thread bool z_tls_again __attribute__((tls_model("local-exec")));

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
