/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes the fixed-point tables of audio/math/tables.h to standard output, from the formulas there.
 * Runs while the project is built. round() is half away from zero.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

static void begin(const char *type, const char *name, int count)
{
	printf("\nconst %s %s[%d] = {\n", type, name, count);
}

static void number(double value)
{
	printf("\t%.0f,\n", value);
}

static void end(void)
{
	printf("};\n");
}

/* To Q1.bits without its smallest number, so that each twiddle can be negated. */
static double fraction(double value, int bits)
{
	const double one = ldexp(1, bits);

	/* 0 is added lest it be -0 */
	return fmax(fmin(round(value * one), one - 1), 1 - one) + 0.0;
}

/* e^(-i 2 pi turns) */
static void twiddle(double index, double turn, int bits)
{
	const double angle = index * 2 * M_PI / turn;

	printf("\t{ %.0f, %.0f },\n", fraction(cos(angle), bits), fraction(-sin(angle), bits));
}

/* From entry n on, the n twiddles of the stage that joins transforms of n bins into one of 2 n. */
static void stages(const char *type, const char *name, int bits)
{
	begin(type, name, 1024);
	twiddle(0, 1, bits);
	for (int n = 1; n < 1024; n *= 2) {
		for (int j = 0; j < n; j++)
			twiddle(j * (512 / n), 1024, bits);
	}
	end();
}

int main(void)
{
	printf("#include \"tables.h\"\n");

	begin("int32_t", "cordic_lookup", 31);
	for (int k = 0; k < 31; k++)
		number(round(ldexp(atan(ldexp(1, -k)), 30)));
	end();
	begin("int32_t", "cordic_ilookup", 30);
	for (int k = 1; k <= 30; k++)
		number(trunc(ldexp(2 * atan(ldexp(1, -k)), 29)));
	end();
	begin("uint16_t", "math_sine_quarter", 513);
	for (int i = 0; i <= 512; i++)
		number(fmin(round(65536 * sin(M_PI / 2 * i / 512)), 65535));
	end();
	begin("int32_t", "math_sqrt_q16", 193);
	for (int i = 64; i <= 256; i++)
		number(round(65536 * sqrt(i / 128.0)));
	end();
	begin("uint32_t", "math_sqrt_q30", 48);
	for (int i = 17; i <= 64; i++)
		number(round(ldexp(sqrt(i / 32.0), 30)));
	end();
	begin("int32_t", "math_log2_q16", 129);
	for (int i = 128; i <= 256; i++)
		number(round(65536 * log2(i / 128.0)));
	end();
	begin("uint32_t", "math_exp_eighths", 8);
	for (int i = 0; i < 8; i++)
		number(round(ldexp(exp((i < 4 ? i : i - 8) / 8.0), 31)));
	end();
	stages("struct icomplex16", "math_twiddle_16", 15);
	stages("struct icomplex32", "math_twiddle_32", 31);
	begin("struct icomplex32", "math_twiddle_3072", 2048);
	for (int i = 0; i < 2048; i++)
		twiddle(i, 3072, 31);
	end();
	return 0;
}
