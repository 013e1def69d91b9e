#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# The same machine with a CPU that has no protection keys: what asks for them is refused, what does
# not runs.
#
# From the environment: TESTBENCH, AUDIOFILE, REPORTCHECK (programs), MODULES (folder), QEMU_CACHE.
set -u

work=$(mktemp -d "${TMPDIR:-/tmp}/sof-no-keys-XXXXXX")
trap 'rm -rf "$work"' EXIT
in=$work/in.wav
"$AUDIOFILE" make "$in" wav s16 48000 2 4800 || exit 1
run="$TESTBENCH -q -i $in -o out.wav -m gain --report r.json"
cat >"$work/commands" <<LIST
cpu 1 grep -q -w ospke /proc/cpuinfo
pkey 1 $run --isolation pkey >told 2>&1
pkey_told_in_one_line 0 test \$(wc -l <told) = 1 && grep -q isolation told && test ! -e out.wav
auto 0 $run
auto_is_mprotect 0 $REPORTCHECK r.json isolation.backend=mprotect isolation.active=true
required 0 $run --isolation required
LIST
QEMU_CPU=max,-pku bash "$SOURCE/tests/qemu/run-in-qemu.sh" "$work/commands" "$TESTBENCH" \
	"$REPORTCHECK" "$MODULES" "$in"
