/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Arithmetic of real numbers: each function as double, float and long double, with small, large,
 * subnormal, infinite and undefined arguments. Pointers are volatile so that the compiler makes
 * every call instead of computing the result.
 */
#define _GNU_SOURCE
#include "tally.h"

#include <fenv.h>
#include <math.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* Of glibc, without declarations in headers, or hidden behind macros. */
int __finite(double x);
int __finitef(float x);
int __finitel(long double x);
int __isinf(double x);
int __isinff(float x);
int __isinfl(long double x);
int __isnan(double x);
int __isnanf(float x);
int __isnanl(long double x);
int __fpclassify(double x);
int __fpclassifyf(float x);
int __fpclassifyl(long double x);
int __signbit(double x);
int __signbitf(float x);
int __signbitl(long double x);
int __issignaling(double x);
int __issignalingf(float x);
int __issignalingl(long double x);
int __iseqsig(double x, double y);
int __iseqsigf(float x, float y);
int __iseqsigl(long double x, long double y);
int(isinf)(double x);
int isinff(float x);
int isinfl(long double x);
int(isnan)(double x);
int isnanf(float x);
int isnanl(long double x);
extern int __signgam;

static const double numbers[] = { 0.0,	   -0.0,    0.3,   -0.3,   0.5,	     1.0,	-1.0,
				  1.3,	   -2.7,    100.5, -170.6, 1e5,	     -1e5,	1e15,
				  1e30,	   -1e30,   1e300, -1e300, 1e-30,    1e-300,	4e-324,
				  -1e-310, 1.7e308, 3e38,  1e-40,  INFINITY, -INFINITY, NAN };
static const int counts[] = { 0, 1, -1, 3, 60, -60, 1100, -1100, 20000 };

/* A quiet NaN has a sign and payload of its own in each variant of a function. */
static void add_double(struct tally *tally, double x)
{
	if (x != x)
		x = NAN;
	tally_add(tally, &x, sizeof(x));
}

static void add_float(struct tally *tally, float x)
{
	if (x != x)
		x = NAN;
	tally_add(tally, &x, sizeof(x));
}

static void add_long(struct tally *tally, long double x)
{
	if (x != x)
		x = NAN;
	tally_add(tally, &x, 10); /* without its padding */
}

#define add_int(tally, x)                                                                          \
	do {                                                                                       \
		long long result = (x);                                                            \
                                                                                                   \
		tally_add(tally, &result, sizeof(result));                                         \
	} while (0)

/* Call name for each number; the arguments may use its index i. */
#define CALL(type, name, add, params, ...)                                                         \
	do {                                                                                       \
		type(*volatile fn) params = name;                                                  \
                                                                                                   \
		for (size_t i = 0; i < COUNT(numbers); i++)                                        \
			add(tally, fn(__VA_ARGS__));                                               \
	} while (0)

