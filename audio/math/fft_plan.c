/* SPDX-License-Identifier: BSD-3-Clause */
/* What a transform needs that does not change from one to the next. */
#include <rtos/symbol.h>
#include <sof/trace/trace.h>

#include "fft_plan.h"

LOG_MODULE_REGISTER(math_fft, CONFIG_SOF_LOG_LEVEL);

struct fft_plan *fft_plan_alloc(struct processing_module *mod, void *inb, void *outb, uint32_t size,
				int bits)
{
	struct fft_plan *const plan = mod_zalloc(mod, sizeof(*plan));

	if (!plan)
		return NULL;
	plan->size = size;
	plan->len = (uint32_t)__builtin_ctz(size);
	if (bits == 16) {
		plan->inb16 = inb;
		plan->outb16 = outb;
	} else {
		plan->inb32 = inb;
		plan->outb32 = outb;
	}
	return plan;
}

uint16_t *fft_bit_reverse_alloc(struct processing_module *mod, uint32_t size)
{
	uint16_t *const reversed = mod_alloc(mod, size * sizeof(*reversed));

	if (!reversed)
		return NULL;
	reversed[0] = 0;
	/* what is 2^n places further on has the bit that is n-th from the top as well */
	for (uint32_t done = 1; done < size; done *= 2) {
		for (uint32_t i = 0; i < done; i++)
			reversed[done + i] = (uint16_t)(reversed[i] + size / done / 2);
	}
	return reversed;
}

struct fft_plan *mod_fft_plan_new(struct processing_module *mod, void *inb, void *outb,
				  uint32_t size, int bits)
{
	struct fft_plan *plan;

	if (!inb || !outb || (bits != 16 && bits != 32)) {
		LOG_ERR("transform of %d bits from %p to %p", bits, inb, outb);
		return NULL;
	}
	if (size > FFT_SIZE_MAX || !is_power_of_2(size)) {
		LOG_ERR("transform of %u bins: a power of two up to %u is possible", size,
			FFT_SIZE_MAX);
		return NULL;
	}
	plan = fft_plan_alloc(mod, inb, outb, size, bits);
	if (!plan)
		goto no_memory;
	plan->bit_reverse_idx = fft_bit_reverse_alloc(mod, size);
	if (!plan->bit_reverse_idx)
		goto no_memory;
	return plan;

no_memory:
	LOG_ERR("no memory for a transform of %u bins", size);
	mod_free(mod, plan);
	return NULL;
}
EXPORT_SYMBOL(mod_fft_plan_new);

void mod_fft_plan_free(struct processing_module *mod, struct fft_plan *plan)
{
	if (!plan)
		return;
	mod_free(mod, plan->bit_reverse_idx);
	mod_free(mod, plan);
}
EXPORT_SYMBOL(mod_fft_plan_free);
