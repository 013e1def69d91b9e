#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# alone.sh FOLDER -- COMPILER OPTION...: every header of FOLDER compiles when it is the first and
# only one, and once more behind itself.
set -eu
folder=$1
shift 2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

(cd "$folder" && find . -name '*.h' | sed 's|^\./||' | sort) > "$scratch/headers"
count=$(wc -l < "$scratch/headers")
failed=0
while read -r header; do
	printf '#include <%s>\n#include <%s>\n' "$header" "$header" > "$scratch/alone.src"
	if ! "$@" "$scratch/alone.src" 2> "$scratch/said"; then
		failed=$((failed + 1))
		echo "$header does not compile alone:"
		grep -m 3 -E 'error|warning' "$scratch/said" || cat "$scratch/said"
	fi
done < "$scratch/headers"

echo "$count headers, $failed do not compile alone"
# an empty folder is no success
[ "$count" -gt 50 ] && [ "$failed" -eq 0 ]
