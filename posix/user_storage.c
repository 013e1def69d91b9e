/* SPDX-License-Identifier: BSD-3-Clause */
#include "user_storage.h"
#include "arch/arch.h"
#include "board.h"
#include "scheduler.h"
#include "stack.h"
#include "syscall.h"
#include "track.h"

#include <stdio.h>
#include <string.h>

#define HOST_STACK_SIZE ((size_t)48 << 10)
#define RECORD_SIZE	PAGE_SIZE /* at the low end of the block, to compare with */
#define ROOM_BELOW	1024	  /* between the copy and the stack for host code */

/* At FS base: two words that point to it. */
#define SELF   0
#define SELF_2 2

bool user_storage_is_apart(void)
{
	return !track_owns_host_memory();
}

size_t user_storage_host_size(void)
{
	return RECORD_SIZE + HOST_STACK_SIZE;
}

void *user_storage_host_stack(void *block, size_t *size)
{
	*size = HOST_STACK_SIZE;
	return (uint8_t *)block + RECORD_SIZE;
}

static size_t record_size(const struct z_thread_arch *arch)
{
	const size_t size = stack_host_top(arch->stack) - arch->user_tp;

	return size < RECORD_SIZE ? size : RECORD_SIZE;
}

/* A variable of thread-local storage, in the copy. */
static void *in_copy(const struct z_thread_arch *arch, const void *variable)
{
	return (void *)((uintptr_t)variable - arch->kernel_tp + arch->user_tp);
}

void user_storage_make(struct k_thread *thread, uintptr_t frame)
{
	struct z_thread_arch *arch = thread->arch;
	const uintptr_t own_top = (uintptr_t)arch->host_stack + user_storage_host_size();
	const uintptr_t top = stack_host_top(arch->stack);
	const size_t size = own_top - frame;
	uintptr_t *self;

	z_tls_host_sp = (top - size - ROOM_BELOW) & ~(uintptr_t)63;
	arch->kernel_tp = arch_thread_pointer();
	arch->user_tp = top - (own_top - arch->kernel_tp);
	memcpy((void *)(top - size), (void *)frame, size);
	self = (uintptr_t *)arch->user_tp;
	self[SELF] = arch->user_tp;
	self[SELF_2] = arch->user_tp;
	*(bool *)in_copy(arch, &z_tls_user) = true;
	memcpy(arch->host_stack, self, record_size(arch));
}

bool user_storage_is_damaged(const struct k_thread *thread, size_t *at)
{
	const struct z_thread_arch *arch = thread->arch;
	const uint8_t *now = (const uint8_t *)arch->user_tp, *then = arch->host_stack;
	const size_t size = record_size(arch);

	if (!arch->kernel_tp || !memcmp(now, then, size))
		return false;
	for (*at = 0; now[*at] == then[*at];)
		++*at;
	return true;
}

void user_storage_check(void)
{
	char text[120];
	size_t at;

	if (!user_storage_is_damaged(sched_current, &at))
		return;
	snprintf(text, sizeof(text),
		 "the C library's record of the thread is overwritten from byte %zu on (FS base + "
		 "%zu)",
		 at, at);
	z_fatal(K_ERR_KERNEL_OOPS, text);
}
