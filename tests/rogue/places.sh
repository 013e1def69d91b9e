# SPDX-License-Identifier: BSD-3-Clause
# Where a program has what modules are not told of, as a header for modules that look for trouble.
# usage: places.sh PROGRAM HEADER
set -eu
address() { nm "$1" | awk -v name="$2" '$3 == name { print $1; exit }'; }
from=$((16#$(address "$1" k_uptime_ticks)))
{
	echo "#define PLACE(offset) ((uintptr_t)&k_uptime_ticks + (offset))"
	for name in z_board_page z_syscall z_kernel_data_start; do
		echo "#define ${name^^} ($((16#$(address "$1" "$name") - from))l)"
	done
	# Thread-local variables end at FS base, rounded up to their alignment.
	readelf -lW "$1" | awk '$1 == "TLS" { print $6, $NF; exit }' | {
		read -r size align
		echo "#define Z_TLS_USER_OFFSET $((16#$(address "$1" z_tls_user) -
			(size + align - 1) / align * align))"
	}
} >"$2"
