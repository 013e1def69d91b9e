/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Design the converter's filters, when the project is built: design OUTPUT.c
 *
 * A low-pass over all of time (../lowpass), its middle (taps - 1) / 2 samples before the newest one as
 * in SOF, cut into taps that are one sample of the input apart and each tap into segments; in a segment the polynomial of the third
 * degree nearest to it, by its first Chebyshev terms. farrow.h says how they are written.
 *
 * The input's rate being 1, a filter passes 20/44.1 of the lower rate, and stops from where what
 * folds back (or is an image) would reach into that.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../lowpass/lowpass.h"

#define SEGMENTS      16
#define GROUP	      8
#define NODES	      16
#define GRID	      16 /* coefficients to a unit of time that the design looks at */
#define RIPPLE_DB     0.02
#define RIPPLE_MAX_DB 0.03
#define STOP_DB	      112.0
#define STOP_MIN_DB   108.0
#define PASS_EDGE     (20.0 / 44.1)

struct filter {
	double ratio; /* input's rate to the output's */
	double pass;  /* of the lower rate */
	int taps;
	int fine_bits; /* so that no sum of products leaves 32 bits */
};

static const struct filter filters[] = {
	/* up from 48 kHz: 20 kHz are enough, and the filter is short */
	{ 1, 20.0 / 48, 48, 9 },
	{ 1, PASS_EDGE, 64, 9 },
	{ 48 / 44.1, PASS_EDGE, 64, 9 },
	{ 48 / 32.0, PASS_EDGE, 80, 9 },
	{ 48 / 24.0, PASS_EDGE, 104, 9 },
	{ 48 / 22.05, PASS_EDGE, 112, 9 },
	{ 48 / 16.0, PASS_EDGE, 152, 9 },
	{ 48 / 12.0, PASS_EDGE, 208, 9 },
	{ 48 / 11.025, PASS_EDGE, 224, 9 },
	{ 48 / 8.0, PASS_EDGE, 304, 8 },
};

#define FILTERS ((int)(sizeof(filters) / sizeof(filters[0])))

struct cubic {
	double c[4];
};

/* Of a tap in a segment; u runs from -0.5 to 0.5. */
static struct cubic fit(const struct lowpass *lp, double begin)
{
	double a[4] = { 0 };

	for (int n = 0; n < NODES; n++) {
		const double angle = M_PI * (n + 0.5) / NODES;
		const double y = lowpass_at(lp, begin + (cos(angle) + 1) / 2 / SEGMENTS);

		for (int k = 0; k < 4; k++)
			a[k] += (k ? 2.0 : 1.0) / NODES * y * cos(k * angle);
	}
	/* T2 = 2 x^2 - 1, T3 = 4 x^3 - 3 x, x = 2 u */
	return (struct cubic){ { a[0] - a[2], 2 * (a[1] - 3 * a[3]), 8 * a[2], 32 * a[3] } };
}

static long fixed(double x, int bits, long most)
{
	const long value = lround(ldexp(x, bits));

	if (labs(value) > most) {
		fprintf(stderr, "filter design: %g does not fit into Q%d\n", x, bits);
		exit(1);
	}
	return value;
}

static void write_group(FILE *out, const struct cubic *cubics)
{
	long rough[GROUP];

	fputc('\t', out);
	for (int i = 0; i < GROUP; i++) {
		const int32_t c0 = (int32_t)fixed(cubics[i].c[0], 28, 0x7fffffff);

		fprintf(out, "%d, %d, ", (int16_t)(c0 & 0xffff), (int16_t)(c0 >> 16));
	}
	for (int i = 0; i < GROUP; i++) {
		rough[i] = fixed(cubics[i].c[1], 17, INT16_MAX);
		fprintf(out, "%ld, %ld, ", rough[i], fixed(cubics[i].c[2], 20, INT16_MAX));
	}
	for (int i = 0; i < GROUP; i++)
		fprintf(out, "%ld, %ld,%c",
			fixed(cubics[i].c[1] - ldexp((double)rough[i], -17), 25, INT16_MAX),
			fixed(cubics[i].c[3], 24, INT16_MAX), i == GROUP - 1 ? '\n' : ' ');
}

static void check(const struct lowpass *lp)
{
	double *p = lowpass_room(lp->length, sizeof(double)), ripple, stop;

	for (int n = 0; n < lp->length; n++)
		p[n] = lowpass_at(lp, (n - (lp->length - 1) / 2.0) / lp->rate);
	lowpass_measure(lp, p, 4, &ripple, &stop);
	free(p);
	if (ripple > RIPPLE_MAX_DB || stop < STOP_MIN_DB) {
		fprintf(stderr, "filter design: %g to %g: ripple %.3f dB, stop band -%.1f dB\n",
			lp->pass, lp->stop, ripple, stop);
		exit(1);
	}
}

static void write_filter(FILE *out, int number)
{
	const struct filter *filter = &filters[number];
	struct lowpass lp = { .length = (filter->taps - 1) * GRID,
			      .rate = GRID,
			      .pass = filter->pass / filter->ratio,
			      .stop = (1 - filter->pass) / filter->ratio,
			      .ripple_db = RIPPLE_DB,
			      .attenuation_db = STOP_DB };
	struct cubic cubics[GROUP];

	lowpass_design(&lp);
	check(&lp);
	fprintf(out, "static const int16_t coefs%d[%d] __attribute__((aligned(16))) = {\n", number,
		SEGMENTS * filter->taps * 6);
	for (int segment = 0; segment < SEGMENTS; segment++) {
		for (int i = 0; i < filter->taps; i++) {
			const int age = filter->taps - 1 - i;

			cubics[i % GROUP] = fit(&lp, (double)segment / SEGMENTS + age -
							     (filter->taps - 1) / 2.0);
			if (i % GROUP == GROUP - 1)
				write_group(out, cubics);
		}
	}
	fprintf(out, "};\n");
}

int main(int argc, char **argv)
{
	FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;

	if (!out) {
		fprintf(stderr, "usage: design OUTPUT.c\n");
		return 1;
	}
	fprintf(out, "/* Made by design.c. */\n#include \"farrow.h\"\n\n");
	for (int i = 0; i < FILTERS; i++)
		write_filter(out, i);
	fprintf(out, "\nconst struct farrow farrows[] = {\n");
	for (int i = 0; i < FILTERS; i++)
		fprintf(out, "\t{ coefs%d, %d, %d, %.0f },\n", i, filters[i].taps,
			filters[i].fine_bits, ceil(ldexp(filters[i].ratio, 16)));
	fprintf(out, "};\nconst unsigned int farrow_count = %d;\n", FILTERS);
	if (ferror(out) | fclose(out)) {
		fprintf(stderr, "design: can't write %s\n", argv[1]);
		return 1;
	}
	return 0;
}
