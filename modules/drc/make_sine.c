/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes the table of compressor_sine.h to standard output. Runs while the project is built. */
#include <math.h>
#include <stdio.h>

int main(void)
{
	printf("#include \"compressor_sine.h\"\n\nconst uint16_t compressor_sine[513] = {\n");
	for (int i = 0; i <= 512; i++)
		printf("\t%.0f,\n", fmin(round(65536 * sin(M_PI / 2 * i / 512)), 65535));
	printf("};\n");
	return 0;
}
