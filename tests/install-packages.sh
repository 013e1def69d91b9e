#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Install the packages that the project needs on Debian 12 and 13 and Ubuntu 24.04, as far as missing.
#
# usage: tests/install-packages.sh [build] [sound] [test] [qemu] [clang]
#
# qemu is the one group that a machine may lack: where it can't be had, its tests are skipped.
set -euo pipefail

# This list is the only one; testbench/quickstart.sh and tests/run.sh use it.
build="gcc g++ make cmake pkg-config libc6-dev libsndfile1-dev libjansson-dev libasound2-dev alsa-utils libdw-dev libelf-dev libcmocka-dev valgrind"
sound="alsa-utils"
test="gdb strace python3 bindfs"
clang="clang"
qemu="qemu-system-x86 busybox-static cpio gzip"

wanted=
for group in "$@"; do
	case "$group" in
	build) wanted+=" $build" ;;
	sound) wanted+=" $sound" ;;
	test) wanted+=" $test" ;;
	qemu) wanted+=" $qemu" ;;
	clang) wanted+=" $clang" ;;
	*)
		echo "install-packages.sh: '$group' is not build, sound, test, qemu or clang" >&2
		exit 1
		;;
	esac
done

missing=()
for package in $wanted; do
	state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
	# pkg-config is pkgconf's name too.
	if [ "$package" = pkg-config ] && command -v pkg-config >/dev/null; then
		state=installed
	fi
	[ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
	echo "install-packages.sh: no apt-get here; please install: ${missing[*]}" >&2
	exit 1
fi
as_root=()
if [ "$(id -u)" != 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "install-packages.sh: not root and no sudo; please install: ${missing[*]}" >&2
		exit 1
	fi
	as_root=(sudo)
fi
echo "Installing ${missing[*]} ..."
install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q
	--no-install-recommends "${missing[@]}")
# Package lists may be absent or stale: fetch them when the first try fails.
if ! "${install[@]}" >/dev/null 2>&1; then
	"${as_root[@]}" apt-get update -q >/dev/null
	"${install[@]}" >/dev/null
fi
