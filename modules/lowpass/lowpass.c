/* SPDX-License-Identifier: BSD-3-Clause */
#include "lowpass.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LAWSON_ROUNDS 12
#define LAWSON_FLOOR  0.02 /* a weight never quite goes */
#define SPARE	      12   /* cosines above the stop band's edge */

/* Where the error is looked at: points to a lobe, and up to which frequency. Beyond, lobes only
 * get smaller. */
#define PASS_POINTS 4.0
#define STOP_POINTS 6.0
#define FAR_POINTS  1.7
#define STOP_END    2.0
#define FAR_END	    8.0

struct grid {
	int unknowns, points;
	double *basis; /* response of each cosine, point by point */
	double *target, *weight;
};

static void die(const char *why)
{
	fprintf(stderr, "filter design: %s\n", why);
	exit(1);
}

void *lowpass_room(int count, unsigned long size)
{
	void *p = calloc((size_t)count, size);

	if (!p)
		die("out of memory");
	return p;
}

/* The sum of n coefficients of 1 at frequency x, which is relative to their rate. */
static double dirichlet(int n, double x)
{
	const double below = sin(M_PI * x);

	x = fabs(below) < 1e-9 ? x + 1e-7 : x;
	return sin(M_PI * n * x) / sin(M_PI * x);
}

static void add_point(struct grid *grid, const struct lowpass *lp, double f, double target,
		      double weight)
{
	double *row = grid->basis + (size_t)grid->points * grid->unknowns;

	for (int k = 0; k < grid->unknowns; k++) {
		const double shift = (double)k / lp->length;

		row[k] = 0.5 *
			 (dirichlet(lp->length, f / lp->rate - shift) +
			  dirichlet(lp->length, f / lp->rate + shift)) /
			 lp->rate;
	}
	grid->target[grid->points] = target;
	grid->weight[grid->points++] = weight;
}

static void make_grid(struct grid *grid, const struct lowpass *lp)
{
	const double lobe = lp->rate / lp->length;
	const double near_end = fmin(STOP_END, lp->rate / 2), far_end = fmin(FAR_END, lp->rate / 2);
	const double stop_weight =
		pow(10, lp->attenuation_db / 20) * (pow(10, lp->ripple_db / 20) - 1);
	const int most = (int)(lp->pass * PASS_POINTS / lobe + near_end * STOP_POINTS / lobe +
			       far_end * FAR_POINTS / lobe) +
			 16;

	grid->unknowns = lp->unknowns;
	grid->basis = lowpass_room(most * grid->unknowns, sizeof(double));
	grid->target = lowpass_room(most, sizeof(double));
	grid->weight = lowpass_room(most, sizeof(double));
	for (double f = 0; f < lp->pass; f += lobe / PASS_POINTS)
		add_point(grid, lp, f, 1, 1);
	add_point(grid, lp, lp->pass, 1, 1);
	for (double f = lp->stop; f < near_end; f += lobe / STOP_POINTS)
		add_point(grid, lp, f, 0, stop_weight);
	for (double f = near_end; f < far_end; f += lobe / FAR_POINTS)
		add_point(grid, lp, f, 0, stop_weight);
}

/* m y = y by Cholesky, both in place; only the lower half of m counts. */
static bool solve(double *m, double *y, int n)
{
	for (int i = 0; i < n; i++) {
		for (int k = 0; k <= i; k++) {
			double sum = m[i * n + k];

			for (int j = 0; j < k; j++)
				sum -= m[i * n + j] * m[k * n + j];
			if (i == k && sum <= 0)
				return false;
			m[i * n + k] = i == k ? sqrt(sum) : sum / m[k * n + k];
		}
		for (int j = 0; j < i; j++)
			y[i] -= m[i * n + j] * y[j];
		y[i] /= m[i * n + i];
	}
	for (int i = n - 1; i >= 0; i--) {
		for (int j = i + 1; j < n; j++)
			y[i] -= m[j * n + i] * y[j];
		y[i] /= m[i * n + i];
	}
	return true;
}

