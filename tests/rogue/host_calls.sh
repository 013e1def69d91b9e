# SPDX-License-Identifier: BSD-3-Clause
# A fault inside the C library, with its locks held: the report needs none of them, and the run ends.
# usage: host_calls.sh NAME [all|none [KIND]]     LL: none
. "$SOURCE/tests/e2e/lib.sh" || exit 1

line=$(grep -n -F '/* FAULT HERE */' "$SOURCE/tests/rogue/$1/$1.c" | cut -d: -f1)
mode=user
[ "${2:-all}" = all ] || mode=supervisor

# WHAT CHAIN NUMBER OPTIONS...    NUMBER: of the fault
run() {
	local what=$1 chain=$2 number=$3 fault=$(($3 - 1))
	shift 3
	echo '{}' >r.json
	inode=$(stat -c %i r.json)
	tb --dp "${dp:-all}" --allow-host-calls --module "$ROGUES/$name.so" \
		--module "$ROGUES/null-write.so" -i in.wav -o out.wav --report r.json -m "$chain" "$@"
	check "$what: exit $status" [ "$status" = 3 ]
	check "$what: the instance is not named" \
		grep -q "^== fault $number: .* in module $name, instance $name.0 ==" stderr
	check "$what: the line is not told" grep -qF "$name/$name.c:$line" stderr
	check "$what: nobody says why the run ends" \
		grep -q "^sof-testbench: $name.0: the run can't go on .* whose locks it may hold" stderr
	check "$what: the report is wrong" "$REPORTCHECK" r.json exit_code=3 fault_count="$number" \
		"faults.$fault.instance=$name.0" "faults.$fault.module=$name" \
		"faults.$fault.kind=$kind" "faults.$fault.mode=$mode" \
		"faults.$fault.file=*/$name.c" "faults.$fault.line=$line" \
		"faults.$fault.source=*FAULT HERE*" "faults.$fault.backtrace.0.pc=0x*" \
		"error=$name.0: the run can't go on *" isolation.stray_accesses=0 \
		audio.frames_in_file=4800 modules.2.dead=true output_written=false \
		"verdict=FAULT: $number fault*, no output written"
	check "$what: the report was not replaced" [ "$(stat -c %i r.json)" != "$inode" ]
	check "$what: an output is left" [ ! -e out.wav ]
	check "$what: a file is left" [ "$(ls -A)" = $'in.wav\nr.json\nstderr\nstdout' ]
}

name=$1 dp=${2:-all} kind=${3:-access}
"$AUDIOFILE" make in.wav wav s16 48000 2 4800
for policy in stop mute continue; do
	run $policy "dcblock,$1,gain" 1 -q --on-fault $policy
	check "$policy, -q: something was said" [ ! -s stdout ]
done
run "$1 after another" "null-write,$1,gain" 2 --on-fault mute
check "the first one is missing" "$REPORTCHECK" r.json faults.0.instance=null-write.0 \
	"faults.0.file=*/null-write.c"
check "no summary" grep -q '^verdict  *FAULT: 2 faults, no output written$' stdout
run "second round" "dcblock,$1,gain" 1 -q -P 2
finish
