/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Default data of the bytes controls of our own topologies, from what the filters, compressors and
 * matrices are meant to do. usage: default-blobs NAME, to stdout as sof-ctl has it.
 *
 * Layouts are those of the modules' pages (modules/NAME/README.md). All is for 48 kHz.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define RATE	    48000.0
#define TLV_BINARY  3
#define ABI_MAGIC   0x34464f53
#define ABI_VERSION 0x0301d001
#define ABI_BYTES   32

#define FIR_TAPS 64

static struct {
	uint8_t bytes[16384];
	size_t size;
} blob;

static void put(const void *value, size_t size)
{
	if (blob.size + size > sizeof(blob.bytes))
		return;
	memcpy(blob.bytes + blob.size, value, size);
	blob.size += size;
}

static void put16(long value)
{
	const int16_t half = (int16_t)value;

	put(&half, sizeof(half));
}

static void put32(long long value)
{
	const int32_t word = (int32_t)value;

	put(&word, sizeof(word));
}

static void put_zeros(unsigned int words)
{
	while (words--)
		put32(0);
}

/* A number with so many fractional bits. */
static long long fixed(double value, int bits)
{
	return llround(ldexp(value, bits));
}

/* The first word of most is the number of all bytes. */
static void end_size(void)
{
	const uint32_t size = (uint32_t)blob.size;

	memcpy(blob.bytes, &size, sizeof(size));
}

static double of_db(double db)
{
	return pow(10.0, db / 20.0);
}

static double sinc(double x)
{
	return fabs(x) < 1e-9 ? 1.0 : sin(M_PI * x) / (M_PI * x);
}

/* Blackman's window, 0 to 1 at 0 <= x <= 1. */
static double blackman(double x)
{
	return 0.42 - 0.5 * cos(2 * M_PI * x) + 0.08 * cos(4 * M_PI * x);
}

/* A biquad in the order of the blobs, a1 and a2 with their signs turned round. */
static void put_biquad(double b0, double b1, double b2, double a1, double a2)
{
	const double in_order[] = { -a2, -a1, b2, b1, b0 };
	size_t i;

	for (i = 0; i < 5; i++)
		put32(fixed(in_order[i], 30));
	put32(0);
	put32(fixed(1.0, 14));
}

static void put_flat_biquad(void)
{
	put_biquad(1.0, 0.0, 0.0, 0.0, 0.0);
}

/* Butterworth of second order by the bilinear transform; two in series are half of a Linkwitz-Riley
 * crossover of fourth order. */
static void put_butterworth(double hz, bool high)
{
	const double k = tan(M_PI * hz / RATE), n = 1.0 / (1.0 + M_SQRT2 * k + k * k);
	const double b = high ? n : k * k * n;

	put_biquad(b, high ? -2 * b : 2 * b, b, 2 * (k * k - 1) * n, (1 - M_SQRT2 * k + k * k) * n);
}

/* A constant at 20 Hz and below is gone: R is 1 - 2 pi 20 Hz / rate. */
static void dcblock(void)
{
	int ch;

	for (ch = 0; ch < 8; ch++)
		put32(fixed(1.0 - 2 * M_PI * 20.0 / RATE, 30));
}

/* A high-pass at 40 Hz is examples/highpass_40hz_48khz.txt; this is the other end: a windowed sinc
 * that lets 12 kHz and less pass, with 1 for a constant. */
static void eqfir(void)
{
	double tap[FIR_TAPS], sum = 0.0;
	int i;

	for (i = 0; i < FIR_TAPS; i++) {
		const double t = i - (FIR_TAPS - 1) / 2.0;

		tap[i] = sinc(2 * 12000.0 / RATE * t) * blackman((i + 0.5) / FIR_TAPS);
		sum += tap[i];
	}
	put32(0);
	put16(2);
	put16(1);
	put_zeros(4);
	put16(0);
	put16(0);
	put16(FIR_TAPS);
	put16(0);
	put_zeros(4);
	for (i = 0; i < FIR_TAPS; i++)
		put16((long)fixed(tap[i] / sum, 15));
	end_size();
}

