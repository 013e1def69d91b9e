/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <rtos/symbol.h>
#include <sof/audio/format.h>
#include <sof/math/dct.h>
#include <sof/math/sqrt.h>
#include <sof/math/trig.h>

#define PI_Q29		   Q_CONVERT_FLOAT(3.1415926536, 29)
#define TWO_PI_Q24	   Q_CONVERT_FLOAT(6.2831853072, 24)
#define TWO_Q29		   Q_CONVERT_FLOAT(2, 29)
#define ONE_OVER_SQRT2_Q31 Q_CONVERT_FLOAT(0.7071067812, 31)

static bool is_size(int size)
{
	return size >= 1 && size <= DCT_MATRIX_SIZE_MAX;
}

/* cos(pi_over_n (n + 1/2) k), Q1.31, with quarters = 4 (n + 1/2) k */
static int32_t cosine(int32_t pi_over_n_q29, int quarters)
{
	const int64_t q24 = Q_MULTSR_32X32((int64_t)pi_over_n_q29, quarters, 29, 2, 24);

	return cos_fixed_32b((int32_t)(q24 % TWO_PI_Q24) * (1 << 4));
}

int mod_dct_initialize_16(struct processing_module *mod, struct dct_plan_16 *dct)
{
	int32_t pi_over_n;
	int16_t norm;

	dct->matrix = NULL;
	if (dct->type != DCT_II || !dct->ortho || !is_size(dct->num_in) || !is_size(dct->num_out))
		return -EINVAL;
	dct->matrix =
		mod_mat_matrix_alloc_16b(mod, (int16_t)dct->num_in, (int16_t)dct->num_out, 15);
	if (!dct->matrix)
		return -ENOMEM;
	pi_over_n = PI_Q29 / dct->num_in;
	/* sqrt(2/N), Q4.12 */
	norm = sofm_sqrt_int16((int16_t)Q_SHIFT_RND(TWO_Q29 / dct->num_in, 29, 12));
	for (int n = 0; n < dct->num_in; n++) {
		for (int k = 0; k < dct->num_out; k++) {
			const int64_t c = cosine(pi_over_n, (2 * n + 1) * 2 * k);
			int16_t value = (int16_t)Q_MULTSR_32X32(c, norm, 31, 12, 15);

			if (k == 0)
				value = (int16_t)Q_MULTSR_32X32((int64_t)value, ONE_OVER_SQRT2_Q31,
								15, 31, 15);
			mat_set_scalar_16b(dct->matrix, n, k, value);
		}
	}
	return 0;
}
EXPORT_SYMBOL(mod_dct_initialize_16);

int mod_dct_free_16(struct processing_module *mod, struct dct_plan_16 *dct)
{
	return mod_free(mod, dct->matrix);
}
EXPORT_SYMBOL(mod_dct_free_16);
