#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Test programs on the emulated machine, where the backend they pick by themselves is pkey.
#
# usage: units.sh PROGRAM...
set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/sof-units-XXXXXX")
trap 'rm -rf "$work"' EXIT
for program in "$@"; do
	echo "$(basename "$program") 0 timeout 90 $program" >>"$work/commands"
done
bash "$(dirname "$0")/run-in-qemu.sh" "$work/commands" "$@"