static bool least_squares(const struct grid *grid, const double *lawson, double *m, double *a)
{
	const int n = grid->unknowns;

	memset(m, 0, sizeof(*m) * (size_t)n * (size_t)n);
	memset(a, 0, sizeof(*a) * (size_t)n);
	for (int p = 0; p < grid->points; p++) {
		const double *row = grid->basis + (size_t)p * n;
		const double w = grid->weight[p] * grid->weight[p] * lawson[p];

		for (int i = 0; i < n; i++) {
			const double wi = w * row[i];

			for (int k = 0; k <= i; k++)
				m[i * n + k] += wi * row[k];
			a[i] += wi * grid->target[p];
		}
	}
	/* cosines that hardly show anywhere stay small */
	for (int i = 0; i < n; i++)
		m[i * n + i] *= 1 + 1e-13;
	return solve(m, a, n);
}

static void raise_weights(const struct grid *grid, const double *a, double *lawson, double *error)
{
	double sum = 0;

	for (int p = 0; p < grid->points; p++) {
		const double *row = grid->basis + (size_t)p * grid->unknowns;
		double response = 0;

		for (int k = 0; k < grid->unknowns; k++)
			response += row[k] * a[k];
		error[p] = grid->weight[p] * fabs(response - grid->target[p]);
		sum += lawson[p] * error[p];
	}
	for (int p = 0; p < grid->points; p++)
		lawson[p] *= error[p] * grid->points / sum + LAWSON_FLOOR;
}

double lowpass_span(double pass, double stop, double ripple_db, double attenuation_db)
{
	const double ripple = pow(10, ripple_db / 20) - 1;

	/* Kaiser's estimate */
	return (attenuation_db / 2 - 10 * log10(ripple) - 13) / (2.324 * 2 * M_PI * (stop - pass));
}

void lowpass_design(struct lowpass *lp)
{
	struct grid grid = { 0 };
	double *m, *lawson, *error;

	lp->unknowns = (int)(lp->length / lp->rate * lp->stop) + SPARE;
	if (lp->unknowns > (lp->length + 1) / 2)
		lp->unknowns = (lp->length + 1) / 2;
	if (lp->unknowns > LOWPASS_UNKNOWNS_MAX)
		die("too long");
	make_grid(&grid, lp);
	m = lowpass_room(grid.unknowns * grid.unknowns, sizeof(double));
	lawson = lowpass_room(grid.points, sizeof(double));
	error = lowpass_room(grid.points, sizeof(double));
	for (int p = 0; p < grid.points; p++)
		lawson[p] = 1;
	for (int round = 0; round < LAWSON_ROUNDS; round++) {
		if (!least_squares(&grid, lawson, m, lp->a))
			die("no solution");
		raise_weights(&grid, lp->a, lawson, error);
	}
	free(m);
	free(lawson);
	free(error);
	free(grid.basis);
	free(grid.target);
	free(grid.weight);
}

double lowpass_at(const struct lowpass *lp, double t)
{
	const double span = lp->length / lp->rate;
	double sum = 0;

	if (fabs(t) > span / 2)
		return 0;
	for (int k = 0; k < lp->unknowns; k++)
		sum += lp->a[k] * cos(2 * M_PI * k * t / span);
	return sum;
}

/* Symmetrical coefficients that add up to the rate. */
static double response(const struct lowpass *lp, const double *p, double f)
{
	const double middle = (lp->length - 1) / 2.0;
	double sum = 0;

	for (int n = 0; n < lp->length; n++)
		sum += p[n] * cos(2 * M_PI * f / lp->rate * (n - middle));
	return sum / lp->rate;
}

void lowpass_measure(const struct lowpass *lp, const double *p, double end, double *ripple_db,
		     double *attenuation_db)
{
	const double lobe = lp->rate / lp->length;
	double most = 0;

	*ripple_db = 0;
	for (int i = 0; i <= 400; i++)
		*ripple_db = fmax(*ripple_db,
				  fabs(20 * log10(fabs(response(lp, p, lp->pass * i / 400)))));
	for (double f = lp->stop; f <= fmin(end, lp->rate / 2); f += lobe / 8)
		most = fmax(most, fabs(response(lp, p, f)));
	*attenuation_db = -20 * log10(most);
}
