/* SPDX-License-Identifier: BSD-3-Clause */
/* Arithmetic of complex numbers, and the compiler's own helpers for it. */
#define _GNU_SOURCE
#include "tally.h"

#include <complex.h>

/* glibc's header defines them for gcc alone. */
#ifndef CMPLX
#define CMPLX(x, y)  __builtin_complex((double)(x), (double)(y))
#define CMPLXF(x, y) __builtin_complex((float)(x), (float)(y))
#define CMPLXL(x, y) __builtin_complex((long double)(x), (long double)(y))
#endif
#include <math.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const double parts[] = { 0.0, 0.4, -0.9, 1.0, -3.5, 1e5, 1e-20, -1e30, INFINITY };

static void add_part(struct tally *tally, long double x)
{
	/* A quiet NaN has a sign and payload of its own in each variant of a function. */
	if (x != x)
		x = NAN;
	tally_add(tally, &x, 10);
}

#define ADD(x)                                                                                     \
	do {                                                                                       \
		add_part(tally, __real__(x));                                                      \
		add_part(tally, __imag__(x));                                                      \
	} while (0)

#define EACH(type, z)                                                                              \
	for (size_t i = 0; i < COUNT(parts) * COUNT(parts); i++)                                   \
		for (type _Complex z = CMPLXL(parts[i / COUNT(parts)], parts[i % COUNT(parts)]),   \
				   *once = &z;                                                     \
		     once; once = NULL)

#define TO_COMPLEX_OF(type, name)                                                                  \
	do {                                                                                       \
		type _Complex (*volatile fn)(type _Complex) = name;                                \
                                                                                                   \
		EACH(type, z)                                                                      \
		{                                                                                  \
			type _Complex result = fn(z);                                              \
                                                                                                   \
			ADD(result);                                                               \
		}                                                                                  \
	} while (0)

#define TO_REAL_OF(type, name)                                                                     \
	do {                                                                                       \
		type (*volatile fn)(type _Complex) = name;                                         \
                                                                                                   \
		EACH(type, z)                                                                      \
		add_part(tally, fn(z));                                                            \
	} while (0)

#define TO_COMPLEX(name)                                                                           \
	TO_COMPLEX_OF(double, name);                                                               \
	TO_COMPLEX_OF(float, name##f);                                                             \
	TO_COMPLEX_OF(long double, name##l)
#define TO_REAL(name)                                                                              \
	TO_REAL_OF(double, name);                                                                  \
	TO_REAL_OF(float, name##f);                                                                \
	TO_REAL_OF(long double, name##l)

#define POW_OF(type, name)                                                                         \
	do {                                                                                       \
		type _Complex (*volatile fn)(type _Complex, type _Complex) = name;                 \
		volatile type _Complex y = CMPLXL(0.7, -1.2);                                      \
                                                                                                   \
		EACH(type, z)                                                                      \
		{                                                                                  \
			type _Complex result = fn(z, y), product = z * y, quotient = z / y;        \
                                                                                                   \
			ADD(result);                                                               \
			ADD(product);                                                              \
			ADD(quotient);                                                             \
		}                                                                                  \
	} while (0)

void call_complex(struct tally *tally)
{
	TO_REAL(cabs);
	TO_REAL(carg);
	TO_REAL(cimag);
	TO_REAL(creal);
	TO_COMPLEX(cacos);
	TO_COMPLEX(cacosh);
	TO_COMPLEX(casin);
	TO_COMPLEX(casinh);
	TO_COMPLEX(catan);
	TO_COMPLEX(catanh);
	TO_COMPLEX(ccos);
	TO_COMPLEX(ccosh);
	TO_COMPLEX(cexp);
	TO_COMPLEX(clog);
	TO_COMPLEX(clog10);
	TO_COMPLEX(conj);
	TO_COMPLEX(cproj);
	TO_COMPLEX(csin);
	TO_COMPLEX(csinh);
	TO_COMPLEX(csqrt);
	TO_COMPLEX(ctan);
	TO_COMPLEX(ctanh);
	POW_OF(double, cpow);
	POW_OF(float, cpowf);
	POW_OF(long double, cpowl);
}
