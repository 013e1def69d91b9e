/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Design the converter's filters, when the project is built: design OUTPUT.c
 *
 * A stage that makes L frames of M is a low-pass of L * taps coefficients at L times the input's
 * rate, cut into L phases. Let the lower of its two rates be 1. It stops from 0.5 on, where what
 * would fold back begins, and passes what the whole conversion is to pass: 20 kHz of 44.1, or
 * 24 kHz where both rates are above 80 kHz. In a stage that goes with a narrower one that is less,
 * and the filter is shorter.
 *
 * What is made is checked before it is written: ripple, rejection, and that no sum of products
 * leaves the range its accumulator has (module/audio/fir16.h).
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lowpass/lowpass.h"

#define RIPPLE_DB     0.02 /* of one stage, either way: aim and limit */
#define RIPPLE_MAX_DB 0.03
#define STOP_DB	      110.0
#define STOP_MIN_DB   105.0
#define STOP_EDGE     0.5
#define PASS_EDGE     (20.0 / 44.1)
#define PASS_HIGH_HZ  24000.0
#define HIGH_HZ	      80000.0
#define VECTOR	      8
#define COARSE_BITS   14
#define FINE_BITS_MAX 11

struct pair {
	int in, out, l1, m1, l2, m2;
};

static const struct pair pairs[] = {
#define PAIR(in, out, l1, m1, l2, m2) { in, out, l1, m1, l2, m2 },
#include "pairs.h"
#undef PAIR
};

#define PAIRS (sizeof(pairs) / sizeof(pairs[0]))

struct stage {
	int l, m;
	double edge;
};

static struct stage stages[2 * PAIRS];
static int stage_count;

static double pass_edge(double rate, double other)
{
	const double low = fmin(rate, other);

	return low > HIGH_HZ ? PASS_HIGH_HZ / low : PASS_EDGE;
}

/* The number of a stage; -1: there is nothing to do. */
static int stage_number(int l, int m, double edge)
{
	int i;

	if (l == m)
		return -1;
	for (i = 0; i < stage_count; i++) {
		if (stages[i].l == l && stages[i].m == m && fabs(stages[i].edge - edge) < 1e-6)
			return i;
	}
	stages[stage_count] = (struct stage){ l, m, edge };
	return stage_count++;
}

static void stages_of(const struct pair *pair, int numbers[2])
{
	const double between = (double)pair->in * pair->l1 / pair->m1;
	double edge[2] = { pass_edge(pair->in, between), pass_edge(between, pair->out) };

	if (pair->out < pair->in && pair->l2 != pair->m2)
		edge[0] = pair->out * edge[1] / fmin(pair->in, between);
	if (pair->out > pair->in)
		edge[1] = pair->in * edge[0] / fmin(pair->out, between);
	numbers[0] = stage_number(pair->l1, pair->m1, edge[0]);
	numbers[1] = stage_number(pair->l2, pair->m2, edge[1]);
}

/* Round one phase to coarse and fine parts. False: sums of products could get too large. */
static bool round_phase(const double *p, int l, int phase, int taps, int fine_bits, int16_t *coarse,
			int16_t *fine, double *rounded)
{
	long coarse_sum = 0, fine_sum = 0;

	for (int i = 0; i < taps; i++) {
		const int n = phase + (taps - 1 - i) * l;
		const long whole = lround(ldexp(p[n], COARSE_BITS + fine_bits));
		const long upper = (whole + (1L << (fine_bits - 1))) >> fine_bits;

		coarse[i] = (int16_t)upper;
		fine[i] = (int16_t)(whole - upper * (1L << fine_bits));
		rounded[n] = ldexp((double)whole, -COARSE_BITS - fine_bits);
		coarse_sum += labs(upper);
		fine_sum += labs((long)fine[i]);
	}
	return coarse_sum < 65535 && (fine_sum << 15) + (coarse_sum << fine_bits) < INT32_MAX;
}

static void write_row(FILE *out, const int16_t *coarse, const int16_t *fine, int taps)
{
	for (int i = 0; i < taps; i += VECTOR) {
		fputc('\t', out);
		for (int k = 0; k < VECTOR; k++)
			fprintf(out, "%d, ", coarse[i + k]);
		for (int k = 0; k < VECTOR; k++)
			fprintf(out, "%d,%c", fine[i + k], k == VECTOR - 1 ? '\n' : ' ');
	}
}

/* All phases with as many fine bits as there is room for. \return them */
static int round_all(const double *p, int l, int m, int taps, int16_t *coarse, int16_t *fine,
		     double *rounded)
{
	int bits = FINE_BITS_MAX, k = 0;

	while (k < l) {
		if (round_phase(p, l, k * m % l, taps, bits, coarse + k * taps, fine + k * taps,
				rounded)) {
			k++;
			continue;
		}
		k = 0;
		if (--bits == 0) {
			fprintf(stderr, "filter design: %d/%d can't be rounded\n", l, m);
			exit(1);
		}
	}
	return bits;
}

