#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Virtual cores side by side with protection keys, on an emulated machine with four CPUs.
#
# usage: cores.sh TEST_CORES
set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/sof-cores-XXXXXX")
trap 'rm -rf "$work"' EXIT
cat >"$work/commands" <<LIST
cpus 0 test \$(grep -c ^processor /proc/cpuinfo) = 4
# One that has nothing to show here, or nothing to show it on, would say so.
cores 0 timeout 350 $1 pkey >out 2>&1; code=\$?; cat out; grep -c SKIPPED out && exit 1; grep '  PASSED  ' out | sed 's/^/SHOW /'; exit \$code
LIST
export QEMU_ACCEL=tcg,thread=multi QEMU_OPTIONS="-smp 4" QEMU_SECONDS=390
bash "$(dirname "$0")/run-in-qemu.sh" "$work/commands" "$1"
