/* SPDX-License-Identifier: BSD-3-Clause */
#include "matrix.h"

const struct column columns[] = {
	{ WHO_A, DEED_READ, 'r' },
	{ WHO_A, DEED_WRITE, 'w' },
	{ WHO_A, DEED_EXECUTE, 'x' },
	{ WHO_A2, DEED_READ, 'r' },
	{ WHO_A2, DEED_WRITE, 'w' },
	{ WHO_A2, DEED_EXECUTE, 'x' },
	{ WHO_B, DEED_READ, 'r' },
	{ WHO_B, DEED_WRITE, 'w' },
	{ WHO_B, DEED_EXECUTE, 'x' },
	{ WHO_NOBODY, DEED_READ, 'r' },
	{ WHO_NOBODY, DEED_WRITE, 'w' },
	{ WHO_NOBODY, DEED_EXECUTE, 'x' },
	{ WHO_KERNEL, DEED_READ, 'r' },
	{ WHO_KERNEL, DEED_WRITE, 'w' },
	{ WHO_KERNEL, DEED_EXECUTE, 'x' },
	{ WHO_A, DEED_PASS_READ, 'r' },
	{ WHO_A, DEED_PASS_WRITE, 'w' },
	{ WHO_A, DEED_NAME_OBJECT, 'o' },
	{ WHO_A, DEED_NAME_HEAP, 'h' },
	{ WHO_B, DEED_PASS_READ, 'r' },
	{ WHO_B, DEED_PASS_WRITE, 'w' },
	{ WHO_B, DEED_NAME_OBJECT, 'o' },
	{ WHO_B, DEED_NAME_HEAP, 'h' },
	{ WHO_NOBODY, DEED_PASS_READ, 'r' },
	{ WHO_NOBODY, DEED_PASS_WRITE, 'w' },
};

const size_t column_count = ARRAY_SIZE(columns);