/* What one compressor is meant to do. */
struct compressor {
	double threshold, knee, ratio;	    /* dB, dB, 1 */
	double gain;			    /* dB, for all */
	double look_ahead, attack, release; /* seconds */
};

/* The knee is y = T + (1 - exp(-K (x - T))) / K from the threshold T on. K is what gives it, at its
 * end x0, the slope 1 / ratio in dB per dB, which is x0 y'(x0) / y(x0): it falls as K grows. */
static double knee_of(double threshold, double end, double slope)
{
	double low = 0.1, high = 10000.0;
	int i;

	for (i = 0; i < 100; i++) {
		const double k = sqrt(low * high), e = exp(-k * (end - threshold));

		if (end * e / (threshold + (1 - e) / k) < slope)
			high = k;
		else
			low = k;
	}
	return sqrt(low * high);
}

/* The cubic through so many seconds at r = 0, 1, 2, 3, in frames; kE is 0. */
static void put_release(double seconds)
{
	static const double parts[] = { 0.09, 0.16, 0.42, 0.98 };
	const double frames = seconds * RATE;
	/* Newton's forward differences, and then by powers of r. */
	const double d1 = parts[1] - parts[0], d2 = parts[2] - 2 * parts[1] + parts[0],
		     d3 = parts[3] - 3 * parts[2] + 3 * parts[1] - parts[0];
	const double by_power[] = { parts[0], d1 - d2 / 2 + d3 / 3, d2 / 2 - d3 / 2, d3 / 6, 0.0 };
	size_t i;

	for (i = 0; i < 5; i++)
		put32(fixed(by_power[i] * frames, 12));
}

static void put_compressor(const struct compressor *c)
{
	const double t = of_db(c->threshold), x0 = of_db(c->threshold + c->knee);
	const double slope = 1.0 / c->ratio, k = knee_of(t, x0, slope);
	const double y0 = t + (1 - exp(-k * (x0 - t))) / k;
	/* The detector lets go within 2.5 ms. */
	const double detector = 0.0025 * RATE;

	put32(1);
	put32(fixed(c->threshold, 24));
	put32(fixed(c->knee, 24));
	put32(fixed(c->ratio, 24));
	put32(fixed(c->look_ahead, 30));
	put32(fixed(t, 30));
	put32(fixed(slope, 30));
	put32(fixed(k, 20));
	put32(fixed(t + 1 / k, 24));
	put32(fixed(-exp(k * t) / k, 24));
	put32(fixed(x0, 24));
	put32(fixed(y0 * pow(x0, -slope), 30));
	put32(fixed(of_db(c->gain), 24));
	put32(fixed(1 / (c->attack * RATE), 30));
	put32(fixed(-1 / detector, 30));
	put32(fixed(of_db(2 / detector) - 1, 30));
	put32(5);
	put_release(c->release);
}

static const struct compressor gentle = { -24, 18, 6, 4, 0.006, 0.003, 0.25 };
static const struct compressor tight = { -30, 12, 10, 3, 0.006, 0.001, 0.1 };

static void drc(void)
{
	put_zeros(5);
	put_compressor(&gentle);
	end_size();
}

/* Two bands at 1 kHz, no emphasis. */
static void multiband_drc(void)
{
	int i;

	put32(0);
	put32(2);
	put_zeros(9);
	for (i = 0; i < 4; i++)
		put_flat_biquad();
	put_butterworth(1000.0, false);
	put_butterworth(1000.0, true);
	for (i = 0; i < 4; i++)
		put_flat_biquad();
	put_compressor(&gentle);
	put_compressor(&tight);
	end_size();
}

static void crossover(void)
{
	int i;

	put32(0);
	put32(2);
	put_zeros(4);
	for (i = 0; i < 4; i++)
		put32(i);
	put_butterworth(1000.0, false);
	put_butterworth(1000.0, true);
	end_size();
}

