/* SPDX-License-Identifier: BSD-3-Clause */
#include "cores.h"
#include "denied.h"
#include "kernel_lock.h"
#include "scheduler.h"

#include <errno.h>
#include <host/platform.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct cores cores;

void cores_init(unsigned int count, bool may_be_parallel)
{
	memset(&cores, 0, sizeof(cores));
	cores.count = count ? count : 1;
	cores.parallel = may_be_parallel && cores.count > 1;
	for (unsigned int i = 0; i < CONFIG_MP_MAX_NUM_CPUS; i++)
		cores.at[i].host_cpu = -1;
}

unsigned int host_cores(void)
{
	return cores.count;
}

bool host_cores_parallel(void)
{
	return cores.parallel;
}

void cores_choose_cpus(int first)
{
	int cpu = first;
	cpu_set_t set;

	if (!cores.parallel || first < 0 || sched_getaffinity(0, sizeof(set), &set) ||
	    !CPU_ISSET(first, &set))
		return;
	for (unsigned int i = 0; i < cores.count; i++) {
		cores.at[i].host_cpu = cpu;
		do
			cpu = (cpu + 1) % CPU_SETSIZE;
		while (!CPU_ISSET(cpu, &set));
	}
}

void cores_pin(const struct k_thread *thread)
{
	int cpu = cores.at[thread->base.cpu].host_cpu;
	cpu_set_t set;

	if (!cores.parallel || cpu < 0)
		return;
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	/* Where it runs is a matter of speed: should the host refuse, it runs elsewhere. */
	if (sched_setaffinity(thread->arch->host_id, sizeof(set), &set))
		denied.affinity = errno;
}

void core_occupy(struct k_thread *thread)
{
	struct core *core = &cores.at[thread->base.cpu];

	if (core->current)
		return;
	core->current = thread;
	__atomic_store_n(&core->host_id, thread->arch->host_id, __ATOMIC_RELEASE);
}

void core_vacate(const struct k_thread *thread)
{
	struct core *core = &cores.at[thread->base.cpu];

	if (core->current != thread)
		return;
	__atomic_store_n(&core->host_id, 0, __ATOMIC_RELEASE);
	core->current = NULL;
}

struct k_thread *cores_find(int host_id)
{
	for (unsigned int i = 0; i < cores.count; i++)
		if (__atomic_load_n(&cores.at[i].host_id, __ATOMIC_ACQUIRE) == host_id)
			return cores.at[i].current;
	return NULL;
}

/* Others than who asks: it is in. */
bool core_is_out(const struct k_thread *thread)
{
	return cores.parallel && thread && thread != sched_current &&
	       cores.at[thread->base.cpu].current == thread && thread->arch->user_mode;
}

bool cores_find_out(void)
{
	for (unsigned int i = 0; i < cores.count; i++)
		if (core_is_out(cores.at[i].current))
			return true;
	return false;
}

void cores_for_each_running(void (*fn)(const struct k_thread *thread))
{
	for (unsigned int i = 0; i < cores.count; i++)
		if (core_is_out(cores.at[i].current) && !kernel_lock_is_wanted_by(i))
			fn(cores.at[i].current);
}

void cores_bring_in(const struct k_thread *thread)
{
	unsigned int who = 0;

	for (unsigned int i = 0; i < cores.count; i++) {
		const struct k_thread *current = cores.at[i].current;

		if (!core_is_out(current) || (thread && current != thread))
			continue;
		who |= 1u << i;
		if (!kernel_lock_is_wanted_by(i))
			syscall(SYS_tgkill, getpid(), current->arch->host_id, CORES_SIGNAL);
	}
	kernel_lock_await(who);
}
