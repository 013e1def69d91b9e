/* SPDX-License-Identifier: BSD-3-Clause */
#include "bench.h"

#include <rtos/alloc.h>
#include <rtos/userspace_helper.h>
#include <stdio.h>
#include <string.h>

#define STACK_BYTES 8192
#define GO	    1u

struct domain {
	struct k_mem_domain mdom;
	struct k_heap *heap;
	struct k_thread *thread;
	struct k_event *event;
	void *stack;
};

static struct {
	struct bench_round_trip setup; /* a copy: the main stack is closed while the board runs */
	double us;
} bench;

static void user(void *event, void *unused1, void *unused2)
{
	for (;;)
		k_event_wait_safe(event, GO, false, K_FOREVER);
}

static int make(struct domain *domain, unsigned int number)
{
	char name[32];
	struct module_heap_config config = {
		.name = name,
		.heap_bytes = (size_t)bench.setup.heap_kib << 10,
		.stack_bytes = STACK_BYTES,
	};
	struct k_mem_partition part;

	snprintf(name, sizeof(name), "bench.%u", number);
	domain->heap = module_driver_heap_init_ext(&config);
	domain->thread = k_object_alloc(K_OBJ_THREAD);
	domain->event = k_object_alloc(K_OBJ_EVENT);
	if (!domain->heap || !domain->thread || !domain->event)
		return -ENOMEM;
	k_event_init(domain->event);
	module_driver_heap_partition(domain->heap, &part);
	k_mem_domain_init(&domain->mdom, 0, NULL);
	if (k_mem_domain_add_partition(&domain->mdom, &part))
		return -EINVAL;
	domain->stack = user_stack_allocate_beside(domain->heap, STACK_BYTES, K_USER);
	if (!k_thread_create(domain->thread, domain->stack, STACK_BYTES, user, domain->event, NULL,
			     NULL, 5, K_USER, K_FOREVER))
		return -ENOMEM;
	k_mem_domain_add_thread(&domain->mdom, domain->thread);
	k_thread_access_grant(domain->thread, domain->event);
	k_thread_start(domain->thread);
	return 0;
}

static int measure(void *arg)
{
	struct domain *domains = rzalloc(0, bench.setup.domains * sizeof(*domains));
	double start;
	int ret;

	if (!domains)
		return -ENOMEM;
	for (unsigned int i = 0; i < bench.setup.domains; i++) {
		ret = make(&domains[i], i);
		if (ret)
			return ret;
	}
	k_run_ready_threads();
	start = bench_now_us();
	for (unsigned int i = 0; i < bench.setup.rounds; i++) {
		k_event_post(domains[i % bench.setup.domains].event, GO);
		k_run_ready_threads();
	}
	bench.us = (bench_now_us() - start) / bench.setup.rounds;
	return 0;
}

int bench_round_trip_run(const void *arg, double *us)
{
	struct host_config config = { .watchdog_ms = 5000 };
	int result = -1;

	memcpy(&bench.setup, arg, sizeof(bench.setup));
	config.isolation = bench.setup.isolation;
	if (host_init(&config) || host_run(measure, NULL, &result) || result)
		return -1;
	*us = bench.us;
	return 0;
}
