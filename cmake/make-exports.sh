#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Make the list of names that firmware exports to modules: what its public headers declare, but
# those of include/host/, and its libraries define. Comments do not count.
#
# usage: make-exports.sh INCLUDE-DIR OUT-DIR LIBRARY...     (NM in the environment)
#
# OUT-DIR gets exports.txt (names, one a line), exports.c (for the loader's check) and exports.dyn
# (for the linker).
set -eu
LC_ALL=C
export LC_ALL

include=$1 out=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

without_comments() {
	awk '{
		text = ""
		for (rest = $0; rest != "";) {
			open = index(rest, "/*")
			line = index(rest, "//")
			if (inside) {
				open = index(rest, "*/")
				rest = open ? substr(rest, open + 2) : ""
				inside = !open
			} else if (line && (!open || line < open)) {
				text = text substr(rest, 1, line - 1)
				rest = ""
			} else if (open) {
				text = text substr(rest, 1, open - 1) " "
				rest = substr(rest, open + 2)
				inside = 1
			} else {
				text = text rest
				rest = ""
			}
		}
		print text
	}'
}

find "$include" -path "$include/host" -prune -o -name '*.h' -exec cat {} + |
	without_comments |
	grep -oE '[A-Za-z_][A-Za-z0-9_]*' | sort -u >"$work/declared"
"${NM:-nm}" -g --defined-only "$@" 2>/dev/null |
	sed -n 's/^[0-9a-f]* [A-Z] \([A-Za-z_][A-Za-z0-9_]*\)$/\1/p' | sort -u >"$work/defined"
comm -12 "$work/declared" "$work/defined" >"$work/exports"
[ -s "$work/exports" ] || { echo "make-exports.sh: no name is both declared and defined" >&2; exit 1; }

{
	echo '/* Made by make-exports.sh. */'
	echo 'extern const char *const z_exports[];'
	echo 'extern const unsigned int z_exports_count;'
	echo 'const char *const z_exports[] = {'
	sed 's/.*/	"&",/' "$work/exports"
	echo '};'
	echo 'const unsigned int z_exports_count = sizeof(z_exports) / sizeof(z_exports[0]);'
} >"$out/exports.c"
{
	echo '{'
	sed 's/$/;/' "$work/exports"
	# These stand before the C library's and the checkers' own.
	printf '%s;\n' abort exit __stack_chk_fail qsort qsort_r signgam __signgam \
		snprintf vsnprintf __snprintf_chk __vsnprintf_chk '__asan_*' '__tsan_*' '__ubsan_*' '__sanitizer_*'
	echo '};'
} >"$out/exports.dyn"
cp "$work/exports" "$out/exports.txt"
