/* SPDX-License-Identifier: BSD-3-Clause */
/* Energies of a Mel filter bank's triangles; the header tells the arithmetic. */
#include <rtos/symbol.h>
#include <sof/audio/format.h>
#include <sof/math/auditory.h>
#include <sof/math/log.h>
#include <sof/math/numbers.h>

/* Numbers before a triangle's weights. */
enum { NEXT, FIRST_BIN, BINS, WEIGHTS };

/* log2 of the triangle's energy, whose powers are in Q2.30, Q16.16. */
static int32_t energy_log2(const struct psy_mel_filterbank *fb, const int16_t *triangle,
			   const int32_t *power)
{
	int64_t sum = 0;
	int32_t energy;

	power += triangle[FIRST_BIN];
	for (int i = 0; i < triangle[BINS]; i++)
		sum += (int64_t)power[i] * triangle[WEIGHTS + i];
	energy = sat_int32(Q_SHIFT_RND(sum, 45, 25));
	energy = MAX(energy, AUDITORY_EPS_Q31);
	return base2_logarithm((uint32_t)energy) - AUDITORY_LOG2_2P25_Q16 + fb->scale_log2;
}

/* The same on the bank's scale, with \p shift bits taken off, in Q.fraction_bits. */
static inline int64_t energy_log(const struct psy_mel_filterbank *fb, const int16_t *triangle,
				 const int32_t *power, uint32_t shift, int fraction_bits)
{
	/* unsigned: a shift far too large may wrap */
	const uint32_t shifted = (uint32_t)energy_log2(fb, triangle, power) - (shift << 16);

	return Q_MULTSR_32X32((int64_t)(int32_t)shifted, fb->log_mult, 16, 29, fraction_bits);
}

/* Both parts at the least number there is wrap to it. */
static inline int32_t power_16(const struct icomplex16 *z)
{
	return (int32_t)((uint32_t)(z->real * z->real) + (uint32_t)(z->imag * z->imag));
}

void psy_apply_mel_filterbank_16(struct psy_mel_filterbank *fb, struct icomplex16 *fft_out,
				 int32_t *power_spectra, int16_t *mel_log, int bitshift)
{
	const int16_t *triangle = fb->data;
	int32_t most = 0;
	int shift;

	for (int i = 0; i < fb->half_fft_bins; i++) {
		power_spectra[i] = power_16(&fft_out[i]);
		most = MAX(most, power_spectra[i]);
	}
	shift = norm_int32(most);
	for (int i = 0; i < fb->half_fft_bins; i++)
		power_spectra[i] = (int32_t)((uint32_t)power_spectra[i] << shift);
	for (int i = 0; i < fb->mel_bins; i++) {
		const int64_t log = energy_log(fb, triangle, power_spectra,
					       (uint32_t)shift + 2 * (uint32_t)bitshift, 7);

		mel_log[i] = sat_int16((int32_t)log);
		triangle = fb->data + triangle[NEXT];
	}
}
EXPORT_SYMBOL(psy_apply_mel_filterbank_16);

static inline int64_t power_32(const struct icomplex32 *z)
{
	return (int64_t)((uint64_t)((int64_t)z->real * z->real) +
			 (uint64_t)((int64_t)z->imag * z->imag));
}

void psy_apply_mel_filterbank_32(struct psy_mel_filterbank *fb, struct icomplex32 *fft_out,
				 int32_t *power_spectra, int32_t *mel_log, int bitshift)
{
	const int16_t *triangle = fb->data;
	int64_t most = 0;
	int shift;

	for (int i = 0; i < fb->half_fft_bins; i++) {
		const int64_t power = power_32(&fft_out[i]);

		most = MAX(most, power);
	}
	shift = norm_int32(sat_int32(most >> 32));
	for (int i = 0; i < fb->half_fft_bins; i++) {
		const uint64_t power = (uint64_t)power_32(&fft_out[i]) << shift;

		power_spectra[i] = (int32_t)Q_SHIFT_RND((int64_t)power, 62, 30);
	}
	for (int i = 0; i < fb->mel_bins; i++) {
		mel_log[i] = (int32_t)energy_log(fb, triangle, power_spectra,
						 (uint32_t)shift + 2 * (uint32_t)bitshift, 23);
		triangle = fb->data + triangle[NEXT];
	}
}
EXPORT_SYMBOL(psy_apply_mel_filterbank_32);
