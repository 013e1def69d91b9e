/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file lowpass.h
 * \brief Design low-pass filters for rate conversion, in programs that run when modules are built.
 *
 * A filter is a series of cosines over its length,
 *
 *   p(t) = sum over k of a[k] cos(2 pi k t / span),  |t| <= span / 2,
 *
 * sampled \c rate times a unit of time. Few a[k] matter: those of frequencies below the stop band's
 * edge, and some more. The response at a frequency is linear in them, a sum of Dirichlet kernels;
 * they are found by weighted least squares against 1 in the pass band and 0 in the stop band, with
 * the weights raised again and again where the error is largest (Lawson's way to a minimax
 * solution).
 */
#ifndef MODULES_LOWPASS_H
#define MODULES_LOWPASS_H

#define LOWPASS_UNKNOWNS_MAX 256

struct lowpass {
	/* what is wanted; frequencies in units of 1 */
	int length;	       /**< coefficients */
	double rate;	       /**< of them to a unit of time; their sum is \c rate */
	double pass, stop;     /**< edges */
	double ripple_db;      /**< in the pass band, either way */
	double attenuation_db; /**< in the stop band: ripple and attenuation weigh alike */
	/* what came of it */
	int unknowns;
	double a[LOWPASS_UNKNOWNS_MAX];
};

/** Units of time that Parks-McClellan filters of such edges, ripple and attenuation span. */
double lowpass_span(double pass, double stop, double ripple_db, double attenuation_db);

/** Fill in a[]. Memory that runs out or a filter that can't be ends the program. */
void lowpass_design(struct lowpass *lp);

/** The filter at time \p t from its middle, 0 outside. */
double lowpass_at(const struct lowpass *lp, double t);

/** Largest deviation in the pass band and largest response from the stop band's edge to \p end, in
 * dB, of the \p length coefficients \p p. */
void lowpass_measure(const struct lowpass *lp, const double *p, double end, double *ripple_db,
		     double *attenuation_db);

/** calloc() or the program's end. */
void *lowpass_room(int count, unsigned long size);

#endif /* MODULES_LOWPASS_H */
