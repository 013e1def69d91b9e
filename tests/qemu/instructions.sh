#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# What a round trip costs by backend, in instructions: time means nothing on an emulated machine, so
# its clock counts them, one a nanosecond.
#
# usage: instructions.sh BENCH_KEYS
set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/sof-instructions-XXXXXX")
trap 'rm -rf "$work"' EXIT
echo "bench 0 $1" >"$work/commands"
export QEMU_OPTIONS="-icount shift=0,sleep=off"
bash "$(dirname "$0")/run-in-qemu.sh" "$work/commands" "$1" |
	sed 's/^SHOW //'
exit "${PIPESTATUS[0]}"