/* Half a fractional delay of so many samples behind the middle of 16 taps. */
static void put_delay(double samples)
{
	int i;

	put16(16);
	put16(0);
	put_zeros(4);
	for (i = 0; i < 16; i++)
		put16((long)fixed(
			0.5 * sinc(i - 8 - samples) * blackman((i + 0.5 - samples) / 16.0), 15));
}

/* Delay and sum: two microphones, 5 cm apart on the y axis, and beams at 0, 30, 60 and 90 degrees
 * from the x axis. */
static void tdfb(void)
{
	const double distance = 0.05, sound = 343.0;
	int angle, i;

	put32(0);
	put16(2); /* filters */
	put16(2); /* outputs */
	put16(1);
	put16(2); /* microphones */
	put16(4); /* angles */
	put16(0);
	put16(0);
	put16(30);
	put16(0);
	put16(0);
	put32(0);
	for (angle = 0; angle < 4; angle++) {
		const double late = distance * sin(M_PI * 30 * angle / 180) / sound * RATE;

		put_delay(late / 2);
		put_delay(-late / 2);
	}
	put16(0);
	put16(1);
	put16(3);
	put16(3);
	put16(0);
	put16(0);
	for (angle = 0; angle < 4; angle++) {
		put16(30 * angle);
		put16(0);
		put16(2 * angle);
		put16(0);
	}
	for (i = 0; i < 2; i++) {
		put16(0);
		put16((long)fixed(i ? -distance / 2 : distance / 2, 12));
		put16(0);
		put16(0);
	}
	end_size();
}

static void put_profile(int inputs, int outputs, double (*part)(int output, int input))
{
	const uint8_t head[] = { (uint8_t)inputs, (uint8_t)outputs, 0, 0 };
	int output, input;

	put(head, sizeof(head));
	for (output = 0; output < 8; output++)
		for (input = 0; input < 8; input++)
			put16((long)fixed(
				output < outputs && input < inputs ? part(output, input) : 0, 10));
}

static double swapped(int output, int input)
{
	return output + input == 1;
}

static double mixed(int output, int input)
{
	return 0.5;
}

static double straight(int output, int input)
{
	return output == input;
}

/* Stereo is swapped, and mixed for one channel; what has as many channels as it shall have passes. */
static void micsel(void)
{
	put_profile(2, 2, swapped);
	put_profile(2, 1, mixed);
	put_profile(8, 8, straight);
}

static void level_multiplier(void)
{
	put32(fixed(of_db(-6), 23));
}

static const struct {
	const char *name;
	void (*make)(void);
} makers[] = {
	{ "crossover", crossover },
	{ "dcblock", dcblock },
	{ "drc", drc },
	{ "eqfir", eqfir },
	{ "level_multiplier", level_multiplier },
	{ "micsel", micsel },
	{ "multiband_drc", multiband_drc },
	{ "tdfb", tdfb },
};

static void print(void)
{
	const uint32_t head[] = { TLV_BINARY,
				  (uint32_t)(ABI_BYTES + blob.size),
				  ABI_MAGIC,
				  0,
				  (uint32_t)blob.size,
				  ABI_VERSION,
				  0,
				  0,
				  0,
				  0 };
	uint32_t word;
	size_t i;

	for (i = 0; i < sizeof(head) / sizeof(head[0]); i++)
		printf("%s%u", i ? "," : "", head[i]);
	for (i = 0; i < blob.size; i += sizeof(word)) {
		memcpy(&word, blob.bytes + i, sizeof(word));
		printf(",%u", word);
	}
	putchar('\n');
}

int main(int argc, char **argv)
{
	size_t i;

	for (i = 0; argc == 2 && i < sizeof(makers) / sizeof(makers[0]); i++) {
		if (strcmp(argv[1], makers[i].name))
			continue;
		makers[i].make();
		print();
		return fflush(stdout) ? 1 : 0;
	}
	fputs("usage: default-blobs NAME\n", stderr);
	return 1;
}
