# SPDX-License-Identifier: BSD-3-Clause
# One rogue in the LL task, by its row of ll.txt, under each --on-fault: the fault is told of the
# instance, the summary follows, and with "mute" and "continue" the rest plays on.
# usage: ll.sh NAME     with ROGUES, the folder of the rogues' objects, in the environment
. "$SOURCE/tests/e2e/lib.sh" || exit 1

trim() {
	local text=$1
	text=${text#"${text%%[! ]*}"}
	echo "${text%"${text##*[! ]}"}"
}

name=$1
row=$(grep "^$name |" "$SOURCE/tests/rogue/ll.txt") || { echo "no row for $name"; exit 1; }
IFS='|' read -r _ code kind access what where flags <<<"$row"
code=$(trim "$code") kind=$(trim "$kind") access=$(trim "$access") what=$(trim "$what")
where=$(trim "$where")
line=$(grep -n -F '/* FAULT HERE */' "$SOURCE/tests/rogue/$name/$name.c" | cut -d: -f1)
case $flags in *needs=*)
	grep -qw "${flags##*needs=}" /proc/cpuinfo || { echo "the CPU has no ${flags##*needs=}"; exit 77; } ;;
esac
place=(faults.0.file="*/$name.c" faults.0.line="$line")
case $flags in *line=any*) place=() ;; esac
options=(--dp none --module "$ROGUES/$name.so")
case $flags in *watchdog*) options+=(--watchdog 0.1) ;; esac
configured=$name
case $flags in *blob*)
	head -c 64 /dev/zero >blob.bin
	configured=$name=blob.bin ;;
esac
"$AUDIOFILE" make in.wav wav s16 48000 2 4800
ulimit -c 0

told() { # HOW OUTPUT_WRITTEN
	check "$1: report" "$REPORTCHECK" r.json exit_code="$code" output_written="$2" fault_count=1 \
		faults.0.module="$name" faults.0.instance="$name.0" faults.0.mode=supervisor \
		faults.0.kind="$kind" faults.0.access="$access" "faults.0.what=$what" \
		"faults.0.where=$where" "${place[@]}" \
		isolation.stray_accesses=0 isolation.blocks_left=0
	[ ${#place[@]} = 0 ] ||
		check "$1: $name.c:$line on the screen" grep -qF "$name/$name.c:$line" stderr
	check "$1: the instance on the screen" \
		grep -q "^== fault 1: .* in module $name, instance $name.0 ==" stderr
	check "$1: the summary" grep -Eq '^verdict        FAULT: 1 fault, (no output written|what faulted is muted in out.wav)$' \
		stdout
}

for how in stop mute continue; do
	written=true
	[ "$how" != stop ] || written=false
	case $flags in *early*) written=false ;; esac
	rm -f out.wav r.json
	tb "${options[@]}" -i in.wav -o out.wav -m "dcblock,$configured,gain" --on-fault "$how" \
		--report r.json
	check "$how: exit $status" [ "$status" = "$code" ]
	told "$how" "$written"
	if [ "$written" = true ]; then
		check "$how: not as long as the input" [ "$("$AUDIOFILE" info in.wav | cut -d' ' -f3)" = \
			"$("$AUDIOFILE" info out.wav | cut -d' ' -f3)" ]
	else
		check "$how: a file is left" [ ! -e out.wav ]
	fi
done
# Beside DP modules, whose domains close the LL stack each time they run.
tb "${options[@]}" --dp dcblock,gain -i in.wav -o out.wav -m "dcblock,$configured,gain" --report r.json
check "beside DP: exit $status" [ "$status" = "$code" ]
told "beside DP" false

tb "${options[@]}" -i in.wav -o out.wav -m "$configured" --on-fault abort
check "abort: exit $status" [ "$status" -gt 128 ]
check "abort: not told" grep -q "^== fault 1: .* in module $name, instance $name.0 ==" stderr
[ "$failures" = 0 ] || cat stderr
finish
