# SPDX-License-Identifier: BSD-3-Clause
# A memory checker must find one misuse of a module heap, name its line and the block it is of; and
# must have nothing to say of a program without one.
# usage: heap_victim.sh memcheck|asan PROGRAM SOURCE MODE [-reopened]
set -u
tool=$1 program=$2 source=$3 mode=$4 again=${5:-}

line() {
	grep -n -F "/* $1 HERE */" "$source" | cut -d: -f1
}

failed=0
output=

# Some line of the output holds the text.
says() {
	grep -q -F -- "$1" <<<"$output" && return
	echo "not said: $1"
	failed=1
}

# The error's own lines, before what is said of the block.
at() {
	grep -q -E "(misuse|in misuse).*heap_victim\.c:$1" <<<"$output" && return
	echo "not at line $1"
	failed=1
}

if [ "$tool" = memcheck ]; then
	command -v valgrind >/dev/null || { echo "no valgrind"; exit 77; }
	output=$(timeout 30 valgrind --error-exitcode=9 "$program" "$mode$again" 2>&1)
	status=$?
	expected=9
	block="a block of size 100"
	case $mode in
	clean | leak) expected=0 ;;
	esac
	case $mode in
	overrun) says "Invalid write of size 1"; at "$(line overrun)"; says "0 bytes after $block" ;;
	read-overrun) says "Invalid read of size 1"; at "$(line read-overrun)"
		says "0 bytes after $block" ;;
	underrun) says "Invalid write of size 1"; at "$(line underrun)"
		says "1 bytes before $block" ;;
	use-after-free) says "Invalid write of size 1"; at "$(line use-after-free)"
		says "5 bytes inside $block free'd" ;;
	uninitialised) says "depends on uninitialised value"; at "$(line uninitialised)" ;;
	leak) says "victim.0 never freed a block of 100 bytes"; says "0 bytes inside $block" ;;
	clean) says "ERROR SUMMARY: 0 errors"
		grep -q "never freed" <<<"$output" && { echo "a leak that is none"; failed=1; } ;;
	esac
	# Whose block it is: the line of the module that asked for it.
	case $mode in
	clean | uninitialised) ;;
	*)
		grep -q -E "allocate \((.*/)?heap_victim\.c:$(line ALLOCATED)\)" <<<"$output" ||
			{ echo "not said: the line of allocate()"; failed=1; }
		;;
	esac
else
	output=$(timeout 30 "$program" "$mode$again" 2>&1)
	status=$?
	expected=1
	case $mode in
	clean) expected=0 ;;
	*) says "AddressSanitizer: use-after-poison"; at "$(line "$mode")" ;;
	esac
	case $mode in
	overrun | underrun | use-after-free) says "WRITE of size 1" ;;
	read-overrun) says "READ of size 1" ;;
	esac
fi
[ "$status" = "$expected" ] || { echo "exit $status, expected $expected"; failed=1; }
[ "$failed" = 0 ] || echo "$output"
exit "$failed"
