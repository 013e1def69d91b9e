#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Run commands on an emulated machine whose CPU has what this one may lack: memory protection keys.
#
# usage: run-in-qemu.sh COMMANDS FILE...
#
# COMMANDS holds lines "NAME EXPECTED COMMAND..." (EXPECTED may have [0-9] for a digit): the command is run by a shell (BusyBox, all of its
# tools at hand) in a folder of its own. FILEs and folders are found in the machine at the same
# absolute path, programs with the libraries they need. For each line "RESULT NAME CODE SECONDS" is
# printed, then what lines of its output begin with "SHOW "; before it the output, if CODE is not
# EXPECTED.
#
# Exit code: 0 each has its expected code; 1 one has not, or the machine did not come to the end;
# 77 there is no QEMU, BusyBox or kernel to be had here.
#
# The kernel is $QEMU_KERNEL, else Debian's for clouds: the package is fetched and unpacked, not
# installed, into $QEMU_CACHE. $QEMU_SECONDS limits the run; $QEMU_CPU is its CPU, max
# by default; $QEMU_ACCEL its accelerator, tcg by default; $QEMU_OPTIONS go to QEMU.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${QEMU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sof-testbench}
seconds=${QEMU_SECONDS:-300}

skip() {
	echo "SKIPPED: $*"
	exit 77
}

[ $# -ge 1 ] || { sed -n 's/^# usage: /usage: /p' "$0" >&2; exit 2; }
[ "$(uname -m)" = x86_64 ] || skip "the emulated machine is an x86-64"
for tool in qemu-system-x86_64 busybox cpio gzip ldd timeout; do
	command -v "$tool" >/dev/null || skip "$tool is not installed (tests/install-packages.sh qemu)"
done
ldd "$(command -v busybox)" >/dev/null 2>&1 && skip "busybox is not the static one (busybox-static)"

# Print the package that holds the kernel itself: the one named depends on it by version.
kernel_package() {
	apt-cache depends --important "$1" 2>/dev/null |
		sed -n 's/^ *Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1
}

# The package lists may be stale: fetch them when the first try fails.
download() {
	timeout 300 apt-get download -q "$1" && return
	[ "$(id -u)" = 0 ] && timeout 120 apt-get update -q && timeout 300 apt-get download -q "$1"
}

fetch_kernel() {
	local meta package work
	command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 1
	for meta in linux-image-cloud-amd64 linux-image-virtual linux-image-amd64; do
		package=$(kernel_package "$meta")
		[ -n "$package" ] && break
	done
	[ -n "$package" ] || return 1
	mkdir -p "$cache" && work=$(mktemp -d "$cache/fetch-XXXXXX") || return 1
	if (cd "$work" && download "$package" && dpkg -x ./*.deb root) >"$work/log" 2>&1 &&
		mv "$work"/root/boot/vmlinuz-* "$cache/vmlinuz"; then
		rm -rf "$work"
	else
		tail -n 3 "$work/log"
		rm -rf "$work"
		return 1
	fi
}

kernel=${QEMU_KERNEL:-$cache/vmlinuz}
if [ ! -r "$kernel" ]; then
	[ -z "${QEMU_KERNEL:-}" ] || skip "$kernel can't be read"
	fetch_kernel || skip "no kernel to boot: linux-image-cloud-amd64 can't be fetched"
fi

commands=$1
shift
image=$(mktemp -d "${TMPDIR:-/tmp}/sof-qemu-XXXXXX")
trap 'rm -rf "$image"' EXIT
mkdir -p "$image/root/bin" "$image/root/tmp"

libraries() {
	ldd "$@" 2>/dev/null | sed -n 's/^\(.*=> \|\t\)\(\/[^ ]*\) (.*/\2/p' | sort -u
}

{
	for file in "$@"; do
		find "$(realpath -s "$file")" ! -type d
	done
} | sort -u >"$image/files" || exit 1
while read -r file; do
	head -c 4 "$file" | grep -q ELF && echo "$file"
done <"$image/files" >"$image/programs"
# The program loads these when it needs them; each is in the loader's list of libraries.
late_libraries() {
	local name
	for name in libsndfile.so.1 libdw.so.1; do
		PATH=$PATH:/sbin:/usr/sbin ldconfig -p |
			sed -n "s|^\t$name (libc6,x86-64.*) => ||p" | head -n 1
	done
}
if grep -q '/sof-testbench$' "$image/programs"; then
	late_libraries | tee -a "$image/files" >>"$image/programs"
fi
[ ! -s "$image/programs" ] || libraries $(<"$image/programs") >>"$image/files"
sort -u "$image/files" | while read -r file; do
	mkdir -p "$image/root$(dirname "$file")"
	cp -L "$file" "$image/root$file" || exit 1
done || exit 1
cp "$(command -v busybox)" "$image/root/bin/busybox"
cp "$here/init.sh" "$image/root/init"
cp "$commands" "$image/root/commands"
chmod 755 "$image/root/init"
(cd "$image/root" && find . | cpio -o -H newc --quiet | gzip -1) >"$image/initramfs" || exit 1

# shellcheck disable=SC2086 # several options
timeout "$seconds" qemu-system-x86_64 -accel "${QEMU_ACCEL:-tcg}" ${QEMU_OPTIONS:-} \
	-cpu "${QEMU_CPU:-max}" -m 1024 -nographic -no-reboot -nodefaults -serial stdio \
	-kernel "$kernel" -initrd "$image/initramfs" \
	-append "console=ttyS0 quiet panic=-1 random.trust_cpu=on mitigations=off no_timer_check" </dev/null |
	tr -d '\r' | tee "$image/output"

grep -q '^RESULT end ' "$image/output" || { echo "FAIL: the machine stopped half-way"; exit 1; }
missed=0
while read -r name expected _; do
	case $name in '' | '#'*) continue ;; esac
	grep -q "^RESULT $name $expected " "$image/output" && continue
	echo "FAIL: $name"
	missed=$((missed + 1))
done <"$commands"
[ "$missed" = 0 ]
