# SPDX-License-Identifier: BSD-3-Clause
# An error that a sanitizer finds in a module is a fault report, and ends the run.
# usage: checked.sh NAME ACCESS REASON
. "$SOURCE/tests/e2e/lib.sh" || exit 1

line=$(grep -n -F '/* FAULT HERE */' "$SOURCE/tests/rogue/$1/$1.c" | cut -d: -f1)
"$AUDIOFILE" make in.wav wav s16 48000 2 4800
for policy in stop mute continue; do
	for dp in all none; do
		mode=user
		[ $dp = all ] || mode=supervisor
		rm -f r.json
		tb -q --dp $dp --on-fault $policy --module "$ROGUES/$1.so" -i in.wav -o out.wav \
			--report r.json -m "dcblock,$1,gain"
		check "$policy, $dp: exit $status" [ "$status" = 3 ]
		check "$policy, $dp: nobody says why the run ends" \
			grep -qF "$1.0: the run can't go on after an error" stderr
		check "$policy, $dp: the line is not told" grep -qF "$1/$1.c:$line" stderr
		check "$policy, $dp: the report is wrong" "$REPORTCHECK" r.json exit_code=3 \
			fault_count=1 faults.0.kind=memory-checker faults.0.instance="$1.0" \
			faults.0.access="$2" faults.0.mode=$mode faults.0.file="*/$1.c" \
			faults.0.line="$line" "faults.0.reason=$3" \
			faults.0.backtrace.0.function=misbehave output_written=false
		[ "$failures" = 0 ] || { cat stderr; break 2; }
	done
done
finish
