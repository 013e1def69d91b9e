/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Verifiers of the kernel's own system calls: each argument is checked against what the calling
 * thread may touch before the body sees it. Here: faults, memory, log; the files beside it have
 * the rest.
 */
#include "fault.h"
#include "heap.h"
#include "scheduler.h"
#include "shared_heap.h"
#include "sanitizer.h"
#include "syscall.h"

#include <rtos/alloc.h>
#include <string.h>

static uintptr_t z_vrfy_z_fatal(const uintptr_t *arg)
{
	const char *text = (const char *)arg[1];
	unsigned int reason = (unsigned int)arg[0];
	char told[192];
	size_t length = 0;

	/* A user thread can end itself, not the system: anything but a smashed stack, an assertion,
	 * abort() or a sanitizer's finding is an oops. */
	if (reason != K_ERR_STACK_CHK_FAIL && reason != FAULT_REASON_ASSERT &&
	    reason != FAULT_REASON_ABORT &&
	    !(reason == FAULT_REASON_CHECKER && sanitizer_finds_undefined()))
		reason = K_ERR_KERNEL_OOPS;
	/* The text is told as far as the caller may read it. */
	while (length < sizeof(told) - 1 && !z_user_access_check(text + length, 1, false) &&
	       text[length]) {
		told[length] = text[length];
		length++;
	}
	told[length] = 0;
	z_impl_z_fatal(reason, told);
}

static uintptr_t z_vrfy_sof_heap_alloc(const uintptr_t *arg)
{
	struct k_heap *heap = (struct k_heap *)arg[0];
	void *block;

	/* A user thread names its own domain's heap and no other: kernel and shared memory are not
	 * for it to allocate. */
	K_OOPS(K_SYSCALL_VERIFY(heap != NULL));
	K_OOPS(K_SYSCALL_VERIFY(
		!(arg[1] & (SOF_MEM_FLAG_KERNEL | SOF_MEM_FLAG_USER_SHARED_BUFFER))));
	K_OOPS(K_SYSCALL_VERIFY(heap_of_k_heap(heap) != NULL && !shared_heap_is(heap)));
	K_OOPS(K_SYSCALL_MEMORY_WRITE((void *)heap_start(heap_of_k_heap(heap)), 1));
	block = z_impl_sof_heap_alloc(heap, (uint32_t)arg[1], arg[2], arg[3]);
	heap_give_to_user(heap_of_k_heap(heap), block);
	return (uintptr_t)block;
}

static uintptr_t z_vrfy_sof_heap_free(const uintptr_t *arg)
{
	struct k_heap *heap = (struct k_heap *)arg[0];

	K_OOPS(K_SYSCALL_VERIFY(heap != NULL));
	K_OOPS(K_SYSCALL_VERIFY(heap_of_k_heap(heap) != NULL && !shared_heap_is(heap)));
	if (!arg[1])
		return 0;
	K_OOPS(K_SYSCALL_MEMORY_WRITE((void *)arg[1], 1));
	/* What the kernel put into the heap, on the module's behalf too, the kernel will free. */
	K_OOPS(K_SYSCALL_VERIFY(heap_is_users(heap_of_k_heap(heap), (void *)arg[1])));
	z_impl_sof_heap_free(heap, (void *)arg[1]);
	return 0;
}

/* A string that ends where its caller says, cut to fit: a copy, as it may change meanwhile. */
static void copy_string(char *to, size_t room, const char *from, size_t size)
{
	size_t length;

	K_OOPS(K_SYSCALL_MEMORY_READ(from, size));
	K_OOPS(K_SYSCALL_VERIFY(size && !from[size - 1]));
	length = MIN(size, room) - 1;
	memcpy(to, from, length);
	to[length] = 0;
}

static uintptr_t z_vrfy_sof_log(const uintptr_t *arg)
{
	char module[64], text[384];

	copy_string(text, sizeof(text), (const char *)arg[2], arg[3]);
	copy_string(module, sizeof(module), (const char *)arg[1], arg[4]);
	z_impl_sof_log((int)arg[0], module, text);
	return 0;
}

void syscall_register_kernel(void)
{
	static const struct syscall_entry entries[] = {
		{ K_SYSCALL_Z_FATAL, z_vrfy_z_fatal },
		{ K_SYSCALL_SOF_HEAP_ALLOC, z_vrfy_sof_heap_alloc },
		{ K_SYSCALL_SOF_HEAP_FREE, z_vrfy_sof_heap_free },
		{ K_SYSCALL_SOF_LOG, z_vrfy_sof_log },
	};

	syscall_register_all(entries, ARRAY_SIZE(entries));
	syscall_register_sync();
	syscall_register_timer();
	syscall_register_thread();
	syscall_register_object();
	syscall_register_futex();
	syscall_register_sys_mutex();
}