struct filter {
	struct lowpass lp;
	int taps, fine_bits;
	double ripple, stop;
	int16_t *coarse, *fine; /* row by row */
};

static void free_filter(struct filter *filter)
{
	free(filter->coarse);
	free(filter->fine);
}

static void design_filter(struct filter *filter, const struct stage *stage, int taps)
{
	const double low =
		fmin(1, (double)stage->l / stage->m); /* lower rate, the input's being 1 */
	struct lowpass *lp = &filter->lp;
	double *p, *rounded;

	filter->taps = taps;
	*lp = (struct lowpass){ .length = taps * stage->l,
				.rate = stage->l / low,
				.pass = stage->edge,
				.stop = STOP_EDGE,
				.ripple_db = RIPPLE_DB,
				.attenuation_db = STOP_DB };
	lowpass_design(lp);
	p = lowpass_room(lp->length, sizeof(double));
	rounded = lowpass_room(lp->length, sizeof(double));
	filter->coarse = lowpass_room(lp->length, sizeof(int16_t));
	filter->fine = lowpass_room(lp->length, sizeof(int16_t));
	for (int n = 0; n < lp->length; n++)
		p[n] = low * lowpass_at(lp, (n - (lp->length - 1) / 2.0) / lp->rate);
	filter->fine_bits =
		round_all(p, stage->l, stage->m, taps, filter->coarse, filter->fine, rounded);
	for (int n = 0; n < lp->length; n++)
		rounded[n] /= low;
	lowpass_measure(lp, rounded, 4, &filter->ripple, &filter->stop);
	free(p);
	free(rounded);
}

static void write_stage(FILE *out, int number, FILE *table)
{
	const struct stage *stage = &stages[number];
	const double span = lowpass_span(stage->edge, STOP_EDGE, RIPPLE_DB, STOP_DB);
	int taps = (int)ceil(span * fmax(1, (double)stage->m / stage->l) / VECTOR) * VECTOR;
	struct filter filter;

	/* the estimate is short for wide transitions */
	for (;; taps += VECTOR) {
		design_filter(&filter, stage, taps);
		if (filter.ripple <= RIPPLE_MAX_DB && filter.stop >= STOP_MIN_DB)
			break;
		free_filter(&filter);
	}
	fprintf(out, "/* %d/%d, pass band to %.4f: ripple %.3f dB, stop band -%.1f dB */\n",
		stage->l, stage->m, stage->edge, filter.ripple, filter.stop);
	fprintf(out, "static const int16_t coefs%d[%d] __attribute__((aligned(16))) = {\n", number,
		2 * filter.lp.length);
	for (int k = 0; k < stage->l; k++)
		write_row(out, filter.coarse + k * taps, filter.fine + k * taps, taps);
	fprintf(out, "};\n");
	fprintf(table, "static const struct src_stage stage%d = { coefs%d, %d, %d, %d, %d };\n",
		number, number, stage->l, stage->m, taps, filter.fine_bits);
	free_filter(&filter);
}

static void write_pointer(FILE *out, int number)
{
	if (number < 0)
		fprintf(out, ", NULL");
	else
		fprintf(out, ", &stage%d", number);
}

/* 32, 44.1 and 48 kHz into 16 and 48. */
static bool is_lite(const struct pair *pair)
{
	return (pair->in == 32000 || pair->in == 44100 || pair->in == 48000) &&
	       (pair->out == 16000 || pair->out == 48000);
}

static void append(FILE *out, FILE *part)
{
	int c;

	rewind(part);
	while ((c = fgetc(part)) != EOF)
		fputc(c, out);
	fclose(part);
}

static void write_conversions(FILE *out)
{
	fprintf(out, "\nconst struct src_conversion src_conversions[] = {\n");
	for (size_t i = 0; i < PAIRS; i++) {
		int numbers[2];

		stages_of(&pairs[i], numbers);
		fprintf(out, "\t{ %d, %d", pairs[i].in, pairs[i].out);
		write_pointer(out, numbers[0]);
		write_pointer(out, numbers[1]);
		fprintf(out, ", %s },\n", is_lite(&pairs[i]) ? "true" : "false");
	}
	fprintf(out, "};\nconst size_t src_conversion_count = %zu;\n", PAIRS);
}

int main(int argc, char **argv)
{
	FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
	FILE *conversions = tmpfile(), *descriptions = tmpfile();

	if (!out || !conversions || !descriptions) {
		fprintf(stderr, "usage: design OUTPUT.c\n");
		return 1;
	}
	write_conversions(conversions);
	fprintf(out, "/* Made by design.c. */\n#include \"stage.h\"\n\n");
	for (int i = 0; i < stage_count; i++)
		write_stage(out, i, descriptions);
	append(out, descriptions);
	append(out, conversions);
	if (ferror(out) | fclose(out)) {
		fprintf(stderr, "design: can't write %s\n", argv[1]);
		return 1;
	}
	return 0;
}
