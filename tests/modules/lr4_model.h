/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file lr4_model.h
 * \brief Biquads and Linkwitz-Riley crossovers in real numbers, and how to design them. Each sum and
 *        each output is limited to full scale.
 */
#ifndef TESTS_MODULES_LR4_MODEL_H
#define TESTS_MODULES_LR4_MODEL_H

#include <math.h>
#include <stdint.h>
#include <user/eq.h>

static inline int32_t model_fixed(double x, int bits)
{
	return (int32_t)llround(ldexp(x, bits));
}

/** Butterworth's of second order by the bilinear transform, corner at \p frequency of the rate. */
static inline struct sof_eq_iir_biquad model_butterworth(double frequency, int high)
{
	const double w = 2 * M_PI * frequency;
	const double alpha = sin(w) * M_SQRT1_2;
	const double edge = high ? 1 + cos(w) : 1 - cos(w);
	const double a0 = 1 + alpha;

	return (struct sof_eq_iir_biquad){
		.a2 = model_fixed(-(1 - alpha) / a0, 30),
		.a1 = model_fixed(2 * cos(w) / a0, 30),
		.b2 = model_fixed(edge / 2 / a0, 30),
		.b1 = model_fixed((high ? -edge : edge) / a0, 30),
		.b0 = model_fixed(edge / 2 / a0, 30),
		.output_gain = 1 << 14,
	};
}

/** Low and high passes for the filters of user/eq.h's order, corners rising. */
static inline void model_crossover(struct sof_eq_iir_biquad biquads[6], const double corners[3])
{
	for (int i = 0; i < 6; i++)
		biquads[i] = model_butterworth(corners[i / 2], i % 2);
}

struct model_biquad {
	double x1, x2, y1, y2;
};

static inline double model_limit(double y)
{
	return fmax(-1, fmin(1 - ldexp(1, -31), y));
}

static inline double model_filter(struct model_biquad *m, const struct sof_eq_iir_biquad *c,
				  double x)
{
	const double y = model_limit(ldexp(
		c->b0 * x + c->b1 * m->x1 + c->b2 * m->x2 + c->a1 * m->y1 + c->a2 * m->y2, -30));

	m->x2 = m->x1;
	m->x1 = x;
	m->y2 = m->y1;
	m->y1 = y;
	return model_limit(ldexp(y * c->output_gain, -14 - c->output_shift));
}

/** Filters without memory, whose sums (low ones) and outputs (high ones) go beyond full scale. */
static inline void model_loud_crossover(struct sof_eq_iir_biquad biquads[6])
{
	for (int i = 0; i < 6; i++)
		biquads[i] = (struct sof_eq_iir_biquad){ .b0 = i % 2 ? 1 << 30 : 5 << 28,
							 .output_gain = i % 2 ? 3 << 13 : 1 << 14 };
}

struct model_split {
	struct model_biquad filter[6][2];
};

static inline double model_lr4(struct model_split *m, const struct sof_eq_iir_biquad *biquads,
			       int which, double x)
{
	x = model_filter(&m->filter[which][0], &biquads[which], x);
	return model_filter(&m->filter[which][1], &biquads[which], x);
}

/** One sample into \p ways bands. */
static inline void model_split(struct model_split *m, const struct sof_eq_iir_biquad *biquads,
			       int ways, double x, double *band)
{
	enum { LP0, HP0, LP1, HP1, LP2, HP2 };
	const double low = model_lr4(m, biquads, ways == 4 ? LP1 : LP0, x);
	const double high = model_lr4(m, biquads, ways == 4 ? HP1 : HP0, x);

	if (ways == 2) {
		band[0] = low;
		band[1] = high;
		return;
	}
	if (ways == 3) {
		band[0] = model_limit(model_lr4(m, biquads, LP1, low) +
				      model_lr4(m, biquads, HP1, low));
	} else {
		band[0] = model_lr4(m, biquads, LP0, low);
		band[1] = model_lr4(m, biquads, HP0, low);
	}
	band[ways - 2] = model_lr4(m, biquads, LP2, high);
	band[ways - 1] = model_lr4(m, biquads, HP2, high);
}

#endif /* TESTS_MODULES_LR4_MODEL_H */
