# SPDX-License-Identifier: BSD-3-Clause
# A fault inside the C library, with its locks held: the report needs none of them, and the run ends.
# usage: host_calls.sh NAME [all|none]     LL: none
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
for policy in stop mute continue; do
	rm -f r.json
	tb -q --dp "${2:-all}" --on-fault $policy --allow-host-calls --module "$ROGUES/$1.so" \
		-i in.wav -o out.wav --report r.json -m "dcblock,$1,gain"
	check "$policy: exit $status" [ "$status" = 3 ]
	check "$policy: the instance is not named" grep -qF "instance $1.0" stderr
	check "$policy: nobody says why the run ends" grep -qF "whose locks it may hold" stderr
	check "$policy: the report is wrong" "$REPORTCHECK" r.json exit_code=3 fault_count=1 \
		faults.0.instance="$1.0" output_written=false
	check "$policy: an output is left" [ ! -e out.wav ]
done
finish