#define ONE(name)                                                                                  \
	CALL(double, name, add_double, (double), (double)numbers[i]);                              \
	CALL(float, name##f, add_float, (float), (float)numbers[i]);                               \
	CALL(long double, name##l, add_long, (long double), (long double)numbers[i])

#define OTHER(i) numbers[((i)*5 + 2) % COUNT(numbers)]
#define THIRD(i) numbers[((i)*9 + 7) % COUNT(numbers)]

#define TWO(name)                                                                                  \
	CALL(double, name, add_double, (double, double), numbers[i], OTHER(i));                    \
	CALL(float, name##f, add_float, (float, float), (float)numbers[i], (float)OTHER(i));       \
	CALL(long double, name##l, add_long, (long double, long double), numbers[i], OTHER(i))

#define TO_INT(type, name)                                                                         \
	CALL(type, name, add_int, (double), numbers[i]);                                           \
	CALL(type, name##f, add_int, (float), (float)numbers[i]);                                  \
	CALL(type, name##l, add_int, (long double), numbers[i])

#define WITH_COUNT(type, name)                                                                     \
	CALL(double, name, add_double, (double, type), numbers[i], counts[i % COUNT(counts)]);     \
	CALL(float, name##f, add_float, (float, type), (float)numbers[i],                          \
	     counts[i % COUNT(counts)]);                                                           \
	CALL(long double, name##l, add_long, (long double, type), numbers[i],                      \
	     counts[i % COUNT(counts)])

/* Bessel functions of small orders: their time grows with the order. */
#define ORDER(name)                                                                                \
	CALL(double, name, add_double, (int, double), (int)i % 4, numbers[i]);                     \
	CALL(float, name##f, add_float, (int, float), (int)i % 4, (float)numbers[i]);              \
	CALL(long double, name##l, add_long, (int, long double), (int)i % 4, numbers[i])

static void call_one(struct tally *tally)
{
	ONE(acos);
	ONE(acosh);
	ONE(asin);
	ONE(asinh);
	ONE(atan);
	ONE(atanh);
	ONE(cbrt);
	ONE(ceil);
	ONE(cos);
	ONE(cosh);
	ONE(erf);
	ONE(erfc);
	ONE(exp);
	ONE(exp10);
	ONE(exp2);
	ONE(expm1);
	ONE(fabs);
	ONE(floor);
	ONE(gamma);
	ONE(j0);
	ONE(j1);
	ONE(lgamma);
	ONE(log);
	ONE(log10);
	ONE(log1p);
	ONE(log2);
	ONE(logb);
	ONE(nearbyint);
	ONE(rint);
	ONE(round);
	ONE(roundeven);
	ONE(significand);
	ONE(sin);
	ONE(sinh);
	ONE(sqrt);
	ONE(tan);
	ONE(tanh);
	ONE(tgamma);
	ONE(trunc);
	ONE(y0);
	ONE(y1);
}

static void call_more(struct tally *tally)
{
	TWO(atan2);
	TWO(copysign);
	TWO(drem);
	TWO(fdim);
	TWO(fmax);
	TWO(fmin);
	TWO(fmod);
	TWO(hypot);
	TWO(nextafter);
	TWO(pow);
	TWO(remainder);
	TWO(scalb);
	WITH_COUNT(int, ldexp);
	WITH_COUNT(int, scalbn);
	WITH_COUNT(long, scalbln);
	ORDER(jn);
	ORDER(yn);
	CALL(double, fma, add_double, (double, double, double), numbers[i], OTHER(i), THIRD(i));
	CALL(float, fmaf, add_float, (float, float, float), (float)numbers[i], (float)OTHER(i),
	     (float)THIRD(i));
	CALL(long double, fmal, add_long, (long double, long double, long double), numbers[i],
	     OTHER(i), THIRD(i));
	CALL(double, nexttoward, add_double, (double, long double), numbers[i], OTHER(i));
	CALL(float, nexttowardf, add_float, (float, long double), (float)numbers[i], OTHER(i));
	CALL(long double, nexttowardl, add_long, (long double, long double), numbers[i], OTHER(i));
	CALL(double, nan, add_double, (const char *), i % 2 ? "" : "0x1234567890123");
	CALL(float, nanf, add_float, (const char *), i % 2 ? "1" : "x");
	CALL(long double, nanl, add_long, (const char *), i % 2 ? "77" : "");
}

static void call_to_int(struct tally *tally)
{
	TO_INT(int, ilogb);
	TO_INT(long, lrint);
	TO_INT(long, lround);
	TO_INT(long long, llrint);
	TO_INT(long long, llround);
	TO_INT(int, __fpclassify);
	/* Only whether the results are 0 is defined. */
#define IS(name)                                                                                   \
	CALL(int, name, add_truth, (double), numbers[i]);                                          \
	CALL(int, name##f, add_truth, (float), (float)numbers[i]);                                 \
	CALL(int, name##l, add_truth, (long double), numbers[i])
#define add_truth(tally, x) add_int(tally, !!(x))
	IS(__finite);
	IS(__isinf);
	IS(__isnan);
	IS(__issignaling);
	IS(__signbit);
	IS(finite);
	CALL(int, isinf, add_truth, (double), numbers[i]);
	CALL(int, isinff, add_truth, (float), (float)numbers[i]);
	CALL(int, isinfl, add_truth, (long double), numbers[i]);
	CALL(int, isnan, add_truth, (double), numbers[i]);
	CALL(int, isnanf, add_truth, (float), (float)numbers[i]);
	CALL(int, isnanl, add_truth, (long double), numbers[i]);
	CALL(int, __iseqsig, add_truth, (double, double), numbers[i], OTHER(i));
	CALL(int, __iseqsigf, add_truth, (float, float), (float)numbers[i], (float)OTHER(i));
	CALL(int, __iseqsigl, add_truth, (long double, long double), numbers[i], OTHER(i));
}

/* Functions that return a second result through a pointer. */
#define PARTS(type, add, suffix)                                                                   \
	do {                                                                                       \
		type (*volatile frexp_fn)(type, int *) = frexp##suffix;                            \
		type (*volatile modf_fn)(type, type *) = modf##suffix;                             \
		type (*volatile remquo_fn)(type, type, int *) = remquo##suffix;                    \
		type (*volatile lgamma_fn)(type, int *) = lgamma##suffix##_r;                      \
		void (*volatile sincos_fn)(type, type *, type *) = sincos##suffix;                 \
                                                                                                   \
		for (size_t i = 0; i < COUNT(numbers); i++) {                                      \
			type x = (type)numbers[i], part = 0, more = 0;                             \
			int whole = 0;                                                             \
                                                                                                   \
			add(tally, frexp_fn(x, &whole));                                           \
			if (x - x == 0)                                                            \
				add_int(tally, whole);                                             \
			add(tally, modf_fn(x, &part));                                             \
			add(tally, part);                                                          \
			whole = 0;                                                                 \
			add(tally, remquo_fn(x, (type)1.7, &whole));                               \
			add_int(tally, whole & 7);                                                 \
			whole = 0;                                                                 \
			add(tally, lgamma_fn(x, &whole));                                          \
			if (x - x == 0)                                                            \
				add_int(tally, whole);                                             \
			sincos_fn(x, &part, &more);                                                \
			add(tally, part);                                                          \
			add(tally, more);                                                          \
		}                                                                                  \
	} while (0)

static void call_with_parts(struct tally *tally)
{
	PARTS(double, add_double, );
	PARTS(float, add_float, f);
	PARTS(long double, add_long, l);
}

/* The sign of the gamma function comes in a variable. */
static void call_signgam(struct tally *tally)
{
	double (*volatile fn)(double) = lgamma;
	double result = fn(-0.5);

	TALLY_CHECK(tally, signgam == -1 && __signgam == -1 && result > 1.26 && result < 1.27);
	result = fn(0.5);
	TALLY_CHECK(tally, signgam == 1 && __signgam == 1 && result > 0.57 && result < 0.58);
}

static void call_environment(struct tally *tally)
{
	double (*volatile round_fn)(double) = rint;
	volatile double one = 1.0, zero = 0.0, result;
	fexcept_t flags;
	fenv_t before, during;

	TALLY_CHECK(tally, fegetround() == FE_TONEAREST);
	TALLY_CHECK(tally, fegetenv(&before) == 0);
	TALLY_CHECK(tally, feholdexcept(&during) == 0);
	TALLY_CHECK(tally, feclearexcept(FE_ALL_EXCEPT) == 0);
	TALLY_CHECK(tally, fesetround(FE_UPWARD) == 0);
	TALLY_CHECK(tally, round_fn(1.1) == 2.0);
	TALLY_CHECK(tally, fesetround(FE_DOWNWARD) == 0);
	TALLY_CHECK(tally, round_fn(1.9) == 1.0);
	TALLY_CHECK(tally, fesetround(FE_TONEAREST) == 0);
	result = one / zero;
	TALLY_CHECK(tally, result > 1e300 && fetestexcept(FE_DIVBYZERO) == FE_DIVBYZERO);
	TALLY_CHECK(tally, fegetexceptflag(&flags, FE_ALL_EXCEPT) == 0);
	TALLY_CHECK(tally, feclearexcept(FE_ALL_EXCEPT) == 0);
	TALLY_CHECK(tally, fetestexcept(FE_ALL_EXCEPT) == 0);
	TALLY_CHECK(tally, fesetexceptflag(&flags, FE_ALL_EXCEPT) == 0);
	TALLY_CHECK(tally, fetestexcept(FE_DIVBYZERO) == FE_DIVBYZERO);
	TALLY_CHECK(tally, feraiseexcept(FE_OVERFLOW) == 0);
	TALLY_CHECK(tally, fetestexcept(FE_OVERFLOW) == FE_OVERFLOW);
	TALLY_CHECK(tally, fegetexcept() == 0 && feenableexcept(0) == 0);
	TALLY_CHECK(tally, fedisableexcept(FE_ALL_EXCEPT) == 0);
	TALLY_CHECK(tally, feupdateenv(&before) == 0);
	TALLY_CHECK(tally, fesetenv(FE_DFL_ENV) == 0);
}

void call_real(struct tally *tally)
{
	call_one(tally);
	call_more(tally);
	call_to_int(tally);
	call_with_parts(tally);
	call_signgam(tally);
	call_environment(tally);
}
