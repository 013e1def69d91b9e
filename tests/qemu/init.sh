#!/bin/busybox sh
# SPDX-License-Identifier: BSD-3-Clause
# The first and only process of the small machine that run-in-qemu.sh boots: runs /commands, one
# line after the other, tells each one's exit code, and switches the machine off.
/bin/busybox mkdir -p /proc /sys /dev /tmp
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev 2>/dev/null
mkdir -p /dev/shm
ln -sf /proc/self/fd /dev/fd
export PATH=/bin:/usr/bin HOME=/tmp LC_ALL=C.UTF-8
cd /tmp
echo # the firmware has left its last line unfinished
while read -r name expected command; do
	case $name in '' | '#'*) continue ;; esac
	read -r before _ </proc/uptime
	sh -c "$command" >/tmp/.output 2>&1 </dev/null
	code=$?
	read -r after _ </proc/uptime
	# A serial line is slow: only what somebody will want to read.
	case $code in
	$expected) ;;
	*) echo "--- $name: exit $code, expected $expected: $command"; tail -n 60 /tmp/.output ;;
	esac
	echo "RESULT $name $code $(echo "$before $after" | awk '{ printf "%.1f", $2 - $1 }')"
	grep -h '^SHOW ' /tmp/.output
done </commands
echo "RESULT end 0 0"
poweroff -f
