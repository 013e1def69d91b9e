#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Every rogue under each --on-fault with protection keys, DP and LL (pkey.sh: the default, stop).
#
# usage: policies.sh     with the environment of pkey.sh
set -u

work=$(mktemp -d "${TMPDIR:-/tmp}/sof-policies-XXXXXX")
trap 'rm -rf "$work"' EXIT
in=$work/in.wav
"$AUDIOFILE" make "$in" wav s16 48000 2 2400 || exit 1
head -c 64 /dev/zero >"$work/blob.bin"

trim() {
	local text=$1
	text=${text#"${text%%[! ]*}"}
	echo "${text%"${text##*[! ]}"}"
}

add() { # NAME HOW CODE CHAIN OPTIONS FACT...
	local name=$1 how=$2 code=$3 chain=$4 options=$5 count='*' facts
	shift 5
	[ "$how" = continue ] || count=1
	printf -v facts ' %q' "$@"
	{
		echo "$name.$how $code $TESTBENCH -q --watchdog 0.3 -i $in -o out.wav --report r.json" \
			"--isolation pkey --on-fault $how --module $ROGUES/bystander.so" \
			"--module $ROGUES/$name.so -m $chain $options 2>stderr;" \
			'code=$?; cat stderr; exit $code'
		[ "$how" = abort ] ||
			echo "$name.$how.told 0 $REPORTCHECK r.json exit_code=$code fault_count='$count'" \
				"isolation.backend=pkey isolation.stray_accesses=0" \
				"isolation.blocks_left=0$facts"
		echo "$name.$how.alone 0 ! grep '^== fault' stderr |" \
			"grep -v -e 'instance $name.0' -e 'one of the instances .*$name.0'"
	} >>"$work/commands"
}

while IFS='|' read -r name rogues code kind access where flags; do
	name=$(trim "$name") code=$(trim "$code") kind=$(trim "$kind")
	where=$(trim "${where//%/$name}")
	case $flags in *log=* | *refused=* | *no-qemu*) continue ;; esac
	configured=$name
	case $flags in *blob*) configured=$name=$work/blob.bin ;; esac
	rogues=$(trim "${rogues#=}")
	rogues=${rogues//%/$configured}
	for how in mute continue abort; do
		[ "$how" != abort ] || code='1[23][0-9]'
		add "$name" $how "$code" "dcblock,$rogues,gain" "" "faults.0.instance=$name.0" \
			"faults.0.kind=$kind" "faults.0.where=$where"
	done
done < <(grep '^[a-z]' "$SOURCE/tests/rogue/rogues.txt" | grep -v '| *=')

while IFS='|' read -r name code kind access what where flags; do
	name=$(trim "$name") code=$(trim "$code") kind=$(trim "$kind") where=$(trim "$where")
	configured=$name
	case $flags in *blob*) configured=$name=$work/blob.bin ;; esac
	for how in stop mute abort; do
		[ "$how" != abort ] || code='1[23][0-9]'
		add "$name" $how "$code" "dcblock,$configured,gain" "--dp dcblock,gain" \
			"faults.0.instance=$name.0" "faults.0.kind=$kind" "faults.0.where=$where"
	done
done < <(grep '^[a-z]' "$SOURCE/tests/rogue/ll.txt")

QEMU_SECONDS=${QEMU_SECONDS:-1200} bash "$SOURCE/tests/qemu/run-in-qemu.sh" "$work/commands" \
	"$TESTBENCH" "$AUDIOFILE" "$REPORTCHECK" "$MODULES" "$ROGUES" "$in" "$work/blob.bin"
