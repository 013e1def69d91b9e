# SPDX-License-Identifier: BSD-3-Clause
# An LL module that overwrites the firmware's memory, from a block of the kernel heap on down: no handler
# can run after that. The run ends with a report all the same, with and without the reporter.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
name=wipe-own-region
for how in stop mute continue; do
	for options in "" "--dp dcblock" "--isolation none"; do
		what="$how, $options"
		rm -f out.wav r.json
		# shellcheck disable=SC2086 # several options
		tb --module "$ROGUES/$name.so" -i in.wav -o out.wav -m gain,$name,dcblock --dp none $options \
			--on-fault $how --report r.json
		check "$what: exit $status" [ "$status" = 3 ]
		check "$what: report" "$REPORTCHECK" r.json exit_code=3 fault_count=1 \
			faults.0.kind=firmware-damaged
		check "$what: on the screen" grep -q "found while the LL module $name.0 ran" stderr
		check "$what: no output" [ ! -e out.wav ]
	done
done
# Every 4096th byte, up to a page that is not there: reported, and mended by nobody.
for how in stop mute; do
	tb --module "$ROGUES/heap-underrun.so" -i in.wav -o out.wav -m gain,heap-underrun,dcblock --dp none \
		--on-fault $how --report r.json
	check "$how, heap-underrun: exit $status" [ "$status" = 3 ]
	check "$how, heap-underrun: report" "$REPORTCHECK" r.json exit_code=3 \
		faults.0.instance=heap-underrun.0 faults.0.kind=access
done
"$DENY" fork -- "$TESTBENCH" --module "$ROGUES/$name.so" -i in.wav -o out.wav -m gain,$name,dcblock --dp none \
	>stdout 2>stderr
status=$?
check "no reporter: exit $status" [ "$status" = 3 ]
check "no reporter: on the screen" grep -q "It was found while this LL module ran: $name.0" stderr
finish
