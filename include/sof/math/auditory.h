/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/auditory.h
 * \brief The Mel scale and a bank of triangular filters on it.
 *
 * mel = 1126.9941805389 ln(1 + hz / 700). Frequencies are in whole Hz, Mel in Q14.2.
 *
 * A bank covers start_freq to end_freq with mel_bins triangles, equally wide on the Mel scale: each
 * begins where the one before it has its top, 1.0, and ends where the next one has. Divided up over
 * FFT bins, with zero weights left out, they lie one behind the other as
 *   index of the next, first FFT bin, number of FFT bins, the weights in Q1.15
 * Bit-exact with SOF's generic C, also in this: a triangle too narrow to hold an FFT bin keeps bins
 * of the one before it with the numbers behind it as weights; one that is cut off by the last FFT
 * bin keeps the last bin of the one before it, so that it has fewer, or none. Both don't happen
 * with bins closer than half a triangle and end_freq up to half the sample rate.
 */
#ifndef SOF_MATH_AUDITORY_H
#define SOF_MATH_AUDITORY_H

#include <sof/math/fft.h>
#include <sof/math/icomplex16.h>
#include <sof/math/icomplex32.h>
#include <sof/math/log.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define AUDITORY_MAX_MEL_BANDS 256
#define AUDITORY_EPS_Q31       1			 /**< the least energy */
#define AUDITORY_LOG2_2P25_Q16 Q_CONVERT_FLOAT(25.0, 16) /**< of Q7.25 as an integer */

/** Logarithm of energies: to base e, to base 10, ten times that. */
enum psy_mel_log_scale {
	MEL_LOG = 0,
	MEL_LOG10,
	MEL_DB,
};

struct psy_mel_filterbank {
	int32_t log_mult;	/**< out: log2 to mel_log_scale, Q3.29 */
	int32_t scale_log2;	/**< out: log2 of a factor all energies lack, Q16.16 */
	int32_t samplerate;	/**< in: Hz */
	int16_t start_freq;	/**< in: Hz */
	int16_t end_freq;	/**< in: Hz */
	int16_t *scratch_data1; /**< in: room for half_fft_bins numbers */
	int16_t *scratch_data2; /**< in: room for the triangles and three more numbers */
	int16_t *data;		/**< out: the triangles; module's heap */
	int scratch_length1;	/**< in: numbers */
	int scratch_length2;	/**< in: numbers */
	int fft_bins;		/**< in */
	int half_fft_bins;	/**< in: fft_bins / 2 + 1 */
	int mel_bins;		/**< in: triangles, 1 to AUDITORY_MAX_MEL_BANDS */
	int data_length;	/**< out: numbers in data */
	enum psy_mel_log_scale mel_log_scale; /**< in */
	bool slaney_normalize; /**< in: triangles of the same area, 2 / width in Hz high, not of the
				*   same height; what the first is high goes into scale_log2 */
};

/** Error below 0.6 units (of a quarter Mel); 0 for negative frequencies. Any mode. */
int16_t psy_hz_to_mel(int16_t hz);

/** Error below 0.55 Hz; 0 for negative ones, INT16_MAX from 4358.5 Mel on. Any mode. */
int16_t psy_mel_to_hz(int16_t mel);

/**
 * Make the triangles. Takes from the module's heap; mod_alloc()'s modes.
 *
 * Error bound of a weight: 2^-14 and 0.6 / step, with step the triangle's half width in quarter Mel
 * rounded down. With slaney_normalize a triangle of width w Hz, and the first one of w0, have
 * relative errors of the height of 1.1 / w + w / 131072 each.
 *
 * \return 0; -ENOMEM: no \p mel_fb, no scratch, too little of the first, or no memory left;
 *         -EINVAL: an unknown scale, mel_bins or fft_bins out of range, a triangle of no width, too
 *         little of the second scratch, or triangles that would reach beyond the data or the FFT
 *         bins, where SOF reads beyond them. On failure data is NULL.
 */
int mod_psy_get_mel_filterbank(struct processing_module *mod, struct psy_mel_filterbank *mel_fb);

/** Free the triangles; mod_free()'s result and modes. */
int mod_psy_free_mel_filterbank(struct processing_module *mod, struct psy_mel_filterbank *mel_fb);

/**
 * Energy of every triangle on a logarithmic scale. Any mode; touches its arguments only.
 *
 * Powers are shifted up to 31 bits before they are summed, the sum is rounded to Q7.25, and the
 * least energy is 2^-25 in it. Error bound against the same weights in double precision, of an
 * energy not below 2^-12 of the largest power: 1.5e-4 in the logarithm to base 2, and from rounding
 * to the output's format at most half a unit.
 *
 * \param fft_out half_fft_bins of them, Q1.15
 * \param power_spectra scratch of half_fft_bins numbers
 * \param mel_log mel_bins of them, Q9.7, saturated
 * \param bitshift bits the FFT's input was shifted up by: taken off, twice, as energies are squares
 */
void psy_apply_mel_filterbank_16(struct psy_mel_filterbank *mel_fb, struct icomplex16 *fft_out,
				 int32_t *power_spectra, int16_t *mel_log, int bitshift);

/** The same from Q1.31, with \p mel_log in Q9.23, which wraps. */
void psy_apply_mel_filterbank_32(struct psy_mel_filterbank *mel_fb, struct icomplex32 *fft_out,
				 int32_t *power_spectra, int32_t *mel_log, int bitshift);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_AUDITORY_H */
