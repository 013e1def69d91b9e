/* SPDX-License-Identifier: BSD-3-Clause */
/* Overwrites thread-local storage as its configuration says, and calls the firmware afterwards. */
#include "../rogue.h"

#include <rtos/mutex.h>

struct plan {
	int32_t offset; /* from FS base, or from the DTV if dtv is set */
	uint32_t size;
	uint8_t value, dtv;
	uint8_t then; /* 1: ordinary calls, 2: panic, 3: abort() */
	uint8_t pad;
};

void abort(void);

static void call_the_firmware(struct rogue_call *call, unsigned int how)
{
	struct k_mutex mutex;

	switch (how) {
	case 1:
		mod_free(call->mod, mod_zalloc(call->mod, 64));
		LOG_ERR("still here");
		k_mutex_init(&mutex);
		k_mutex_lock(&mutex, K_FOREVER);
		k_mutex_unlock(&mutex);
		break;
	case 2:
		k_panic();
		break;
	case 3:
		abort();
		break;
	}
}

static void misbehave(struct rogue_call *call)
{
	const struct plan *plan = (const void *)rogue_state(call)->plan;
	volatile uint8_t *at;

	if (plan->dtv)
		__asm__ volatile("mov %%fs:8, %0" : "=r"(at));
	else
		__asm__ volatile("mov %%fs:0, %0" : "=r"(at));
	at += plan->offset;
	for (size_t i = 0; i < plan->size; i++)
		at[i] = plan->value;
	call_the_firmware(call, plan->then);
}

ROGUE("overwrite-storage", 236, AT_PROCESS);
