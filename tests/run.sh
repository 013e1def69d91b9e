#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Install what is missing, build, and run every test: all of them in the release build (those under
# Valgrind and in QEMU are part of it), then units, scenarios and end-to-end runs under ASan and
# UBSan; those with several threads under TSan; and the units as clang compiles them.
#
# usage: tests/run.sh [PRESET]...     (release asan tsan clang)
set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"
bash tests/install-packages.sh build sound test
bash tests/install-packages.sh qemu || echo "No QEMU here: its tests will be skipped."

[ $# -gt 0 ] || set -- release asan tsan clang
jobs=$(nproc)
failed=()
log=$(mktemp)
trap 'rm -f "$log"' EXIT

for preset in "$@"; do
	build=()
	if [ "$preset" = clang ]; then
		bash tests/install-packages.sh clang
	fi
	echo "== $preset: build"
	if ! { cmake --preset "$preset" -DSOF_WERROR=ON && cmake --build --preset "$preset" --parallel "$jobs" "${build[@]}"; } \
		>"$log" 2>&1; then
		tail -n 60 "$log"
		failed+=("$preset (build)")
		continue
	fi
	select=()
	folder=build/$preset
	case "$preset" in
	asan | tsan | ubsan) select=(--label-exclude '^(valgrind|rogue|bench|qemu)$') ;;
	clang) select=(--label-regex '^unit$' --label-exclude '^valgrind$') ;;
	release) folder=build ;;
	esac
	echo "== $preset: test"
	# No test at all is a failure too.
	if ctest --test-dir "$folder" --output-on-failure --no-tests=error \
		--parallel "$jobs" "${select[@]}" >"$log" 2>&1; then
		sed -n '/tests passed/,$p' "$log"
	else
		cat "$log"
		failed+=("$preset (tests)")
	fi
done

if [ ${#failed[@]} -gt 0 ]; then
	echo "FAILED: ${failed[*]}"
	exit 1
fi
echo "PASSED: $*"
