#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# One program on the emulated machine, and the last line it prints.
#
# usage: one.sh [FOLDER...] -- PROGRAM [ARGUMENT...]     FOLDERs: what it needs beside itself
set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/sof-one-XXXXXX")
trap 'rm -rf "$work"' EXIT
needs=()
while [ "$1" != -- ]; do
	needs+=("$1")
	shift
done
program=$2
shift 2
echo "$(basename "$program") 0 $program $* >out; code=\$?;" \
	"cat out; tail -n 1 out | sed 's/^/SHOW /'; exit \$code" >"$work/commands"
bash "$(dirname "$0")/run-in-qemu.sh" "$work/commands" "$program" "${needs[@]}"
